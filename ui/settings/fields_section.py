"""Fields: a part of the settings made of fields of the programme, each kept when it is left."""

from __future__ import annotations

import zoneinfo
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crt_scheduler.settings import programme_acts
from ui.box import Box
from ui.completer import Completer
from ui.desk import Desk
from ui.parts import Field
from ui.settings.settings_section import Section


class FieldsSection(Section):
    """One field per setting (name, label, note), two beside each other; each is kept as an act of its own.

    A field of `wide` has a line to itself.
    """

    def __init__(self, desk: Desk, name: str, note: str, *, wide: str = "") -> None:
        super().__init__(desk, name, note)
        self.fields: dict[str, Field] = {}
        self._kept: dict[str, str] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for n, (field, label, said) in enumerate(self.labels()):
            across = 2 if field == wide else 1
            grid.addWidget(self._field(field, label, said), n // 2, n % 2, 1, across, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields of this part: the programme's name for each, what it is called, and a note."""
        raise NotImplementedError

    def choices(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return the fields that are chosen from a list: each value with its words."""
        return {}

    def _field(self, name: str, label: str, note: str) -> Field:
        known = self.choices().get(name)
        field = Field(label, self._box(name, known) if known else self._typed(name), note)
        self.fields[name] = field
        return field

    def _box(self, name: str, known: tuple[tuple[str, str], ...]) -> QWidget:
        box = Box()
        for value, words in known:
            box.addItem(words, value)
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(Box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda: self._chosen(name))
        return box

    def _chosen(self, name: str) -> None:
        box = self.fields[name].widget
        assert isinstance(box, Box)
        words = str(box.currentData())
        if words != self._kept.get(name):
            self.fields[name].fault(self._fault(name, words))

    def _typed(self, name: str) -> QWidget:
        line = QLineEdit()
        if name == "zone":
            completer = Completer(sorted(zoneinfo.available_timezones()), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        line.editingFinished.connect(lambda: self._left(name))
        return line

    def renew(self) -> None:
        """Read the programme; a field being typed in keeps what is typed."""
        for name, value in asdict(self.desk.read(programme_acts.show)).items():
            if name not in self.fields:
                continue
            words = f"{value:g}" if isinstance(value, float) else str(value)
            box = self.fields[name].widget
            if isinstance(box, Box):
                box.setCurrentIndex(box.findData(words))
                self._kept[name] = words
                continue
            line = self._line(name)
            if line.text() == self._kept.get(name, "") or not self.fields[name].widget.hasFocus():
                line.setText(words)
                self.fields[name].fault("")
            self._kept[name] = words

    def _line(self, name: str) -> QLineEdit:
        line = self.fields[name].widget
        assert isinstance(line, QLineEdit)
        return line

    def _left(self, name: str) -> None:
        """Keep what was typed, or say beside the field what it takes."""
        words = self._line(name).text().strip()
        if words != self._kept.get(name):
            self.fields[name].fault(self._fault(name, words))

    def _fault(self, name: str, words: str) -> str:
        """Keep what was typed, and return what is wrong with it; nothing once it is kept."""
        return self.desk.attempt(programme_acts.AMEND(name, words)).sentence
