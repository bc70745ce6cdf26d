"""The lists of care as tables whose rows grow with their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.list_model import Column, Index, ListModel, set_widths
from ui.look import Look

PAD = 12


class Wrapped(QStyledItemDelegate):
    """Asks for the height that the words take within their column."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the room of a cell, its words wrapped."""
        table = self.parent()
        wide = table.columnWidth(index.column()) if isinstance(table, QTableView) else option.rect.width()
        room = QRect(0, 0, max(40, wide - PAD - 4), 4000)
        taken = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(wide, taken.height() + PAD)


def cell(
    head: str,
    words: Callable[[Any], str],
    wide: int = 0,
    *,
    is_name: bool = False,
    is_pressing: Callable[[Any], bool] | None = None,
) -> Column[Any]:
    """Return a column of words: in bold where it is a name, red where a line is pressing; its words say so too."""
    return Column(
        head=head,
        words=words,
        tip=words,
        wide=wide,
        is_bold=lambda row: is_name,
        colour=lambda row: "" if is_pressing is None else "bad" if is_pressing(row) else "text",
    )


class LinesTable(QTableView):
    """A table of lines; rows are chosen whole, with the arrow keys too, and grow with their words."""

    def __init__(self, look: Look, name: str, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self.lines = ListModel(columns, look, parent=self)
        self.setModel(self.lines)
        self.setItemDelegate(Wrapped(self))
        self.setProperty("kind", "rows")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(30)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        set_widths(self, columns)
        head.setStretchLastSection(True)
        head.geometriesChanged.connect(self.resizeRowsToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Wrap the words anew once the last column has its width."""
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def show_lines(self, lines: Sequence[Any], columns: Sequence[Column[Any]] | None = None) -> None:
        """Show other lines; the place that was chosen stays so, for the next act."""
        row = self.currentIndex().row()
        self.lines.fill(lines, columns)
        self.resizeRowsToContents()
        if lines:
            self.selectRow(max(0, min(row, len(lines) - 1)))

    @property
    def chosen(self) -> Any:
        """The chosen line; None without one."""
        index = self.currentIndex()
        return self.lines.rows[index.row()] if index.isValid() else None
