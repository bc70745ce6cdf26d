"""The day's backup and the look through the records, by a program of its own so that the window never waits."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from crt_scheduler import places
from ui.process import LEAVING, own_process


class Daily(QObject):
    """At most one look at a time; `heard` carries the sentence a person must hear, and nothing where all is well."""

    heard = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process = own_process(self)
        self._process.finished.connect(self._ended)

    @property
    def is_running(self) -> bool:
        """Is the look under way?"""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, path: Path, now: dt.datetime) -> None:
        """Back the records up unless that was done today, and look through them."""
        if self.is_running:
            return
        words = ["--database", str(path), "--now", now.isoformat(), "--json", "backup", "--daily", "--look-through"]
        command = [*places.own_command(), *words]
        self._process.start(command[0], command[1:])

    def leave(self) -> None:
        """End the look: the next start begins it again."""
        if self.is_running:
            self.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(LEAVING)
            self.blockSignals(False)

    def _ended(self, code: int, how: QProcess.ExitStatus) -> None:
        lines = bytes(self._process.readAllStandardOutput().data()).splitlines()
        answer = json.loads(lines[-1]) if lines else {}
        words = answer.get("heard", "") or answer.get("error", "")
        if how == QProcess.ExitStatus.CrashExit or (code and not words):
            words = self.tr("The day's backup could not be made. Make one in Settings, Records.")
        if words:
            self.heard.emit(words)
