"""Settings of the programme: its name and zone, what calendars say, and how surely a team answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from crt_scheduler import times
from crt_scheduler.programmes import acts as programme_acts
from crt_scheduler.programmes import customs
from ui.desk import Desk
from ui.people.words import weekday_words
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
            ("zone", self.tr("Time zone"), self.tr("Such as America/Los_Angeles")),
            ("country", self.tr("Country"), self.tr("Its phones and public holidays")),
            ("subdivision", self.tr("State or part"), self.tr("Such as CA: with holidays of its own")),
            ("clock", self.tr("Clock"), ""),
            ("first_weekday", self.tr("Weeks begin on"), ""),
            ("date_order", self.tr("Dates a file leaves open"), self.tr("Is 3/4 in March or in April?")),
            ("report_to", self.tr("Report to"), self.tr("A line on every calendar entry")),
            ("alarm_minutes", self.tr("Reminder, minutes before a shift"), self.tr("0: none")),
            ("answer_percent", self.tr("Chance that a team answers, %"), self.tr("Until the calls teach it")),
            ("service_minutes", self.tr("Minutes of a response"), self.tr("From the call until free again")),
            ("yearly_calls", self.tr("Calls a year"), self.tr("Until the incident log takes over")),
            ("wishes_until", self.tr("Wishes until this day"), self.tr("Of the month before, at the own desk")),
        )

    def choices(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return what is chosen rather than typed; the first of each follows the country."""
        follow = (customs.AUTO, self.tr("As in the country"))
        days = tuple((name.casefold(), weekday_words(day)) for day, name in enumerate(times.DAY_NAMES))
        orders = (("us", self.tr("Month first")), ("eu", self.tr("Day first")), ("iso", self.tr("Only 2027-01-31")))
        return {
            "country": customs.countries(),
            "clock": (follow, ("12", self.tr("6:00 PM")), ("24", self.tr("18:00"))),
            "first_weekday": (follow, *days),
            "date_order": (follow, *orders, (customs.ASK, self.tr("Ask each time"))),
        }

    def renew(self) -> None:
        """Read the programme; a field being typed in keeps what is typed."""
        super().renew()
        self.partner.setChecked(self.desk.read(programme_acts.show).show_partner)

    def _name_partners(self, ticked: bool) -> None:
        self._act(self.partner.text(), "show_partner", "yes" if ticked else "no")
