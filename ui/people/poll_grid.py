"""The poll as a grid: names at the left and days above stay in view, and below is how many can on each day."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crt_scheduler.imports.people_by_dates import OPEN, SURE, Day
from ui.look import Look
from ui.parts import Words, secondary
from ui.people.paint import text
from ui.people.people_words import weekday_words
from ui.people.poll_marks import HEIGHT, WIDTH, Marks
from ui.people.poll_model import BY_HAND, DAY, MARK, PERSON, Index, PollModel, doubt_words
from ui.words import tr

ROW, COLUMN, WIDEST, HEAD, NAMES, FOOT = 22, 22, 34, 38, 216, 46
KEYS = {Qt.Key.Key_Y: "free", Qt.Key.Key_N: "cannot", Qt.Key.Key_I: "rather_not"}
NEXT = {"free": "rather_not", "rather_not": "cannot"}
"""What Space makes of a day; of anything else it makes free."""
BARS = 18


class PollGrid(QTableView):
    """Arrows move; Y, I, N and Space set a cell, Delete puts it back, Enter goes to what is in doubt.

    `graded` carries line, column and grade (no grade: as the file has it), `doubted` the row and whether a word is.
    """

    graded = Signal(int, str, str)
    doubted = Signal(int, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(tr("People by dates"))
        self.setAccessibleDescription(
            tr("Arrow keys move. Y free, I if needed, N cannot, Space changes, Delete as in the file, Enter answers.")
        )
        self.poll = PollModel(self)
        self.setModel(self.poll)
        self.setItemDelegate(PollCells(look, self))
        self.setHorizontalHeader(DayHead(look, self))
        self.setVerticalHeader(NameHead(look, self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().sectionDoubleClicked.connect(self._doubt)
        self.corner = Corner(self)
        look.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Give the days the room there is, within bounds."""
        count = self.poll.columnCount()
        room = (self.viewport().width() - 1) // count if count else COLUMN
        self.horizontalHeader().setDefaultSectionSize(min(max(room, COLUMN), WIDEST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the days."""
        super().resizeEvent(event)
        self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Mark the whole row one is on."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()
            self.verticalHeader().viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Set a cell by key, or go to what is in doubt; everything else moves as in any table."""
        key, is_plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        index = self.currentIndex()
        if not index.isValid() or not is_plain:
            super().keyPressEvent(event)
        elif key in KEYS:
            self._grade(KEYS[key])
        elif key == Qt.Key.Key_Space:
            self._grade(NEXT.get(str(index.data(MARK)), "free"))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._grade("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._doubt(index.row())
        else:
            super().keyPressEvent(event)

    def _grade(self, grade: str) -> None:
        index = self.currentIndex()
        cell = self.poll.person(index.row()).cells.get(index.column())
        if cell is not None and (grade or index.data(BY_HAND)):
            self.graded.emit(*cell, grade)

    def _doubt(self, row: int) -> None:
        """Go to the word that is open where one is on it, else to whose row it is where that is."""
        person, index = self.poll.person(row), self.currentIndex()
        is_word = index.isValid() and index.row() == row and index.data(MARK) == OPEN
        if is_word or person.state != SURE:
            self.doubted.emit(row, is_word)


class Corner(QWidget):
    """Above the names: of which month the days are, and how many have answered."""

    def __init__(self, grid: PollGrid) -> None:
        super().__init__(grid)
        self.setGeometry(0, 0, NAMES, HEAD)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title, self.note = Words("", 9.75, bold=True), secondary("", 8.25)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 4, 2)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.note)


class PollCells(QStyledItemDelegate):
    """Draws a mark on its day's ground; it asks the table itself, since 8,000 cells pass by in a scroll."""

    def __init__(self, look: Look, view: PollGrid) -> None:
        super().__init__(view)
        self._look, self._view, self._marks = look, view, Marks(look)
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        look = self._look
        self._base, self._weekend, self._row = (look.colour(name) for name in ("base", "weekend", "highlight"))
        self._line, self._focus = QPen(look.colour("hairline"), 1), QPen(look.colour("accent"), 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        place, model, row, column = option.rect, self._view.poll, index.row(), index.column()
        is_row, is_weekend = row == self._view.currentIndex().row(), model.poll.days[column].weekday > 4
        painter.fillRect(place, self._row if is_row else self._weekend if is_weekend else self._base)
        painter.setPen(self._line)
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        person = model.poll.people[row]
        mark = person.marks.get(column)
        if mark is not None:
            middle, ratio = place.center(), painter.device().devicePixelRatioF()
            by_hand = person.cells.get(column) in model.by_hand
            picture = self._marks.picture(mark.grade, ratio, by_hand=by_hand)
            painter.drawPixmap(middle.x() - WIDTH // 2, middle.y() - HEIGHT // 2, picture)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(self._focus)
            painter.drawRect(place.adjusted(1, 1, -1, -2))


def ground(look: Look, day: Day) -> QColor:
    """Return the ground of a day: a weekend's, or plain."""
    return look.colour("weekend" if day.weekday > 4 else "base")


class DayHead(QHeaderView):
    """The days in two lines: the weekday, and the day of the month in bold."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(COLUMN)
        self.setDefaultSectionSize(COLUMN)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for two lines."""
        return QSize(super().sizeHint().width(), HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Draw a day."""
        day: Day = self.model().headerData(section, Qt.Orientation.Horizontal, DAY)
        painter.save()
        painter.fillRect(rect, ground(self._look, day))
        box, half = QRectF(rect), rect.height() / 2
        short = weekday_words(day.weekday, short=True)[:2]
        painter.setFont(self._look.font(8.25))
        middle, above = Qt.AlignmentFlag.AlignHCenter, QRectF(box.left(), box.top(), box.width(), half)
        text(painter, above, short, self._look.colour("secondary"), align=middle)
        painter.setFont(self._look.font(8.25, bold=True))
        number = "" if day.date is None else str(day.date.day)
        below = QRectF(box.left(), box.top() + half - 2, box.width(), half)
        text(painter, below, number, self._look.colour("text"), align=middle)
        painter.setPen(self._look.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class NameHead(QHeaderView):
    """The names; who is in doubt is amber and says why, who says nothing is faint."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look, self._view = look, parent
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setMinimumSectionSize(ROW)
        self.setFixedWidth(NAMES)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Draw a name."""
        person = self.model().headerData(section, Qt.Orientation.Vertical, PERSON)
        look, doubt = self._look, doubt_words(person)
        is_here = section == self._view.currentIndex().row()
        painter.save()
        painter.fillRect(rect, look.colour("highlight" if is_here else "base"))
        painter.setPen(look.colour("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = QRectF(rect).adjusted(12, 0, -8, 0)
        painter.setFont(look.font(9, bold=bool(doubt)))
        if doubt or person.is_silent:
            said = doubt or tr("says nothing")
            ink = look.colour("warning" if doubt else "secondary")
            painter.setFont(look.font(8.25, bold=bool(doubt)))
            wide = painter.fontMetrics().horizontalAdvance(said) + 2.0
            text(painter, QRectF(box.right() - wide, box.top(), wide, box.height()), said, ink)
            box.setRight(box.right() - wide - 8)
            painter.setFont(look.font(9, bold=bool(doubt)))
        ink = look.colour("warning" if doubt else "secondary" if person.is_silent else "text")
        text(painter, box, person.name, ink)
        painter.restore()


class FreeBars(QWidget):
    """Below the grid: how many can on each day, as a number over a bar; the day with the fewest is amber."""

    def __init__(self, look: Look, grid: PollGrid) -> None:
        super().__init__()
        self._look, self._grid = look, grid
        self.setFixedHeight(FOOT)
        self.setAccessibleName(tr("How many are free on each day"))
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.horizontalHeader().geometriesChanged.connect(self.update)
        for signal in (grid.poll.modelReset, grid.poll.dataChanged):
            signal.connect(self._changed)
        look.changed.connect(self.update)

    def _changed(self) -> None:
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """Return the day on which the fewest can."""
        poll, free = self._grid.poll.poll, self._grid.poll.free
        if not free:
            return ""
        least = free.index(min(free))
        day = poll.days[least]
        name = weekday_words(day.weekday, short=True)
        return tr("fewest on {}: {}").format(name if day.date is None else f"{name} {day.date.day}", free[least])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the bars under their columns."""
        painter, look, free = QPainter(self), self._look, self._grid.poll.free
        painter.fillRect(self.rect(), look.colour("base"))
        painter.setPen(look.colour("border"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        if not free:
            return
        sure = sum(person.state == SURE for person in self._grid.poll.poll.people)
        painter.setFont(look.font(9, bold=True))
        text(painter, QRectF(12, 4, NAMES - 20, 18), tr("Free, of {}").format(f"{sure:,}"), look.colour("text"))
        painter.setFont(look.font(8.25))
        text(painter, QRectF(12, 22, NAMES - 20, 18), self.words(), look.colour("secondary"))
        head, most, least = self._grid.horizontalHeader(), max(free) or 1, min(free)
        painter.setClipRect(NAMES, 1, self.width() - NAMES, self.height())
        painter.setFont(look.font(8.25))
        wide = head.defaultSectionSize()
        for n, count in enumerate(free):
            left = NAMES + head.sectionViewportPosition(n)
            high = round(BARS * count / most)
            colour = look.colour("warning") if count == least and least < most else look.demand(0.4)[0]
            painter.fillRect(left + 3, self.height() - high, wide - 5, high, colour)
            place = QRectF(left, self.height() - high - 17, wide, 16)
            text(painter, place, str(count), look.colour("text"), align=Qt.AlignmentFlag.AlignHCenter)
