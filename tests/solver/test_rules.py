"""Each rule says what a coordinator needs to hear, and only then."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from solver.check import check, verdict
from solver.engine import Limit, solve
from solver.formulate import period_of
from solver.period import day_words
from solver.problem import CITY, Area, Assignment, Credential, Duty, Group, Language, Problem, Seat, Setting, Shift
from solver.roster import from_assignments
from solver.rules import RULES
from solver.rules.fitness import takes
from tests.solver.build import AREAS, THURSDAY, found, lead, pair_seats, placed, problem, responder, slot, trainee

HOURS = "ceiling", "floor", "target", "beyond"
FRIDAY, SATURDAY, SUNDAY = (THURSDAY + dt.timedelta(days=n) for n in (1, 2, 3))


def week(*templates: str) -> list:  # type: ignore[type-arg]
    """Slots on consecutive dates from Thursday."""
    return [slot(THURSDAY + dt.timedelta(days=n), template) for n, template in enumerate(templates)]


def test_a_full_pair_in_good_time_breaks_nothing() -> None:
    given = problem([lead("Lea"), responder("Ana")])
    assert verdict(check(given, placed(("lea", 0), ("ana", 1)))).hard_violations == 0


def test_nobody_is_on_two_seats_at_once() -> None:
    (broken,) = found(problem([lead("Lea")]), placed(("lea", 0), ("lea", 1)), "one_at_a_time")
    assert broken.hard
    assert broken.sentence == "Lea is on two seats at once (West, Thu 7 January day)."
    assert (broken.person, broken.shift) == ("lea", "2027-01-07/day/West")


def test_overlapping_slots_exclude_each_other() -> None:
    given = problem([lead("Lea")], [slot(), slot(THURSDAY, "24h")])
    (broken,) = found(given, placed(("lea", 0), ("lea", 3)), "one_at_a_time")
    assert broken.sentence == "Lea is already on call (West, Thu 7 January day) during West, Thu 7 January 24h."


def test_a_night_after_the_same_day_leaves_too_little_rest() -> None:
    given = problem([lead("Lea")], [slot(), slot(THURSDAY, "night")])
    (broken,) = found(given, placed(("lea", 0), ("lea", 3)), "rest")
    assert broken.sentence == "Lea has 0 h rest before West, Thu 7 January night; 12 h are needed."


def test_twelve_hours_between_two_duties_are_enough() -> None:
    given = problem([lead("Lea")], week("day", "day"))
    assert not found(given, placed(("lea", 0), ("lea", 3)), "rest")


def test_rest_reaches_back_to_a_duty_of_the_month_before() -> None:
    eve = slot(THURSDAY - dt.timedelta(days=1), "night")
    given = problem([lead("Lea")], around=(Duty("lea", eve.date, eve.start, eve.end, night=True),))
    (broken,) = found(given, placed(("lea", 0)), "rest")
    assert "outside this period" in broken.sentence


def test_two_nights_in_a_row_are_the_limit_and_last_months_nights_count() -> None:
    given = problem([lead("Lea")], week("night", "night", "night"))
    three = placed(("lea", 0), ("lea", 3), ("lea", 6))
    assert [v.amount for v in found(given, three, "nights_in_a_row")] == [1]
    assert not found(given, three[:2], "nights_in_a_row")
    eve = slot(THURSDAY - dt.timedelta(days=1), "night")
    carried = msgspec.structs.replace(given, around=(Duty("lea", eve.date, eve.start, eve.end, night=True),))
    assert len(found(carried, three[:2], "nights_in_a_row")) == 1


def test_one_run_of_nights_over_a_months_border_is_broken_once_and_costs_what_it_did() -> None:
    given = problem([lead("Lea")], week("night", "night", "night", "night"))
    for kept in range(1, 5):
        eves = [slot(THURSDAY - dt.timedelta(days=back), "night") for back in range(1, kept)]
        fixed = tuple(Duty("lea", eve.date, eve.start, eve.end, night=True) for eve in eves)
        carried = msgspec.structs.replace(given, around=fixed)
        (broken,) = found(carried, placed(("lea", 0), ("lea", 3), ("lea", 6), ("lea", 9)), "nights_in_a_row")
        assert broken.amount == (2, 3, 4, 4)[kept - 1]
        assert f"from {day_words(eves[-1].date if eves else THURSDAY)} to " in broken.sentence


def test_saturday_and_sunday_are_one_weekend() -> None:
    given = problem([lead("Lea")], [slot(SATURDAY), slot(SUNDAY)], groups=(Group("volunteers", weekends=1),))
    assert not found(given, placed(("lea", 0), ("lea", 3)), "weekends")


def test_a_second_weekend_is_one_too_many_where_one_is_the_limit() -> None:
    given = problem(
        [lead("Lea")], [slot(SATURDAY), slot(SUNDAY + dt.timedelta(days=7))], groups=(Group("volunteers", weekends=1),)
    )
    (broken,) = found(given, placed(("lea", 0), ("lea", 3)), "weekends")
    assert broken.sentence == "Lea is on call on 2 weekends; 1 is the limit."


def test_hours_are_held_against_floor_target_and_ceiling() -> None:
    given = problem([lead("Lea", floor=24 * 60, ceiling=24 * 60)], week("day", "day", "day"))
    one, three = placed(("lea", 0)), placed(("lea", 0), ("lea", 3), ("lea", 6))
    assert [(v.amount, v.points) for v in found(given, one, "floor")] == [(12, 36)]
    assert [(v.amount, v.points) for v in found(given, one, "target")] == [(24, 12)]
    assert [(v.amount, v.hard) for v in found(given, three, "ceiling")] == [(12, True)]
    less = problem([lead("Lea", target=24 * 60)], week("day", "day", "day"))
    assert [(v.amount, v.points) for v in found(less, three, "beyond")] == [(12, 24)]
    assert not found(less, three, "target")


def test_half_an_hour_too_much_or_too_little_counts_and_the_promise_itself_does_not() -> None:
    for hours, over, short in ((23.5, [0.5], []), (24.5, [], [0.5]), (24, [], [])):
        promised = int(hours * 60)
        given = problem([lead("Lea", floor=promised, target=promised, ceiling=promised)], week("day", "day"))
        told = {rule: [v.amount for v in found(given, placed(("lea", 0), ("lea", 3)), rule)] for rule in HOURS}
        assert told == {"ceiling": over, "floor": short, "target": short, "beyond": over}


@pytest.mark.parametrize(
    ("letter", "rule", "hard"),
    [
        ("c", "availability", True), ("j", "availability", True), ("l", "leave", True), ("s", "stand_down", True),
        ("d", "debrief", True),
        ("r", "wishes_rather_not", False), ("p", "wishes_prefers", False), ("w", "wishes_wants", False),
    ],
)  # fmt: skip
def test_each_letter_of_availability_has_its_rule(letter: str, rule: str, hard: bool) -> None:
    (broken,) = found(problem([lead("Lea", grades=letter)]), placed(("lea", 0)), rule)
    assert broken.hard is hard
    assert "Lea" in broken.sentence


def test_a_rule_without_a_price_says_nothing() -> None:
    free = {"wishes_rather_not": Setting(points=0), "partners_apart": Setting(points=0)}
    given = problem([lead("Lea", grades="r"), responder("Ana", apart=("lea",))], rules=free)
    assert not {v.rule for v in check(given, placed(("lea", 0), ("ana", 1)))} & set(free)


def test_wishes_met_pay_back_points_and_a_rather_not_costs_some() -> None:
    for grade, rule, points in (("w", "wishes_wants", -8), ("p", "wishes_prefers", -4), ("r", "wishes_rather_not", 15)):
        (told,) = found(problem([lead("Lea", grades=grade)]), placed(("lea", 0)), rule)
        assert told.points == points


def test_an_expired_licence_keeps_its_owner_off_from_the_day_after() -> None:
    licence = Credential("Licence", THURSDAY)
    given = problem([lead("Lea", credentials=(licence,))], week("day", "day"))
    assert not found(given, placed(("lea", 0)), "credentials")
    (broken,) = found(given, placed(("lea", 3)), "credentials")
    assert broken.sentence == "Licence expired 7 January. Lea is off shifts from 8 January."


def test_a_seat_may_ask_for_a_credential() -> None:
    given = problem([lead("Lea")], seats=(Seat(0, "lead", ("lead",), team=True, credential="Driver"),))
    (broken,) = found(given, placed(("lea", 0)), "credentials")
    assert broken.sentence == "Lea holds no valid Driver on Thu 7 January; this seat asks for it."


def test_a_seat_takes_its_own_roles_only() -> None:
    (broken,) = found(problem([responder("Ana")]), placed(("ana", 0)), "roles")
    assert broken.sentence == "Ana is responder; this lead seat takes lead."


def test_an_area_somebody_does_not_serve_is_closed_and_a_neighbour_area_costs() -> None:
    valley = (Shift(0, "Valley", calls=0.2, teams=1),)
    given = problem([lead("Lea"), lead("Lou", serves=("West",))], shifts=valley)
    assert [v.points for v in found(given, placed(("lea", 0)), "neighbour")] == [8]
    (broken,) = found(given, placed(("lou", 0)), "areas")
    assert broken.hard
    assert broken.sentence == "Lou does not serve the area (Valley, Thu 7 January day)."


@pytest.mark.parametrize("area", ["Arroyo", "Valley"])
def test_an_area_is_closed_whatever_its_name_and_the_city_is_open_to_all(area: str) -> None:
    given = problem([lead("Lou", serves=("West",))], shifts=(Shift(0, area),), areas=(*AREAS, Area("Arroyo")))
    assert len(found(given, placed(("lou", 0)), "areas")) == 1
    assert not found(problem([lead("Lou", serves=())], shifts=(Shift(0, CITY),)), placed(("lou", 0)), "areas")


def test_only_who_has_the_role_and_serves_the_area_is_worth_asking() -> None:
    seat, west, city = Seat(0, "lead", ("lead",)), Shift(0, "West"), Shift(0, CITY)
    asked = {"Lea": lead("Lea"), "Ana": responder("Ana"), "Far": lead("Far", serves=("Valley",))}
    assert [name for name, who in asked.items() if takes(who, seat, west)] == ["Lea"]
    assert [name for name, who in asked.items() if takes(who, seat, city)] == ["Lea", "Far"]


def test_a_trainee_is_never_sent_without_a_lead_or_an_experienced_member() -> None:
    given = problem([trainee("Tim"), responder("Ana"), responder("Eva", experienced=True)])
    assert len(found(given, placed(("tim", 2), ("ana", 1)), "escort")) == 1
    assert not found(given, placed(("tim", 2), ("eva", 1)), "escort")


def test_half_a_pair_counts_as_no_team_and_is_sent_out_alone() -> None:
    given = problem([lead("Lea"), responder("Ana")])
    alone = placed(("lea", 0))
    assert [v.points for v in found(given, alone, "alone")] == [60]
    assert found(given, alone, "missed_calls")
    pair = placed(("lea", 0), ("ana", 1))
    assert not found(given, pair, "alone")
    assert not found(given, pair, "missed_calls")


def test_a_language_may_be_wanted_in_each_area_or_once_in_the_city() -> None:
    wanted = (Language("Spanish", each_area=True), Language("Farsi"))
    given = problem([lead("Lea", languages=("Spanish",)), responder("Ana", languages=("Farsi",))], languages=wanted)
    assert {v.rule for v in check(given, placed()) if v.rule.startswith("languages")} == {
        "languages_area",
        "languages_city",
    }
    both = check(given, placed(("lea", 0), ("ana", 1)))
    assert not [v for v in both if v.rule.startswith("languages")]


def test_a_language_is_wanted_in_an_area_whatever_city_shift_comes_before_it() -> None:
    wanted = (Language("Spanish", each_area=True),)
    given = problem([lead("Lea")], shifts=(Shift(0, CITY), Shift(0, "West", teams=1)), languages=wanted)
    assert [v.shift for v in found(given, placed(), "languages_area")] == ["2027-01-07/day/West"]


def test_partners_like_to_share_a_shift_and_others_are_kept_apart() -> None:
    given = problem([lead("Lea", likes=("ana",)), responder("Ana", apart=("lea",))])
    pair = placed(("lea", 0), ("ana", 1))
    assert [v.points for v in found(given, pair, "partners_liked")] == [-3]
    assert [v.points for v in found(given, pair, "partners_apart")] == [60]


def test_who_likes_to_serve_together_is_not_who_is_kept_apart() -> None:
    given = problem([lead("Lea", likes=("ana",)), responder("Ana"), trainee("Tim", apart=("ana",))])
    three = placed(("lea", 0), ("ana", 1), ("tim", 2))
    assert [v.sentence for v in found(given, three, "partners_liked")] == ["Lea and Ana serve together, as they like."]
    (broken,) = found(given, three, "partners_apart")
    assert broken.sentence == "Ana and Tim are kept apart, but share a shift on Thu 7 January."
    assert (broken.person, broken.shift) == ("ana", "2027-01-07/day/West")
    assert not found(given, placed(("lea", 0), ("tim", 2)), "partners_apart")
    assert not found(given, placed(("ana", 1), ("tim", 2)), "partners_liked")


def test_a_fair_share_is_exceeded_linearly() -> None:
    given = problem([lead("Lea", nights=1.0, calls=0.1)], week("night", "night"))
    nights = placed(("lea", 0), ("lea", 3))
    assert [v.points for v in found(given, nights, "fair_nights")] == [4]
    assert [v.points for v in found(given, nights, "fair_calls")] == [pytest.approx(3.0)]


def test_a_share_that_is_used_up_counts_every_duty_once() -> None:
    given = problem([lead("Lea", nights=-2.0, weekends=-2.0, holidays=-2.0)], [slot(SATURDAY, "night", holiday=True)])
    for rule in ("fair_nights", "fair_weekends", "fair_holidays"):
        assert [v.amount for v in found(given, placed(("lea", 0)), rule)] == [1], rule


def test_one_duty_of_a_tier_is_the_limit_for_clergy() -> None:
    seats = [Seat(s, "clergy", ("clergy",), tier="primary", points=100) for s in (0, 1)]
    given = problem(
        [responder("Cara", group="clergy", roles=("clergy",))], [slot(THURSDAY, "24h"), slot(SATURDAY, "24h")],
        shifts=(Shift(0, CITY), Shift(1, CITY)), seats=tuple(seats),
    )  # fmt: skip
    assert [v.amount for v in found(given, placed(("cara", 0), ("cara", 1)), "tiers")] == [1]
    assert [v.points for v in found(given, placed(("cara", 0)), "open_seats")] == [100]


@pytest.mark.parametrize(("limit", "over"), [(1, [1]), (2, []), (3, [])])
def test_only_more_duties_of_a_tier_than_the_limit_are_too_many(limit: int, over: list[int]) -> None:
    seats = tuple(Seat(s, "clergy", ("clergy",), tier="primary", points=100) for s in (0, 1))
    given = problem(
        [responder("Cara", group="clergy", roles=("clergy",))], [slot(THURSDAY, "24h"), slot(SATURDAY, "24h")],
        shifts=(Shift(0, CITY), Shift(1, CITY)), seats=seats,
        groups=(Group("volunteers"), Group("clergy", most_per_tier=limit)),
    )  # fmt: skip
    assert [v.amount for v in found(given, placed(("cara", 0), ("cara", 1)), "tiers")] == over


def test_without_a_limit_of_a_tier_what_was_worked_sets_none() -> None:
    seats = [Seat(s, "clergy", ("clergy",), tier="primary", points=100) for s in (0, 1)]
    given = problem(
        [responder("Cara", group="clergy", roles=("clergy",))],
        [msgspec.structs.replace(slot(THURSDAY, "24h"), begun=True), slot(SATURDAY, "24h")],
        shifts=(Shift(0, CITY), Shift(1, CITY)), seats=tuple(seats), current=(Assignment("cara", 0),),
        groups=(Group("volunteers"), Group("clergy", most_per_tier=0)),
    )  # fmt: skip
    assert not found(given, placed(("cara", 0), ("cara", 1)), "tiers")


def test_a_told_assignment_may_move_within_the_shift_but_not_vanish() -> None:
    kept = (Assignment("lea", 0, state="told"), Assignment("ana", 1, state="confirmed", locked=True))
    given = problem([lead("Lea"), responder("Ana")], current=kept)
    assert [v.points for v in found(given, placed(), "told")] == [25]
    assert [v.points for v in found(given, placed(), "confirmed")] == [100]
    assert [v.hard for v in found(given, placed(), "locks")] == [True]
    assert not {v.rule for v in check(given, placed(("lea", 0), ("ana", 1)))} & {"told", "confirmed", "locks"}


def test_more_people_than_places_are_too_many() -> None:
    given = problem([lead("Lea"), lead("Lou")], seats=tuple(pair_seats(0)))
    (broken,) = found(given, placed(("lea", 0), ("lou", 0)), "seat_count")
    assert broken.sentence == "1 person too many on the lead seat (West, Thu 7 January day)."


def test_a_rule_changes_kind_with_its_setting() -> None:
    given: Problem = problem([lead("Lea")], [slot(), slot(THURSDAY, "night")], rules={"rest": Setting(points=7)})
    (broken,) = found(given, placed(("lea", 0), ("lea", 3)), "rest")
    assert (broken.hard, broken.points) == (False, 7)


def test_whoever_has_no_duty_breaks_no_rule_of_duties_however_it_is_kept() -> None:
    shares = {"nights": 0.0, "weekends": 0.0, "holidays": 0.0, "calls": 0.0}
    people = [lead("Lea", **shares, grades="cl"), responder("Ana", **shares, languages=("es",))]
    given = problem(people, week("night", "night"))
    rules = [rule for rule in RULES if rule.of_duties]
    assert {"rest", "nights_in_a_row", "fair_nights", "roles", "wishes_wants"} <= {rule.name for rule in rules}
    for setting in (Setting(hard=True), Setting(hard=False, points=7.0)):
        kept = msgspec.structs.replace(given, rules={rule.name: setting for rule in rules})
        empty = from_assignments(period_of(kept), ())
        assert [broken for rule in rules for who in range(2) for broken in rule.check(empty, who)] == []


def test_a_wish_is_read_of_the_duties_it_was_said_of_alone() -> None:
    given = problem([responder("Ana", grades=".wc")], week("day", "day", "day"))
    everywhere = placed(("ana", 1), ("ana", 4), ("ana", 7))
    assert [broken.shift for broken in found(given, everywhere, "wishes_wants")] == ["2027-01-08/day/West"]
    assert [broken.shift for broken in found(given, everywhere, "availability")] == ["2027-01-09/day/West"]


def test_a_language_counts_beside_a_full_team_only() -> None:
    wanted = (Language("Spanish", each_area=True), Language("Farsi"))
    crew = [lead("Lea", languages=("Spanish", "Farsi")), responder("Ana")]
    given = problem(crew, languages=wanted)
    alone = [v for v in check(given, placed(("lea", 0))) if v.rule.startswith("languages")]
    assert [(v.rule, v.amount, v.sentence) for v in alone] == [
        ("languages_area", 1, "Spanish is spoken in West, but not beside a full team."),
        ("languages_city", 1, "Farsi is spoken in the city then, but not beside a full team."),
    ]
    pair = check(given, placed(("lea", 0), ("ana", 1)))
    assert not [v for v in pair if v.rule.startswith("languages")]


def test_a_language_counts_where_no_team_is_seated_whoever_is_there() -> None:
    wanted = (Language("Spanish", each_area=True), Language("Farsi"))
    seats = (Seat(0, "desk", ("responder",), points=9), *pair_seats(1))
    given = problem(
        [responder("Ana", languages=("Spanish", "Farsi"))],
        shifts=(Shift(0, "West"), Shift(0, "Valley", teams=1)), seats=seats, languages=wanted,
    )  # fmt: skip
    assert [v.shift for v in found(given, placed(("ana", 0)), "languages_area")] == ["2027-01-07/day/Valley"]
    assert not found(given, placed(("ana", 0)), "languages_city")


def test_nobody_is_sent_out_alone_for_a_language_and_hours_promised() -> None:
    """One price for a lone speaker, so that sending one out never pays: hours below the floor, the language, a wish."""
    crew = [lead("Lea", languages=("Spanish",), floor=48 * 60, target=48 * 60, grades="w")]
    given = problem(crew, languages=(Language("Spanish", each_area=True), Language("Farsi")))
    assert solve(given, Limit(work=9)).roster == ()


def test_a_weekend_held_by_a_duty_outside_the_period_counts_among_those_of_the_period() -> None:
    sunday = [slot(SUNDAY), slot(SATURDAY + dt.timedelta(days=7))]
    eve = slot(SATURDAY)
    outside = (Duty("lea", eve.date, eve.start, eve.end, weekend=True),)
    given = problem([lead("Lea")], sunday, groups=(Group("volunteers", weekends=1, rest_minutes=0),), around=outside)
    assert not found(given, placed(("lea", 0)), "weekends"), "the same weekend again"
    (broken,) = found(given, placed(("lea", 3)), "weekends")
    assert broken.sentence == "Lea is on call on 2 weekends; 1 is the limit."
    weekday = msgspec.structs.replace(given, around=(msgspec.structs.replace(outside[0], weekend=False),))
    assert not found(weekday, placed(("lea", 3)), "weekends")
    held = msgspec.structs.replace(given, groups=(Group("volunteers", weekends=0, rest_minutes=0),))
    assert not found(held, (), "weekends"), "what no plan can take back is no fault of one"
