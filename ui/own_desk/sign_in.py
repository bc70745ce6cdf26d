"""The door of the responder's desk: pick a name, type a PIN, or choose one the first time."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from crt_scheduler import own_desk, pins
from ui.desk import Desk
from ui.list_model import ROW, Column, Filtered, ListModel
from ui.look import Look
from ui.match import folded
from ui.parts import Button, Card, Field, sentence, title

WIDTH = 520


class Door(QWidget):
    """A name and a PIN. `opened` carries the id of the person who is let in; wrong PINs wait, person by person."""

    opened = QtSignal(str)
    left = QtSignal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk = desk
        self._wrong: dict[str, int] = {}
        self._is_first = self._is_checking = False
        self._make_fields(look)
        self._lay_out()
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._waited)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._to_pin)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(self._to_pin)
        self.pin.returnPressed.connect(self._enter)
        self.again.returnPressed.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self.leave.clicked.connect(self.left)

    def _make_fields(self, look: Look) -> None:
        self._wanted = ""
        self.names: ListModel[tuple[str, str]] = ListModel((Column(words=lambda row: row[0]),))
        self.shown = Filtered(self.names, lambda row: self._wanted in folded(" ".join(row)), self)
        self.filter, self.pin, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.filter.setPlaceholderText(self.tr("Type a part of your name"))
        self.filter.setClearButtonEnabled(True)
        for line in (self.pin, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaxLength(pins.LONGEST)
            line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.list = QListView()
        self.list.setModel(self.shown)
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("Names"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMinimumHeight(self.fontMetrics().height() * 9)
        self.name_field = Field(self.tr("Your name"), self.filter)
        self.pin_field = Field(self.tr("PIN"), self.pin)
        self.again_field = Field(self.tr("The same PIN again"), self.again)
        self.said = sentence("", "secondary")
        self.button = Button(self.tr("Open"), "primary")
        self.leave = Button(self.tr("Back to the coordinator's window"), "flat").with_icon(look, "close", "secondary")

    def _lay_out(self) -> None:
        card = Card()
        card.setMaximumWidth(WIDTH)
        card.setMinimumWidth(min(WIDTH, 420))
        card.body.setContentsMargins(24, 20, 24, 24)
        card.body.setSpacing(12)
        card.body.addWidget(title(self.tr("Responder's desk"), 15))
        card.body.addWidget(sentence(self.tr("Your own shifts, calendar, hours and availability.")))
        for part in (self.name_field, self.list, self.said, self.pin_field, self.again_field):
            card.body.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        card.body.addLayout(row)
        card.body.addWidget(sentence(courtesy(self), "secondary"))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 3)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addLayout(across)
        column.addStretch(2)

    def renew(self) -> None:
        """Begin anew: no name chosen, nothing typed."""
        self.names.fill(self.desk.read(own_desk.names))
        self.filter.clear()
        self._chosen()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def code(self) -> str:
        """The id of the chosen person; empty: nobody is chosen."""
        return str(self.list.currentIndex().data(ROW)[1]) if self.list.currentIndex().isValid() else ""

    def _filter(self, words: str) -> None:
        self._wanted = folded(words.strip())
        self.shown.invalidate()
        none = self.tr("Nobody is called so. Type another part of the name.")
        self.name_field.fault(none if not self.shown.rowCount() and self.names.rows else "")
        if self.shown.rowCount() == 1:
            self.list.setCurrentIndex(self.shown.index(0, 0))

    def _to_pin(self) -> None:
        if not self.code and self.shown.rowCount():
            self.list.setCurrentIndex(self.shown.index(0, 0))
        if self.code:
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, *_: object) -> None:
        """Ask for the chosen person's PIN, or let them choose one."""
        code = self.code
        self.pin.clear()
        self.again.clear()
        self.pin_field.fault("")
        self._is_first = bool(code) and not self.desk.read(lambda session: pins.has_pin(session, code))
        name = str(self.list.currentIndex().data() or "")
        words = self.tr("{}: choose a PIN of 4 to 12 digits. You are asked for it next time.").format(name)
        self.said.setText(words if self._is_first else name)
        self.said.setVisible(bool(code))
        self.pin_field.label.setText(self.tr("Choose a PIN") if self._is_first else self.tr("PIN"))
        self.again_field.setVisible(self._is_first)
        self._allow()

    def _allow(self) -> None:
        can = bool(self.code) and not self._wait.isActive() and not self._is_checking
        for part in (self.pin_field, self.again_field, self.button):
            part.setEnabled(can)

    def _enter(self) -> None:
        if not self.button.isEnabled() or not self.code:
            return
        self._choose() if self._is_first else self._check()

    def _choose(self) -> None:
        if self.pin.text() != self.again.text():
            self.pin_field.fault(self.tr("The two are not the same. Type the PIN twice."))
            return
        code = self.code
        who = self.desk.read(lambda session: own_desk.page(session, code, now=self.desk.now()).signature)
        chosen = self.desk.attempt(pins.CHOOSE(code, self.pin.text()), who=who)
        self.pin_field.fault(chosen.sentence)
        if chosen:
            self._let_in(code)

    def _check(self) -> None:
        """Check the PIN in the background: a hash takes its time on purpose."""
        code, typed = self.code, self.pin.text()
        self._is_checking = True
        self._allow()
        self.desk.ask(
            self, "pin", lambda session: pins.check_pin(session, code, typed), lambda ok: self._checked(code, ok=ok)
        )

    def _checked(self, code: str, *, ok: bool) -> None:
        self._is_checking = False
        if ok:
            self._wrong.pop(code, None)
            self._allow()
            self._let_in(code)
            return
        self._wrong[code] = self._wrong.get(code, 0) + 1
        seconds = pins.wait_after(self._wrong[code])
        words = self.tr("That is not the PIN. Type it again, or ask the coordinator to take it away.")
        wait = self.tr("That is not the PIN. Wait {} seconds, then type it again.").format(seconds)
        self.pin.clear()
        self.pin_field.fault(wait if seconds else words)
        if seconds:
            self._wait.start(seconds * 1000)
        self._allow()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_in(self, code: str) -> None:
        """Forget what was typed, and open."""
        self.pin.clear()
        self.again.clear()
        self.opened.emit(code)

    def _waited(self) -> None:
        self._allow()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)


def courtesy(widget: QWidget) -> str:
    """Return what the page says of the PIN."""
    return widget.tr(
        "The PIN is a courtesy on a shared desk, not a lock on the file: whoever can open the team's records can read "
        "all of them."
    )
