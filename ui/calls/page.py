"""The calls page: the log with its filters at the left, a call or the entry of a new one at the right."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from crt_scheduler import times
from crt_scheduler.call_out.whom_to_phone import call_out
from crt_scheduler.calls import call_acts, call_rows
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.calls_view import CallsView, calls_view
from solver.wording import tr
from ui import recall
from ui.calls.call_hand import CallActs
from ui.calls.call_log import CallLog, row_of
from ui.calls.call_panel import CallPanel
from ui.desk import Desk
from ui.look import Look
from ui.page import Page
from ui.parts import Button

AGAIN_MS = 60_000


class CallsPage(Page):
    """Calls: log one in seconds, phone down the list, note answers and times, write the report, sign it off."""

    uses_period: ClassVar[bool] = True

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        self.view: CallsView | None = None
        super().__init__(desk, look, parent)
        self.new_button = Button(self.tr("New call"), "primary").with_icon(look, "plus")
        self.new_button.clicked.connect(self.new_call)
        self._acts = self._make_acts()
        self._again = QTimer(self, interval=AGAIN_MS)  # who is silent changes with the clock alone
        self._again.timeout.connect(self.renew)
        self._again.start()

    def build(self) -> QWidget:
        """Make the log and the panel, empty as yet."""
        self.left = CallLog(self.look)
        self.left.chosen.connect(self._chosen)
        self.left.asked.connect(self.renew)
        self.panel = CallPanel(self.look)
        self.acts = CallActs(self.desk, self.panel)
        self._connect()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.left)
        split.addWidget(self.panel)
        split.setChildrenCollapsible(False)
        split.setSizes([650, 740])
        split.setStretchFactor(0, 1)
        return split

    def _connect(self) -> None:
        panel = self.panel
        panel.entry.save.connect(self.log)
        panel.form.save.connect(self.amend)
        panel.out.answered.connect(self.acts.answer)
        panel.out.everyone_changed.connect(self._ask_out)
        panel.out.all_call.connect(self.all_call)
        panel.went.timed.connect(self.acts.note_time)
        panel.went.drove.connect(self.acts.note_miles)
        panel.hard.connect(self.acts.tick_hard)
        panel.close_call.connect(self.acts.close_call)
        panel.reopen.connect(self.acts.reopen)
        panel.heard.connect(self.acts.hear)

    def head_left(self) -> QWidget:
        """The filters."""
        return self.left.filters

    def head_right(self) -> QWidget:
        """New call."""
        return row_of(self.new_button)

    def commands(self) -> list[QAction]:
        """The page's acts."""
        return self._acts

    def _make_acts(self) -> list[QAction]:
        pairs = (
            (self.tr("Type a new call"), self.new_call, ""),
            (self.tr("Go to the call-out"), self._to_call_out, "Ctrl+L"),
            (self.tr("Sign the call off"), self.acts.close_call, ""),
            (self.tr("Note word from the scene"), self.acts.hear, ""),
            (self.tr("All-call for this call: ask everyone"), self.all_call, "Ctrl+Shift+E"),
        )
        found = []
        for name, act, keys in pairs:
            action = QAction(name, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)
            found.append(action)
        return found

    def refresh(self) -> None:
        """Read the calls in the background; what is on view stays until the answer is there."""
        now = self.desk.now()
        if self.view is None:
            self.show_loading(self.tr("Reading the calls."))
        first, last = self.left.dates(now, self.desk.month)
        self.desk.ask(self, "view", lambda session: calls_view(session, first, last, now=now), self._show, self._fail)

    def _fail(self, sentence: str) -> None:
        self.view = None
        self.show_fault(sentence, self.tr("Try again"), self.refresh)

    def _show(self, view: CallsView) -> None:
        is_first = self.view is None
        self.view, self.acts.zone = view, view.zone
        self.panel.offer(view)
        self.show_content()
        shown = self.panel.row
        if is_first and shown is None:
            self.panel.entry.clear_all()
            self.panel.entry.offer(view)
            self._type_again()
        self._show_rows()
        if shown is not None:
            row = next((row for row in view.calls if row.id == shown.id), None)
            self._show_call(row) if row is not None else self.new_call()
        elif is_first:
            self.panel.begin()

    def _type_again(self) -> None:
        """Put back a new call that was half typed when the window was closed last."""
        kept = recall.fields(self.desk.settings, tr("new call {path}", path=self.desk.path))
        if kept:
            self.panel.entry.type_again(kept)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep a new call that is half typed; nobody is named in one."""
        typed, name = self.panel.entry.typed(), tr("new call {path}", path=self.desk.path)
        number = typed.pop("number")
        if any(typed.values()):
            self.desk.settings.setValue(name, json.dumps({**typed, "number": number}))
        else:
            self.desk.settings.remove(name)
        super().closeEvent(event)

    def _show_rows(self) -> None:
        if self.view is not None:
            self.left.show_view(self.view)
        if self.panel.row is not None:
            self.left.choose(self.panel.row.id)

    def _chosen(self, row: CallRow) -> None:
        if self.panel.row is None or self.panel.row.id != row.id:
            self.panel.out.everyone.setChecked(False)
            self._show_call(row)

    def _show_call(self, row: CallRow) -> None:
        assert self.view is not None
        self.panel.show_call(row, self.view)
        self._ask_out()

    def show_what(self, what: object) -> None:
        """Show the call of a row number or of its incident number, or the entry of a new one."""
        if what == "new":
            self.new_call()
            return
        row = next((row for row in self.view.calls if what in (row.id, row.number)), None) if self.view else None
        if row is not None:
            self._show_call(row)
            self._show_rows()

    def _ask_out(self) -> None:
        """Rank in the background whom to phone for the call on view."""
        row, now, everyone = self.panel.row, self.desk.now(), self.panel.out.everyone.isChecked()
        if row is not None:
            look = partial(call_out, call_id=row.id, now=now, everyone=everyone)
            self.desk.ask(self, "out", lambda session: look(session), self.panel.show_out)

    def _to_call_out(self) -> None:
        out = self.panel.out
        (out.team if out.team.isVisible() else out.everyone).setFocus()

    def all_call(self) -> None:
        """Ask for the all-call of the call on view."""
        if self.panel.row is not None:
            self.go.emit("all-call", self.panel.row.id)

    def new_call(self) -> None:
        """Show the entry of a new call, as it was left."""
        self.left.choose(None)
        self.panel.begin()

    def log(self) -> None:
        """Log the call as typed, or say beside its fields what is wrong."""
        now, form = self.desk.now(), self.panel.entry
        draft = form.draft(now=now, zone=self._zone)
        if draft is None:
            return

        logged = call_acts.LOG(draft, now=now).answering(lambda session, number: call_rows.call(session, number))
        made = self.desk.attempt(logged)
        self._say_faults(form, made.faults)
        if made:
            form.clear_all()
            self._show_call(made.answer)
            self._to_call_out()

    def _say_faults(self, form: Any, faults: dict[str, str]) -> None:
        """Say beside each field what is wrong with it, and at the head what has no field of its own."""
        form.show_faults(faults)
        self.panel.say_fault(" ".join(words for name, words in faults.items() if name not in form.fields))

    @property
    def _zone(self) -> times.Zone:
        return self.view.zone if self.view is not None else times.Zone("UTC")

    def amend(self) -> None:
        """Save the report of the call on view, as one act."""
        row, now, form = self.panel.row, self.desk.now(), self.panel.form
        draft = form.draft(now=now, zone=self._zone) if row is not None else None
        if row is None or draft is None:
            return
        names = {*form.fields, *form.ticks, *form.lists} - {"another_case"}
        changes = {name: getattr(draft, name) for name in names if getattr(draft, name) != getattr(row, name)}
        if not changes:
            return

        amended = self.desk.attempt(call_acts.AMEND(row.id, now=now, **changes))
        self._say_faults(form, amended.faults)
        if amended:
            focused = QApplication.focusWidget()
            form.show_call(self.desk.read(lambda session: call_rows.call(session, row.id)), self._zone)
            if focused is not None:
                focused.setFocus()
