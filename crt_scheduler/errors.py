"""The one kind of error that people read: a sentence that says what is wrong and what to do."""

from __future__ import annotations

from typing import Any


class CrtError(Exception):
    """Something a person can mend; `str()` is the sentence to show, ending with the remedy."""

    def beside(self) -> dict[str, Any]:
        """Return what JSON says beside the sentence: nothing, but for errors that know more."""
        return {}


class NotAllowed(CrtError):
    """The answer is "no": what was asked would break what is already promised."""
