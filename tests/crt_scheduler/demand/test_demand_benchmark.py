"""The forecast's benchmark: any file by its own names, one line of JSON, and an answer that can be no."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import forecast

SPAN = ["--train-from", "2020-01-01", "--test-from", "2021-01-01", "--test-to", "2022-01-01"]


def write(path: Path, *, later: float = 1.0, midnight: bool = False) -> Path:
    """Write two years of calls in three areas, more of them at night; in the second year `later` times as many."""
    rng = np.random.default_rng(1)
    lines = ["when;bureau"]
    for n in range(731):
        for hour in rng.choice([2, 8, 14, 20, 21, 22], rng.poisson(2.0 * (later if n > 365 else 1.0))):
            at = dt.datetime(2020, 1, 1) + dt.timedelta(
                days=n, hours=0 if midnight else int(hour), minutes=5 * (not midnight)
            )
            lines.append(f"{at:%m/%d/%Y %I:%M %p};{rng.choice(['East', 'West', 'Harbour'])}")
    path.write_text("\n".join([*lines, ";East", "01/01/2020 10:00 AM;"]) + "\n", encoding="utf-8")
    return path


def run(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the benchmark on a file and return exit code and what it printed."""
    names = ["--map", "timestamp=when", "--map", "area=bureau"]
    code = forecast.main([str(path), *SPAN, *names, *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_any_incident_file_is_measured_by_its_own_column_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(write(tmp_path / "calls.csv"), capsys, "--json", "--start-hour", "6")
    said = json.loads(out)
    assert code == 0 and said["met"]
    assert said["ours"] < said["area_mean"] and said["total_ratio"] == pytest.approx(1.0, abs=0.1)
    assert "2 rows without time or area" in said["note"]
    assert "met" in run(write(tmp_path / "calls.csv"), capsys)[1]


def test_a_file_without_times_or_without_training_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(write(tmp_path / "midnight.csv", midnight=True), capsys)
    assert code == 2 and "midnight sharp" in err
    (tmp_path / "later.csv").write_text("when,bureau\n2021-05-01 10:00,East\n", encoding="utf-8")
    code, _, err = run(tmp_path / "later.csv", capsys)
    assert code == 2 and "has no incident from 2020-01-01" in err


def test_the_rolled_forecast_follows_a_surge_that_the_area_mean_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = json.loads(run(write(tmp_path / "surge.csv", later=2.0), capsys, "--json")[1])
    assert said["ours"] < 0.95 * said["area_mean"] and 0.7 < said["total_ratio"] < 1.0
