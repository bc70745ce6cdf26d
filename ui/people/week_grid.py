"""A person's usual week as a grid: weekdays across, shifts down, one key or click for each of the four grades."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crt_scheduler.people.usual_week import Week
from ui.look import Look
from ui.people.people_words import GRADE_ORDER, SIGNS, grade_words
from ui.people.usual_week_model import GRADE, Index, WeekModel
from ui.words import tr

KEYS = {
    Qt.Key.Key_C: "cannot",
    Qt.Key.Key_R: "rather_not",
    Qt.Key.Key_P: "prefers",
    Qt.Key.Key_W: "wants",
    Qt.Key.Key_Delete: "free",
    Qt.Key.Key_Backspace: "free",
    Qt.Key.Key_Space: "free",
    Qt.Key.Key_F: "free",
}
TINTS = {"cannot": ("bad", 60), "rather_not": ("warning", 46), "prefers": ("good", 40), "wants": ("good", 110)}
"""Colour role and strength of a grade's ground; its letter is always shown as well."""
ROW = 32


class WeekCells(QStyledItemDelegate):
    """Draws a grade: its colour, its letter, and the focus."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        painter.fillRect(option.rect, self._look.colour("base"))
        box = option.rect.toRectF().adjusted(1.5, 1.5, -1.5, -1.5)
        draw_grade(painter, box, self._look, index.data(GRADE))
        chosen = option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus()
        if chosen or option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
        painter.restore()


def draw_grade(painter: QPainter, box: QRectF, look: Look, grade: str | None) -> None:
    """Draw a grade's box with its letter; no box where the shift does not run."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if grade is None:
        painter.setPen(look.colour("disabled"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")
        return
    role, strength = TINTS.get(grade, ("border", 0))
    fill = QColor(look.colour(role))
    fill.setAlpha(strength)
    painter.setPen(QPen(look.colour(role if grade in TINTS else "hairline"), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(look.colour("text"))
    painter.setFont(look.font(9, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, SIGNS[grade])


class WeekGrid(QTableView):
    """The grid: arrows move, C R P W or space grade the chosen cells, a click or Enter offers the grades."""

    graded = Signal(object, str)
    """The cells (a tuple) and the grade they are to have."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(tr("Usual week"))
        self.setAccessibleDescription(
            tr("Arrow keys move. C cannot, R would rather not, P prefers, W wants, Space free; Enter offers them.")
        )
        self.week = WeekModel(self)
        self.setModel(self.week)
        self.setItemDelegate(WeekCells(look, self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._menu: QMenu | None = None

    def show_week(self, week: Week) -> None:
        """Show a week, as high as it has shifts."""
        self.week.fill(week)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + ROW * max(len(week.columns), 1) + 2)
        if week.columns and not self.currentIndex().isValid():
            self.setCurrentIndex(self.week.index(0, 0))

    def grade(self, grade: str) -> None:
        """Ask for a grade for every chosen cell that has another."""
        chosen = [index for index in self.selectedIndexes() if index.data(GRADE) not in (None, grade)]
        cells = tuple(self.week.cell(index) for index in sorted(chosen, key=lambda i: (i.row(), i.column())))
        if cells:
            self.graded.emit(cells, grade)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Grade by key; everything else moves as in any table."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if plain and key in KEYS:
            self.grade(KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.offer()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Offer the grades where one cell was clicked, or several were drawn over."""
        super().mouseReleaseEvent(event)
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if (
            event.button() == Qt.MouseButton.LeftButton
            and is_plain
            and self.indexAt(event.position().toPoint()).isValid()
        ):
            self.offer()

    def offer(self) -> None:
        """Open the menu of grades below the cell one is on."""
        index = self.currentIndex()
        if index.data(GRADE) is None:
            return
        menu = QMenu(self)
        for grade in GRADE_ORDER:
            sign = SIGNS[grade] or tr("Space")
            action = menu.addAction(f"{grade_words(grade)}\t{sign}")
            action.setCheckable(True)
            action.setChecked(index.data(GRADE) == grade)
            action.triggered.connect(lambda _=False, grade=grade: self.grade(grade))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._menu = menu
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))
