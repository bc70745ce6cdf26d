"""The menu of the people chosen: each field with what it can be, and deleting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crt_scheduler.people.many_people import CREDENTIAL, Change
from crt_scheduler.people.person_view import Choices
from ui.parts import counted
from ui.people.fields import nothing_chosen, offered
from ui.people.people_words import field_label
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

    def each(field: str, way: str = "set") -> list[tuple[str, Change]]:
        found = [*offered(field, choices), *(nothing_chosen(field) if way == "set" else ())]
        return [(words, Change(field, kept, way)) for kept, words in found]

    for field in ("role", "home_area", "status"):
        offer(field_label(field), each(field))
    held = [(f"{name}…", Change(f"{CREDENTIAL}{name}", "")) for name in choices.credentials]
    offer(tr("Credential"), held)
    hours = menu.addAction(f"{field_label('target_hours')}…")
    hours.triggered.connect(lambda: begin(Change("target_hours", "")))
    offer(tr("Add a language"), each("languages", "add"))
    offer(tr("Take a language away"), each("languages", "take"))
    menu.addSeparator()
    menu.addAction(delete)
    return menu
