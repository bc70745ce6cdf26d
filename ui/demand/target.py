"""The target card: the slider, what it takes in hours beside those promised, and whether it is set."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.truth.ladder import USUAL, Ladder, Rung, Taken
from ui.demand import demand_words
from ui.demand.hours_bar import Hours, HoursBar
from ui.demand.short import Short
from ui.demand.slider import Targets, chance, percent
from ui.look import Look
from ui.parts import Button, Words, of_kind, secondary, sentence, title

MARKED = (0.95, 0.99, 0.999)


class TargetCard(QWidget):
    """Pick a share of calls; nothing is written until it is set. Emits `picked` with every move."""

    picked = Signal(float)
    clear = Signal()
    borrowing_changed = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.ladder: Ladder | None = None
        self.others = 0
        self.number = title("", 21)
        self.targets = Targets(look)
        self.borrow = QCheckBox(self.tr("Borrow from neighbouring areas"))
        self.borrow.setChecked(True)
        self.finding, self.state = Short(look), sentence("", "secondary")
        self.state.setFont(look.font(9))
        self.clear_button = Button(self.tr("Clear target"), "link")
        self.head, self.month = Words("", 9.75, bold=True), Words("", 9.75, bold=True)
        self.note = secondary("")
        self.bar, self.cost, self.sign, self.more = HoursBar(look), Words("", 9.75, bold=True), QLabel(), sentence("")
        self._lay_out()
        self.targets.slider.valueChanged.connect(self._moved)
        self.borrow.toggled.connect(self._borrowed)
        self.clear_button.clicked.connect(self.clear)
        look.changed.connect(self._fill)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        head, aim, borrow, hours, state = (QHBoxLayout() for _ in range(5))
        for part in (self.head, self.note):
            head.addWidget(part)
        head.addStretch(1)
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("99.9 % "))
        aim.setSpacing(16)
        aim.addWidget(self.number)
        aim.addWidget(self.targets, 1)
        borrow.addWidget(self.borrow)
        borrow.addWidget(self.finding, 1)
        state.addWidget(self.state, 1)
        state.addWidget(self.clear_button)
        for row in (head, aim, borrow, state):
            left.addLayout(row)
        for widget in (self.month, self.sign, self.cost):
            hours.addWidget(widget)
        hours.insertStretch(1, 1)
        self.more.setFont(self.look.font(9))
        of_kind(self.more, "secondary")
        right.addLayout(hours)
        right.addWidget(self.bar)
        right.addWidget(self.more)
        right.addStretch(1)
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.sides.setContentsMargins(0, 0, 0, 0)
        self.sides.setSpacing(32)
        for side in (left, right):
            side.setSpacing(6)
            self.sides.addLayout(side, 1)

    def show_ladder(self, ladder: Ladder, month: str, *, share: float | None, others: int) -> None:
        """Show what targets take; `share` is what was picked and not set, `others` how many more such there are."""
        self.ladder, self.others = ladder, others
        self.month.setText(self.tr("Hours in {}, whole city").format(times.month_words(month)))
        start = share if share is not None else ladder.chosen if ladder.chosen is not None else USUAL
        self.targets.show_stops(tuple(rung.share for rung in ladder.rungs), start)
        self._fill()

    @property
    def rung(self) -> Rung | None:
        """The target that the slider stands at."""
        return self.ladder.rung(self.targets.share) if self.ladder else None

    @property
    def is_set(self) -> bool:
        """Is the share shown the target that is set?"""
        chosen = self.ladder.chosen if self.ladder else None
        return chosen is not None and abs(chosen - self.targets.share) < 1e-9

    @property
    def taken(self) -> Taken | None:
        """What the target takes, with or without borrowing as ticked."""
        rung = self.rung
        return None if rung is None else rung.near if self.borrow.isChecked() else rung.alone

    def _moved(self) -> None:
        self._fill()
        self.picked.emit(self.targets.share)

    def _borrowed(self) -> None:
        self._fill()
        self.borrowing_changed.emit(self.borrow.isChecked())

    def _fill(self) -> None:
        rung, taken, ladder = self.rung, self.taken, self.ladder
        if rung is None or taken is None or ladder is None:
            return
        self.head.setText(self.tr("Target for {}").format(ladder.area) if ladder.area else self.tr("Target"))
        borrowing = self.borrow.isChecked()
        own = self.tr("calls that find a full team of their own area")
        self.note.setText(self.tr("calls that find a full team") if borrowing else own)
        self.number.setText(percent(rung.share))
        self._say(self.tr("Target: {share}").format(share=percent(rung.share)))
        self.finding.say(self._finding(taken))
        self.state.say(
            demand_words.state_words(ladder, rung.share, self.others), "secondary" if self.is_set else "warning"
        )
        self.clear_button.setVisible(ladder.chosen is not None)
        kind_words, kind = demand_words.cost_words(taken, ladder)
        self.cost.say(kind_words, kind)
        self.sign.setPixmap(self.look.icon("check" if kind == "good" else "warning", kind).pixmap(16, 16))
        self.bar.show_hours(self._hours(ladder, rung, taken))
        self.more.setText(demand_words.nearest_words(taken, ladder, borrowing=borrowing))

    def _finding(self, taken: Taken) -> str:
        if self.borrow.isChecked():
            said = self.tr("then {team} find a team, {own} one of their own area")
        else:
            said = self.tr("then {own} find a team of their own area")
        team, own = self._chances(taken)
        return said.format(team=chance(team), own=chance(own))

    def _chances(self, taken: Taken) -> tuple[float, float]:
        """Return the chances of the city, or of the area on view."""
        area = self.ladder.area if self.ladder else ""
        if not area:
            return taken.p_team, taken.p_own
        rows = [row for row in taken.rows if row.area == area]
        calls = sum(row.calls for row in rows) or 1.0
        return sum(row.calls * row.p_team for row in rows) / calls, sum(row.calls * row.p_own for row in rows) / calls

    def _say(self, name: str) -> None:
        slider = self.targets.slider
        slider.setAccessibleName(name)
        slider.setToolTip(self.tr("Arrow keys move the target; nothing is written until it is set"))

    def _hours(self, ladder: Ladder, rung: Rung, taken: Taken) -> Hours:
        def hours(of: Rung) -> float:
            return of.near.hours if self.borrow.isChecked() else of.alone.hours

        first = ladder.rungs[0]
        marks = [(self.tr("one team each"), hours(first))]
        for share in MARKED:
            needed = hours(ladder.rung(share))
            if needed > marks[-1][1]:
                marks.append((percent(share), needed))
        return Hours(ladder.promised, ladder.kept, taken.hours, percent(rung.share), tuple(marks))
