"""Settings of the programme: its name and zone, what calendars say, and how surely a team answers."""

from __future__ import annotations

import zoneinfo
from dataclasses import asdict

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QLineEdit

from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import acts as programme_acts
from ui.desk import Desk
from ui.parts import Field
from ui.settings.section import Section


class ProgrammeSection(Section):
    """One field per setting; each is kept when it is left or Enter is pressed, as an act of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("ProgrammeSection", "Programme"),
            QCoreApplication.translate(
                "ProgrammeSection", "A field is kept as soon as you leave it. Calendars change when published next."
            ),
        )
        self.fields: dict[str, Field] = {}
        self._kept: dict[str, str] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for n, (name, label, note) in enumerate(self._labels()):
            grid.addWidget(self._field(name, label, note), n // 2, n % 2, Qt.AlignmentFlag.AlignTop)
        self.partner = QCheckBox(self.tr("Name everybody's partners on the calendars"))
        self.partner.setAccessibleName(self.partner.text())
        self.partner.clicked.connect(lambda ticked: self._set("show_partner", "yes" if ticked else "no"))
        self.body.addLayout(grid)
        self.body.addWidget(self.partner)
        self.body.addStretch(1)

    def _labels(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("name", self.tr("Name"), ""),
            ("zone", self.tr("Time zone"), self.tr("Such as America/Los_Angeles")),
            ("report_to", self.tr("Report to"), self.tr("A line on every calendar entry")),
            ("alarm_minutes", self.tr("Reminder, minutes before a shift"), self.tr("0: none")),
            ("answer_percent", self.tr("Chance that a team answers, %"), self.tr("Decides how many teams are wanted")),
            ("service_minutes", self.tr("Minutes of a response"), self.tr("From the call until the team is free")),
            ("yearly_calls", self.tr("Calls a year"), self.tr("Until the incident log takes over")),
        )

    def _field(self, name: str, label: str, note: str) -> Field:
        line = QLineEdit()
        if name == "zone":
            completer = QCompleter(sorted(zoneinfo.available_timezones()), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        field = Field(label, line, note)
        line.editingFinished.connect(lambda: self._left(name))
        self.fields[name] = field
        return field

    def renew(self) -> None:
        """Read the programme; a field being typed in keeps what is typed."""
        for name, value in asdict(self.desk.read(programme_acts.show)).items():
            if isinstance(value, bool):
                self.partner.setChecked(value)
                continue
            words = f"{value:g}" if isinstance(value, float) else str(value)
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
        """Return what is wrong; nothing once it is kept."""
        heard: list[str] = []
        try:
            programme_acts.read(name, words)
        except CrtError as fault:
            return str(fault)
        self.desk.failed.connect(heard.append)
        self._set(name, words)
        self.desk.failed.disconnect(heard.append)
        return " ".join(heard)

    def _set(self, name: str, words: str) -> None:
        label = self.fields[name].label.text() if name in self.fields else self.partner.text()
        self.desk.do(self.tr("Set “{}”").format(label), programme_acts.amend, name, words)
