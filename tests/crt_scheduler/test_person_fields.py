"""The fields of a person stand in one table: what is added to it is read, kept, listed, shown and purged everywhere."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crt_scheduler import person_fields
from crt_scheduler.imports import kinds
from crt_scheduler.imports.people_fields import _READ
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.person_fields import ALL, PersonField
from crt_scheduler.tables import Responder

ROOT = Path(__file__).resolve().parents[2]
ADDED = {
    "crt_scheduler/tables/people.py": (
        '    """The day since which they are inactive;',
        '    shirt: Mapped[str] = mapped_column(default="", server_default="")\n    """The size of their jacket."""\n',
        -1,
    ),
    "crt_scheduler/people/people_list.py": ("    shifts_a_month: str\n", "    shirt: str\n", 1),
    "crt_scheduler/person_fields.py": (
        ')  # fmt: skip\n"""In the order of a file."""',
        '    PersonField("shirt", mark("Jacket"), "count", ("shirt size",), letters=40, form=23, is_first=True,\n'
        "        is_common=True, is_private=True, in_list=InList(11, 60)),\n",
        -1,
    ),
    "crt_scheduler/store.py": ('HEAD = "0012"', 'HEAD = "0013"', 0),
}
"""What adding a column takes, beside its migration: before (-1), after (1) or in place of (0) what is there."""
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade():
    op.add_column("responder", sa.Column("shirt", sa.String(), server_default="", nullable=False))
"""
AT_WORK = """
import datetime as dt, json, sys
from pathlib import Path
from PySide6.QtCore import Qt, QSettings
from PySide6.QtWidgets import QApplication
from crt_scheduler import cli, privacy
from crt_scheduler.imports import kinds, preview
from crt_scheduler.people import list_out, many_people, people_list, person_acts
from crt_scheduler.privacy import expired_rows
from crt_scheduler.store import open_store
from sqlalchemy import select
from crt_scheduler.tables import Responder, FILLED

folder = Path(sys.argv[1])
database = str(folder / "team.db")


def type_in(*words):
    code = cli.run(["--database", database, *words])
    assert not code, words


type_in("init")
(folder / "people.csv").write_text("Name,Shirt size\\nAna Ruiz,L\\nBen Holt,\\n")
found = preview("people", folder / "people.csv")
assert ("shirt", "Shirt size") in [(each.field, each.column) for each in found.matched]
type_in("import", "people", str(folder / "people.csv"), "--guess")
type_in("columns", str(folder / "people.csv"))
type_in("person", "add", "Cy Lund", "--field", "shirt=M", "--id", "C1")
type_in("person", "set", "C1", "shirt", "XL")
type_in("person", "set-many", "shirt", "S", "P001", "P002")
type_in("person", "show", "C1")
type_in("people", "--out", str(folder / "out.csv"), "--private")
type_in("people", "--out", str(folder / "open.csv"))
assert "shirt" in (folder / "out.csv").read_text() and ",S," in (folder / "out.csv").read_text()
assert "shirt" not in (folder / "open.csv").read_text()
assert "shirt" in FILLED["responder"] and expired_rows.PRIVATE["shirt"] == ""

from ui.look import Look
from ui.people import details, newcomer, many_bar, people_columns
from ui.people.fields import Fields, held
from ui.people.people_words import field_label
from PySide6.QtWidgets import QWidget

app = QApplication([])
store = open_store(database, who="x", now=dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC))
with store.read() as session:
    lines = {line.id: line for line in people_list.lines(session, "2026-12", now=store.now)}
store.close()
assert (lines["C1"].shirt, lines["P001"].shirt) == ("XL", "S")
assert "shirt" in details.NAMES and "shirt" in newcomer.NAMES and "shirt" in many_bar.FIELDS
last = people_columns.columns()[-1]
assert people_columns.COLUMNS[-1] == "shirt" and last.head == "Jacket"
assert last.words(lines["C1"]) == "XL" and held(lines["C1"], "shirt") == "XL"
assert many_bar.is_typed("shirt") and field_label("shirt") == "Jacket"
print("everywhere")
"""


def test_a_made_up_column_added_to_record_line_and_table_alone_is_everywhere(tmp_path: Path) -> None:
    for room in ("crt_scheduler", "solver", "ui", "resources"):
        shutil.copytree(ROOT / room, tmp_path / "app" / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (there, more, side) in ADDED.items():
        path = tmp_path / "app" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(there) == 1, name
        new = {-1: more + there, 1: there + more, 0: more}[side]
        path.write_text(text.replace(there, new), encoding="utf-8")
    (tmp_path / "app/crt_scheduler/migrations/versions/r0013_shirt.py").write_text(MIGRATION, encoding="utf-8")
    place = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(tmp_path / "app")}
    done = subprocess.run(
        [sys.executable, "-c", AT_WORK, str(tmp_path)], cwd=tmp_path / "app", env=place, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "everywhere"
    assert re.search(r"^ *Jacket +XL$", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.name)
def test_every_field_is_of_the_record_and_of_the_line_that_the_list_shows(field: PersonField) -> None:
    assert not field.is_column or field.attribute in Responder.__table__.columns
    assert field.line_name in {each.name for each in dataclasses.fields(PersonLine)}
    assert field.title and field.usual and (field.letters or field.cell not in person_fields.TYPED_CELLS)
    assert field.is_plain == (field.cell in _READ) or field.cell == "name", "somebody must read it"


def test_every_column_of_the_record_that_is_not_kept_by_the_program_is_a_field() -> None:
    own = {"id", "leave_since", "leave_ended", "left_on"}
    assert {field.attribute for field in ALL if field.is_column} == set(Responder.__table__.columns.keys()) - own


def test_what_several_kinds_of_files_hold_has_one_title_in_all() -> None:
    titles: dict[str, set[str]] = {}
    for kind in (*kinds.ALL, kinds.SHEET):
        for field in kind.columns:
            titles.setdefault(field.name, set()).add(field.title)
    assert all(len(found) == 1 and all(found) for found in titles.values()), titles
