"""Builders for tests of the roster board: a board on screen, cells by person and shift, drags, waiting for rules."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crt_scheduler import journal, roster
from crt_scheduler.frozen_rows import AssignmentRow
from ui.desk import Desk
from ui.look import Look
from ui.roster.actions import BoardActions
from ui.roster.board import RosterBoard

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
At = tuple[int, int]


@dataclass
class Shown:
    """A board on screen with its desk and acts, and the sentences they said."""

    qtbot: QtBot
    desk: Desk
    view: RosterBoard
    actions: BoardActions
    said: list[str]
    failed: list[str]

    def settle(self) -> None:
        """Wait until the board of the newest change is on view."""
        number = self.desk.read(journal.revision)
        self.qtbot.waitUntil(lambda: self.desk.board is not None and self.desk.board.revision == number)

    def rows(self) -> list[AssignmentRow]:
        """Return the month's assignments as the records have them."""
        return self.desk.read(lambda session: roster.month_rows(session, self.desk.month))

    def on(self, shift: str) -> list[str]:
        """Return who is on a shift, by id."""
        return [row.person for row in self.rows() if row.shift == shift]

    def row(self, shift: str, person: str) -> AssignmentRow:
        """Return one person's place on a shift."""
        return next(row for row in self.rows() if (row.shift, row.person) == (shift, person))

    def at(self, person: str, shift: str) -> At:
        """Return the cell of a person's row and a shift's column."""
        sheet = self.view.sheet
        assert sheet is not None
        return sheet.row_of[f"person/{person}"], sheet.column_of(shift)

    def choose(self, person: str, shift: str) -> None:
        """Choose that cell."""
        self.view.choose(*self.at(person, shift))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the board."""
        self.qtbot.keyClick(self.view, key, keys)

    def press(self, letter: str) -> None:
        """Press a letter on the board."""
        self.qtbot.keyClick(self.view, letter)

    def point(self, at: At) -> QPoint:
        """Return the middle of a cell in the viewport, scrolled into view."""
        index = self.view.sheets.index(*at)
        self.view.scrollTo(index)
        return self.view.visualRect(index).center()

    def drag(self, start: At, end: At, *, drop: bool = True) -> None:
        """Drag from one cell to another."""
        self.point(end)
        first = self.point(start)
        send(self.view, QEvent.Type.MouseButtonPress, first, LEFT)
        send(self.view, QEvent.Type.MouseMove, first + QPoint(0, 12), LEFT)
        last = self.view.visualRect(self.view.sheets.index(*end)).center()
        send(self.view, QEvent.Type.MouseMove, last, LEFT)
        if drop:
            send(self.view, QEvent.Type.MouseButtonRelease, last, NONE)


def send(view: RosterBoard, kind: QEvent.Type, at: QPoint, buttons: Qt.MouseButton) -> None:
    """Send the board's viewport a mouse event."""
    where = QPointF(at), QPointF(view.viewport().mapToGlobal(at))
    button = NONE if kind == QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(view.viewport(), QMouseEvent(kind, *where, button, buttons, Qt.KeyboardModifier.NoModifier))


def shown(qtbot: QtBot, desk: Desk, look: Look) -> Shown:
    """Return a desk's board on screen, with the focus."""
    assert desk.board is not None
    look.know_areas(desk.board.areas)
    view = RosterBoard(desk, look)
    actions = BoardActions(desk, look, view)
    said: list[str] = []
    failed: list[str] = []
    desk.said.connect(said.append)
    desk.failed.connect(failed.append)
    qtbot.addWidget(view)
    view.resize(1400, 800)
    view.set_board(desk.board)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)

    def hear() -> None:
        if desk.board is not None:
            actions.acts.hear(desk.board)
            view.set_board(desk.board)

    desk.board_changed.connect(hear)
    return Shown(qtbot, desk, view, actions, said, failed)
