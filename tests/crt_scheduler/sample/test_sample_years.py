"""The sample city of another size: as many years and people as asked for, its duties and hours as lawful as ever."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from crt_scheduler import cli, imports, sample, times
from crt_scheduler.errors import CrtError
from crt_scheduler.sample import duties, sample_incidents
from tests.crt_scheduler import team_build

MONTH, YEARS, TEAM = "2027-03", 3, 460
ZONE = "America/Los_Angeles"
Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample city of 460 people with three years behind it."""
    folder = tmp_path_factory.mktemp("city")
    sample.write(folder, seed=1, month=MONTH, years=YEARS, team=TEAM)
    return folder


def table(city: Path, name: str) -> Table:
    """Return the rows of one of the files."""
    with (city / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_team_of_another_size_has_that_many_people_with_names_and_numbers_of_their_own(city: Path) -> None:
    people = table(city, "people")
    for column in ("id", "name", "phone"):
        assert len({row[column] for row in people}) == TEAM
    kinds = Counter(row["kind"] for row in people)
    assert kinds == {"volunteer": 397, "clergy": 63}
    roles = Counter(row["role"] for row in people if row["kind"] == "volunteer")
    assert [round(roles[role] / 397, 2) for role in ("lead", "responder", "trainee")] == [0.42, 0.46, 0.12]
    assert all(row["traditions"] for row in people if row["kind"] == "clergy")


def test_its_past_is_as_long_as_asked_and_every_year_of_it_as_full(city: Path) -> None:
    starts = {"incidents": "timestamp", "roster": "date", "calls": "timestamp", "hours": "start"}
    for name, column in starts.items():
        years = Counter(
            str(dt.date.fromisoformat(row[column][:10]) - dt.timedelta(days=59))[:4] for row in table(city, name)
        )  # a year of it begins on 1 March
        assert set(years) == {"2024", "2025", "2026"}
        assert min(years.values()) > 0.8 * max(years.values())
    assert len(table(city, "incidents")) == YEARS * sample_incidents.yearly(TEAM)
    assert len(table(city, "calls")) == YEARS * sample_incidents.yearly(TEAM)


def test_nobody_is_on_call_twice_at_once_or_without_rest_or_before_joining(city: Path) -> None:
    joined = {row["id"]: dt.date.fromisoformat(row["joined"]) for row in table(city, "people")}
    spans: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    halves = {"day": duties.DAY, "night": duties.NIGHT, "24h": (duties.DAY[0], duties.DAY[0])}
    for row in table(city, "roster"):
        date = dt.date.fromisoformat(row["date"])
        assert date >= joined[row["person"]]
        spans[row["person"]].append(times.span(date, *halves[row["shift"]], ZONE))
    for held in spans.values():
        assert all(later[0] - earlier[1] >= dt.timedelta(hours=11) for earlier, later in pairwise(sorted(held)))


def test_a_second_pair_never_comes_without_its_lead(city: Path) -> None:
    places = Counter((row["date"], row["shift"], row["area"], row["role"]) for row in table(city, "roster"))
    pairs = [(key, count) for key, count in places.items() if key[3] == "responder"]
    assert any(count == 2 for _, count in pairs)
    assert all(places[(*key[:3], "lead")] >= count for key, count in pairs)


def test_its_people_and_roster_are_imported_without_a_bad_row(city: Path, tmp_path: Path) -> None:
    store = team_build.team(tmp_path, now=dt.datetime(2027, 2, 20, 17, tzinfo=dt.UTC))
    for name in ("people", "roster"):
        report = imports.run(store, name, city / f"{name}.csv")
        assert (report.bad, report.new) == ((), len(table(city, name)))
    store.close()


@pytest.mark.parametrize(("years", "team"), [(0, 290), (21, 290), (1, 49), (1, 2501)])
def test_a_size_that_cannot_be_is_refused_before_anything_is_written(tmp_path: Path, years: int, team: int) -> None:
    with pytest.raises(CrtError, match="Choose another number"):
        sample.write(tmp_path / "city", seed=1, month=MONTH, years=years, team=team)
    assert not (tmp_path / "city").exists()


def test_the_command_takes_years_and_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--json", "sample", str(tmp_path), "--month", MONTH, "--years", "2", "--people", "300"]
    assert cli.run(words) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])
    assert len(table(tmp_path, "people")) == 300
    assert len(table(tmp_path, "calls")) == 2 * sample_incidents.yearly(300)
