"""What a publication has done: what was written and where, whom to phone now, and who has no e-mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import Button, Card, Words, counted, secondary, sentence, title
from ui.publish.publication_changes import ChangesTable
from ui.today.today_words import month_words

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import PersonNews
    from crt_scheduler.publish.publishing import Published

COPIED_MS = 1500
NAMES = 8


def open_folder(path: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class DonePage(QWidget):
    """The end of a publication. `closed` when the person is through."""

    closed = Signal()

    def __init__(self, look: Look, *, show_folder: Callable[[Path], object] = open_folder) -> None:
        super().__init__()
        self._show_folder = show_folder
        self._folder, self._to_phone = Path(), ""
        self.title = title("", 15)
        self.written, self.silent, self.advice = sentence(""), sentence("", "warning"), sentence("", "secondary")
        self.table = ChangesTable(look)
        self.files, self._lines = Card(self.tr("What was written")), QWidget()
        self.files.body.addWidget(self._lines)
        self.phone = Card(self.tr("Phone these people"))
        self.phone.body.addWidget(self.table)
        self.copy = Button(self.tr("Copy the list to phone")).with_icon(look, "copy")
        self.copy.clicked.connect(self._copy)
        self.folder = Button(self.tr("Open folder"), "primary").with_icon(look, "folder")
        self.folder.clicked.connect(lambda: self._show_folder(self._folder))
        close = Button(self.tr("Close"))
        close.clicked.connect(self.closed)
        acts = QHBoxLayout()
        for part in (self.folder, self.copy):
            acts.addWidget(part)
        acts.addStretch(1)
        acts.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for words in (self.title, self.written, self.silent):
            column.addWidget(words)
        column.addWidget(self.files)
        column.addWidget(self.phone, 100)
        column.addWidget(self.advice)
        column.addStretch(1)
        column.addLayout(acts)
        self._back = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._back.timeout.connect(lambda: self.copy.setText(self.tr("Copy the list to phone")))

    def show_done(self, report: Published, folder: Path, people: tuple[PersonNews, ...]) -> None:
        """Show a publication's report; `people` are those it had news for."""
        to_phone = tuple(person for person in people if person.must_phone)
        known = {person.person: person.name for person in people}
        from crt_scheduler.publish.publication_preview import phone_list

        self._folder, self._to_phone = folder, phone_list(to_phone)
        month = month_words(report.month)
        said = (
            self.tr("{}, version {}, is published") if report.is_new_version else self.tr("{}, version {}: same files")
        )
        self.title.say(said.format(month, report.version))
        self._list(report.files)
        changed = counted(len(report.people_changed), "1 person has", "{} people have")
        words = self.tr("{} changes: {} new, {} changed, {} cancelled. The files are in {}")
        self.written.say(words.format(changed, report.new, report.changed, report.cancelled, folder))
        names = ", ".join(known.get(code, code) for code in report.without_email[:NAMES])
        more = len(report.without_email) - NAMES
        without = names + (self.tr(" and {} more").format(more) if more > 0 else "")
        self.silent.say(self.tr("No e-mail address, so hand them their calendar: {}.").format(without))
        self.silent.setVisible(bool(report.without_email))
        self.table.show_people(to_phone)
        for part in (self.phone, self.copy):
            part.setVisible(bool(to_phone))
        self.phone.note.say(str(len(to_phone)))
        self.advice.say(
            self.tr(
                "Calendars that are subscribed to refresh in 4 to 24 hours. A file opened twice may duplicate "
                "shifts in some programs. Phone about late changes too."
            )
        )
        self.folder.setFocus()

    def _list(self, files: tuple[str, ...]) -> None:
        """Say how many files of each kind there are."""
        names = {
            "calendars": self.tr("Calendars, one per person"),
            "roster": self.tr("The whole roster: calendars and tables"),
            "changes": self.tr("What changed and why, one per person"),
            "mail": self.tr("Mail drafts, ready to be sent"),
        }
        lines, grid = QWidget(), QGridLayout()
        lines.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(2, 1)
        kinds = Counter(name.partition("/")[0] for name in files)
        for row, (kind, count) in enumerate(kinds.items()):
            number = Words(f"{count:,}", bold=True)
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Words(names.get(kind, self.tr("Duty sheet with phone numbers"))), row, 1)
            grid.addWidget(secondary(kind), row, 2)
        self.files.body.replaceWidget(self._lines, lines)
        lines.show()
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._to_phone)
        self.copy.setText(self.tr("Copied"))
        self._back.start()
