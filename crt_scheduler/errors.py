"""The one kind of error that people read: a sentence that says what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crt_scheduler.remedies import Remedy


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of what was typed (none: with the whole of it), as a sentence."""

    field: str
    sentence: str


class CrtError(Exception):
    """Something a person can mend; `str()` is the sentence to show, ending with the remedy.

    A remedy that the command line and the window tell in their own ways is a value beside `sentence`, which says alone
    what is wrong.
    """

    def __init__(self, sentence: str = "", remedy: Remedy | None = None) -> None:
        super().__init__(" ".join(filter(None, (sentence, remedy.words() if remedy else ""))))
        self.sentence, self.remedy = sentence or str(self), remedy

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, field by field; an error that knows of no field is about the whole."""
        return (Fault("", str(self)),)

    def beside(self) -> dict[str, Any]:
        """Return what JSON says beside the sentence: nothing, but for errors that know more."""
        return {}


class NotAllowed(CrtError):
    """The answer is "no": what was asked would break what is already promised."""


class Refused(CrtError):
    """What was typed is refused; `faults` names every field, so that each sentence is shown where it was typed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(dict.fromkeys(fault.sentence for fault in faults)))
        self._faults = faults

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, field by field."""
        return self._faults
