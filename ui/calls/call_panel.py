"""The panel beside the log: one call with its call-out, who went, and its report; or the entry of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.call_out.whom_to_phone import CallOut
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.calls_view import CallsView
from ui.box import Pick
from ui.calls.boxes import Section
from ui.calls.call_form import CallForm
from ui.calls.call_out_card import CallOutPart
from ui.calls.calls_words import call_words, shown, state_words, when_words
from ui.calls.went import WentPart
from ui.look import Look
from ui.parts import AreaMark, Button, Line, Words, sentence, title

if TYPE_CHECKING:
    from datetime import datetime


class CallPanel(QFrame):
    """Shows one call, or a new one; asks for acts by signals and holds what is typed until it is taken."""

    hard = Signal(str)
    close_call = Signal()
    reopen = Signal()
    heard = Signal()
    new = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "panel")
        self.row: CallRow | None = None
        self._drafts: dict[int, dict[str, Any]] = {}
        """Reports as they were typed and not saved, by call."""
        self.entry, self.form = CallForm(), CallForm()
        self.out, self.went = CallOutPart(look), WentPart()
        self.head, self.about, self.state = title(""), Words("", kind="secondary"), Words("", bold=True)
        self.about.setMinimumWidth(60)
        self.mark = QWidget()
        self.save_button = Button(self.tr("Save"), "primary")
        self.close_button = Button(self.tr("Sign off"))
        self.word_button = Button(self.tr("Heard from them"))
        self.hard_box = Pick()
        self.hard_box.setAccessibleName(self.tr("Hard call, and why"))
        self.fault = sentence("", "bad")
        self.fault.hide()
        self.body, self._whole = QVBoxLayout(), QVBoxLayout(self)
        self._make_head()
        self._make_body()
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self._close)
        self.word_button.clicked.connect(self.heard)
        self.hard_box.activated.connect(lambda: self.hard.emit(str(self.hard_box.currentData() or "")))

    def _make_head(self) -> None:
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 10, 16, 10)
        self._head.setSpacing(10)
        for part in (self.head, self.mark, self.about, self.state):
            self._head.addWidget(part)
        self._head.addStretch(1)
        for button in (self.word_button, self.close_button, self.save_button):
            self._head.addWidget(button)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(self._head)
        said = QHBoxLayout()
        said.setContentsMargins(16, 0, 16, 0)
        said.addWidget(self.fault)
        self._whole.addLayout(said)

    def _make_body(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.live, self.care = QWidget(), Section(self.tr("Hard call"), "")
        self.care.grid.addWidget(self.hard_box, 0, 0)
        live = QVBoxLayout(self.live)
        live.setContentsMargins(0, 0, 0, 0)
        live.setSpacing(0)
        for words, part in ((self.tr("Call-out"), self.out), (self.tr("Responders"), self.went)):
            name = Words(words, bold=True)
            name.setContentsMargins(16, 10, 16, 0)
            live.addWidget(Line())
            live.addWidget(name)
            live.addWidget(part)
        for one in (self.entry, self.live, self.form, self.care):
            self.body.addWidget(one)
        self.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.scrolled = area
        self._inside = inside
        self._whole.addWidget(area, 1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Be as wide as everything in it needs: nothing scrolls sideways."""
        wide = max(self._inside.minimumSizeHint().width(), self.form.minimumSizeHint().width())
        return QSize(wide + self.scrolled.verticalScrollBar().sizeHint().width(), super().minimumSizeHint().height())

    def _save(self) -> None:
        if self.row is None:
            self.entry.save.emit()
            return
        self.went.take_typed()
        self.form.save.emit()

    def _close(self) -> None:
        """Sign off, once what is typed has been taken; or open again."""
        if self.row is None or self.row.closed is not None:
            self.reopen.emit()
            return
        self._save()
        if not self.form.is_touched and not self.went.is_touched:
            self.close_call.emit()

    def offer(self, view: CallsView) -> None:
        """Offer what the records know to both forms."""
        for form in (self.entry, self.form):
            form.offer(view)
        kept = self.row.hard if self.row else ""
        self.hard_box.clear()
        self.hard_box.addItem(self.tr("Not a hard call"), "")
        for why in view.choices.hard:
            self.hard_box.addItem(self.tr("Hard call: {}").format(why), why)
        self.hard_box.setCurrentIndex(max(self.hard_box.findData(kept), 0))

    def begin(self) -> None:
        """Show the entry of a new call, as it was left."""
        self._keep_typed()
        self.row = None
        self.head.setText(self.tr("New call"))
        self.say_fault("")
        self._dress()
        self.scrolled.verticalScrollBar().setValue(0)
        self.entry.clocks["notified"].setFocus()

    def show_call(self, row: CallRow, view: CallsView) -> None:
        """Show a call; what was typed into its report and not saved stays."""
        is_other = self.row is None or self.row.id != row.id
        if is_other:
            self._keep_typed()
        self.row = row
        if is_other or not self.form.is_touched:
            self.form.show_call(row, view.zone)
        if is_other:
            held = self._drafts.pop(row.id, None)
            self.say_fault("")
            if held is not None and row.closed is None:
                self.form.type_again(held)
                self.say_fault(self.tr("What you typed here is not saved yet."))
            self.scrolled.verticalScrollBar().setValue(0)
        silent = row.silent_since(view.at, view.silence_minutes)
        self._say_head(row, silent, view.zone)
        self.hard_box.setCurrentIndex(max(self.hard_box.findData(row.hard), 0))
        self.went.show_call(row, view.zone)
        self.out.show_call(row, view.zone)
        self._dress()

    def tab_order(self) -> list[QWidget]:
        """Return the button to call out, then the times of those who went."""
        return [self.out.all_call_button, *self.went.stops()]

    def _keep_typed(self) -> None:
        """Keep what is typed into the report on view, until one comes back to it."""
        if self.row is not None and self.form.is_touched:
            self._drafts[self.row.id] = self.form.typed()

    def _say_head(self, row: CallRow, silent: datetime | None, zone: times.Zone) -> None:
        self.head.setText(call_words(row))
        about = f"{shown(row.type)}, {row.division or row.area}, {when_words(row.notified, zone)}"
        self.about.setText(self.tr("{}, all-call").format(about) if row.kind == "all_call" else about)
        self.state.say(*state_words(row, silent, zone))
        mark = AreaMark(self._look, row.area)
        self._head.replaceWidget(self.mark, mark)
        self.mark.hide()
        self.mark.deleteLater()
        self.mark = mark
        self.word_button.setVisible(row.state == "on scene")

    def show_out(self, found: CallOut) -> None:
        """Show the call-out of the call on view."""
        if self.row is not None and found.call == self.row.id:
            self.out.show_found(found, can_answer=self.row.closed is None)

    def _dress(self) -> None:
        row = self.row
        self.entry.setVisible(row is None)
        for part in (self.live, self.form, self.care, self.mark, self.about, self.state):
            part.setVisible(row is not None)
        self.close_button.setVisible(row is not None)
        is_closed = row is not None and row.closed is not None
        self.close_button.setText(self.tr("Reopen") if is_closed else self.tr("Sign off"))
        self.close_button.setAccessibleName(self.close_button.text())
        self.save_button.setText(self.tr("Save") if row is not None else self.tr("Log call"))
        self.save_button.setAccessibleName(self.save_button.text())
        if row is None:
            self.word_button.hide()
        self.updateGeometry()  # the scrolled part does not tell that it needs more room

    def say_fault(self, words: str) -> None:
        """Say at the head what cannot be done; no words: all is well."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
