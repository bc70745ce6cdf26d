"""A question of who somebody is, drawn: the candidates and the file's line side by side, with what comes in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler.imports.compared_names import bare, better
from ui.look import Look
from ui.parts import Line, Words, of_kind
from ui.people.file_reading import Looked
from ui.people.sides import Compared, Sides, label, shown_words
from ui.words import tr


class Compare(QScrollArea):
    """The grid of fields; where two sides differ, either can be taken."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sides: Sides | None = None
        self.looked: Looked | None = None
        self.kept: dict[str, QRadioButton] = {}
        """The buttons that keep what the first side says, by field."""

    def show_sides(self, looked: Looked | None, sides: Sides | None) -> None:
        """Show a question's sides; none shows nothing."""
        self.looked, self.sides, self.kept = looked, sides, {}
        whole = QWidget()
        of_kind(whole, "inside")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if looked is not None and sides is not None:
            grid = self._grid(looked, sides)
            column.addWidget(grid)
        column.addStretch(1)
        self.setWidget(whole)

    def chosen(self) -> tuple[tuple[str, str, bool], ...]:
        """Return for the fields of which either side can be taken: column, what the first side says, is it to stay."""
        return tuple(
            (row.column, row.texts[0], self.kept[row.field].isChecked())
            for row in self._rows()
            if row.field in self.kept
        )

    def _grid(self, looked: Looked, sides: Sides) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        heads = [*zip(sides.titles, sides.notes, strict=True), (tr("Comes in"), tr("as one person"))]
        for place, (words, note) in enumerate(heads):
            grid.addWidget(Words(words, 9.75, bold=True), 0, place + 1)
            grid.addWidget(Words(note, 9, kind="secondary"), 1, place + 1)
            grid.setColumnStretch(place + 1, 1)
        grid.setColumnMinimumWidth(0, 110)
        for number, row in enumerate(sides.rows):
            at = 2 * number + 2
            grid.addWidget(Line(), at, 0, 1, len(heads) + 1)
            grid.setRowMinimumHeight(at + 1, 32)
            self._row(grid, at + 1, row, looked)
        grid.addWidget(Line(), 2 * len(sides.rows) + 2, 0, 1, len(heads) + 1)
        return whole

    def _row(self, grid: QGridLayout, at: int, row: Compared, looked: Looked) -> None:
        grid.addWidget(Words(label(row), 9, kind="secondary"), at, 0)
        comes = Words(shown_words(looked, row.field, row.comes_in(0)), 9)
        can_choose = len(row.texts) == 2 and row.is_other[0] and row.field != "id" and bool(row.column)
        buttons = self._choice(row, comes, looked) if can_choose else []
        for place, words in enumerate(row.texts):
            shown = shown_words(looked, row.field, words) or "–"
            part: QWidget = buttons[place] if can_choose else Words(shown, 9)
            if can_choose:
                buttons[place].setText(shown.replace("&", "&&"))
            differs = row.is_other[place] or (place == len(row.texts) - 1 and any(row.is_other))
            if isinstance(part, QLabel) and differs:
                of_kind(part, "differs")
            grid.addWidget(part, at, place + 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(comes, at, len(row.texts) + 1)

    def _is_better_named(self, row: Compared) -> bool:
        """Is the first side's name the one to keep: the better written one, or that on record where they are two?"""
        if bare(row.texts[0]) == bare(row.texts[1]):
            return better(row.texts[1], row.texts[0]) == row.texts[0]
        return not self._is_twin()

    def _rows(self) -> tuple[Compared, ...]:
        return self.sides.rows if self.sides is not None else ()

    def _is_twin(self) -> bool:
        return self.sides is not None and any(each.is_line for each in self.sides.question.candidates)

    def _choice(self, row: Compared, comes: Words, looked: Looked) -> list[QRadioButton]:
        """Return a button for each of two sides that differ; chosen is what the file says, or the better name."""
        group = QButtonGroup(comes)
        first, second = QRadioButton(), QRadioButton()
        for button in (first, second):
            of_kind(button, "differs")
            group.addButton(button)
        is_better = row.field == "name" and self._is_better_named(row)
        (first if is_better else second).setChecked(True)
        comes.setText(shown_words(looked, row.field, row.comes_in(0, is_kept=is_better)))
        self.kept[row.field] = first
        first.toggled.connect(
            lambda is_kept: comes.setText(shown_words(looked, row.field, row.comes_in(0, is_kept=is_kept)))
        )
        return [first, second]
