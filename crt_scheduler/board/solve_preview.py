"""What a solved roster would change, person by person, before anything is written."""

from __future__ import annotations

import msgspec

from crt_scheduler import planning
from solver import problem as asked
from solver import result as answered

PROMISED = frozenset({"told", "confirmed"})
"""States of a shift that somebody counts on: taking it away takes a phone call."""


class PersonChange(msgspec.Struct, frozen=True):
    """The shifts that one person would gain and lose."""

    person: str
    name: str
    area: str
    adds: tuple[planning.Difference, ...]
    drops: tuple[planning.Difference, ...]

    @property
    def promised(self) -> tuple[planning.Difference, ...]:
        """The lost shifts that the person was told of or has confirmed."""
        return tuple(row for row in self.drops if row.state in PROMISED)

    @property
    def must_be_phoned(self) -> bool:
        """Would the person lose a shift that they count on?"""
        return bool(self.promised)


class Preview(msgspec.Struct, frozen=True):
    """A solved month beside the roster as it stands: every place that changes, and the same per person."""

    differences: tuple[planning.Difference, ...]
    people: tuple[PersonChange, ...]

    @property
    def to_phone(self) -> tuple[PersonChange, ...]:
        """The people who must be phoned."""
        return tuple(change for change in self.people if change.must_be_phoned)


def preview(frozen: asked.Problem, found: tuple[answered.Placed, ...]) -> Preview:
    """Return what a solved roster changes; people to be phoned come first, then the others by name."""
    differences = tuple(planning.difference(frozen, found))
    by_person: dict[str, list[planning.Difference]] = {}
    for row in differences:
        by_person.setdefault(row.person, []).append(row)
    known = {person.id: person for person in frozen.people}
    changes = (
        PersonChange(
            person=code,
            name=known[code].name,
            area=known[code].home,
            adds=tuple(row for row in rows if row.added),
            drops=tuple(row for row in rows if not row.added),
        )
        for code, rows in by_person.items()
    )
    return Preview(differences, tuple(sorted(changes, key=lambda c: (not c.must_be_phoned, c.name, c.person))))
