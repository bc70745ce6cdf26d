"""The form that logs hours: who, what, when; each fault beside its field."""

from __future__ import annotations

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.hours import hours_ledger
from crt_scheduler.hours.ledger_values import KINDS
from crt_scheduler.hours.view import HoursView
from ui.box import Box
from ui.completer import Completer
from ui.desk import Desk
from ui.hours.hours_words import kind_words
from ui.match import folded
from ui.parts import Button, Field, secondary, title
from ui.people.fields import fill_box

FOLDED = Qt.ItemDataRole.UserRole + 7
"""The role under which an item holds its words folded."""


class NameFinder(Completer):
    """Offers the items of a box whose folded words hold what is typed."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box.model(), box)
        self._box = box
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(Completer.CompletionMode.PopupCompletion)
        self.setCompletionRole(FOLDED)

    def fold(self) -> None:
        """Fold the words of every item, after the box was filled."""
        for n in range(self._box.count()):
            self._box.setItemData(n, folded(self._box.itemText(n)), FOLDED)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        """Fold what is typed, as the items are."""
        return [folded(words) for words in super().splitPath(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return the words of an item as they are shown."""
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def found(box: QComboBox, words: str) -> list[int]:
    """Return the items that words mean: the one shown so or of that id, else those whose names begin with them."""
    wanted = folded(words.strip())
    if not wanted:
        return []
    shown = [folded(box.itemText(n)) for n in range(box.count())]
    same = [n for n, text in enumerate(shown) if wanted in (text, folded(str(box.itemData(n) or "")))]
    whole = [n for n, text in enumerate(shown) if text.partition(" (")[0] == wanted]
    return same or whole or [n for n, text in enumerate(shown) if text.startswith(wanted)]


class LogForm(QWidget):
    """Logs one entry as one act; `logged` says that it is in the ledger, with its number."""

    logged = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.person, self.kind = Box(), Box()
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.person.setMinimumContentsLength(12)
        self._finder = NameFinder(self.person)
        self.person.setCompleter(self._finder)
        fill_box(self.kind, [(kind, kind_words(kind)) for kind in KINDS])
        self.kind.setCurrentIndex(self.kind.findData("meeting"))
        self.lines = {name: QLineEdit() for name in ("date", "start", "end", "minutes", "call")}
        self.fields = {
            "person": Field(self.tr("Person"), self.person),
            "kind": Field(self.tr("Kind"), self.kind),
            "date": Field(self.tr("Date"), self.lines["date"]),
            "start": Field(self.tr("Start"), self.lines["start"]),
            "end": Field(self.tr("End"), self.lines["end"]),
            "minutes": Field(self.tr("Or minutes"), self.lines["minutes"]),
            "call": Field(self.tr("Call number"), self.lines["call"]),
        }
        self.button = Button(self.tr("Log hours"))
        self.button.clicked.connect(self.log)
        for line in self.lines.values():
            line.returnPressed.connect(self.log)
        self._lay_out()

    def _lay_out(self) -> None:
        hints = {
            "date": "2027-01-31",
            "start": "18:30",
            "end": "20:00",
            "minutes": self.tr("90 or 1:30"),
            "call": self.tr("none"),
        }
        for name, hint in hints.items():
            self.lines[name].setPlaceholderText(hint)
        grid, column = QGridLayout(), QVBoxLayout(self)
        grid.setSpacing(8)
        places = {"person": (0, 0, 2), "kind": (1, 0, 2), "date": (2, 0, 1), "minutes": (4, 0, 1), "start": (3, 0, 1)}
        places |= {"end": (3, 1, 1), "call": (4, 1, 1)}
        for name, field in self.fields.items():
            row, at, wide = places[name]
            grid.addWidget(field, row, at, 1, wide, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(title(self.tr("Log hours")))
        column.addLayout(grid)
        words = self.tr("Times are local. An end before the start is the next morning, at most 16 hours later.")
        note = secondary(words)
        note.setWordWrap(True)
        column.addWidget(note)
        column.addWidget(self.button)
        column.addStretch(1)

    def tab_order(self) -> list[QWidget]:
        """Return the fields as they are filled in, then the button."""
        return [self.person, self.kind, *self.lines.values(), self.button]

    def offer(self, view: HoursView) -> None:
        """Offer the people of the team, and today where nothing is typed yet."""
        typed = self.person.currentText()
        fill_box(self.person, [("", ""), *((code, f"{name} ({code})") for code, name in view.people)])
        self._finder.fold()
        if typed and self.person.currentText() != typed:
            self.person.setEditText(typed)
        if not self.lines["date"].text():
            today = times.local(self.desk.now(), view.zone).date()
            self.lines["date"].setText(QDate(today.year, today.month, today.day).toString(Qt.DateFormat.ISODate))

    @property
    def code(self) -> str:
        """The id of the person chosen or typed; nothing where several or none are called so."""
        at = found(self.person, self.person.currentText())
        return str(self.person.itemData(at[0])) if len(at) == 1 else ""

    def log(self) -> None:
        """Log the entry, or say beside each field what is wrong."""
        if not self.code:
            self._say({"person": self._nobody()})
            return
        words = {name: line.text() for name, line in self.lines.items()}
        kind, now = str(self.kind.currentData()), self.desk.now()
        logged = self.desk.attempt(hours_ledger.LOG(person=self.code, kind=kind, now=now, **words))
        faults = logged.faults
        self._say({(name or "start"): sentence for name, sentence in faults.items()})
        if not logged:
            return
        for part in ("start", "end", "minutes", "call"):
            self.lines[part].clear()
        self.lines["start"].setFocus()
        self.logged.emit(logged.answer.number)

    def _nobody(self) -> str:
        """Say why no person is chosen."""
        typed = self.person.currentText().strip()
        if not typed:
            return self.tr("Choose whose hours they are.")
        count = len(found(self.person, typed))
        if not count:
            return self.tr("Nobody on the team is called {}. Choose a name from the list.").format(typed)
        return self.tr("{count} people are called {name}…. Choose one from the list.").format(count=count, name=typed)

    def _say(self, said: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.fault(said.get(name, ""))
        for name, field in self.fields.items():
            if name in said:
                field.widget.setFocus()
                return
