"""Single flipped bits anywhere in the file: each is found by opening, reading or backing up, or changes nothing."""

from __future__ import annotations

import random
import sqlite3

from tests.drills import checks, records
from tests.drills.tally import LOST, UNEXPLAINED, Fault, Tally
from tests.drills.teams import MONTH, Teams

NAME = "one flipped bit"
LOOKS = (
    ("history",), ("people", "--json"), ("roster", MONTH, "--json"), ("backup", "--daily", "--look-through"),
    ("backup",), ("undo",),
)  # fmt: skip
"""What a coordinator does in a day, and the window by itself: any of them may find it."""


def flip(teams: Teams, chance: random.Random) -> list[Fault]:
    """Flip one bit of a month's records and look for it as the program does."""
    team = teams.fresh("undoable")
    before = records.digest(team.database)
    held = bytearray(team.database.read_bytes())
    place = chance.randrange(len(held))
    held[place] ^= 1 << chance.randrange(8)
    team.database.write_bytes(held)
    is_harmless = _content(team.folder / "flipped.db", bytes(held)) == before
    for words in LOOKS:
        outcome = team.run(*words)
        if outcome.code == 2 or (outcome.code == 1 and "--look-through" in words):
            return []
        if outcome.code:
            return [
                Fault(
                    UNEXPLAINED,
                    f"bit at byte {place}: {words[0]} answers {checks.answer_of(outcome)}",
                )
            ]
    return (
        []
        if is_harmless
        else [Fault(LOST, f"bit at byte {place}: other records than were written, and nothing says so")]
    )


def _content(copy: object, held: bytes) -> str:
    """Return the digest of what is in a damaged file, or no words where SQLite itself cannot read it."""
    from pathlib import Path

    path = Path(str(copy))
    path.write_bytes(held)
    try:
        return records.digest(path)
    except (sqlite3.DatabaseError, UnicodeDecodeError, ValueError):
        return ""
    finally:
        path.unlink()


def drill_all(teams: Teams, tally: Tally) -> None:
    """Flip bits, one at a time."""
    tally.belongs[NAME] = "8"
    for number in tally.numbers(NAME, "", 2, 30):
        tally.note(NAME, "", number, flip(teams, tally.chance(NAME, "", number)))
