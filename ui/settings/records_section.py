"""Settings of the records: where they lie, backing them up, and putting a backup in their place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout

from crt_scheduler import backups, store, times
from crt_scheduler.backups import Backup, Preview, rotation
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs
from ui.desk import Desk
from ui.list_model import Column, ListModel
from ui.parts import Button, sentence, title
from ui.people.people_words import date_words
from ui.settings.records import ask_for_file, ask_for_folder
from ui.settings.settings_section import Section
from ui.words import tr


def backup_words(backup: Backup, zone: times.Zone | None) -> str:
    """Return when a backup was made, as a zone's people tell it, why, and its size."""
    why = {
        "backup": tr("made by hand"),
        "daily": tr("of the day"),
        "before-publish": tr("before a month was published"),
        "before-purge": tr("before a purge"),
        "kept": tr("kept when the file was replaced"),
        "before-restore": tr("before a backup was restored"),
        "before-upgrade": tr("before the records were upgraded"),
    }.get(backup.why, backup.why)
    return f"{_moment(backup.at, zone)}   {why}   {QLocale().formattedDataSize(backup.size)}"


class RecordsSection(Section):
    """The file, its backups, and a question of one sentence before anything is replaced."""

    needs_records = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("RecordsSection", "Records"))
        self.path = sentence("")
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(self.tr("Where the records lie"))
        self.path.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.said = sentence("")
        self.said.hide()
        self.back_up = Button(self.tr("Back up now"), "primary")
        self.back_up.clicked.connect(self._back_up)
        self.model: ListModel[Backup] = ListModel(())
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Backups, newest first"))
        self.list.setProperty("kind", "framed")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self._none = sentence(self.tr("There is no backup yet."), "secondary")
        self.restore = Button(self.tr("Restore…"))
        self.restore.setAccessibleName(self.tr("Restore the chosen backup…"))
        self.restore.clicked.connect(lambda: self._ask(self.model.rows[self.list.currentIndex().row()].path))
        self.other = Button(self.tr("Restore another file…"))
        self.other.clicked.connect(self._ask_for_file)
        self.second = sentence("", "secondary")
        self.choose = Button(self.tr("Copy backups to another folder…"))
        self.choose.clicked.connect(self._choose_second)
        self.only_here = Button(self.tr("Only here"))
        self.only_here.clicked.connect(lambda: self._set_second(None))
        self._question = self._make_question()
        self._lay_out()

    def _lay_out(self) -> None:
        top, buttons = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.path, 1)
        top.addWidget(self.back_up, 0, Qt.AlignmentFlag.AlignTop)
        for button in (self.restore, self.other):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(top)
        self.body.addWidget(self.said)
        self.body.addWidget(title(self.tr("Backups")))
        self.body.addWidget(self._none)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(buttons)
        self.body.addWidget(self._question)
        elsewhere = QHBoxLayout()
        elsewhere.addWidget(self.second, 1)
        elsewhere.addWidget(self.only_here)
        elsewhere.addWidget(self.choose)
        self.body.addLayout(elsewhere)
        self.body.addStretch(0)

    def _make_question(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "note")
        self.question = sentence("")
        self.yes = Button(self.tr("Restore"), "primary")
        self.no = Button(self.tr("Keep the records"))
        self.yes.clicked.connect(self._restore)
        self.no.clicked.connect(frame.hide)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column = QVBoxLayout(frame)
        column.addWidget(self.question)
        column.addLayout(row)
        frame.hide()
        return frame

    def renew(self) -> None:
        """Look at the file and its backups."""
        path = self.desk.path
        there = path.is_file()
        size = QLocale().formattedDataSize(path.stat().st_size) if there else self.tr("not there")
        self.path.setText(self.tr("{}   {}").format(path, size) if path.name else self.tr("No records are open."))
        zone = self.desk.read(customs.zone_in) if self.desk.is_open else None
        columns: tuple[Column[Backup], ...] = (Column(words=lambda backup: backup_words(backup, zone)),)
        self.model.fill(backups.listed(path) if path.name else (), columns)
        self.list.setVisible(bool(self.model.rows))
        self._none.setVisible(not self.model.rows)
        self.back_up.setEnabled(self.desk.is_open and there)
        self._show_second()
        self._enable()

    def _show_second(self) -> None:
        """Say where each backup is copied to as well."""
        folder = rotation.second_folder(self.desk.path) if self.desk.path.name else None
        here = self.tr("One backup a day is made by itself. A copy on a stick or a share outlives this computer.")
        self.second.setText(self.tr("Each backup is copied to {} as well.").format(folder) if folder else here)
        self.only_here.setVisible(folder is not None)
        self.choose.setEnabled(bool(self.desk.path.name))

    def _choose_second(self) -> None:
        ask_for_folder(self, self.tr("Copy backups to another folder"), self._set_second)

    def _set_second(self, folder: Path | None) -> None:
        try:
            rotation.set_second_folder(self.desk.path, folder)
        except CrtError as fault:
            self._say(str(fault), "bad")
        self._show_second()

    def _enable(self) -> None:
        self.restore.setEnabled(self.list.currentIndex().isValid())
        self.other.setEnabled(bool(self.desk.path.name))

    def _say(self, words: str, kind: str) -> None:
        self.said.say(words, kind)
        self.said.setVisible(bool(words))

    def _back_up(self) -> None:
        now = self.desk.now()
        self.desk.run(
            self.tr("Backing up"),
            lambda opened: _back_up(opened, now),
            self._backed_up,
            lambda words: self._say(words, "bad"),
        )

    def _backed_up(self, done: tuple[Path, str]) -> None:
        target, fault = done
        self._say(fault or self.tr("Backed up to {}.").format(target), "bad" if fault else "good")
        self.renew()

    def _ask_for_file(self) -> None:
        folder = str(backups.folder(self.desk.path))
        ask_for_file(self, self.desk, self.tr("Restore a backup"), self._ask, folder)

    def _ask(self, path: Path) -> None:
        """Look at what a backup would change, then ask once."""
        here = self.desk.path
        self._say(self.tr("Looking at what {} would change…").format(path.name), "secondary")
        self.desk.think(
            self,
            "preview",
            lambda: backups.preview(here, path, known=store.known_revisions(), application=store.APPLICATION),
            self._ask_about,
            lambda words: self._say(words, "bad"),
        )

    def _ask_about(self, found: Preview) -> None:
        """Ask, saying in counts what would change and what becomes of what is there."""
        self._say("", "secondary")
        self._chosen = found.backup
        words = self.tr(
            "Put {} in the place of the records? {} What is there now is backed up first; restore that backup to take "
            "this back."
        )
        self.question.setText(words.format(found.backup.name, found.sentence()))
        self._question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        """Let go of the records, put the backup in their place beside the window's thread, and open them again."""
        self._question.hide()
        path, chosen, now = self.desk.path, self._chosen, self.desk.now()

        def work() -> tuple[Path | None, str]:
            try:
                return _put_back(path, chosen, now), ""
            except CrtError as fault:
                return None, str(fault)

        def then(done: tuple[Path | None, str]) -> None:
            kept, fault = done
            if fault:
                self._say(fault, "bad")
            else:
                words = self.tr("Restored {}. What was there is kept as {}.") if kept else self.tr("Restored {}.")
                self._say(words.format(chosen.name, kept.name if kept else ""), "good")
            self.desk.open(path)

        self.desk.close_records()
        self.desk.think(self, "restore", work, then)


def _back_up(opened: store.Store, now: dt.datetime) -> tuple[Path, str]:
    """Back the records up, to the second folder too, and return the file and what went wrong with its copy."""
    made = opened.back_up(backups.dated_name(opened.path, now))
    return made, rotation.copy_out(opened.path, made).fault


def _put_back(path: Path, backup: Path, now: dt.datetime) -> Path | None:
    return backups.restore(path, backup, now=now, known=store.known_revisions(), application=store.APPLICATION)


def _moment(at: dt.datetime, zone: times.Zone | None) -> str:
    """Return when something was: as the programme's people tell it, or this computer where no records are open."""
    if zone is not None:
        return f"{date_words(times.local(at, zone).date())}, {times.clock_at(at, zone)}"
    moment = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
