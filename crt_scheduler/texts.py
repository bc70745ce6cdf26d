"""Letters that deceive: signs nobody sees or that turn a line around, refused by name wherever a text comes in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from solver.wording import Sayings, tr

JOINERS: Final = "\u200c\u200d"
"""Zero-width (non-)joiners: spelling in Persian and the scripts of India, and what makes one emoji of several."""
_SUSPECT: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls; tabs and ends of lines are blanks to every reader
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # between: variants of Han letters, in names
    "]"
)
_FLAG: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""The flags of England, Scotland and Wales are spelled with hidden letters."""
_SHOWN: Final = re.compile(f"{_FLAG.pattern}|{_SUSPECT.pattern}")
_OWN_WORDS: Final = Sayings({
    "\u2028": "U+2028, a line separator", "\u2029": "U+2029, a paragraph separator",
})  # fmt: skip
_PLAIN_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "DIGIT", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""Scripts whose letters no joiner changes: between them it only hides."""


def fault(text: str, most: int) -> str:
    """Return why a text cannot be taken ("" where it can): longer than so many letters, or a sign nobody sees."""
    if len(text) > most:
        return tr("is {count:,} letters long; write it in {most:,} at most", count=len(text), most=most)
    if text.isascii() and text.isprintable():
        return ""
    sign = next(_hidden(text), "")
    return tr("holds {name}, which nobody sees; type the text anew without it", name=_name(sign)) if sign else ""


def refuse(what: str, text: str, most: int) -> None:
    """Raise CrtError naming `what` where a text cannot be taken."""
    if why := fault(text, most):
        raise CrtError(f"{what} {why}.")


def shown(text: str, most: int) -> str:
    """Return a text of ours that repeats what somebody typed: hidden signs written as <U+202E>, and cut to a length."""
    kept = _SHOWN.sub(lambda found: _written(text, found.start(), found[0]), text)
    return kept if len(kept) <= most else f"{kept[: most - 3]}..."


def _written(text: str, place: int, sign: str) -> str:
    is_kept = len(sign) > 1 or (sign in JOINERS and _joins(text, place))  # several letters: a flag
    return sign if is_kept else f"<U+{ord(sign):04X}>"


def _hidden(text: str) -> Iterator[str]:
    bare = _FLAG.sub("", text)
    for found in _SUSPECT.finditer(bare):
        if found[0] not in JOINERS or not _joins(bare, found.start()):
            yield found[0]


def _joins(text: str, place: int) -> bool:
    """Does a joiner change what is seen: between two letters of a script that has it, or inside an emoji?"""
    before = place - 1
    while before >= 0 and unicodedata.category(text[before]) in ("Mn", "Mc", "Sk"):
        before -= 1
    if before < 0 or text[before].isspace() or text[before] in JOINERS or _is_plain(text[before]):
        return False
    after = text[place + 1 : place + 2]
    return text[place] == "\u200c" or bool(after and not after.isspace() and after not in JOINERS)


def _is_plain(letter: str) -> bool:
    return unicodedata.name(letter, "LATIN").startswith(_PLAIN_SCRIPTS)


def _name(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "").lower()
    return _OWN_WORDS.get(sign) or (f"{code}, {name}" if name else tr("{code}, a control sign", code=code))


def first_fault(fields: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the first field whose text (or one of whose texts) cannot be taken, and why; None where all can."""
    for field, value in fields.items():
        parts = (value,) if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
        for part in parts:
            if isinstance(part, str) and (why := fault(part, limits.letters(field))):
                return field, why
    return None
