"""Inputs that go wrong: real files with bytes, cells and parts of them changed, from a seed."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

CELLS = (
    "", " ", "'", '"', "=1+1", "@x", "-", "0", "-1", "1e999", "nan", "inf", "9" * 30, "9" * 5_000, "²", "٣", "1_0",
    "\u202eevil", "a\u2028b", "An\u200da", "\x80", "\ufeff", "\u0000"[:0], "é" * 300, "x" * 33_000, "x" * 130_000,
    "1/2/1800", "2/1/2027", "13/13/2027", "2027-02-30", "0000-00-00", "9999-12-31", "2200-12-31 24:00", "1900-01-01",
    "2027-03-14 02:30", "2027-01-31T18:05+99:99", "2027-01-31 18:05 Z", "24:00", "25:61", "12:00 pm", "13:00 pm",
    "V001", "v001", "CON", "../../etc", "City", "city", "Valley", "forever", "leave", "mon;tue;xyz", ";;;", ";" * 900,
    "a@b.c", "@" * 200, "a@" + "b." * 2_000, "+1 213 555 0100", "+" * 100, "\u202a+12135550100\u202c",
    "27-0001", "27-0001/2", "27-0001/²", "credential:", "credential:\u202e", "2027" + " " * 20_000 + "1", "\t", "a\nb",
    "(" * 20_000, "." * 20_000 + "x", "1" + " " * 20_000 + "-", "total " + "1" * 20_000 + ";", "a " * 10_000,
    "👩‍👩‍👧", "محمد", "می‌خواهم", "ශ්‍රී", "NULL", "None", "true", "#VALUE!", "1:30", "-1:30", "744.0001",
)  # fmt: skip
TOKENS = (
    b"\x00", b"\xff", b"\xfe\xff", b'"', b'""', b",", b"\n", b"\r", b"\x80", b"\xe2\x80\xae", b"<", b">", b"&", b"&#0;",
    b"<!DOCTYPE x>", b"<row>", b"</row>", b"<v>", b't="s"', b't="d"', b't="b"', b't="n"', b's="99999"', b's="-1"',
    b'r="A0"', b'r="-1"', b'r="1048577"', b"<f>", b"PK\x01\x02", b"PK\x05\x06", b"sep=;\n", b"99999999999", b"-1",
    b'table:number-rows-repeated="1048576"', b'table:number-columns-repeated="-1"', b"<table:table-row>",
    b'table:number-rows-spanned="99999"', b'office:value-type="float"', b'office:value-type="date"', b"<text:p>",
    b'text:c="99999"', b"nan", b"NaN", b"1e400", b"[" * 2_000, b"{", b"}", b"null",
)  # fmt: skip

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NUMBERS = (
    b"0", b"-1", b"1", b"99999", b"1e300", b"-1e300", b"0.5", b"9" * 18, b"9" * 30, b"null", b"[]", b"{}", b'""',
    b"1e9", b"false", b'"x"', b"[" * 5_000, b"2027-02-30",
)  # fmt: skip


@dataclass(frozen=True)
class Input:
    """What is handed to a reader: how it was made, the end of its name, and its bytes."""

    made: str
    ending: str
    content: bytes


def noise(chance: random.Random) -> bytes:
    """Return random bytes, some of which begin as a known kind of file does."""
    begin = chance.choice(
        (b"", b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf", b"id,name\n", b"{", b"sep=,\n")
    )
    return begin + chance.randbytes(chance.choice((0, 1, 3, 40, 400, 5_000)))


def bitten(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few of them changed, cut, doubled or replaced by a token."""
    held = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(held) + 1)
        act = chance.randrange(5)
        if act == 0 and held:
            held[place % len(held)] ^= 1 << chance.randrange(8)
        elif act == 1:
            held[place:place] = chance.choice(TOKENS)
        elif act == 2:
            del held[place : place + chance.choice((1, 4, 50, 10_000))]
        elif act == 3:
            held[place:place] = held[place : place + chance.choice((1, 20, 300))]
        else:
            held[place : place + 4] = chance.choice(TOKENS)
    return bytes(held)


def renumbered(content: bytes, chance: random.Random) -> bytes:
    """Return JSON with some of its numbers, dates and words replaced by ones that nobody means."""
    places = list(re.finditer(rb"-?\d+(\.\d+)?|true|false|null|\[\]", content))
    for found in sorted(chance.sample(places, min(len(places), chance.choice((1, 2, 5)))), key=lambda f: -f.start()):
        content = content[: found.start()] + chance.choice(NUMBERS) + content[found.end() :]
    return content


def spoilt(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Return a table with some cells, rows and columns as somebody might leave them."""
    rows = [list(row) for row in table]
    for _ in range(chance.choice((1, 2, 6, 30))):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(CELLS)
    if not chance.randrange(4):
        rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))
    if not chance.randrange(6):
        del rows[chance.randrange(len(rows))]
    if not chance.randrange(6):
        for row in rows:
            row.insert(chance.randrange(len(row) + 1), chance.choice(CELLS))
    return rows


def as_csv(table: list[list[str]]) -> bytes:
    """Return a table as CSV, cells as they are."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    return out.getvalue().encode("utf-8", "surrogatepass")


def as_ods(table: list[list[str]]) -> bytes:
    """Return a table as an OpenDocument sheet, cells as words; equal cells beside each other are written once."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cells, groupby(row)))}</table:table-row>" for row in table)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", OPEN_DOCUMENT)
        book.writestr("content.xml", ods_content(f'<table:table table:name="sheet1">{rows}</table:table>'))
    return out.getvalue()


def ods_content(tables: str) -> str:
    """Return the part of an OpenDocument sheet that holds its tables."""
    return (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )


def _ods_cells(group: tuple[str, Iterator[str]]) -> str:
    cell, count = group[0], sum(1 for _ in group[1])
    held = f"<text:p>{escape(_NOT_XML.sub('', cell))}</text:p>" if cell else ""
    return f'<table:table-cell table:number-columns-repeated="{count}">{held}</table:table-cell>'


def refilled(workbook: bytes, change: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    """Return a workbook with one of its parts changed, and packed again as it should be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        names = made.namelist()
        sheets = [name for name in names if "sheet1" in name or name == "content.xml"]
        chosen = chance.choice(sheets if sheets and chance.randrange(3) else names)
        for name in names:
            part = made.read(name)
            kept.writestr(name, change(part) if name == chosen else part)
    return out.getvalue()
