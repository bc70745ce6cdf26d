"""The kinds of records that files bring: each reader's own, once."""

from __future__ import annotations

from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Field
from crt_scheduler.imports import (
    answers_file,
    availability_file,
    calls_file,
    hours_file,
    incidents_file,
    own_sheet,
    people_reader,
    roster_file,
)
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.sheets import Sheet
from solver.wording import tr

ALL = (
    people_reader.KIND,
    availability_file.KIND,
    incidents_file.KIND,
    roster_file.KIND,
    calls_file.KIND,
    answers_file.KIND,
    hours_file.KIND,
)
SHEET = own_sheet.KIND
NAMES = tuple(kind.name for kind in ALL)
FIELDS: dict[str, Field] = {field.name: field for kind in (SHEET, *reversed(ALL)) for field in reversed(kind.columns)}
"""The fields of all kinds by name; what several have is called alike in all."""


def of_sheet(kind: Kind, sheet: Sheet) -> Kind:
    """Return as what a table of a kind is read: our own sheets of availability by their keys."""
    return SHEET if kind.name == SHEET.name and own_sheet.is_own(sheet) else kind


def named(name: str) -> Kind:
    """Return the kind of a name; raises CrtError for one that is not there."""
    found = next((kind for kind in ALL if kind.name == name), None)
    if found is None:
        raise CrtError(tr("{name!r} cannot be imported. Choose one of: {names}.", name=name, names=", ".join(NAMES)))
    return found


def is_of_people(name: str) -> bool:
    """Do the rows of a kind mean people, so that it may be asked whom?"""
    kind = named(name)
    return bool(kind is people_reader.KIND or kind.person or kind.listed)
