"""The table of a file: its header, its rows, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from crt_scheduler import limits, lines, reading, texts
from crt_scheduler.errors import CrtError
from crt_scheduler.lines import SheetLine
from crt_scheduler.packed import Packed
from crt_scheduler.progress import Progress, nobody, onward, part_of, watched
from crt_scheduler.reading import Meter
from crt_scheduler.sheets import book, header
from crt_scheduler.sheets.choosing import Fits, chosen, column_names, folded_names, header_place, trimmed
from crt_scheduler.sheets.header import Knows
from crt_scheduler.sheets.tab import Book, Line, Merge, Tab
from solver.wording import tr

NAMELESS = "Column {}"

TAKEN = 0.6
"""How far reading is once the lines are taken from the file, and are to be made rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it begins on, its cells by column name, and any cells beyond the header.

    `sheet` is the name of its sheet where several were read together, which the line then knows too, else "".
    """

    line: int
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no row: which, why (a title, a total, a note), and its text."""

    line: int
    why: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A file's table: its path, the column names, and the rows that hold anything.

    `twins` are the other names of columns that bear one name ("Phone": "Phone (2)"), `remarks` what was put together;
    `name` is the sheet read, `not_read` are those left, `fitting` those of them that hold such a table too, and
    `first` are the first lines of the file as they lie there.
    """

    path: Path
    header: tuple[str, ...]
    rows: Sequence[Row]
    name: str = ""
    header_line: int = 1
    left_out: tuple[LeftOut, ...] = ()
    twins: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()
    first: tuple[Line, ...] = ()


def read(
    path: Path,
    *,
    knows: Knows | None = None,
    fits: Fits | None = None,
    header_line: int | None = None,
    names: Sequence[str] = (),
    keep: Iterable[int] = (),
    progress: Progress = nobody,
) -> Sheet:
    """Read the table of a CSV (any delimiter, UTF-8, UTF-16 or Windows letters), .xlsx, .xlsm, .xls or .ods file.

    `knows` and `fits` tell its header and its sheet from others; without them the first line of the first sheet seen
    names the columns. `header_line` and the sheets' `names` say it instead. `keep` are lines to take as rows whatever
    they look like. Sheets of one header are read together. `progress` hears how far it is.

    Raises CrtError naming the file and the remedy for one that is missing, empty, no table or beyond `limits`, and for
    sheets between which it cannot choose.
    """
    progress = onward(progress)
    meter = Meter(path, part_of(progress, 0, TAKEN))
    with reading.opened(path) as file:
        open_book = book.opened(path, file, meter)
        tabs = open_book.tabs()
        if not tabs:
            raise CrtError(
                tr("{file} has no sheet with a table. Save the table on a sheet and try again.", file=path.name)
            )
        these = chosen(path, open_book, tabs, names=names, knows=knows, fits=fits, header_line=header_line)
        kept = frozenset(keep)
        found = [
            _table(
                path, open_book, tab, meter, knows, header_line, lines.on_sheet(kept, tab.name),
                progress=part_of(progress, TAKEN, 1),
            )
            for tab in these.read
        ]  # fmt: skip
    sheet = found[0] if len(found) == 1 else _together(found)
    others = tuple(tab.name for tab in tabs if tab not in these.read and tab.is_visible and tab.name)
    hidden = tuple(tab.name for tab in tabs if tab not in these.read and not tab.is_visible)
    return replace(sheet, not_read=others, hidden=hidden, fitting=these.fitting)


def _table(
    path: Path,
    open_book: Book,
    tab: Tab,
    meter: Meter,
    knows: Knows | None,
    header_line: int | None,
    keep: frozenset[int],
    *,
    progress: Progress,
) -> Sheet:
    packed = Packed[Line](Line, take=tuple, make=tuple)
    with closing(open_book.lines(tab)) as found:  # before the file is: a refusal leaves them half read
        for line, cells in found:
            words = [trimmed(cell) for cell in cells]
            if any(words):
                packed.append((line, words), weight=meter.row(line, words))
    if not packed:
        what = (
            tr("the sheet {name} of {path_name}", name=tab.name, path_name=path.name)
            if tab.name and len(open_book.tabs()) > 1
            else path.name
        )
        raise CrtError(tr("{what} is empty. Its first line must name the columns.", what=what))
    merges = open_book.merges(tab)
    all_lines: Sequence[Line] = list(packed) if merges else packed  # merges are filled in; workbooks alone have them
    place = header_place(path, all_lines, knows, header_line)
    columns = _Columns(path, all_lines[place], _Below(all_lines, place), merges, is_text=not tab.name)
    _fill(all_lines, merges, below=all_lines[place][0], width=len(columns.names), meter=meter)
    left_out = [LeftOut(line, header.ABOVE, _text(cells)) for line, cells in all_lines[:place]]
    rows, named = packed_rows([name for name in columns.names if name]), header.Named(columns.as_written)
    for line, cells in watched(_Below(all_lines, place), len(all_lines), progress):
        why = "" if line in keep else header.no_row(cells, named, line=line, merges=merges)
        if why and knows is not None:
            left_out.append(LeftOut(line, why, _text(cells)))
        else:
            rows.append(columns.row(line, cells))
    return Sheet(
        path,
        tuple(name for name in columns.names if name),
        rows,
        name=tab.name,
        header_line=all_lines[place][0],
        left_out=tuple(left_out),
        twins=tuple(columns.twins),
        remarks=tuple(columns.remarks),
        first=tuple(all_lines[: header.HEAD]),
    )


@dataclass(frozen=True)
class _Below:
    """The lines below the header, walked through as often as is needed."""

    lines: Sequence[Line]
    place: int

    def __iter__(self) -> Iterator[Line]:
        return islice(self.lines, self.place + 1, None)


def packed_rows(names: Sequence[str], rows: Iterable[Row] = ()) -> Packed[Row]:
    """Return rows of a table of these columns, kept in little room."""

    def take(row: Row) -> tuple[int, list[str], tuple[str, ...], str]:
        return int(row.line), [row.cells[name] for name in names], row.beyond, row.sheet

    def make(values: tuple[int, list[str], tuple[str, ...], str]) -> Row:
        number, cells, beyond, sheet = values
        line = SheetLine(number % lines.BETWEEN, sheet, number // lines.BETWEEN) if sheet else number
        return Row(line, dict(zip(names, cells, strict=True)), beyond, sheet)

    return Packed(tuple[int, list[str], tuple[str, ...], str], take=take, make=make, rows=rows)


def _text(cells: Iterable[str]) -> str:
    return texts.shown(" ".join(cell for cell in cells if cell), limits.LETTERS_ELSEWHERE)


def _fill(lines: Sequence[Line], merges: Sequence[Merge], *, below: int, width: int, meter: Meter) -> None:
    """Put a merge's value into each cell of the rows it covers; one that runs across most of them is a heading."""
    if not merges:
        return
    at = {line: cells for line, cells in lines if line > below}
    for merge in merges:
        cells = at.get(merge.top, [])
        value = cells[merge.left - 1] if merge.left <= len(cells) else ""
        if not value or merge.left > width or merge.right - merge.left + 1 >= max(3, width - 1):
            continue
        for line in range(merge.top, merge.bottom + 1):
            row = at.get(line)
            if row is None:
                if line > lines[-1][0]:
                    break
                continue
            last = min(merge.right, width)
            row += [""] * (last - len(row))
            meter.cells(last - merge.left + 1)
            row[merge.left - 1 : last] = [value] * (last - merge.left + 1)


class _Columns:
    """The columns of one sheet: their names, made ones for those without, and how a line becomes a row."""

    def __init__(
        self, path: Path, head: Line, below: Iterable[Line], merges: Sequence[Merge], *, is_text: bool
    ) -> None:
        line, cells = head
        self.as_written = column_names(cells)
        self.remarks: list[str] = []
        self.twins: list[tuple[str, str]] = []
        self._is_text = is_text
        self._parts: dict[int, list[int]] = {}
        width = len(cells) if is_text else max(len(cells), max((len(each) for _, each in below), default=0))
        names = self.as_written + [""] * (width - len(cells))
        for n, name in enumerate(names, start=1):
            texts.refuse(
                tr("{name}, line {line}: the name of column {n}", name=path.name, line=line, n=n),
                name,
                limits.LETTERS_ELSEWHERE,
            )
        self._span(line, names, merges)
        self._name_rest(names, below)
        self._part_twins(names)
        self.names = names

    def _span(self, line: int, names: list[str], merges: Sequence[Merge]) -> None:
        """Read the columns under one merged header as one, their texts put together."""
        for merge in merges:
            if not merge.top <= line <= merge.bottom or merge.left == merge.right or merge.left > len(names):
                continue
            under = [n for n in range(merge.left, min(merge.right, len(names) - 1 + 1)) if not names[n]]
            if names[merge.left - 1] and under:
                self._parts[merge.left - 1] = under
                letters = ", ".join(letter(n) for n in (merge.left - 1, *under))
                self.remarks.append(
                    tr(
                        "The columns {letters} lie under one header and are read as one: {names}.",
                        letters=letters,
                        names=names[merge.left - 1],
                    )
                )

    def _name_rest(self, names: list[str], below: Iterable[Line]) -> None:
        """Give columns without a name that hold anything the name of their letter, so that they can be spoken of."""
        spanned = {n for under in self._parts.values() for n in under}
        bare = {n for n, name in enumerate(names) if not name} - spanned
        for _, cells in below:
            if not bare:
                return
            for n in [n for n in bare if n < len(cells) and cells[n]]:
                bare.discard(n)
                names[n] = NAMELESS.format(letter(n))

    def _part_twins(self, names: list[str]) -> None:
        """Number columns of one name, so that each can be named."""
        seen: dict[str, str] = {}
        taken = set(folded_names(names))
        for n, name in enumerate(names):
            if not name:
                continue
            first = seen.setdefault(name.casefold(), name)
            if first is name:
                continue
            count = 2
            while f"{name} ({count})".casefold() in taken:
                count += 1
            names[n] = f"{name} ({count})"
            taken.add(names[n].casefold())
            self.twins.append((first, names[n]))

    def row(self, line: int, cells: list[str]) -> Row:
        """Return a line as a row; cells of a text file beyond its header stay apart, for something is not quoted."""
        for n, under in self._parts.items():
            cells = list(cells)
            parts = [cells[m] for m in (n, *under) if m < len(cells)]
            cells[n : n + 1] = [" ".join(dict.fromkeys(part for part in parts if part))] if n < len(cells) else []
        named = {name: cell for name, cell in zip(self.names, cells, strict=False) if name}
        if len(cells) < len(self.names):
            named.update(dict.fromkeys((name for name in self.names[len(cells) :] if name), ""))
        return Row(line, named, tuple(cell for cell in cells[len(self.names) :] if cell))


def letter(place: int) -> str:
    """Return the letters of a column, counted from 0, as spreadsheets show them: A, B, ... AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _together(found: Sequence[Sheet]) -> Sheet:
    """Return sheets of one header as one, each row knowing its sheet."""
    names = {name.casefold(): name for name in found[0].header}
    header_names = tuple(dict.fromkeys(names.get(each.casefold(), each) for sheet in found for each in sheet.header))
    none = dict.fromkeys(header_names, "")
    rows = (
        Row(
            SheetLine(row.line, sheet.name, place),
            {**none, **{names.get(key.casefold(), key): cell for key, cell in row.cells.items()}},
            row.beyond,
            sheet.name,
        )
        for place, sheet in enumerate(found)
        for row in sheet.rows
    )
    read_names = ", ".join(sheet.name for sheet in found)
    return replace(
        found[0],
        header=header_names,
        rows=packed_rows(header_names, rows),
        name=read_names,
        left_out=tuple(
            replace(each, line=SheetLine(each.line, sheet.name, place))
            for place, sheet in enumerate(found)
            for each in sheet.left_out
        ),
        first=tuple((SheetLine(line, found[0].name), cells) for line, cells in found[0].first),
        remarks=(*found[0].remarks, tr("The sheets {read_names} were read together.", read_names=read_names)),
    )
