"""One model for every list: rows of frozen values, and columns that say what each shows of a row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QTableView

from ui.look import Look
from ui.words import tr

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Align = Qt.AlignmentFlag
LEFT, RIGHT = Align.AlignLeft | Align.AlignVCenter, Align.AlignRight | Align.AlignVCenter
ROW = Role.UserRole
"""The role under which a cell gives the whole row."""
SORT = Role.UserRole + 1
"""The role under which a cell gives what its column is sorted by."""


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """What a column is called, and what it shows of a row; only the words are needed."""

    head: str = ""
    words: Callable[[Row], str]
    by: Callable[[Row], Any] | None = None
    """What it is sorted by; None: its words, whatever their case."""
    wide: int = 0
    is_right: bool = False
    is_bold: Callable[[Row], bool] | None = None
    colour: Callable[[Row], str] | str = ""
    """The role of its colour, such as secondary or bad; nothing: as any text."""
    icon: Callable[[Row], QIcon | QPixmap | None] | None = None
    tip: Callable[[Row], str | None] | None = None
    head_tip: str = ""
    aloud: Callable[[Row], str] | None = None
    """What a screen reader says of a cell; None: as the list has it."""
    written: Callable[[Row], str | None] | None = None
    """The text that the editor of a cell begins with; None: it cannot be edited."""
    ticked: Callable[[Row], bool | None] | None = None
    """Is the box of a cell ticked? None: it has none."""
    take: Callable[[Row, Any], bool] | None = None
    """Does what a text typed or a box ticked asks for; a delegate that keeps texts itself needs none."""

    def key(self, row: Row) -> Any:
        """Return what the column is sorted by."""
        return self.by(row) if self.by is not None else self.words(row).casefold()

    @property
    def side(self) -> Align:
        """Where its words stand."""
        return RIGHT if self.is_right else LEFT


class ListModel(QAbstractTableModel, Generic[Row]):
    """A list. Rows of the same keys are changed in place, so that what is chosen, edited and scrolled to stays.

    Colours are told to delegates that know the look by the name of their role, and as such to all others once `look`
    is given. `named` begins what a screen reader says of a cell, before the column and its words; `sentence` says a
    whole row, as its tip. A list that `merges` keeps the rows there are while others come and go.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        look: Look | None = None,
        *,
        key: Callable[[Row], Hashable] | None = None,
        named: Callable[[Row], str] | None = None,
        sentence: Callable[[Row], str] | None = None,
        merges: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self._given: list[Row] = []
        self._look, self._key, self._named, self._sentence, self._merges = look, key, named, sentence, merges
        self._by, self._is_falling = -1, False

    def fill(self, rows: Iterable[Row], columns: Sequence[Column[Row]] | None = None) -> None:
        """Show these rows, in columns that say them otherwise where such are given."""
        fresh, key = list(rows), self._key
        self.columns = self.columns if columns is None else tuple(columns)
        keys = [] if key is None else [key(row) for row in fresh]
        if key is not None and fresh and keys == [key(row) for row in self._given]:
            self._replace(fresh, is_all=columns is not None)
        elif key is not None and self._merges and {key(row) for row in self.rows} & {*keys}:
            self._merge(fresh, key)
        else:
            self.beginResetModel()
            self._given, self.rows = fresh, self._sorted(fresh)
            self.endResetModel()
        if columns is not None and columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def _replace(self, fresh: list[Row], *, is_all: bool) -> None:
        """Put new rows where those of their keys stand."""
        new = {id(old): row for old, row in zip(self._given, fresh, strict=True)}
        before, self._given = self.rows, fresh
        self.rows = [new[id(old)] for old in before]
        changed = [n for n, (old, row) in enumerate(zip(before, self.rows, strict=True)) if is_all or old != row]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.columns) - 1))
        self._arrange()

    def _merge(self, fresh: list[Row], key: Callable[[Row], Hashable]) -> None:
        """Take away what is gone, change the others in place, and add what is new."""
        wanted = {key(row): row for row in fresh}
        for n in reversed(range(len(self.rows))):
            if key(self.rows[n]) not in wanted:
                self.beginRemoveRows(QModelIndex(), n, n)
                del self.rows[n]
                self.endRemoveRows()
        for n, old in enumerate(self.rows):
            row = self.rows[n] = wanted.pop(key(old))
            if row != old:
                self.dataChanged.emit(self.index(n, 0), self.index(n, len(self.columns) - 1))
        self.add(wanted.values())
        self._given = fresh
        self._arrange()

    def add(self, rows: Iterable[Row]) -> None:
        """Show more rows, below those there are."""
        more = list(rows)
        if more:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(more) - 1)
            self._given = [*self._given, *more]
            self.rows += more
            self.endInsertRows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Keep the rows in the order of a column from now on; none: as they were given.

        The order is made here and not by a proxy, which would ask for two cells at every comparison.
        """
        self._by, self._is_falling = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _sorted(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=self.columns[self._by].key, reverse=self._is_falling) if self._by >= 0 else list(rows)

    def _arrange(self) -> None:
        """Put the rows in order; editors and the chosen row go with theirs."""
        rows = self._sorted(self._given)
        if all(one is other for one, other in zip(rows, self.rows, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        place = {id(row): n for n, row in enumerate(rows)}
        there = [self.index(place[id(self.rows[index.row()])], index.column()) for index in held]
        self.rows = rows
        self.changePersistentIndexList(held, there)
        self.layoutChanged.emit()

    def row_of(self, key: Hashable) -> int:
        """Return the row of a key, or -1."""
        assert self._key is not None
        return next((n for n, row in enumerate(self.rows) if self._key(row) == key), -1)

    def words_of(self, row: Row) -> tuple[str, ...]:
        """Return what the columns show of a row."""
        return tuple(column.words(row) for column in self.columns)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        """Return what a column is called, where that stands, and its tip."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.head
        if role == Role.TextAlignmentRole:
            return column.side
        return column.head_tip or None if role == Role.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what may be edited and ticked."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        found = super().flags(index)
        if column.written is not None and column.written(row) is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        if column.ticked is not None and column.ticked(row) is not None:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802
        """Do what is typed or ticked."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if column.take is None or role != (Role.EditRole if column.ticked is None else Role.CheckStateRole):
            return False
        return column.take(row, value if role == Role.EditRole else Qt.CheckState(value) == Qt.CheckState.Checked)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows, says and holds."""
        read = self._READ.get(role)
        return None if read is None else read(self, self.rows[index.row()], self.columns[index.column()])

    def _words(self, row: Row, column: Column[Row]) -> str:
        return column.words(row)

    def _aloud(self, row: Row, column: Column[Row]) -> str:
        if column.aloud is not None:
            return column.aloud(row)
        words = column.words(row)
        if self._named is None:
            return words
        whose = ", ".join(filter(None, (self._named(row), column.head)))
        return f"{whose}: {words or tr('none')}" if whose else words

    def _tip(self, row: Row, column: Column[Row]) -> str | None:
        if column.tip is not None:
            return column.tip(row) or None
        return self._about(row, column)

    def _about(self, row: Row, column: Column[Row]) -> str | None:
        return None if self._sentence is None else self._sentence(row)

    def _written(self, row: Row, column: Column[Row]) -> str | None:
        return None if column.written is None else column.written(row)

    def _ticked(self, row: Row, column: Column[Row]) -> Qt.CheckState | None:
        is_ticked = None if column.ticked is None else column.ticked(row)
        if is_ticked is None:
            return None
        return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

    def _colour(self, row: Row, column: Column[Row]) -> Any:
        name = column.colour if isinstance(column.colour, str) else column.colour(row)
        return (self._look.colour(name) if self._look is not None else name) if name else None

    def _font(self, row: Row, column: Column[Row]) -> Any:
        is_bold = self._look is not None and column.is_bold is not None and column.is_bold(row)
        return self._look.font(bold=True) if self._look is not None and is_bold else None

    def _icon(self, row: Row, column: Column[Row]) -> QIcon | QPixmap | None:
        return None if column.icon is None else column.icon(row)

    _READ: ClassVar[dict[int, Callable[[Any, Any, Column[Any]], Any]]] = {
        int(Role.DisplayRole): _words,
        int(Role.AccessibleTextRole): _aloud,
        int(Role.AccessibleDescriptionRole): _about,
        int(Role.ToolTipRole): _tip,
        int(Role.EditRole): _written,
        int(Role.CheckStateRole): _ticked,
        int(Role.ForegroundRole): _colour,
        int(Role.FontRole): _font,
        int(Role.DecorationRole): _icon,
        int(Role.TextAlignmentRole): lambda model, row, column: column.side,
        int(ROW): lambda model, row, column: row,
        SORT: lambda model, row, column: column.key(row),
    }


class Filtered(QSortFilterProxyModel, Generic[Row]):
    """The rows of a list that are wanted, in the list's own order."""

    def __init__(self, whole: ListModel[Row], takes: Callable[[Row], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole, self._takes = whole, takes
        self.setSourceModel(whole)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the whole list be in the order of a column."""
        self._whole.sort(column, order)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802
        """Is the row wanted?"""
        return self._takes(self._whole.rows[row])

    def rows(self) -> list[Row]:
        """Return the rows on view, in their order."""
        return [self.index(n, 0).data(ROW) for n in range(self.rowCount())]


def set_widths(view: QTableView, columns: Sequence[Column[Any]]) -> None:
    """Make columns as wide as they ask."""
    for n, column in enumerate(columns):
        if column.wide:
            view.setColumnWidth(n, column.wide)
