"""Builders for the import tests: a file from rows, an import with defaults, and the refusal it may meet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crt_scheduler import imports, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import ImportReport
from crt_scheduler.programmes import programme_of
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build

PEOPLE = ("id", "name", "home_area")


def table(folder: Path, header: tuple[str, ...], *rows: tuple[Any, ...], name: str = "file.csv") -> Path:
    """Return the path of a CSV (or .xlsx) file with the rows."""
    path = folder / name
    sheets.write(path, header, rows)
    return path


def refused(store: Store, kind: str, path: Path, **options: Any) -> str:
    """Return the sentence with which an import is refused, and hold that nothing was written."""
    before = team_build.everything(store)
    with pytest.raises(CrtError) as fault:
        imports.run(store, kind, path, **options)
    assert team_build.everything(store) == before
    return str(fault.value)


def people(store: Store, folder: Path, *codes: str) -> ImportReport:
    """Import people with these ids, all of Valley."""
    return imports.run(store, "people", table(folder, PEOPLE, *((code, f"{code} Test", "Valley") for code in codes)))


def at_home_nowhere(store: Store) -> None:
    """Let the team say that dates which could be two are asked about, whatever its country's custom."""
    with store.change("Ask about dates") as session:
        programme_of(session).date_order = "ask"
