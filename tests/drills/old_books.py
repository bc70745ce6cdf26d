"""Workbooks of Excel before 2007 made byte by byte: from a table, or from any records that a hostile hand may write."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Sequence

SECTOR = 512
END, FAT, FREE = -2, -3, -1
LABEL, NUMBER, DIMENSIONS, SHEET, BOF, EOF = 0x0204, 0x0203, 0x0200, 0x0085, 0x0809, 0x000A
LONGEST = 8_000
"""Letters of a cell that one record holds."""


def record(code: int, content: bytes = b"") -> bytes:
    """Return one record: its code, its length and what is in it."""
    return struct.pack("<HH", code, len(content)) + content


def begun(kind: int) -> bytes:
    """Return the record that begins the whole (5) or a sheet (16)."""
    return record(BOF, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def text(row: int, column: int, words: str) -> bytes:
    """Return a cell that holds words."""
    letters = words[:LONGEST].encode("utf-16-le", "replace")
    return record(LABEL, struct.pack("<HHHHB", row, column, 0, len(letters) // 2, 1) + letters)


def number(row: int, column: int, value: float) -> bytes:
    """Return a cell that holds a number."""
    return record(NUMBER, struct.pack("<HHHd", row, column, 0, value))


def stream(*sheets: bytes, globals_: bytes = b"") -> bytes:
    """Return the stream of a workbook of sheets, given as their cells, with more records for the whole of it."""
    names = [f"s{n}".encode() for n in range(len(sheets))]
    head = begun(5) + record(0x0042, struct.pack("<H", 1200)) + globals_
    place = len(head) + sum(len(record(SHEET, bytes(8) + name)) for name in names) + len(record(EOF))
    for name, cells in zip(names, sheets, strict=True):
        head += record(SHEET, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
        place += len(begun(16) + cells + record(EOF))
    return head + record(EOF) + b"".join(begun(16) + cells + record(EOF) for cells in sheets)


def of_table(table: Sequence[Sequence[str]]) -> bytes:
    """Return the cells of a table: short whole numbers as such, all else as words."""
    cells = []
    for row, line in enumerate(table):
        for column, cell in enumerate(line[:256]):
            is_number = cell.isascii() and cell.isdigit() and len(cell) < 6
            cells.append(number(row, column, float(cell)) if is_number else text(row, column, cell))
    return b"".join(cells)


def compound(content: bytes, *, name: str = "Workbook") -> bytes:
    """Return a compound file that holds one stream, its sectors one after the other."""
    content = content.ljust(8 * SECTOR, b"\0")
    content += bytes(-len(content) % SECTOR)
    count = -(-len(content) // SECTOR)
    tables = 1
    while tables * 128 < count + 1 + tables:
        tables += 1
    extra = max(0, -(-(tables - 109) // 127))
    while tables * 128 < count + 1 + tables + extra:
        tables += 1
        extra = max(0, -(-(tables - 109) // 127))
    chain = [*range(1, count), END, END, *[FAT] * tables, *[-4] * extra]
    fat = struct.pack(f"<{tables * 128}i", *chain, *[FREE] * (tables * 128 - len(chain)))
    places = [count + 1 + n for n in range(tables)]
    more = _table_of_tables(places[109:], first=count + 1 + tables)
    shown = [*places[:109], *[FREE] * (109 - len(places[:109]))]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    first_more = count + 1 + tables if extra else END
    head += struct.pack("<iiiiiiii", tables, count, 0, 4096, END, 0, first_more, extra)
    head += struct.pack("<109i", *shown)
    entries = _entry("Root Entry", kind=5, child=1, first=END, size=0) + _entry(
        name, kind=2, first=0, size=len(content)
    )
    return head + content + entries + bytes(SECTOR - len(entries)) + fat + more


def _table_of_tables(places: Sequence[int], *, first: int) -> bytes:
    made = b""
    for n, start in enumerate(range(0, len(places), 127)):
        part = list(places[start : start + 127])
        after = first + n + 1 if start + 127 < len(places) else END
        made += struct.pack("<128i", *part, *[FREE] * (127 - len(part)), after)
    return made


def _entry(name: str, *, kind: int, first: int, size: int, child: int = -1) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(letters), kind, 1, -1, -1, child)
        + bytes(36)
        + struct.pack("<iII", first, size, 0)
    )


def shared_texts(words: Sequence[str], *, count: int | None = None) -> bytes:
    """Return the record of the texts that cells share, which says that it has so many."""
    held = b"".join(struct.pack("<HB", len(each), 1) + each.encode("utf-16-le", "replace") for each in words)
    return record(0x00FC, struct.pack("<ii", len(words), len(words) if count is None else count) + held)


def workbook(table: Sequence[Sequence[str]]) -> bytes:
    """Return a table as an old workbook."""
    return compound(stream(of_table(table)))


def gnawed(content: bytes, chance: random.Random) -> bytes:
    """Return a stream with some of its records lengthened, renamed, doubled, cut or filled with other bytes."""
    records = list(_records(content))
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(records))
        code, held = records[at]
        act = chance.randrange(6)
        if act == 0:
            records[at] = chance.choice(CODES), held
        elif act == 1:
            records[at] = code, held[: chance.randrange(len(held) + 1)]
        elif act == 2:
            records[at] = code, held + chance.randbytes(chance.choice((1, 4, 300)))
        elif act == 3:
            records.insert(at, chance.choice(records))
        elif act == 4 and held:
            spot = chance.randrange(len(held))
            records[at] = code, held[:spot] + chance.choice(PIECES) + held[spot + 2 :]
        else:
            records[at] = code, chance.randbytes(chance.choice((0, 2, 8, 24, 200)))
    return b"".join(record(code, held[:65_000]) for code, held in records)


CODES = (
    *(LABEL, NUMBER, DIMENSIONS, SHEET, BOF, EOF, 0x00FC, 0x003C, 0x00E5, 0x00E0, 0x0031, 0x041E, 0x0018, 0x00BD),
    *(0x00BE, 0x00FD, 0x027E, 0x0006, 0x0207, 0x0205, 0x002F, 0x01B8, 0x001C, 0x005D, 0x01B6, 0x007D, 0x0208, 0x0022),
)
"""Records that xlrd heeds: cells, shared texts, styles, names, links, notes, merged cells, passwords."""
PIECES = (b"\xff\xff", b"\x00\x00", b"\x00\x80", b"\xff\x7f", b"\x01\x00", b"\x00\x01")


def _records(content: bytes) -> Iterable[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(content):
        code, length = struct.unpack_from("<HH", content, place)
        yield code, content[place + 4 : place + 4 + length]
        place += 4 + length
