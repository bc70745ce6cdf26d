"""One solver as a child process of the window: a frozen month in, progress and a Result out, Stop in between."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from crt_scheduler import child
from crt_scheduler.heard import Heard
from ui.process import end, own_process

NICE = 5
"""The window goes first: with it the longest gap of the event loop stayed at 52-82 ms while a city was solved."""
PATIENCE = int(child.PATIENCE * 1000)
"""Milliseconds for answering a stop while a roster is in hand: it is that roster or a little better that is awaited."""
FIRST = 120_000
"""Milliseconds for the first roster after a stop: loading the solver takes a second, on a crowded machine thirty."""


class SolveJob(QObject):
    """At most one solver at a time; it ends with one of `finished`, `kept`, `failed` or, when told to go, with none."""

    progressed = Signal(object)
    """How far it has come (solver.result.Progress)."""
    finished = Signal(object)
    """The best roster with its certificate (solver.result.Result)."""
    kept = Signal(object, str)
    """It ended without a Result: the best roster it had sent (crt_scheduler.heard.Best), and why in a few words."""
    failed = Signal(str)
    """Why there is no roster, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.patience, self.first_patience = PATIENCE, FIRST
        self.words: list[str] = []
        """Another program that speaks as the solver does; none: the solver."""
        self.was_stopped = False
        """Was it told to stop? Then an end without a Result is no surprise."""
        self._clock = QElapsedTimer()
        self._heard, self._passed = Heard(), 0
        self._complaint = bytearray()
        self._why = ""
        self._deadline, self._overdue = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._deadline.timeout.connect(lambda: self._give_up(self.tr("it did not answer a stop")))
        self._overdue.timeout.connect(self._look_whether_frozen)
        self._process = own_process(self)
        self._process.readyReadStandardOutput.connect(self._listen)
        self._process.readyReadStandardError.connect(self._note_complaint)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._could_not_start)

    @property
    def is_running(self) -> bool:
        """Is a solver at work?"""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._clock.elapsed() / 1000 if self._clock.isValid() else 0.0

    @property
    def number(self) -> int:
        """The process number of the solver, 0 while there is none."""
        return int(self._process.processId())

    def start(self, problem: bytes, *, seconds: float, seed: int) -> None:
        """Start solving a Problem (one line of JSON) for so many seconds."""
        self._heard, self._passed, self._complaint, self._why = Heard(), 0, bytearray(), ""
        self.was_stopped = False
        words = self.words or child.command(seconds=seconds, work=None, seed=seed, nice=NICE)
        self._clock.start()
        self._overdue.start(int((seconds + child.OVERDUE) * 1000))
        self._process.start(words[0], words[1:])
        self._process.write(problem + b"\n")

    def stop(self) -> None:
        """Ask for the best roster so far; without an answer, the best one that was sent is kept."""
        if self.is_running:
            self.was_stopped = True
            self._process.write(b"stop\n")
            self._deadline.start(self.first_patience if self._heard.best is None else self.patience)

    def kill(self) -> None:
        """End the solver at once; what it has sent is kept."""
        self._process.kill()

    def leave(self) -> None:
        """End the solver without a word, because nobody is there any more; it is gone when this returns."""
        self._deadline.stop()
        self._overdue.stop()
        self.blockSignals(True)
        end(self._process)
        self.blockSignals(False)

    def _listen(self) -> None:
        self._heard.take(bytes(self._process.readAllStandardOutput().data()))
        steps = self._heard.steps[self._passed :]
        if steps and not self._passed and self._deadline.isActive():
            self._deadline.start(self.patience)  # the first roster is there; the answer is due now
        self._passed += len(steps)
        for step in steps:
            self.progressed.emit(step)

    def _note_complaint(self) -> None:
        self._complaint += bytes(self._process.readAllStandardError().data())

    def _look_whether_frozen(self) -> None:
        if self._heard.best is not None:
            self._give_up(self.tr("it did not end in its time"))

    def _give_up(self, why: str) -> None:
        self._why = why
        self.kill()

    def _could_not_start(self, fault: QProcess.ProcessError) -> None:
        if fault == QProcess.ProcessError.FailedToStart:
            self._overdue.stop()
            self.failed.emit(child.ended(self._process.errorString()))

    def _ended(self, code: int, how: QProcess.ExitStatus) -> None:
        self._deadline.stop()
        self._overdue.stop()
        self._listen()
        self._note_complaint()
        if self._heard.result is not None:
            self.finished.emit(self._heard.result)
            return
        is_crash = how == QProcess.ExitStatus.CrashExit
        why = self._why or child.reason(-1 if is_crash else code, self._complaint.decode(errors="replace"))
        if self._heard.best is not None:
            self.kept.emit(self._heard.best, why)
        else:
            self.failed.emit(child.ended(why))
