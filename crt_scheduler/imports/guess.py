"""Which of a stranger's columns may hold which of our fields, from what such columns are usually called."""

from __future__ import annotations

import re
import unicodedata

from crt_scheduler.imports.plan import JOIN

FIRST_NAME = ("first name", "given name", "forename", "first", "vorname", "prénom", "nombre de pila")
LAST_NAME = ("last name", "surname", "family name", "last", "nachname", "nom de famille", "apellido", "apellidos")
_PEOPLE = {
    "id": ("id", "person id", "member id", "volunteer id", "responder id", "badge", "badge number", "no"),
    "name": ("name", "full name", "responder", "volunteer", "volunteer name", "member", "member name", "nombre"),
    "kind": ("kind", "type", "volunteer type", "member type"),
    "role": ("role", "position", "rank", "level", "title"),
    "status": ("status", "state", "active"),
    "status_until": ("status until", "leave until", "until", "on leave until", "return date"),
    "joined": ("joined", "join date", "date joined", "joined on", "start date", "member since", "since", "hired"),
    "home_division": ("home division", "division", "police division", "station", "community", "district"),
    "home_area": ("home area", "area", "bureau", "home bureau", "zone", "region"),
    "areas": ("areas", "other areas", "also serves", "serves", "bureaus", "other bureaus"),
    "languages": ("languages", "language", "languages spoken", "language s", "speaks", "idiomas"),
    "traditions": ("traditions", "tradition", "faith", "faith tradition", "denomination", "religion"),
    "email": ("email", "e mail", "email address", "e mail address", "mail", "correo"),
    "phone": ("phone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone", "tel"),
    "target_hours": ("target hours", "hours", "monthly hours", "hours a month", "hours per month", "pledge"),
    "prefers_with": ("prefers with", "preferred partners", "likes", "works with", "preferred partner"),
    "avoids_with": ("avoids with", "keep apart", "avoid", "avoids", "not with"),
}  # fmt: skip
_OTHERS = {
    "availability": {
        "person": ("person", "id", "person id", "volunteer id", "responder id", "badge"),
        "from": ("from", "first", "start date", "from date", "date"),
        "to": ("to", "last", "end date", "to date", "until"),
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
    folded = {_folded(name): name for name in reversed(header) if name not in mapped.values()}
    found: dict[str, str] = {}
    for ours, words in known.items():
        if ours in mapped:
            continue
        column = next((folded[_folded(word)] for word in words if _folded(word) in folded), None)
        if column is not None and column not in found.values():
            found[ours] = column
    if kind == "people" and "name" not in mapped:
        both = _both_names(folded)
        if both and ("name" not in found or _folded(found["name"]) == "name"):
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


def _both_names(folded: dict[str, str]) -> str:
    """Return the columns of first and last name, put together as the mapping writes them."""
    first = next((folded[_folded(word)] for word in FIRST_NAME if _folded(word) in folded), "")
    last = next((folded[_folded(word)] for word in LAST_NAME if _folded(word) in folded), "")
    return f"{first}{JOIN}{last}" if first and last else ""


def _folded(name: str) -> str:
    """Return a column's name without case, accents and signs, so that E-Mail and e_mail are one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.split(r"[\W_]+", bare)).strip()
