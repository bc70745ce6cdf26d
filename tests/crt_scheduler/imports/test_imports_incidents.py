"""Incident logs: the team's own, real public ones, and a second import that knows each incident again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crt_scheduler import imports, programmes
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, Incident
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import refused, table
from tests.opened import open_store

HEADER = ("number", "timestamp", "area", "division", "type", "agency", "duration_min")
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "incidents"
needs_real_logs = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real incident logs is not here")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def logged(store: Store) -> list[Incident]:
    """Return every incident in order of time."""
    with store.read() as session:
        rows = list(session.scalars(select(Incident).order_by(Incident.at, Incident.id)))
        session.expunge_all()
        return rows


def test_an_incident_is_taken_in_utc_with_the_area_of_its_division(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, ("A-1", "2026-07-01 23:30", "", "77TH STREET", "homicide", "LAPD", "126"))
    assert imports.run(store, "incidents", path).new == 1
    row = logged(store)[0]
    assert (row.number, row.key, row.type, row.agency) == ("A-1", "n:A-1", "homicide", "LAPD")
    assert (row.at, row.duration_minutes) == (dt.datetime(2026, 7, 2, 6, 30, tzinfo=dt.UTC), 126)
    with store.read() as session:
        assert session.get_one(Area, row.area_id).name == "South"


def test_a_night_hour_that_the_clock_skips_is_taken_an_hour_later_and_said(store: Store, tmp_path: Path) -> None:
    report = imports.run(
        store, "incidents", table(tmp_path, HEADER, ("A-1", "2026-03-08 02:30", "West", "", "", "", ""))
    )
    assert logged(store)[0].at.hour == 10
    assert any("1 call lies at a time that the clocks skipped (02:30 on Sun 8 Mar 2026)" in n for n in report.notes)


def test_an_incident_without_a_type_is_of_another(store: Store, tmp_path: Path) -> None:
    imports.run(store, "incidents", table(tmp_path, HEADER, ("A-1", "2026-03-08 03:30", "West", "", "", "", "")))
    assert (logged(store)[0].at.hour, logged(store)[0].type) == (10, "other")


def test_a_second_import_changes_nothing_and_a_corrected_one_only_what_it_corrects(
    store: Store, tmp_path: Path
) -> None:
    rows = [
        ("A-1", "2026-07-01 23:30", "West", "", "fire", "", ""),
        ("A-2", "2026-07-02 01:00", "West", "", "", "", ""),
    ]
    imports.run(store, "incidents", table(tmp_path, HEADER, *rows))
    before, acts = team_build.everything(store), store.revision()
    assert imports.run(store, "incidents", table(tmp_path, HEADER, *rows)).unchanged == 2
    assert (team_build.everything(store), store.revision()) == (before, acts)
    rows[0] = ("A-1", "2026-07-01 23:45", "South", "", "fire", "LAFD", "90")
    report = imports.run(store, "incidents", table(tmp_path, HEADER, *rows))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert (logged(store)[0].agency, logged(store)[0].at.minute) == ("LAFD", 45)
    store.undo()
    assert team_build.everything(store) == before


def test_incidents_without_a_number_are_known_by_time_area_type_and_rank(store: Store, tmp_path: Path) -> None:
    equal = ("", "2026-07-01 23:30", "West", "", "homicide", "", "")
    assert imports.run(store, "incidents", table(tmp_path, HEADER, equal, equal)).new == 2
    report = imports.run(store, "incidents", table(tmp_path, HEADER, equal, equal, equal))
    assert (report.new, report.unchanged) == (1, 2)
    assert len({row.key for row in logged(store)}) == 3


def test_one_number_on_two_different_rows_is_refused_and_on_equal_rows_taken_once(store: Store, tmp_path: Path) -> None:
    row = ("A-1", "2026-07-01 23:30", "West", "", "fire", "", "")
    other = ("A-1", "2026-07-02 23:30", "West", "", "fire", "", "")
    assert "another incident bears it on line 2" in refused(store, "incidents", table(tmp_path, HEADER, row, other))
    report = imports.run(store, "incidents", table(tmp_path, HEADER, row, row))
    assert (report.new, report.unchanged) == (1, 1)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("1", "", "West", "", "", "", ""), "timestamp", "needs its date and time"),
        (("1", "2026-07-01", "West", "", "", "", ""), "timestamp", "date and a time"),
        (("1", "2072-07-01 10:00", "West", "", "", "", ""), "timestamp", "more than a year after today"),
        (("1", "2026-07-01 10:00", "", "", "", "", ""), "area", "needs an area or a division"),
        (("1", "2026-07-01 10:00", "Bay", "", "", "", ""), "area", "crt-scheduler areas add Bay"),
        (("1", "2026-07-01 10:00", "", "Quay", "", "", ""), "division", "areas add AREA --division Quay"),
        (("1", "2026-07-01 10:00", "West", "Mission", "", "", ""), "division", "lies in Valley, not in West"),
        (("1", "2026-07-01 10:00", "West", "", "", "", "-5"), "duration_min", "number of minutes"),
        (("1", "2026-07-01 10:00", "West", "", "", "", "inf"), "duration_min", "number of minutes"),
        (("1", "2026-07-01 10:00", "West", "", "", "", "two"), "duration_min", "number of minutes"),
    ],
)
def test_a_fault_is_named(store: Store, tmp_path: Path, row: tuple[str, ...], column: str, reason: str) -> None:
    path = table(tmp_path, HEADER, row)
    found = imports.run(store, "incidents", path, dry_run=True).bad
    assert [(fault.line, fault.column) for fault in found] == [(2, column)]
    assert reason in found[0].reason
    refused(store, "incidents", path)


def test_incidents_of_the_coming_year_are_taken_with_a_remark(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, HEADER, ("1", "2026-12-24 10:00", "West", "", "", "", ""))
    assert "1 lies in the future" in imports.run(store, "incidents", path).sentence()


def test_a_log_without_time_or_place_is_refused(store: Store, tmp_path: Path) -> None:
    assert 'no column "timestamp"' in refused(store, "incidents", table(tmp_path, ("when", "area"), ("x", "West")))
    assert 'no column "area"' in refused(store, "incidents", table(tmp_path, ("timestamp", "bureau"), ("x", "West")))


def test_areas_come_from_a_file_with_neighbours_weights_and_divisions(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(
        "area,neighbours,weight,division\nNorth,south,2,Hill;Lake\nSouth,,,Quay\nNorth,,2,Park\n", encoding="utf-8"
    )
    north, south = imports.read_areas(path)
    assert (north.name, north.weight, north.neighbours, north.divisions) == (
        "North",
        2,
        ("South",),
        ("Hill", "Lake", "Park"),
    )
    assert (south.weight, south.neighbours, south.divisions) == (1, (), ("Quay",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("area\n", "names no area"),
        ("bureau\nWest\n", 'no column "area"'),
        ("area,weight\n,2\n", "line 2: needs the name of an area"),
        ("area\nCity\n", "stands for all areas"),
        ("area,weight\nWest,much\n", "not a number above 0"),
        ("area,weight\nWest,0\n", "not a number above 0"),
        ("area,weight\nWest,1\nWest,2\n", "line 3: West has another weight on line 2"),
        ("area,neighbours\nWest,East\n", "'East', which is no area"),
        ("area,neighbours\nWest,West\n", "its own neighbour"),
        ("area,division\nWest,Quay\nEast,quay\n", "line 3: division 'quay' is already in West"),
    ],
)
def test_a_fault_in_an_areas_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CrtError) as fault:
        imports.read_areas(path)
    assert says in str(fault.value)


@needs_real_logs
def test_a_year_of_deaths_in_los_angeles_imports_with_its_divisions(store: Store) -> None:
    path = REAL / "la_city_deaths_2015.csv"
    report = imports.run(store, "incidents", path, mapping={"division": "lapd_division"})
    assert (report.new, report.bad) == (482, ())
    assert "Columns not used: lat, lon, victims." in report.notes
    assert imports.run(store, "incidents", path, mapping={"division": "lapd_division"}).unchanged == 482
    rows = logged(store)
    assert all(row.division_id for row in rows)
    assert rows[0].at == dt.datetime(2015, 1, 1, 8, 6, tzinfo=dt.UTC)
    assert imports.run(store, "incidents", path).unchanged == 482


@needs_real_logs
def test_chicago_imports_with_areas_of_its_own(tmp_path: Path) -> None:
    log = REAL / "chicago_homicides.csv"
    areas = imports.read_areas(log)
    assert {area.name for area in areas} == {"West", "Far South", "Central-South", "North"}
    store = open_store(str(tmp_path / "chicago.db"), who="coordinator", now=team_build.NOW, create=True)
    with store.change("Set up") as session:
        plan = programmes.preset("crt")
        programmes.init(session, plan, name="crt", areas=areas, zone="America/Chicago")
    report = imports.run(store, "incidents", log)
    assert (report.new, report.bad) == (6101, ())
    assert logged(store)[0].at == dt.datetime(2013, 1, 1, 9, 45, tzinfo=dt.UTC)
    store.undo()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 0
    store.close()


@needs_real_logs
def test_the_police_list_of_divisions_serves_as_an_areas_file() -> None:
    areas = imports.read_areas(REAL / "lapd_divisions.csv", mapping={"area": "bureau"})
    assert {area.name: len(area.divisions) for area in areas} == {"Central": 5, "South": 4, "West": 5, "Valley": 7}


def test_a_district_is_no_division_of_a_team_that_has_none(tmp_path: Path) -> None:
    now = dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC)
    store = open_store(str(tmp_path / "team.db"), who="coordinator", now=now, create=True)
    plan = programmes.preset("crt")
    with store.change("Set up") as session:
        programmes.init(session, plan, name="crt", areas=(programmes.AreaPlan("West"),))
    path = table(tmp_path, ("timestamp", "area", "district"), ("2026-01-02 18:05", "West", "12.0"))
    report = imports.run(store, "incidents", path, guess=True)
    assert (report.new, report.unused_columns) == (1, ("district",))
    store.close()
