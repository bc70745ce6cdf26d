"""A report's table on screen: it sorts on any column, shows what the files print, and arrows move over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from crt_scheduler.reports.printed import LEFT_UNITS, Plain, Table, shown
from ui.list_model import Column, ListModel
from ui.look import Look
from ui.parts import of_kind

HIGH, MOST_ROWS, PAD = 28, 14, 20


Cells = tuple[Plain, ...]


def columns(table: Table) -> tuple[Column[Cells], ...]:
    """Return the columns of a report's table as the screen has them."""

    def column(n: int) -> Column[Cells]:
        words, unit = table.columns[n].words, table.columns[n].unit

        def said(row: Cells) -> str:
            return shown(row[n], unit)

        return Column(head=words, words=said, by=lambda row: _key(row[n]), is_right=unit not in LEFT_UNITS, tip=said)

    return tuple(map(column, range(len(table.columns))))


def _key(value: Plain) -> tuple[bool, bool, Any]:
    """Order nothing first, numbers before words, words without regard to case."""
    if isinstance(value, str):
        return True, True, value.casefold()
    return value is not None, False, value if value is not None else 0


class ReportTable(QTableView):
    """The table of one part of a report."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__()
        self.rows = ListModel(columns(table), named=lambda row: shown(row[0], "text"), parent=self)
        self.rows.fill(table.rows)
        self._look = look
        self.setModel(self.rows)
        self.setAccessibleName(table.title)
        of_kind(self, "rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HIGH)
        header = self.horizontalHeader()
        of_kind(header, "small")
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSortingEnabled(True)
        self.needed = self._widths()

    def _widths(self) -> list[int]:
        """Return how wide each column's words are."""
        found = []
        head, cells = QFontMetrics(self._look.font(8.25, bold=True)), QFontMetrics(self._look.font(9.75))
        for column in self.rows.columns:
            wide = max((cells.horizontalAdvance(column.words(row)) for row in self.rows.rows), default=0)
            found.append(min(360, max(wide, head.horizontalAdvance(column.head) + 12) + PAD))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share what the words leave among all columns."""
        super().resizeEvent(event)
        spare = max(0, self.viewport().width() - sum(self.needed)) // len(self.needed)
        for n, wide in enumerate(self.needed):
            self.setColumnWidth(n, wide + spare)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for every row up to a screenful, and every column."""
        head = self.horizontalHeader().sizeHint().height()
        return QSize(sum(self.needed) + 12, min(MOST_ROWS, max(1, self.rows.rowCount())) * HIGH + head + 14)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Be as tall as asked for: the page scrolls, and the table where it has more rows."""
        return QSize(240, self.sizeHint().height())
