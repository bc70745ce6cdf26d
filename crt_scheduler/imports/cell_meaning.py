"""What a cell means whatever its file: nothing at all, a spreadsheet's fault, a number written another way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from crt_scheduler.file_field import HOLDS_NAMES, HOLDS_NO_TRUTH, HOLDS_WHOLES, Cell
from solver.wording import tr

NOTHING: Final = frozenset(("-", "--", "---", "–", "—", "−", "n/a", "n.a.", "n.a"))
"""What people type into a cell that holds nothing, whatever its field."""
NOTHING_ELSEWHERE: Final = NOTHING | {"na", "none", "null", "nil", "(none)", "(blank)"}
"""The same for fields that hold no names: Na is a surname, and None may be one."""
_FAULT = re.compile(
    r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|BEZUG|WERT|ZAHL|NOMBRE|VALEUR|NOM"
    r"|[\u00a1\u00bf](?:REF|VALOR|NUM|NOMBRE|DIV/0|NULO)|ERROR)[!?]|#N/[AD]|#NV|#GETTING_DATA|#+|Err:\d{3}",
    re.IGNORECASE,
)
_TRUTH: Final = frozenset(("true", "false", "wahr", "falsch", "verdadero", "falso", "vrai", "faux"))
_ZEROS = re.compile(r"-?\d+\.0+")
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}", re.IGNORECASE)
_POINT = re.compile(r"\d*\.\d{1,2}|\d*\.\d{4,}|\d{1,3}(?:,\d{3})+\.\d+|\d{4,}\.\d+|0\d*\.\d+")
"""Numbers whose point can only be a decimal one."""
_COMMA = re.compile(r"\d*,\d{1,2}|\d*,\d{4,}|\d{1,3}(?:\.\d{3})+,\d+|\d{4,},\d+|0\d*,\d+")
"""Numbers whose comma can only be a decimal one."""
_UNCLEAR = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+")
_SPACED = re.compile(r"\d{1,3}(?:['\u2019 \u00a0\u202f]\d{3})+(?=[.,]|$)")

Mark = Literal[".", ",", ""]
"""The decimal mark of a column, where its values tell."""


def is_nothing(cell: Cell, text: str) -> bool:
    """Does a cell's text stand for an empty cell?"""
    if len(text) > len("(blank)"):
        return False
    return text.casefold() in (NOTHING if cell in HOLDS_NAMES else NOTHING_ELSEWHERE)


def meant(cell: Cell, text: str) -> str:
    """Return a cell's text without what only says that it is empty, and whole numbers without .0."""
    if not text or is_nothing(cell, text):
        return ""
    return text.partition(".")[0] if cell in HOLDS_WHOLES and _ZEROS.fullmatch(text) else text


def fault(cell: Cell, text: str) -> str:
    """Return why a cell's text is no value of its own ("" where it is one): a formula's error, TRUE, digits cut."""
    if text[0] in "#Ee" and _FAULT.fullmatch(text):
        return tr("is a spreadsheet's error, not a value; correct the formula or empty the cell")
    if cell in HOLDS_NO_TRUTH and text.casefold() in _TRUTH:
        return tr("is a spreadsheet's yes or no; write what is meant, or empty the cell")
    if cell in HOLDS_WHOLES and _CUT.fullmatch(text):
        return tr("is a number whose digits a spreadsheet cut off; set the column to text and write it in full")
    return ""


def mark(texts: Iterable[str]) -> Mark:
    """Return the decimal mark that a column's values tell: that of those which can be read in one way only."""
    found: set[Mark] = set()
    for text in texts:
        bare = text.lstrip("-+")
        if "," in bare and _COMMA.fullmatch(bare):
            found.add(",")
        elif "." in bare and _POINT.fullmatch(bare):
            found.add(".")
        if len(found) > 1:
            return ""
    return found.pop() if found else ""


def is_unclear(text: str) -> bool:
    """Has a number marks that may part its thousands or its decimals, such as 1,234 (1.234 is a program's number)?"""
    return bool(_UNCLEAR.fullmatch(text.lstrip("-+")))


def number(text: str, column: Mark) -> float:
    """Return the number of a text: 37.5, 37,5, 1,234.5 and 1.234,5 say of themselves what they are.

    1,234 and 1.234 are read as the column's mark says. Without one, 1.234 is what programs write for a little more
    than one; 1,234 raises ValueError with the reason, as does what is no number.
    """
    sign, bare = (-1.0 if text.startswith("-") else 1.0), text.lstrip("-+")
    if spaced := _SPACED.match(bare):
        bare = text = re.sub(r"\D", "", spaced[0]) + bare[spaced.end() :]
    if _COMMA.fullmatch(bare):
        return sign * float(bare.replace(".", "").replace(",", "."))
    if _POINT.fullmatch(bare):
        return sign * float(bare.replace(",", ""))
    if is_unclear(bare):
        return sign * _unclear(bare, column)
    found = sign * float(bare) if text.isascii() and "_" not in text else float("nan")
    if not abs(found) < float("inf"):
        raise ValueError(tr("is not a number"))
    return found


def _unclear(text: str, column: Mark) -> float:
    """Return a number of groups of three digits, by the column's decimal mark."""
    if not column and text.count(".") == 1:
        return float(text)
    if not column and text.count(",") == 1:
        raise ValueError(
            tr(
                "may mean {text} or {text2}; write it without a comma",
                text=text.replace(",", ""),
                text2=text.replace(",", "."),
            )
        )
    decimal = column if text.count(column or " ") == 1 else ""
    other = "".join(sign for sign in ".," if sign != decimal)
    return float(text.translate(dict.fromkeys(map(ord, other))).replace(",", "."))
