"""The bombs that are OpenDocument sheets or workbooks of Excel before 2007."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.drills import hostile, old_books
from tests.drills.bombs import LAUGHS, Bomb
from tests.drills.old_books import record

HEAD = old_books.text(0, 0, "id") + old_books.text(0, 1, "name")
OPENS, CLOSES = hostile.ods_content("|").split("|")
ODS_HEAD = (
    '<table:table table:name="a"><table:table-row><table:table-cell><text:p>id</text:p></table:table-cell>'
    "<table:table-cell><text:p>name</text:p></table:table-cell></table:table-row>"
)


def old(cells: bytes, *, globals_: bytes = b"", sheets: int = 1) -> Callable[[Path], Path]:
    """Return how to make an old workbook of sheets of these cells beneath a header."""

    def make(folder: Path) -> Path:
        path = folder / "bomb.xls"
        path.write_bytes(old_books.compound(old_books.stream(*[HEAD + cells] * sheets, globals_=globals_)))
        return path

    return make


def compound(change: Callable[[bytearray], None]) -> Callable[[Path], Path]:
    """Return how to make an old workbook whose compound file is changed."""

    def make(folder: Path) -> Path:
        held = bytearray(old_books.compound(old_books.stream(HEAD)))
        change(held)
        (folder / "bomb.xls").write_bytes(held)
        return folder / "bomb.xls"

    return make


def ods(table: str, *, before: str = "") -> Callable[[Path], Path]:
    """Return how to make an OpenDocument sheet of one table beneath a header."""
    return streamed(f"{before}{OPENS}{ODS_HEAD}{table}", "", 0, f"</table:table>{CLOSES}")


def streamed(begin: str, piece: str, times: int, end: str = "") -> Callable[[Path], Path]:
    """Return how to make an OpenDocument sheet whose content unpacks to far more than it is."""

    def make(folder: Path) -> Path:
        path = folder / "bomb.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            book.writestr("mimetype", hostile.OPEN_DOCUMENT)
            with book.open("content.xml", "w") as out:
                out.write(begin.encode())
                for _ in range(times):
                    out.write(piece.encode())
                out.write(end.encode())
        return path

    return make


def row(inside: str, **how: object) -> str:
    """Return a row of an OpenDocument sheet."""
    return f"<table:table-row {_attributes(how)}>{inside}</table:table-row>"


def cell(words: str, **how: object) -> str:
    """Return a cell of an OpenDocument sheet; attributes with an underscore in place of colon and hyphens."""
    return f"<table:table-cell {_attributes(how)}><text:p>{words}</text:p></table:table-cell>"


def _attributes(how: dict[str, object]) -> str:
    return " ".join(f'{name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in how.items())


def _texts(words: bytes, count: int, *, said: int | None = None) -> bytes:
    """Return shared texts that are all alike, in records of their own length."""
    each = max(1, 8_000 // len(words))
    first = record(0x00FC, struct.pack("<ii", count, count if said is None else said) + words * min(each, count))
    whole, rest = divmod(max(0, count - each), each)
    return first + record(0x003C, words * each) * whole + (record(0x003C, words * rest) if rest else b"")


def _put(place: int, form: str, *values: int) -> Callable[[bytearray], None]:
    return lambda held: struct.pack_into(form, held, place, *values)


def _in_a_circle(held: bytearray) -> None:
    """Let every sector be followed by the first."""
    for place in range(len(held) - 512, len(held), 4):
        struct.pack_into("<i", held, place, 0)


def _far(rows: int) -> bytes:
    return b"".join(old_books.number(n, 255, 1.0) for n in range(1, rows))


def _many(rows: int, code: int, size: int, column: int = 0) -> bytes:
    """Return rows of 256 cells in one record each: numbers (6 bytes) or blanks (2)."""
    inside = bytes(size) * (256 - column)
    return b"".join(
        record(code, struct.pack("<HH", n, column) + inside + struct.pack("<H", 255)) for n in range(1, rows)
    )


def small() -> Iterator[Bomb]:
    """Yield the bombs that are made in a moment."""
    yield Bomb(
        "XLS: texts that go back on themselves", old(b"", globals_=_texts(b"\0\0\4\xf9\xff\xff\xff", 1, said=2**31 - 1))
    )
    yield Bomb("XLS: 2,147,483,647 texts that are not there", old(b"", globals_=_texts(b"\1\0\0x", 1, said=2**31 - 1)))
    yield Bomb("XLS: fewer texts than none", old(b"", globals_=_texts(b"\1\0\0x", 1, said=-1)))
    yield Bomb("XLS: a sheet before the file", old(b"", globals_=_sheet_at(-9)))
    yield Bomb("XLS: a sheet that is the whole", old(b"", globals_=_sheet_at(0)))
    yield Bomb(
        "XLS: a sheet behind the file",
        old(b"", globals_=_sheet_at(2**30)),
    )
    yield Bomb(
        "XLS: a size of 2,147,483,647 rows", old(record(0x0200, struct.pack("<iiHHH", 0, 2**31 - 1, 0, 65_535, 0)))
    )
    yield Bomb("XLS: merged cells of the whole sheet", old(record(0x00E5, struct.pack("<HHHHH", 1, 0, 65_535, 0, 255))))
    yield Bomb("XLS: more merged cells than there are", old(record(0x00E5, struct.pack("<H", 65_535) + bytes(16))))
    yield Bomb("XLS: parts within parts", old(old_books.begun(16) * 5_000))
    yield Bomb(
        "XLS: a formula whose words go on for ever", old(_formula() + record(0x0207, struct.pack("<HB", 65_535, 0)))
    )
    yield Bomb("XLS: a date in no year", old(_dated(9e9), globals_=_date_style()))
    yield Bomb("XLS: a date that is no number", old(_dated(float("nan")), globals_=_date_style()))
    yield Bomb("XLS: under a password", old(b"", globals_=record(0x002F, bytes(54))))
    yield Bomb("XLS: sectors of four bytes", compound(_put(30, "<H", 2)))
    yield Bomb("XLS: sectors of a gigabyte", compound(_put(30, "<H", 30)))
    yield Bomb("XLS: a chain in a circle", compound(_in_a_circle))
    yield Bomb("XLS: a directory before the file", compound(_put(48, "<i", -7)))
    yield Bomb("XLS: a directory behind the file", compound(_put(48, "<i", 2**30)))
    yield Bomb("XLS: a table of tables in a circle", compound(_put(68, "<ii", 3, 2**30)))
    yield Bomb("XLS: a stream longer than the file", compound(_put(512 * 9 + 128 + 120, "<I", 2**32 - 1)))
    yield Bomb("XLS: nothing but a head", lambda folder: _cut(folder, 512))
    yield Bomb("XLS: half a head", lambda folder: _cut(folder, 77))
    for name, table in (
        ("rows repeated a billion times", row(cell("x"), table_number_rows_repeated=10**9)),
        ("rows repeated minus one time", row(cell("x"), table_number_rows_repeated=-1)),
        ("rows repeated a word times", row(cell("x"), table_number_rows_repeated="x")),
        ("rows repeated 5,000 digits times", row(cell("x"), table_number_rows_repeated="9" * 5_000)),
        ("a cell repeated a billion times", row(cell("x", table_number_columns_repeated=10**9))),
        ("nothing repeated a billion times", row(cell("", table_number_columns_repeated=10**9) + cell("x"))),
        ("a billion blanks in a cell", row(cell(f'x<text:s text:c="{10**9}"/>' * 50 + "y"))),
        ("a cell merged over a billion", row(cell("x", table_number_rows_spanned=10**9))),
        ("a number without end", row(cell("1", office_value_type="float", office_value="1e999"))),
        ("a number of 5,000 digits", row(cell("1", office_value_type="float", office_value="9" * 5_000))),
        ("a number that is none", row(cell("1", office_value_type="float", office_value="x"))),
        ("a date that is none", row(cell("1", office_value_type="date", office_value="9"))),
        ("a stretch without end", row(cell("1", office_value_type="time", office_time_value=f"PT{'9' * 5_000}H0M0S"))),
        ("tags inside tags", "<table:table-row>" * 50_000),
        ("a table in a cell in a table", row(f"<table:table-cell>{ODS_HEAD}</table:table></table:table-cell>") * 50),
    ):  # fmt: skip
        yield Bomb(f"ODS: {name}", ods(table))
    yield Bomb("ODS: a billion laughs", ods(row(cell("&i;")), before=LAUGHS))
    yield Bomb("ODS: two tables of one name", ods(f"</table:table>{ODS_HEAD}"))
    yield Bomb("ODS: content that is empty", streamed("", "", 0))


def _sheet_at(place: int) -> bytes:
    return record(0x0085, struct.pack("<iBBBB", place, 0, 0, 1, 0) + b"x")


def _cut(folder: Path, length: int) -> Path:
    path = folder / "bomb.xls"
    path.write_bytes(old_books.compound(old_books.stream(HEAD))[:length])
    return path


def _formula() -> bytes:
    return record(0x0006, struct.pack("<HHH", 1, 0, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))


def _dated(value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", 1, 0, 1, value))


def _date_style() -> bytes:
    return record(0x00E0, bytes(20)) + record(0x00E0, struct.pack("<HH", 0, 14) + bytes(16))


def large() -> Iterator[Bomb]:
    """Yield the bombs that take a while to make."""
    for name, inside in _old_sheets():
        yield Bomb(f"XLS: {name}", _lazy(lambda inside=inside: old(inside())), is_small=False)
    for name, whole in _old_globals():
        yield Bomb(f"XLS: {name}", _lazy(lambda whole=whole: old(b"", globals_=whole())), is_small=False)
    yield Bomb("XLS: the same sheet a thousand times", _same_sheet, is_small=False)
    for name, make in _ods():
        yield Bomb(f"ODS: {name}", make, is_small=False)


Bytes = Callable[[], bytes]


def _lazy(make: Callable[[], Callable[[Path], Path]]) -> Callable[[Path], Path]:
    return lambda folder: make()(folder)


def _old_sheets() -> Iterator[tuple[str, Bytes]]:
    """Yield what the sheet of an old workbook may hold too much of."""
    yield "cells far to the right", lambda: _far(65_536)
    yield "rows of numbers without end", lambda: _many(12_000, 0x00BD, 6)
    yield "rows of blanks without end", lambda: _many(36_000, 0x00BE, 2)
    yield (
        "as many cells as may be",
        lambda: b"".join(old_books.text(n // 250, n % 250, "xy") for n in range(250, 650_000)),
    )
    yield "words without end", lambda: b"".join(old_books.text(n // 250, n % 250, "xy") for n in range(250, 1_200_000))
    yield "records without end", lambda: record(0x1234) * 4_900_000
    yield "links without end", lambda: record(0x01B8, bytes(32)) * 500_000
    note = record(0x001C, struct.pack("<4HHB", 1, 1, 0, 1, 1, 0) + b"x")
    yield "notes without end", lambda: note * 1_000_000
    yield "merged cells without end", lambda: record(0x00E5, struct.pack("<H", 1_000) + bytes(8_000)) * 2_400
    yield "21 MB", lambda: record(0x1234, bytes(60_000)) * 350


def _old_globals() -> Iterator[tuple[str, Bytes]]:
    """Yield what the head of an old workbook may hold too much of."""
    yield "short texts without end", lambda: _texts(b"\2\0\0xy", 3_900_000)
    yield "as many texts as may be", lambda: _texts(b"\2\0\0xy", 655_360)
    yield "long texts without end", lambda: _texts(b"\x40\x1f\0" + b"x" * 8_000, 2_400)
    yield "changes of type without end", lambda: _texts(b"\1\0\x08\xce\x07x" + bytes(4 * 1_998), 2_400)
    yield "styles without end", lambda: record(0x00E0, bytes(20)) * 800_000
    yield "type faces without end", lambda: record(0x0031, bytes(14) + b"\1\0x") * 900_000
    yield "names without end", lambda: record(0x0018, bytes(3) + b"\1" + bytes(10) + b"\0x") * 900_000
    yield "sheets without end", lambda: record(0x0085, bytes(6) + b"\1\0x") * 1_400_000


def _ods() -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """Yield what an OpenDocument sheet may hold too much of."""
    sheet = f"{OPENS}{ODS_HEAD}"
    opened = f"{sheet}<table:table-row>"
    hidden = '<style:style style:name="x"/><style:table-properties table:display="false"/>'
    wide = row(cell("x", table_number_columns_repeated=499))
    yield "450 MB of blanks", streamed(sheet, " " * 1_000_000, 450)
    yield "a tag of 100 MB", streamed(f'{sheet}<table:table-row x="', "1" * 1_000_000, 100)
    yield "a cell of 100 MB", streamed(f"{opened}<table:table-cell><text:p>", "x" * 1_000_000, 100)
    yield "cells of a row without end", streamed(opened, cell("x") * 1_000, 2_000)
    yield "empty cells without end", streamed(opened, "<table:table-cell/>" * 1_000, 4_000)
    yield "rows without end", streamed(sheet, row(cell("x")) * 1_000, 1_000)
    yield "wide rows without end", streamed(sheet, wide * 100, 1_000)
    yield "tables without end", streamed(OPENS, '<table:table table:name="x"/>' * 1_000, 3_000)
    yield "styles without end", streamed(OPENS, hidden * 1_000, 3_000)
    yield "different hidden styles without end", _hidden_styles
    yield "merged cells without end", streamed(sheet, row(cell("x", table_number_rows_spanned=2) * 400), 5_000)
    yield "parts of a cell without end", streamed(f"{opened}<table:table-cell>", "<text:p>x</text:p>" * 1_000, 3_000)


def _same_sheet(folder: Path) -> Path:
    """Make a workbook a thousand of whose sheets are one."""
    cells = HEAD + b"".join(old_books.number(n, 0, 1.0) for n in range(1, 20_000))
    head = old_books.begun(5)
    each = len(record(0x0085, bytes(8) + b"s000"))
    place = len(head) + 999 * each + len(record(0x000A))
    for n in range(999):
        head += record(0x0085, struct.pack("<IBBBB", place, 0, 0, 4, 0) + f"s{n:03d}".encode())
    content = head + record(0x000A) + old_books.begun(16) + cells + record(0x000A)
    (folder / "bomb.xls").write_bytes(old_books.compound(content))
    return folder / "bomb.xls"


def _hidden_styles(folder: Path) -> Path:
    inside = "".join(
        f'<style:style style:name="x{n}"/><style:table-properties table:display="false"/>' for n in range(1_000_000)
    )
    return streamed(OPENS, inside, 1)(folder)
