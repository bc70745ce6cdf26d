"""Attended work: a long solve runs beside, while this side keeps listening for a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome")


class Stopped(Exception):
    """Somebody asked to stop, or the time is up."""


class Beside(Generic[Outcome]):
    """A call running in a thread of its own (the backend gives Python's lock back while it works)."""

    def __init__(self, call: Callable[[], Outcome]) -> None:
        self._call = call
        self._outcome: list[Outcome] = []
        self._fault: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._outcome.append(self._call())
        except BaseException as fault:  # noqa: BLE001 - raised again where the outcome is asked for
            self._fault.append(fault)

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` and say whether the call is over."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def outcome(self) -> Outcome:
        """Return what the call returned, or raise what it raised; only after it is over."""
        if self._fault:
            raise self._fault[0]
        return self._outcome[0]


def attended(call: Callable[[], Outcome], should_stop: Callable[[], bool]) -> Outcome:
    """Run a call to its end, or raise Stopped as soon as a stop is wished (the call is then left to run out)."""
    beside = Beside(call)
    while not beside.wait(0.02):
        if should_stop():
            raise Stopped
    return beside.outcome()
