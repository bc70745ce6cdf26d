"""A person's page beside the list: who they are, then availability, details, hours and history as tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from crt_scheduler.people import history
from crt_scheduler.people import person_view as person_page
from crt_scheduler.people.history import Line as Change
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.people.person_view import Choices, PersonPage
from ui.desk import Desk
from ui.later import Later
from ui.look import Look
from ui.parts import AreaMark, Button, Line, Words, secondary, sentence, title
from ui.people.credentials import CredentialsSection
from ui.people.details import Details
from ui.people.people_words import phone_words, role_words, status_words
from ui.people.person_dates import DatesSection
from ui.people.person_record import HistorySection, HoursSection
from ui.people.week_section import WeekSection
from ui.words import tr

LEAST_WIDTH = 400


class PersonPanel(QFrame):
    """The page of the person chosen in the list; it reads itself in the background, newest choice first."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setMinimumWidth(LEAST_WIDTH)
        self.desk, self.look = desk, look
        self.code = ""
        self.page: PersonPage | None = None
        self.week, self.dates = WeekSection(desk, look), DatesSection(desk, look)
        self.credentials = CredentialsSection(desk, look)
        self._choices: Choices | None = None
        self._details, self._hours, self._history = (
            Later(self._make_details), Later(self._make_hours), Later(self._make_history),
        )  # fmt: skip
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        overview = (self.week, self.dates, self.credentials)
        self.tabs.addTab(_scrolled(tr("Availability"), overview), tr("Availability"))
        self.tabs.addTab(_scrolled(tr("Details"), (self._details,)), tr("Details"))
        self.tabs.addTab(self._hours, tr("Hours"))
        self.tabs.addTab(self._history, tr("History"))
        self.tabs.setAccessibleName(tr("Person's page"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.tabs, 1)

    @property
    def details(self) -> Details:
        """The form of the person's fields."""
        return self._details.part

    @property
    def hours(self) -> HoursSection:
        """The hours of the person."""
        return self._hours.part

    @property
    def history(self) -> HistorySection:
        """Who changed what of the person's records."""
        return self._history.part

    def _make_details(self) -> Details:
        found = Details(self.desk, self.look)
        if self._choices is not None:
            found.offer(self._choices)
        if self.page is not None:
            found.show_page(self.page)
        return found

    def _make_hours(self) -> HoursSection:
        found = HoursSection(self.desk, self.look)
        if self.page is not None:
            found.show_page(self.page)
        return found

    def _make_history(self) -> HistorySection:
        found = HistorySection(self.desk, self.look)
        self._ask_history(found)
        return found

    def _ask_history(self, section: HistorySection) -> None:
        """Read who changed what; the images of whole imports are searched, so only once somebody looks."""
        page = self.page
        if page is None or page.line.id != self.code:
            return
        section.wait(self.code)

        def show(changes: tuple[Change, ...]) -> None:
            section.show_lines(changes, page.zone, page.line.name)

        self.desk.ask(self, "history", lambda session: history.of_person(session, page.line.id), show, self._refused)

    def _head(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(4)
        self.name, self.status = title(tr("Nobody chosen")), Words("", 9, kind="tag")
        self.code_words = secondary("")
        first = QHBoxLayout()
        first.setSpacing(8)
        for part in (self.name, self.status, self.code_words):
            first.addWidget(part)
        first.addStretch(1)
        self.place = QHBoxLayout()
        self.place.setSpacing(6)
        self.where = secondary("", 9.75)
        self.place.addWidget(self.where, 1)
        self.phone, self.mail = Button("", "link"), Button("", "link")
        self.phone.with_icon(self.look, "phone").clicked.connect(self._call)
        self.mail.with_icon(self.look, "mail").clicked.connect(self._write)
        contacts = QHBoxLayout()
        contacts.setSpacing(8)
        contacts.addWidget(self.phone)
        contacts.addWidget(self.mail)
        contacts.addStretch(1)
        self.fault = sentence("", "bad")
        self.fault.hide()
        for layout in (first, self.place, contacts):
            column.addLayout(layout)
        column.addWidget(self.fault)
        self._mark: AreaMark | None = None
        return whole

    def offer(self, choices: Choices) -> None:
        """Know what there is to choose from."""
        self._choices = choices
        self.credentials.offer(choices)
        if self._details.made is not None:
            self._details.made.offer(choices)

    def show_person(self, code: str) -> None:
        """Read and show a person's page; no id: nobody's."""
        self.code = code
        self.setEnabled(bool(code))
        if not code:
            return
        month, now = self.desk.month, self.desk.now()
        self.desk.ask(
            self, "person", lambda session: person_page.page(session, code, month, now=now), self._show, self._refused
        )

    def _show(self, page: PersonPage) -> None:
        self.page = page
        self.fault.hide()
        self._show_head(page.line)
        for part in (self.week, self.dates, self.credentials, self._hours.made, self._details.made):
            if part is not None:
                part.show_page(page)
        if self._history.made is not None:
            self._ask_history(self._history.made)

    def _refused(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()

    def _show_head(self, line: PersonLine) -> None:
        self.setAccessibleName(tr("Page of {}").format(line.name))
        self.name.setText(line.name)
        self.code_words.setText(line.id)
        away = "" if line.status == "active" else status_words(line.status, line.status_until)
        self.status.say(away or role_words(line.kind, line.role), "warning" if away else "tag")
        also = tr("also {}").format(", ".join(line.areas)) if line.areas else ""
        place = ", ".join(filter(None, (line.home_area or tr("Whole city"), line.home_division, also)))
        self.where.setText(" · ".join(filter(None, (place, ", ".join(line.languages)))))
        if self._mark is not None:
            self._mark.deleteLater()
            self._mark = None
        if line.home_area:
            self._mark = AreaMark(self.look, line.home_area, 16)
            self.place.insertWidget(0, self._mark)
        self.phone.setText(phone_words(line))
        self.phone.setAccessibleName(tr("Phone {}").format(line.name))
        self.phone.setVisible(bool(line.phone))
        self.mail.setText(line.email)
        self.mail.setAccessibleName(tr("Write to {}").format(line.name))
        self.mail.setVisible(bool(line.email))

    def _call(self) -> None:
        QDesktopServices.openUrl(QUrl(f"tel:{self.page.line.phone}" if self.page else ""))

    def _write(self) -> None:
        QDesktopServices.openUrl(QUrl(f"mailto:{self.mail.text()}"))


def _scrolled(name: str, parts: tuple[QWidget, ...]) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for n, part in enumerate(parts):
        if n:
            column.addWidget(Line())
        column.addWidget(part)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setAccessibleName(name)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    inside.setAutoFillBackground(False)
    scroll.viewport().setAutoFillBackground(False)
    return scroll
