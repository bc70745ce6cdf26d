"""The People view: the list with inline edit on the left, a person's page on the right, files dropped anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from crt_scheduler.people import deleting, people_list
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people import person_view as person_page
from crt_scheduler.people.many_people import Change
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.people.person_view import Choices
from crt_scheduler.person_fields import BY_NAME
from ui.ask_button import AskButton
from ui.dropped import let_through
from ui.later import Later
from ui.list_model import ROW
from ui.page import Page
from ui.parts import Button, Words
from ui.people.fields import CHOSEN, nothing_chosen, offered
from ui.people.many_menu import many_menu
from ui.people.newcomer import Newcomer
from ui.people.people_columns import COLUMNS, EDITED
from ui.people.people_side import PeopleList
from ui.people.person import PersonPanel

if TYPE_CHECKING:
    from ui.people.wizard import Wizard


class PeoplePage(Page):
    """Everyone on the team: found, edited, added, imported."""

    uses_period: ClassVar[bool] = True

    def build(self) -> QWidget:
        """Make the list and the person's page, each inside what holds it, and leave the rest for later."""
        self.choices = Choices((), (), (), (), (), ())
        self.over = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self.over)
        self.list = PeopleList(self.desk, self.look, self.keep, self.choices_of, parent=self.splitter)
        self.bar, self.table = self.list.bar, self.list.table
        self.table.person_chosen.connect(self._show_person)
        self.table.menu_wanted.connect(self._show_menu)
        self.side = QStackedWidget(self.splitter)
        self.panel = PersonPanel(self.desk, self.look, self.side)
        self._newcomer, self._wizard = Later(self._make_newcomer), Later(self._make_wizard)
        self.side.addWidget(self.panel)
        self.side.addWidget(self._newcomer)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.over.addWidget(self.splitter)
        self.over.addWidget(self._wizard)
        self._make_acts()
        self.target = Words("", 15, bold=True)
        self.target.setParent(self)
        self.target.setProperty("kind", "drop")
        self.target.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.target.hide()
        self.setAcceptDrops(True)
        let_through(self)
        self._wanted_person = ""
        return self.over

    @property
    def newcomer(self) -> Newcomer:
        """The form of a new person."""
        return self._newcomer.part

    @property
    def wizard(self) -> Wizard:
        """The import of a file."""
        return self._wizard.part

    def _make_newcomer(self) -> Newcomer:
        found = Newcomer(self.desk, self.look)
        found.offer(self.choices)
        found.added.connect(self._added)
        found.closed.connect(self.close_newcomer)
        let_through(found)
        return found

    def _make_wizard(self) -> Wizard:
        from ui.people.wizard import Wizard  # the readers of every kind of file come with it

        found = Wizard(self.desk, self.look)
        found.closed.connect(self.close_wizard)
        let_through(found)
        return found

    @property
    def _is_importing(self) -> bool:
        return self.over.currentWidget() is self._wizard

    def _make_acts(self) -> None:
        self.delete_act = self._act(self.tr("Delete the people chosen"), "", self.delete_chosen)
        self._acts = [
            self._act(self.tr("Add person…"), "Ctrl+Shift+N", self.add_person),
            self._act(self.tr("Ask everybody for the month…"), "Ctrl+Shift+A", self.ask_everybody),
            self._act(self.tr("Change the people chosen…"), "Ctrl+Shift+M", self.change_chosen),
            self.delete_act,
            self.bar.find_act,
        ]

    def _act(self, words: str, keys: str, act: Any) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        return action

    def change_chosen(self, change: Change | None = None) -> None:
        """Show the bar that changes a field of everybody chosen."""
        if self._is_importing or not self.table.all_chosen:
            self.desk.failed.emit(self.tr("Choose people in the list first."))
            return
        self.list.many.show_chosen(self.table.all_chosen)
        self.list.many.begin(change)

    def delete_chosen(self) -> None:
        """Delete everybody chosen, or say who has history."""
        codes = self.table.all_chosen
        if self._is_importing or not codes:
            self.desk.failed.emit(self.tr("Choose people in the list first."))
            return
        done = self.desk.do(deleting.DELETE(codes))
        if done:
            self.desk.said.emit(self.tr("{}. Ctrl+Z brings them back.").format(done.label))

    def _show_menu(self, at: QPoint) -> None:
        count = len(self.table.all_chosen)
        self.menu = many_menu(self.table, self.choices, count, self.change_chosen, self.delete_act)
        self.menu.popup(at)

    def head_right(self) -> QWidget | None:
        """Return the buttons for a file and for one person."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        import_button = Button(self.tr("Import…"), tip=self.tr("Import people from a file  Ctrl+I"))
        import_button.with_icon(self.look, "import").clicked.connect(lambda: self.open_wizard("people"))
        add = Button(self.tr("Add person"), "primary").with_icon(self.look, "plus")
        add.clicked.connect(self.add_person)
        ask = AskButton(self.desk, self.look)
        ask.clicked.connect(self.ask_everybody)
        for button in (ask, import_button, add):
            row.addWidget(button)
        return whole

    def commands(self) -> list[QAction]:
        """Return the page's acts."""
        return list(self._acts)

    def refresh(self) -> None:
        """Read everyone in the background."""
        month, now = self.desk.month, self.desk.now()
        if not self.table.people.rows and not self._is_importing:
            self.show_loading(self.tr("Reading the people of the team."))

        def look(session: Any) -> tuple[tuple[PersonLine, ...], Choices]:
            return people_list.lines(session, month, now=now), person_page.choices(session)

        self.desk.ask(self, "people", look, self._fill, self._not_read)

    def _not_read(self, words: str) -> None:
        if self.table.people.rows or self._is_importing:
            self.desk.failed.emit(words)
        else:
            self.show_fault(words, self.tr("Try again"), self.refresh)

    def _fill(self, answer: tuple[tuple[PersonLine, ...], Choices]) -> None:
        lines, self.choices = answer
        for part in (self.bar, self.panel, self.list.many, self._newcomer.made):
            if part is not None:
                part.offer(self.choices)
        self.look.know_areas(self.choices.areas)
        self.table.people.fill(lines)
        self.list.say_count()
        self.list.many.look_again()
        is_busy = self._is_importing or self.side.currentWidget() is self._newcomer
        if not lines and not is_busy:
            self.panel.show_person("")
            words = self.tr("Nobody is on the team yet. Drop a CSV or Excel file of people here, or choose one.")
            self.show_empty(words, self.tr("Import…"), lambda: self.open_wizard("people"))
            return
        self.show_content()
        self._choose_somebody()

    def _choose_somebody(self) -> None:
        wanted, self._wanted_person = self._wanted_person, ""
        if wanted and self._go_to(wanted):
            return
        if self.table.chosen:
            self.panel.show_person(self.table.chosen)
        elif self.table.filtered.rowCount():
            self.table.go_to(self.table.filtered.index(0, COLUMNS.index("name")))

    def _go_to(self, code: str) -> bool:
        if self.table.people.row_of(code) < 0:
            return False
        if not self.table.choose(code):
            self.bar.clear()
            self.table.choose(code)
        self.side.setCurrentWidget(self.panel)
        return True

    def _show_person(self, code: str) -> None:
        self.panel.show_person(code)

    def show_what(self, what: object) -> None:
        """Show a person by id."""
        code = str(what)
        self.close_wizard()
        self.side.setCurrentWidget(self.panel)
        if not self._go_to(code):
            self._wanted_person = code

    def keep(self, index: QModelIndex, typed: str) -> str:
        """Keep what was typed into a cell; returns the sentence that refuses it, or nothing."""
        line, field = index.data(ROW), EDITED[COLUMNS[index.column()]]
        return self.desk.attempt(people_acts.SET_FIELD(line.id, field, typed, now=self.desk.now())).sentence

    def choices_of(self, index: QModelIndex) -> list[tuple[str, str]]:
        """Return what a cell is chosen from, nothing where any text may be typed."""
        field = BY_NAME[EDITED[COLUMNS[index.column()]]]
        if field.cell not in CHOSEN:
            return []
        return [*nothing_chosen(field.name), *offered(field.name, self.choices)]

    def add_person(self) -> None:
        """Open the form of a new person beside the list."""
        self.close_wizard()
        self.show_content()
        self.side.setCurrentWidget(self._newcomer)
        self.newcomer.fields.widgets["name"].setFocus()

    def ask_everybody(self) -> None:
        """Show who has answered for the month on view, and the ways to ask."""
        self.go.emit("ask", self.desk.month)

    def close_newcomer(self) -> None:
        """Show the chosen person again."""
        self.side.setCurrentWidget(self.panel)
        if not self.table.people.rows:
            self.refresh()

    def _added(self, code: str) -> None:
        self._wanted_person = code
        self.side.setCurrentWidget(self.panel)
        self.desk.said.emit(self.tr("Added. The page of the new person is open."))

    def open_wizard(self, what: object = "people") -> None:
        """Open the import of a kind of file, or of the file itself where a path is given."""
        self.show_content()
        self.over.setCurrentWidget(self._wizard)
        if isinstance(what, Path):
            self.wizard.open_file(what)
        else:
            self.wizard.begin(str(what or "people"))

    def close_wizard(self) -> None:
        """Show the list again."""
        if self._is_importing:
            self.over.setCurrentWidget(self.splitter)
            self.table.setFocus()
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Give the keyboard to the list, where it is on view."""
        super().focusInEvent(event)
        if self.over.currentWidget() is self.splitter:
            self.table.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one file that is dragged in."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.target.setText(self.tr("Drop {} to look it over; nothing is written yet").format(urls[0].fileName()))
            self.target.setGeometry(self.rect())
            self.target.show()
            self.target.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Take the invitation away."""
        self.target.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open the file that was dropped."""
        self.target.hide()
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.open_wizard(Path(urls[0].toLocalFile()))
