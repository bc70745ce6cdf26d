"""The menu of the people chosen: each field with what it can be, and deleting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crt_scheduler.people.many_people import CREDENTIAL, Change
from crt_scheduler.people.person_view import Choices
from ui.parts import counted
from ui.people.people_words import field_label, role_words, status_words
from ui.words import tr

Begin = Callable[[Change], object]


def many_menu(parent: QWidget, choices: Choices, count: int, begin: Begin, delete: QAction) -> QMenu:
    """Return the menu; what is chosen in it is shown in the bar with what it would do, before anything is written."""
    menu = QMenu(parent)
    menu.setAccessibleName(counted(count, "1 person chosen", "{} people chosen"))

    def offer(name: str, changes: list[tuple[str, Change]]) -> None:
        part = menu.addMenu(name)
        part.setEnabled(bool(changes))
        for words, change in changes:
            part.addAction(words).triggered.connect(lambda _=False, change=change: begin(change))

    roles, statuses = ("lead", "responder", "trainee"), ("active", "leave", "inactive")
    places = [(area, area) for area in choices.areas] + [("", tr("Whole city"))]
    offer(field_label("role"), [(role_words("volunteer", role), Change("role", role)) for role in roles])
    offer(field_label("home_area"), [(words, Change("home_area", area)) for area, words in places])
    offer(field_label("status"), [(status_words(status), Change("status", status)) for status in statuses])
    held = [(f"{name}…", Change(f"{CREDENTIAL}{name}", "")) for name in choices.credentials]
    offer(tr("Credential"), held)
    hours = menu.addAction(f"{field_label('target_hours')}…")
    hours.triggered.connect(lambda: begin(Change("target_hours", "")))
    offer(tr("Add a language"), [(name, Change("languages", name, "add")) for name in choices.languages])
    offer(tr("Take a language away"), [(name, Change("languages", name, "take")) for name in choices.languages])
    menu.addSeparator()
    menu.addAction(delete)
    return menu
