"""Every reader of what a person hands in, and real inputs of each to be spoilt."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crt_scheduler import imports, planning, programmes, sheets
from crt_scheduler.calls import call_acts
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_sheet, hours_sheet_back, offers
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store, open_store
from solver.__main__ import problem_in
from solver.problem import to_json
from tests.crt_scheduler.team_build import NOW, team
from tests.drills import hostile, old_books
from tests.made import sample_files
from ui.people.file_reading import Asked, look_through

MONTH = "2027-01"
BOOKS = Path(__file__).parents[1] / "cases" / "books"
REAL_BOOKS = ("people_header", "availability", "incidents", "roster", "errors", "hidden_first")
FIRST = 25
"""Rows kept of each real file: an input is read in a moment."""
Read = Callable[[Store, Path], object]


@dataclass(frozen=True)
class Reader:
    """What reads an input: its name, the act, and which real file it is given spoilt."""

    name: str
    read: Read
    real: str


def _imported(kind: str) -> Read:
    def read(store: Store, path: Path) -> object:
        return imports.run(store, kind, path, skip_bad=True, make_ids=False)

    return read


def _guessed(store: Store, path: Path) -> object:
    kind = imports.kind_of(path)
    found = imports.preview(kind, path)
    return imports.run(store, kind, path, dry_run=True, mapping=found.mapping(), make_ids=found.makes_ids)


def _areas(store: Store, path: Path) -> object:
    with store.change("Add areas") as session:
        programmes.add_areas(session, imports.read_areas(path))
    return None


def _problem(_: Store, path: Path) -> object:
    try:
        return problem_in(path.read_bytes())
    except ValueError as refused:
        raise CrtError(str(refused)) from refused


def _typed(store: Store, path: Path) -> object:
    """Type the words of the file into the fields of a person, a call, an area and the programme."""
    words = path.read_text(encoding="utf-8", errors="surrogateescape").split("\x1f")
    chance = random.Random(path.read_bytes())
    field = chance.choice((*people_acts.FIELDS, "id", "credential:x"))
    with store.change(f"Type {words[0]}") as session:
        act = chance.randrange(6)
        if act == 0:
            return people_acts.add(session, {"name": "Ana", field: words[0]}, now=store.now)
        if act == 1:
            return people_acts.set_field(session, "V001", field, words[0], now=store.now)
        if act == 2:
            plan = programme_acts.area_plan(words[0], weight=1.0, neighbours=(), divisions=tuple(words[1:2]))
            return programmes.add_areas(session, (plan,))
        if act == 3:
            return programme_acts.amend(session, chance.choice(tuple(programme_acts.FIELDS)), words[0])
        if act == 4:
            return people_acts.set_credential(session, "V001", words[0], words[-1], now=store.now, is_new_kind=True)
        named = chance.choice(
            ("number", "type", "agency", "unit", "scene", "language", "tradition", "division", "area")
        )
        draft = CallDraft(**{"area": "Valley", "type": "homicide", named: words[0]})
        return call_acts.log(session, draft, now=store.now)


READERS = (
    Reader("sheet", lambda _, path: sheets.read(path), "people"),
    *(Reader(f"import {kind}", _imported(kind), kind) for kind in imports.KINDS),
    Reader("import by guess", _guessed, "people"),
    Reader("wizard", lambda store, path: look_through(store, Asked(path)), "incidents"),
    Reader("areas", _areas, "areas"),
    Reader("hours sheet", lambda store, path: hours_sheet_back.read(store, path, skip_bad=True), "hours form"),
    Reader("availability sheet", lambda store, path: offers.read(store, path, skip_bad=True), "offers"),
    Reader("problem", _problem, "problem"),
    Reader("typed words", _typed, "words"),
)


class Real:
    """The real inputs, and records they fit into: the sample city's files, cut short, and sheets made from them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        sample_files(place / "city")
        self.tables = {kind: _table(place / "city" / f"{kind}.csv") for kind in imports.KINDS}
        self.tables["areas"] = [["area", "neighbours", "weight", "division"], ["North", "South", "2", "N1;N2"],
                                ["South", "", "1", "S1"]]  # fmt: skip
        store = team(place)
        for kind in imports.KINDS:
            path = place / f"{kind}.csv"
            path.write_bytes(hostile.as_csv(self.tables[kind]))
            imports.run(store, kind, path, skip_bad=True)
        with store.read() as session:
            self.problem = to_json(planning.problem(session, MONTH, now=store.now))
            self.tables["hours form"] = _table(hours_sheet.write(session, "2026-11", place / "h", as_csv=True)[0])
            self.tables["offers"] = _table(offers.write(session, MONTH, place / "o", as_csv=True)[0])
        store.close()
        self._records = (place / "team.db").read_bytes()

    @contextmanager
    def records(self, name: str) -> Iterator[Store]:
        """Yield a fresh copy of the records."""
        path = self.place / name
        path.write_bytes(self._records)
        store = open_store(str(path), who="drill", now=NOW)
        try:
            yield store
        finally:
            store.close()

    def unspoilt(self, reader: Reader) -> Path:
        """Return the real file of a reader."""
        is_problem = reader.real == "problem"
        path = self.place / f"real.{'json' if is_problem else 'csv'}"
        path.write_bytes(self.problem if is_problem else hostile.as_csv(self.tables[reader.real]))
        return path

    def spoilt(self, reader: Reader, chance: random.Random) -> hostile.Input:
        """Return an input for a reader."""
        if not chance.randrange(8):
            return hostile.Input("noise", chance.choice((".csv", ".xlsx", ".txt")), hostile.noise(chance))
        if reader.real == "problem":
            change = chance.choice((hostile.bitten, hostile.renumbered, hostile.renumbered))
            return hostile.Input(change.__name__, ".json", change(self.problem, chance))
        if reader.real == "words":
            words = "\x1f".join(chance.choices(hostile.CELLS, k=2))
            return hostile.Input("cells", ".txt", words.encode("utf-8", "surrogateescape"))
        table = self.tables[reader.real]
        how = chance.randrange(11)
        if how > 4:
            return _other_books(table, chance, how)
        if how == 0:
            return hostile.Input("bitten CSV", ".csv", hostile.bitten(hostile.as_csv(table), chance))
        if how == 1:
            return hostile.Input("spoilt CSV", ".csv", hostile.as_csv(hostile.spoilt(table, chance)))
        if how == 2:
            return hostile.Input("bitten XLSX", ".xlsx", hostile.bitten(_workbook(table), chance))
        if how == 3:
            made = hostile.refilled(_workbook(table), lambda part: hostile.bitten(part, chance), chance)
            return hostile.Input("part of an XLSX bitten", ".xlsx", made)
        return hostile.Input("spoilt XLSX", ".xlsx", _workbook(_writable(hostile.spoilt(table, chance))))


def _other_books(table: list[list[str]], chance: random.Random, how: int) -> hostile.Input:
    """Return an input that is, or was, an OpenDocument sheet or a workbook of Excel before 2007."""
    if how == 5:
        return hostile.Input("bitten ODS", ".ods", hostile.bitten(hostile.as_ods(table), chance))
    if how == 6:
        made = hostile.refilled(hostile.as_ods(table), lambda part: hostile.bitten(part, chance), chance)
        return hostile.Input("part of an ODS bitten", ".ods", made)
    if how == 7:
        return hostile.Input("spoilt ODS", ".ods", hostile.as_ods(hostile.spoilt(table, chance)))
    if how == 8:
        return hostile.Input("bitten XLS", ".xls", hostile.bitten(old_books.workbook(table), chance))
    if how == 9:
        return hostile.Input("spoilt XLS", ".xls", old_books.workbook(hostile.spoilt(table, chance)))
    real = (BOOKS / f"{chance.choice(REAL_BOOKS)}.xls").read_bytes()
    if chance.randrange(2):
        return hostile.Input("bitten real XLS", ".xls", hostile.bitten(real, chance))
    inside = old_books.stream(old_books.of_table(table), globals_=old_books.shared_texts(table[0]))
    return hostile.Input("records of an XLS gnawed", ".xls", old_books.compound(old_books.gnawed(inside, chance)))


def _table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))[: FIRST + 1]


def _workbook(table: list[list[str]]) -> bytes:
    cells: list[list[Any]] = [[_typed_cell(cell) for cell in row] for row in table[1:]]
    return sheets.xlsx_bytes(table[0], cells, title="real")


def _typed_cell(cell: str) -> str | int:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 6 else cell


def _writable(table: list[list[str]]) -> list[list[str]]:
    """Return a table that openpyxl writes: it refuses what Excel could not hold."""
    return [[cell[:32_000].replace("\ufeff", "") for cell in row] for row in table] or [["id"]]
