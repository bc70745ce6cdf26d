"""A phone number one click away: it is copied and handed to the telephone program, and the click is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ui.look import Look
from ui.parts import Button

SHOWN_MS = 1500


def dial(number: str) -> None:
    """Hand a number to the program that phones, where there is one."""
    QDesktopServices.openUrl(QUrl(f"tel:{number}"))


class PhoneLink(Button):
    """A number as a link, or a button with a label; a click copies it, dials it and says so for a moment."""

    def __init__(
        self,
        look: Look,
        number: str,
        words: str,
        name: str,
        *,
        label: str = "",
        dial: Callable[[str], object] = dial,
    ) -> None:
        super().__init__(words, "" if label else "link")
        self._number, self._words, self._name, self._dial = number, words, name, dial
        self._label = label or words
        self.with_icon(look, "phone")
        self.setToolTip(self.tr("Phone {} and copy the number").format(name))
        self._back = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._back.timeout.connect(lambda: self._say(self._label))
        self.clicked.connect(self._phone)
        self._say(self._label)

    def _phone(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))  # nothing moves while it says so
        self._say(self.tr("Copied"))
        self._back.start()
        self._dial(self._number)

    def _say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(
            self.tr("Phone {}: {}").format(self._name, self._words if words == self._label else words)
        )
