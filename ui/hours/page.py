"""The Hours page: the month's ledger with its totals and approval, the pace of the promise, and sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from crt_scheduler.hours.ledger_values import EntryRow
from crt_scheduler.hours.view import HoursView, hours_view
from crt_scheduler.planning import pacing
from crt_scheduler.planning.pacing import Pace
from ui.desk import Desk
from ui.file_dialogs import ask_where
from ui.hours import ledger_hand
from ui.hours.hours_figures import Figures
from ui.hours.ledger_table import LedgerPanel, columns
from ui.hours.log_form import LogForm
from ui.hours.promise_pace import PromiseTab
from ui.hours.sheets import SheetsTab
from ui.look import Look
from ui.page import Page
from ui.parts import Button, Card
from ui.today.today_words import month_words

SIDE = 336
PARTS = ("ledger", "promise", "sheets")


class HoursPage(Page):
    """Hours of a month: looked through, approved in bulk, logged, sent out and read back."""

    uses_period: ClassVar[bool] = True

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        self.view: HoursView | None = None
        self.paces: tuple[Pace, ...] = ()
        self._fresh: set[int] = set()
        self._dialog: QFileDialog | None = None
        super().__init__(desk, look, parent)

    def build(self) -> QWidget:
        """Make the figures and the tabs, empty as yet."""
        self.figures, self.panel, self.form = Figures(), LedgerPanel(self.look), LogForm(self.desk)
        self.promise, self.sheets = PromiseTab(self.look), SheetsTab(self.desk, self.look)
        self.table = self.panel.table
        self.table.chosen_changed.connect(self._allow)
        self.table.activated.connect(lambda _: self.table.setFocus())
        self.panel.go_button.clicked.connect(self._show_latest)
        self.figures.waiting.clicked.connect(self._show_waiting)
        self.form.logged.connect(self._logged)
        self.promise.person_chosen.connect(lambda code: self.go.emit("people", code))
        self._make_acts()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self._ledger(), self.tr("Ledger"))
        self.tabs.addTab(self.promise, self.tr("Promise"))
        self.tabs.addTab(self.sheets, self.tr("Sheets"))
        self.tabs.setAccessibleName(self.tr("Parts of the hours"))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.figures)
        card = Card()
        card.body.setContentsMargins(0, 4, 0, 0)
        card.body.addWidget(self.tabs)
        column.addWidget(card, 1)
        return whole

    def _ledger(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus, and it follows them
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        for part in (self.form, scroll.viewport()):
            part.setProperty("kind", "inside")
        side = QFrame()
        side.setProperty("kind", "panel")
        side.setMinimumWidth(SIDE)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(scroll)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel, 1)
        row.addWidget(side)
        return whole

    def _make_acts(self) -> None:
        self.approve_button = Button(self.tr("Approve"), "primary", tip=self.tr("Approve what is chosen  Ctrl+Return"))
        self.export_button = Button(self.tr("Export…"), tip=self.tr("Save what is shown as CSV or XLSX  Ctrl+E"))
        self.approve_button.clicked.connect(self.approve)
        self.export_button.clicked.connect(self.export)
        self.approve_act = self._act(self.tr("Approve the chosen hours"), "Ctrl+Return", self.approve)
        self.unapprove_act = self._act(self.tr("Take the approval back"), "Ctrl+Shift+Return", self.unapprove)
        self.remove_act = self._act(self.tr("Remove the chosen entry"), "Del", self.remove, self.table)
        self.export_act = self._act(self.tr("Export hours…"), "Ctrl+E", self.export)
        self.log_act = self._act(self.tr("Log hours…"), "Ctrl+Shift+N", self.log)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addActions([self.approve_act, self.unapprove_act])

    def _act(self, words: str, keys: str, act: Callable[[], object], owner: QWidget | None = None) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        (owner or self).addAction(action)
        return action

    def head_right(self) -> QWidget | None:
        """Return Export and Approve."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.export_button.with_icon(self.look, "file"))
        row.addWidget(self.approve_button.with_icon(self.look, "check"))
        return whole

    def commands(self) -> list[QAction]:
        """Return the page's acts."""
        return [
            self.log_act,
            self.approve_act,
            self.unapprove_act,
            self.remove_act,
            self.export_act,
            self.panel.find_act,
        ]

    def refresh(self) -> None:
        """Read the month in the background, the ledger first; what is on view stays until the answer is there."""
        month, now = self.desk.month, self.desk.now()
        self.sheets.show_months()
        if self.view is None or self.view.month != month:
            self.view = None
            self.show_loading(self.tr("Reading the hours of {}.").format(month_words(month)))
        self._allow()
        self.desk.ask(self, "hours", lambda session: hours_view(session, month, now=now), self._fill, self._not_read)
        self.desk.ask(
            self, "pacing", lambda session: pacing.pacing(session, month, now=now), self._pace, self.promise.say
        )

    def _not_read(self, words: str) -> None:
        self.view = None
        self.show_fault(words, self.tr("Try again"), self.refresh)

    def _fill(self, view: HoursView) -> None:
        self.view = view
        self.figures.show_view(view)
        self.table.ledger.fill(view.entries, columns(view.zone))
        self.panel.say_count()
        self._say_nothing(view)
        self.form.offer(view)
        if not view.people:
            words = self.tr("Nobody is on the team yet, so there are no hours. Import people first.")
            self.show_empty(words, self.tr("Import…"), lambda: self.go.emit("import", "people"))
            return
        self.show_content()
        if self._fresh:
            self.table.choose(self._fresh)
            self._fresh = set()
        self._allow()

    def _say_nothing(self, view: HoursView) -> None:
        """Say in a month without entries what to do, and where the latest are."""
        if view.entries:
            self.panel.say_nothing("")
            return
        words = self.tr("No hours are logged in {} yet. Log some at the right, or read sheets.")
        go = self.tr("Show {}").format(month_words(view.latest)) if view.latest else ""
        self.panel.say_nothing(words.format(month_words(view.month)), go)

    def _show_latest(self) -> None:
        if self.view is not None and self.view.latest:
            self.desk.set_month(self.view.latest)

    def _pace(self, paces: tuple[Pace, ...]) -> None:
        self.paces = paces
        self.promise.show_pacing(paces)
        late = sum(bool(pace.short) for pace in paces)
        self.tabs.setTabText(1, self.tr("Promise ({} short)").format(late) if late else self.tr("Promise"))

    def _allow(self) -> None:
        waiting = self._waiting()
        self.approve_button.setEnabled(bool(waiting))
        words = self.tr("Approve {}").format(ledger_hand.entries(len(waiting))) if waiting else self.tr("Approve")
        self.approve_button.setText(words)
        self.approve_button.setAccessibleName(words)
        self.export_button.setEnabled(bool(self.view and self.view.entries))

    def _waiting(self) -> list[EntryRow]:
        """Return the chosen entries that nobody has approved; where none is chosen, all on view that wait."""
        if self.view is None:
            return []
        rows = self.table.chosen or self.table.wanted.rows()
        return [row for row in rows if row.state == "logged"]

    def _show_waiting(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.panel.show_waiting()

    def approve(self) -> None:
        """Approve what is chosen, or all on view that wait where nothing is, as one act."""
        ledger_hand.approve(self.desk, self._waiting())
        self.table.setFocus()

    def unapprove(self) -> None:
        """Take the approval of what is chosen back, as one act."""
        ledger_hand.unapprove(self.desk, self.table.chosen)

    def remove(self) -> None:
        """Remove what is chosen from the ledger, as one act."""
        ledger_hand.remove(self.desk, self.table.chosen)

    def log(self) -> None:
        """Go to the form that logs hours."""
        self.tabs.setCurrentIndex(0)
        self.form.person.setFocus()

    def _logged(self, number: int) -> None:
        self._fresh = {number}
        self.desk.said.emit(self.tr("Logged. It waits for approval."))

    def export(self) -> None:
        """Ask where to save what is shown."""
        if self.view is None or not self.view.entries:
            return
        dialog = ask_where(self, self.tr("Save the hours"), Path.home(), f"hours-{self.view.month}.xlsx")
        dialog.setNameFilters([self.tr("Excel workbook (*.xlsx)"), self.tr("CSV (*.csv)")])
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        self._dialog = dialog
        dialog.open()

    def save(self, path: Path) -> None:
        """Save what is shown as CSV or, where the name ends so, as a workbook."""
        if self.view is not None:
            ledger_hand.save(self.desk, path, self.table.wanted.rows(), self.view.zone)

    def show_what(self, what: object) -> None:
        """Show a part (ledger, promise, sheets), what waits for approval (logged), or the hours of a person (an id)."""
        if what in PARTS:
            self.tabs.setCurrentIndex(PARTS.index(str(what)))
        elif what == "logged":
            self._show_waiting()
        elif isinstance(what, str):
            self.tabs.setCurrentIndex(0)
            self.panel.text.setText(what)
