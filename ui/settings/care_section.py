"""Settings of calls and care: how fast, how long without a word, stand-downs, debriefs and soft caps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.desk import Desk
from ui.settings.fields_section import FieldsSection


class CareSection(FieldsSection):
    """What the team holds itself to at a call and after it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("CareSection", "Calls and care"),
            QCoreApplication.translate(
                "CareSection", "A field is kept as soon as you leave it, and holds from the next call on."
            ),
            wide="hard_calls",
        )

    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields of this part."""
        return (
            ("reach_minutes", self.tr("On scene within, minutes"), self.tr("Reports count who was later")),
            ("silence_minutes", self.tr("Phone after minutes without a word"), self.tr("From those on scene")),
            ("stand_down_hours", self.tr("Stand-down, hours"), self.tr("After the shift of a hard call")),
            ("debrief_hours", self.tr("Overdue debrief: hours off shifts"), self.tr("From now on; 0: never")),
            ("hard_cap", self.tr("Hard calls in 90 days to talk about"), self.tr("0: no cap")),
            ("response_cap", self.tr("Responses in 30 days, others first"), self.tr("0: no cap")),
            ("hard_calls", self.tr("Kinds of hard calls"), self.tr("With commas between")),
        )
