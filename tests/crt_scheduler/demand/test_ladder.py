"""The ladder of targets and the page it stands on: what each target takes, months, heat, and the commands beside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import demand, planning
from crt_scheduler.demand import targets
from crt_scheduler.demand.targets import Targets, aim
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import AreaPlan, add_areas
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, Incident
from crt_scheduler.truth.afford import budget
from crt_scheduler.truth.demand_view import DemandView, demand_view
from crt_scheduler.truth.ladder import Ladder, climb, ladder
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.cli.test_cli import Office, office

__all__ = ["office"]

MONTH = "2027-01"


def volunteers(store: Store, count: int = 60) -> None:
    """Add people who promise hours."""
    with store.change("People") as session:
        for n in range(count):
            build.responder(session, f"P{n:03d}", role="lead" if n % 2 else "responder")


def log(store: Store, count: int, *, first: dt.datetime = dt.datetime(2025, 6, 1, 3, tzinfo=dt.UTC)) -> None:
    """Log a call every 40 hours, area after area."""
    with store.change("Log") as session:
        areas = [area.id for area in demand.areas(session)]
        for n in range(count):
            at = first + dt.timedelta(hours=40 * n)
            session.add(Incident(key=f"k{n}", number="", at=at, area_id=areas[n % len(areas)], type="", agency=""))


def choose(store: Store, **percents: float) -> None:
    """Set targets as one act; `city` is the city's."""
    with store.change("Aim") as session:
        targets.choose(session, {"" if area == "city" else area: value for area, value in percents.items()})


def rungs(store: Store, month: str = MONTH, area: str = "") -> Ladder:
    """The ladder of a month."""
    with store.read() as session:
        return ladder(session, month, now=store.now, area=area)


def view(store: Store, month: str = MONTH) -> DemandView:
    """The page of a month."""
    with store.read() as session:
        return demand_view(session, month, now=store.now)


def test_the_ladder_costs_what_the_budget_says(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    volunteers(store)
    choose(store, city=95)
    found = rungs(store)
    with store.read() as session:
        told = budget(session, MONTH, now=store.now)
    for need in (*told.choices, told.chosen):
        assert need is not None and need.share is not None
        rung = found.rung(need.share)
        assert (rung.near.hours, rung.alone.hours) == (need.hours, need.alone_hours)
        assert (rung.near.p_team, rung.near.p_own) == pytest.approx((need.p_team, need.p_served), abs=1e-4)
        assert rung.near.is_affordable == need.is_affordable
    assert (found.promised, found.kept) == (told.hours_promised, told.hours_kept)
    store.close()


@given(st.floats(0.5, 0.999), st.floats(0.5, 0.999))
def test_a_higher_target_never_plans_for_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low < aim(low) <= aim(high) < 1.0


def test_hours_and_chances_rise_with_the_target(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    volunteers(store)
    found = rungs(store)
    hours = [rung.near.hours for rung in found.rungs]
    assert hours == sorted(hours) and all(rung.alone.hours >= rung.near.hours for rung in found.rungs)
    for rung in found.rungs:
        assert all(row.p_team >= rung.aim - 1e-6 for row in rung.near.rows)
        assert rung.near.short == pytest.approx(max(0.0, rung.near.hours - found.kept), abs=0.11)
        assert sum(row.teams for row in rung.near.rows) == rung.near.teams
    store.close()


def test_a_target_of_any_size_has_its_own_rung(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    choose(store, city=93.7, West=98.2)
    assert rungs(store).chosen == pytest.approx(0.937) and rungs(store).rung(0.937).share == pytest.approx(0.937)
    west = rungs(store, area="West")
    assert west.chosen == pytest.approx(0.982) and west.own_targets == (("West", 0.982),)
    assert rungs(store, area="Valley").chosen is None
    with pytest.raises(CrtError, match="There are: Central"):
        rungs(store, area="Moon")
    store.close()


def test_an_areas_ladder_leaves_the_other_areas_as_they_are(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session:
        on = view(store).trial
        assert not on.problem.people and session is not None
    alone = climb(on, "West").rungs[-1].alone
    teams = {row.area: row.most for row in alone.rows}
    assert teams["West"] > 1 and {n for area, n in teams.items() if area != "West"} == {1}
    store.close()


def test_targets_are_chosen_together_and_an_areas_own_is_cleared_alone(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    choose(store, city=95, West=99)
    with store.change("Clear West") as session:
        targets.clear(session, "west")
    with store.read() as session:
        assert targets.chosen(session) == Targets(0.95, {})
    with pytest.raises(CrtError, match="no target of its own"), store.change("Again") as session:
        targets.clear(session, "West")
    store.undo()
    store.undo()
    with store.read() as session:
        assert not targets.chosen(session)
    store.close()


def test_a_month_with_a_clock_change_needs_an_hour_less(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    seats = 4 * 2 + 1
    assert rungs(store, "2027-03").rungs[0].near.hours == seats * (31 * 24 - 1)
    assert rungs(store, "2027-11").rungs[0].near.hours == seats * (30 * 24 + 1)
    assert view(store, "2027-03").calls == pytest.approx(31 / 365 * 713, rel=0.01)
    store.close()


def test_a_month_that_is_not_over_is_counted_apart(tmp_path: Path) -> None:
    store = build.team(tmp_path, now=dt.datetime(2026, 6, 15, 17, tzinfo=dt.UTC))
    log(store, 240)  # a call every 40 hours until July 2026
    found = view(store, "2026-08")
    city = found.months[0]
    june, march = city.of("2026-06"), city.of("2026-03")
    assert march is not None and march.came == 19 and march.expected is None
    assert june is not None and june.came is None and june.so_far and june.low is not None
    assert city.of("2026-07") is not None and city.of("2026-07").so_far is None  # type: ignore[union-attr]
    august = city.of("2026-08")
    assert august is not None and august.expected == pytest.approx(found.calls, abs=0.01)
    assert august.low is not None and august.high is not None and august.low < august.expected < august.high
    for n, each in enumerate(city.months):
        parts = [side.months[n] for side in found.months[1:]]
        if each.came is not None:
            assert each.came == sum(part.came or 0 for part in parts)
        if each.expected is not None:
            assert each.expected == pytest.approx(sum(part.expected or 0.0 for part in parts), abs=0.05)
    store.close()


def test_the_heat_of_a_week_adds_up_to_the_calls_of_a_year(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    found = view(store)
    assert found.logged == 0 and found.first_logged is None and found.changes == (6.0, 18.0)
    city = np.array(found.heat[0].hours)
    assert city.shape == (7, 24) and city.sum() == pytest.approx(713, rel=0.01)
    assert sum(np.array(layer.hours) for layer in found.heat[1:]) == pytest.approx(city, abs=0.01)
    assert [layer.area for layer in found.heat] == ["", "Central", "South", "West", "Valley"]
    store.close()


def test_a_page_follows_renamed_and_many_areas(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    log(store, 30)
    with store.change("Rename") as session:
        demand.areas(session)[2].name = "Harbor"
        add_areas(session, tuple(AreaPlan(f"District {n}", neighbours=("Harbor",)) for n in range(18)))
    found = view(store)
    assert found.areas[2] == "Harbor" and len(found.areas) == 22 == len(found.heat) - 1 == len(found.months) - 1
    assert len(found.ladder.rungs[0].near.rows) == 44 and len(found.standing) == 44
    assert isinstance(climb(found.trial, "Harbor").rungs[-1].near.hours, float)
    store.close()


def test_what_stands_is_the_plan_until_somebody_is_on_call(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)
    before = view(store)
    with store.read() as session:
        standing = planning.standing(session, MONTH, now=store.now)
    assert not before.is_rostered and before.p_team == standing.truth.p_team
    assert sum(row.teams for row in before.standing) == sum(standing.teams)
    store.close()


def test_faults_of_a_factor_are_told_part_by_part(tmp_path: Path) -> None:
    day = dt.date(2027, 1, 1)
    found = demand.factor_faults(" ", first=day, last=day - dt.timedelta(days=1), factor=-1)
    assert [fault.field for fault in found] == ["name", "factor", "last"]
    assert demand.factor_faults("Parade", first=day, last=day, factor=2) == ()
    store = build.team(tmp_path)
    with store.change("By hand") as session:
        demand.set_yearly_calls(session, 365)
        assert session.query(Area).count() == 4
    assert view(store).by_hand == 365
    with pytest.raises(CrtError, match="such as 713"), store.change("None") as session:
        demand.set_yearly_calls(session, 0)
    store.close()


def test_the_command_line_answers_what_the_page_shows(office: Office) -> None:
    office.type("targets", "set", "93.5")
    found = office.type("targets", "ladder", MONTH, "--json")
    assert found["chosen"] == 0.935 and 0.935 in [rung["share"] for rung in found["rungs"]]
    shown = office.type("targets", "show", MONTH, "--json")
    chosen = next(rung for rung in found["rungs"] if rung["share"] == 0.935)
    assert chosen["near"]["hours"] == shown["chosen"]["hours"]
    assert "99.9 %" in office.type("targets", "ladder", MONTH, "--area", "West")
    assert len(office.type("heat", MONTH, "--json")) == 5
    assert "23" in office.type("heat", MONTH, "--area", "west")
    office.type("heat", MONTH, "--area", "Moon", code=2)
    assert "There are: Central" in office.told
    assert office.type("months", MONTH, "--json")[0]["months"][0]["month"] == MONTH
    assert "2027-06" in office.type("months", MONTH, "--area", "Valley")
    office.type("months", MONTH, "--area", "Moon", code=2)
    office.type("factors", "yearly", "500")
    assert "500" in office.type("forecast", MONTH)
    office.type("targets", "clear", "--area", "West", code=2)
    assert "no target of its own" in office.told
