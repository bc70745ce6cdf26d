"""The demand page: reads a month, lets targets be tried without writing, and sets or clears them as one act."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.demand import targets
from crt_scheduler.truth.demand_view import DemandView, demand_view
from crt_scheduler.truth.ladder import Ladder, climb
from ui.demand.area_choice import AreaChoice
from ui.demand.demand_cards import Body
from ui.desk import Desk
from ui.look import Look
from ui.page import Page
from ui.parts import Button


class DemandPage(Page):
    """Demand of a month: look, try a target, set it. What is picked on the slider stays until it is set or moved."""

    uses_period: ClassVar[bool] = True
    body: Body

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        self.view: DemandView | None = None
        self.ladder: Ladder | None = None
        self.picked: dict[str, float] = {}
        super().__init__(desk, look, parent)
        self.areas = AreaChoice()
        self.areas.chosen.connect(self._choose_area)
        self.edit_button, self.set_button = Button(self.tr("Edit forecast")), Button(self.tr("Set targets"), "primary")
        self.edit_button.setCheckable(True)
        self.edit_button.toggled.connect(lambda is_on: self.body.edit.setVisible(is_on))
        self.set_button.clicked.connect(self.set_targets)
        self._acts = self._make_acts()
        self._allow()

    def build(self) -> QWidget:
        """Make the cards, empty as yet."""
        self.body = Body(self.desk, self.look)
        self.body.edit_closed.connect(self._close_edit)
        self.body.target.picked.connect(self._pick)
        self.body.target.borrowing_changed.connect(self._show_rows)
        self.body.target.clear.connect(self.clear_target)
        self.body.remarks.asked.connect(partial(self.go.emit, "import", "incidents"))
        return self.body

    def head_left(self) -> QWidget:
        """The areas."""
        return self.areas

    def head_right(self) -> QWidget:
        """Edit forecast and Set targets."""
        found = QWidget()
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.edit_button, self.set_button):
            row.addWidget(button)
        return found

    def commands(self) -> list[QAction]:
        """The page's acts."""
        return self._acts

    def _make_acts(self) -> list[QAction]:
        pairs = (
            (self.tr("Set targets"), self.set_targets),
            (self.tr("Clear target"), self.clear_target),
            (self.tr("Edit forecast"), self.edit_button.toggle),
            (self.tr("Run the backtest again"), self.body.replay.run),
        )
        found = []
        for name, act in pairs:
            action = QAction(name, self)
            action.triggered.connect(act)
            found.append(action)
        return found

    def refresh(self) -> None:
        """Read the month in the background; what is on view stays until the answer is there."""
        month, now = self.desk.month, self.desk.now()
        if self.view is None or self.view.month != month:
            self.view = self.ladder = None
            self.show_loading(self.tr("Reading the calls and forecasting {}.").format(times.month_words(month)))
        self._allow()
        self.desk.ask(self, "view", lambda session: demand_view(session, month, now=now), self._show, self._fail)

    def _fail(self, sentence: str) -> None:
        self.view = self.ladder = None
        self._allow()
        self.show_fault(sentence, self.tr("Try again"), self.refresh)

    def _show(self, view: DemandView) -> None:
        self.view = view
        self.areas.fill(view.areas)
        self.picked = {area: share for area, share in self.picked.items() if not area or area in view.areas}
        self.body.show_view(view)
        self.body.show_side(view, self.areas.area)
        self.show_content()
        if self.areas.area or any(self.picked):
            self._climb()
        else:
            self._show_ladder(view.ladder)

    def _choose_area(self) -> None:
        if self.view is not None:
            self.body.show_side(self.view, self.areas.area)
            self._climb()

    def _climb(self) -> None:
        """Work out the ladder of the area on view, other targets as picked or chosen; a newer question replaces it."""
        view, area = self.view, self.areas.area
        if view is None:
            return
        on = replace(view.trial, targets=self._overlaid(view.trial.targets, area))
        self.desk.think(self, "ladder", lambda: climb(on, area), self._show_ladder)

    def _overlaid(self, chosen: targets.Targets, area: str) -> targets.Targets:
        """Return the targets as chosen, with what is picked for other areas and not set yet."""
        others = {name: share for name, share in self.picked.items() if name and name != area}
        city = self.picked.get("", chosen.city) if area else chosen.city
        return targets.Targets(city, {**chosen.areas, **others})

    def _show_ladder(self, ladder: Ladder) -> None:
        if self.view is None or ladder.area != self.areas.area:
            return
        self.ladder = ladder
        others = sum(area != ladder.area for area in self.picked)
        self.body.target.show_ladder(ladder, self.view.month, share=self.picked.get(ladder.area), others=others)
        self._show_rows()

    def _pick(self, share: float) -> None:
        area = self.areas.area
        self.picked[area] = share
        if self.body.target.is_set:
            del self.picked[area]
        self._show_rows()

    def _show_rows(self) -> None:
        if self.view is not None:
            self.body.show_rows(self.view, self.areas.area)
        self._allow()

    def _allow(self) -> None:
        """Let targets be set where one is tried that is not set, and the forecast be edited once it is read."""
        can_set = self.ladder is not None and (bool(self.picked) or not self.body.target.is_set)
        self.set_button.setEnabled(can_set)
        self.edit_button.setEnabled(self.view is not None)

    def set_targets(self) -> None:
        """Set every share that was picked, or the one shown, as one act."""
        rung = self.body.target.rung
        if rung is None or self.view is None:
            return
        wanted = dict(self.picked) or {self.areas.area: rung.share}
        percents = {area: round(100 * share, 3) for area, share in wanted.items()}
        if self.desk.do(targets.CHOOSE(percents)):
            self.picked.clear()

    def clear_target(self) -> None:
        """Drop the area's own target, or every one from the city's page."""
        area = self.areas.area
        if self.ladder is not None and self.ladder.chosen is not None and self.desk.do(targets.CLEAR(area)):
            self.picked.pop(area, None)

    def _close_edit(self) -> None:
        self.edit_button.setChecked(False)
        self.edit_button.setFocus()
