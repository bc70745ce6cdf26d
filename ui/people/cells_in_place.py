"""A flat table whose cells are edited in place: a refused text stays open in its editor, with the sentence below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.box import Pick
from ui.look import Look
from ui.parts import of_kind, sentence
from ui.people.paint import text

Index = QModelIndex | QPersistentModelIndex
Keep = Callable[[QModelIndex, str], str]
"""Takes a cell and the text typed; returns the sentence that refuses it, or nothing when it is kept."""
Choices = Callable[[QModelIndex], list[tuple[str, str]]]
"""Returns what a cell can be chosen from, as (text kept, words shown); nothing: any text may be typed."""
ROW = 28


SUGGESTED_WIDTH = 320


class Bubble(QFrame):
    """The sentence that refuses a text, below the editor it was typed into."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._room = look, parent
        of_kind(self, "card")
        self.setAutoFillBackground(True)
        self._icon, self.words = QLabel(), sentence("", "bad")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(6)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str, below: QRect) -> None:
        """Show the sentence below a place (above it, where there is no room below)."""
        self._icon.setPixmap(self._look.icon("warning", "bad").pixmap(16, 16))
        self.words.setText(words)
        room = self._room.rect()
        width = min(max(below.width(), SUGGESTED_WIDTH), room.width() - 8)
        height = self._row.heightForWidth(width)
        x = max(4, min(below.left(), room.right() - width - 4))
        y = below.bottom() + 2 if below.bottom() + 2 + height < room.bottom() else below.top() - height - 2
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()


class InPlace(QStyledItemDelegate):
    """Edits a cell in place: as text, or as a choice where there are choices; paints a flat row with a hairline."""

    def __init__(self, look: Look, view: FlatTable, keep: Keep | None = None, choices: Choices | None = None) -> None:
        super().__init__(view)
        self.look, self._view, self._keep, self._choices = look, view, keep, choices
        self.bubble = Bubble(look, view.viewport())
        self.refused: set[QWidget] = set()
        self._filled: set[QWidget] = set()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """Return a field for the cell, named for screen readers by its column."""
        place = plain_index(index)
        choices = self._choices(place) if self._choices is not None else []
        editor: QWidget = self._combo(parent, choices) if choices else QLineEdit(parent)
        name = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(name))
        editor.setAutoFillBackground(True)
        return editor

    def _combo(self, parent: QWidget, choices: list[tuple[str, str]]) -> QComboBox:
        box = Pick(parent)
        for kept, words in choices:
            box.addItem(words, kept)
        box.activated.connect(lambda: self._finish(box))
        return box

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Forget a closed editor and the sentence below it."""
        self._filled.discard(editor)
        if editor in self.refused:
            self.refused.discard(editor)
            self.bubble.hide()
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the editor once; a change of the records meanwhile does not take away what is typed."""
        if editor in self._filled:
            return
        self._filled.add(editor)
        held = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(held), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(held)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Keep what was typed, or say below the editor why it cannot be."""
        typed = str(editor.currentData()) if isinstance(editor, QComboBox) else typed_in(editor)
        held = str(index.data(Qt.ItemDataRole.EditRole) or "")
        words = "" if typed == held or self._keep is None else self._keep(plain_index(index), typed)
        editor.setProperty("fault", bool(words))
        editor.setAccessibleDescription(words)
        editor.style().polish(editor)
        if words:
            self.refused.add(editor)
            self.bubble.say(words, editor.geometry())
        elif editor in self.refused:
            self.refused.discard(editor)
            self.bubble.hide()

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Let the editor fill its cell, wide enough to type in, and move the sentence with it."""
        place = QRect(option.rect)
        place.setWidth(min(max(place.width(), 150), max(self._view.viewport().width() - place.left(), 60)))
        editor.setGeometry(place)
        if editor in self.refused:
            self.bubble.say(self.bubble.words.text(), place)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave the choices of a box open while they are shown; all else as any editor."""
        if event.type() == QEvent.Type.FocusOut and isinstance(editor, QComboBox) and editor.view().isVisible():
            return False
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row's ground, what the cell holds, and the focus."""
        painter.save()
        self.draw_ground(painter, option)
        painter.setFont(self.look.font(9))
        self.draw_content(painter, option, plain_index(index))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(self.look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Draw the row's ground and its hairline."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, self.look.colour("highlight" if chosen else "base"))
        painter.setPen(self.look.colour("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the words of a cell in their colour, aligned as the model says."""
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        words = str(index.data() or "")
        ink = self.look.colour(colour) if isinstance(colour, str) else self.look.colour("text")
        text(painter, option.rect.toRectF().adjusted(8, 0, -8, 0), words, QColor(ink), align=Qt.AlignmentFlag(align))


def plain_index(index: Index) -> QModelIndex:
    """Return an index as the model gives it out."""
    return index.model().index(index.row(), index.column())


def typed_in(editor: QWidget) -> str:
    """Return the text of a line editor."""
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


class FlatTable(QTableView):
    """A table without grid and stripes; an editor whose text was refused is not closed but by Escape."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._gives: tuple[int, ...] = ()
        self._wide: list[int] = []
        self.setAccessibleName(name)
        self.look = look
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 10))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        across.setMinimumSectionSize(36)

    def open_choices_of(self, index: QModelIndex) -> None:
        """Edit a cell; where it is chosen, with its choices open."""
        self.edit(index)
        box = self.viewport().findChild(QComboBox)
        if box is not None:
            QTimer.singleShot(0, box, box.showPopup)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Keep an editor open while its text is refused, whoever asks, but for Escape."""
        delegate = self.itemDelegate()
        is_given_up = hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
        if isinstance(delegate, InPlace) and editor in delegate.refused and not is_given_up:
            return
        super().closeEditor(editor, hint)

    def give_way(self, *columns: int) -> None:
        """Leave these columns out, the first one first, where there is no room for all as wide as they are now."""
        self._gives = columns
        self._wide = [self.columnWidth(n) for n in range(self.model().columnCount())]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        needed, room = sum(self._wide), self.viewport().width()
        for column in self._gives:
            self.setColumnHidden(column, needed > room)
            needed -= self._wide[column] if needed > room else 0

    def fit_rows(self, *, most: int = 12) -> None:
        """Be as high as the rows there are, up to some."""
        count = min(max(self.model().rowCount(), 1), most) if self.model() else 1
        head = self.horizontalHeader().sizeHint().height() if not self.horizontalHeader().isHidden() else 0
        self.setFixedHeight(count * self.verticalHeader().defaultSectionSize() + head + 2)
