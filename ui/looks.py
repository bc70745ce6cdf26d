"""What was read of the records for whom: the tables of each look decide when who shows its answer is stale."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject

from crt_scheduler import remedies

if TYPE_CHECKING:
    from crt_scheduler.store import Store

T = TypeVar("T")


class Looks:
    """By owner and name of a question, the tables its newest answer was read from; None: it is being read."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], tuple[ref[QObject], set[str] | None]] = {}

    def look(self, store: Store, look: Callable[[Any], T], tables: set[str] | None = None) -> T:
        """Return what a look reads; the names of the tables it selects from are put into `tables`, also if it fails."""
        from crt_scheduler import looked

        with (
            remedies.in_window(),
            store.read() as session,
            nullcontext() if tables is None else looked.noting(session, tables),
        ):
            return look(session)

    def note(self, owner: QObject, name: str, tables: set[str] | None) -> None:
        """Keep the tables of an owner's answer in place of those it had under this name."""
        self._known[id(owner), name] = (ref(owner), tables)

    def forget(self) -> None:
        """Forget everything: the records are others."""
        self._known.clear()

    def is_stale(self, page: QObject, changed: frozenset[str]) -> bool:
        """Can anything read for a page, or a part of it, be otherwise after acts that touched some tables?

        What is being read is: it may have been read before them. So is a page that has read nothing.
        """
        from crt_scheduler import looked

        mine = [tables for owner, tables in self._living() if _is_part(owner, page)]
        return not mine or any(tables is None or looked.is_stale(tables, changed) for tables in mine)

    def _living(self) -> list[tuple[QObject, set[str] | None]]:
        """Return owners that are still there with their tables, and let go of the others."""
        found = [(key, owner(), tables) for key, (owner, tables) in self._known.items()]
        for key, owner, _ in found:
            if owner is None or not shiboken6.isValid(owner):
                del self._known[key]
        return [(owner, tables) for _, owner, tables in found if owner is not None and shiboken6.isValid(owner)]


def _is_part(owner: QObject | None, page: QObject) -> bool:
    """Is an object a page, or does it stand in one?"""
    while owner is not None:
        if owner is page:
            return True
        owner = owner.parent()
    return False
