"""Making the sample city in a process of its own: steps as they start, and Stop leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, Signal

from crt_scheduler import places
from ui.process import kill, own_process


class CityJob(QObject):
    """One making at a time; it ends with `finished` or `failed`, or, when stopped, with neither."""

    stepped = Signal(int, int, str)
    """Number of the step that starts (from 0), how many there are, its name."""
    finished = Signal(object)
    """The path of the database."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._heard, self._error = Path(), b"", ""
        self._clock = QElapsedTimer()
        self._process = own_process(self)
        self._process.readyReadStandardOutput.connect(self._listen)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._could_not_start)

    @property
    def is_running(self) -> bool:
        """Is a city being made?"""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def seconds(self) -> int:
        """Whole seconds since the start."""
        return self._clock.elapsed() // 1000 if self._clock.isValid() else 0

    def start(self, path: Path, *, month: str, now: dt.datetime, who: str) -> None:
        """Start making the sample city's database at a path."""
        self._path, self._heard, self._error = path, b"", ""
        self._clock.start()
        options = ["--json", "--database", str(path), "--now", now.isoformat(), "--who", who]
        words = [*places.own_command(), *options, "sample-city", "--month", month]
        self._process.start(words[0], words[1:])

    def stop(self) -> None:
        """End the making at once and take away what it had begun."""
        if not self.is_running:
            return
        self._process.blockSignals(True)
        kill(self._process)
        self._process.blockSignals(False)
        shutil.rmtree(places.making(self._path), ignore_errors=True)

    def _listen(self) -> None:
        self._heard += bytes(self._process.readAllStandardOutput().data())
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            said = _said(line)
            if "step" in said:
                self.stepped.emit(said["number"], said["steps"], said["step"])
            self._error = said.get("error", self._error)

    def _could_not_start(self, fault: QProcess.ProcessError) -> None:
        if fault == QProcess.ProcessError.FailedToStart:
            self.failed.emit(self.tr("The sample city could not be made: {}.").format(self._process.errorString()))

    def _ended(self, code: int) -> None:
        self._listen()
        if code == 0 and self._path.exists():
            self.finished.emit(self._path)
            return
        shutil.rmtree(places.making(self._path), ignore_errors=True)
        usual = self.tr("The sample city could not be made (exit code {}). Nothing was left behind; try again.")
        self.failed.emit(self._error or usual.format(code))


def _said(line: bytes) -> dict[str, Any]:
    """Return what a line says; nothing for one that is none of ours, such as what a library printed."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
