"""The words of a file: each once with what it means; what is open is amber and chosen with the keys or the mouse."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.list_model import ROW
from ui.look import Look
from ui.parts import Button, Card, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.file_reading import Looked
from ui.people.paint import text
from ui.people.people_words import field_label
from ui.people.word_lines import WordLine, how_words, meaning_words, word_choices, word_lines
from ui.people.word_rows import Cell, Rows
from ui.words import tr

MEANS = 2


class WordsPage(QWidget):
    """All words or those to answer; `told` carries field, text and meaning."""

    told = Signal(str, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.looked: Looked | None = None
        self.lines: list[WordLine] = []
        card = Card(tr("Words of this team"), tr("one answer for all rows that say it; kept for the next file"))
        self.every, self.to_answer = Button("", "segment"), Button("", "segment")
        group = QButtonGroup(self)
        switch = QHBoxLayout()
        switch.setSpacing(0)
        for button, end in ((self.every, "first"), (self.to_answer, "last")):
            button.setCheckable(True)
            button.setProperty("end", end)
            group.addButton(button)
            switch.addWidget(button)
        card.head.addLayout(switch)
        self.every.setChecked(True)
        group.buttonClicked.connect(lambda _: self._fill())
        self.none = sentence("", "secondary")
        self.table = WordsTable(look)
        self.table.told.connect(self._tell)
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(card)

    def show_looked(self, looked: Looked) -> None:
        """Show the words of a file; those of another file are forgotten."""
        is_same = self.looked is not None and self.looked.asked.path == looked.asked.path
        before = {line.key: line for line in self.lines} if is_same else {}
        self.looked, self.lines = looked, word_lines(looked, before)
        self._fill()

    def clear(self) -> None:
        """Show nothing."""
        self.looked, self.lines = None, []
        self.table.fill(None, [])

    @property
    def open_lines(self) -> list[WordLine]:
        """Return the words without an answer."""
        return [line for line in self.lines if line.is_open]

    def _fill(self) -> None:
        count = len(self.open_lines)
        self.every.setText(tr("All {}").format(f"{len(self.lines):,}"))
        self.to_answer.setText(tr("To answer {}").format(f"{count:,}"))
        shown = self.open_lines if self.to_answer.isChecked() else self.lines
        self.none.setText(self._none_words(count))
        self.none.setVisible(not shown)
        self.table.fill(self.looked, shown)

    def _none_words(self, count: int) -> str:
        if not self.lines:
            return tr("No column of this file holds words of the team's own.")
        return "" if count else tr("All {} words are known.").format(f"{len(self.lines):,}")

    def _tell(self, line: WordLine, meaning: str) -> None:
        """Take an answer at once; what it leads to follows when the file was looked through anew."""
        answered = WordLine(line.field, line.column, line.texts, line.rows, meaning, "told")
        self.lines = [answered if each.key == line.key else each for each in self.lines]
        self._fill()
        self.told.emit(line.field, line.texts[0], meaning)


class WordsTable(FlatTable):
    """A line for each word under the column that says it; `told` carries the line and the meaning chosen."""

    told = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Words of this team"))
        self.looked: Looked | None = None
        self.rows = Rows((tr("In the file"), tr("Rows"), tr("Means"), ""), right=(1, 3))
        self.setModel(self.rows)
        self.setItemDelegate(WordCells(look, self, self._keep, self._choices))
        across = self.horizontalHeader()
        across.setStretchLastSection(False)
        for column, width in enumerate((320, 64, 340, 150)):
            self.setColumnWidth(column, width)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)

    def fill(self, looked: Looked | None, lines: list[WordLine]) -> None:
        """Show words under their columns; the keys stand on the first one without an answer."""
        self.looked = looked
        kept = self.currentIndex().row()
        filled: list[tuple[object, tuple[Cell, ...]]] = []
        for line in lines:
            if not filled or getattr(filled[-1][0], "column", None) != line.column:
                fields = ", ".join(dict.fromkeys(field_label(e.field) for e in lines if e.column == line.column))
                filled.append((line.column, (Cell(line.column), Cell(""), Cell(fields, "secondary"), Cell(""))))
            filled.append((line, _cells(line)))
        self.rows.fill(filled)
        self.clearSpans()
        if self.state() != QAbstractItemView.State.EditingState:
            self._stand(kept)

    def _stand(self, kept: int) -> None:
        """Stand on a word without an answer: the same one, else the next after it, else the first."""
        is_open = [n for n, (what, _) in enumerate(self.rows.rows) if isinstance(what, WordLine) and what.is_open]
        after = [n for n in is_open if n >= kept] or is_open
        place = after[0] if after else max(kept, 1)  # the first line is a heading
        self.setCurrentIndex(self.rows.index(min(place, self.rows.rowCount() - 1), MEANS))

    def go_on(self) -> bool:
        """Go to the next word without an answer, from the top again after the last; tell whether there is one."""
        count, now = self.rows.rowCount(), self.currentIndex().row()
        for row in (*range(now + 1, count), *range(now + 1)):
            what = self.rows.what(row) if row < count else None
            if isinstance(what, WordLine) and what.is_open:
                self.setCurrentIndex(self.rows.index(row, MEANS))
                return True
        return False

    def open_choices(self) -> None:
        """Open the choices of the word the keys stand on."""
        index = self.currentIndex().siblingAtColumn(MEANS)
        if not index.isValid() or not isinstance(index.data(ROW)[0], WordLine):
            return
        self.setCurrentIndex(index)
        self.open_choices_of(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Tab goes to the next word without an answer; Alt+Down, Enter and Space open the choices."""
        key, is_alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Tab and self._is_another_open():
            self.go_on()
        elif (key == Qt.Key.Key_Down and is_alt) or (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers()
        ):
            self.open_choices()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Keep Tab here while there is another word to answer."""
        if forward and self.state() != QAbstractItemView.State.EditingState and self._is_another_open():
            return self.go_on()
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Go from one word to the next one without an answer where Tab left the choices."""
        is_next = hint == QAbstractItemDelegate.EndEditHint.EditNextItem
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if is_next else hint)
        if is_next:
            self.go_on()

    def _is_another_open(self) -> bool:
        here = self.currentIndex().row()
        return any(
            isinstance(what, WordLine) and what.is_open for n, (what, _) in enumerate(self.rows.rows) if n != here
        )

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == MEANS and self.state() != QAbstractItemView.State.EditingState:
            self.open_choices()

    def _choices(self, index: QModelIndex) -> list[tuple[str, str]]:
        line = self.rows.what(index.row())
        return word_choices(self.looked, line) if self.looked is not None and isinstance(line, WordLine) else []

    def _keep(self, index: QModelIndex, meaning: str) -> str:
        if meaning:
            line = self.rows.what(index.row())
            QTimer.singleShot(0, self, lambda: self.told.emit(line, meaning))  # after the choices are closed
        return ""


def _cells(line: WordLine) -> tuple[Cell, ...]:
    words = ", ".join(line.texts)
    means = meaning_words(line.field, line.meaning, line.texts[0]) if line.meaning else tr("Choose…")
    colour = "warning" if line.is_open else "secondary"
    return (
        Cell(words, tip=words),
        Cell(f"{line.rows:,}"),
        Cell(means, "secondary" if line.is_open else "", written=line.meaning, tip=means),
        Cell(how_words(line.how), colour),
    )


class WordCells(InPlace):
    """Draws words in lines: columns of the file as headings, an arrow where there is a choice, amber what is open."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the words, the arrow, and a box round what is to be chosen; an open word has an amber edge."""
        what = index.data(ROW)[0]
        if not isinstance(what, WordLine):
            self._draw_heading(painter, option, index)
            return
        if what.is_open and index.column() == 0:
            edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(edge, self.look.colour("warning"))
        if index.column() == MEANS:
            place = option.rect
            if what.is_open:
                painter.setPen(QPen(self.look.colour("edge"), 1))
                painter.setBrush(self.look.colour("base"))
                painter.drawRoundedRect(QRectF(place).adjusted(0.5, 2.5, -1.5, -3.5), 4, 4)
            spot = QRect(place.right() - 30, place.center().y() - 7, 14, 14)
            self.look.icon("down", "secondary").paint(painter, spot)
            option.rect = place.adjusted(0, 0, -32, 0)
        if index.column() == MEANS + 1 and what.is_open:
            painter.setFont(self.look.font(9, bold=True))
        whole = QRect(option.rect)
        super().draw_content(painter, option, index)
        option.rect = whole if index.column() != MEANS else whole.adjusted(0, 0, 32, 0)  # the focus goes round all

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw a column's name, and which field is read from it."""
        painter.fillRect(option.rect, self.look.colour("alternate"))
        painter.setPen(self.look.colour("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(self.look.font(9, bold=index.column() == 0))
        ink = self.look.colour("text" if index.column() == 0 else "secondary")
        text(painter, QRectF(option.rect).adjusted(8, 0, -8, 0), str(index.data() or ""), QColor(ink))
