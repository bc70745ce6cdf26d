"""Set up a new team: a preset, a name, a time zone; everything has its usual value, so that one key is enough."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from ui.desk import Desk
from ui.file_dialogs import ask_where
from ui.parts import Button, Card, Field, sentence

if TYPE_CHECKING:
    from crt_scheduler.programmes import Preset


class NewTeamCard(Card):
    """The way of a real team. `made` carries the path of its records."""

    made = Signal(object)

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__(self.tr("Set up a new team"))
        self.desk, self.path = desk, path
        self._plans: dict[str, Preset] = {}
        self.preset, self.name, self.zone = QComboBox(), QLineEdit(), QComboBox()
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.fields = {
            "preset": Field(self.tr("Kind of programme"), self.preset),
            "name": Field(self.tr("Name"), self.name),
            "zone": Field(self.tr("Time zone"), self.zone),
        }
        self.where = sentence("", "secondary")
        self.expected = sentence("", "good")
        self.expected.hide()
        self.fault = sentence("", "bad")
        self.fault.hide()
        self.button = Button(self.tr("Set up the team"), "primary")
        self.button.clicked.connect(self.make)
        other = Button(self.tr("Keep it elsewhere…"), "link")
        other.clicked.connect(self._choose)
        self.body.addWidget(
            sentence(self.tr("Areas, shifts and rules come with the programme; all of it can be edited."))
        )
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.where)
        self.body.addWidget(self.expected)
        self.body.addWidget(self.fault)
        self.body.addStretch(1)
        acts = QHBoxLayout()
        acts.addWidget(other)
        acts.addStretch(1)
        acts.addWidget(self.button)
        self.body.addLayout(acts)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.button.setEnabled(False)
        desk.think(self, "presets", _presets, self._fill)
        self._say_where()

    def _fill(self, offered: tuple[tuple[tuple[str, Preset], ...], list[str]]) -> None:
        """Offer the presets and the time zones."""
        plans, zones = offered
        self._plans = dict(plans)
        self.zone.addItems(zones)
        for name, plan in plans:
            self.preset.addItem(plan.name, name)
        self.button.setEnabled(True)
        self.button.setFocus()

    def _take_preset(self) -> None:
        plan = self._plans.get(str(self.preset.currentData()))
        if plan is not None:
            self.name.setText(plan.name)
            here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
            is_usual = "/" in here and not here.startswith("Etc/") and self.zone.findText(here) >= 0
            self.zone.setCurrentText(here if is_usual else plan.zone)

    def _say_where(self) -> None:
        self.where.say(self.tr("Its records are kept in {}").format(self.path))

    def _choose(self) -> None:
        dialog = ask_where(self, self.tr("Records of the new team"), self.path.parent, self.path.name)
        dialog.setNameFilter(self.tr("Records (*.db)"))
        dialog.setDefaultSuffix("db")
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    def _take_path(self, words: str) -> None:
        self.path = Path(words)
        self._say_where()

    def make(self) -> None:
        """Make the records in the background; a fault is said beside what caused it."""
        for field in self.fields.values():
            field.fault("")
        self.fault.hide()
        zone, name = self.zone.currentText().strip(), self.name.text().strip()
        if not name:
            self.fields["name"].fault(self.tr("A team needs a name. Type one."))
            return
        if self.zone.findText(zone) < 0:
            self.fields["zone"].fault(self.tr("No time zone is called so. Choose one such as America/Los_Angeles."))
            return
        path, preset, who, now = self.path, str(self.preset.currentData()), self.desk.who, self.desk.now()
        self.button.setEnabled(False)

        def work() -> Path:
            from crt_scheduler.new_team import make_team

            return make_team(path, preset=preset, title=name, zone=zone, who=who, now=now)

        self.desk.think(self, "new team", work, self.made.emit, self.refused)

    def expect(self, file: Path) -> None:
        """Say which list of people is imported once the team is set up."""
        self.expected.say(self.tr("{} is imported next.").format(file.name))
        self.expected.show()
        self.button.setFocus()

    def refused(self, words: str) -> None:
        """Say why there is no team yet."""
        self.button.setEnabled(True)
        self.fault.say(words)
        self.fault.show()


def _presets() -> tuple[tuple[tuple[str, Preset], ...], list[str]]:
    """Return the shipped presets and the zones there are; reading them takes a moment."""
    from crt_scheduler.programmes import presets

    return presets(), sorted(zone for zone in available_timezones() if "/" in zone and zone[0].isupper())
