"""What the log check says of a part of a log, and that it says nothing of real logs as they are."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from crt_scheduler import imports, times
from crt_scheduler.imports import log_health
from crt_scheduler.imports.log_health import Ints, Logged
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.imports.test_log_health import SETS, TODAY, ZONE, stream

REAL = {
    "chicago_homicides": ("America/Chicago", (-6, -5)),
    "fars_thinned_713": (ZONE, (-8, -7)),
    "la_city_deaths_2015": (ZONE, (-8, -7)),
}
AREAS = {0: "North", 1: "South", 2: "East", 3: "West"}


def log(name: str) -> tuple[Ints, Ints, Ints, dict[int, str]]:
    """Return local minutes, areas, kinds and the areas' names of a real log, or of a made one where it is not there."""
    path = SETS / f"{name}.csv"
    if not path.exists():
        local = stream(count=2000)
        area = np.arange(len(local)) % len(AREAS)
        return local, area, area, AREAS
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    at = [dt.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=dt.UTC) for row in rows]
    names = sorted({row["area"] for row in rows})
    return (
        np.array([times.minutes(moment) for moment in at], dtype=np.int64),
        np.array([names.index(row["area"]) for row in rows], dtype=np.int64),
        log_health.numbered((row["area"], row["type"]) for row in rows),
        dict(enumerate(names)),
    )


def said(name: str, local: Ints, area: Ints, kind: Ints, names: dict[int, str]) -> tuple[str, ...]:
    """Return the remarks on a log in its own zone."""
    zone, offsets = REAL[name]
    return log_health.remarks(Logged(local, kind, area, names), zone=zone, offsets=offsets, until=TODAY)


@pytest.mark.parametrize("name", REAL)
def test_no_window_of_a_real_log_is_remarked_upon(name: str) -> None:
    local, area, kind, names = log(name)
    assert said(name, local, area, kind, names) == ()
    day = local // 1440
    for begin in range(int(day.min()), max(int(day.min()) + 1, int(day.max()) - 364), 182):
        for length in (365, 1095):
            kept = (day >= begin) & (day < begin + length)
            found = said(name, local[kept], area[kept], kind[kept], names)
            assert [one for one in found if "is logged only until" not in one] == [], (begin, length)


@pytest.mark.parametrize("name", REAL)
def test_an_area_gone_silent_is_named_with_its_dates(name: str) -> None:
    local, area, kind, names = log(name)
    for number, called in names.items():
        kept = (area != number) | (local < local.max() - 180 * 1440)
        (found,) = said(name, local[kept], area[kept], kind[kept], names)
        assert found.startswith(f"No call is logged in {called} from") and "the other areas' calls go on" in found


@pytest.mark.parametrize("name", REAL)
def test_a_month_at_a_tenth_of_its_neighbours_is_named(name: str) -> None:
    local, area, kind, names = log(name)
    month = (local // 1440).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    middle = int(month.min() + month.max()) // 2
    kept = (month != middle) | (np.arange(len(local)) % 10 == 0)
    (found,) = [one for one in said(name, local[kept], area[kept], kind[kept], names) if "months around" in one]
    assert found.startswith(f"{dt.date(1970 + middle // 12, middle % 12 + 1, 1):%B %Y} holds")


def test_a_thin_month_of_one_area_is_named_with_the_area() -> None:
    local = stream(count=4000)
    area = np.arange(len(local)) % 4
    month = (local // 1440).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    kept = (month != 52 * 12 + 4) | (area != 2) | (np.arange(len(local)) % 40 == 2)
    (found,) = said("fars_thinned_713", local[kept], area[kept], np.arange(kept.sum()), AREAS)
    assert found.startswith("May 2022 holds") and " calls in East, the months around" in found


@pytest.mark.parametrize("name", REAL)
def test_a_doubled_week_is_named_though_it_is_little_of_the_whole_log(name: str) -> None:
    local, area, kind, names = log(name)
    day = local // 1440
    middle = int(np.median(day))
    week = np.flatnonzero((day >= middle) & (day < middle + 7))
    everything = np.concatenate((np.arange(len(local)), week))
    found = said(name, local[everything], area[everything], kind[everything], names)
    assert any("logged twice" in one or "of another one" in one for one in found)


def test_a_great_log_has_calls_of_one_minute_by_chance() -> None:
    local = stream(count=150_000)
    area = np.arange(len(local)) % 4
    assert said("fars_thinned_713", local, area, area, AREAS) == ()


@pytest.mark.parametrize("name", ["chicago_homicides", "fars_thinned_713"])
def test_a_last_year_in_utc_is_named_by_its_dates(name: str) -> None:
    local, area, kind, names = log(name)
    year = (local // 1440).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    hours = -REAL[name][1][1]
    (found,) = said(name, local + (year == year.max()) * 60 * hours, area, kind, names)
    assert f" January {year.max() + 1970} to" in found and "may be UTC" in found


@pytest.mark.parametrize(("kind", "agency"), [("structure_fire", ""), ("EMS", ""), ("other", "LAFD")])
def test_a_log_of_fires_and_medical_calls_in_utc_is_told(tmp_path: Path, kind: str, agency: str) -> None:
    for hours, is_told in ((0, False), (8, True)):
        folder = tmp_path / str(hours)
        folder.mkdir()
        store = build.team(folder)
        begun = dt.datetime(1970, 1, 1) + dt.timedelta(hours=hours)
        moments = [begun + dt.timedelta(minutes=int(at)) for at in stream(ebb=4.0, count=900)]
        rows = [f"{at:%Y-%m-%d %H:%M},Valley,{kind},{agency}" for at in moments]
        path = folder / "log.csv"
        path.write_text("\n".join(["timestamp,area,type,agency", *rows]) + "\n", encoding="utf-8")
        notes = imports.run(store, "incidents", path).notes
        assert any("may be UTC" in note for note in notes) == is_told
        store.close()
