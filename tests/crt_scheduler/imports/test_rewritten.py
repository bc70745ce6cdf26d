"""People through a spreadsheet program and back: whatever it makes of the file, nothing changes."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crt_scheduler import imports, sheets
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build

NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
HEADER = (
    *("id", "name", "kind", "role", "status", "joined", "home_area", "areas", "languages", "email", "phone"),
    *("target_hours", "credential:Background check"),
)
AREAS = ("Central", "South", "West", "Valley")
NAMES = (
    *("Ana Ruiz", "José Nuñez", "Zoë Weiß", "김민수", "Անի Պետրոսյան", "Nguyễn Thị Minh", "O’Brien, Seán", "محمد علی"),
    *("Ng", "Null", "Na Li", "TRUE North", "1st Ave Church", "-dash", "=SUM", "@home", "Mary  Ann"),
)
Table = list[list[Any]]


def people(chance: random.Random) -> Table:
    """Return a random list of people as the app writes it: ids with noughts, numbers, dates, lists, any script."""
    rows = []
    for n in range(chance.randint(1, 12)):
        joined = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randint(0, 4_000))
        others = ";".join(sorted(chance.sample(AREAS, chance.randint(0, 2))))
        rows.append(
            [
                f"{n + 1:0{chance.choice((2, 4))}d}x" if chance.random() < 0.5 else f"V{n + 1:03d}",
                f"{chance.choice(NAMES)} {chr(65 + n)}",
                chance.choice(("volunteer", "clergy")),
                chance.choice(("lead", "responder", "trainee")),
                chance.choice(("active", "inactive")),
                joined.isoformat(),
                chance.choice(AREAS),
                others,
                ";".join(sorted(chance.sample(("Spanish", "Korean", "Armenian"), chance.randint(0, 2)))),
                f"p{n}@example.org" if chance.random() < 0.8 else "",
                f"+1818555{1000 + n}" if chance.random() < 0.8 else "",
                chance.choice(("", "36", "37.5", "0")),
                chance.choice(("", "2028-02-29", "forever")),
            ]
        )
    return rows


def team_of(folder: Path, rows: Table) -> Store:
    """Return a team whose people came from the app's own file."""
    store = team_build.team(folder, now=NOW)
    sheets.write(folder / "people.csv", HEADER, rows)
    assert imports.run(store, "people", folder / "people.csv", guess=True).new == len(rows)
    return store


def hold_unchanged(store: Store, path: Path, count: int) -> None:
    """Hold that reading a file changes nobody and asks nothing."""
    report = imports.run(store, "people", path, guess=True, dry_run=True)
    assert (report.new, report.changed, report.unchanged) == (0, 0, count), report.sentence()
    assert not report.questions and not report.bad


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_people_saved_again_by_openpyxl_in_any_order_are_unchanged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    rows = people(chance)
    store = team_of(folder, rows)
    sheets.write(folder / "people.xlsx", HEADER, rows)
    book = openpyxl.load_workbook(folder / "people.xlsx")
    page = book.worksheets[0]
    table = [list(row) for row in page.iter_rows(values_only=True)]
    order = chance.sample(range(len(HEADER)), len(HEADER))
    body = chance.sample(table[1:], len(table) - 1)
    page.delete_rows(1, page.max_row)
    for row in [table[0], *body]:
        page.append([_typed(row[n], table[0][n]) for n in order])
    cover = book.create_sheet("Read me", 0)
    cover["A1"] = "The list is on the next sheet"
    book.save(folder / "again.xlsx")
    hold_unchanged(store, folder / "again.xlsx", len(rows))
    store.close()


def _typed(cell: Any, name: str) -> Any:
    """Return a cell as a spreadsheet keeps what somebody types: dates as dates, numbers as numbers."""
    if not isinstance(cell, str) or cell == name:
        return cell
    if name in ("joined", "credential:Background check") and cell[:2] == "20":
        return dt.date.fromisoformat(cell)
    return float(cell) if name == "target_hours" and cell else cell


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where LibreOffice keeps what is its own: made at its first start, which takes longer than a conversion."""
    return f"-env:UserInstallation=file://{tmp_path_factory.mktemp('office')}"


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed, and it alone can do this rewriting"
)
@pytest.mark.parametrize(("written", "made"), [("xlsx", "ods"), ("xlsx", "xls"), ("csv", "ods"), ("csv", "xlsx")])
def test_people_saved_again_by_libreoffice_are_unchanged(tmp_path: Path, office: str, written: str, made: str) -> None:
    teams = []
    (tmp_path / "out").mkdir()
    for n in range(4):
        folder = tmp_path / str(n)
        folder.mkdir()
        rows = people(random.Random(n))
        teams.append((team_of(folder, rows), f"people{n}", len(rows)))
        sheets.write(tmp_path / f"people{n}.{written}", HEADER, rows)
    files = [str(tmp_path / f"{name}.{written}") for _, name, _ in teams]
    reading = ["--infilter=CSV:44,34,76,1"] if written == "csv" else []
    words = ["soffice", office, "--headless", *reading, "--convert-to", made, "--outdir", str(tmp_path / "out"), *files]
    subprocess.run(words, check=True, capture_output=True)
    for store, name, count in teams:
        hold_unchanged(store, tmp_path / "out" / f"{name}.{made}", count)
        store.close()
