"""What the side panel says below its head: why, who else could, who cannot; or the request for cover."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler.cover.cell import Free, Held, Open
from crt_scheduler.cover.cover_text import Cover, TradeRow
from crt_scheduler.cover.others import KeptOff
from crt_scheduler.cover.place import given_name
from crt_scheduler.cover.reason import Reason
from crt_scheduler.cover.why_held import Why
from crt_scheduler.planning.mending import FoundWay
from ui.look import Look
from ui.parts import Line, Words, secondary, sentence
from ui.roster.cover_note import CoverNote
from ui.roster.side import side_rows as rows
from ui.roster.side.side_others import Cannot, Ranked


class WhyRows(QWidget):
    """The section: a title, the unit of the numbers, a row per reason."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.title = Words("", 9.75, bold=True)
        self._unit = secondary(self.tr("missed calls"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._unit)
        self._rows = QWidget()
        self._icons: list[tuple[QLabel, str, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self._rows)
        look.changed.connect(self._dress)

    def show_why(self, why: Why, given: str) -> None:
        """Show the reasons for one holder."""
        self.title.setText(self.tr("Why {}").format(given))
        self._unit.setVisible(any(reason.calls for reason in why.against))
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._icons = []
        broken = [reason for reason in why.against if reason.hard]
        costs = [reason for reason in why.against if not reason.hard]
        for reason in (*broken, *why.speaks_for, *costs):
            self._add(grid, reason, is_cost=reason in costs)
        self._column.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self._dress()

    def _add(self, grid: QGridLayout, reason: Reason, *, is_cost: bool) -> None:
        row = grid.rowCount()
        icon, role = ("warning", "bad") if reason.hard else ("minus", "warning") if is_cost else ("check", "good")
        kind = {"bad": self.tr("Broken rule"), "warning": self.tr("Against"), "good": self.tr("For")}[role]
        mark = QLabel()
        mark.setAccessibleName(kind)
        mark.setToolTip(kind)
        words = sentence(reason.words, "bad" if reason.hard else "")
        words.setAccessibleName(f"{kind}: {reason.words} {reason.calls}")
        calls = Words(reason.calls)
        for part in (words, calls):
            part.setToolTip(self.tr("{:+,.1f} points; 1,000 are one missed call").format(reason.points))
        self._icons.append((mark, icon, role))
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        grid.addWidget(mark, row, 0, top)
        grid.addWidget(words, row, 1)
        grid.addWidget(calls, row, 2, top | right)

    def _dress(self) -> None:
        for mark, icon, role in self._icons:
            mark.setPixmap(self._look.icon(icon, role).pixmap(16, 16))


class SideBody(QScrollArea):
    """The parts in a column that scrolls. `chosen`: the act of a row is wanted; `back`: the answer is wanted again."""

    chosen = Signal(object)
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.why, self.others, self.cannot, self.cover = WhyRows(look), Ranked(look), Cannot(look), CoverNote(look)
        self.note = sentence("", "secondary")
        self.note.setContentsMargins(16, 12, 16, 12)
        self._above, self._below = Line(), Line()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.cover, self.note, self.why, self._above, self.others):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._below)
        column.addWidget(self.cannot)
        self.cover.hide()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.others.chosen.connect(self.chosen)
        self.others.back.clicked.connect(self.back)
        self.cover.back.connect(self.back)

    def show_held(self, held: Held) -> None:
        """Say why the holder holds the place, and who else could."""
        nobody = self.tr("Nobody else could take this seat. Swap… looks for two duties to trade.")
        if held.locked:
            nobody = self.tr("This shift is locked. Unlock it to see who else could.")
        elif held.begun:
            nobody = self.tr("This shift has begun; whoever is on it stays.")
        self.why.show_why(held.why, given_name(held.name))
        found = held.others
        count = self.tr("{} of {}").format(len(found.free), found.asked) if found.free else ""
        self.others.effect.head = self.tr("If {} takes this shift")
        self.others.show_rows(self.tr("Who else could"), count, rows.of_others(found), self.tr("Swap in"), nobody)
        self._arrange(kept_off=() if held.locked or held.begun else found.kept_off, why=True)

    def show_open(self, found: Open) -> None:
        """Say why a seat is open, and who could take it."""
        shift, others = found.shift, found.others
        free = rows.of_others(others, shift.key, shift.role, shift.tier) if found.count else ()
        count = self.tr("{} of {}").format(len(free), others.asked) if free else ""
        nobody = self.tr("Nobody could take it as things are.") if found.count else self.tr("Every such seat is taken.")
        self.others.effect.head = self.tr("If {} takes this seat")
        self.others.show_rows(self.tr("Who could take it"), count, free, self.tr("Assign"), nobody)
        self._arrange(found.reason, kept_off=others.kept_off if found.count else ())

    def show_free(self, free: Free) -> None:
        """Say which seats a person could take on a day."""
        nobody = self.tr("No open seat is left for {} on this day.").format(free.name)
        self.others.show_rows(self.tr("Could take"), "", rows.of_day(free), self.tr("Assign"), nobody)
        self._arrange("\n".join(free.refusals))

    def show_trades(self, found: Sequence[TradeRow]) -> None:
        """Say who could swap duties with the holder, in place of who else could."""
        nobody = self.tr("No trade of two duties is possible here without breaking a rule.")
        self.others.effect.head = self.tr("If {} swaps")
        self.others.show_rows(self.tr("Who could swap"), "", rows.of_trades(found), self.tr("Swap"), nobody)
        self.others.back.show()
        self._arrange(why=True)
        self.others.list.setFocus()

    def show_ways(self, found: Sequence[FoundWay] | None, fault: str = "") -> None:
        """Show the ways out of an open seat in place of who could take it; None: they are being worked out."""
        said = fault or (self.tr("This seat is taken by now.") if found is not None else self.tr("Solving again…"))
        self.others.effect.head = "{}"
        self.others.show_rows(self.tr("Ways out"), "", rows.of_ways(found or ()), self.tr("Do it"), said)
        self.others.back.show()
        self._arrange()
        if found:
            self.others.list.setFocus()

    def show_cover(self, found: Cover) -> None:
        """Show the text that asks for cover and whom to ask, instead of the answer."""
        self.cover.show_cover(found)
        for part in (self.note, self.why, self._above, self.others, self._below, self.cannot):
            part.hide()
        self.cover.show()
        self.cover.copy_text.setFocus()
        self.verticalScrollBar().setValue(0)

    def _arrange(self, note: str = "", *, kept_off: Sequence[KeptOff] = (), why: bool = False) -> None:
        """Show the parts that an answer has."""
        self.cover.hide()
        self.others.show()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.why.setVisible(why)
        self._above.setVisible(why or bool(note))
        self.cannot.show_groups(kept_off)
        self._below.setVisible(bool(kept_off))
        self.verticalScrollBar().setValue(0)
