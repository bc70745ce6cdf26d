"""One solve from the frozen month to the applied plan: its state, its course and its answer, without any screen."""

from __future__ import annotations

from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from crt_scheduler import journal, planning, times
from crt_scheduler.board.solve_preview import Preview, preview
from crt_scheduler.errors import CrtError
from crt_scheduler.heard import Best, kept_words, result_of
from solver.problem import Problem, to_json
from solver.result import Progress, Result
from ui.desk import Desk
from ui.solve import stages
from ui.solver_child import SolveJob

SEED = 1


class State(Enum):
    """Where a solve stands; only a PLAN can be applied."""

    READY = "ready"
    READING = "reading"
    RUNNING = "running"
    STOPPING = "stopping"
    PLAN = "plan"


class Solving(QObject):
    """At most one solve at a time. Nothing is written before `apply`, which is one act."""

    entered = Signal(object)
    """A new State."""
    stepped = Signal()
    """The course has one step more."""
    failed = Signal(str)
    """There is no plan, and why, in a sentence; the state is READY."""
    applied = Signal()
    """The plan is written."""
    moved = Signal()
    """The roster changed since it was frozen: the plan can no longer be applied."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.job = desk, SolveJob(self)
        self.state, self.month = State.READY, desk.month
        self.problem: Problem | None = None
        self.result: Result | None = None
        self.found: Preview | None = None
        self.kept_why = ""
        """Why the solver ended before its time, in a sentence, while its best plan is on view; else nothing."""
        self.course: list[Progress] = []
        self.reached = 0
        self._heard_at = 0.0
        self.job.progressed.connect(self._progressed)
        self.job.finished.connect(self._finished)
        self.job.kept.connect(self._kept)
        self.job.failed.connect(self._fail)
        desk.changed.connect(self._look_whether_moved)
        desk.opened.connect(self._begin_anew)

    @property
    def is_busy(self) -> bool:
        """Is a solve under way?"""
        return self.state in (State.READING, State.RUNNING, State.STOPPING)

    @property
    def seats(self) -> int:
        """The places of the month, optional ones left out."""
        return sum(seat.count for seat in self.problem.seats if not seat.optional) if self.problem else 0

    @property
    def until(self) -> float:
        """Seconds of the solver's own clock by now, as far as its last step and ours tell."""
        if not self.course:
            return 0.0
        since = self.job.seconds - self._heard_at if self.state in (State.RUNNING, State.STOPPING) else 0.0
        return self.course[-1].seconds + max(0.0, since)

    def start(self, seconds: float) -> None:
        """Freeze the month on view and solve it for so many seconds."""
        if self.is_busy or not self.desk.is_open:
            return
        self._forget()
        self.month, self.course, self.reached = self.desk.month, [], 0
        month, now = self.month, self.desk.now()

        def freeze(session: Any) -> tuple[Problem, bytes]:
            problem = planning.problem(session, month, now=now)
            planning.refuse_hopeless(problem)
            return problem, to_json(problem)

        self._enter(State.READING)
        self.desk.ask(self, "freeze", freeze, lambda frozen: self._begin(*frozen, seconds), self._fail)

    def _begin(self, problem: Problem, line: bytes, seconds: float) -> None:
        self.problem = problem
        self.job.start(line, seconds=seconds, seed=SEED)
        self._enter(State.RUNNING)

    def stop(self) -> None:
        """End the search and keep the best plan so far; before the first one, that one."""
        if self.state is State.RUNNING:
            self.job.stop()
            self._enter(State.STOPPING)

    def leave(self) -> None:
        """End a solver that is at work: nobody is there any more."""
        self.job.leave()

    def apply(self) -> bool:
        """Write the plan as the month's draft in one act; a roster that moved meanwhile is left alone."""
        if self.state is not State.PLAN or self.problem is None or self.result is None:
            return False
        try:
            revision = self.desk.read(journal.revision)
        except CrtError as fault:
            self.desk.failed.emit(str(fault))
            return False
        if revision != self.problem.revision:
            self.moved.emit()
            return False
        problem, plan = self.problem, self.result.roster
        self.state = State.READY  # the announcement that follows the act is our own, no sign of a roster that moved
        if not self.desk.do(planning.APPLY(problem, plan, now=self.desk.now())):
            self.state = State.PLAN
            return False
        self._forget()
        self._enter(State.READY)
        words = self.tr("The plan of {month} is written as a draft. Undo takes it back.")
        self.desk.said.emit(words.format(month=times.month_words(problem.period)))
        self.applied.emit()
        return True

    def discard(self) -> None:
        """Forget the plan; nothing was written."""
        if self.state is State.PLAN:
            self._forget()
            self._enter(State.READY)

    def _progressed(self, step: Progress) -> None:
        self.course.append(step)
        self._heard_at = self.job.seconds
        self.reached = max(self.reached, stages.REACHED.get(step.stage, 0))
        self.stepped.emit()

    def _finished(self, result: Result) -> None:
        problem = self.problem
        assert problem is not None
        self.desk.think(self, "preview", lambda: (result, preview(problem, result.roster)), self._show)

    def _kept(self, best: Best, why: str) -> None:
        """Take the best roster of a solver that ended without its Result: what it would have signed is checked here."""
        problem = self.problem
        assert problem is not None
        # A stop was answered with the best plan, as asked: how the solver came to its end is nobody's concern.
        self.kept_why = "" if self.job.was_stopped else kept_words(why)

        def sign() -> tuple[Result, Preview]:
            result = result_of(problem, best, seed=SEED)
            return result, preview(problem, result.roster)

        self.desk.think(self, "preview", sign, self._show, self._fail)

    def _show(self, plan: tuple[Result, Preview]) -> None:
        self.result, self.found = plan
        self._enter(State.PLAN)
        self._look_whether_moved()

    def _look_whether_moved(self) -> None:
        if self.state is State.PLAN:
            self.desk.ask(self, "revision", journal.revision, self._compare)

    def _compare(self, revision: int) -> None:
        if self.state is State.PLAN and self.problem is not None and revision != self.problem.revision:
            self.moved.emit()

    def _fail(self, sentence: str) -> None:
        self._forget()
        self._enter(State.READY)
        self.failed.emit(sentence)

    def _begin_anew(self) -> None:
        """Other records are open: what was asked of the old ones is of no use."""
        self.leave()
        self._forget()
        self._enter(State.READY)

    def _forget(self) -> None:
        self.problem = self.result = self.found = None
        self.kept_why = ""

    def _enter(self, state: State) -> None:
        self.state = state
        self.entered.emit(state)
