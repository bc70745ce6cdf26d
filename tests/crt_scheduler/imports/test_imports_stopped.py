"""Long reading that can be stopped: wherever it is told to end, it ends there, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from crt_scheduler import imports, sheets
from crt_scheduler.imports import Decisions
from crt_scheduler.progress import OFTEN, Stopped, onward, part_of, watched
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import table

ROWS = 3 * OFTEN
CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The team of the cases."""
    opened = team_build.team_of_four(tmp_path)
    yield opened
    opened.close()


class Patience:
    """Somebody who hears how far it is, and stops it at the telling of a number."""

    def __init__(self, until: int = 0) -> None:
        self.until, self.heard = until, list[float]()

    def __call__(self, part: float) -> None:
        """Hear of a part."""
        self.heard.append(part)
        if self.until and len(self.heard) >= self.until:
            raise Stopped("Stopped.")


def log(folder: Path, kind: str) -> Path:
    """Return a long file of a kind."""
    hours = [f"2026-11-{1 + n % 28:02d} {n % 24:02d}:{n % 60:02d}" for n in range(ROWS)]
    header, rows = {
        "incidents": (("timestamp", "area", "type"), [(at, "Valley", "fire") for at in hours]),
        "calls": (
            ("number", "timestamp", "area", "responders"),
            [(n, at, "West", "V001") for n, at in enumerate(hours)],
        ),
        "availability": (("person", "from", "grade"), [("Ana Ruiz", at[:10], "cannot") for at in hours]),
        "people": (("id", "name"), [(f"W{n}", f"Person {n}") for n in range(ROWS)]),
        "hours": (
            ("person", "kind", "date", "minutes"),
            [("Ben Holt", "meeting", at[:10], n + 1) for n, at in enumerate(hours)],
        ),
    }[kind]  # fmt: skip
    return table(folder, header, *rows, name=f"{kind}.csv")


@pytest.mark.parametrize("kind", ["incidents", "calls", "availability", "people", "hours"])
def test_a_dry_run_tells_how_far_it_is_and_ends_wherever_it_is_stopped(store: Store, tmp_path: Path, kind: str) -> None:
    path, all_of_it = log(tmp_path, kind), Patience()
    imports.run(store, kind, path, dry_run=True, progress=all_of_it)
    assert all_of_it.heard == sorted(all_of_it.heard) and 0 < all_of_it.heard[-1] <= 1
    assert len({round(part, 2) for part in all_of_it.heard}) > 6, "a number that moves"
    for until in range(1, len(all_of_it.heard) + 1, 3):
        with pytest.raises(Stopped):
            imports.run(store, kind, path, dry_run=True, progress=Patience(until))


def test_an_import_that_is_stopped_anywhere_before_its_end_writes_nothing(store: Store, tmp_path: Path) -> None:
    path, all_of_it, before = log(tmp_path, "incidents"), Patience(), team_build.everything(store)
    words = Decisions(row_per_victim=True)
    imports.run(store, "incidents", path, progress=all_of_it, decided=words)
    store.undo()
    assert all_of_it.heard[-1] == 1 and all_of_it.heard == sorted(all_of_it.heard)
    for until in range(1, len(all_of_it.heard), 3):
        with pytest.raises(Stopped):
            imports.run(store, "incidents", path, progress=Patience(until), decided=words)
        assert team_build.everything(store) == before


@pytest.mark.parametrize("end", ["csv", "xlsx", "xls", "ods"])
def test_reading_a_file_of_any_format_can_be_stopped(tmp_path: Path, end: str) -> None:
    path = {"xls": CASES / "books" / "roster.xls", "ods": CASES / "books" / "roster.ods"}.get(end)
    path = path or table(tmp_path, ("id", "name"), *((f"W{n}", f"Person {n}") for n in range(ROWS)), name=f"p.{end}")
    all_of_it = Patience()
    sheets.read(path, progress=all_of_it)
    assert all_of_it.heard == sorted(all_of_it.heard) and all_of_it.heard[-1] <= 1
    for until in range(1, len(all_of_it.heard) + 1):
        with pytest.raises(Stopped):
            sheets.read(path, progress=Patience(until))


def test_looking_at_columns_and_lines_can_be_stopped_and_so_can_sheets_read_together(tmp_path: Path) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    for month in ("Jan", "Feb"):
        page = made.create_sheet(month)
        for row in (("person", "from", "grade"), *[("V001", "2027-01-09", "cannot")] * OFTEN):
            page.append(row)
    path = tmp_path / "months.xlsx"
    made.save(path)
    for look in (
        lambda heed: imports.kind_of(path, progress=heed),
        lambda heed: imports.preview("availability", path, progress=heed),
        lambda heed: imports.lines("availability", path, (2,), mapping={}, corrections={}, progress=heed),
    ):
        look(all_of_it := Patience())
        assert len(all_of_it.heard) > 3
        with pytest.raises(Stopped):
            look(Patience(len(all_of_it.heard)))


def test_what_is_done_twice_never_goes_back() -> None:
    heard = Patience()
    forward = onward(part_of(heard, 0.5, 1))
    for _ in range(2):
        assert list(watched(range(3 * OFTEN), 3 * OFTEN, forward)) == list(range(3 * OFTEN))
    assert heard.heard == sorted(heard.heard) and heard.heard[0] == 0.5 and heard.heard[-1] < 1
