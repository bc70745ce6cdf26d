"""The sentences of the import: what a file holds, what is missing, what would happen and what did."""

from __future__ import annotations

import re

from crt_scheduler.imports import ImportReport, Preview, Question, UnclearDates, kinds
from ui.parts import counted
from ui.people.file_reading import Looked
from ui.people.people_words import day_date_words, field_label
from ui.words import tr


def kind_words(kind: str) -> str:
    """Return what a kind of file holds."""
    return tr(kinds.named(kind).title)


def things(kind: str, count: int) -> str:
    """Return a count of what a kind of file holds."""
    one, many = (tr(words) for words in kinds.named(kind).things)
    return counted(count, one, many)


def rows_words(count: int) -> str:
    """Return a count of rows."""
    return counted(count, "1 row", "{} rows")


def missing_words(looked: Looked) -> str:
    """Say which needed field no column is chosen for, and what to do."""
    names = tr(" and ").join(field_label(field).lower() for field in looked.missing)
    words = tr("No column is chosen for {}. Choose one on the right.").format(names)
    if "name" in looked.missing:
        words += " " + tr("A name in two columns: choose the first, then both together.")
    return words


def question_words(unclear: UnclearDates) -> str:
    """Ask which of two dates a value means."""
    return tr("Column {}: is {} {} or {}? No date in the file says which.").format(
        unclear.column, unclear.value, day_date_words(unclear.us), day_date_words(unclear.eu)
    )


def bad_words(report: ImportReport) -> str:
    """Say how many rows cannot be taken, and the ways on."""
    return tr("{} cannot be taken. Mend them above, correct the file and read it again, or leave them out.").format(
        rows_words(len({fault.line for fault in report.faults}))
    )


def open_words(looked: Looked, words: int, people: int) -> str:
    """Say how many words and people are to be answered, and what that leaves out."""
    parts = []
    if words:
        lines = {line for each in looked.open_words for line in each.lines}
        stand = counted(len(lines), "in 1 row", "in {} rows")
        what = counted(words, "1 word to answer", "{} words to answer")
        parts.append(f"{what}, {stand}." if lines else f"{what}.")
    if people:
        parts.append(counted(people, "1 row to look at.", "{} rows to look at."))
    return " ".join((*parts, tr("What is not answered stays out.")))


def plain_words(words: str) -> str:
    """Return sentences of the import without what is to be typed on the command line."""
    bare = re.sub(r"^--[a-z-]+ .*?: (?=\S)", "", words)
    bare = f"{bare[:1].upper()}{bare[1:]}"
    sentences = re.split(r"(?<=[.?!:]) +(?=[A-Z\u201c\"])", bare)
    kept = [each for each in sentences if " --" not in f" {each}"]
    return " ".join(kept) or bare


def asked_words(question: Question) -> tuple[str, str]:
    """Return what is asked of a row, and why, in two parts."""
    words = plain_words(question.sentence)
    asked, sign, why = words.partition("? ")
    return (f"{asked}?", why) if sign else (words, "")


def whole_words() -> dict[str, str]:
    """Return what may be decided of a whole file, by its name in the decisions, as a box to tick says it."""
    return {
        "empty_clears": tr("Empty cells wipe what is on record"),
        "replaces": tr("Take the place of an earlier file"),
        "only": tr("Who names a shift of a day can do no other of that day"),
        "row_per_victim": tr("Each row is a victim: rows of one time, area and type are one incident"),
    }


def left_out_words(why: str) -> str:
    """Say that a line of the file is no row, and why."""
    return tr("{}, left out").format(why)


def count_lines(looked: Looked) -> list[tuple[int, str, str]]:
    """Return what importing would do as counts, each with its words and the kind of label that shows it."""
    report = looked.report
    if report is None:
        return []
    words = {line for each in looked.open_words for line in each.lines}
    people = {line for each in looked.open_people for line in each.out}
    bad = len({fault.line for fault in report.faults})
    found = [
        (report.new, tr("new"), ""),
        (report.changed, tr("on record, and changed"), ""),
        (report.unchanged, tr("on record as they are"), ""),
        (report.left_alone, tr("on record, not in the file, and stay"), "secondary"),
        (bad, counted(bad, "cannot be taken as it is", "cannot be taken as they are"), "warning"),
        (len(words), counted(len(words), "stays", "stay") + tr(" out until a word is answered"), "warning"),
        (
            len(people),
            counted(len(people), "stays", "stay") + tr(" out until it is said who that is"),
            "warning",
        ),
        (len(looked.asked.decided.left_out), tr("left out, as you said"), "secondary"),
    ]
    return [line for n, line in enumerate(found) if line[0] or not n]


def note_lines(looked: Looked) -> list[str]:
    """Return how the file was read, a sentence each."""
    notes = looked.report.notes if looked.report is not None else looked.preview.remarks
    mended = len(looked.asked.corrections)
    own = (
        [counted(mended, "1 cell reads as you typed or chose.", "{} cells read as you typed or chose.")]
        if mended
        else []
    )
    found = [words for note in notes if " --" not in (words := plain_words(note))]
    return [*own, *found]


def button_words(looked: Looked) -> str:
    """Return what the button does."""
    report, kind = looked.report, looked.preview.kind
    if report is None:
        return tr("Import {}").format(things(kind, looked.preview.count))
    count = report.new + report.changed
    if not count and report.answers:
        return _answers_words(report)
    if report.lines_out:
        if not count:
            return tr("Nothing to import")
        without = counted(len(report.lines_out), "1 row", "{} rows")
        return tr("Import {} without {}").format(things(kind, count), without)
    return tr("Import {}").format(things(kind, count)) if count else tr("Nothing to import")


def _answers_words(report: ImportReport) -> str:
    words = counted(report.answers, "Import 1 person's answers", "Import {} people's answers")
    out = len(report.lines_out)
    return tr("{} without {}").format(words, rows_words(out)) if out else words


def outcome_words(report: ImportReport, preview: Preview) -> str:
    """Say what importing would do, and what of the file is left."""
    if not report.new + report.changed and report.answers:
        return tr("Nothing new is said of any day; that they answered is kept.")
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
    if report.answers and not report.new + report.changed:
        parts.append(counted(report.answers, "1 person has answered", "{} people have answered"))
    if report.new:
        parts.append(tr("{} added").format(things(report.kind, report.new)))
    if report.changed:
        parts.append(
            tr("{} changed").format(f"{report.changed:,}" if report.new else things(report.kind, report.changed))
        )
    if report.lines_out:
        parts.append(tr("{} left out").format(rows_words(len(report.lines_out))))
    return ", ".join(parts) + "."
