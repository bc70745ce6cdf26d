"""Names as they go out: partners by first name and initial, and file names made of ids and areas."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from crt_scheduler.errors import CrtError
from solver.wording import tr

TITLES = frozenset((
    "rev", "reverend", "fr", "father", "sr", "sister", "br", "brother", "rabbi", "imam", "pastor", "deacon", "chaplain",
    "bishop", "elder", "minister", "dr", "mr", "mrs", "ms", "mx", "cantor", "monsignor", "msgr", "sheikh", "swami",
    "ven", "venerable", "bhante", "granthi", "the",
))  # fmt: skip
ENDINGS = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "lcsw"))
CLOSED_FILE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
"""Names that Windows keeps for devices."""


def short_name(name: str) -> str:
    """Return first name and initial, such as Ben K.; titles stay, and a one-word name stays whole."""
    last, comma, first = name.partition(",")
    in_order = f"{first} {last}" if comma and _plain(first) not in ENDINGS else name
    words = in_order.replace(",", " ").split()
    titles = []
    while len(words) > 1 and _plain(words[0]) in TITLES:
        titles.append(words.pop(0))
    while len(words) > 1 and _plain(words[-1]) in ENDINGS:
        words.pop()
    initial = _initial(words[-1]) if len(words) > 1 else ""
    return " ".join([*titles, *words[:1], *([f"{initial}."] if initial else [])])


def _plain(word: str) -> str:
    return word.strip().strip(".").casefold()


def _initial(word: str) -> str:
    """Return the first letter of a word with the marks that belong to it."""
    for n, letter in enumerate(word):
        if letter.isalnum():
            end = n + 1
            while end < len(word) and unicodedata.category(word[end]).startswith("M"):
                end += 1
            return word[n:end]
    return ""


def file_name(text: str) -> str:
    """Return the text as a file's name on any system; one that had to be altered gets a mark that keeps it unique."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(letter if letter.isalnum() or letter in " ._-" else "_" for letter in text)
    kept = kept.strip(" .")[:80]
    if kept and kept == text and kept.casefold().partition(".")[0] not in CLOSED_FILE_NAMES:
        return kept
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept.replace('.', '_')}-{mark}".lstrip(" -")


def person_calendar(code: str) -> str:
    """Return the calendar file of a person, such as calendars/V001.ics."""
    return f"calendars/{file_name(code)}.ics"


def roster_calendar(area: str, month: str) -> str:
    """Return the whole-roster calendar file of an area and month, such as roster/Valley-2027-01.ics."""
    return f"roster/{file_name(area)}-{month}.ics"


def sheet_name(month: str) -> str:
    """Return the duty sheet's file, such as duty-sheet-2027-01.pdf."""
    return f"duty-sheet-{month}.pdf"


def older_sheet_name(month: str, version: int) -> str:
    """Return where the duty sheet lies that a version's own took the place of: duty-sheet-2027-01-before-v2.pdf."""
    return f"duty-sheet-{month}-before-v{version}.pdf"


def refuse_like_ids(codes: Iterable[str]) -> None:
    """Raise CrtError for two ids that differ only in case: their files would be one on Windows and macOS."""
    seen: dict[str, str] = {}
    for code in sorted(codes):
        other = seen.setdefault(code.casefold(), code)
        if other != code:
            raise CrtError(
                tr(
                    "The ids {other} and {code} would share one calendar file. Give one of them another id.",
                    other=other,
                    code=code,
                )
            )
