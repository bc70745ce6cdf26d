"""A worker: one thread beside the window's; answers come back on the window's thread, newest question first served."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from crt_scheduler.errors import CrtError
from ui.outcome import Told


@dataclass(frozen=True)
class _Question:
    key: tuple[int, str]
    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], object]
    otherwise: Callable[[str], object]
    unwanted: Callable[[Any], object]


def _nothing(answer: Any) -> None:
    """Leave an answer that nobody waits for to itself: most are plain values."""


class Worker(QObject):
    """One thread for questions; a question with the key of an older one replaces it.

    A CrtError goes to the question's `otherwise` as its sentence (`Told`); any other fault is raised here, in the
    window's thread, for the safety net. The thread is only told a question's number: were it to hold the question, it
    could be the last to let go of a widget, and a widget freed outside the window's thread crashes the next turn of its
    loop.
    """

    _answered = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1)
        self._questions: dict[int, _Question] = {}
        self._answers: dict[int, tuple[Any, BaseException | None]] = {}
        self._numbers: dict[tuple[int, str], int] = {}
        self._waiting: dict[tuple[int, str], Future[None]] = {}
        self._count = 0
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        who: tuple[QObject, str],
        work: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[str], object],
        *,
        unwanted: Callable[[Any], object] = _nothing,
    ) -> None:
        """Have `work` done in the thread, then call `then` with its answer here, unless asked anew meanwhile.

        An answer that nobody waits for any more goes to `unwanted`, which closes what was opened.
        """
        key = (id(who[0]), who[1])
        self._drop(key)
        self._count += 1
        self._numbers[key] = self._count
        self._questions[self._count] = _Question(key, who[0], work, then, otherwise, unwanted)
        self._waiting[key] = self._thread.submit(self._work, self._count)

    def _drop(self, key: tuple[int, str]) -> None:
        """Take a question back: one that has not begun is never asked, the answer of one under way is dropped."""
        waiting, number = self._waiting.pop(key, None), self._numbers.pop(key, 0)
        if waiting is not None and waiting.cancel():
            self._questions.pop(number, None)

    def _work(self, number: int) -> None:
        self._answers[number] = self._try(number)
        if shiboken6.isValid(self):
            self._answered.emit(number)

    def _try(self, number: int) -> tuple[Any, BaseException | None]:
        """Return the answer or the fault; on return the thread has let go of the question."""
        try:
            return self._questions[number].work(), None
        except BaseException as raised:  # noqa: BLE001 - carried to the window's thread, which knows what to do with it
            return None, raised

    def _take(self, number: int) -> None:
        question = self._questions.pop(number, None)
        if question is None:  # the worker has ended meanwhile and taken it
            return
        answer, fault = self._answers.pop(number)
        is_newest = self._numbers.get(question.key) == number
        if is_newest:  # also where its owner is gone: nothing is asked any more
            del self._numbers[question.key]
            self._waiting.pop(question.key, None)
        if not is_newest or not shiboken6.isValid(question.owner):
            if fault is None:
                question.unwanted(answer)
            return
        if fault is None:
            question.then(answer)
        elif isinstance(fault, CrtError):
            question.otherwise(Told(fault))
        else:
            raise fault

    @property
    def is_busy(self) -> bool:
        """Is anything asked that has not been answered?"""
        return bool(self._numbers)

    def forget(self) -> None:
        """Drop every question that has not been answered."""
        for key in list(self._waiting):
            self._drop(key)

    def end(self) -> None:
        """Drop every question and wait for the thread to finish the one it is at."""
        self.forget()
        self._thread.shutdown(wait=True, cancel_futures=True)
        for number in list(self._answers):
            self._take(number)
