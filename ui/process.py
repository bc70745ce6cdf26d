"""A program of ours as a child process of the window, which ends with its owner."""

from __future__ import annotations

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from crt_scheduler import places

LEAVING = 500
"""Milliseconds for leaving when nobody is there any more."""
GONE = 30_000
"""Milliseconds for the system to take a killed program away: a moment, unless it has no time for it at all."""


def own_process(owner: QObject) -> QProcess:
    """Return a process that ends with its owner instead of complaining that it still runs."""
    process = QProcess(owner)
    surroundings = QProcessEnvironment()
    for name, value in places.own_environment().items():
        surroundings.insert(name, value)
    process.setProcessEnvironment(surroundings)
    owner.destroyed.connect(lambda: end(process))
    return process


def end(process: QProcess) -> None:
    """Close the line to a program, which then leaves, and end it if it has not within LEAVING."""
    if process.state() == QProcess.ProcessState.NotRunning:
        return
    process.closeWriteChannel()
    if not process.waitForFinished(LEAVING):
        kill(process)


def kill(process: QProcess) -> None:
    """End a program at once, and return when it is gone."""
    process.kill()
    process.waitForFinished(GONE)
