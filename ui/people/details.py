"""A person's details as a form: each field is kept when it is left; a refused one keeps its text and says why."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people.person_view import Choices, PersonPage
from crt_scheduler.person_fields import IN_FORM
from ui.desk import Desk
from ui.look import Look
from ui.people.fields import Fields, held

NAMES = tuple(field.name for field in IN_FORM if field.cell != "id")


class Details(QWidget):
    """The form; what was typed and refused is kept by person and field until it is mended or taken back."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk = desk
        self.page: PersonPage | None = None
        self.drafts: dict[tuple[str, str], tuple[str, str]] = {}
        """By person and field: what was typed, and why it was refused."""
        self._shown: dict[str, str] = {}
        self.fields = Fields(look, NAMES, self)
        self.fields.done.connect(self.keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        self.fields.lay_out(grid)
        grid.setRowStretch(grid.rowCount(), 1)

    def offer(self, choices: Choices) -> None:
        """Know what there is to choose from."""
        self.fields.offer(choices)

    def show_page(self, page: PersonPage) -> None:
        """Show a person's fields; what is being typed, or was refused, is left as it is."""
        is_same = self.page is not None and self.page.line.id == page.line.id
        self.page = page
        for name in NAMES:
            was, now = self._shown.get(name, ""), held(page.line, name)
            self._shown[name] = now
            draft = self.drafts.get((page.line.id, name))
            if draft is not None:
                self.fields.show(name, draft[0])
                self.fields.fault(name, draft[1])
                continue
            is_typing = is_same and self.fields.widgets[name].hasFocus() and self.fields.text(name) != was
            if not is_typing:
                self.fields.show(name, now)
                self.fields.fault(name, "")

    def keep(self, name: str, is_confirmed: bool = True) -> None:
        """Keep a field; a text refused before is tried again only when it is confirmed or has changed."""
        if self.page is None:
            return
        line, text = self.page.line, self.fields.text(name)
        place = (line.id, name)
        if text == self._shown.get(name):
            self.drafts.pop(place, None)
            self.fields.fault(name, "")
            return
        if not is_confirmed and self.drafts.get(place, ("", ""))[0] == text:
            return
        words = self.desk.attempt(people_acts.SET_FIELD(line.id, name, text, now=self.desk.now())).sentence
        self.fields.fault(name, words)
        if words:
            self.drafts[place] = (text, words)
        else:
            self.drafts.pop(place, None)
            self._shown[name] = text
