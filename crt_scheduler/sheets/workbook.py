"""The sheets of an Excel workbook as rows of words, its parts unpacked in pieces and never held at once.

openpyxl reads a sheet into padded rows and all shared texts into memory, and knows no limit: 1,744 bytes filled a
machine. python-calamine knows none either, and leaves out cells with faults, and formulas not yet worked out, without
a word. What a number with a date's format means is still openpyxl's knowledge.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.expatreader import DefusedExpatParser

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import SPLIT, Meter
from crt_scheduler.sheets.delimited import SAVE_AS
from crt_scheduler.sheets.sheet_rows import Looks, SheetRows, Strings, Styles, Tags
from crt_scheduler.sheets.tab import Line, Merge, Tab
from solver.wording import tr

PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"
"""What every entry of a workbook's table of contents begins with."""
_PLAIN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How Excel packs; other ways of packing may ask for gigabytes to unpack."""
DAMAGED: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, SAXException, EOFError, LookupError, OSError,
    OverflowError, RuntimeError, ValueError,
)  # fmt: skip


class _Links(Tags):
    """Reads which part stands for what: by id, the end of its kind (worksheet, styles) and where it lies."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self.starts["Relationship"] = self._link

    def _link(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))
        _refuse_many(len(self.found))


class _Contents(Tags):
    """Reads the sheets in their order (name, id of the part, whether it is seen), and if days count from 1904."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False
        self.starts |= {"sheet": self._sheet, "workbookPr": self._settings}

    def _sheet(self, attributes: Mapping[str, str]) -> None:
        part = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        self.sheets.append((attributes.get("name", ""), part, attributes.get("state", "visible") == "visible"))
        _refuse_many(len(self.sheets))

    def _settings(self, attributes: Mapping[str, str]) -> None:
        self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


def _refuse_many(count: int) -> None:
    if count > limits.MOST_PARTS:
        raise ValueError(tr("more parts than a workbook has"))


def unzipped(path: Path, file: BinaryIO) -> zipfile.ZipFile:
    """Return the file's parts, none unpacked yet; raises CrtError for a file that is no workbook."""
    count, end = 0, b""
    file.seek(0)
    while piece := file.read(PIECE):
        count += (end + piece).count(_ENTRY)
        end = piece[1 - len(_ENTRY) :]
    if count > limits.MOST_PARTS:  # opened, each would take half a kilobyte
        raise CrtError(
            tr(
                "{name} packs more than {most_parts:,} parts, as no workbook does. {save_as}",
                name=path.name,
                most_parts=limits.MOST_PARTS,
                save_as=tr(SAVE_AS),
            )
        )
    try:
        return zipfile.ZipFile(file)
    except DAMAGED as fault:
        raise _damaged(path) from fault


def _damaged(path: Path) -> CrtError:
    return CrtError(
        tr("{name} is not an Excel workbook, or it is damaged. {save_as}", name=path.name, save_as=tr(SAVE_AS))
    )


class Unpacked:
    """The parts of a file while they are read, and how much of them has been unpacked."""

    def __init__(self, path: Path, parts: zipfile.ZipFile, meter: Meter) -> None:
        self._path, self._parts, self._meter = path, parts, meter
        self.there = {name.lower().replace("\\", "/").lstrip("/"): name for name in parts.namelist()}
        self._size = 0
        self._whole = sum(entry.file_size for entry in parts.infolist())

    def run(self, part: str, reader: Tags) -> None:
        """Feed a part to a reader of its tags, whole."""
        for _ in self.fed(part, reader):
            pass

    def fed(self, part: str, reader: Tags) -> Generator[None, None, None]:
        """Feed a part to a reader of its tags, a piece at a time."""
        entry = self._parts.getinfo(self.there[part.lower()])
        if entry.compress_type not in _PLAIN:
            raise zipfile.BadZipFile(tr("packed as no workbook is"))
        parser = _Steps(reader, self._meter)
        with self._parts.open(entry) as unpacked:
            while piece := unpacked.read(PIECE):
                self._count(len(piece))
                parser.feed(piece)
                parser.look(len(piece))
                yield None
        parser.close()
        yield None

    def _count(self, size: int) -> None:
        self._size += size
        self._meter.tick(self._size / max(1, self._whole))
        if self._size > limits.MOST_UNPACKED:
            raise CrtError(
                tr(
                    "{name} unpacks to more than {most_unpacked} MB. {split}",
                    name=self._path.name,
                    most_unpacked=limits.MOST_UNPACKED // 1000000,
                    split=tr(SPLIT),
                )
            )


class Workbook:
    """An open workbook while its sheets are read."""

    def __init__(self, path: Path, parts: zipfile.ZipFile, meter: Meter) -> None:
        self._path, self._meter = path, meter
        self._unpacked = Unpacked(path, parts, meter)
        self._merges: dict[str, tuple[Merge, ...]] = {}
        try:
            self._parts = self._sheets()
        except DAMAGED as fault:
            raise _damaged(path) from fault

    def _sheets(self) -> dict[str, tuple[str, bool]]:
        """Read what the sheets share, and return by name the part of each and whether it is seen."""
        book = self._linked("", "_rels/.rels", "officeDocument") or ["xl/workbook.xml"]
        contents = _Contents()
        self._unpacked.run(book[0], contents)
        folder, name = posixpath.split(book[0])
        links = self._links(folder, f"{folder}/_rels/{name}.rels")
        styles, strings = Styles(), Strings()
        for part in (where for kind, where in links.values() if kind == "styles"):
            self._unpacked.run(part, styles)
        for part in (where for kind, where in links.values() if kind == "sharedStrings"):
            self._unpacked.run(part, strings)
        epoch = dt.datetime(1904, 1, 1) if contents.from_1904 else None
        self._looks = Looks(strings.texts, styles.kinds(), epoch)
        found = {}
        for name, key, is_seen in contents.sheets:
            kind, where = links.get(key, ("", ""))
            if kind == "worksheet" and where.lower() in self._unpacked.there:
                found[name] = (where, is_seen)
        return found or {"": ("xl/worksheets/sheet1.xml", True)}

    def tabs(self) -> tuple[Tab, ...]:
        """Return the sheets in their order."""
        return tuple(Tab(name, is_visible=is_seen) for name, (_, is_seen) in self._parts.items())

    def lines(self, tab: Tab) -> Generator[Line, None, None]:
        """Yield the rows of a sheet that hold anything, formulas where no value was saved.

        Raises CrtError where the sheet is damaged or a limit is reached.
        """
        reader = SheetRows(self._looks, self._meter)
        try:
            with closing(self._unpacked.fed(self._parts[tab.name][0], reader)) as steps:
                for _ in steps:
                    yield from reader.ready
                    reader.ready.clear()
        except DAMAGED as fault:
            raise _damaged(self._path) from fault
        self._merges[tab.name] = tuple(reader.merges)

    def merges(self, tab: Tab) -> tuple[Merge, ...]:
        """Return the merged cells of a sheet whose rows have been read."""
        return self._merges[tab.name]

    def _links(self, folder: str, part: str) -> dict[str, tuple[str, str]]:
        """Return by id what a part's links lead to: the kind, and the part itself; none where it has no links."""
        reader = _Links()
        if part.lower() in self._unpacked.there:
            self._unpacked.run(part, reader)
        return {key: (kind, _resolved(folder, target)) for key, (kind, target) in reader.found.items()}

    def _linked(self, folder: str, part: str, kind: str) -> list[str]:
        return [where for found, where in self._links(folder, part).values() if found == kind]


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


class _Steps(DefusedExpatParser):  # type: ignore[misc]  # defusedxml bears no types
    """Takes a reader's steps at each tag, and refuses entities, nesting and silence that no workbook has."""

    def __init__(self, reader: Tags, meter: Meter) -> None:
        super().__init__(forbid_dtd=True)
        self._starts, self._ends, self._text, self._meter = reader.starts, reader.ends, reader.text, meter
        self._depth = self._silence = self._seen = 0
        content = ContentHandler()
        content.characters = self._characters  # type: ignore[method-assign]
        self.setContentHandler(content)

    def start_element(self, name: str, attrs: Mapping[str, str]) -> None:
        """Take the beginning of a tag from the parser, without the wrapping that SAX gives each one's attributes."""
        self._depth += 1
        self._seen += 1
        if self._depth > limits.MOST_DEPTH:
            raise ValueError(tr("tags inside tags without end"))
        step = self._starts.get(name.rpartition(":")[2] if ":" in name else name)
        if step is not None:
            step(attrs)

    def end_element(self, name: str) -> None:
        """Take the end of a tag from the parser."""
        self._depth -= 1
        step = self._ends.get(name.rpartition(":")[2] if ":" in name else name)
        if step is not None:
            step()

    def _characters(self, content: str) -> None:
        self._seen += 1
        self._text(content)

    def look(self, size: int) -> None:
        """Count what so many bytes held; raises ValueError where one tag goes on and on: it would be held whole."""
        self._meter.tags(self._seen)
        self._silence = 0 if self._seen else self._silence + size
        self._seen = 0
        if self._silence > limits.LONGEST_TAG:
            raise ValueError(tr("a tag without end"))
