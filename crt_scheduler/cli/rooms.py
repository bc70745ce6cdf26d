"""Which room of the command line holds which command, so that a command imports its own room alone."""

from __future__ import annotations

from collections.abc import Sequence

ROOMS: dict[str, tuple[str, ...]] = {
    "files": ("sample", "init", "import", "people", "incidents", "wish", "areas", "words"),
    "people": ("columns", "person", "credential"),
    "available": ("available",),
    "log": ("track-record", "months", "log-check", "factors"),
    "demand": ("forecast", "heat", "backtest", "targets"),
    "plan": ("problem", "solve", "check", "why", "roster", "rules"),
    "edit": ("assign", "unassign", "lock", "unlock", "tell", "confirm", "swap", "move", "replace"),
    "together": ("together",),
    "cover": ("cover", "could", "mend"),
    "questions": ("lint", "why-open", "whyme", "whatif", "repairs", "replan", "value"),
    "undo_history": ("undo", "redo", "history", "backup", "restore"),
    "out": ("publish", "stale"),
    "today": ("today",),
    "city": ("sample-city",),
    "programme": ("backups", "programme"),
    "calls": ("calls", "call"),
    "reports": ("report", "rates"),
    "privacy": ("purge", "export", "retention"),
    "care": ("please-phone", "exposure", "debrief", "stand-down", "hard-calls"),
    "all_call": ("all-call",),
    "hours": ("hours", "availability"),
    "responder": ("own", "pin"),
}
"""Every room with its commands, in the order in which help lists them."""
VALUED = ("--database", "--now", "--who", "--language")
FLAGS = ("--json",)
RELEASE = "--version"


def rooms_for(words: Sequence[str]) -> tuple[str, ...]:
    """Return the one room that holds the command among the words, or every room where none is named.

    Which release this is, is asked of no room.
    """
    command = _command(words)
    if command == RELEASE:
        return ()
    return tuple(room for room, commands in ROOMS.items() if command in commands) or tuple(ROOMS)


def _command(words: Sequence[str]) -> str:
    """Return the first word that is no option, or nothing where an option stands before it that we do not know.

    The option that asks for the release stands for a command.
    """
    rest = iter(words)
    for word in rest:
        name, sign, _ = word.partition("=")
        if not word.startswith("-") or word == RELEASE:
            return word
        if name in VALUED and not sign:
            next(rest, "")
        elif name not in (*VALUED, *FLAGS):
            return ""
    return ""
