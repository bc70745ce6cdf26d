"""The care window: debriefs, stand-downs and whom to phone, beside whatever else is on view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ui.care.lists import CareList, Debriefs, StandDowns
from ui.care.whom_to_phone_list import Phones
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, sentence, title
from ui.today.phone import dial
from ui.undo_keys import let_undo

if TYPE_CHECKING:
    from crt_scheduler.care.care_view import Care

SIZE = (880, 560)
PLACES = ("debriefs", "stand-downs", "phone")


class CareDialog(QDialog):
    """Care in three lists. `place` is the one to show first; `go` asks the window for another place."""

    go = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        look: Look,
        parent: QWidget | None = None,
        *,
        place: str = "debriefs",
        dial: Callable[[str], object] = dial,
    ) -> None:
        super().__init__(parent)
        self.desk, self.look = desk, look
        self.care: Care | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Care"))
        self.resize(*SIZE)
        self.fault = sentence("", "bad")
        self.fault.hide()
        self.debriefs, self.stand_downs = Debriefs(desk, look), StandDowns(desk, look)
        self.phones = Phones(desk, look, dial=dial)
        self.lists: tuple[CareList, ...] = (self.debriefs, self.stand_downs, self.phones)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName(self.tr("Lists of care"))
        for one in self.lists:
            self.tabs.addTab(one, "")
            one.go.connect(self._leave)
        self._close = Button(self.tr("Close"))
        self._close.clicked.connect(self.close)
        self._lay_out()
        self._name_tabs(0, 0, 0)
        self.show_place(place)
        let_undo(self, desk)
        look.changed.connect(self._dress)
        desk.changed.connect(self._changed)
        self.read()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(self.tr("Care"), 15))
        column.addWidget(self.fault)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)

    def show_place(self, place: str) -> None:
        """Show one of the lists: debriefs, stand-downs or phone."""
        if place in PLACES:
            self.tabs.setCurrentIndex(PLACES.index(place))

    def _name_tabs(self, *counts: int) -> None:
        names = (self.tr("Debriefs"), self.tr("Stand-downs"), self.tr("Whom to phone"))
        for n, (name, count) in enumerate(zip(names, counts, strict=True)):
            self.tabs.setTabText(n, self.tr("{0} {1}").format(name, count) if count else name)

    def _changed(self, _: object) -> None:
        self.read()

    def read(self) -> None:
        """Read everything in the background and show it."""
        now = self.desk.now()

        def look(session: Any) -> Care:
            from crt_scheduler.care.care_view import care

            return care(session, now=now)

        self.desk.ask(self, "care", look, self.show_care, self._say_fault)

    def show_care(self, care: Care) -> None:
        """Show what was read."""
        self.care = care
        self.fault.hide()
        zone = care.zone
        self.debriefs.show_rows(care.debriefs, zone)
        self.stand_downs.show_rows(care.stand_downs, zone)
        self.phones.show_rows(care.please_phone)
        self._name_tabs(len(care.debriefs), len(care.stand_downs), len(care.please_phone))
        if not self.tabs.hasFocus() and self.isActiveWindow() and self.focusWidget() in (None, self._close):
            self.lists[self.tabs.currentIndex()].table.setFocus()

    def _say_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.show()

    def _dress(self) -> None:
        if self.care is not None:
            self.show_care(self.care)

    def _leave(self, place: str, what: object) -> None:
        """Go elsewhere; the window of care makes way."""
        self.go.emit(place, what)
        self.close()
