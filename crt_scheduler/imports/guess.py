"""Which of a stranger's columns may hold which of our fields, by their usual names and what such columns hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from crt_scheduler.file_field import LOOKS
from crt_scheduler.imports.change_plan import JOIN
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.people_reader import KIND as PEOPLE

FIRST_NAME = ("first name", "given name", "forename", "first", "vorname", "prénom", "nombre de pila")
LAST_NAME = ("last name", "surname", "family name", "last", "nachname", "nom de famille", "apellido", "apellidos")
_CREDENTIAL = re.compile(
    r"(?:credential:|(?:credential|certificate|expires|expiry) )(.+)|(.+) (?:expires|expiry|valid until)"
)


def guessed(kind: Kind, header: tuple[str, ...], mapped: dict[str, str]) -> dict[str, str]:
    """Return fields that no column bears by name, and the column that probably holds each; a column serves once."""
    there = {folded(name): name for name in reversed(header) if name not in mapped.values()}
    found: dict[str, str] = {}
    for field in kind.columns:
        if field.name in mapped:
            continue
        column = next((there[folded(word)] for word in field.usual if folded(word) in there), None)
        if column is not None and column not in found.values():
            found[field.name] = column
    if kind is PEOPLE and "name" not in mapped:
        both = _both_names(there)
        if both and ("name" not in found or folded(found["name"]) == "name"):
            found["name"] = both
    return found


def credential_columns(header: tuple[str, ...], used: set[str]) -> dict[str, str]:
    """Return columns that look like the last day of a credential, as credential:NAME."""
    found = {}
    for name in header:
        match = _CREDENTIAL.fullmatch(" ".join(name.split()).casefold())
        if match and name not in used and not name.casefold().startswith("credential:"):
            said = match[1] or match[2]
            at = name.casefold().find(said)
            found[f"credential:{name[at : at + len(said)].strip()}"] = name
    return found


def _both_names(there: dict[str, str]) -> str:
    """Return the columns of first and last name, put together as the mapping writes them."""
    first = next((there[folded(word)] for word in FIRST_NAME if folded(word) in there), "")
    last = next((there[folded(word)] for word in LAST_NAME if folded(word) in there), "")
    return f"{first}{JOIN}{last}" if first and last else ""


def folded(name: str) -> str:
    """Return a column's name without case, accents and signs, so that E-Mail and e_mail are one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", bare)).strip()


def usual(kind: Kind) -> list[str]:
    """Return what columns of a kind of records are usually called."""
    both = (*FIRST_NAME, *LAST_NAME) if kind is PEOPLE else (*DATE_NAMES, *TIME_NAMES)
    return [*(word for field in kind.columns for word in field.usual), *both]


DATE_NAMES = (
    "date",
    "day",
    "incident date",
    "call date",
    "date occ",
    "date of incident",
    "occurred date",
    "on",
    "fecha",
)
TIME_NAMES = (
    "time",
    "incident time",
    "call time",
    "time occ",
    "time of incident",
    "occurred time",
    "at",
    "hour",
    "hora",
)
_DATE_ONLY = re.compile(
    r"(?:[a-z]{2,9}\.?,? )?"
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[ -][a-z]{3,9}\.?,?[ -]\d{2,4}|[a-z]{3,9}\.? \d{1,2},? \d{2,4})"
    r"(?:[ T]0{1,2}:00(?::00)?)?|\d{5}",
    re.IGNORECASE,
)
_TIME_ONLY = re.compile(r"\d{1,2}(?:[:.h]\d{2}){0,2} ?(?:[ap]\.?m?\.?)?|\d{3,4}|0?\.\d+|noon|midnight", re.IGNORECASE)
_MOST = 0.8
"""The share of a column's values that must look like what it is taken for; the others are refused by name later."""


def moments(
    kind: Kind, columns: dict[str, str], header: Sequence[str], texts: Callable[[str], list[str]]
) -> dict[str, str]:
    """Return the moments whose date and whose time stand in two columns, as the mapping puts them together.

    A column that holds dates alone is joined with the one of times that no other field is read from; where a moment's
    column holds times alone, with the column of dates.
    """
    free = [name for name in header if name not in columns.values()]
    dates = [name for name in free if folded(name) in DATE_NAMES and _is_all(_DATE_ONLY, texts(name))]
    times = [name for name in free if folded(name) in TIME_NAMES and _is_all(_TIME_ONLY, texts(name))]
    found: dict[str, str] = {}
    moments_of = kind.of_cell("moment")
    for ours in moments_of:
        column = columns.get(ours, "")
        if not column:
            if dates and times and ours == moments_of[0]:
                found[ours] = f"{dates[0]}{JOIN}{times[0]}"
        elif _is_all(_DATE_ONLY, texts(column)) and times and ours == moments_of[0]:
            found[ours] = f"{column}{JOIN}{times[0]}"
        elif _is_all(_TIME_ONLY, texts(column)) and (dates or ours != moments_of[0]):
            date = dates[0] if dates else found.get(moments_of[0], "").partition(JOIN)[0]
            if date:
                found[ours] = f"{date}{JOIN}{column}"
    return found


def _is_all(pattern: re.Pattern[str], values: list[str]) -> bool:
    return bool(values) and sum(pattern.fullmatch(text) is not None for text in values) >= _MOST * len(values)


def is_likely(kind: Kind, ours: str, values: list[str]) -> bool:
    """Can a column that is called otherwise hold this field? Not if nine in ten of its values look otherwise."""
    if not values:
        return True
    looks = LOOKS.get(kind.by_name[ours].cell) if ours in kind.by_name else None
    return looks is None or sum(looks.search(text) is not None for text in values) * 10 >= len(values)
