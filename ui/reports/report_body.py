"""A report laid out: big numbers, plots, tables, and what it counts and leaves out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler.reports.printed import Figure, Printed, Table
from crt_scheduler.reports.report_files import Figures, made_by
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Card, Notice, of_kind, secondary, sentence, title
from ui.reports.bars import Bars
from ui.reports.rate import RateCard
from ui.reports.report_table import ReportTable

CARD_WIDE, PLOT_WIDE = 178, 420
HALF, NARROW = 9, 1150
"""Tables with fewer columns stand two beside each other, where the page is not narrow."""


class Body(QScrollArea):
    """The scrolling page of one report."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.done, self.rate = Notice(look), RateCard(desk)
        self.heading, self.days = title("", 15), secondary("", 9.75)
        self.figures: list[Card] = []
        self.plots: list[Bars] = []
        self.tables: list[ReportTable] = []
        self._cards: list[Card] = []
        self._halves: list[Card] = []
        self._pairs: list[QBoxLayout] = []
        self._figure_grid, self._plot_grid = QGridLayout(), QGridLayout()
        self._tables, self._remarks = QVBoxLayout(), Card(self.tr("What this report counts and leaves out"))
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        of_kind(inside, "inside")
        column, head = QVBoxLayout(inside), QHBoxLayout()
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.days, 1, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.done)
        column.addLayout(head)
        column.addLayout(self._figure_grid)
        column.addWidget(self.rate)
        column.addLayout(self._plot_grid)
        column.addLayout(self._tables)
        column.addWidget(self._remarks)
        column.addStretch(1)
        for grid in (self._figure_grid, self._plot_grid, self._tables):
            grid.setSpacing(12)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)

    def show_report(self, figures: Figures, page: Printed) -> None:
        """Show a report's figures in place of those that were there."""
        self.heading.say(page.title)
        self.days.say(page.period)
        value_of = made_by(figures).value
        self.rate.setVisible(value_of is not None)
        if value_of is not None:
            self.rate.show_value(value_of(figures), figures.last.year)
        self._clear()
        self.figures = [figure_card(figure) for figure in page.figures]
        for table in page.tables:
            (self._add_plot if table.plot else self._add_table)(table)
        self._pair_tables()
        for words in (*page.notes, page.left_out):
            self._remarks.body.addWidget(sentence(words, "secondary"))
        self._arrange()

    def _clear(self) -> None:
        """Let go of what the report before showed."""
        for layout in (self._figure_grid, self._plot_grid, self._tables, self._remarks.body):
            while layout.count():
                item = layout.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self.plots, self.tables, self._cards, self._halves, self._pairs = [], [], [], [], []

    def _add_plot(self, table: Table) -> None:
        card, plot = Card(table.title), Bars(self.look)
        plot.show_table(table)
        card.body.addWidget(plot)
        self.plots.append(plot)
        self._cards.append(card)

    def _add_table(self, table: Table) -> None:
        card = Card(table.title, self.tr("none") if not table.rows else "")
        if table.rows:
            shown = ReportTable(self.look, table)
            card.body.addWidget(shown)
            card.body.setContentsMargins(4, 0, 4, 4)
            self.tables.append(shown)
        if table.note:
            note = sentence(table.note, "secondary")
            note.setContentsMargins(8, 0, 8, 4)
            card.body.addWidget(note)
        card.setProperty("half", len(table.columns) < HALF)
        self._halves.append(card)

    def _pair_tables(self) -> None:
        """Put narrow tables two beside each other, wide ones on lines of their own."""
        free: QBoxLayout | None = None
        for card in self._halves:
            if not card.property("half"):
                self._tables.addWidget(card)
                free = None
            elif free is None:
                pair, free = line()
                self._tables.addWidget(pair)
                self._pairs.append(free)
                free.addWidget(card, 1)
            else:
                free.addWidget(card, 1)
                free = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the numbers of columns anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width() - 32
        way = QBoxLayout.Direction.LeftToRight if room >= NARROW else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(way)
        for grid, cards, wide in (
            (self._figure_grid, self.figures, CARD_WIDE),
            (self._plot_grid, self._cards, PLOT_WIDE),
        ):
            fit = max(1, room // (wide + 12))
            lines = -(-len(cards) // fit) or 1
            across = -(-len(cards) // lines) or 1
            for n, card in enumerate(cards):
                grid.addWidget(card, n // across, n % across)
            for n in range(max(grid.columnCount(), across)):
                grid.setColumnStretch(n, 1 if n < across else 0)


def line() -> tuple[QWidget, QBoxLayout]:
    """Return a row for two tables, and its layout."""
    found = QWidget()
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight, found)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    return found, row


def figure_card(figure: Figure) -> Card:
    """Return the card of one big number."""
    card = Card()
    card.body.setSpacing(2)
    card.body.addWidget(secondary(figure.words))
    card.body.addWidget(title(figure.shown, 18 if len(figure.shown) > 10 else 21))
    note = sentence(figure.note, "secondary")
    note.setFont(secondary("").font())
    card.body.addWidget(note)
    card.body.addStretch(1)
    card.setFrameShape(QFrame.Shape.StyledPanel)
    card.setAccessibleName(f"{figure.words}: {figure.shown}. {figure.note}")
    return card


def export_button(words: str, look: Look) -> Button:
    """Return the button that writes a report to a file."""
    return Button(words, "primary").with_icon(look, "file")
