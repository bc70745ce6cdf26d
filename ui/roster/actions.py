"""Actions of the board: every act with its key, for the keyboard, the context menu and the finder alike."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from crt_scheduler import times
from crt_scheduler.board.choices import Choice, choices
from ui.desk import Desk
from ui.look import Look
from ui.roster import board_keys
from ui.roster.board import RosterBoard
from ui.roster.board_hand import BoardActs
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


class BoardActions(QObject):
    """The board's acts as actions that work while the board has the focus."""

    def __init__(self, desk: Desk, look: Look, view: RosterBoard) -> None:
        super().__init__(view)
        self._desk, self._look, self._view = desk, look, view
        self.acts = BoardActs(desk, view)
        self.menu: QMenu | None = None
        self.assign = self._act(self.tr("Assign…"), "A", "plus", self.ask_shift)
        self.move = self._act(self.tr("Move"), "M", "arrow-right", lambda: self.pick_up("move"))
        self.swap = self._act(self.tr("Swap"), "S", "swap", lambda: self.pick_up("swap"))
        self.clear = self._act(self.tr("Clear"), "Del", "trash", lambda: self.acts.clear(view.places_chosen()))
        self.lock = self._act(self.tr("Lock or unlock"), "L", "lock", lambda: self.acts.lock(view.places_chosen()))
        self.tell = self._act(self.tr("Tell"), "T", "message", lambda: self._promise("told"))
        self.confirm = self._act(self.tr("Confirm"), "C", "check", lambda: self._promise("confirmed"))
        self.today = self._act(self.tr("Go to today"), "Ctrl+Home", "today", self.go_today)
        self.open = self._act(
            self.tr("Open, drop or fold"), "Return", "right", lambda: board_keys.enter(view, view.hand)
        )
        self.open.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        view.hand.dropped.connect(self.acts.take)
        view.menu_wanted.connect(self.show_menu)
        look.changed.connect(self._dress)
        self._dress()

    def all(self) -> list[QAction]:
        """Return every action in the order of a menu."""
        acts = [self.assign, self.move, self.swap, self.clear, self.lock, self.tell, self.confirm]
        return [*acts, self.open, self.today]

    def _act(self, words: str, keys: str, icon: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self._view)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setProperty("drawing", icon)
        action.triggered.connect(lambda: act())
        self._view.addAction(action)
        return action

    def _dress(self) -> None:
        for action in self.all():
            action.setIcon(self._look.icon(str(action.property("drawing")), "secondary"))

    def ask_shift(self) -> None:
        """Offer the shifts that the person of the current free cell could take; an open seat asks who instead."""
        view, row = self._view, self._view.row_at()
        if row is None or view.board is None:
            return
        if row.line is None:
            board_keys.open_cell(view)
            return
        line = row.line
        if view.place_at() is not None:
            words = self.tr("{name} is on call then. Move or clear that shift first.")
            self._desk.failed.emit(words.format(name=line.name))
            return
        found = choices(view.board, line.person, view.currentIndex().column())
        self.menu = assign_menu(view, found, lambda choice: self.acts.assign(line, choice))
        self.menu.popup(below(view))

    def pick_up(self, act: str) -> None:
        """Take the current chip into the hand and say what to do with it."""
        place = self._view.place_at()
        if place is not None and place.row.locked:
            verb = self.tr("swap") if act == "swap" else self.tr("move it")
            self._desk.failed.emit(self.tr("This shift is locked. Unlock it to {}.").format(verb))
        elif not self._view.hand.pick_up(act) or place is None:
            self._desk.failed.emit(self.tr("Nobody is on call there. Choose somebody's shift first."))
        else:
            move = self.tr("{name}: choose where to with the arrows, Enter drops, Esc puts it back.")
            swap = self.tr("{name}: choose whom to swap with, Enter swaps, Esc leaves it.")
            self._desk.said.emit((swap if act == "swap" else move).format(name=place.row.name))

    def _promise(self, state: str) -> None:
        self.acts.promise(self._view.places_chosen(), state)

    def go_today(self) -> None:
        """Go to today, or say that the month on view does not have it."""
        board = self._view.board
        if board is not None and not self._view.go_to_date(times.local(self._desk.now(), board.zone).date()):
            month = times.month_words(board.month)
            self._desk.said.emit(self.tr("Today is not in {}.").format(month))

    def show_menu(self, at: QPoint) -> None:
        """Show what can be done with the chosen cells."""
        places, row = self._view.places_chosen(), self._view.row_at()
        if row is None:
            return
        on_chip = [self.move, self.swap, self.clear, self.lock, self.tell, self.confirm]
        if len(places) > 1:
            on_chip = [self.clear, self.lock, self.tell, self.confirm]
        is_seat = row.kind != "group" or bool(row.open[self._view.currentIndex().column()])
        shown = on_chip if places else [self.assign] if is_seat else [self.today]
        self.menu = context_menu(self._view, shown, at)
