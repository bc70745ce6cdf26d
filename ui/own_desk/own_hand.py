"""The hand of one responder at the shared desk: who they are, and acts that their own name signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from crt_scheduler import journal
from crt_scheduler.act import Deed
from crt_scheduler.own_desk import OwnPage
from ui.desk import Desk
from ui.outcome import Outcome

T = TypeVar("T")


@dataclass(frozen=True)
class Hand:
    """A responder who is at the desk; `who` signs what they do, and they undo what they did."""

    desk: Desk
    code: str
    who: str

    def attempt(self, deed: Deed[T]) -> Outcome[T]:
        """Do one act in the responder's name."""
        return self.desk.attempt(deed, who=self.who)

    def undo(self) -> None:
        """Take back the responder's own newest act."""
        self.desk.undo(who=self.who)

    def last_act(self) -> str:
        """Return what undo would take back; nothing where there is nothing of theirs."""
        act = self.desk.read(lambda session: journal.next_undo(session, self.who))
        return act.label if act is not None and not act.final else ""


def hand_of(desk: Desk, page: OwnPage) -> Hand:
    """Return the hand of the person whose page it is."""
    return Hand(desk, page.code, page.signature)
