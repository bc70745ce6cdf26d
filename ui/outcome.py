"""What came of an act that was asked for: its answer and label, or the fault with its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from crt_scheduler.act import Done
    from crt_scheduler.errors import CrtError

T = TypeVar("T")


class Told(str):
    """The sentence of a fault, which knows what is wrong apart from what helps."""

    fault: CrtError

    def __new__(cls, fault: CrtError) -> Told:
        """Return the whole sentence of a fault."""
        told = super().__new__(cls, str(fault))
        told.fault = fault
        return told


def in_the_way(words: str) -> str:
    """Return what somebody else wrote where this would be written, as a sentence; nothing where that is not wrong."""
    from crt_scheduler.remedies import is_in_the_way

    return words.fault.sentence if isinstance(words, Told) and is_in_the_way(words.fault.remedy) else ""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """True where the act was done; else nothing was written, and `fault` says why."""

    done: Done[T] | None = None
    fault: CrtError | None = None

    def __bool__(self) -> bool:
        return self.done is not None

    @property
    def answer(self) -> T:
        """What the act answers; the fault is raised where it was refused."""
        return self._kept().answer

    @property
    def label(self) -> str:
        """What history calls the act; the fault is raised where it was refused."""
        return self._kept().label

    def _kept(self) -> Done[T]:
        if self.done is None:
            assert self.fault is not None
            raise self.fault
        return self.done

    @property
    def sentence(self) -> str:
        """Why it was refused; nothing where it was done."""
        return "" if self.fault is None else str(self.fault)

    @property
    def place(self) -> str:
        """Where what helps is done; nothing where that is here, or nothing is wrong."""
        remedy = None if self.fault is None else self.fault.remedy
        return remedy.place if remedy else ""

    @property
    def faults(self) -> dict[str, str]:
        """The first sentence of each field at fault, what is wrong with the whole under no name; nothing once done."""
        found: dict[str, str] = {}
        for each in () if self.fault is None else self.fault.faults:
            found.setdefault(each.field, each.sentence)
        return found
