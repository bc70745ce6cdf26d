"""The demand page's cards: laid out, and filled from a month's view for the city or one area."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.truth.demand_view import DemandView
from solver.wording import say_date
from ui.demand.backtest_card import BacktestCard
from ui.demand.edit_forecast import EditPanel
from ui.demand.heat import HeatTable
from ui.demand.months import MonthsPlot
from ui.demand.shifts import Shown
from ui.demand.shifts_table import ShiftsTable
from ui.demand.short import NotedCard
from ui.demand.slider import chance
from ui.demand.target import TargetCard
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Card, of_kind, sentence

ENOUGH = 1060
"""Pixels below which two columns would cut figures off."""


class Remarks(QFrame):
    """A strip above the page; hidden where nothing is to be said. Emits `asked` for an import."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "note")
        self.sign, self.words = QLabel(), sentence("")
        self.button = Button(self.tr("Import incidents…"))
        self.button.clicked.connect(self.asked)
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        column.addWidget(self.words)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self._dress)
        self.hide()

    def show_view(self, view: DemandView) -> None:
        """Say what is wrong with a log, or that none is there."""
        is_empty = not view.logged
        if is_empty:
            said = self.tr("No calls are logged yet: the forecast is what was set by hand, {:,.0f} calls a year.")
            self.words.say(said.format(view.by_hand), "")
        else:
            self.words.say("\n".join(view.remarks), "")
        self.button.setVisible(is_empty)
        of_kind(self.button, "primary")
        self.setAccessibleName(self.words.text())
        self.setVisible(is_empty or bool(view.remarks))
        self._kind = "secondary" if is_empty else "warning"
        self._dress()

    def _dress(self) -> None:
        kind = getattr(self, "_kind", "secondary")
        self.sign.setPixmap(self._look.icon("info" if kind == "secondary" else "warning", kind).pixmap(16, 16))


class Wall(QScrollArea):
    """Scrolls remarks, the target card and four more cards, and puts them below each other where it is narrow."""

    def __init__(self, above: list[QWidget], cards: list[QWidget], turning: QBoxLayout) -> None:
        super().__init__()
        self._cards, self._turning, self._columns = cards, turning, 0
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        inside = QWidget()
        of_kind(inside, "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in above:
            column.addWidget(part)
        column.addLayout(self._grid, 1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the number of columns anew."""
        self._arrange(2 if self.viewport().width() >= ENOUGH else 1)
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for n, card in enumerate(self._cards):
            self._grid.addWidget(card, n // columns, n % columns)
        for n in range(len(self._cards)):
            self._grid.setRowStretch(n, (5, 6)[n] if columns == 2 and n < 2 else 0)
        self._grid.setColumnStretch(0, 10)
        self._grid.setColumnStretch(1, 7 if columns == 2 else 0)
        way = QBoxLayout.Direction.LeftToRight if columns == 2 else QBoxLayout.Direction.TopToBottom
        self._turning.setDirection(way)


class Body(QWidget):
    """Target and hours above, heat and months, area-shifts and backtest below, Edit forecast at the side.

    Emits `edit_closed` when that panel is closed by its own button.
    """

    edit_closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self._edit: EditPanel | None = None
        self._view: DemandView | None = None
        self.target, self.heat, self.months = TargetCard(look), HeatTable(look), MonthsPlot(look)
        self.shifts, self.replay = ShiftsTable(look), BacktestCard(desk, look)
        self.remarks, self.story = Remarks(look), sentence("", "secondary")
        self.story.setFont(look.font(9))
        self.heat_card = NotedCard(look, self.tr("When calls come"))
        self.months_card = NotedCard(look, self.tr("Calls a month"))
        self.shifts_card = NotedCard(look, self.tr("Teams by area and shift"))
        self._lay_out()

    @property
    def edit(self) -> EditPanel:
        """Edit forecast, hidden at first; it is made when it is first wanted, for most visits only look."""
        if self._edit is None:
            self._edit = EditPanel(self._desk, self._look)
            self._edit.hide()
            self._edit.closed.connect(self.edit_closed)
            self._row.addWidget(self._edit)
            if self._view is not None:
                self._edit.show_view(self._view)
        return self._edit

    def _lay_out(self) -> None:
        target = Card()
        target.setAccessibleName(self.tr("Target and hours"))
        target.body.setContentsMargins(16, 12, 16, 12)
        target.body.addWidget(self.target)
        self.heat_card.body.addWidget(self.heat)
        self.months_card.body.addWidget(self.months, 1)
        self.months_card.body.addWidget(self.story)
        self.shifts_card.body.setContentsMargins(0, 0, 0, 4)
        self.shifts_card.body.addWidget(self.shifts)
        cards: list[QWidget] = [self.heat_card, self.months_card, self.shifts_card, self.replay]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(Wall([self.remarks, target], cards, self.target.sides), 1)

    def show_view(self, view: DemandView) -> None:
        """Show what is the same for every area."""
        self._view = view
        self.replay.show_for(view)
        if self._edit is not None:
            self._edit.show_view(view)
        self.remarks.show_view(view)
        self.story.setText(" ".join([view.story, self._frozen_words(view)]))

    def _frozen_words(self, view: DemandView) -> str:
        """Say when the level was frozen: what was logged since then is not looked at."""
        if view.frozen is None:
            return ""
        return self.tr("Frozen 45 days ahead: {}.").format(say_date(view.frozen, "long day year"))

    def show_side(self, view: DemandView, area: str) -> None:
        """Show the city's or an area's heat and months."""
        heat = next(each for each in view.heat if each.area == area)
        months = next(each for each in view.months if each.area == area)
        self.heat.show_heat(heat, view.changes)
        self.months.show_months(months, view.month)
        said = self.tr("calls a year in each hour, from {:,} logged calls; lines mark the shift changes")
        by_hand = self.tr("as set by hand, without a log")
        self.heat_card.said_of.say(said.format(view.logged) if view.logged else by_hand)
        each = months.of(view.month)
        if each is not None and each.expected is not None:
            likely = self.tr("{month}: {expected:,.0f}, likely {low:,} to {high:,}")
            name = times.month_words(view.month)
            words = likely.format(month=name, expected=each.expected, low=each.low, high=each.high)
            self.months_card.said_of.say(words)

    def show_rows(self, view: DemandView, area: str) -> None:
        """Show the area-shifts for the target that the slider stands at."""
        taken, rung = self.target.taken, self.target.rung
        if taken is None or rung is None:
            return
        rows = tuple(row for row in taken.rows if area in ("", row.area))
        month = say_date(times.parse_month(view.month), "long month")
        self.shifts.show_rows(Shown(rows, rung.share, self.target.borrow.isChecked(), month))
        self.shifts_card.said_of.say(self._standing_words(view, area))

    def _standing_words(self, view: DemandView, area: str) -> str:
        rows = [row for row in view.standing if area in ("", row.area)]
        calls = sum(row.calls for row in rows) or 1.0
        team = sum(row.calls * row.p_team for row in rows) / calls
        own = sum(row.calls * row.p_own for row in rows) / calls
        if view.is_rostered:
            said = self.tr("at this target; with the roster as it stands {team} find a team, {own} of their own area")
        else:
            said = self.tr("at this target; with the plan as it stands {team} find a team, {own} of their own area")
        return said.format(team=chance(team), own=chance(own))
