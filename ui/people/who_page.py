"""Who is who: the rows that may be somebody there is, one question at a time, answered by a click or a digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crt_scheduler.imports import Question, compared_names
from ui.look import Look
from ui.parts import Button, Card, counted, secondary, sentence, title
from ui.people.compare import Compare
from ui.people.decide import NEW, OUT, SAME, Answer
from ui.people.file_reading import Looked
from ui.people.paint import text
from ui.people.sides import sides_of
from ui.people.wizard_words import asked_words
from ui.words import tr

MOST_ANSWERS = 9
PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


Key = tuple[tuple[int, ...], str]
"""What tells a question from others: its lines, and the name it is about where a cell lists several."""


def _key(question: Question) -> Key:
    return question.lines, question.name


@dataclass
class _Entry:
    """A question on the page, the file as it was when it was asked, and the answer once there is one."""

    question: Question
    looked: Looked
    answer: str = ""


class WhoPage(QWidget):
    """The questions at the left, one of them at the right; `answered` carries an Answer, `moved` says that the
    question on view is another."""

    answered = Signal(object)
    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.entries: dict[Key, _Entry] = {}
        self.shown: list[Key] = []
        """The questions in the order of the list."""
        self.path: object = None
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(self._left(), 3)
        row.addWidget(self._right(), 9)
        for digit in range(1, MOST_ANSWERS + 1):
            self._key(QKeySequence(str(digit)), partial(self.press, digit))
        for key, step in PAGES.items():
            self._key(QKeySequence(key), partial(self.step, step))

    def _key(self, keys: QKeySequence, act: Callable[[], object]) -> None:
        found = QShortcut(keys, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        found.activated.connect(act)

    def _left(self) -> QWidget:
        self.card = Card(tr("To look at"), pad=8)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("To look at"))
        self.list.setItemDelegate(QuestionRows(self.look, self.list))
        self.list.currentRowChanged.connect(self._show)
        self.sure = sentence("", "secondary")
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(self.sure)
        return self.card

    def _right(self) -> QWidget:
        card = Card()
        self.heading, self.why = title("", 12), sentence("", "secondary")
        self.heading.setWordWrap(True)
        self.compare = Compare(self.look)
        self.note = secondary("")
        self.buttons: list[Button] = []
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.later = Button(tr("Decide later"), "link", tip=tr("The row stays out until it is answered"))
        self.later.clicked.connect(lambda: self.step(1, only_open=True))
        self.row.addStretch(1)
        self.row.addWidget(self.later)
        for part in (self.heading, self.why):
            card.body.addWidget(part)
        card.body.addWidget(self.compare, 1)
        card.body.addWidget(self.note)
        card.body.addLayout(self.row)
        self.right = card
        return card

    def clear(self) -> None:
        """Show nothing."""
        self.entries = {}
        self._fill()

    def show_looked(self, looked: Looked) -> None:
        """Show the questions of a file; those answered stay, to be answered otherwise."""
        table = (looked.asked.path, looked.preview.kind, looked.asked.place)
        if self.path != table:
            self.path, self.entries = table, {}
        asked = {_key(question): question for question in looked.open_people}
        self.entries = {key: entry for key, entry in self.entries.items() if entry.answer or key in asked}
        for key, question in asked.items():
            self.entries[key] = _Entry(question, looked)
        self.entries = dict(sorted(self.entries.items(), key=lambda each: each[0]))
        self._fill()
        sure = looked.report.new + looked.report.changed + looked.report.unchanged if looked.report else 0
        self.sure.setText(counted(sure, "1 row is sure.", "{} rows are sure."))

    @property
    def open(self) -> list[Key]:
        """Return the questions without an answer."""
        return [key for key, entry in self.entries.items() if not entry.answer]

    def step(self, by: int, *, only_open: bool = False) -> None:
        """Go to another question, round and round."""
        rows = list(self.entries)
        places = [n for n, key in enumerate(rows) if not only_open or not self.entries[key].answer]
        if not places:
            return
        now = self.list.currentRow()
        after = [n for n in places if n > now] if by > 0 else [n for n in reversed(places) if n < now]
        self.list.setCurrentRow(after[0] if after else places[0 if by > 0 else -1])

    def go_to(self, line: int) -> None:
        """Go to the question about a line of the file."""
        about = [entry.question.lines for entry in self.entries.values()]
        self.list.setCurrentRow(next((n for n, lines in enumerate(about) if line in lines), self.list.currentRow()))

    def press(self, digit: int) -> None:
        """Give the answer of a number."""
        if digit <= len(self.buttons):
            self.buttons[digit - 1].click()

    def _fill(self) -> None:
        kept = self.shown[self.list.currentRow()] if 0 <= self.list.currentRow() < len(self.shown) else None
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self.entries.values():
            heading, why = asked_words(entry.question)
            item = QListWidgetItem(heading)
            item.setData(Qt.ItemDataRole.UserRole + 1, entry.answer or why)
            item.setData(Qt.ItemDataRole.UserRole + 2, bool(entry.answer))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{heading} {entry.answer}")
            self.list.addItem(item)
        self.shown = list(self.entries)
        first_open = next((n for n, key in enumerate(self.shown) if not self.entries[key].answer), 0)
        self.list.setCurrentRow(self.shown.index(kept) if kept in self.shown else first_open if self.shown else -1)
        self.list.blockSignals(False)
        self._show(self.list.currentRow())

    def _show(self, place: int) -> None:
        entries = list(self.entries.values())
        entry = entries[place] if 0 <= place < len(entries) else None
        count = len(self.open)
        self.card.note.setText(tr("{} of {}").format(place + 1, len(entries)) if entry else "")
        self._offer(entry)
        self.later.setVisible(bool(entry and not entry.answer))
        if entry is None:
            self.heading.setText(tr("Nobody to look at"))
            self.why.setText(tr("Every row says plainly enough whom it means."))
            self.compare.show_sides(None, None)
            self.note.setText("")
        else:
            heading, why = asked_words(entry.question)
            self.heading.setText(heading)
            self.why.setText(why)
            self.compare.show_sides(entry.looked, sides_of(entry.looked, entry.question))
            self.note.setText((entry.answer and tr("Answered: {}").format(entry.answer)) or self._open_words(entry))
        self.right.setAccessibleDescription(counted(count, "1 to look at", "{} to look at"))
        self.moved.emit()

    def _open_words(self, entry: _Entry) -> str:
        out = entry.question.out
        rows = counted(len(out), tr("line {}").format(out[0]), "{} lines")
        return tr("Without an answer {} stays out. A blank never takes the place of what is known.").format(rows)

    def _offer(self, entry: _Entry | None) -> None:
        """Offer the answers that the question on view may have."""
        for old in self.buttons:
            self.row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        for number, (words, answer) in enumerate(self._answers(entry) if entry else (), start=1):
            kind = "primary" if _is_likely(answer) else ""
            button = Button(f"{words.replace('&', '&&')}   {number}", kind)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, answer=answer, words=words: self._give(answer, words))
            self.row.insertWidget(number - 1, button)
            self.buttons.append(button)

    def _answers(self, entry: _Entry) -> list[tuple[str, Answer]]:
        asked = entry.question
        is_twin = any(each.is_line for each in asked.candidates)
        found = []
        for each in asked.candidates[: MOST_ANSWERS - 2]:
            words = tr("One person, as on the right") if each.is_line else tr("This is {}").format(each.words())
            found.append((words, Answer(asked, SAME, each.key)))
        if asked.may_be_new:
            found.append((tr("Two people") if is_twin else tr("Somebody new"), Answer(asked, NEW)))
        words = counted(len(asked.out), tr("Leave line {} out").format(asked.out[0]), "Leave these {} lines out")
        return [*found, (words, Answer(asked, OUT))]

    def _give(self, answer: Answer, words: str) -> None:
        """Take an answer and go to the next question without one."""
        entry = self.entries[_key(answer.question)]
        entry.answer = words
        if answer.way == SAME:
            answer = Answer(answer.question, SAME, answer.key, self.compare.chosen())
        self.answered.emit(answer)
        self._fill()
        self.step(1, only_open=True)
        if not self.list.hasFocus() and self.isVisible():
            self.list.setFocus()


def _is_likely(answer: Answer) -> bool:
    """Is this the answer to lead with: the same person only where the names agree, for a contact alone is no reason."""
    asked = answer.question
    first = asked.candidates[0] if asked.candidates else None
    is_same = first is not None and compared_names.bare(first.name) == compared_names.bare(asked.text)
    if answer.way == SAME:
        return is_same and first is not None and answer.key == first.key
    return answer.way == NEW and not is_same


class QuestionRows(QStyledItemDelegate):
    """Draws a question in two lines: what is asked, and why or how it was answered."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Return room for two lines."""
        return QSize(0, 2 * option.fontMetrics.height() + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the question; the one on view has an accent edge."""
        painter.save()
        place, is_now = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(place, self.look.colour("highlight" if is_now else "base"))
        if is_now:
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), self.look.colour("accent"))
        painter.setPen(self.look.colour("hairline"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        inner = QRectF(place).adjusted(12, 8, -8, -8)
        half = inner.height() / 2
        painter.setFont(self.look.font(9, bold=True))
        ink = self.look.colour("highlighted_text" if is_now else "text")
        text(painter, QRectF(inner.left(), inner.top(), inner.width(), half), str(index.data()), ink)
        painter.setFont(self.look.font(9))
        is_answered = bool(index.data(Qt.ItemDataRole.UserRole + 2))
        below = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        if is_answered:
            spot = QRect(int(below.left()), int(below.center().y()) - 7, 14, 14)
            self.look.icon("check", "good").paint(painter, spot)
            below.setLeft(below.left() + 20)
        words = str(index.data(Qt.ItemDataRole.UserRole + 1) or "")
        text(painter, below, words, self.look.colour("good" if is_answered else "secondary"))
        painter.restore()
