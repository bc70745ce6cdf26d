"""What an import says of a log as a whole: shifted clocks, missing times, duplicates, gaps; and no false alarms."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from crt_scheduler import imports, times
from crt_scheduler.imports import log_health
from crt_scheduler.imports.log_health import Logged
from tests.crt_scheduler import team_build as build

ZONE = times.Zone("America/Los_Angeles")
TODAY = (dt.date(2024, 1, 5) - dt.date(1970, 1, 1)).days
START = (dt.date(2021, 1, 1) - dt.date(1970, 1, 1)).days * 1440
SETS = Path(__file__).resolve().parents[4] / "shared" / "data" / "incidents"


def stream(*, ebb: float = 9.0, pull: float = 0.4, count: int = 2000, seed: int = 1) -> np.ndarray:
    """Return local minutes of calls over three years whose quiet half of the day has its middle at `ebb` o'clock."""
    rng = np.random.default_rng(seed)
    minute = rng.integers(0, 1440, 6 * count)
    chance = 1.0 - pull * np.cos(2 * np.pi * (minute / 60 - ebb) / 24)
    minute = minute[rng.random(len(minute)) * 2 < chance][:count]
    return np.sort(START + rng.integers(0, 3 * 365, len(minute)) * 1440 + minute)


def remarks(local: np.ndarray, kinds: list[object] | None = None) -> tuple[str, ...]:
    """Return the remarks on a log in Los Angeles, each call a kind of its own unless said."""
    return log_health.remarks(
        Logged(local, log_health.numbered(kinds or range(len(local)))), zone=ZONE, offsets=(-8, -7), until=TODAY
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("ebb", [1.0, 4.0, 8.0, 10.0])
def test_an_ordinary_log_is_not_remarked_upon(ebb: float, seed: int) -> None:
    assert remarks(stream(ebb=ebb, seed=seed)) == ()
    assert remarks(stream(ebb=ebb, seed=seed, count=160)) == ()
    assert remarks(stream(pull=0.0, seed=seed)) == ()


@pytest.mark.parametrize("hours", [7, 8])
def test_a_clock_in_utc_is_told_with_what_to_do(hours: int) -> None:
    (said,) = remarks(stream(ebb=9.0) + hours * 60)
    assert "may be UTC instead of America/Los_Angeles, 7 to 8 hours apart" in said and "Z" in said


def test_too_few_calls_say_nothing_of_the_clock() -> None:
    assert remarks(stream(count=100) + 8 * 60) == ()


@pytest.mark.skipif(not SETS.exists(), reason="the measured sets are not there")
@pytest.mark.parametrize(
    ("name", "zone", "offsets"),
    [
        ("chicago_homicides", times.Zone("America/Chicago"), (-6, -5)),
        ("fars_thinned_713", ZONE, (-8, -7)),
        ("la_city_deaths_2015", ZONE, (-8, -7)),
    ],
)
def test_real_logs_are_clean_as_they_stand_and_told_when_shifted(
    name: str, zone: times.Zone, offsets: tuple[int, int]
) -> None:
    with (SETS / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    at = [dt.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=dt.UTC) for row in rows]
    local = np.array([times.minutes(moment) for moment in at], dtype=np.int64)
    kinds: list[object] = [(row["area"], row["type"]) for row in rows]
    for hours in (0, 5, 7, 8):
        log = Logged(local + hours * 60, log_health.numbered(kinds))
        said = log_health.remarks(log, zone=zone, offsets=offsets, until=TODAY)
        assert bool(said) == bool(hours), (name, hours, said)
        assert all("UTC" in sentence for sentence in said)


def test_times_at_midnight_sharp_are_told_as_missing() -> None:
    local = stream()
    (said,) = remarks(local // 1440 * 1440)
    assert said.startswith(f"{len(local):,} of {len(local):,} calls are at 00:00 sharp")


def test_calls_that_are_there_twice_are_counted_by_time_area_and_type() -> None:
    local = np.concatenate([stream(), stream()[:60]])
    kinds: list[object] = [n % 2000 % 4 for n in range(2060)]
    (said,) = [one for one in remarks(local, kinds) if "area and type" in one]
    assert said.startswith("6") and "undo this import" in said
    assert remarks(local) == ()


def test_a_silence_too_long_to_be_chance_is_told_with_its_dates() -> None:
    local = stream()
    gone = (local // 1440 >= START // 1440 + 400) & (local // 1440 < START // 1440 + 440)
    (said,) = remarks(local[~gone])
    assert "No call is logged from 5 February 2022 to 16 March 2022" in said
    assert remarks(stream(count=60)[::2]) == ()


def test_a_year_half_full_and_one_cut_short_are_told() -> None:
    local = stream()
    year = (local // 1440).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    thin = (year != 2022) | (np.arange(len(local)) % 2 == 0)
    (said,) = remarks(local[thin])
    assert said.startswith("2022 holds") and "half full" in said
    (said,) = remarks(local[local // 1440 < START // 1440 + 900])
    assert said.startswith("2023 is logged only until")


def test_an_import_carries_the_remarks_in_its_report_and_refuses_nothing(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    rows = [
        f"{dt.datetime(1970, 1, 1) + dt.timedelta(minutes=int(at) + 8 * 60):%Y-%m-%d %H:%M},Valley,homicide"
        for at in stream(count=600)
    ]
    path = tmp_path / "incidents.csv"
    path.write_text("\n".join(["timestamp,area,type", *rows]) + "\n", encoding="utf-8")
    report = imports.run(store, "incidents", path)
    assert report.written and any("UTC instead of America/Los_Angeles" in note for note in report.notes)
    with store.read() as session:
        assert any("UTC" in said for said in log_health.of_records(session, now=store.now))
    store.close()
