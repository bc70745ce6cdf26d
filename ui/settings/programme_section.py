"""Settings of the programme: its name, what calendars say, and how surely a team answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from crt_scheduler.settings import programme_acts
from ui.desk import Desk
from ui.settings.fields_section import FieldsSection


class ProgrammeSection(FieldsSection):
    """The programme's own fields, and whether calendars name partners."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("ProgrammeSection", "Programme"),
            QCoreApplication.translate(
                "ProgrammeSection", "A field is kept as soon as you leave it. Calendars change when published next."
            ),
        )
        self.partner = QCheckBox(self.tr("Name everybody's partners on the calendars"))
        self.partner.setAccessibleName(self.partner.text())
        self.partner.clicked.connect(self._name_partners)
        self.body.insertWidget(self.body.count() - 1, self.partner)

    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields of this part."""
        return (
            ("name", self.tr("Name"), ""),
            ("report_to", self.tr("Report to"), self.tr("A line on every calendar entry")),
            ("alarm_minutes", self.tr("Reminder, minutes before a shift"), self.tr("0: none")),
            ("answer_percent", self.tr("Chance that a team answers, %"), self.tr("Until the calls teach it")),
            ("service_minutes", self.tr("Minutes of a response"), self.tr("From the call until free again")),
            ("yearly_calls", self.tr("Calls a year"), self.tr("Until the incident log takes over")),
            ("wishes_until", self.tr("Wishes until this day"), self.tr("Of the month before, at the own desk")),
        )

    def renew(self) -> None:
        """Read the programme; a field being typed in keeps what is typed."""
        super().renew()
        self.partner.setChecked(self.desk.read(programme_acts.show).show_partner)

    def _name_partners(self, ticked: bool) -> None:
        self.desk.do(programme_acts.AMEND("show_partner", "yes" if ticked else "no"))
