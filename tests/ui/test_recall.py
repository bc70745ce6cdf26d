"""What the window remembers may be anything by the next start: it is read with care, in one place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings
from pytestqt.qtbot import QtBot

from tests.ui.build import MONTH, NOW, settle, small_team
from tests.ui.visit import visit
from ui import recall
from ui.app import remembered as settings_file
from ui.desk import Desk
from ui.look import Look
from ui.ways import go
from ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
GARBAGE: dict[str, object] = {
    "words": "abc",
    "a number beyond any": "99999999999999999999",
    "a form of other things": '{"number": 7, "area": [1], "agency": {"a": null}, "late": "yes"}',
    "a list": ["a", "b\0c", ""],
    "bytes": QByteArray(b"\x01\xd9\xd0\xcb\x00\x03 no shape"),
}


class Watched(QSettings):
    """Settings that note every key they are asked for, and may answer each with the same garbage."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self.asked: set[str] = set()
        self.garbage: tuple[object, ...] = ()

    def value(self, key: str, *usual: Any, **named: Any) -> Any:
        """Return what is remembered, or the garbage."""
        self.asked.add(key)
        return self.garbage[0] if self.garbage else super().value(key, *usual, **named)


def seen(qtbot: QtBot, look: Look, settings: QSettings, path: Path) -> Window:
    """Return a window that remembers by these settings, visited whole."""
    desk = Desk(who="coordinator", clock=lambda: NOW, settings=settings, is_daily=False)
    desk.month = MONTH
    window = Window(desk, look, go)
    qtbot.addWidget(window)
    with qtbot.waitSignal(desk.board_changed):
        window.show()
        desk.open(path)
    visit(window)
    settle(qtbot, desk)
    window.close()
    return window


@pytest.mark.parametrize("kind", GARBAGE)
def test_no_garbage_under_any_key_keeps_the_window_from_working(
    qtbot: QtBot, look: Look, tmp_path: Path, kind: str
) -> None:
    settings = Watched(tmp_path / "window.ini")
    settings.garbage = (GARBAGE[kind],)
    seen(qtbot, look, settings, small_team(tmp_path, people=4))
    assert {"own desk/minutes", "solve_seconds", "roster/folds", "roster/beside", "place"} <= settings.asked


@pytest.mark.parametrize("content", [b"\x00\xff\xfe[[[", b"[own desk]\nminutes=abc\n", b"place=@ByteArray(x)\n"])
def test_a_settings_file_that_is_cut_or_garbled_gives_the_usual_values(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(content)
    monkeypatch.setenv("CRT_SCHEDULER_SETTINGS", str(file))
    found = settings_file()
    assert recall.number(found, "own desk/minutes", 3, least=1, most=1440) == 3
    assert recall.text(found, "place", "today") == "today"
    assert recall.is_on(found, "publish/mail", True)
    assert recall.names(found, "roster/folds") == () and recall.shape(found, "window").isEmpty()


def test_what_is_remembered_is_read_in_one_place() -> None:
    readers = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "settings.value" in ast.unparse(node.func):
                readers.add(path.relative_to(ROOT).as_posix())
    assert readers == {"ui/recall.py"}


@pytest.mark.parametrize(
    ("read", "words", "found"),
    [
        (lambda s: recall.number(s, "x", 3, least=1, most=9), "9", 9),
        (lambda s: recall.number(s, "x", 3, least=1, most=9), "10", 3),
        (lambda s: recall.number(s, "x", 3, least=1, most=9), "abc", 3),
        (lambda s: recall.number(s, "x", 3, least=1, most=9), "-7", 3),
        (lambda s: recall.is_on(s, "x", True), "false", False),
        (lambda s: recall.is_on(s, "x", True), "perhaps", True),
        (lambda s: recall.text(s, "x", "usual"), "Bezirk Süd", "Bezirk Süd"),
        (lambda s: recall.text(s, "x", "usual"), "y" * 5000, "usual"),
        (lambda s: recall.names(s, "x"), "Central", ("Central",)),
        (lambda s: recall.fields(s, "x"), '{"a": "b", "c": true, "d": 4}', {"a": "b", "c": True}),
        (lambda s: recall.fields(s, "x"), '{"a": ', {}),
    ],
)
def test_what_is_as_it_should_be_comes_back_and_the_rest_is_as_usual(
    tmp_path: Path, read: Callable[[QSettings], object], words: str, found: object
) -> None:
    file = tmp_path / "window.ini"
    first = QSettings(str(file), QSettings.Format.IniFormat)
    first.setValue("x", words)
    first.sync()
    assert read(QSettings(str(file), QSettings.Format.IniFormat)) == found
