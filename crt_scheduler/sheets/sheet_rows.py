"""The tags of a workbook's parts as they pass by: shared texts, which styles are dates, and a sheet's rows."""

from __future__ import annotations

import datetime as dt
import string
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crt_scheduler import limits
from crt_scheduler.reading import Meter
from crt_scheduler.sheets.tab import Line, Merge
from solver.wording import tr

HALF_A_SECOND = dt.timedelta(milliseconds=500)
"""Workbooks keep moments as fractions of a day, which fall just short of the second that was meant."""
LONGEST_FORMAT: Final = 255
"""Letters of a number format, as Excel has it."""
_LETTERS: Final = string.ascii_letters
PIECE: Final = 1 << 14
"""More letters than the parser hands over at once."""


class Tags:
    """What to do at the beginning and the end of tags, by their names; other tags pass by."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Mapping[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}

    def text(self, letters: str) -> None:
        """Take letters between tags."""


class Texts(Tags):
    """Gathers the letters of <t> tags, those of a reading aid (rPh) left out."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._held = 0
        self._is_open = self._is_aside = False
        self.starts |= {"t": self._open, "rPh": self._turn_aside}
        self.ends |= {"t": self._close, "rPh": self._turn_back}

    def begin(self, _: Mapping[str, str]) -> None:
        """Begin a text anew."""
        self._parts, self._held = [], 0

    def whole(self) -> str:
        """Return the text gathered so far."""
        return "".join(self._parts)

    def text(self, letters: str) -> None:
        if not self._is_open or self._is_aside:
            return
        self._held += len(letters)
        if self._held <= limits.LONGEST_CELL + PIECE:  # more than a cell holds, so that the meter sees it
            self._parts.append(letters)

    def _open(self, _: Mapping[str, str]) -> None:
        self._is_open = True

    def _close(self) -> None:
        self._is_open = False

    def _turn_aside(self, _: Mapping[str, str]) -> None:
        self._is_aside = True

    def _turn_back(self) -> None:
        self._is_aside = False


class Strings(Texts):
    """The texts that cells share, by their place in the list; more than a table's letters are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._letters = 0
        self.starts["si"] = self.begin
        self.ends["si"] = self._keep

    def _keep(self) -> None:
        self.texts.append(self.whole().replace("x005F_", ""))
        self._letters += len(self.texts[-1])
        if len(self.texts) > limits.MOST_SHARED or self._letters > limits.MOST_SHARED_LETTERS:
            raise ValueError(tr("more shared texts than fit in memory"))


class Styles(Tags):
    """Which cell styles show a number as a date ("d") or as a stretch of time ("t")."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[str, str] = {}
        self.used: list[str] = []
        self._is_cells = False
        self.starts |= {"cellXfs": self._open, "numFmt": self._format, "xf": self._style}
        self.ends["cellXfs"] = self._close

    def _open(self, _: Mapping[str, str]) -> None:
        self._is_cells = True

    def _close(self) -> None:
        self._is_cells = False

    def _format(self, attributes: Mapping[str, str]) -> None:
        self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        self._refuse_many(len(self.formats))

    def _style(self, attributes: Mapping[str, str]) -> None:
        if self._is_cells:
            self.used.append(attributes.get("numFmtId", "0"))
            self._refuse_many(len(self.used))

    @staticmethod
    def _refuse_many(count: int) -> None:
        if count > limits.MOST_STYLES:
            raise ValueError(tr("more styles than Excel has"))

    def kinds(self) -> list[str]:
        """Return for each cell style what its numbers are: a date, a stretch of time or nothing else than numbers."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # its knowledge; a command without a workbook need not wait

        found = {n: _kind(self.formats.get(n) or BUILTIN_FORMATS.get(int(n), "General")) for n in set(self.used)}
        return [found[number] for number in self.used]


def _kind(code: str) -> str:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    if not is_date_format(code):
        return ""
    return "t" if is_timedelta_format(code) else "d"


@dataclass(frozen=True)
class Looks:
    """What cells are shown by: shared texts, the kind of each style, and the day that dates are counted from."""

    strings: list[str]
    kinds: list[str]
    epoch: dt.datetime | None

    def words(self, kind: str, style: str, value: str) -> str:
        """Return a cell's saved value as a CSV would hold it; raises ValueError or LookupError for a damaged one."""
        if kind == "s":
            place = int(value)
            if place < 0:
                raise LookupError("no shared text has a place below the first")
            return self.strings[place]
        if kind == "b":
            return str(bool(int(value)))
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return words(from_ISO8601(value))  # type: ignore[no-untyped-call]
        if kind != "n":
            return value
        if style and style != "0" and int(style) < len(self.kinds) and self.kinds[int(style)]:
            return self._dated(_number(value), is_stretch=self.kinds[int(style)] == "t")
        return words(_number(value))

    def _dated(self, number: int | float, *, is_stretch: bool) -> str:
        from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return words(from_excel(number, self.epoch or WINDOWS_EPOCH, timedelta=is_stretch))
        except (OverflowError, ValueError):
            return "#VALUE!"  # as Excel shows a number that is no day


def _number(value: str) -> int | float:
    return float(value) if "." in value or "e" in value or "E" in value else int(value)


class SheetRows(Texts):
    """The rows of a sheet that hold anything, with their numbers; rows and cells left out in between cost nothing."""

    def __init__(self, looks: Looks, meter: Meter) -> None:
        super().__init__()
        self.ready: list[Line] = []
        self.merges: list[Merge] = []
        self._looks, self._meter = looks, meter
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._kind = self._style = self._value = self._formula = ""
        self._has_formula = False
        self._columns: dict[str, int] = {}
        self.starts |= {
            "row": self._begin_row, "c": self._begin_cell, "v": self._begin_value, "f": self._begin_value,
            "is": self.begin, "mergeCell": self._merge,
        }  # fmt: skip
        self.ends |= {
            "row": self._end_row, "c": self._end_cell, "v": self._end_value, "f": self._end_formula,
            "is": self._end_inline,
        }  # fmt: skip

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else int(float(number))
        self._meter.line(self._row)
        self._column, self._cells = 0, {}

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").replace("$", "").partition(":")
        if last:
            corners = [
                (int(place.lstrip(_LETTERS)), self._place(place.rstrip("0123456789"))) for place in (first, last)
            ]
            self.merges.append(Merge(*corners[0], *corners[1]))
        if len(self.merges) > limits.MOST_SHARED:
            raise ValueError(tr("more merged cells than a table has cells"))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._column + 1 if place is None else self._place(place.rstrip("0123456789"))
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value = self._formula = ""
        self._has_formula = False

    def _place(self, letters: str) -> int:
        found = self._columns.get(letters)
        return found if found is not None else self._columns.setdefault(letters, _column(letters))

    def _begin_value(self, attributes: Mapping[str, str]) -> None:
        self.begin(attributes)
        self._is_open = True

    def _end_value(self) -> None:
        self._is_open, self._value = False, self.whole()

    def _end_formula(self) -> None:
        self._is_open, self._formula, self._has_formula = False, self.whole(), True

    def _end_inline(self) -> None:
        if self._kind == "inlineStr":
            self._value = self.whole()

    def _end_cell(self) -> None:
        shown = self._looks.words(self._kind, self._style, self._value) if self._value else ""
        if not shown and self._has_formula:
            shown = f"={self._formula}"
        if shown:  # all beyond the last column are one: the meter refuses it
            self._cells[min(self._column, limits.MOST_COLUMNS + 1)] = shown

    def _end_row(self) -> None:
        if not self._cells:
            return
        cells = [""] * max(self._cells)
        for column, shown in self._cells.items():
            cells[column - 1] = shown
        self.ready.append((self._row, cells))
        self._cells = {}


def _column(letters: str) -> int:
    """Return the number of a column such as AB; raises ValueError for what names none that Excel has."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - ord("A") + 1
        if not "A" <= letter <= "Z" or found > 1 << 14:
            raise ValueError(tr("a cell in no column"))
    if not found:
        raise ValueError(tr("a cell without a column"))
    return found


def words(value: Any) -> str:
    """Return a workbook's value as a CSV would hold it: ISO dates and times, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return (value + HALF_A_SECOND).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
