"""The publish dialog: the difference and what is broken on view, then the files; it may be closed at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, counted, secondary, sentence, title
from ui.publish.broken_rules import RulesCard
from ui.publish.done import DonePage, open_folder
from ui.publish.options import OptionsCard
from ui.publish.publication_changes import ChangesTable
from ui.today.today_words import clock, date_words, month_words

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import Preview
    from crt_scheduler.publish.publishing import Published
    from crt_scheduler.store import Store

SIZE, SIDE = (1280, 760), 384


class PublishDialog(QDialog):
    """Publish a month, by default the one on view."""

    def __init__(
        self,
        desk: Desk,
        look: Look,
        parent: QWidget | None = None,
        *,
        month: str = "",
        show_folder: Callable[[Path], object] = open_folder,
    ) -> None:
        super().__init__(parent)
        self.desk, self.look = desk, look
        self.month = month or desk.month
        self.preview: Preview | None = None
        self.is_publishing = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Publish {}").format(month_words(self.month)))
        self.resize(*SIZE)
        self.done_page = DonePage(look, show_folder=show_folder)
        self.done_page.closed.connect(self.close)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._ask_page())
        self._stack.addWidget(self.done_page)
        self._elapsed, self._tick = QElapsedTimer(), QTimer(self, interval=1000)
        self._tick.timeout.connect(self._say_elapsed)
        self._say_button()
        desk.changed.connect(self._changed)
        self.read()

    def _ask_page(self) -> QWidget:
        """Make the page of the question: the difference at the left, what to decide at the right."""
        self.title = title(self.tr("Publish {}").format(month_words(self.month)), 15)
        self.since = secondary("", 9.75)
        self.summary = sentence(self.tr("Comparing the roster with what was sent last."))
        self.table = ChangesTable(self.look)
        self.rules = RulesCard(self.look)
        self.rules.acknowledged.connect(self._say_button)
        self.options = OptionsCard(self.desk.settings, self.month)
        self.options.edit.textEdited.connect(lambda _: self._say_button())
        self.warning = sentence(
            self.tr("Publishing cannot be undone: everyone on the roster counts as told, and the calendars go out."),
            "secondary",
        )
        self.reason, self.fault = sentence("", "warning"), sentence("", "bad")
        self.fault.hide()
        self.button = Button("", "primary").with_icon(self.look, "send", "on_accent")
        self.button.clicked.connect(self.publish)
        self.cancel = Button(self.tr("Close"))
        self.cancel.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(8)
        head.addWidget(self.since)
        head.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.summary)
        left.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._side())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row, 1)
        return page

    def _side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        column.addWidget(self.rules)
        column.addWidget(self.options)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self.cancel)
        acts.addWidget(self.button)
        whole = QWidget()
        whole.setFixedWidth(SIDE)
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(scroll, 1)
        for part in (self.fault, self.reason, self.warning):
            down.addWidget(part)
        down.addLayout(acts)
        return whole

    def read(self) -> None:
        """Compare the roster with what was sent last, in the background."""
        month, now = self.month, self.desk.now()

        def look(session: Any) -> Preview:
            from crt_scheduler.publish.publication_preview import preview

            return preview(session, month, now=now)

        self.desk.ask(self, "preview", look, self.show_preview, self._say_fault)

    def show_preview(self, found: Preview) -> None:
        """Show what would be sent."""
        is_first, self.preview = self.preview is None, found
        self.table.show_people(found.people)
        self.rules.show_rules(found.broken)
        self.summary.say(self._summary(found))
        if found.published is not None:
            date = date_words(found.published.date())
            words = self.tr("against version {}, published {} {}")
            self.since.say(words.format(found.version - 1, date, clock(found.published, found.zone)))
        self._say_button()
        if is_first:
            next(iter(self.rules.boxes.values()), self.button).setFocus()

    def _summary(self, found: Preview) -> str:
        if not found.places and found.published is None:
            return self.tr("Nobody is on the roster of {} yet. Solve it first.").format(month_words(found.month))
        if not found.has_news:
            return self.tr("Nothing has changed since it was published. The same files can be written again.")
        people = counted(len(found.people), "1 person", "{} people")
        some = counted(len(found.to_phone), "1 person must be phoned.", "{} people must be phoned.")
        phones = some if found.to_phone else self.tr("Nobody must be phoned.")
        words = self.tr("{} new, {} changed, {} cancelled, for {}. {}")
        return words.format(found.new, found.changed, found.cancelled, people, phones)

    def reason_not(self) -> str:
        """Return why nothing can be published now; no words: it can."""
        found = self.preview
        if found is None:
            return self.tr("The difference is being read.")
        if self.is_publishing:
            return ""
        if not found.places and found.published is None:
            return self.tr("There is nothing to publish: nobody is on the roster.")
        if self.rules.left:
            return self.tr("Acknowledge first: {}.").format(", ".join(self.rules.left))
        if not self.options.edit.text().strip():
            return self.tr("Name the folder for the calendars.")
        return ""

    def _say_button(self) -> None:
        reason = self.reason_not()
        self.reason.say(reason)
        self.reason.setVisible(bool(reason))
        self.button.setEnabled(not reason and not self.is_publishing)
        self.button.setText(self._act_words())
        self.button.setAccessibleName(self._act_words())
        self.button.setAccessibleDescription(reason)

    def _act_words(self) -> str:
        found = self.preview
        if found is None or (not found.places and found.published is None):
            return self.tr("Publish")
        if not found.has_news:
            return self.tr("Write the files again")
        if not found.count:
            return self.tr("Publish")
        return counted(found.count, "Publish 1 change", "Publish {} changes")

    def publish(self) -> None:
        """Publish in the background; the dialog may be closed meanwhile."""
        found = self.preview
        if found is None or self.is_publishing or self.reason_not():
            return
        self.is_publishing = True
        self.fault.hide()
        self.options.field.fault("")
        self.options.remember()
        self._elapsed.start()
        self._tick.start()
        self._say_elapsed()
        self._say_button()
        folder, month, names = self.options.folder, self.month, self.rules.names
        asked = {
            "eml": self.options.mail.isChecked(),
            "duty_sheet": self.options.sheet.isChecked(),
            "force": self.options.replace.isChecked(),
        }

        def work(store: Store) -> Published:
            from crt_scheduler.publish.sending import send

            return send(store, month, folder, acknowledged=names, revision=found.revision, **asked)

        self.desk.run(
            self.tr("Publishing {}").format(month_words(month)),
            work,
            lambda report: self._finished(report, folder),
            self._refused,
        )

    def _say_elapsed(self) -> None:
        seconds = self._elapsed.elapsed() // 1000
        people = len(self.preview.people) if self.preview else 0
        words = self.tr("Writing calendars and files for {} people: {}:{:02d}")
        self.summary.say(words.format(people, seconds // 60, seconds % 60))

    def _finished(self, report: Published, folder: Path) -> None:
        words = self.tr("{}, version {}, is published").format(month_words(report.month), report.version)
        self.desk.said.emit(words)
        if not shiboken6.isValid(self):
            return
        self.is_publishing = False
        self._tick.stop()
        people = self.preview.people if self.preview and report.is_new_version else ()
        self.done_page.show_done(report, folder, people)
        self._stack.setCurrentWidget(self.done_page)

    def _refused(self, words: str) -> None:
        """Say why nothing went out, beside the folder where that is the reason."""
        if not shiboken6.isValid(self):
            self.desk.failed.emit(words)
            return
        self.is_publishing = False
        self._tick.stop()
        if str(self.options.folder) in words:
            self.options.refuse(words)
        else:
            self._say_fault(words)
        self.read()

    def _say_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.show()
        self._say_button()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let Enter press only the button that has the focus: what cannot be undone is never a slip in a field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def _changed(self, _: object) -> None:
        """Compare anew when the records change under the dialog."""
        if not self.is_publishing and self._stack.currentWidget() is not self.done_page:
            self.read()
