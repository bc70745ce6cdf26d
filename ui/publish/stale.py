"""Who holds a stale calendar: per person the shifts at odds with what was published, and the way to send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, counted, sentence, title
from ui.publish.publication_changes import ChangesTable

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import PersonNews

SIZE = (980, 600)


class StaleDialog(QDialog):
    """The people whose calendar no longer says what the roster says."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.look = desk, look
        self.people: tuple[PersonNews, ...] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Calendars out of date"))
        self.resize(*SIZE)
        self.words = sentence("")
        self.table = ChangesTable(look)
        self.publish = Button(self.tr("Publish…"), "primary")
        self.publish.clicked.connect(self._publish)
        self.copy = Button(self.tr("Copy the list to phone")).with_icon(look, "copy")
        self.copy.clicked.connect(self._copy)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.close)
        acts = QHBoxLayout()
        acts.addWidget(self.copy)
        acts.addStretch(1)
        acts.addWidget(close)
        acts.addWidget(self.publish)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(self.tr("Calendars out of date"), 15))
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(acts)
        desk.changed.connect(self._changed)
        self.read()

    def _changed(self, _: object) -> None:
        self.read()

    def read(self) -> None:
        """Compare every published month with the roster, in the background."""
        now = self.desk.now()

        def look(session: Any) -> tuple[PersonNews, ...]:
            from crt_scheduler.publish.publication_preview import stale_news

            return stale_news(session, now)

        self.desk.ask(self, "stale", look, self.show_people, self.words.say)

    def show_people(self, people: tuple[PersonNews, ...]) -> None:
        """Show who holds a stale calendar."""
        self.people = people
        self.table.show_people(people)
        for part in (self.table, self.copy, self.publish):
            part.setVisible(bool(people))
        if not people:
            self.words.say(self.tr("Everyone holds the calendar that was published last."))
            return
        held = counted(len(people), "1 person holds", "{} people hold")
        said = self.tr(
            "{} a calendar that differs from the roster. Publish again to send it; phone about what is near."
        )
        self.words.say(said.format(held))

    def months(self) -> list[str]:
        """Return the months at odds, earliest first."""
        return sorted({change.shift[:7] for person in self.people or () for change in person.changes})

    def _publish(self) -> None:
        from ui.publish.publish_dialog import PublishDialog

        PublishDialog(self.desk, self.look, self.parentWidget(), month=self.months()[0]).open()
        self.close()

    def _copy(self) -> None:
        from crt_scheduler.publish.publication_preview import phone_list

        QGuiApplication.clipboard().setText(phone_list(self.people or ()))
        self.copy.setText(self.tr("Copied"))
