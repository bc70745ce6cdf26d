"""Every word on screen can be said in another language: it goes through tr() before it reaches a widget."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.ui.build import settle, small_team
from ui.window import Window
from ui.words import speak

ROOT = Path(__file__).resolve().parents[2]
SHOWS = {
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText"),
    *("setWindowTitle", "addTab", "addItem", "addItems", "addAction", "setTitle", "setHorizontalHeaderLabels"),
    *("setStatusTip", "setWhatsThis", "setSuffix", "setPrefix", "showMessage", "drawText", "setSpecialValueText"),
    *("Button", "Words", "title", "secondary", "sentence", "Card", "Field", "QLabel", "QPushButton", "QAction"),
    *("QCheckBox", "QRadioButton", "QGroupBox", "say", "show_empty", "show_fault", "show_loading", "do", "run"),
}
"""Calls whose words a person reads."""
KEYS = re.compile(r"\b(Ctrl|Shift|Alt|Return|Esc)\b")
"""Names of keys stand on the keyboard in every language."""


def shown_bare(path: Path) -> Iterator[str]:
    """The literals with letters that such a call is given bare, and where."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args[:1], *(word.value for word in node.keywords if word.arg in ("tip", "note"))]
        for argument in given if name in SHOWS else []:
            for words in bare(argument):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {name}({words!r})"


def bare(node: ast.expr) -> Iterator[str]:
    """The words of an expression that no call has translated: literals, and the literal parts of f-strings."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = [node.value]
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    elif isinstance(node, ast.BinOp):
        yield from bare(node.left)
        yield from bare(node.right)
        return
    elif isinstance(node, ast.IfExp):
        yield from bare(node.body)
        yield from bare(node.orelse)
        return
    else:
        return
    yield from (part for part in parts if re.search(r"[^\W\d_]{3}", KEYS.sub("", part)))


@pytest.mark.parametrize("path", sorted((ROOT / "ui").rglob("*.py")), ids=lambda path: path.name)
def test_words_on_screen_go_through_tr(path: Path) -> None:
    assert list(shown_bare(path)) == []


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    """Speak Spanish for one test."""
    speak("es")
    yield
    speak("en")


@pytest.mark.usefixtures("spanish")
def test_every_view_opens_in_spanish_and_nothing_of_the_rail_is_cut(
    window_on: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(small_team(tmp_path))
    for view in ("today", "roster", "people", "demand", "calls", "hours", "reports"):
        window.go(view)
        settle(qtbot, window.desk)
    words = [button.text() for button in window.rail.findChildren(QAbstractButton)]
    assert {"Hoy", "Guardias", "Personas", "Demanda", "Llamadas", "Horas", "Informes", "Ajustes"} <= set(words)
    assert QLocale().language() == QLocale.Language.Spanish
