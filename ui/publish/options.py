"""What a publication writes beside the calendars, and where: remembered from one month to the next."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit

from ui import recall
from ui.file_dialogs import ask_folder
from ui.outcome import in_the_way
from ui.parts import Button, Card, Field

FOLDER, MAIL, SHEET = "publish/folder", "publish/mail", "publish/sheet"


def usual_folder(settings: QSettings, month: str) -> Path:
    """Return the folder of a month: beside the last month's where that was chosen, else in the documents."""
    last = recall.text(settings, FOLDER, "")
    if not last:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) / "CRT Scheduler" / month
    path = Path(last)
    return path.parent / month if re.fullmatch(r"\d{4}-\d{2}", path.name) else path


class OptionsCard(Card):
    """Mail drafts, the duty sheet, the folder."""

    def __init__(self, settings: QSettings, month: str) -> None:
        super().__init__(self.tr("Files"))
        self._settings = settings
        self.mail = QCheckBox(self.tr("Mail drafts, one per person with changes"))
        self.sheet = QCheckBox(self.tr("Duty sheet with phone numbers, as PDF"))
        for box, key, usual in ((self.mail, MAIL, True), (self.sheet, SHEET, False)):
            box.setChecked(recall.is_on(settings, key, usual))
        self.replace = QCheckBox(self.tr("Replace files there that this program did not write"))
        self.replace.hide()
        self.edit = QLineEdit(str(usual_folder(settings, month)))
        self.field = Field(self.tr("Folder"), self.edit)
        self.edit.textEdited.connect(lambda _: self.field.fault(""))
        browse = Button(self.tr("Choose…"), tip=self.tr("Choose the folder for the calendars"))
        browse.clicked.connect(self._browse)
        self.field.put_beside(browse)
        for box in (self.mail, self.sheet):
            self.body.addWidget(box)
        self.body.addWidget(self.field)
        self.body.addWidget(self.replace)

    def refuse(self, words: str) -> None:
        """Say beside the folder why nothing went out; where files of others are in the way, offer to replace them."""
        there = in_the_way(words)
        self.replace.setVisible(bool(there) or self.replace.isChecked())
        self.field.fault(f"{there} {self.tr('Choose another folder, or tick below.')}" if there else words)

    @property
    def folder(self) -> Path:
        """The folder that is written to."""
        return Path(self.edit.text().strip()).expanduser()

    def remember(self) -> None:
        """Keep the choices for the next month."""
        for key, value in ((FOLDER, str(self.folder)), (MAIL, self.mail.isChecked()), (SHEET, self.sheet.isChecked())):
            self._settings.setValue(key, value)

    def _browse(self) -> None:
        dialog = ask_folder(self, self.tr("Folder for the calendars"), self.folder.parent)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()
