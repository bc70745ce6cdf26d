"""The one place that asks for a file or folder, in a dialog that looks into no file.

Qt's own dialog opens every file of the folder it lists, to guess its type by its content. A process that opens and
closes the records by any other way than SQLite drops SQLite's locks on them (fcntl(2)), and another program's command
may then take the log away under the window: seen in /proc/locks, one lock before, none after.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

IS_SYSTEMS_OWN_SAFE = sys.platform in ("win32", "darwin")
"""Windows keeps a lock with the handle that took it, and macOS shows its dialog from another process: there the
system's own dialog is safe. A desktop of Linux may show its dialog inside this process, and look into files too."""


class PlainIcons(QAbstractFileIconProvider):
    """A folder or a file, told by what the folder's list says of it; nothing is opened."""

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the style's own icon."""
        is_file = what.isFile() if isinstance(what, QFileInfo) else what is QAbstractFileIconProvider.IconType.File
        kind = QStyle.StandardPixmap.SP_FileIcon if is_file else QStyle.StandardPixmap.SP_DirIcon
        return QApplication.style().standardIcon(kind)

    def type(self, info: QFileInfo) -> str:
        """Return what the list calls it: a folder, or a file by the ending of its name."""
        if info.isDir():
            return QCoreApplication.translate("FileDialogs", "Folder")
        ending = info.suffix().upper()
        if not ending:
            return QCoreApplication.translate("FileDialogs", "File")
        return QCoreApplication.translate("FileDialogs", "{} file").format(ending)


def ask(owner: QWidget, words: str, folder: Path | str) -> QFileDialog:
    """Return a dialog titled `words` for one file that exists, which goes when it is closed.

    It begins in a folder, or the nearest one above that there is.
    """
    # A folder, never a file: Qt would look at a chosen file before the plain icons are in place. The dialog's list
    # arrives with the event loop, hence after them.
    begin = next((place for place in (Path(folder), *Path(folder).parents) if place.is_dir()), Path.home())
    dialog = QFileDialog(owner, words, str(begin))
    if not IS_SYSTEMS_OWN_SAFE:
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    icons = PlainIcons()
    dialog.setIconProvider(icons)
    dialog.destroyed.connect(lambda: icons)  # Qt does not keep what it is given
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def ask_folder(owner: QWidget, words: str, folder: Path | str) -> QFileDialog:
    """Return a dialog for one folder."""
    dialog = ask(owner, words, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog


def ask_where(owner: QWidget, words: str, folder: Path | str, name: str) -> QFileDialog:
    """Return a dialog for a file to be written, called `name` unless another name is typed."""
    dialog = ask(owner, words, folder)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return dialog
