"""One solver as a child process of the window: a frozen month in, progress and a Result out, Stop in between."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from crt_scheduler import child
from solver.result import Result
from ui.process import end, own_process

NICE = 5
"""The window goes first: with it the longest gap of the event loop stayed at 52-82 ms while a city was solved."""
PATIENCE = 10_000
"""Milliseconds for answering a stop: it takes half a second on a city, more on a machine that is busy elsewhere."""


class SolveJob(QObject):
    """At most one solver at a time; it ends with one of `finished`, `failed` or, when told to go, with neither."""

    progressed = Signal(object)
    """How far it has come (solver.result.Progress)."""
    finished = Signal(object)
    """The best roster with its certificate (solver.result.Result)."""
    failed = Signal(str)
    """Why there is no roster, in a sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._heard = bytearray()
        self._complaint = bytearray()
        self._result: Result | None = None
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._lose_patience)
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

    def start(self, problem: bytes, *, seconds: float, seed: int = 1) -> None:
        """Start solving a Problem (one line of JSON) for so many seconds."""
        self._heard, self._complaint, self._result = bytearray(), bytearray(), None
        words = child.command(seconds=seconds, work=None, seed=seed, nice=NICE)
        self._clock.start()
        self._process.start(words[0], words[1:])
        self._process.write(problem + b"\n")

    def stop(self) -> None:
        """Ask for the best roster so far; an answer that does not come within PATIENCE is given up."""
        if self.is_running:
            self._process.write(b"stop\n")
            self._deadline.start(PATIENCE)

    def kill(self) -> None:
        """End the solver at once; what it found is lost."""
        self._process.kill()

    def leave(self) -> None:
        """End the solver without a word, because nobody is there any more; it is gone when this returns."""
        self._deadline.stop()
        self.blockSignals(True)
        end(self._process)
        self.blockSignals(False)

    def _listen(self) -> None:
        """Take what has arrived, line by line; a line that is not whole yet waits for its rest."""
        self._heard += bytes(self._process.readAllStandardOutput().data())
        *lines, rest = self._heard.split(b"\n")
        self._heard = bytearray(rest)
        for line in lines:
            said = msgspec.json.decode(line, type=child.Line)
            if isinstance(said, Result):
                self._result = said
            else:
                self.progressed.emit(said)

    def _note_complaint(self) -> None:
        self._complaint += bytes(self._process.readAllStandardError().data())

    def _lose_patience(self) -> None:
        self._complaint += self.tr("it did not answer a stop").encode()
        self.kill()

    def _could_not_start(self, fault: QProcess.ProcessError) -> None:
        if fault == QProcess.ProcessError.FailedToStart:
            self.failed.emit(child.ended(-1, self._process.errorString()))

    def _ended(self, code: int, how: QProcess.ExitStatus) -> None:
        self._deadline.stop()
        self._listen()
        self._note_complaint()
        if self._result is not None:
            self.finished.emit(self._result)
            return
        said = self._complaint.decode(errors="replace")
        if how == QProcess.ExitStatus.CrashExit and not said.strip():
            said = self.tr("it was ended from outside")
        self.failed.emit(child.ended(code, said))
