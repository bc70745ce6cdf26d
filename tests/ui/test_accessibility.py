"""Anybody can use it: every control is named and reached by Tab, every text can be read, and larger scales fit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6.Shiboken import dump, getAllValidWrappers

import ui
from tests import patience
from tests.ui.build import settle, small_team
from ui.look.tokens import Tokens, palette
from ui.settings.settings_dialog import Settings
from ui.window import Window

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text."""
TEXTS = ("text", "secondary", "accent", "bad", "warning", "good")
GROUNDS = ("window", "base", "alternate", "rail", "night", "weekend", "highlight")
MOST_STOPS = 250
OpenWindow = Callable[[Path], Window]


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB as WCAG defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(tokens: Tokens) -> list[tuple[str, str, str]]:
    """Return every text on every ground it is painted on: a name, the text and the ground."""
    colour = tokens.colours
    found = [(f"{text} on {ground}", colour[text], colour[ground]) for text in TEXTS for ground in GROUNDS]
    found += [("highlighted text", colour["highlighted_text"], colour["highlight"])]
    found += [("primary button", colour["on_accent"], colour["accent"])]
    fills = (*tokens.areas, tokens.clergy, tokens.backup)
    found += [(f"letter on area {n}", colour["text"], fill) for n, (fill, _) in enumerate(fills)]
    found += [(f"heat {n}", text, fill) for n, (fill, text) in enumerate(tokens.heat)]
    return [*found, *((f"demand {n}", text, fill) for n, (fill, text) in enumerate(tokens.demand))]


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_text_can_be_read_on_its_ground(is_dark: bool) -> None:
    weak = [
        (name, round(contrast(*two), 2)) for name, *two in pairs(palette(is_dark=is_dark)) if contrast(*two) < ENOUGH
    ]
    assert weak == []


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def name_of(widget: QWidget) -> str:
    """Return a control's name as a screen reader hears it."""
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(QAccessible.Text.Name) if heard is not None else ""


def round_by_tab() -> list[QWidget]:
    """Press Tab until the focus is back where it was, and return the stops; a trap fails."""
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        now = QApplication.focusWidget()
        assert now is not None
        if stops and now is stops[0]:
            return stops
        if stops and now is stops[-1] and isinstance(now, QAbstractSpinBox):  # day, month and year of one field
            QTest.keyClick(now, Qt.Key.Key_Tab)
            continue
        assert now not in stops, f"Tab never comes back: it stays at {name_of(now) or now}"
        stops.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError([name_of(stop) for stop in stops])


def unnamed(stops: list[QWidget]) -> list[str]:
    """Return the controls that have no name to hear."""
    return [f"{type(stop).__name__} in {type(stop.parent()).__name__}" for stop in stops if not name_of(stop).strip()]


def test_tab_goes_round_every_view_and_every_control_has_a_name(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = small_team(tmp_path, ("2027-01-09/night/Central", "V00"), ("2027-01-09/night/Central", "V04"))
    window = window_on(path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    nameless: dict[str, list[str]] = {}
    for view in ("today", "roster", "people", "demand", "calls", "hours", "reports"):
        window.go(view)
        settle(qtbot, window.desk)
        window.head.programme.setFocus()
        stops = round_by_tab()
        nameless[view] = unnamed(stops)
        assert len(stops) > 8, view
    assert not any(nameless.values()), nameless


def _is_within(part: QObject, holder: QObject) -> bool:
    above = part.parent()
    return above is not None and (above is holder or _is_within(above, holder))


def held_by() -> dict[str, str]:
    """Return the parts that PySide takes for another's than Qt does, by what they are: who PySide says holds them."""
    everything = {f"{id(each):#x}": each for each in getAllValidWrappers() if isinstance(each, QWidget)}
    found = {}
    for part in everything.values():
        said = re.search(r"parent\.+ <.* at (0x[0-9a-f]+)>", dump(part))
        holder = everything.get(said[1]) if said else None
        if holder is not None and not _is_within(part, holder):
            found[str(part)] = str(holder)
    return found


def test_going_through_the_window_by_tab_gives_no_part_to_another(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = held_by()
    for view in ("people", "hours"):
        window.go(view)
        settle(qtbot, window.desk)
        window.head.programme.setFocus()
        for _ in range(12):
            now = QApplication.focusWidget()
            assert now is not None
            QTest.keyClick(now, Qt.Key.Key_Tab)
    assert held_by() == before == {}, "a part is deleted with what PySide takes for its holder, and Qt still uses it"


def test_nothing_of_the_window_asks_what_would_give_its_parts_to_another() -> None:
    files = sorted(Path(ui.__file__).parent.rglob("*.py"))
    asks = [
        each.name
        for each in files
        if re.search(r"\.(nextInFocusChain|previousInFocusChain|focusProxy)\(", each.read_text("utf-8"))
    ]
    assert len(files) > 200 and asks == []


def test_tab_goes_round_the_settings_and_every_field_has_a_name(
    window_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path, people=4))
    settle(qtbot, window.desk)
    window.go("settings")
    dialog = window.findChildren(Settings)[-1]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for number in range(len(dialog.sections)):
        dialog.names.setCurrentRow(number)
        dialog.names.setFocus()
        assert unnamed(round_by_tab()) == [], dialog.sections[number].name


@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_a_visit_of_everything_fits_the_least_window_at_larger_scales_and_loads_no_solver(
    tmp_path: Path, scale: str
) -> None:
    path = small_team(tmp_path, ("2027-01-09/night/Central", "V00"))
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    words = [sys.executable, "-m", "tests.ui.visit", str(path), str(tmp_path / "window.ini")]
    done = subprocess.run(words, env=surroundings, capture_output=True, text=True, timeout=patience.LONG, check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {"loaded": [], "tight": [], "scale": float(scale)}
