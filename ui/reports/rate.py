"""What an hour is worth on this report: the known rate with its source, or one typed, for now or for good."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from crt_scheduler.errors import CrtError
from crt_scheduler.reports import hour_rates, year_page
from crt_scheduler.reports.year_values import Value
from ui.desk import Desk
from ui.parts import Button, Card, Field, sentence

BASES = tuple(hour_rates.BASES)


class RateCard(Card):
    """A rate typed here counts for what is on view and exported; `chosen` when it, or what it counts, is another."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(self.tr("Value of an hour"))
        self.desk = desk
        self.cents: int | None = None
        self.year, self.is_lacking = 0, False
        self.rate, self.source, self.counts = QLineEdit(), QLineEdit(), QComboBox()
        self.rate_field = Field(self.tr("Dollars an hour"), self.rate)
        self.source_field = Field(self.tr("Who publishes it"), self.source)
        self.keep = Button(self.tr("Keep this rate"))
        self.words = sentence("", "secondary")
        self.counts.addItems([self.tr("Response hours"), self.tr("The whole ledger")])
        self._lay_out()
        self.rate.editingFinished.connect(self.take)
        self.counts.currentIndexChanged.connect(self.chosen)
        self.keep.clicked.connect(self.keep_rate)
        self.source.returnPressed.connect(self.keep_rate)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, wide in ((self.rate, 190), (self.source, 260), (self.counts, 170)):
            field.setMinimumWidth(wide)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.rate_field, 0, top)
        row.addWidget(Field(self.tr("Counts"), self.counts), 0, top)
        row.addWidget(self.source_field, 0, top)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    @property
    def basis(self) -> str:
        """Which hours the value counts."""
        return BASES[max(0, self.counts.currentIndex())]

    def take(self) -> bool:
        """Take the rate as typed, nothing for the known one; False where it is none."""
        words = self.rate.text().strip()
        try:
            cents = hour_rates.cents_of(words) if words else None
        except CrtError as fault:
            self.rate_field.fault(str(fault))
            return False
        self.rate_field.fault("")
        if cents != self.cents:
            self.cents = cents
            self.chosen.emit()
        return True

    def forget(self) -> None:
        """Let go of a rate typed for other days."""
        self.cents = None
        self.rate.clear()
        self.source.clear()
        for field in (self.rate_field, self.source_field):
            field.fault("")

    def show_value(self, value: Value | None, year: int) -> None:
        """Say which rate the report uses, or ask for one beside the field."""
        self.year, self.is_lacking = year, value is None
        is_typed = self.cents is not None
        self.source_field.setVisible(is_typed or value is None)
        self.keep.setVisible(self.source_field.isVisibleTo(self))
        self.keep.setText(self.tr("Keep for {}").format(self.year))
        if value is None:
            self.rate.setPlaceholderText(self.tr("Such as 31.51"))
            self.rate_field.fault(self.tr("No rate is known. Type it."))
            words = self.tr("The hours have no value until {} has a rate: it is never carried on from another year.")
            self.words.say(words.format(self.year), "warning")
            return
        self.rate_field.fault("")
        known = value.years[-1].rate
        self.rate.setPlaceholderText(f"{known.cents // 100}.{known.cents % 100:02d}")
        sources = "; ".join(dict.fromkeys(year_page.source_words(each.rate) for each in value.years))
        self.words.say(self.tr("Source: {}").format(sources), "secondary")

    def keep_rate(self) -> None:
        """Keep the rate typed for its year, as one act."""
        if not self.take():
            return
        if self.cents is None:
            self.rate_field.fault(self.tr("Type the rate first."))
            return
        kept = self.desk.attempt(hour_rates.SET_RATE(self.year, self.cents, source=self.source.text()))
        self.source_field.fault(kept.sentence)
        if kept:
            self.rate.clear()
            self.take()
