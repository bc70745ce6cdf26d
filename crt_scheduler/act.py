"""An act as a value: its function, what history calls it and what it answers stand together, once, by its noun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from solver.wording import tr

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """An act that was done: what it answers, what history calls it, and why undo refuses it (no words: it does not)."""

    answer: T
    label: str
    final: str = ""


@dataclass(frozen=True)
class Deed(Generic[T]):
    """An act with the values it is to be done with: what the window and the command line ask the records to do."""

    run: Callable[[Session], Done[T]]

    def answering(self, look: Callable[[Session, T], R]) -> Deed[R]:
        """Return the same act with another answer: what `look` reads just after it, given the act's own."""

        def run(session: Session) -> Done[R]:
            done = self.run(session)
            return Done(look(session, done.answer), done.label, done.final)

        return Deed(run)


def _undone_by_undo(*_: Any, **__: Any) -> str:
    return ""


@dataclass(frozen=True)
class Act(Generic[P, T]):
    """A kind of act: called with values, it is a Deed.

    `label` is a message with the values' names in braces, or takes a session and the same values. It is said just
    before the act, so that it can name what goes; with `names_answer` just after, and takes the answer, too, ahead of
    the values. `final` says why undo refuses the act.
    """

    do: Callable[Concatenate[Session, P], T]
    label: str | Callable[..., str]
    names_answer: bool = False
    final: Callable[..., str] = _undone_by_undo

    def __call__(self, *values: P.args, **named: P.kwargs) -> Deed[T]:
        """Return the act with the values it is to be done with."""

        def said(session: Session, *answer: T) -> str:
            if callable(self.label):
                return self.label(session, *answer, *values, **named)
            return tr(self.label, **dict(signature(self.do).bind(session, *values, **named).arguments))

        def run(session: Session) -> Done[T]:
            before = None if self.names_answer else said(session)
            final = self.final(session, *values, **named)
            answer = self.do(session, *values, **named)
            return Done(answer, said(session, answer) if before is None else before, final)

        return Deed(run)
