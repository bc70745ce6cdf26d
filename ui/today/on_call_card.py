"""The on-call card: who is on call now and next per area, lead first, phone one click away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import AreaMark, Button, Card, Line, Words, secondary
from ui.today import today_words
from ui.today.phone import PhoneLink, dial
from ui.words import tr

if TYPE_CHECKING:
    from crt_scheduler.today import OnCall, OpenCall, Post, Today, Turn, Watch

AREA, NOW, GAP, NEXT, LAST = 0, 1, 4, 5, 8
"""Columns: the post; name, role and phone now; a gap; name, role and phone next."""


class OnCallCard(Card):
    """One line per post. `go` asks for the roster of a date or a person's page."""

    go = Signal(str, object)

    def __init__(self, look: Look, *, dial: Callable[[str], object] = dial) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("On call"))
        self._look, self._dial = look, dial
        self._shown: Today | None = None
        self._rows = QWidget()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._rows)

    def show_today(self, today: Today) -> None:
        """Show the posts; what is shown already is left as it is, so that nobody loses the focus."""
        shown = replace(today, at=today.turn_now.start if today.turn_now else today.at, care=(), card=None, steps=())
        if shown == self._shown:
            return
        self._shown = shown
        grid = QGridLayout()
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        self._head(grid, today)
        line = 1
        for post in today.posts:
            line = self._post(grid, line, post, today)
        for column, stretch in ((AREA, 10), (NOW, 14), (NEXT, 14), (LAST, 1)):
            grid.setColumnStretch(column, stretch)
        grid.setColumnMinimumWidth(GAP, 12)
        self._replace(grid)

    def forget(self) -> None:
        """Draw everything anew the next time: the palette is another."""
        self._shown = None

    def _replace(self, grid: QGridLayout) -> None:
        rows = QWidget()
        rows.setLayout(grid)
        self.body.replaceWidget(self._rows, rows)
        rows.show()
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _head(self, grid: QGridLayout, today: Today) -> None:
        grid.addWidget(Words(self.tr("On call"), bold=True), 0, AREA)
        if today.turn_now is not None:
            until = today_words.until_words(today.turn_now.end, today.at, today.zone)
            note = self.tr("{}, until {}").format(today_words.shift_words(today.turn_now.words), until)
        else:
            note = self.tr("no shift runs")
        grid.addLayout(self._heading(self.tr("Now"), note, self._draft_words(today)), 0, NOW, 1, 3)
        if today.turn_next is not None:
            note = self._turn_words(today.turn_next, today)
            grid.addLayout(self._heading(self.tr("Next"), note, ""), 0, NEXT, 1, 3)
        grid.setRowMinimumHeight(0, 28)

    def _heading(self, title: str, note: str, warning: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.setContentsMargins(3, 0, 0, 0)
        row.addWidget(Words(title, bold=True))
        row.addWidget(secondary(note, 9.75))
        if warning:
            row.addSpacing(6)
            row.addWidget(Words(warning, 9, kind="warning"))
        row.addStretch(1)
        return row

    def _draft_words(self, today: Today) -> str:
        """Say once that those on call were never told, rather than beside every name."""
        now = [person for post in today.posts if post.now for person in post.now.people]
        drafts = sum(person.state == "draft" for person in now)
        return self.tr("{} not told").format(drafts) if drafts else ""

    def _turn_words(self, turn: Turn, today: Today) -> str:
        start = today_words.until_words(turn.start, today.at, today.zone)
        return self.tr("{}, {}–{}").format(
            today_words.shift_words(turn.words), start, today_words.clock(turn.end, today.zone)
        )

    def _post(self, grid: QGridLayout, line: int, post: Post, today: Today) -> int:
        """Add the lines of one post and return the next free line."""
        grid.addWidget(_ruled(), line, 0, 1, LAST + 1)
        now = self._watch(grid, line + 1, NOW, post.now, self._own_time(post.now, today.turn_now, today))
        if post.is_same_next and post.now is not None:
            until = today_words.until_words(post.now.end, today.at, today.zone)
            grid.addWidget(self._quiet(self._same(post.now).format(until)), line + 1, NEXT, 1, 3)
            following = 1
        else:
            following = self._watch(grid, line + 1, NEXT, post.next, self._own_time(post.next, today.turn_next, today))
        taken = max(now, following, 1)
        grid.addWidget(self._name(post, today), line + 1, AREA, taken, 1, Qt.AlignmentFlag.AlignTop)
        return line + 1 + taken

    def _same(self, watch: Watch) -> str:
        if len(watch.people) == 2:
            return self.tr("The same two until {}")
        return self.tr("The same until {}")

    def _own_time(self, watch: Watch | None, turn: Turn | None, today: Today) -> str:
        """Return a watch's own time where it is not the one at the head of the column."""
        if watch is None or (turn is not None and (watch.start, watch.end) == (turn.start, turn.end)):
            return ""
        start = today_words.until_words(watch.start, today.at, today.zone)
        return (
            f"{today_words.shift_words(watch.words)} {start}–{today_words.until_words(watch.end, today.at, today.zone)}"
        )

    def _name(self, post: Post, today: Today) -> QWidget:
        name = today_words.post_words(post.area, post.kind)
        whole, row = QWidget(), QHBoxLayout()
        whole.setLayout(row)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        if post.kind != "city":
            row.addWidget(AreaMark(self._look, "clergy" if post.kind == "clergy" else post.area))
        row.addWidget(Words(name, bold=True))
        row.addStretch(1)
        calls = [call for call in today.calls if post.kind == "area" and call.area == post.area]
        if not calls:
            return whole
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(whole)
        for call in calls:
            column.addWidget(self._on_a_call(call, today))
        return both

    def _on_a_call(self, call: OpenCall, today: Today) -> Button:
        since = self.tr("On a call since {}").format(today_words.until_words(call.notified, today.at, today.zone))
        link = Button(since, "link")
        link.setAccessibleName(self.tr("Call {0}: {1}").format(call.number, since))
        link.clicked.connect(lambda: self.go.emit("calls", call.id))
        return link

    def _quiet(self, text: str) -> QLabel:
        found = secondary(text, 9.75)
        found.setMinimumHeight(24)
        found.setContentsMargins(3, 0, 0, 0)
        return found

    def _watch(self, grid: QGridLayout, line: int, column: int, watch: Watch | None, own_time: str) -> int:
        """Add the people and gaps of a watch and return how many lines they take."""
        if watch is None:
            grid.addWidget(self._quiet(self.tr("No shift")), line, column, 1, 3)
            return 1
        for n, person in enumerate(watch.people):
            self._person(grid, line + n, column, person, own_time if n == 0 else "")
        count = len(watch.people)
        if watch.missing:
            grid.addWidget(self._gap(watch), line + count, column, 1, 3)
            return count + 1
        if not count:
            grid.addWidget(self._quiet(self.tr("Nobody")), line, column, 1, 3)
        return max(count, 1)

    def _person(self, grid: QGridLayout, line: int, column: int, person: OnCall, own_time: str) -> None:
        role = today_words.role_words(person.role, person.tier)
        name = Button(
            person.name, "name", tip=self.tr("Open {}, {}").format(person.name, today_words.state_words(person.state))
        )
        rests = self.tr("Stands down") if person.rests_until is not None else ""
        name.setAccessibleName(
            ", ".join(filter(None, (person.name, role, today_words.state_words(person.state), rests)))
        )
        name.setProperty("lead", person.role in ("lead", "duty_lead") or person.tier == "primary")
        name.clicked.connect(lambda: self.go.emit("people", person.person))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(name)
        row.addWidget(self._state(person.state))
        row.addStretch(1)
        grid.addLayout(row, line, column)
        said = secondary(role)
        said.setToolTip(own_time)
        grid.addWidget(said, line, column + 1)
        grid.addWidget(self._phone(person), line, column + 2)
        grid.setRowMinimumHeight(line, 24)

    def _state(self, state: str) -> QLabel:
        """Return the mark of a promise: a tick when confirmed, a clock when only told; drafts are said at the head."""
        mark = QLabel()
        name = {"confirmed": ("check", "good"), "told": ("clock", "warning")}.get(state)
        if name is not None:
            mark.setPixmap(self._look.icon(*name).pixmap(14, 14))
        mark.setAccessibleName(today_words.state_words(state))
        mark.setToolTip(today_words.state_words(state))
        return mark

    def _phone(self, person: OnCall) -> QWidget:
        """Return the number as a link; whoever stands down is not to be called out, so there is none to press."""
        if person.rests_until is not None:
            rests = Words(self.tr("Stands down"), 9, kind="bad")
            rests.setContentsMargins(6, 0, 0, 0)
            return rests
        if not person.phone:
            return Words(self.tr("No phone"), 9, kind="bad")
        return PhoneLink(self._look, person.phone, person.phone_words, person.name, dial=self._dial)

    def _gap(self, watch: Watch) -> QWidget:
        whole, row = QWidget(), QHBoxLayout()
        whole.setLayout(row)
        row.setContentsMargins(3, 2, 0, 2)
        row.setSpacing(6)
        row.addWidget(OpenChip(self._look, gap_words(watch)))
        find = Button(self.tr("Find cover"), "link")
        find.setAccessibleName(self.tr("Find cover for {}").format(watch.open_shift))
        find.clicked.connect(lambda: self.go.emit("roster", watch.open_shift))
        row.addWidget(find)
        row.addStretch(1)
        return whole


def gap_words(watch: Watch) -> str:
    """Return what is missing on a watch, in words."""
    count = watch.missing
    if watch.lacks_team:
        found = tr("No full pair: 1 seat open") if count == 1 else tr("No full pair: {} seats open")
        return found.format(count)
    names = ", ".join(dict.fromkeys(today_words.seat_words(place.role, place.tier) for place in watch.open))
    return (tr("1 seat open: {1}") if count == 1 else tr("{0} seats open: {1}")).format(count, names)


def _ruled() -> QWidget:
    """Return a hairline with room above and below."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 4, 0, 4)
    column.addWidget(Line())
    return whole


class OpenChip(QLabel):
    """An open seat in a list: a dashed amber box around its words."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setFont(look.font(9))
        self.setContentsMargins(6, 2, 6, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, then the words."""
        fill, text = self._look.heat(1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("warning"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
