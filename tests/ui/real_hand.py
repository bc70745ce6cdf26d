"""A hand before a real X window: clicks, keys and drags are made by xdotool, as the server's own events.

`python -m tests.ui.real_hand FILE` is what is dragged from: a little window that holds a file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.first_hour import Person
from tests.ui.visit import wait

NAMES = {
    Qt.Key.Key_Return: "Return", Qt.Key.Key_Down: "Down", Qt.Key.Key_Period: "period", Qt.Key.Key_F5: "F5",
    Qt.Key.Key_F8: "F8",
}  # fmt: skip
MODIFIERS = {Qt.KeyboardModifier.ControlModifier: "ctrl", Qt.KeyboardModifier.ShiftModifier: "shift"}
KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
HOLDER = QPoint(4, 4)
"""Where on the screen the file lies that is dragged from; wide enough to be grabbed at its middle."""
SIZE = 48


def is_at_hand() -> bool:
    """Is there a window of an X server, and something that moves its mouse?"""
    return QGuiApplication.platformName() == "xcb" and shutil.which("xdotool") is not None


class _Seen(QObject):
    """Notes the kinds of event that reach a part, or anything of the application."""

    def __init__(self, watched: QObject, *kinds: QEvent.Type) -> None:
        super().__init__()
        self.kinds, self.has_come = kinds, False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let everything pass, and note what is waited for."""
        self.has_come = self.has_come or event.type() in self.kinds
        return False


def _after(act: Callable[[], object], watched: QObject, *kinds: QEvent.Type) -> None:
    """Do something, and wait until the window has heard of it."""
    seen = _Seen(watched, *kinds)
    act()
    wait(lambda: seen.has_come)
    watched.removeEventFilter(seen)
    QApplication.processEvents()


def _xdotool(*words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=True)


def _move(at: QPoint) -> None:
    _xdotool("mousemove", at.x(), at.y())


def _middle(widget: QWidget) -> QPoint:
    """Return the middle of what is seen of a widget, in the pixels of the screen."""
    seen = widget.visibleRegion().boundingRect().center()
    return widget.mapToGlobal(seen) * widget.devicePixelRatioF()


class RealHand(Person):
    """Whoever sits before the window, with a mouse and keys that the X server knows."""

    BY: ClassVar[str] = "a real mouse and keys (xdotool)"

    def click(self, widget: QWidget, what: str) -> None:
        """Click the middle of what is seen of a widget."""
        assert widget.isVisible() and widget.isEnabled(), what
        self.acts.append(f"click {what}")
        _move(_middle(widget))
        _after(lambda: _xdotool("click", 1), widget, QEvent.Type.MouseButtonRelease)

    def key(self, widget: QWidget, key: Qt.Key, what: str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keyboard's focus is, which is this window's."""
        self.acts.append(f"key {what}")
        wait(lambda: QApplication.focusWindow() is not None)
        held = [name for modifier, name in MODIFIERS.items() if modifiers is not None and modifiers & modifier]
        said = "+".join([*held, NAMES.get(key) or chr(key.value).lower()])
        application = QApplication.instance()
        assert application is not None
        _after(lambda: _xdotool("key", said), application, *KEYS)

    def drop(self, widget: QWidget, path: Path) -> None:
        """Drag a file from another program onto a widget."""
        self.acts.append(f"drop {path.name}")
        with subprocess.Popen(
            [sys.executable, "-m", "tests.ui.real_hand", str(path)], stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None and holder.stdout.readline() == "lies here\n"
            start = HOLDER + QPoint(SIZE // 2, SIZE // 2)
            _move(start)
            _xdotool("mousedown", 1)
            assert holder.stdout.readline() == "is dragged\n"
            at = _middle(widget)
            _after(lambda: _move(at), widget, QEvent.Type.DragEnter, QEvent.Type.DragMove)
            _after(lambda: _move(at + QPoint(2, 2)), widget, QEvent.Type.DragMove)
            _after(lambda: _xdotool("mouseup", 1), widget, QEvent.Type.Drop)
            holder.terminate()  # not before: what is dropped is asked of whom it was dragged from


class _Holder(QLabel):
    """A file that lies on the screen."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.suffix)
        self._path = path
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.X11BypassWindowManagerHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(HOLDER.x(), HOLDER.y(), SIZE, SIZE)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin the drag."""
        drag, carried = QDrag(self), QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(self._path.resolve()))])
        drag.setMimeData(carried)
        print("is dragged", flush=True)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> None:
    """Hold the file until nobody asks for it any more."""
    application = QApplication(sys.argv[:1])
    holder = _Holder(Path(sys.argv[1]))
    holder.show()
    wait(lambda: holder.windowHandle() is not None and holder.windowHandle().isExposed())
    print("lies here", flush=True)
    application.exec()


if __name__ == "__main__":
    main()
