"""The sentences of the import: what a file holds, what is missing, what would happen and what did."""

from __future__ import annotations

from crt_scheduler.imports import ImportReport, Preview, UnclearDates
from ui.parts import counted
from ui.people.reading import Looked
from ui.people.words import day_date_words, field_label
from ui.words import tr


def kind_words(kind: str) -> str:
    """Return what a kind of file holds."""
    return {
        "people": tr("People"),
        "availability": tr("Availability"),
        "incidents": tr("Incidents"),
        "roster": tr("Past and planned shifts"),
        "hours": tr("Hours"),
        "calls": tr("Calls"),
    }.get(kind, kind.capitalize())


def things(kind: str, count: int) -> str:
    """Return a count of what a kind of file holds."""
    one, many = {
        "people": (tr("1 person"), tr("{} people")),
        "availability": (tr("1 line"), tr("{} lines")),
        "incidents": (tr("1 incident"), tr("{} incidents")),
        "roster": (tr("1 duty"), tr("{} duties")),
        "hours": (tr("1 entry"), tr("{} entries")),
        "calls": (tr("1 call"), tr("{} calls")),
    }.get(kind, (tr("1 row"), tr("{} rows")))
    return counted(count, one, many)


def rows_words(count: int) -> str:
    """Return a count of rows."""
    return counted(count, tr("1 row"), tr("{} rows"))


def missing_words(looked: Looked) -> str:
    """Say which needed field no column is chosen for, and what to do."""
    names = tr(" and ").join(field_label(field).lower() for field in looked.missing)
    words = tr("No column is chosen for {}. Choose one on the left.").format(names)
    if "name" in looked.missing:
        words += " " + tr("A name in several columns that are not recognised must first be joined in the file.")
    return words


def question_words(unclear: UnclearDates) -> str:
    """Ask which of two dates a value means."""
    return tr("Column {}: is {} {} or {}? No date in the file says which.").format(
        unclear.column, unclear.value, day_date_words(unclear.us), day_date_words(unclear.eu)
    )


def bad_words(report: ImportReport) -> str:
    """Say how many rows cannot be taken, and the ways on."""
    return tr("{} cannot be taken. Mend them above, correct the file and read it again, or leave them out.").format(
        rows_words(report.bad_rows)
    )


def button_words(looked: Looked) -> str:
    """Return what the button does."""
    report, kind = looked.report, looked.preview.kind
    if report is None:
        return tr("Import {}").format(things(kind, looked.preview.count))
    count = report.new + report.changed
    if report.bad:
        if not count:
            return tr("Nothing to import")
        without = counted(report.bad_rows, tr("this row"), tr("these {} rows"))
        return tr("Import {} without {}").format(things(kind, count), without)
    return tr("Import {}").format(things(kind, count)) if count else tr("Nothing to import")


def outcome_words(report: ImportReport, preview: Preview) -> str:
    """Say what importing would do, and what of the file is left."""
    if not report.new + report.changed:
        return tr("The records hold all of this already. Choose another file, or close.")
    parts = [tr("{} to add").format(things(preview.kind, report.new))] if report.new else []
    if report.changed:
        parts.append(tr("{} to change").format(f"{report.changed:,}"))
    if report.unchanged:
        parts.append(tr("{} as they are").format(f"{report.unchanged:,}"))
    words = ", ".join(parts) + "."
    if preview.kind == "people" and report.left_alone:
        words += " " + tr("{} in the records are not in the file and stay.").format(things("people", report.left_alone))
    return words


def done_words(report: ImportReport) -> str:
    """Say what was done."""
    parts = []
    if report.new:
        parts.append(tr("{} added").format(things(report.kind, report.new)))
    if report.changed:
        parts.append(
            tr("{} changed").format(f"{report.changed:,}" if report.new else things(report.kind, report.changed))
        )
    if report.bad:
        parts.append(tr("{} left out").format(rows_words(report.bad_rows)))
    return ", ".join(parts) + "."
