"""Acts on the board: each is one act of the journal under a label for people; what it breaks is said, not refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crt_scheduler import roster, roster_many
from crt_scheduler.act import Deed
from crt_scheduler.board import Board, Line, Place
from crt_scheduler.board.board_changes import reread
from crt_scheduler.board.choices import Choice
from ui.desk import Desk
from ui.roster.drops import Drop, Held

if TYPE_CHECKING:
    from ui.roster.board import RosterBoard


class BoardActs(QObject):
    """Does what the board asks for. After an act the board shows its rows at once; rules follow with the next board."""

    def __init__(self, desk: Desk, view: RosterBoard) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._known: frozenset[str] = frozenset()
        self._label = ""
        self.is_preview = False

    def assign(self, line: Line, choice: Choice) -> bool:
        """Put a person on a shift."""
        name = roster.shift_name(choice.shift)
        return self._do(roster.ASSIGN(name, line.person, role=choice.role, tier=choice.tier), dates={name.date})

    def take(self, held: Held, found: Drop) -> bool:
        """Do what letting go of a chip means; a drop that means nothing says why."""
        if found.act == "move":
            return self._move(held.place, found.shift)
        if found.act == "hand over":
            return self._hand_over(held.place, found.person)
        if found.act == "swap" and found.other is not None:
            return self._swap(held.place, found.other)
        if found.words:
            self._desk.failed.emit(found.words)
        return False

    def _move(self, place: Place, shift: str) -> bool:
        name, row = roster.shift_name(shift), place.row
        return self._do(roster.MOVE(row.id, name), dates={row.date, name.date}, lost=[place])

    def _hand_over(self, place: Place, person: str) -> bool:
        row, name = place.row, roster.shift_name(place.row.shift)
        return self._do(roster.REPLACE(name, row.person, person), dates={row.date}, lost=[place])

    def _swap(self, one: Place, other: Place) -> bool:
        dates = {one.row.date, other.row.date}
        return self._do(roster.SWAP(one.row.id, other.row.id), dates=dates, lost=[one, other])

    def clear(self, places: list[Place]) -> bool:
        """Take people off shifts."""
        return self._many(roster_many.CLEAR(_keys(places)), places, lost=places)

    def lock(self, places: list[Place]) -> bool:
        """Lock places, or unlock them where all are locked."""
        locked = not all(place.row.locked for place in places)
        return self._many(roster_many.LOCK(_keys(places), locked=locked), places)

    def promise(self, places: list[Place], state: str) -> bool:
        """Note that people were told, or have confirmed."""
        return self._many(roster_many.PROMISE(_keys(places), state), places)

    def _many(self, deed: Deed[Any], places: list[Place], *, lost: Sequence[Place] = ()) -> bool:
        """Do one act on places."""
        return self._do(deed, dates={place.row.date for place in places}, lost=lost)

    def _to_phone(self, lost: Sequence[Place]) -> str:
        """Say who was promised a place that is now taken away, for they must hear of it."""
        promised = dict.fromkeys(place.row.name for place in lost if place.row.state in ("told", "confirmed"))
        if len(promised) == 1:
            return self.tr(" {} had been told: phone them.").format(*promised)
        return self.tr(" {} people had been told: phone them.").format(len(promised)) if promised else ""

    def _do(self, deed: Deed[Any], *, dates: Iterable[dt.date], lost: Sequence[Place] = ()) -> bool:
        """Do an act and show the board with its rows read anew, in the one session of the act."""
        board = self._view.board
        if self.is_preview:
            self._desk.failed.emit(self.tr("This is a plan that is not applied yet. Apply it or discard it first."))
            return False
        if board is None:
            return False
        done = self._desk.do(deed.answering(lambda session, _: reread(session, board, dates)))
        if not done:
            return False
        self._label = f"{done.label}.{self._to_phone(lost)}"
        self._view.set_board(done.answer)
        self._desk.said.emit(self._label)
        return True

    def hear(self, board: Board) -> None:
        """Take the true board; after an act of ours, say which rules are broken now that were not."""
        broken = {violation.sentence: None for violation in board.hard}
        fresh = [sentence for sentence in broken if sentence not in self._known]
        if self._label and fresh:
            more = self.tr(" {} more rules are broken.").format(len(fresh) - 1) if len(fresh) > 1 else ""
            self._desk.said.emit(f"{self._label} {fresh[0]}{more}")
        self._known, self._label = frozenset(broken), ""


def _keys(places: Iterable[Place]) -> list[roster_many.Key]:
    return [place.key for place in places]
