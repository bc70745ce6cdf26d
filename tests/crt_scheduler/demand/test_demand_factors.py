"""Hand-set factors: set, changed, removed and undone; the log's own ratio beside each; older databases get it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.orm import Session

from crt_scheduler import demand, migrations, times
from crt_scheduler.demand import Calls
from crt_scheduler.demand.forecast_values import day_number
from crt_scheduler.demand.ratios import ratio
from crt_scheduler.errors import CrtError
from crt_scheduler.store import APPLICATION, Store
from crt_scheduler.tables import Area, Incident
from tests.crt_scheduler import team_build as build
from tests.opened import open_store

FOURTH = dt.date(2027, 7, 4)
ZONE = "America/Los_Angeles"


def incidents(session: Session, dates: list[dt.date], *, area: str = "Valley") -> None:
    """Log one incident at noon of each date."""
    place = session.scalars(select(Area.id).where(Area.name == area)).one()
    session.add_all(
        Incident(
            key=f"{area}-{n}", number="", at=times.instant(date, dt.time(12), ZONE), area_id=place, division_id=None,
            type="", agency="", duration_minutes=None,
        )
        for n, date in enumerate(dates)
    )  # fmt: skip
    session.flush()


def set_fourth(store: Store, factor: float = 1.5, *, area: str = "") -> None:
    """Set the factor of the Fourth of July 2027 as one act."""
    with store.change("Set factor") as session:
        demand.set_factor(session, "Fourth of July", first=FOURTH, factor=factor, area=area)


def test_a_factor_multiplies_the_shifts_of_its_dates_and_no_others(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session:
        plain = demand.forecast(session, dt.date(2027, 7, 1))
    set_fourth(store)
    set_fourth(store, 2.0, area="Valley")
    with store.read() as session:
        learnt = demand.forecast(session, dt.date(2027, 7, 1))
        names = [area.name for area in demand.areas(session)]
    for date, area, factor in ((FOURTH, "Valley", 3.0), (FOURTH, "South", 1.5), (dt.date(2027, 7, 5), "Valley", 1.0)):
        n = names.index(area)
        assert learnt.calls(date, 0, n) == pytest.approx(factor * plain.calls(date, 0, n))
    first = day_number(dt.date(2027, 7, 1))
    table = learnt.cells(first, first + 31)
    assert table[3, 1, names.index("Valley")] == pytest.approx(learnt.calls(FOURTH, 1, names.index("Valley")))
    assert learnt.cells(first + 10, first + 12).sum() == pytest.approx(plain.cells(first + 10, first + 12).sum())
    store.close()


def test_the_same_name_day_and_area_changes_a_factor_and_undo_takes_it_back(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    set_fourth(store)
    set_fourth(store, 1.8)
    with store.read() as session:
        assert [row.factor for row in demand.factors(session)] == [1.8]
    store.undo()
    with store.read() as session:
        assert [row.factor for row in demand.factors(session)] == [1.5]
    with store.change("Remove factor") as session:
        assert demand.remove_factor(session, "fourth of july") == 1
    with store.read() as session:
        assert demand.factors(session) == ()
    store.undo()
    with store.read() as session:
        assert len(demand.factors(session)) == 1
    store.close()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"factor": 0.0}, "above 0"),
        ({"factor": float("nan")}, "above 0"),
        ({"factor": 50.0}, "up to 20"),
        ({"last": FOURTH - dt.timedelta(days=1)}, "on or after"),
        ({"last": FOURTH + dt.timedelta(days=400)}, "a year apart"),
        ({"area": "Nowhere"}, "No area is called 'Nowhere'. Use one of: Central"),
        ({"name": " "}, "needs a name"),
    ],
)
def test_a_factor_that_makes_no_sense_is_refused_in_a_sentence(
    tmp_path: Path, values: dict[str, object], words: str
) -> None:
    store = build.team(tmp_path)
    wanted = {"name": "Fourth of July", "first": FOURTH, "factor": 1.5, **values}
    name = str(wanted.pop("name"))
    with store.change("Set factor") as session, pytest.raises(CrtError, match=words):
        demand.set_factor(session, name, **wanted)  # type: ignore[arg-type]
    with store.change("Remove factor") as session, pytest.raises(CrtError, match="None is set"):
        demand.remove_factor(session, "Fourth of July")
    store.close()


def test_the_logs_own_ratio_compares_the_dates_with_the_weeks_around() -> None:
    day = np.arange(20000, 21200)
    special = [20365, 20730]
    counts = np.where(np.isin(day, special), 6, 2)
    calls = Calls(
        np.repeat(day, counts), np.zeros(counts.sum(), dtype=np.int64), np.zeros(counts.sum(), dtype=np.int64)
    )
    found = ratio(calls, [(at, at) for at in special])
    assert (found.calls, found.days) == (12, 2)
    assert found.expected == pytest.approx(4.0, rel=0.02) and found.ratio == pytest.approx(3.0, rel=0.02)
    assert found.shrunk == pytest.approx((12 + 30) / (4 + 30), rel=0.02)
    assert "The log says 3.0" in found.sentence() and "2 days" in found.sentence()
    assert ratio(calls, [(at, at) for at in special], area=1).calls == 0
    # dates at the log's very end have no weeks after them to compare with
    assert ratio(calls, [(21190, 21190)]).ratio is None
    assert ratio(calls, [(21190, 21190)]).sentence() == "The log holds no such day yet."


def test_a_holiday_is_found_on_its_own_day_of_past_years_and_suggested(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    days = list(times.days_between(dt.date(2023, 1, 1), dt.date(2026, 6, 1)))
    thanksgivings = [dt.date(2023, 11, 23), dt.date(2024, 11, 28), dt.date(2025, 11, 27)]
    with store.change("Incidents") as session:
        incidents(session, days + thanksgivings * 3)
    with store.change("Factor") as session:
        demand.set_factor(session, "Thanksgiving", first=dt.date(2027, 11, 25), last=dt.date(2027, 11, 26), factor=1.2)
    with store.read() as session:
        (row,) = demand.factors(session)
        found = demand.suggestions(session, dt.date(2027, 11, 1), dt.date(2028, 1, 31))
    assert (row.own.days, row.own.calls) == (6, 15)  # three Thursdays of four calls, three Fridays of one
    by_name = {one.name: one for one in found}
    thanks = by_name["Thanksgiving Day"]
    assert thanks.date == dt.date(2027, 11, 25) and thanks.is_set
    assert (thanks.own.calls, thanks.own.days) == (12, 3) and thanks.own.ratio == pytest.approx(4.0, rel=0.1)
    christmas = by_name["Christmas Day"]
    assert christmas.date == dt.date(2027, 12, 25) and not christmas.is_set
    assert christmas.own.ratio == pytest.approx(1.0, rel=0.1)
    store.close()


def first_version(path: Path) -> None:
    """Make a database as the first version left it: a programme with one area, and no table of factors."""
    old = create_engine(f"sqlite:///{path}")
    migrations.upgrade(old, "0001")
    with old.begin() as connection:
        connection.execute(text(f"PRAGMA application_id = {APPLICATION}"))
        connection.execute(
            text(
                "INSERT INTO programme (id, name, preset, zone, country, subdivision, answer_chance, service_minutes, "
                "missed_points, late_points, yearly_calls, show_partner, report_to, alarm_minutes) "
                f"VALUES (1, 'CRT', 'crt', '{ZONE}', 'US', 'CA', 0.8, 126, 1000, 400, 713, 1, '', 60)"
            )
        )
        connection.execute(text("INSERT INTO area (programme_id, name, weight) VALUES (1, 'Valley', 6)"))
    old.dispose()


def test_a_database_of_the_first_version_is_backed_up_and_gets_the_table_of_factors(tmp_path: Path) -> None:
    path = tmp_path / "team.db"
    first_version(path)
    store = open_store(str(path), who="coordinator", now=build.NOW)
    (backup,) = (tmp_path / "backups").glob("*before-upgrade*")
    set_fourth(store, area="Valley")
    with store.read() as session:
        assert [area.name for area in demand.areas(session)] == ["Valley"]
        assert [row.area for row in demand.factors(session)] == ["Valley"]
    store.close()
    kept = create_engine(f"sqlite:///{backup}")
    with kept.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
        assert connection.scalar(text("SELECT name FROM area")) == "Valley"
        assert not inspect(connection).has_table("demand_factor")
    kept.dispose()


def test_the_second_version_adds_the_table_of_factors(tmp_path: Path) -> None:
    old = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    migrations.upgrade(old, "0001")
    assert not inspect(old).has_table("demand_factor")
    migrations.upgrade(old, "0002")
    columns = {column["name"] for column in inspect(old).get_columns("demand_factor")}
    assert columns == {"id", "programme_id", "name", "first", "last", "factor", "area_id"}
    old.dispose()
