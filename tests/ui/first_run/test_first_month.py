"""The first month of a team from its own spreadsheets: a messy list and a poll, to published calendars."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.first_month import BAR, PEOPLE, POLL, run
from tests.ui.first_hour import open_in
from tests.ui.real_screen import missing, screen
from ui.look import Look


def test_a_teams_own_list_and_poll_become_calendars_in_few_clicks(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    found = run(PEOPLE, POLL, tmp_path, lambda folder: open_in(None, folder, look))  # type: ignore[arg-type]
    assert len(found["what"]) <= BAR  # type: ignore[arg-type]
    assert found["calendars"], "somebody is on call"
    assert "Are lines 8 and 67 one person?" in str(found["asked"])
    assert "60 would be added" in str(found["people"])
    assert "31 columns were read as days: Dec 1 to Dec 31" in str(found["poll"])


@pytest.mark.skipif(bool(missing()), reason=f"a real window needs {missing()} beside Python")
def test_the_month_is_walked_in_a_real_window_with_a_real_mouse_and_keys() -> None:
    with screen() as place:
        words = [sys.executable, "-m", "tests.first_month", "--json"]
        done = subprocess.run(words, env=place, capture_output=True, text=True, check=True, encoding="utf-8")
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["by"] == "a real mouse and keys (xdotool)"
    assert found["acts"] <= BAR and found["calendars"]
