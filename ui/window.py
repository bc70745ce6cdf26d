"""The window: wires rail, head, pages and foot to the desk; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui import recall
from ui.desk import Desk
from ui.foot import Foot
from ui.head import Head
from ui.look import Look
from ui.page import State
from ui.parts import Notice
from ui.rail import Rail
from ui.tab_order import go_on
from ui.undo_keys import UndoKeys
from ui.views import VIEWS
from ui.words import tr

if TYPE_CHECKING:
    from crt_scheduler.errors import CrtError
    from ui.page import Page

SIZE = (1440, 900)
LEAST = (1024, 640)
Way = Callable[["Window", str, object], None]
"""Leads a window to a place by name, to show something there."""


class Window(QMainWindow):
    """CRT Scheduler's window. Its pages are made once the records are open, so that it is painted at once.

    `way` knows what lies behind each place, so that the window need not.
    """

    painted = Signal()
    """The first paint is done."""

    def __init__(self, desk: Desk, look: Look, way: Way) -> None:
        super().__init__()
        self.desk, self.look, self._way = desk, look, way
        self.pages: dict[str, Page] = {}
        self.setWindowTitle(self.tr("CRT Scheduler"))
        self.setMinimumSize(*LEAST)
        self.places = tuple((view.name, tr(view.title)) for view in VIEWS)
        self.rail, self.head, self.foot = Rail(look, self.places), Head(desk, look), Foot(desk, look)
        self.notice = Notice(look)
        self.stack = QStackedWidget()
        self._opening = State()
        self._opening.say(self.tr("Opening the team's records."), "", None, "secondary")
        self.stack.addWidget(self._opening)
        self._lay_out()
        self._acts = self._make_acts()
        self._wire()
        self._is_painted = False
        self._helps_at = ""
        look.dress(self)
        UndoKeys(self)
        self._restore()

    def _lay_out(self) -> None:
        whole, right = QWidget(), QVBoxLayout()
        row = QHBoxLayout(whole)
        for layout in (row, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        right.addWidget(self.head)
        right.addWidget(self.notice)
        right.addWidget(self.stack, 1)
        right.addWidget(self.foot)
        self.setCentralWidget(whole)

    def _make_acts(self) -> tuple[QAction, ...]:
        """Make the window's own acts; `windows` other than pages are imported when first asked for."""
        acts = (
            self._act(self.tr("Undo"), "Ctrl+Z", self.desk.undo),
            self._act(self.tr("Redo"), "Ctrl+Shift+Z", self.desk.redo),
            self._act(self.tr("Find or do"), "Ctrl+K", self.open_finder),
            self._act(self.tr("Shortcuts"), "F1", self.show_shortcuts),
            self._act(self.tr("Solve"), "F5", lambda: self.go("solve")),
            self._act(self.tr("Publish…"), "Ctrl+Shift+P", lambda: self.go("publish")),
            self._act(self.tr("New call"), "Ctrl+N", lambda: self.go("calls", "new")),
            self._act(self.tr("Import people…"), "Ctrl+I", lambda: self.go("import", "people")),
            self._act(self.tr("Next problem"), "F8", lambda: self.go("problems", "next")),
            self._act(self.tr("Problem before"), "Shift+F8", lambda: self.go("problems", "previous")),
            self._act(self.tr("Calendars out of date"), "", lambda: self.go("stale")),
            self._act(self.tr("Responder's desk…"), "", lambda: self.go("own desk")),
            self._act(self.tr("Settings"), "Ctrl+,", lambda: self.go("settings")),
            self._act(self.tr("Open other records…"), "Ctrl+O", self.open_other),
            self._act(self.tr("Set up a new team…"), "", lambda: self.go("first run")),
            self._act(self.tr("Light or dark"), "Ctrl+Shift+L", self._turn),
            self._act(self.tr("Quit"), "Ctrl+Q", self.close),
        )
        for action in (*acts, *self.rail.actions_):
            self.addAction(action)
        return acts

    def _act(self, words: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setAutoRepeat(False)  # a key held down must not undo a month's work act by act
        action.triggered.connect(lambda: act())
        return action

    def _wire(self) -> None:
        self.rail.chosen.connect(self.show_place)
        self.desk.changed.connect(self.notice.hide)
        self.rail.settings.connect(lambda: self.go("settings"))
        self.head.finding.connect(self.open_finder)
        self.head.records.connect(self._offer_records)
        self.foot.go.connect(self.go)
        self.desk.opened.connect(self._opened)
        self.desk.missing.connect(lambda _: self.go("first run"))
        self.desk.lost.connect(self._say_lost)
        self.desk.failed.connect(self._say_failed)
        self.desk.refused.connect(self._say_refused)
        self.desk.board_changed.connect(self._know_areas)
        self.desk.acts_changed.connect(self._name_undo)
        self.notice.acted.connect(self._help)

    def commands(self) -> list[QAction]:
        """Return every act: the window's own, and those of the page on view."""
        page = self.page
        return [*self._acts, *self.rail.actions_, *(page.commands() if page else [])]

    @property
    def page(self) -> Page | None:
        """The page on view."""
        return next((page for page in self.pages.values() if page is self.stack.currentWidget()), None)

    def _opened(self) -> None:
        self.notice.hide()
        self.show_place(recall.text(self.desk.settings, "place", "today"))

    def page_of(self, name: str) -> Page:
        """Return the page of a view, made when it is first gone to: each takes a moment and 2 to 10 MB."""
        if name not in self.pages:
            view = next(view for view in VIEWS if view.name == name)
            page = self.pages[name] = view.make(self.desk, self.look, self.stack)
            page.go.connect(self.go)
            self.stack.addWidget(page)
        return self.pages[name]

    def show_place(self, name: str) -> None:
        """Show a view by name, once records have been opened."""
        if not (self.pages or self.desk.is_open):
            return
        name = name if name in dict(self.places) else VIEWS[0].name
        page = self.page_of(name)
        self.rail.mark(name)
        self.head.show_page(page)
        self.stack.setCurrentWidget(page)
        self.desk.settings.setValue("place", name)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, place: str, what: object = None, *_: object) -> None:
        """Go where a link points: a view with what to show there, or a panel over the window."""
        self._way(self, place, what)

    def open_finder(self) -> None:
        """Open the finder."""
        self.go("finder")

    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        self.go("shortcuts")

    def open_other(self) -> None:
        """Ask for another file of records."""
        self.go("records")

    def _offer_records(self) -> None:
        menu = QMenu(self)
        for words, place in (
            (self.tr("Responder's desk…"), "own desk"),
            (self.tr("Open other records…"), "records"),
            (self.tr("Set up a new team…"), "first run"),
            (self.tr("Settings"), "settings"),
        ):
            menu.addAction(words).triggered.connect(partial(self.go, place))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.head.programme.mapToGlobal(self.head.programme.rect().bottomLeft()))

    def open_records(self, path: Path, *, create: bool = False) -> None:
        """Open a file of records in place of those on view."""
        self._opening.say(self.tr("Opening the team's records."), "", None, "secondary")
        self.stack.setCurrentWidget(self._opening)
        self.desk.open(path, create=create)

    def say_none_open(self) -> None:
        """Say what to do where no records are open."""
        if self.desk.is_open:
            return
        words = self.tr("No records are open. Set up a new team, or open its records.")
        self._opening.say(words, self.tr("Set up a new team…"), lambda: self.go("first run"), "")
        self.notice.say(words, self.tr("Open other records…"), kind="secondary")
        self._helps_at = ""

    def _say_lost(self, words: str) -> None:
        self._opening.say(words, self._way_back(), self._open_again, "bad")
        self.notice.say(words, self._way_back())
        self._helps_at = ""

    def _say_failed(self, words: str) -> None:
        """Say why something was not done; while the records are lost the way back stays beside it."""
        self.notice.say(words, self._way_back() if self.desk.is_lost else "")
        self._helps_at = ""

    def _say_refused(self, fault: CrtError) -> None:
        """Say why an act was refused, beside the way to where it can be mended."""
        names = {**dict(self.places), "care": self.tr("Care"), "settings": self.tr("Settings")}
        place = fault.remedy.place if fault.remedy else ""
        self.notice.say(str(fault), names.get(place, self.tr("Set up a new team…")))
        self._helps_at = place

    def _help(self) -> None:
        """Do what the notice's button offers."""
        if self._helps_at:
            self.notice.hide()
            self.go(self._helps_at)
        else:
            self._open_again()

    def _way_back(self) -> str:
        """Return what helps where the records were lost: what lies in their place now, or others."""
        return self.tr("Open what lies there") if self._lies_another_there() else self.tr("Open other records…")

    def _lies_another_there(self) -> bool:
        return self.desk.is_lost and self.desk.path.is_file()

    def _open_again(self) -> None:
        if self._lies_another_there():
            self.open_records(self.desk.path)
        else:
            self.open_other()

    def _know_areas(self) -> None:
        if self.desk.board is not None:
            self.look.know_areas(self.desk.board.areas)

    def _name_undo(self) -> None:
        for action, words, label in (
            (self._acts[0], self.tr("Undo {}"), self.desk.undo_words),
            (self._acts[1], self.tr("Redo {}"), self.desk.redo_words),
        ):
            action.setText(words.format(label).strip())

    def _turn(self) -> None:
        self.look.choose("light" if self.look.is_dark else "dark")
        self.desk.settings.setValue("look", self.look.choice)

    def _restore(self) -> None:
        self.resize(*SIZE)
        shape = recall.shape(self.desk.settings, "window")
        if not shape.isEmpty():
            self.restoreGeometry(shape)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Go round by Tab in the order in which the window is read."""
        blocks = (self.rail, self.head, self.notice, self.stack, self.foot)
        return go_on(self, blocks, by_place=self.head, forward=forward)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell once that the window has been painted."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the layout, end what runs and let go of the records."""
        self.desk.settings.setValue("window", self.saveGeometry())
        for part in (*self.findChildren(QDialog), *self.pages.values()):
            part.close()
        self.desk.close()
        super().closeEvent(event)
