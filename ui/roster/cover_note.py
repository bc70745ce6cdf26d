"""Finding cover: the text to send, and whom to ask with their contacts to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crt_scheduler.cover.cover_text import Ask, Cover
from ui.look import Look
from ui.parts import Button, Field, Line, Words, secondary, sentence


class CoverNote(QWidget):
    """The request for cover of one shift; `copied` says what lies on the clipboard, `back` leaves."""

    copied = Signal(str)
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.leave = Button(self.tr("Back"), "link").with_icon(look, "left")
        self.leave.clicked.connect(self.back)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 8)
        self.copy_text = Button(self.tr("Copy the text"), "primary").with_icon(look, "copy")
        self.copy_text.clicked.connect(self._copy_text)
        self.copy_mails = Button(self.tr("Copy all emails")).with_icon(look, "mail")
        self.copy_mails.clicked.connect(self._copy_mails)
        self._people = QWidget()
        self._found: tuple[Ask, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.copy_text, self.copy_mails):
            row.addWidget(part)
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        note = self.tr("It names nobody. Change it as you like, then send it your own way.")
        self._column.addWidget(Field(self.tr("Text to send"), self.text))
        self._column.addWidget(sentence(note, "secondary"))
        self._column.addLayout(row)
        self._column.addSpacing(4)
        self._column.addWidget(self._people)

    def show_cover(self, cover: Cover) -> None:
        """Show the text and the people of a request."""
        self.text.setPlainText(cover.text)
        self._found = cover.ask
        self.copy_mails.setVisible(any(one.email for one in cover.ask))
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Words(self.tr("Whom to ask, best first"), 9.75, bold=True))
        if not cover.ask:
            column.addWidget(
                sentence(self.tr("Nobody could take it. Send the text to a neighbouring team."), "secondary")
            )
        for one in cover.ask:
            column.addWidget(Line())
            column.addWidget(self._person(one))
        self._column.replaceWidget(self._people, fresh)
        self._people.hide()
        self._people.deleteLater()
        self._people = fresh

    def _person(self, one: Ask) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = Words(one.name, 9.75)
        name.setWordWrap(True)
        column.addWidget(name)
        why = secondary(one.words)
        why.setWordWrap(True)
        column.addWidget(why)
        for words, icon, copied in (
            (one.dialled, "phone", self.tr("Phone number of {} copied.").format(one.name)),
            (one.email, "mail", self.tr("Email of {} copied.").format(one.name)),
        ):
            if words:
                link = Button(words, "link", tip=self.tr("Copy")).with_icon(self._look, icon)
                link.clicked.connect(lambda _=False, words=words, copied=copied: self._copy(words, copied))
                column.addWidget(link)
        return part

    def _copy_text(self) -> None:
        self._copy(self.text.toPlainText(), self.tr("The text is copied."))

    def _copy_mails(self) -> None:
        self._copy("; ".join(one.email for one in self._found if one.email), self.tr("The emails are copied."))

    def _copy(self, words: str, copied: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.copied.emit(copied)
