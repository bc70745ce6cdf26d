"""The prices a team begins with: whoever set none plans by these, so none of them changes unnoticed."""

from __future__ import annotations

from solver.rules import DEFAULTS, RULES

PRICES = {
    "missed_calls": 1000, "late_calls": 400, "open_seats": 1, "alone": 60, "languages_area": 20, "languages_city": 5,
    "wishes_rather_not": 15, "wishes_prefers": -4, "wishes_wants": -8, "neighbour": 8, "floor": 3, "target": 0.5,
    "beyond": 2, "answers": 3, "fair_nights": 4, "fair_weekends": 4, "fair_holidays": 10, "fair_calls": 10,
    "partners_liked": -3, "partners_apart": 60, "told": 25, "confirmed": 100,
}  # fmt: skip
FORBIDDEN = [
    *("roles", "areas", "leave", "stand_down", "debrief", "availability", "credentials", "one_at_a_time", "rest"),
    *("ceiling", "nights_in_a_row", "weekends", "tiers", "seat_count", "escort", "locks"),
]


def test_a_team_that_sets_no_price_plans_by_the_agreed_ones() -> None:
    assert {rule: setting.points for rule, setting in DEFAULTS.items() if not setting.hard} == PRICES
    assert [rule for rule, setting in DEFAULTS.items() if setting.hard] == FORBIDDEN
    assert {rule.name for rule in RULES} == set(DEFAULTS)


def test_nobody_is_sent_out_alone_to_save_a_promise_of_hours() -> None:
    assert PRICES["alone"] > 12 * (PRICES["floor"] + PRICES["target"])


def test_a_promise_that_was_given_weighs_more_the_firmer_it_is() -> None:
    assert 0 < PRICES["told"] < PRICES["confirmed"] < PRICES["late_calls"] < PRICES["missed_calls"]


def test_nobody_is_asked_beyond_a_fair_share_for_answering_surely() -> None:
    assert 0 < PRICES["answers"] < min(PRICES[rule] for rule in PRICES if rule.startswith("fair_"))
