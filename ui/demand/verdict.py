"""The verdict on a backtest: may the forecast be trusted for the month, said with a tick or a warning."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from crt_scheduler.truth.backtest import Backtest
from ui.look import Look
from ui.parts import sentence

LIMIT = 1.5
"""Points between promise and replay up to which a forecast is trusted."""


class Verdict(QFrame):
    """A strip with a tick or a warning and a sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._kind = look, "good"
        self.setProperty("kind", "note")
        self.sign, self.words = QLabel(), sentence("")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        look.changed.connect(self._dress)

    def show_found(self, found: Backtest) -> None:
        """Say how far the replay lies from the promise, and what follows."""
        self._kind = "good" if found.difference_points >= -LIMIT else "warning"
        self.words.say(self._said(found), self._kind)
        self.setAccessibleName(self.words.text())
        self.words.setToolTip(found.sentence)
        self._dress()

    def _said(self, found: Backtest) -> str:
        points = abs(found.difference_points)
        if points < 0.05:
            return self.tr("The replay meets the promise, so the forecast can be trusted.")
        if points <= LIMIT:
            side = self.tr("below") if found.difference_points < 0 else self.tr("above")
            words = self.tr("The replay is {points:.1f} points {side} the promise, within {limit}: it can be trusted.")
            return words.format(points=points, side=side, limit=LIMIT)
        if found.difference_points > 0:
            words = self.tr(
                "The replay is {points:.1f} points above the promise: the plan is more careful than it needs to be."
            )
            return words.format(points=points)
        below = self.tr("The replay is {points:.1f} points below the promise, more than {limit}: set a higher target.")
        why = self.tr("{count:,.0f} calls came while another of their area was running, {cause}.")
        said = below.format(points=points, limit=LIMIT)
        return f"{said} {why.format(count=found.at_once, cause=found.cause)}"

    def _dress(self) -> None:
        icon = "check" if self._kind == "good" else "warning"
        self.sign.setPixmap(self._look.icon(icon, self._kind).pixmap(16, 16))
