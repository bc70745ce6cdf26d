"""The words of the calls view: states, answers, clock times."""

from __future__ import annotations

import datetime as dt

from crt_scheduler import times
from crt_scheduler.call_words import clock_words
from crt_scheduler.calls.call_rows import CallRow
from solver.wording import say_date
from ui.words import tr


def state_words(row: CallRow, silent: dt.datetime | None, zone: times.Zone) -> tuple[str, str]:
    """Return how far a call is, and the colour that goes with it."""
    if silent is not None:
        return tr("No word since {}").format(clock_words(silent, zone)), "bad"
    if row.state == "closed":
        return tr("Closed"), "secondary"
    if row.state == "clear":
        return tr("Report due"), "warning"
    if row.state == "on scene":
        return tr("On scene"), "accent"
    return (tr("Called out"), "accent") if row.is_called_out else (tr("To call out"), "bad")


def answer_words(answer: str, reason: str = "") -> tuple[str, str]:
    """Return an answer in words, and its colour."""
    words = {
        "accepted": (tr("Accepted"), "good"),
        "declined": (tr("Declined"), "secondary"),
        "no_answer": (tr("No answer"), "warning"),
        "wrong_number": (tr("Wrong number"), "bad"),
    }
    said, colour = words.get(answer, ("", "text"))
    return (f"{said}, {reason}" if reason else said), colour


def all_call_answers() -> dict[str, str]:
    """Return the answers of an all-call in words, soonest first."""
    return {
        "now": tr("Now"), "two_hours": tr("In two hours"), "tonight": tr("Tonight"), "cannot": tr("Cannot"),
        "no_answer": tr("No answer"), "wrong_number": tr("Wrong number"),
    }  # fmt: skip


def all_call_words(row: CallRow) -> str:
    """Return how many answered what to an all-call, the last answer of each."""
    same = {"accepted": "now", "declined": "cannot"}
    last = {one.code: one.available or same.get(one.answer, one.answer) for one in row.answers}
    said = list(last.values())
    counts = [f"{said.count(answer)} {words.casefold()}" for answer, words in all_call_answers().items()
              if answer in said]  # fmt: skip
    return tr("Everyone is asked: {}.").format(", ".join(counts)) if counts else tr("Everyone may be asked.")


def when_words(moment: dt.datetime, zone: times.Zone) -> str:
    """Return a local day and time, such as 12 May 03:20."""
    local = times.local(moment, zone)
    return f"{say_date(local)} {times.clock_at(moment, zone)}"


def call_words(row: CallRow) -> str:
    """Return a call's number, with its case where there are several."""
    return row.number if row.case == 1 else tr("{number} case {case}").format(number=row.number, case=row.case)


def shown(word: str) -> str:
    """Return a word of a list as a field shows it: with a capital."""
    return word[:1].upper() + word[1:]


def role_words(role: str) -> str:
    """Return the role somebody has at a call."""
    names = {"lead": tr("Lead"), "responder": tr("Responder"), "trainee": tr("Trainee"), "clergy": tr("Clergy")}
    return tr("Duty lead") if role == "duty_lead" else names.get(role, shown(role))
