"""The language that is spoken: chosen at the start of a program, by its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from crt_scheduler.errors import CrtError
from crt_scheduler.places import resource
from solver.wording import ENGLISH, read, tr, use, used

DOMAIN: Final = "crt_scheduler"
VARIABLE: Final = "CRT_SCHEDULER_LANGUAGE"
"""What names the language to a program that is told none by an option."""


def speak(code: str) -> None:
    """Say every sentence in a language from now on; raises CrtError for one there are no words in."""
    if code not in languages():
        raise CrtError(
            tr("There are no words in {code!r}. Use one of: {names}.", code=code, names=", ".join(languages()))
        )
    use(None if code == ENGLISH else read(_file(code)))


def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are: English, then those with a catalogue."""
    return ENGLISH, *sorted(
        path.parents[1].name for path in resource("translations").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    )


def in_each(say: Callable[[], str]) -> frozenset[str]:
    """Return what is said in each language there is: a record may have been written in any of them."""
    now = used()
    try:
        found = set()
        for code in languages():
            speak(code)
            found.add(say())
    finally:
        use(now)
    return frozenset(found)


def _file(code: str) -> Path:
    return resource("translations", code, "LC_MESSAGES", f"{DOMAIN}.mo")
