"""The changes of a publication as a table: grouped per person, those to phone first and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.list_model import ROW, Column, Index, ListModel, set_widths
from ui.look import Look
from ui.words import tr

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import PersonNews, ShiftChange

PERSON, KIND, SHIFT, PHONE = range(4)
HIGH = 26


@dataclass(frozen=True)
class ChangedShift:
    """One changed shift of a person, whose name and phone stand beside the first of theirs."""

    person: PersonNews
    change: ShiftChange
    is_first: bool


def columns(look: Look) -> tuple[Column[ChangedShift], ...]:
    """Return what is shown of a changed shift; colour never says anything that the words do not."""
    return (
        Column(
            head=tr("Person"),
            words=lambda row: row.person.name if row.is_first else "",
            aloud=lambda row: row.person.name,
            is_bold=lambda row: True,
            wide=164,
        ),
        Column(head=tr("Change"), words=_kind, icon=lambda row: look.icon(*_sign(row)), wide=100),
        Column(head=tr("Shift"), words=lambda row: row.change.words, tip=_before),
        Column(
            head=tr("Phone them"),
            words=lambda row: phone_words(row.person) if row.is_first else "",
            aloud=lambda row: phone_words(row.person),
            icon=lambda row: look.icon("phone", "bad") if row.is_first and row.person.must_phone else None,
            colour=lambda row: "bad" if row.person.must_phone else "secondary",
            wide=262,
        ),
    )


def _kind(row: ChangedShift) -> str:
    kinds = {"new": tr("New"), "changed": tr("Changed"), "cancelled": tr("Cancelled")}
    return tr("Partners") if row.change.is_small else kinds[row.change.kind]


def _sign(row: ChangedShift) -> tuple[str, str]:
    return {"new": ("plus", "good"), "changed": ("edit", "warning")}.get(row.change.kind, ("close", "bad"))


def _before(row: ChangedShift) -> str | None:
    before = row.change.before
    return tr("Before: {}").format(before) if before and before != row.change.words else None


def phone_words(person: PersonNews) -> str:
    """Return whom to phone and why; nothing where a message is enough."""
    why = {
        "cancelled": tr("a shift is cancelled"),
        "changed": tr("a shift has changed"),
        "soon": tr("a new shift is near"),
        "no mail": tr("no e-mail"),
    }.get(person.phone_for, "")
    return f"{person.phone_words or tr('no phone')}: {why}" if why else ""


class ChangesTable(QTableView):
    """The table of changes; rows are chosen whole, with the arrow keys too."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.changes = ListModel(columns(look), look, parent=self)
        self.setModel(self.changes)
        self.setProperty("kind", "rows")
        self.setItemDelegate(_Grouped(look, self))
        self.setAccessibleName(self.tr("Changes per person"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HIGH)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(SHIFT, QHeaderView.ResizeMode.Stretch)
        set_widths(self, self.changes.columns)

    def show_people(self, people: Sequence[PersonNews]) -> None:
        """Show changes; the column of phones only where somebody must be phoned."""
        self.changes.fill(
            ChangedShift(person, change, n == 0) for person in people for n, change in enumerate(person.changes)
        )
        self.setColumnHidden(PHONE, not any(person.must_phone for person in people))


class _Grouped(QStyledItemDelegate):
    """Draws a hairline above each person's first row."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell, and the line where a person begins."""
        super().paint(painter, option, index)
        if index.row() and index.data(ROW).is_first:
            area: QRect = option.rect
            painter.setPen(self._look.colour("hairline"))
            painter.drawLine(area.topLeft(), area.topRight())
