"""Which of a stranger's columns may hold which of our fields: what such columns are usually called, and hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from crt_scheduler.imports.change_plan import JOIN
from crt_scheduler.imports.kinds import Kind

FIRST_NAME = ("first name", "given name", "forename", "first", "vorname", "prénom", "nombre de pila")
LAST_NAME = ("last name", "surname", "family name", "last", "nachname", "nom de famille", "apellido", "apellidos")
_PEOPLE = {
    "id": ("id", "person id", "member id", "volunteer id", "responder id", "badge", "badge number", "no"),
    "name": (
        "name", "full name", "your name", "name last first", "responder", "volunteer", "volunteer name", "member",
        "member name", "nombre",
    ),
    "kind": ("kind", "type", "volunteer type", "member type", "i am a", "i am", "i am an"),
    "role": ("role", "position", "rank", "level", "title"),
    "status": ("status", "state", "active"),
    "status_until": ("status until", "leave until", "until", "on leave until", "return date"),
    "joined": ("joined", "join date", "date joined", "joined on", "start date", "member since", "since", "hired"),
    "home_division": ("home division", "division", "police division", "station", "community", "district"),
    "home_area": ("home area", "area", "bureau", "home bureau", "zone", "region"),
    "areas": ("areas", "other areas", "also serves", "serves", "bureaus", "other bureaus"),
    "languages": ("languages", "language", "languages spoken", "language s", "speaks", "idiomas"),
    "traditions": ("traditions", "tradition", "faith", "faith tradition", "denomination", "religion"),
    "email": ("email", "e mail", "your email", "username", "email address", "e mail address", "mail", "correo"),
    "phone": (
        "phone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone", "tel", "home phone",
    ),
    "phone_2": (
        "phone 2", "second phone", "other phone", "alternate phone", "alternative phone", "phone number 2",
        "home phone", "work phone", "secondary phone", "2nd phone", "landline", "backup phone",
    ),
    "next_of_kin_phone": (
        "next of kin phone", "emergency contact phone", "emergency phone", "emergency contact number",
        "emergency contact phone number", "ice phone", "emergency number", "phone of emergency contact",
    ),
    "next_of_kin": (
        "next of kin", "emergency contact", "emergency contact name", "name of emergency contact", "ice", "ice contact",
        "in case of emergency", "emergency contact name and phone", "emergency contact name and number",
        "contacto de emergencia",
    ),
    "shifts_a_month": (
        "shifts a month", "shifts per month", "how many shifts per month can you take", "how many shifts a month",
        "how many shifts per month", "how many shifts a month can you take", "how many shifts can you take per month",
        "how many shifts can you take a month", "how many shifts can you do per month", "shifts month",
        "monthly shifts", "number of shifts per month", "preferred shifts per month", "desired shifts per month",
    ),
    "notes": (
        "notes", "note", "comments", "comment", "remarks", "anything we should know", "anything else we should know",
        "anything else", "additional information", "additional notes", "anything else you would like us to know",
        "is there anything we should know", "other information", "notas", "bemerkungen",
    ),
    "target_hours": ("target hours", "hours", "monthly hours", "hours a month", "hours per month", "pledge"),
    "prefers_with": ("prefers with", "preferred partners", "likes", "works with", "preferred partner"),
    "avoids_with": ("avoids with", "keep apart", "avoid", "avoids", "not with"),
}  # fmt: skip
_OTHERS = {
    "availability": {
        "person": ("person", "id", "person id", "volunteer id", "responder id", "badge"),
        "from": (
            "from",
            "first",
            "start date",
            "from date",
            "date",
            "dates",
            "unavailable",
            "unavailable dates",
            "dates unavailable",
            "dates not available",
            "blackout dates",
            "dates you cannot work",
            "dates you can not work",
            "dates you cannot serve",
            "dates you are unavailable",
            "days off",
            "vacation",
            "vacation dates",
            "available dates",
            "dates available",
            "dates you can work",
            "dates you can serve",
            "dates you are available",
            "start date time",
            "start date time mm dd yyyy",
            "date time",
            "when",
        ),
        "to": ("to", "last", "end date", "to date", "until", "end date time", "end date time mm dd yyyy"),
        "weekdays": ("weekdays", "days", "weekday", "day of week"),
        "start": ("start", "start time", "from time", "begins"),
        "end": ("end", "end time", "to time", "ends"),
        "grade": ("grade", "availability", "preference", "answer"),
        "note": ("note", "notes", "comment", "reason"),
    },
    "incidents": {
        "number": ("number", "incident number", "incident", "case number", "id", "no"),
        "timestamp": ("timestamp", "time", "date time", "datetime", "incident time", "date", "reported", "call time"),
        "area": ("area", "bureau", "zone", "region"),
        "division": ("division", "police division", "station", "district"),
        "type": ("type", "incident type", "category", "nature", "call type"),
        "agency": ("agency", "requesting agency", "requested by", "department"),
        "duration_min": ("duration min", "duration", "minutes", "duration minutes", "length"),
    },
    "hours": {
        "person": ("person", "id", "person id", "volunteer id", "responder id", "badge"),
        "kind": ("kind", "type", "activity", "category"),
        "start": ("start", "from", "start time", "began", "date"),
        "end": ("end", "to", "end time", "ended"),
        "minutes": ("minutes", "duration", "duration min", "length"),
        "call": ("call", "call number", "incident", "incident number"),
        "state": ("state", "status"),
    },
    "roster": {
        "date": ("date", "day", "shift date"),
        "shift": ("shift", "shift name", "template"),
        "area": ("area", "bureau", "zone"),
        "role": ("role", "seat", "position"),
        "person": ("person", "id", "person id", "volunteer id", "responder id", "badge"),
        "tier": ("tier", "primary backup", "backup"),
    },
    "calls": {
        "number": ("number", "incident number", "incident", "case number", "call number"),
        "timestamp": ("timestamp", "time", "date time", "datetime", "incident time", "date"),
        "area": ("area", "bureau", "zone", "region"),
        "division": ("division", "police division", "station", "district"),
        "type": ("type", "incident type", "category", "nature", "call type"),
        "agency": ("agency", "requesting agency", "requested by", "department"),
        "notified": ("notified", "time notified", "call received"),
        "dispatched": ("dispatched", "called out", "time dispatched"),
        "on_scene": ("on scene", "arrived", "time on scene"),
        "clear": ("clear", "cleared", "time clear"),
        "people_served": ("people served", "served", "survivors served"),
        "hard": ("hard", "hard_call", "hard call"),
        "responders": ("responders", "team", "volunteers", "responded"),
    },
    "answers": {
        "call": ("call", "number", "incident number", "call number"),
        "person": ("person", "id", "person id", "volunteer id", "responder id", "badge"),
        "time": ("time", "timestamp", "at", "date time"),
        "answer": ("answer", "said", "response", "result"),
        "reason": ("reason", "why"),
    },
}
_CREDENTIAL = re.compile(
    r"(?:credential:|(?:credential|certificate|expires|expiry) )(.+)|(.+) (?:expires|expiry|valid until)"
)


def guessed(kind: str, header: tuple[str, ...], mapped: dict[str, str]) -> dict[str, str]:
    """Return fields that no column bears by name, and the column that probably holds each; a column serves once."""
    known = _PEOPLE if kind == "people" else _OTHERS.get(kind, {})
    there = {folded(name): name for name in reversed(header) if name not in mapped.values()}
    found: dict[str, str] = {}
    for ours, words in known.items():
        if ours in mapped:
            continue
        column = next((there[folded(word)] for word in words if folded(word) in there), None)
        if column is not None and column not in found.values():
            found[ours] = column
    if kind == "people" and "name" not in mapped:
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


def usual(kind: str) -> list[str]:
    """Return what columns of a kind of records are usually called."""
    known = _PEOPLE if kind == "people" else _OTHERS.get(kind, {})
    both = (*FIRST_NAME, *LAST_NAME) if kind == "people" else (*DATE_NAMES, *TIME_NAMES)
    return [*(word for words in known.values() for word in words), *both]


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
    for ours in kind.moments:
        column = columns.get(ours, "")
        if not column:
            if dates and times and ours == kind.moments[0]:
                found[ours] = f"{dates[0]}{JOIN}{times[0]}"
        elif _is_all(_DATE_ONLY, texts(column)) and times and ours == kind.moments[0]:
            found[ours] = f"{column}{JOIN}{times[0]}"
        elif _is_all(_TIME_ONLY, texts(column)) and (dates or ours != kind.moments[0]):
            date = dates[0] if dates else found.get(kind.moments[0], "").partition(JOIN)[0]
            if date:
                found[ours] = f"{date}{JOIN}{column}"
    return found


def _is_all(pattern: re.Pattern[str], values: list[str]) -> bool:
    return bool(values) and sum(pattern.fullmatch(text) is not None for text in values) >= _MOST * len(values)


def is_likely(kind: Kind, ours: str, values: list[str]) -> bool:
    """Can a column that is called otherwise hold this field? Not if nine in ten of its values look otherwise."""
    if not values:
        return True
    looks = _LOOKS.get(ours)
    if ours in (*kind.moments, *kind.dates):
        looks = _DIGIT
    return looks is None or sum(looks.search(text) is not None for text in values) * 10 >= len(values)


_DIGIT = re.compile(r"\d")
_LOOKS = {
    "email": re.compile("@"),
    "phone": _DIGIT,
    "phone_2": _DIGIT,
    "next_of_kin_phone": _DIGIT,
    "name": re.compile(r"[^\W\d_]"),
    "target_hours": re.compile(r"^[\d.,]+( ?h(ours?)?)?$", re.IGNORECASE),
    "minutes": _DIGIT,
    "duration_min": _DIGIT,
    "people_served": _DIGIT,
}
