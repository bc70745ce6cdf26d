"""Forecast, backtest, targets and pictures as a coordinator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crt_scheduler.cli.test_cli import Office, office

__all__ = ["office"]

CELL_KEYS = {"date", "shift", "area", "calls", "low", "high", "teams", "p_team", "p_late", "p_missed"}
BACKTEST_KEYS = {"calls", "served", "late", "missed", "promised_p_team", "replayed_p_team", "nights_with_two", "months"}


def log(desk: Office) -> None:
    """Import a year of calls, one every other day at 20:00."""
    areas = ("Central", "South", "West", "Valley")
    lines = [f"2025-{1 + n % 12:02d}-{1 + n % 28:02d} 20:{n % 60:02d},{areas[n % 4]},60" for n in range(180)]
    desk.type("import", "incidents", desk.file("log.csv", "timestamp,area,duration_min\n" + "\n".join(lines)))


def test_a_forecast_says_whose_teams_it_counts(office: Office) -> None:
    planned = office.type("forecast", "2027-01", "--json")
    assert planned["teams_of"] == "plan" and set(planned["cells"][0]) >= CELL_KEYS
    office.type("assign", "2027-01-09/night/Valley", "A1")
    office.type("assign", "2027-01-09/night/Valley", "B1")
    found = office.type("forecast", "2027-01", "--json")
    assert found["teams_of"] == "roster" and sum(cell["teams"] for cell in found["cells"]) == 1
    assert found["total_calls"] == pytest.approx(sum(cell["calls"] for cell in found["cells"]), abs=0.01)
    assert sum(found["expected"][way] for way in ("served", "late", "missed")) == pytest.approx(
        found["total_calls"], abs=0.01
    )
    assert "with the teams on the roster" in office.type("forecast", "2027-01")


def test_a_backtest_counts_every_logged_call_once(office: Office) -> None:
    office.type("backtest", "2027-01", code=2)
    assert "Import some first" in office.told
    log(office)
    found = office.type("backtest", "2027-01", "--json")
    assert set(found) >= BACKTEST_KEYS
    assert found["served"] + found["late"] + found["missed"] == pytest.approx(found["calls"], abs=0.02)
    assert sum(month["calls"] for month in found["months"]) == found["calls"]
    spring = office.type("backtest", "2027-01", "--from", "2025-03-01", "--to", "2025-04-30", "--json")
    assert [month["month"] for month in spring["months"]] == ["2025-03", "2025-04"]
    assert "Promised:" in " ".join(office.type("backtest", "2027-01").split())
    office.type("backtest", "2027-01", "--from", "soon", code=2)
    assert "is not a date" in office.told


def test_targets_are_acts_that_undo(office: Office) -> None:
    office.type("targets", "set", "99")
    office.type("targets", "set", "90", "--area", "West")
    shown = office.type("targets", "show", "2027-01", "--json")
    assert (shown["city"], shown["areas"]) == (0.99, {"West": 0.9})
    assert shown["chosen"]["is_affordable"] is False and "not affordable" in shown["sentence"]
    assert "99 % in the city" in office.type("targets", "show", "2027-01")
    office.type("undo")
    assert office.type("targets", "show", "2027-01", "--json")["areas"] == {}
    office.type("targets", "clear")
    assert office.type("targets", "show", "2027-01", "--json")["chosen"] is None


@pytest.mark.parametrize("name", ["demand.png", "demand.SVG"])
def test_the_forecast_can_be_drawn_and_the_same_records_give_the_same_file(office: Office, name: str) -> None:
    log(office)
    files = [office.folder / str(n) for n in (1, 2)]
    for folder in files:
        folder.mkdir()
        office.type("forecast", "2027-01", "--picture", str(folder / name))
    one, other = ((folder / name).read_bytes() for folder in files)
    assert one == other
    assert one.startswith(b"\x89PNG") if name.endswith("png") else b"<svg" in one


def test_a_picture_without_a_log_or_of_another_kind_is_no_trouble(office: Office) -> None:
    office.type("forecast", "2027-01", "--picture", str(office.folder / "empty.png"))
    assert (office.folder / "empty.png").exists()
    office.type("forecast", "2027-01", "--picture", "demand.gif", code=2)
    assert "Name it like demand.png" in office.told
    office.type("forecast", "2027-01", "--picture", str(Path(office.folder, "nowhere", "a.png")), code=2)
    assert "Choose a folder that exists" in office.told
