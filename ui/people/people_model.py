"""The list of people as a table model: what each column shows, sorts by and lets be edited; and its filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler.people.people_list import PersonLine
from ui.people.people_words import hours_words, left_words, phone_words, role_words, status_words
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("name", "role", "home_area", "languages", "phone", "hours", "expires", "status", "email", "id")
EDITED = {
    "name": "name",
    "role": "role",
    "home_area": "home_area",
    "languages": "languages",
    "phone": "phone",
    "email": "email",
    "hours": "target_hours",
    "status": "status",
}
"""The field that an edit of a column changes."""
LINE = Qt.ItemDataRole.UserRole
Display, Edit = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
Align = Qt.AlignmentFlag
FOREVER = 10**6


def heading(column: str) -> str:
    """Return a column's heading."""
    return {
        "id": tr("Id"),
        "name": tr("Name"),
        "role": tr("Role"),
        "home_area": tr("Area"),
        "languages": tr("Languages"),
        "phone": tr("Phone"),
        "email": tr("E-mail"),
        "hours": tr("Hours"),
        "expires": tr("First to expire"),
        "status": tr("Status"),
    }[column]


def shown(line: PersonLine, column: str) -> str:
    """Return what a cell shows in words."""
    if column == "hours":
        return tr("{} of {}").format(hours_words(line.minutes), hours_words(line.promised_minutes))
    if column == "expires":
        held = line.first_to_expire
        return "" if held is None else f"{left_words(held)}, {held.name}"
    if column == "role":
        return role_words(line.kind, line.role)
    if column == "status":
        return status_words(line.status, line.status_until)
    if column == "languages":
        return ", ".join(line.languages)
    if column == "phone":
        return phone_words(line)
    return str(getattr(line, column))


def written(line: PersonLine, column: str) -> str:
    """Return what the editor of a cell holds, as a file would write it."""
    if column == "hours":
        return "" if line.target_minutes is None else f"{line.target_minutes / 60:g}"
    if column == "languages":
        return "; ".join(line.languages)
    if column == "phone":
        return phone_words(line)
    return str(getattr(line, EDITED.get(column, column)))


def sort_key(line: PersonLine, column: str) -> Any:
    """Return what a column is sorted by: numbers as numbers, credentials by days left."""
    if column == "hours":
        return line.minutes - line.promised_minutes
    if column == "expires":
        held = line.first_to_expire
        return FOREVER if held is None or held.days_left is None else held.days_left
    if column == "phone":
        return line.phone
    return shown(line, column).casefold()


class PeopleModel(QAbstractTableModel):
    """Everyone, one row each, in the order of a column; new lines keep the rows there are.

    So an open editor keeps what is typed in it. The order is made here and not by a proxy, which would ask for two
    cells at every comparison.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PersonLine] = []
        self._by, self._is_falling = "", False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Keep the rows in the order of a column from now on, equal ones by name."""
        if column >= 0:
            self._by, self._is_falling = COLUMNS[column], order == Qt.SortOrder.DescendingOrder
            self._arrange()

    def _sorted(self, lines: Iterable[PersonLine]) -> list[PersonLine]:
        if not self._by:
            return list(lines)
        return sorted(lines, key=lambda line: (sort_key(line, self._by), line.name, line.id), reverse=self._is_falling)

    def _arrange(self) -> None:
        """Put the rows in order; editors and the chosen row go with their person."""
        lines = self._sorted(self.lines)
        if all(one is other for one, other in zip(lines, self.lines, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        codes = [self.lines[index.row()].id for index in held]
        self.lines = lines
        row_of = {line.id: row for row, line in enumerate(lines)}
        there = [self.index(row_of[code], index.column()) for code, index in zip(codes, held, strict=True)]
        self.changePersistentIndexList(held, there)
        self.layoutChanged.emit()

    def fill(self, lines: Sequence[PersonLine]) -> None:
        """Show these lines: rows that are gone go, new ones come, the others change in place."""
        wanted = {line.id: line for line in lines}
        if not wanted.keys() & {line.id for line in self.lines}:
            self.beginResetModel()
            self.lines = self._sorted(lines)
            self.endResetModel()
            return
        for row in reversed(range(len(self.lines))):
            if self.lines[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.lines[row]
                self.endRemoveRows()
        self._change(wanted)
        self._add([line for line in lines if line.id in wanted])
        self._arrange()

    def _change(self, wanted: dict[str, PersonLine]) -> None:
        """Take the wanted lines of people who are there, and leave the new ones in `wanted`."""
        for row, old in enumerate(self.lines):
            line = wanted.pop(old.id)
            if line != old:
                self.lines[row] = line
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _add(self, lines: list[PersonLine]) -> None:
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def row_of(self, code: str) -> int:
        """Return the row of a person, or -1."""
        return next((row for row, line in enumerate(self.lines) if line.id == code), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many people there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the columns of EDITED be edited; clergy have no other role."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = COLUMNS[index.column()]
        is_edited = column in EDITED and not (column == "role" and self.lines[index.row()].kind == "clergy")
        return flags | Qt.ItemFlag.ItemIsEditable if is_edited else flags

    def data(self, index: Index, role: int = Display) -> Any:
        """Return words, the text to edit, alignment and what a screen reader says."""
        line, column = self.lines[index.row()], COLUMNS[index.column()]
        if role == Display:
            return shown(line, column)
        if role == Edit:
            return written(line, column)
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name}, {heading(column)}: {shown(line, column) or tr('none')}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:  # noqa: N802
        """Return the headings; numbers align right."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Display:
            return heading(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Align.AlignRight if COLUMNS[section] == "hours" else Align.AlignLeft
            return side | Align.AlignVCenter
        return None


def tip(line: PersonLine, column: str) -> str | None:
    """Return what a cell says when pointed at: what does not fit into it."""
    if column == "expires":
        return "\n".join(f"{held.name}: {left_words(held)}" for held in line.credentials) or None
    if column == "languages" and len(line.languages) > 1:
        return ", ".join(line.languages)
    if column == "hours" and line.shifts_a_month:
        return tr("wishes for {} shifts a month").format(line.shifts_a_month)
    if column == "home_area":
        parts = [line.home_division, tr("also {}").format(", ".join(line.areas)) if line.areas else ""]
        return ", ".join(part for part in parts if part) or None
    return None
