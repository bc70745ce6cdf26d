"""The calls page: the log with its filters at the left, a call or the entry of a new one at the right."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls import acts, answers, checks, going, hard, typed
from crt_scheduler.calls.call_out import call_out
from crt_scheduler.calls.page import CallsView, calls_view
from crt_scheduler.calls.rows import CallRow
from crt_scheduler.calls.values import TIMES
from crt_scheduler.errors import CrtError
from ui.calls.model import CALL, COLUMNS, CallsModel
from ui.calls.panel import CallPanel
from ui.calls.words import answer_words, call_words
from ui.desk import Desk
from ui.look import Look
from ui.page import Page
from ui.parts import Button, counted, of_kind, secondary
from ui.people.cells import FlatTable

SHOWN = """call call_responder call_answer stand_down hard_call debrief incident area area_neighbour division programme
responder availability wish credential credential_kind shift assignment seat responder_group"""
WIDTHS = {"number": 122, "notified": 100, "area": 46, "type": 150, "division": 84, "state": 140}
SPANS = (31, 0, 366)
"""Days back; 0: the month on view."""
STATES = ("", "open", "on scene", "clear", "closed")
AGAIN_MS = 60_000


class CallsPage(Page):
    """Calls: log one in seconds, phone down the list, note answers and times, write the report, sign it off."""

    KINDS: ClassVar[frozenset[str]] = frozenset(SHOWN.split())
    uses_period: ClassVar[bool] = True

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        self.view: CallsView | None = None
        super().__init__(desk, look, parent)
        self.span, self.area, self.state = QComboBox(), QComboBox(), QComboBox()
        self._fill_filters()
        self.new_button = Button(self.tr("New call"), "primary").with_icon(look, "plus")
        self.new_button.clicked.connect(self.new_call)
        self._acts = self._make_acts()
        self._again = QTimer(self, interval=AGAIN_MS)  # who is silent changes with the clock alone
        self._again.timeout.connect(self.renew)
        self._again.start()

    def build(self) -> QWidget:
        """Make the log and the panel, empty as yet."""
        self.table, self.model = FlatTable(self.look, self.tr("Calls")), CallsModel(self.look)
        self.table.setModel(self.model)
        of_kind(self.table, "rows")
        self.table.setMinimumWidth(360)
        for n, column in enumerate(COLUMNS):
            self.table.setColumnWidth(n, WIDTHS[column])
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.none = secondary(self.tr("No call here. Other dates, areas or states may have some."))
        self.none.setContentsMargins(16, 16, 16, 16)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.foot = secondary("")
        self.foot.setContentsMargins(16, 6, 16, 6)
        left, down = QWidget(), QVBoxLayout()
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.none, 1)
        down.addWidget(self.table, 1)
        down.addWidget(self.foot)
        left.setLayout(down)
        self.panel = CallPanel(self.look)
        self._connect()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setChildrenCollapsible(False)
        split.setSizes([590, 800])
        split.setStretchFactor(1, 1)
        return split

    def _connect(self) -> None:
        panel = self.panel
        panel.entry.save.connect(self.log)
        panel.form.save.connect(self.amend)
        panel.out.answered.connect(self.answer)
        panel.out.everyone_changed.connect(self._ask_out)
        panel.went.timed.connect(self.note_time)
        panel.went.drove.connect(self.note_miles)
        panel.hard.connect(self.tick_hard)
        panel.close_call.connect(self.close_call)
        panel.reopen.connect(self.reopen)
        panel.heard.connect(self.hear)

    def _fill_filters(self) -> None:
        spans = (self.tr("Last 31 days"), self.tr("Month on view"), self.tr("Last 12 months"))
        for words, days in zip(spans, SPANS, strict=True):
            self.span.addItem(words, days)
        self.area.addItem(self.tr("All areas"), "")
        states = (
            self.tr("Any state"), self.tr("Not on scene yet"), self.tr("On scene"), self.tr("Report due"),
            self.tr("Closed"),
        )  # fmt: skip
        for words, state in zip(states, STATES, strict=True):
            self.state.addItem(words, state)
        for box, name in ((self.span, self.tr("Dates")), (self.area, self.tr("Area")), (self.state, self.tr("State"))):
            box.setAccessibleName(name)
        self.span.activated.connect(self.renew)
        for box in (self.area, self.state):
            box.activated.connect(self._show_rows)

    def head_left(self) -> QWidget:
        """The filters."""
        return _row(self.span, self.area, self.state)

    def head_right(self) -> QWidget:
        """New call."""
        return _row(self.new_button)

    def commands(self) -> list[QAction]:
        """The page's acts."""
        return self._acts

    def _make_acts(self) -> list[QAction]:
        pairs = (
            (self.tr("Type a new call"), self.new_call, ""),
            (self.tr("Go to the call-out"), self._to_call_out, "Ctrl+L"),
            (self.tr("Sign the call off"), self.close_call, ""),
            (self.tr("Note word from the scene"), self.hear, ""),
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
        first, last = self._dates(now)
        self.desk.ask(self, "view", lambda session: calls_view(session, first, last, now=now), self._show, self._fail)

    def _dates(self, now: dt.datetime) -> tuple[dt.date, dt.date]:
        days = int(self.span.currentData() or 0)
        if not days:
            month = times.month_days(self.desk.month)
            return month[0], month[-1]
        return now.date() - dt.timedelta(days=days), now.date() + dt.timedelta(days=1)

    def _fail(self, sentence: str) -> None:
        self.view = None
        self.show_fault(sentence, self.tr("Try again"), self.refresh)

    def _show(self, view: CallsView) -> None:
        is_first = self.view is None
        self.view = view
        _fill(self.area, self.tr("All areas"), view.choices.areas)
        self.panel.offer(view)
        self.foot.setText(self._counts(view))
        self.show_content()
        shown = self.panel.row
        if is_first and shown is None:
            self.panel.entry.clear_all()
            self.panel.entry.offer(view)
        self._show_rows()
        if shown is not None:
            row = next((row for row in view.calls if row.id == shown.id), None)
            self._show_call(row) if row is not None else self.new_call()
        elif is_first:
            self.panel.begin()

    def _counts(self, view: CallsView) -> str:
        is_open = [row for row in view.calls if row.state in ("open", "on scene")]
        due = sum(row.state == "clear" for row in view.calls)
        silent = sum(row.silent_since(view.at, view.silence_minutes) is not None for row in is_open)
        parts = [counted(len(is_open), self.tr("1 open call"), self.tr("{} open calls"))]
        parts += [counted(due, self.tr("1 report due"), self.tr("{} reports due"))] if due else []
        parts += [counted(silent, self.tr("1 without a word"), self.tr("{} without a word"))] if silent else []
        return "     ".join(parts)

    def _show_rows(self) -> None:
        if self.view is None:
            return
        area, state = self.area.currentData() or "", self.state.currentData() or ""
        calls = tuple(row for row in self.view.calls if area in ("", row.area) and state in ("", row.state))
        self.model.fill(self.view, calls)
        self.none.setVisible(not calls)
        self.table.setVisible(bool(calls))
        row = self.model.row_of(self.panel.row.id) if self.panel.row else -1
        if row >= 0 and row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        row = now.data(CALL)
        if isinstance(row, CallRow) and (self.panel.row is None or self.panel.row.id != row.id):
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
        self.panel.out.team.setFocus()

    def new_call(self) -> None:
        """Show the entry of a new call, as it was left."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.panel.begin()

    def log(self) -> None:
        """Log the call as typed, or say beside its fields what is wrong."""
        now, form = self.desk.now(), self.panel.entry
        draft = form.draft(now=now, zone=self._zone)
        if draft is None:
            return

        def look(session: Any) -> tuple[Any, dict[str, str]]:
            whole = acts.filled(session, draft, now=now)
            return whole, checks.faults(session, whole, now=now)

        whole, faults = self.desk.read(look)
        form.show_faults(faults)
        if faults:
            self._say_rest(form.fields, faults)
            return
        made: list[int] = []
        sentence = self.desk.attempt(
            self.tr("Log call {}").format(whole.number),
            lambda session: made.append(acts.log(session, whole, now=now)),
        )
        self.panel.say_fault(sentence)
        if not sentence:
            form.clear_all()
            self._show_made(made[0])

    def _show_made(self, number: int) -> None:
        from crt_scheduler.calls import rows

        assert self.view is not None
        self._show_call(self.desk.read(lambda session: rows.call(session, number)))
        self._to_call_out()

    def _say_rest(self, fields: Any, faults: dict[str, str]) -> None:
        """Say at the head what has no field of its own."""
        self.panel.say_fault(" ".join(words for name, words in faults.items() if name not in fields))

    @property
    def _zone(self) -> str:
        return self.view.zone if self.view is not None else "UTC"

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
        look = lambda session: checks.faults(session, acts.amended(session, row.id, **changes), now=now, call_id=row.id)  # noqa: E731
        faults = self.desk.read(look)
        form.show_faults(faults)
        self._say_rest(form.fields, faults)
        if not faults:
            self.panel.row = None  # what is typed is kept in the records now: show them
            self._do(self.tr("Report of {}").format(call_words(row)), row, acts.amend, row.id, now=now, **changes)

    def _do(self, label: str, row: CallRow, act: Any, *values: Any, **named: Any) -> str:
        """Do an act on a call; what refuses it is said at the head and returned."""
        self.panel.row = self.panel.row or row
        sentence = self.desk.attempt(label, act, *values, **named)
        self.panel.say_fault(sentence)
        if not sentence and act is acts.amend:
            from crt_scheduler.calls import rows

            fresh = self.desk.read(lambda session: rows.call(session, row.id))
            self.panel.row = None
            self._show_call(fresh)
        return sentence

    def answer(self, code: str, said: str, reason: str) -> None:
        """Note what somebody answered."""
        if row := self.panel.row:
            label = self.tr("{who}: {said}, {call}").format(
                who=self._name(code), said=answer_words(said, reason)[0].lower(), call=call_words(row)
            )
            self._do(label, row, answers.answer, row.id, code, said, now=self.desk.now(), reason=reason)

    def _name(self, code: str) -> str:
        tables = (self.panel.out.team, self.panel.out.clergy)
        return next((one.name for table in tables for one in table.places.places if one.code == code), code)

    def note_time(self, code: str, field: str, text: str) -> None:
        """Note a time of a responder as typed; nothing typed means now, a time that was there and is emptied goes."""
        row, now = self.panel.row, self.desk.now()
        went = next((one for one in row.responders if one.code == code), None) if row else None
        if row is None or went is None:
            return
        before = [getattr(went, name) for name in TIMES[: TIMES.index(field)] if getattr(went, name) is not None]
        label = self.tr("{who}: {call}, times").format(who=went.name, call=call_words(row))
        try:
            is_emptied = not text and getattr(went, field) is not None
            after = before[-1] if before else row.notified
            at = None if is_emptied else typed.moment(text, now=now, zone=self._zone, after=after)
        except CrtError as fault:
            self.panel.went.say_fault(str(fault), code, field)
            return
        sentence = self._do(label, row, going.set_time, row.id, code, field, at, now=now)
        self.panel.say_fault("")
        self.panel.went.say_fault(sentence, code, field)

    def note_miles(self, code: str, text: str) -> None:
        """Note the miles somebody drove; nothing typed takes them back."""
        row = self.panel.row
        try:
            miles = float(text.replace(",", ".")) if text else None
        except ValueError:
            self.panel.went.say_fault(self.tr("Type the miles as a number, such as 18."))
            return
        if row is not None:
            words = self.tr("Miles driven, {}").format(call_words(row))
            sentence = self._do(words, row, going.drive, row.id, code, miles)
            self.panel.went.say_fault(sentence)

    def tick_hard(self, why: str) -> None:
        """Tick the call hard, or take the tick back."""
        if row := self.panel.row:
            words = self.tr("Hard call {}").format(call_words(row))
            self._do(words, row, hard.tick_hard, row.id, why, now=self.desk.now())

    def close_call(self) -> None:
        """Sign the call off."""
        if row := self.panel.row:
            named = {"by": self.desk.who, "now": self.desk.now()}
            self._do(self.tr("Sign off {}").format(call_words(row)), row, acts.close, row.id, **named)

    def reopen(self) -> None:
        """Take the sign-off back."""
        if row := self.panel.row:
            self._do(self.tr("Reopen {}").format(call_words(row)), row, acts.reopen, row.id)

    def hear(self) -> None:
        """Note that somebody on scene was heard from now."""
        if row := self.panel.row:
            self._do(self.tr("Word from {}").format(call_words(row)), row, acts.hear, row.id, now=self.desk.now())


def _row(*parts: QWidget) -> QWidget:
    found = QWidget()
    row = QHBoxLayout(found)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return found


def _fill(box: QComboBox, first: str, words: tuple[str, ...]) -> None:
    kept = box.currentData()
    box.clear()
    box.addItem(first, "")
    for word in words:
        box.addItem(word, word)
    box.setCurrentIndex(max(box.findData(kept), 0))
