"""The demand page's cards: laid out, and filled from a month's view for the city or one area."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.truth.demand_view import DemandView
from solver.wording import say_date
from ui.demand.backtest_card import BacktestCard
from ui.demand.card_wall import Wall
from ui.demand.edit_forecast import EditPanel
from ui.demand.heat import HeatTable
from ui.demand.months import MonthsPlot
from ui.demand.remarks import Remarks
from ui.demand.shifts import Shown
from ui.demand.shifts_table import ShiftsTable
from ui.demand.short import NotedCard
from ui.demand.slider import chance
from ui.demand.target import TargetCard
from ui.desk import Desk
from ui.look import Look
from ui.parts import Card, sentence


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
