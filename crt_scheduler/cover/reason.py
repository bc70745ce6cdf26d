"""One reason for or against a person on a shift: a fact in a sentence, with what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from crt_scheduler.cover.place import calls_words

SMALL = 0.05
"""Points below which a cost is not worth a line."""


@dataclass(frozen=True)
class Reason:
    """One fact in a sentence; `points` are what it costs (below 0: what it saves); `hard`: a rule is broken."""

    words: str
    rule: str = ""
    points: float = 0.0
    hard: bool = False

    @property
    def calls(self) -> str:
        """What it costs in missed calls; nothing for what costs none."""
        if self.points <= SMALL:
            return ""
        words = calls_words(self.points, signed=False)
        return words if words != "0.00" else "<0.01"
