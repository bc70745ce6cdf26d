"""Menus of the board: the shifts a person can be put on, and what can be done with the chosen cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from crt_scheduler.board.choices import Choice
from ui.roster.board import RosterBoard
from ui.roster.board_words import group_title, seat_word
from ui.roster.sheet import Face, group_of_seat

translate = QCoreApplication.translate


def assign_menu(view: RosterBoard, found: tuple[Choice, ...], take: Callable[[Choice], object]) -> QMenu:
    """Return a menu of shifts, open seats first; the first is chosen already, so that Enter takes it."""
    menu = QMenu(view)
    menu.setAccessibleName(translate("Board", "Assign to"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    was_open = True
    for choice in found:
        if was_open and not choice.is_open and not menu.isEmpty():
            menu.addSeparator()
        was_open = choice.is_open
        action = QAction(_icon(view, choice), choice_words(choice), menu)
        action.triggered.connect(lambda _=False, chosen=choice: take(chosen))
        menu.addAction(action)
    if not found:
        menu.addAction(translate("Board", "No shift then has a seat for this person")).setEnabled(False)
    else:
        menu.setActiveAction(menu.actions()[0])
    return menu


def choice_words(choice: Choice) -> str:
    """Return a choice in words: Valley, lead seat; Central, all seats taken."""
    area = group_title(choice.area)
    if not choice.is_open:
        return translate("Board", "{area}, all seats taken").format(area=area)
    return translate("Board", "{area}, {seat} seat").format(area=area, seat=seat_word(choice.role, choice.tier))


def _icon(view: RosterBoard, choice: Choice) -> QIcon:
    group = group_of_seat(choice.area, choice.role or "responder")
    mark = "backup" if choice.tier == "backup" else group
    face = Face(mark=mark, text=view.letters.get(mark, ""), state="done" if not choice.is_open else "plain")
    return QIcon(view.chips.chip(face, 21, 20, view.devicePixelRatioF()))


def context_menu(view: RosterBoard, actions: list[QAction], at: QPoint) -> QMenu:
    """Show the acts that the chosen cells allow, and return their menu."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action in actions:
        if action.isSeparator():
            menu.addSeparator()
        else:
            menu.addAction(action)
    menu.popup(at)
    return menu


def below(view: RosterBoard) -> QPoint:
    """Return where a menu for the current cell opens."""
    return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())
