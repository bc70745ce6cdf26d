"""Files that would fill the memory, the disk or the day: each made small, each to be refused in a sentence or read."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import limits, sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LAUGHS = (
    '<!DOCTYPE lol [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@dataclass(frozen=True)
class Bomb:
    """A hostile file: what it is called, how to make it in a folder, and is it small enough for every test run?"""

    name: str
    make: Callable[[Path], Path]
    is_small: bool = True


def parts(sheet: str, *, strings: str = "", styles: str = "", book: str = "") -> dict[str, str]:
    """Return the parts of a workbook of one sheet, whose rows are given as XML."""
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
        )
    )
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r0" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book
        or f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r0"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"><si><t>id</t></si></sst>',
        "xl/styles.xml": styles or f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }


def row(number: object, *cells: tuple[str, str]) -> str:
    """Return a row as XML: its number, and cells as (place, text)."""
    inside = "".join(f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in cells)
    return f'<row r="{number}">{inside}</row>'


HEAD = row(1, ("A1", "id"), ("B1", "name"))


def zipped(folder: Path, held: dict[str, str | bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Return a workbook of parts."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", packing, compresslevel=1) as book:
        for name, content in held.items():
            book.writestr(name, content)
    return path


def workbook(sheet: str, *, strings: str = "", styles: str = "", book: str = "") -> Callable[[Path], Path]:
    """Return how to make a workbook of one sheet."""
    return lambda folder: zipped(folder, {**parts(sheet, strings=strings, styles=styles, book=book)})


def written(content: bytes | str, name: str = "bomb.csv") -> Callable[[Path], Path]:
    """Return how to make a file of a content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def long(begin: bytes, piece: bytes, times: int, end: bytes = b"", name: str = "bomb.csv") -> Callable[[Path], Path]:
    """Return how to make a large file piece by piece."""

    def make(folder: Path) -> Path:
        path = folder / name
        with path.open("wb") as file:
            file.write(begin)
            for _ in range(times):
                file.write(piece)
            file.write(end)
        return path

    return make


def streamed(part: str, begin: str, piece: str, times: int, end: str = "") -> Callable[[Path], Path]:
    """Return how to make a workbook one of whose parts unpacks to far more than it is."""

    def make(folder: Path) -> Path:
        path = folder / "bomb.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for name, content in parts(HEAD).items():
                if name != part:
                    book.writestr(name, content)
            with book.open(part, "w") as out:
                out.write(begin.encode())
                for _ in range(times):
                    out.write(piece.encode())
                out.write(end.encode())
        return path

    return make


def _nested(folder: Path) -> Path:
    inner = zipped(folder, {**parts(HEAD)}).read_bytes()
    for _ in range(20):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
            for n in range(4):
                book.writestr(f"{n}.xlsx", inner)
        inner = held.getvalue()[:200_000]
    path = folder / "bomb.xlsx"
    path.write_bytes(inner)
    return path


def _lying(folder: Path) -> Path:
    """Make a workbook whose table of contents says its sheet is small."""
    path = zipped(folder, {**parts(HEAD + row(2, ("A2", "x" * 30_000)))})
    raw = bytearray(path.read_bytes())
    entry = raw.rfind(b"xl/worksheets/sheet1.xml") - 46
    raw[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    return path


def _locked(folder: Path) -> Path:
    path = zipped(folder, {**parts(HEAD)})
    raw = bytearray(path.read_bytes())
    place = 0
    while (place := raw.find(b"PK\x01\x02", place)) >= 0:
        raw[place + 8] |= 1
        place += 4
    path.write_bytes(bytes(raw))
    return path


def _many_parts(folder: Path) -> Path:
    return zipped(folder, {**parts(HEAD), **{f"{n}": "" for n in range(limits.MOST_PARTS + 1)}})


def _sparse(size: int) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "bomb.csv"
        with path.open("wb") as file:
            file.write(b"id,name\n")
            file.truncate(size)
        return path

    return make


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def _to(target: Callable[[Path], Path | str]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "link.csv"
        path.symlink_to(target(folder))
        return path

    return make


def _socket(folder: Path) -> Path:
    path = folder / "socket.csv"
    os.mknod(path, stat.S_IFSOCK | 0o600)
    return path


def _there(path: str) -> Callable[[Path], Path]:
    return lambda _: Path(path)


def _rows(count: int, inside: Callable[[int], str]) -> str:
    return "".join(inside(n) for n in range(2, count + 2))


def small() -> Iterator[Bomb]:
    """Yield the bombs that are made in a moment."""
    yield Bomb("row 999,999,999", workbook(HEAD + row(999_999_999, ("A999999999", "x"))))
    yield Bomb("row minus one", workbook(HEAD + row(-1, ("A2", "x"))))
    yield Bomb("row without end", workbook(HEAD + row("9" * 5_000, ("A2", "x"))))
    yield Bomb("row that is no number", workbook(HEAD + row("nan", ("A2", "x"))))
    yield Bomb("column XFD in each row", workbook(HEAD + _rows(500, lambda n: row(n, (f"XFD{n}", "x")))))
    yield Bomb("column beyond XFD", workbook(HEAD + row(2, ("XFE2", "x"))))
    yield Bomb("column ZZZZ", workbook(HEAD + row(2, ("ZZZZ2", "x"))))
    yield Bomb("a cell of 40,000 letters", workbook(HEAD + row(2, ("A2", "x" * 40_000))))
    yield Bomb("a shared text that is not there", workbook(HEAD + '<row r="2"><c r="A2" t="s"><v>-9</v></c></row>'))
    yield Bomb("a number of 5,000 digits", workbook(HEAD + f'<row r="2"><c r="A2"><v>{"9" * 5_000}</v></c></row>'))
    yield Bomb("tags inside tags", workbook("<row>" * 200_000))
    yield Bomb("a format that is all brackets", workbook(HEAD, styles=_format("[" * 30_000)))
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"):
        yield Bomb(f"a billion laughs in {part}", _laughing(part))
    yield Bomb("a sheet read from a file of this machine", _laughing("xl/worksheets/sheet1.xml", _OUTSIDE))
    yield Bomb("workbooks in workbooks", _nested)
    yield Bomb("a part larger than it says", _lying)
    yield Bomb("a part under lock", _locked)
    yield Bomb("parts packed as LZMA", lambda folder: zipped(folder, {**parts(HEAD)}, packing=zipfile.ZIP_LZMA))
    yield Bomb("600 columns", written(",".join(f"c{n}" for n in range(600)) + "\n"))
    yield Bomb("zero bytes", written(b"id,name\nA1,An\0a\n"))
    yield Bomb("a quote that is never closed", written('id,name\nA1,"' + "x\n" * 200_000))
    yield Bomb("a line of 2,000,000 letters", written("id,name\nA1," + "x" * 2_000_000))
    yield Bomb("a cell of 40,000 letters in CSV", written("id,name\nA1," + "x" * 40_000 + "\n"))
    yield Bomb("blanks without end in a date", written("person,from,to,grade\nA1,2027" + " " * 30_000 + "1,,cannot\n"))
    yield Bomb("an empty file", written(b""))
    yield Bomb("a pipe", _fifo)
    yield Bomb("a link to a pipe", _to(_fifo))
    yield Bomb("a link to a folder", _to(lambda folder: folder))
    yield Bomb("a link to itself", _to(lambda _: "link.csv"))
    yield Bomb("a link to nothing", _to(lambda _: "nothing.csv"))
    yield Bomb("a socket", _socket)
    yield Bomb("a folder", lambda folder: folder)
    yield Bomb("a name of 300 letters", lambda folder: folder / ("n" * 300))
    yield Bomb("a name with a zero byte", lambda folder: folder / "a\0b.csv")
    for path in ("/dev/zero", "/dev/full", "/dev/tty", "/proc/self/environ", "/proc/kmsg", "/proc/self/mem"):
        if Path(path).exists():
            yield Bomb(path, _there(path))


_OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def _format(code: str) -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )


def _laughing(part: str, declared: str = LAUGHS) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        held = parts(HEAD + row(2, ("A2", "&i;")))
        held[part] = declared + held[part]
        return zipped(folder, {**held})

    return make


def large() -> Iterator[Bomb]:
    """Yield the bombs that take a while to make."""
    head = parts("")["xl/worksheets/sheet1.xml"].partition("</sheetData>")[0] + HEAD
    sheet = "xl/worksheets/sheet1.xml"
    for name, make in (
        ("a million empty rows", streamed(sheet, head, "<row/>" * 1_000, 1_000)),
        ("a row for every number there is", streamed(sheet, head, "<row/>" * 1_000, 2_000)),
        ("rows without end", streamed(sheet, head, "<row><c><v>1</v></c></row>" * 1_000, 1_000)),
        ("wide rows without end", streamed(sheet, head, "<row>" + "<c><v>1</v></c>" * 499 + "</row>", 5_000)),
        ("cells of a row without end", streamed(sheet, f"{head}<row>", '<c r="A2"><v>1</v></c>' * 1_000, 3_000)),
        ("450 MB of blanks", streamed(sheet, head, " " * 1_000_000, 450)),
        ("a tag of 100 MB", streamed(sheet, f'{head}<row r="', "1" * 1_000_000, 100)),
        ("a comment of 100 MB", streamed(sheet, f"{head}<!--", "x" * 1_000_000, 100)),
        ("a cell of 100 MB", streamed(sheet, f'{head}<row r="2"><c t="str"><v>', "x" * 1_000_000, 100)),
        ("shared texts without end", streamed("xl/sharedStrings.xml", "<sst>", "<si><t>x</t></si>" * 1_000, 3_000)),
        ("shared letters without end", streamed("xl/sharedStrings.xml", "<sst>", f"<si><t>{'x' * 30_000}</t></si>",
                                                3_000)),
        ("styles without end", streamed("xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>" * 1_000, 3_000)),
        ("tags without end in the styles", streamed("xl/styles.xml", "<styleSheet>", "<a/>" * 1_000, 20_000)),
        ("links without end", streamed("_rels/.rels", "<Relationships>", '<Relationship Id="x"/>' * 1_000, 5_000)),
        ("sheets without end", streamed("xl/workbook.xml", "<w>", '<sheet a:id="x"/>' * 1_000, 9_000)),
        ("different links without end", _different_links),
        ("10,001 parts", _many_parts),
        ("a line of 100 MB", long(b"id,name\nA1,", b"x" * 1_000_000, 100)),
        ("a quoted cell of 100 MB", long(b'id,name\nA1,"', b"x" * 99_999 + b"\n", 1_000, b'"\n')),
        ("a million empty lines", long(b"id,name\n", b",\n" * 1_000, 1_000)),
        ("180 MB of empty lines", long(b"id,name\n", b"\n" * 1_000_000, 180)),
        ("200,000,000 commas", long(b"id,name\n", b"," * 1_000_000, 180)),
        ("rows of one cell without end", long(b"id\n", b"x\n" * 1_000, 90_000)),
        ("full rows without end", long(b"id,name,area,type\n", b"A1,Ana,Valley,homicide\n" * 1_000, 7_000)),
        ("emoji without end", long(b"id,name\n", b"A1," + "\U0001f600".encode() * 1_000 + b"\n", 40_000)),
        ("180 MB of quotes", long(b"id,name\n", b'"' * 999_999 + b"\n", 180)),
        ("180 MB of Windows letters", long(b"id,name\n", b"A1,Zo\xeb " * 100 + b"\n", 220_000)),
        ("201 MB", _sparse(201_000_000)),
        ("199 MB of zero bytes", _sparse(199_000_000)),
    ):  # fmt: skip
        yield Bomb(name, make, is_small=False)


def _different_links(folder: Path) -> Path:
    links = "".join(f'<Relationship Id="x{n}" Type="t" Target="{n}"/>' for n in range(1_000_000))
    return zipped(folder, {**parts(HEAD), "_rels/.rels": f"<Relationships>{links}"})


@contextmanager
def unreadable(folder: Path) -> Iterator[Path]:
    """Yield a file that this process may not read, even where the process is root."""
    path = folder / "locked.csv"
    sheets.write(path, ("id", "name"), [["A1", "Ana"]])
    path.chmod(0)
    folder.chmod(0o755)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield path
    finally:
        if is_root:
            os.seteuid(0)
