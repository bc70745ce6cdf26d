"""The form of a call: what is asked when it comes in, and what its report holds; errors stand beside their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.call_values import REFERRALS, SCENES, SERVICES, CallDraft
from crt_scheduler.calls.calls_view import CallsView
from crt_scheduler.errors import CrtError
from ui.calls.boxes import Choice, Clock, Section
from ui.calls.calls_words import shown
from ui.parts import Field, secondary
from ui.words import tr

CHOICES = ("area", "type", "agency", "division", "scene", "language", "tradition")
CLOCKS = ("at", "notified", "dispatched", "on_scene", "clear")
COUNTS = ("adults", "children")
LATER = ("times", "served", "after")
"""Sections that a call has once it is logged."""


class CallForm(QWidget):
    """Fields of a call; Enter anywhere asks to `save`. For a new call only what is known then is asked."""

    save = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.call: CallRow | None = None
        self.choices = {name: Choice() for name in CHOICES}
        self.clocks = {name: Clock() for name in CLOCKS}
        self.lines = {name: QLineEdit() for name in ("number", "unit", *COUNTS, "follow_up_due", "follow_up_done")}
        self.ticks = {name: QCheckBox(words) for name, words in self._tick_words().items()}
        self.lists = {"services": _ticks(SERVICES), "referrals": _ticks(REFERRALS)}
        self.fields = {name: Field(words, self._widget(name)) for name, words in self._labels().items()}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._sections = self._make_sections()
        for line in (*self.lines.values(), *self.clocks.values()):
            line.returnPressed.connect(self.save)
        for box in self.choices.values():
            box.entered.connect(self.save)
        self.clocks["notified"].setPlaceholderText(self.tr("now"))

    def _labels(self) -> dict[str, str]:
        return {
            "number": self.tr("Number"), "area": self.tr("Area"), "type": self.tr("Type"),
            "agency": self.tr("Agency"), "unit": self.tr("Unit"), "division": self.tr("Division"),
            "scene": self.tr("Scene"), "language": self.tr("Language used"), "tradition": self.tr("Tradition"),
            "at": self.tr("Incident"), "notified": self.tr("Notified"), "dispatched": self.tr("Called out"),
            "on_scene": self.tr("On scene"), "clear": self.tr("Clear"), "adults": self.tr("Adults"),
            "children": self.tr("Children"), "follow_up_due": self.tr("Follow-up due"),
            "follow_up_done": self.tr("Follow-up done"),
        }  # fmt: skip

    def _tick_words(self) -> dict[str, str]:
        return {
            "clergy_wanted": self.tr("Family asked for clergy"),
            "consent": self.tr("They agree that it is recorded"),
            "safety_issue": self.tr("Safety issue"),
            "another_case": self.tr("Another case of this number"),
        }

    def _widget(self, name: str) -> QWidget:
        found: QWidget | None = self.choices.get(name) or self.clocks.get(name) or self.lines.get(name)
        assert found is not None
        return found

    def _make_sections(self) -> dict[str, Section]:
        parts = {
            "call": (self.tr("Call"), "", (("notified", "area", "type"), ("division", "number", "agency", "unit"),
                     ("scene", "language"))),
            "times": (self.tr("Times"), self.tr("24-hour clock"), (("at", "dispatched", "on_scene", "clear"),)),
            "clergy": (self.tr("Clergy"), "", (("tradition",),)),
            "served": (self.tr("Served"), self.tr("Counts only: names are never kept"), (("adults", "children"),)),
            "after": (self.tr("After"), "", (("follow_up_due", "follow_up_done"),)),
        }  # fmt: skip
        found = {}
        for key, (words, note, lines) in parts.items():
            section = found[key] = Section(words, note)
            for row, names in enumerate(lines):
                for column, name in enumerate(names):
                    across = 2 if name == "type" else 1
                    section.grid.addWidget(self.fields[name], row, column, 1, across, Qt.AlignmentFlag.AlignTop)
                    section.grid.setColumnStretch(column, 1)
            self._column.addWidget(section)
        for row, name in enumerate(("clergy_wanted", "consent")):
            found["clergy"].grid.addWidget(self.ticks[name], row + 1, 0, 1, 2)
        found["after"].grid.addWidget(self.ticks["safety_issue"], 0, 2)
        found["call"].grid.addWidget(self.ticks["another_case"], 2, 2, 1, 2)
        self.choices["tradition"].setMaximumWidth(260)
        row = 1
        for words, boxes in zip((self.tr("Services given"), self.tr("Referrals")), self.lists.values(), strict=True):
            found["served"].grid.addWidget(secondary(words), row, 0, 1, 3)
            row += 1
            for n, box in enumerate(boxes.values()):
                found["served"].grid.addWidget(box, row + n // 3, n % 3)
            row += (len(boxes) + 2) // 3
        found["served"].grid.setColumnStretch(2, 1)
        for name in (*COUNTS, "follow_up_due", "follow_up_done"):
            self.lines[name].setMaximumWidth(130)
        for name in ("follow_up_due", "follow_up_done"):
            self.lines[name].setPlaceholderText(self.tr("2027-01-19"))
        return found

    def tab_order(self) -> list[QWidget]:
        """Return the fields as a call is told: when, where, what; the suggested number comes after."""
        names = ("notified", "area", "type", "division", "number", "agency", "unit", "scene", "language")
        return [self._widget(name) for name in names]

    def offer(self, view: CallsView) -> None:
        """Offer what the records know; what is typed stays."""
        known = view.choices
        for name, words in (
            ("area", known.areas), ("type", known.types), ("agency", known.agencies), ("scene", SCENES),
            ("division", [name for name, _ in known.divisions]), ("language", known.languages),
            ("tradition", known.traditions),
        ):  # fmt: skip
            self.choices[name].offer(words)
        if self.call is None and not self.lines["number"].isModified():
            self.lines["number"].setText(view.next_number)

    def clear_all(self) -> None:
        """Begin a new call with empty fields."""
        self._empty()
        self.ticks["another_case"].show()
        for name in LATER:
            self._sections[name].hide()

    def _empty(self) -> None:
        self.call = None
        for line in (*self.lines.values(), *self.clocks.values()):
            line.clear()
            line.setModified(False)
        for clock in self.clocks.values():
            clock.show_nothing()
        for box in self.choices.values():
            box.choose("")
        for tick in (*self.ticks.values(), *(box for boxes in self.lists.values() for box in boxes.values())):
            tick.setChecked(False)
        self.show_faults({})

    def show_call(self, row: CallRow, zone: times.Zone) -> None:
        """Show a logged call, to be amended."""
        self._empty()
        self.call = row
        for name in LATER:
            self._sections[name].show()
        for name, box in self.choices.items():
            box.choose(str(getattr(row, name)))
        for name, clock in self.clocks.items():
            clock.show_moment(getattr(row, name), zone)
        for name, line in self.lines.items():
            value = getattr(row, name)
            line.setText("" if value is None else str(value))
        for name, tick in self.ticks.items():
            tick.setChecked(bool(getattr(row, name, False)))
        self.ticks["another_case"].hide()
        for name, boxes in self.lists.items():
            for word, tick in boxes.items():
                tick.setChecked(word in getattr(row, name))
        self._shown = self._texts()

    @property
    def is_touched(self) -> bool:
        """Has anything been typed since a call was shown?"""
        return self.call is not None and self._shown != self._texts()

    def typed(self) -> dict[str, Any]:
        """Return everything as it stands in the fields, to be typed again."""
        return {
            **{name: line.text() for name, line in (self.lines | self.clocks).items()},
            **{name: box.currentText() for name, box in self.choices.items()},
            **{name: tick.isChecked() for name, tick in self._all_ticks().items()},
        }

    def type_again(self, held: Mapping[str, Any]) -> None:
        """Put what was typed and not saved back into the fields; one that is not held as it should be stays empty."""
        words = {name: value for name, value in held.items() if isinstance(value, str)}
        for name, line in (self.lines | self.clocks).items():
            line.setText(words.get(name, ""))
            line.setModified(bool(words.get(name)))
        for name, box in self.choices.items():
            box.choose(words.get(name, ""))
        for name, tick in self._all_ticks().items():
            tick.setChecked(held.get(name) is True)

    def _all_ticks(self) -> dict[str, QCheckBox]:
        lists = {f"{name} {word}": tick for name, ticks in self.lists.items() for word, tick in ticks.items()}
        return self.ticks | lists

    def _texts(self) -> tuple[object, ...]:
        return tuple(self.typed().values())

    def draft(self, *, now: dt.datetime, zone: times.Zone) -> CallDraft | None:
        """Return what is filled in, or None with the sentence beside the field that cannot be read."""
        values: dict[str, Any] = {name: box.word for name, box in self.choices.items()}
        values |= {name: tick.isChecked() for name, tick in self.ticks.items()}
        values |= {name: tuple(word for word, box in boxes.items() if box.isChecked())
                   for name, boxes in self.lists.items()}  # fmt: skip
        values |= {name: self.lines[name].text().strip() for name in ("number", "unit")}
        if self.call is None and not self.lines["number"].isModified():
            values["number"] = ""  # the one offered may be taken meanwhile: the next free one is
        faults: dict[str, str] = {}
        for name, read in (*((n, _count) for n in COUNTS), ("follow_up_due", _date), ("follow_up_done", _date)):
            try:
                values[name] = read(self.lines[name].text().strip())
            except CrtError as fault:
                faults[name] = str(fault)
        before: dt.datetime | None = None
        for name, clock in self.clocks.items():
            try:
                values[name] = clock.moment(now=now, zone=zone, after=before)
                before = values[name] or before
            except CrtError as fault:
                faults[name] = str(fault)
        self.show_faults(faults)
        known = {field.name for field in fields(CallDraft)}
        return None if faults else CallDraft(**{name: value for name, value in values.items() if name in known})

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong beside each field, and go to the first one."""
        for name, field in self.fields.items():
            field.fault(faults.get(name, ""))
        first = next((name for name in self.fields if name in faults), None)
        if first is not None:
            self._widget(first).setFocus()


def _ticks(words: tuple[str, ...]) -> dict[str, QCheckBox]:
    return {word: QCheckBox(shown(word)) for word in words}


def _count(text: str) -> int | None:
    if text and not text.isdecimal():
        raise CrtError(tr("Type how many people, such as 3."))
    return int(text) if text else None


def _date(text: str) -> dt.date | None:
    return times.date(text) if text else None
