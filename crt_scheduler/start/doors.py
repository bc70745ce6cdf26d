"""Every door of the start: the sentence that help says of it, what it needs in .venv, and what it runs there."""

from __future__ import annotations

from typing import NamedTuple

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-dev.lock"  # every pin of RUN_LOCK, and the tools


class Door(NamedTuple):
    """What one word after the start does."""

    sentence: str
    steps: tuple[str, ...] = ()
    """Modules that the Python of .venv runs one after the other, each with its words, until one fails."""
    lock: str = TEST_LOCK
    """The packages it needs; empty: none at all."""
    draws: bool = False
    """Whether it draws windows for nobody, so that Qt's libraries must be there."""
    takes_words: bool = False
    """Whether words of one's own may follow; the last step gets them."""


# Every test on as many processes as there are cores, none idle before the end. Counting the lines that ran takes two
# thirds more time, so that is left to coverage; what the window's tests run is not counted (tests/counting.py), so that
# a line counts only where it is tested.
EVERY_TEST = "pytest -n auto --dist worksteal"
COUNTED = f"{EVERY_TEST} -q --cov=crt_scheduler --cov=solver --cov-fail-under=85"

DOORS = {
    "help": Door("Say what each of these does.", lock=""),
    "run": Door("Open the window; without a display, plan and publish a made-up city into out/.", lock=RUN_LOCK),
    "test": Door("Run every test, or what pytest is given after it.", (EVERY_TEST,), draws=True, takes_words=True),
    "coverage": Door("Run every test, and count the lines of the core and the solver.", (COUNTED,), draws=True),
    "check": Door(
        "Look before a commit: style, types, which room imports which.",
        ("ruff check", "ruff format --check", "mypy", "pytest tests/test_rooms.py"),
        draws=True,
    ),
    "format": Door("Lay the code out, and mend what ruff can mend.", ("ruff check --fix-only", "ruff format")),
    "screenshots": Door(
        "Draw every view into docs/screenshots, or those named after it.",
        ("tests.screenshots",),
        draws=True,
        takes_words=True,
    ),
    "translations": Door(
        "Gather the sentences of the code into resources/translations, and compile them.",
        ("tests.translations collect", "tests.translations compile"),
    ),
    "documents": Door("Write the pages that are made from the code: rules, commands.", ("tests.documents write",)),
    "licences": Door(
        "Write the licences of what the program runs on into docs/licences.md.",
        ("crt_scheduler.start.licences",),
        lock=RUN_LOCK,
    ),
    "audit": Door("Ask the network about known weak points of what is installed.", lock=RUN_LOCK),
    "clean": Door("Take away what tools left behind; .venv and out/ stay.", lock=""),
}
"""The doors by the word that opens each, in the order in which help says them."""


def told() -> str:
    """Every door with its sentence, a line each."""
    widest = max(map(len, DOORS))
    return "\n".join(f"  {word:<{widest}}  {door.sentence}" for word, door in DOORS.items())
