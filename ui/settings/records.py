"""Ask for another file of records and open it; nothing waits for the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.desk import Desk
from ui.file_dialogs import ask, ask_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.window import Window


def choose_records(window: Window) -> None:
    """Ask for a file of records in place of those on view."""
    words = window.tr("Open other records")
    ask_for_file(window, window.desk, words, lambda path: window.open_records(path))


def ask_for_file(owner: QWidget, desk: Desk, words: str, then: Callable[[Path], object], folder: str = "") -> None:
    """Ask for one file of records, from the folder of those on view on, and hand its path on."""
    start = folder or (desk.path.parent if desk.path.name else Path.home())
    dialog = ask(owner, words, start)
    dialog.setNameFilters([owner.tr("Records (*.db *.sqlite *.sqlite3)"), owner.tr("All files (*)")])
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def ask_for_folder(owner: QWidget, words: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder and hand its path on."""
    dialog = ask_folder(owner, words, Path.home())
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
