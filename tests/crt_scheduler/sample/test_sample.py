"""The sample city: the same from the same seed, plainly made up, importable without a bad row, and a lawful year."""

from __future__ import annotations

import csv
import datetime as dt
import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crt_scheduler import imports, programmes, sample, times
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import Assignment, Availability, Incident, Responder
from tests.crt_scheduler import team_build

FILES = ("people.csv", "availability.csv", "incidents.csv", "roster.csv")
MONTH = "2027-03"
HALVES = {"day": ("06:00", "18:00"), "night": ("18:00", "06:00"), "24h": ("06:00", "06:00")}
Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample city for March 2027, whose year before holds both clock changes."""
    folder = tmp_path_factory.mktemp("city")
    sample.write(folder, seed=1, month=MONTH)
    return folder


def table(city: Path, name: str) -> Table:
    """Return the rows of one of the files."""
    with (city / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def span(date: str, shift: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants of a shift in Los Angeles."""
    start, end = (dt.time.fromisoformat(text) for text in HALVES[shift])
    return times.span(dt.date.fromisoformat(date), start, end, "America/Los_Angeles")


def weekly(city: Path) -> dict[str, set[tuple[int, str]]]:
    """Return by person the weekdays and starts on which they cannot."""
    blocked: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for row in table(city, "availability.csv"):
        if not row["from"] and row["start"] in ("06:00", "18:00") and not row["note"]:
            blocked[row["person"]] |= {(times.WEEKDAYS.index(day), row["start"]) for day in row["weekdays"].split(";")}
    return blocked


def test_the_same_seed_and_month_give_the_same_bytes_and_another_seed_others(city: Path, tmp_path: Path) -> None:
    sample.write(tmp_path / "again", seed=1, month=MONTH)
    sample.write(tmp_path / "other", seed=2, month=MONTH)
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (city / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() != (city / name).read_bytes()


def test_the_four_files_import_without_a_bad_row_and_a_second_time_change_nothing(city: Path, tmp_path: Path) -> None:
    now = dt.datetime(2027, 2, 20, 17, tzinfo=dt.UTC)
    store = team_build.team(tmp_path, now=now)
    for name in FILES:
        report = imports.run(store, name.removesuffix(".csv"), city / name)
        assert (report.bad, report.new) == ((), len(table(city, name)))
    before, acts = team_build.everything(store), store.revision()
    for name in FILES:
        assert imports.run(store, name.removesuffix(".csv"), city / name).written is False
    assert (team_build.everything(store), store.revision()) == (before, acts)
    with store.read() as session:
        for record, count in ((Responder, 290), (Incident, 713), (Availability, len(table(city, FILES[1])))):
            assert session.scalar(select(func.count()).select_from(record)) == count
        states = Counter(session.scalars(select(Assignment.state)))
    assert states["done"] > 7000
    assert states["draft"] > 100
    store.close()


def test_it_can_be_imported_months_before_the_month_it_is_for(city: Path, tmp_path: Path) -> None:
    store = team_build.team(tmp_path, now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    assert imports.run(store, "incidents", city / "incidents.csv").bad == ()
    store.close()


def test_people_are_as_many_and_as_able_as_the_trade_says(city: Path) -> None:
    people = table(city, "people.csv")
    assert Counter(row["kind"] for row in people) == {"volunteer": 250, "clergy": 40}
    roles = Counter(row["role"] for row in people if row["kind"] == "volunteer")
    assert roles == {"lead": 105, "responder": 115, "trainee": 30}
    assert len({row["home_division"] for row in people}) == 21
    spoken = Counter(language for row in people for language in row["languages"].split(";") if language)
    assert 0.30 <= spoken.pop("Spanish") / 290 <= 0.35
    assert all(0.02 <= count / 290 <= 0.06 for count in spoken.values())
    assert set(spoken) == {"Korean", "Armenian", "Farsi", "Chinese", "Tagalog"}
    assert all(row["traditions"] for row in people if row["kind"] == "clergy")
    assert Counter(row["status"] for row in people) == {"active": 284, "leave": 6}
    assert {row["target_hours"] for row in people if row["kind"] == "clergy"} == {"24"}
    first = dt.date(2027, 3, 1)
    ages = {row["id"]: (first - dt.date.fromisoformat(row["joined"])).days for row in people}
    assert all((ages[row["id"]] < 365) == (row["role"] == "trainee") for row in people)
    assert 300 < max(ages.values()) / 10 < 366
    expiring = sum(row["credential:Background check"] < "2027-04" for row in people)
    assert 5 <= expiring <= 15


def test_everyone_is_plainly_made_up(city: Path) -> None:
    people = table(city, "people.csv")
    assert len({row["name"] for row in people}) == len({row["phone"] for row in people}) == 290
    assert all(row["email"] == f"{row['id'].lower()}@example.org" for row in people)
    assert all(" 555-01" in row["phone"] for row in people)
    scripts = "".join(row["name"] for row in people)
    assert any("가" <= letter <= "힣" for letter in scripts)
    assert any("Ա" <= letter <= "֏" for letter in scripts)
    assert any(letter in "éíñøłüçř" for letter in scripts)


def test_about_two_fifths_of_the_month_is_offered(city: Path) -> None:
    blocked: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    days = times.month_days(MONTH)
    for row in table(city, "availability.csv"):
        if row["grade"] != "cannot":
            continue
        mask = times.weekday_mask(row["weekdays"].split(";") if row["weekdays"] else [])
        start, end = (dt.time.fromisoformat(row[key] or "00:00") for key in ("start", "end"))
        for day in (days[0] - dt.timedelta(days=1), *days):
            if times.on_weekday(day, mask) and (not row["from"] or row["from"] <= str(day) <= row["to"]):
                blocked[row["person"]].append(times.span(day, start, end, "America/Los_Angeles"))
    free = total = 0
    for person in table(city, "people.csv"):
        shifts = ("day", "night") if person["kind"] == "volunteer" else ("24h",)
        spans = [span(str(day), shift) for day in days for shift in shifts]
        total += len(spans)
        free += sum(all(e <= s or end <= b for b, e in blocked[person["id"]]) for s, end in spans)
    assert 0.35 < free / total < 0.45


def test_the_log_has_the_year_of_713_that_the_trade_measures(city: Path) -> None:
    log = table(city, "incidents.csv")
    assert len({row["number"] for row in log}) == len(log) == 713
    assert log[0]["timestamp"] >= "2026-03-01"
    assert log[-1]["timestamp"] < "2027-03-01"
    assert [row["timestamp"] for row in log] == sorted(row["timestamp"] for row in log)
    plan = programmes.preset("crt")
    shares = Counter(row["area"] for row in log)
    for area in plan.areas:
        assert abs(shares[area.name] / 713 - area.weight / 22) < 0.07
        assert {row["division"] for row in log if row["area"] == area.name} == set(area.divisions)
    minutes = [int(row["duration_min"]) for row in log]
    assert 110 < statistics.mean(minutes) < 142
    assert 0.55 < statistics.stdev(minutes) / statistics.mean(minutes) < 0.85
    assert {row["agency"] for row in log} == {"LAPD", "LAFD", "hospital"}
    night = sum(not "06" <= row["timestamp"][11:13] < "18" for row in log) / 713
    assert 0.5 < night < 0.68
    by_day = Counter(row["timestamp"][:10] for row in log)
    counts = [by_day[str(dt.date(2026, 3, 1) + dt.timedelta(days=n))] for n in range(365)]
    assert statistics.variance(counts) > statistics.mean(counts)


def test_the_year_of_duties_keeps_rest_hours_nights_weekends_roles_and_promises(city: Path) -> None:
    people = {row["id"]: row for row in table(city, "people.csv")}
    cannot = weekly(city)
    own: dict[str, Table] = defaultdict(list)
    for row in table(city, "roster.csv"):
        own[row["person"]].append(row)
    for code, duties in own.items():
        spans = [span(row["date"], row["shift"]) for row in duties]
        assert all(later[0] - earlier[1] >= dt.timedelta(hours=12) for earlier, later in pairwise(spans))
        hours: Counter[str] = Counter()
        weekends = defaultdict(set)
        nights = {dt.date.fromisoformat(row["date"]).toordinal() for row in duties if row["shift"] == "night"}
        for row, (start, end) in zip(duties, spans, strict=True):
            date = dt.date.fromisoformat(row["date"])
            hours[row["date"][:7]] += int((end - start).total_seconds() // 60)
            if date.weekday() > 4:
                weekends[row["date"][:7]].add(date.isocalendar().week)
            starts = ("06:00", "18:00") if row["shift"] == "24h" else (HALVES[row["shift"]][0],)
            assert not {(date.weekday(), start) for start in starts} & cannot[code]
            assert row["date"] >= people[code]["joined"]
        assert max(hours.values()) <= 48 * 60
        assert all(len(taken) <= 2 for taken in weekends.values())
        assert not any({night, night + 1, night + 2} <= nights for night in nights)


def test_nearly_every_seat_of_the_year_was_filled_and_no_one_stood_alone(city: Path) -> None:
    roster = table(city, "roster.csv")
    assert roster[0]["date"] == "2026-03-01"
    assert roster[-1]["date"] == "2027-02-28"
    seats = Counter((row["role"], row["tier"]) for row in roster)
    assert seats["lead", ""] > 0.97 * 365 * 8
    assert seats["duty_lead", ""] > 0.97 * 365 * 2
    assert seats["clergy", "primary"] > 0.95 * 365
    assert seats["trainee", ""] > 100
    teams: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in roster:
        teams[row["date"], row["shift"], row["area"]].add(row["role"])
    pairs = [roles for (_, _, area), roles in teams.items() if area != "City"]
    assert all("lead" in roles for roles in pairs)
    assert sum("responder" in roles for roles in pairs) > 0.97 * len(pairs)


@pytest.mark.parametrize("month", ["2027-01", "2024-02", "2027-11"])
def test_every_month_has_its_city(tmp_path: Path, month: str) -> None:
    sample.write(tmp_path, seed=3, month=month)
    first = times.parse_month(month)
    days = (first - first.replace(year=first.year - 1)).days
    assert len(table(tmp_path, "incidents.csv")) == 713
    assert len({row["date"] for row in table(tmp_path, "roster.csv")}) == days


def test_what_is_no_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="is not a month"):
        sample.write(tmp_path / "city", seed=1, month="soon")
    assert not (tmp_path / "city").exists()
