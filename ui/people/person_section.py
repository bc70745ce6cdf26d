"""A section of a person's page: a title with a note, a body, and a sentence of its own when an act is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from crt_scheduler.people.person_view import PersonPage
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Words, secondary, sentence
from ui.words import tr


class Section(QWidget):
    """A titled part of the page; `page` is whose page is shown."""

    def __init__(self, desk: Desk, look: Look, words: str, note: str = "") -> None:
        super().__init__()
        self.desk, self.look = desk, look
        self.page: PersonPage | None = None
        self.title, self.note = Words(words, 9.75, bold=True), secondary(note)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        self.head.addStretch(1)
        self.fault = sentence("", "bad")
        self.fault.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)

    def end(self) -> None:
        """Put the place for what is refused last."""
        self.body.addWidget(self.fault)

    def show_page(self, page: PersonPage) -> None:
        """Show somebody's page."""
        if self.page is None or self.page.line.id != page.line.id:
            self.say("")
        self.page = page
        self.fill(page)

    def fill(self, page: PersonPage) -> None:
        """Fill the body."""
        raise NotImplementedError

    def say(self, words: str) -> bool:
        """Show why something was refused below the body; no words hide it. Returns whether all is well."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        return not words


def remover(table: QTableView, look: Look, what: str, act: object) -> Button:
    """Return the button that takes out the row one is on; the Delete key does the same."""
    button = Button(tr("Remove"), "flat", tip=what).with_icon(look, "trash", "secondary")
    button.clicked.connect(act)
    key = QShortcut(QKeySequence(Qt.Key.Key_Delete), table, context=Qt.ShortcutContext.WidgetShortcut)
    key.activated.connect(act)
    return button
