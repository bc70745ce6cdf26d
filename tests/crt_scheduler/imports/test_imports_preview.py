"""A stranger's file: which column is taken for which field, names in two columns, and ids for people without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.imports import kinds
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import refused, table

FOREIGN = ("First Name", "Last Name", "E-Mail", "Phone Number", "Languages Spoken", "CPR expires", "Shoe size")
ANI = ("Ani", "Պետրոսյան", "ani@example.org", "213-555-0123", "Armenian", "2027-05-01", "38")
MIN = ("민수", "김", "min@example.org", "", "Korean", "", "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def names(store: Store) -> dict[str, str]:
    """Return everyone's name by id."""
    with store.read() as session:
        return {row.code: row.name for row in session.scalars(select(Responder))}


def again(store: Store, path: Path) -> imports.ImportReport:
    """Import people with the mapping that is guessed."""
    found = imports.preview("people", path)
    return imports.run(store, "people", path, mapping=found.mapping(), make_ids=found.makes_ids)


def test_a_strangers_columns_are_guessed_and_the_rest_named(tmp_path: Path) -> None:
    found = imports.preview("people", table(tmp_path, FOREIGN, ANI, MIN))
    columns = {each.field: each.column for each in found.matched if each.column}
    assert columns == {
        "id": MADE_IDS,
        "name": "First Name + Last Name",
        "languages": "Languages Spoken",
        "email": "E-Mail",
        "phone": "Phone Number",
        "credential:CPR": "CPR expires",
    }
    assert next(each.sample for each in found.matched if each.field == "name") == "Ani Պետրոսյան"
    assert (found.unused, found.count, found.missing) == (("Shoe size",), 2, ())


def test_our_own_columns_are_no_guess(tmp_path: Path) -> None:
    found = imports.preview("people", table(tmp_path, ("id", "name", "phone"), ("V1", "Ana", "")))
    assert not any(each.is_guess for each in found.matched)
    assert not found.makes_ids


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("id", "name"), "people"),
        (("person", "from", "to", "grade"), "availability"),
        (("number", "timestamp", "area"), "incidents"),
        (("date", "shift", "role", "person"), "roster"),
        (("colour",), "people"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_columns(tmp_path: Path, header: tuple[str, ...], kind: str) -> None:
    assert imports.kind_of(table(tmp_path, header, tuple("x" for _ in header))) == kind


def test_people_without_ids_get_the_next_free_and_keep_them(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, FOREIGN, ANI, MIN)
    assert again(store, path).new == 2
    assert names(store) == {"P001": "Ani Պետրոսյան", "P002": "민수 김"}
    report = again(store, table(tmp_path, FOREIGN, MIN, ("Zoë", "Lo", "", "", "", "", ""), ANI))
    assert (report.new, report.unchanged) == (1, 2)
    assert names(store)["P003"] == "Zoë Lo"


def test_a_corrected_name_is_asked_about_and_found_by_its_email(store: Store, tmp_path: Path) -> None:
    again(store, table(tmp_path, FOREIGN, ANI))
    path = table(tmp_path, FOREIGN, ("Anahit", *ANI[1:]))
    mapping = imports.preview("people", path).mapping()
    assert "--same 2=P001, --new 2 or --leave-out 2" in refused(store, "people", path, mapping=mapping)
    report = imports.run(store, "people", path, mapping=mapping, decided=imports.Decisions(same={2: "P001"}))
    assert (report.new, report.changed) == (0, 1)
    assert names(store) == {"P001": "Anahit Պետրոսյան"}


def test_two_of_one_name_are_told_apart_by_email_or_asked_about(store: Store, tmp_path: Path) -> None:
    header = ("name", "email")
    twins = table(tmp_path, header, ("Ana Lo", "a@example.org"), ("Ana Lo", "b@example.org"))
    assert again(store, twins).new == 2
    assert again(store, twins).unchanged == 2
    sentence = refused(store, "people", table(tmp_path, header, ("Jo", ""), ("Jo", "")), make_ids=True)
    assert "lines 2 and 3 one person" in sentence and "--same 3=2, --new 3 or --leave-out 3" in sentence


def test_ids_without_a_name_column_are_refused_with_the_way_out(store: Store, tmp_path: Path) -> None:
    assert "say which column holds the name" in refused(store, "people", table(tmp_path, ("x",), ("1",)), make_ids=True)


def test_a_bad_row_of_two_columns_is_named_by_both(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, FOREIGN, ANI, ("", "", "x@example.org", "12", "", "", ""))
    found = imports.preview("people", path)
    report = imports.run(store, "people", path, mapping=found.mapping(), make_ids=True, dry_run=True)
    assert [(bad.line, bad.column) for bad in report.bad] == [(3, "First Name + Last Name"), (3, "Phone Number")]
    assert report.notes == ("Columns not used: Shoe size.",)


def test_a_column_that_is_not_wanted_is_left_out_even_by_its_own_name(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "phone"), ("V1", "Ana", "12"))
    report = imports.run(store, "people", path, mapping={"phone": ""})
    assert (report.new, report.notes) == (1, ("Columns not used: phone.",))


def test_a_cell_corrected_by_hand_is_read_instead_of_the_files(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "phone"), ("V1", "Ana", "12"), ("V2", "Ben", "13"))
    mended = {(2, "phone"): " 213-555-0101 "}
    report = imports.run(store, "people", path, corrections=mended, skip_bad=True)
    assert (report.new, [bad.line for bad in report.bad]) == (1, [3])
    assert names(store) == {"V1": "Ana"}


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_every_kind_is_told_by_its_columns_and_its_own_names_are_no_guess(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(f"{','.join(kind.fields)}\n{','.join('1' for _ in kind.fields)}\n", encoding="utf-8")
    assert imports.kind_of(path) == kind.name and kind.name in imports.KINDS
    found = imports.preview(kind.name, path)
    assert {each.field: each.column for each in found.matched if each.column} == {name: name for name in kind.fields}
    assert not any(each.is_guess for each in found.matched) and not found.missing
