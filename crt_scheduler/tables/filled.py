"""What people fill in is looked at as it is written, whichever window, file or command it came by."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Mapper

from crt_scheduler import limits, person_fields, texts
from crt_scheduler.errors import CrtError
from crt_scheduler.tables.record import Record

FILLED: Final[dict[str, tuple[str, ...]]] = {
    "responder": tuple(field.attribute for field in person_fields.ALL if field.cell in person_fields.TYPED_CELLS),
    "availability": ("note",),
    "area": ("name",),
    "division": ("name",),
    "programme": ("name", "report_to"),
    "credential_kind": ("name",),
    "wanted_language": ("name",),
    "hard_call": ("name",),
    "demand_factor": ("name",),
    "hour_value": ("region", "source"),
    "incident": ("number", "type", "agency"),
    "call": ("number", "unit", "signed_by", "language", "tradition", "hard"),
    "hours_entry": ("kind", "approved_by"),
    "stand_down": ("lifted_by",),
    "debrief": ("done_by",),
    "learnt_word": ("text", "written", "meaning"),
}
"""The columns that hold what people typed, by table; all others hold words of the program's own."""


@event.listens_for(Record, "before_insert", propagate=True)
def look_at_new(_: Mapper[Any], __: Connection, row: Any) -> None:
    """Refuse a new row with a text that deceives; a line of the history shows such signs instead of keeping them."""
    if row.__tablename__ == "journal_act":
        row.label, row.who = texts.shown(row.label, limits.LONGEST_LABEL), texts.shown(row.who, limits.LETTERS["name"])
    _refuse({field: getattr(row, field) for field in FILLED.get(row.__tablename__, ())})


@event.listens_for(Record, "before_update", propagate=True)
def look_at_changed(_: Mapper[Any], __: Connection, row: Any) -> None:
    """Refuse a change to a text that deceives; what older versions let in stays until it is changed."""
    fields = FILLED.get(row.__tablename__, ())
    state = inspect(row)
    _refuse({field: getattr(row, field) for field in fields if state.attrs[field].history.has_changes()})


@event.listens_for(Engine, "handle_error")
def say_what_cannot_be_kept(context: ExceptionContext) -> None:
    """Turn a word or a number that no database can hold into a sentence, whoever asked for it."""
    if isinstance(context.original_exception, UnicodeEncodeError):
        raise CrtError("A text holds bytes that are no letters. Type it anew.") from context.original_exception
    if isinstance(context.original_exception, OverflowError):
        raise CrtError("A number is larger than the records can hold. Check it.") from context.original_exception


def _refuse(values: dict[str, object]) -> None:
    found = texts.first_fault(values)
    if found is not None:
        field, why = found
        words = field.replace("_", " ")
        raise CrtError(f"{words[:1].upper()}{words[1:]} {why}. Nothing was written.")
