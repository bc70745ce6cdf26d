"""OpenDocument sheets (.ods), their one part of content unpacked in pieces and never held at once.

python-calamine, which reads them, leaves out merged cells and cells with faults without a word.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import Meter
from crt_scheduler.sheets.delimited import SAVE_AS
from crt_scheduler.sheets.sheet_rows import Tags, words
from crt_scheduler.sheets.tab import Line, Merge, Tab
from crt_scheduler.sheets.workbook import DAMAGED, Unpacked
from solver.wording import tr

CONTENT: Final = "content.xml"
_DURATION = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_WIDEST = limits.MOST_COLUMNS + 1


class OpenDocument:
    """An open .ods file while its sheets are read."""

    def __init__(self, path: Path, parts: zipfile.ZipFile, meter: Meter) -> None:
        self._path, self._meter = path, meter
        self._unpacked = Unpacked(path, parts, meter)
        self._merges: dict[str, tuple[Merge, ...]] = {}

    def tabs(self) -> tuple[Tab, ...]:
        """Return the sheets in their order; raises CrtError where the file is damaged or locked."""
        reader = _Names()
        try:
            for _ in self._unpacked.fed(CONTENT, reader):
                pass
        except DAMAGED as fault:
            raise self._damaged() from fault
        return tuple(Tab(name, is_visible=style not in reader.unseen) for name, style in reader.found)

    def lines(self, tab: Tab) -> Generator[Line, None, None]:
        """Yield the rows of a sheet that hold anything; raises CrtError where it is damaged or a limit is reached."""
        reader = _Rows(tab.name, self._meter)
        try:
            with closing(self._unpacked.fed(CONTENT, reader)) as steps:
                for _ in steps:
                    yield from reader.ready
                    reader.ready.clear()
                    if reader.is_past:
                        break
        except DAMAGED as fault:
            raise self._damaged() from fault
        self._merges[tab.name] = tuple(reader.merges)

    def merges(self, tab: Tab) -> tuple[Merge, ...]:
        """Return the merged cells of a sheet whose rows have been read."""
        return self._merges[tab.name]

    def _damaged(self) -> CrtError:
        return CrtError(
            tr(
                "{name} is no OpenDocument sheet, is damaged, or is locked with a password. {save_as}",
                name=self._path.name,
                save_as=tr(SAVE_AS),
            )
        )


class _Names(Tags):
    """Reads the names of the tables, and which styles hide one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.unseen: set[str] = set()
        self._style = ""
        self.starts |= {"style": self._begin_style, "table-properties": self._look, "table": self._table}

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("style:name", "")

    def _look(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("table:display") == "false":
            self.unseen.add(self._style)
            if len(self.unseen) > limits.MOST_STYLES:
                raise ValueError("more hidden styles than a file has")

    def _table(self, attributes: Mapping[str, str]) -> None:
        self.found.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))
        if len(self.found) > limits.MOST_PARTS:
            raise ValueError(tr("more tables than a file has"))


class _Rows(Tags):
    """The rows of one table; a cell or row that is written once for many is one of each."""

    def __init__(self, name: str, meter: Meter) -> None:
        super().__init__()
        self.ready: list[Line] = []
        self.merges: list[Merge] = []
        self.is_past = False
        self._name, self._meter = name, meter
        self._is_in = self._is_aside = False
        self._line, self._rows, self._times = 1, 0, 1
        self._cells: list[str] = []
        self._blank = 0
        self._shown: str | None = None
        self._parts: list[str] = []
        self.starts |= {
            "table": self._begin_table, "table-row": self._begin_row, "table-cell": self._begin_cell,
            "covered-table-cell": self._begin_cell, "p": self._begin_part, "s": self._blanks, "tab": self._tab,
            "line-break": self._tab, "annotation": self._turn_aside,
        }  # fmt: skip
        self.ends |= {
            "table": self._end_table, "table-row": self._end_row, "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell, "annotation": self._turn_back,
        }  # fmt: skip

    def text(self, letters: str) -> None:
        if self._is_in and not self._is_aside and len(self._parts) < _WIDEST:
            self._parts.append(letters)

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        self._is_in = not self.is_past and attributes.get("table:name") == self._name

    def _end_table(self) -> None:
        self.is_past, self._is_in = self.is_past or self._is_in, False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._rows = _count(attributes, "table:number-rows-repeated")
        self._cells, self._blank = [], 0

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._times = _count(attributes, "table:number-columns-repeated")
        self._parts, self._shown = [], _value(attributes)
        down, across = (_count(attributes, f"table:number-{each}-spanned") for each in ("rows", "columns"))
        if self._is_in and (down > 1 or across > 1):
            left = len(self._cells) + self._blank + 1
            self.merges.append(Merge(self._line, left, self._line + down - 1, left + across - 1))
            if len(self.merges) > limits.MOST_SHARED:
                raise ValueError(tr("more merged cells than a table has cells"))

    def _begin_part(self, _: Mapping[str, str]) -> None:
        if self._parts and not self._is_aside:
            self._parts.append(" ")

    def _blanks(self, attributes: Mapping[str, str]) -> None:
        self.text(" " * min(_count(attributes, "text:c"), limits.LONGEST_CELL))

    def _tab(self, _: Mapping[str, str]) -> None:
        self.text(" ")

    def _turn_aside(self, _: Mapping[str, str]) -> None:
        self._is_aside = True

    def _turn_back(self) -> None:
        self._is_aside = False

    def _end_cell(self) -> None:
        if not self._is_in:
            return
        shown = "".join(self._parts) if self._shown is None else self._shown
        if not shown:
            self._blank += self._times
            return
        room = max(0, _WIDEST - len(self._cells))
        self._cells += [""] * min(self._blank, room)
        self._cells += [shown] * min(self._times, max(1, _WIDEST - len(self._cells)))
        self._blank = 0

    def _end_row(self) -> None:
        if not self._is_in:
            return
        times = self._rows if self._cells else 0
        for n in range(min(times, limits.MOST_ROWS + 1)):
            self._meter.line(self._line + n)
            self.ready.append((self._line + n, self._cells))
        self._line += self._rows


def _count(attributes: Mapping[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))


def _value(attributes: Mapping[str, str]) -> str | None:
    """Return a cell's value in words, or None where its text says it: a text, or a fault such as #N/A."""
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error":
        return None
    if kind in ("float", "currency", "percentage"):
        number = float(attributes.get("office:value", "nan"))
        return "#VALUE!" if number != number else words(number)
    if kind == "date":
        day, _, time = attributes.get("office:date-value", "").partition("T")
        return f"{day} {time.partition('.')[0] or '00:00:00'}".strip()
    if kind == "time":
        found = _DURATION.fullmatch(attributes.get("office:time-value", ""))
        return ":".join(part.zfill(2) for part in found.groups()) if found else None
    if kind == "boolean":
        return attributes.get("office:boolean-value", "").capitalize()
    return None
