"""The reports page: choose a report and its days, look at its figures, and write them to a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.reports import report_files
from crt_scheduler.reports.printed import Printed
from ui.desk import Desk
from ui.file_dialogs import ask_where
from ui.look import Look
from ui.page import Page
from ui.publish.done import open_folder
from ui.reports.choice import LAST, Choice
from ui.reports.report_body import Body, export_button
from ui.words import tr


class ReportsPage(Page):
    """Reports as they are printed; what is exported is what is on view."""

    body: Body

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        self.report: report_files.Figures | None = None
        self.printed: Printed | None = None
        self.written, self._shown = Path(), ""
        super().__init__(desk, look, parent)
        self.choice = Choice(desk)
        self._days = self.choice.days
        self.choice.chosen.connect(self._choose)
        self.button = export_button(self.tr("Export…"), look)
        self.button.setToolTip(self.tr("Write this report as PDF, XLSX or CSV (Ctrl+E)"))
        self.button.clicked.connect(self.export)
        self.body.rate.chosen.connect(self._choose)
        self.body.done.acted.connect(lambda: open_folder(self.written.parent))
        self._act = QAction(self.tr("Export this report"), self)
        self._act.setShortcut(QKeySequence("Ctrl+E"))
        self._act.triggered.connect(self.export)
        self.addAction(self._act)
        self._acts = [self._act, *(self._action(name) for name in report_files.NAMES)]
        self._allow()

    def build(self) -> QWidget:
        """Make the report's page, empty as yet."""
        self.body = Body(self.desk, self.look)
        return self.body

    def head_left(self) -> QWidget:
        """The report and its days."""
        return self.choice

    def head_right(self) -> QWidget:
        """Export."""
        found = QWidget()
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        return found

    def commands(self) -> list[QAction]:
        """The page's acts."""
        return self._acts

    def _action(self, name: str) -> QAction:
        action = QAction(tr(report_files.named(name).act), self)
        action.triggered.connect(partial(self.choice.show_report, name))
        return action

    def show_what(self, what: object) -> None:
        """Show the report of a name."""
        if what in report_files.NAMES:
            self.choice.show_report(str(what))

    @property
    def _is_valued(self) -> bool:
        return report_files.named(self.choice.name).values

    @property
    def wish(self) -> report_files.Wish:
        """The report that is asked for."""
        wish = report_files.Wish(self.choice.name, *self.choice.days)
        return replace(wish, rate=self.body.rate.cents, basis=self.body.rate.basis) if self._is_valued else wish

    def _choose(self) -> None:
        """Show another report, other days, or other values; a rate typed for other days is not carried on."""
        if self.choice.days != self._days:
            self._days = self.choice.days
            self.body.rate.forget()
        self.body.done.hide()
        self.renew()

    def refresh(self) -> None:
        """Add up the report in the background; the same report stays on view meanwhile."""
        wish, now = self.wish, self.desk.now()
        kept = self.report
        if kept is None or (kept.first, kept.last) != (wish.first, wish.last) or self._shown != wish.name:
            self.report = self.printed = None
            self.show_loading(self._loading(wish))
        self._allow()

        def look(session: Any) -> tuple[report_files.Wish, report_files.Figures, Printed]:
            found = report_files.report_of(session, wish, now=now, needs_rate=False)
            return wish, found, report_files.printed(session, found, now=now)

        self.desk.ask(self, "report", look, self._show, self._fail)

    def _loading(self, wish: report_files.Wish) -> str:
        days = f"{times.day_words(wish.first)} – {times.day_words(wish.last)}"
        return tr(report_files.named(wish.name).adding).format(days)

    def _fail(self, sentence: str) -> None:
        self.report = self.printed = None
        self._allow()
        self.show_fault(sentence, self.tr("Choose other dates"), self.choice.use_own_dates)

    def _show(self, found: tuple[report_files.Wish, report_files.Figures, Printed]) -> None:
        wish, self.report, self.printed = found
        self._shown = wish.name
        if self._is_empty(self.report):
            self._show_nothing(self.printed)
        else:
            self.body.show_report(self.report, self.printed)
            self.show_content()
        self._allow()

    def _show_nothing(self, page: Printed) -> None:
        said = tr(report_files.named(self._shown).nothing)
        words = said.format(first=times.day_words(page.first), last=times.day_words(page.last))
        if self.choice.period.currentIndex() == LAST:
            self.show_empty(words, self.tr("Log a call"), lambda: self.go.emit("calls", "new"))
        else:
            self.show_empty(words, self.tr("Show last year"), partial(self.choice.period.setCurrentIndex, LAST))

    def _is_empty(self, figures: report_files.Figures) -> bool:
        return report_files.made_by(figures).is_empty(figures)

    def _allow(self) -> None:
        can = self.report is not None and not self._is_empty(self.report)
        self.button.setEnabled(can)
        self._act.setEnabled(can)

    def export(self) -> None:
        """Ask for a file and write the report on view to it."""
        if self.printed is None or self._asks_rate():
            return
        name = f"{self.choice.name}-{self.printed.first}-{self.printed.last}"
        dialog = ask_where(self, self.tr("Export this report"), Path.home(), name)
        filters = ["PDF (*.pdf)", self.tr("Excel workbook (*.xlsx)"), "CSV (*.csv)"]
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(report_files.ENDINGS[filters.index(chosen)][1:])
        )
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def _asks_rate(self) -> bool:
        """Is the value of the hours missing? Then the field is shown that asks for it."""
        if self._is_valued and self.body.rate.is_lacking:
            self.body.ensureWidgetVisible(self.body.rate)
            self.body.rate.rate.setFocus()
            self.body.done.say(self.tr("Type what an hour is worth before the report is exported."))
            return True
        return False

    def export_to(self, path: Path) -> None:
        """Write the report on view to a file, and say where it is; Qt has asked before it replaces one."""
        page = self.printed
        if page is None or self._asks_rate():
            return
        self.written = path

        def done(_: None) -> None:
            said = self.tr("{report} is written to {file}. {left_out}")
            words = said.format(report=page.title, file=path, left_out=page.left_out)
            self.body.done.say(words, self.tr("Open folder"), kind="good")
            self.body.ensureVisible(0, 0)

        self.desk.run(
            self.tr("Writing {}").format(path.name),
            lambda _: report_files.write(page, path, force=True),
            done,
            self._not_written,
        )

    def _not_written(self, sentence: str) -> None:
        self.body.done.say(sentence)
        self.body.ensureVisible(0, 0)
