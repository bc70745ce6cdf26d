"""Settings of where the programme is at home: its zone, its country, and that country's clock, weeks and dates."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crt_scheduler import times
from crt_scheduler.programmes import customs
from ui.desk import Desk
from ui.people.people_words import weekday_words
from ui.settings.fields_section import FieldsSection


class HomeSection(FieldsSection):
    """Zone and country, and what follows from the country unless it is set."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("HomeSection", "Country and time"),
            QCoreApplication.translate(
                "HomeSection", "Phones, public holidays and what is not chosen here follow the country."
            ),
        )

    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields of this part."""
        return (
            ("zone", self.tr("Time zone"), self.tr("Such as America/Los_Angeles")),
            ("country", self.tr("Country"), self.tr("Its phones and public holidays")),
            ("subdivision", self.tr("State or part"), self.tr("Such as CA: with holidays of its own")),
            ("clock", self.tr("Clock"), ""),
            ("first_weekday", self.tr("Weeks begin on"), ""),
            ("date_order", self.tr("Dates a file leaves open"), self.tr("Is 3/4 in March or in April?")),
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
