"""The safety net: an unexpected fault shows one sentence, keeps the records, and writes a log of no personal detail."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from crt_scheduler import safety


def catch_faults(window: QWidget) -> None:
    """Have every fault that nobody foresaw end in one box over the window, also those raised in slots."""

    def caught(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        show_fault(window, safety.log_fault(fault.with_traceback(trace)).as_posix())

    sys.excepthook = caught


def show_fault(window: QWidget, log: str) -> None:
    """Show the one sentence of a fault and where its log lies; a box that is up already is not doubled."""
    if window.findChild(QMessageBox, "fault") is not None:
        return
    words = QCoreApplication.translate(
        "Net",
        "Something went wrong that CRT Scheduler did not foresee. The records are as they were before; go on, or close "
        "and start again. A log without personal details lies at {}.",
    )
    box = QMessageBox(QMessageBox.Icon.Warning, "CRT Scheduler", words.format(log), parent=window)
    box.setObjectName("fault")
    show = box.addButton(QCoreApplication.translate("Net", "Show the log"), QMessageBox.ButtonRole.ActionRole)
    show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(log)))
    go_on = box.addButton(QCoreApplication.translate("Net", "Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)  # without one, neither Esc nor the cross nor the window's own end would close the box
    box.finished.connect(box.deleteLater)
    box.open()
