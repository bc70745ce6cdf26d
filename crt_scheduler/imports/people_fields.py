"""The fields of a person as a file writes them: each read and checked, or refused with a reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crt_scheduler import dates
from crt_scheduler.file_field import Cell
from crt_scheduler.imports import languages_said as said
from crt_scheduler.imports.change_plan import Reader
from crt_scheduler.imports.named_areas import City
from crt_scheduler.person_fields import ALL, PersonField
from solver.wording import tr

CREDENTIAL = "credential:"
FOREVER = ("forever", "for ever", "yes")
NOT_HELD = "no"
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,39}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|.*\.$", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True)
class Setting:
    """What one row is read against: places, country, languages as the team spells them, date orders, all ids.

    With `clears` an empty cell means nothing at all; without, what the records hold. What is typed may name a
    language that is new to the team.
    """

    places: City
    country: str
    languages: Mapping[str, str]
    orders: Mapping[str, dates.Order]
    ids: Mapping[str, str]
    clears: bool = False
    is_typed: bool = False


def code(reader: Reader, setting: Setting) -> str:
    """Return the person's id; one that could not name a file, or differs from another by capitals only, is refused."""
    code = reader.text("id")
    if not _ID.fullmatch(code) or _RESERVED.fullmatch(code):
        reader.refuse("id", tr("an id names files: use 1 to 40 letters, digits, points, dashes or underlines"))
    elif setting.ids[code.casefold()] != code:
        reader.refuse(
            "id", tr("differs from {ids} only by capitals; write both alike", ids=setting.ids[code.casefold()])
        )
    return code


def name(reader: Reader) -> str:
    """Return the name with single blanks."""
    name = " ".join(reader.text("name").split())
    if not name:
        reader.refuse("name", tr("a person needs a name"))
    return name


def date(reader: Reader, ours: str, setting: Setting) -> dt.date | None:
    """Return a date, or None for an empty cell."""
    text = reader.text(ours)
    if not text:
        return None
    try:
        return dates.date_in(text, setting.orders[ours])
    except ValueError as fault:
        reader.refuse(ours, str(fault))
        return None


def languages(reader: Reader, ours: str, setting: Setting) -> list[str]:
    """Return the languages, spelled as the team spells those it has; a text that is no language is refused."""
    spoken = said.spoken(reader.text(ours), setting.languages)
    if setting.is_typed:
        return [*spoken.languages, *spoken.unknown]
    for text in spoken.unknown:
        reader.refuse(ours, tr("is no language known here; say which one it means, or that it is new"), text)
    return list(spoken.languages)


def email(reader: Reader, ours: str) -> str:
    """Return the e-mail address as written, if it can be one."""
    text = reader.text(ours)
    if text and not _EMAIL.fullmatch(text):
        reader.refuse(ours, tr("is not one e-mail address, such as ana@example.org"))
    return text


def phone(reader: Reader, ours: str, country: str) -> str:
    """Return the number in a field as E.164, read as people of the programme's country write it."""
    text = reader.text(ours)
    if not text:
        return ""
    import phonenumbers  # its tables take a tenth of a second that other commands need not wait

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        reader.refuse(ours, tr("is not a phone number; write it with its area code"))
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        reader.refuse(ours, tr("has too few or too many digits; write it with its area code"))
    if number.extension:
        reader.refuse(ours, tr("has an extension, which cannot be kept; give a direct number"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def monthly(reader: Reader, ours: str) -> int | None:
    """Return a number of hours a month in minutes, or None where the file leaves it to the programme."""
    reason = tr("is not a number of hours a month, from 0 to 744")
    hours = reader.number(ours, least=0, most=744, reason=reason)
    return None if hours is None else round(hours * 60)


def speaks(reader: Reader, ours: str, setting: Setting) -> bool:
    """Does the row say anything of a field? An empty cell does only where empty cells clear."""
    return reader.columns.has(ours) and (setting.clears or bool(reader.text(ours)))


def _line(reader: Reader, field: PersonField, _: Setting) -> str:
    return " ".join(reader.text(field.name).split())


_READ: Final[Mapping[Cell, Callable[[Reader, PersonField, Setting], Any]]] = {
    "choice": lambda reader, field, _: reader.one_of(field.name, field.allowed, field.default),
    "date": lambda reader, field, setting: date(reader, field.name, setting),
    "languages": lambda reader, field, setting: languages(reader, field.name, setting),
    "words": lambda reader, field, _: reader.several(field.name),
    "email": lambda reader, field, _: email(reader, field.name),
    "phone": lambda reader, field, setting: phone(reader, field.name, setting.country),
    "hours": lambda reader, field, _: monthly(reader, field.name),
    "named": _line,
    "count": _line,
    "remark": _line,
    "notes": lambda reader, field, _: reader.text(field.name),
}
"""How the value of a record's column is read, by what its cell holds."""


def values(reader: Reader, setting: Setting) -> list[tuple[str, Any]]:
    """Return what the row says of each of the record's own columns, by name; places and partners are read apart."""
    return [
        (field.attribute, _READ[field.cell](reader, field, setting))
        for field in ALL
        if field.cell in _READ and speaks(reader, field.name, setting)
    ]


def home(reader: Reader, setting: Setting) -> list[tuple[str, Any]]:
    """Return home division and area; the area of the division is home where the file names no other."""
    has_area = speaks(reader, "home_area", setting)
    if not speaks(reader, "home_division", setting):
        return [("home_area_id", setting.places.area(reader, "home_area"))] if has_area else []
    area = setting.places.area(reader, "home_area")
    division = setting.places.division(reader, "home_division", area)
    fields: list[tuple[str, Any]] = [("home_division_id", division and division[0])]
    if has_area or division is not None:
        fields.append(("home_area_id", area if area is not None else division and division[1]))
    return fields


def areas(reader: Reader, setting: Setting) -> tuple[int, ...] | None:
    """Return the areas the person also serves, or None where the file does not say."""
    if not speaks(reader, "areas", setting):
        return None
    found = (setting.places.area_named(reader, "areas", name) for name in reader.several("areas"))
    return tuple(dict.fromkeys(area for area in found if area is not None))


def credential(reader: Reader, ours: str, setting: Setting) -> tuple[str, bool, dt.date | None]:
    """Return the credential's name, whether the person holds it, and its last day (None: for ever)."""
    name, text = ours.removeprefix(CREDENTIAL), reader.text(ours)
    if text.casefold() == NOT_HELD:
        return name, False, None
    if not text or text.casefold() in FOREVER:
        return name, bool(text), None
    return name, True, date(reader, ours, setting)


def partners(reader: Reader, setting: Setting) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Return the ids of preferred and avoided partners, each None where the file does not say."""
    wanted: list[tuple[str, ...] | None] = []
    for ours in ("prefers_with", "avoids_with"):
        if not speaks(reader, ours, setting):
            wanted.append(None)
            continue
        codes = tuple(setting.ids.get(code.casefold(), code) for code in reader.several(ours))
        if reader.text("id") in codes:
            reader.refuse(ours, tr("names the person as their own partner"))
        wanted.append(codes)
    prefers, avoids = wanted
    both = set(prefers or ()) & set(avoids or ())
    if both:
        reader.refuse("avoids_with", tr("is also among those preferred; keep one of the two"), sorted(both)[0])
    return prefers, avoids
