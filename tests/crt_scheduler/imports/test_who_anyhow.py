"""Whatever a list of people looks like: order changes nothing, what went out comes back, nobody is renamed unasked."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.imports import compared_names
from crt_scheduler.imports.who import Directory, New, Person, Sure, Unsure, found
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import table

GIVEN = ("Ana", "José", "Nguyễn", "민준", "Björn", "Zoë", "DeShawn", "Hye-Jin", "Արամ", "Sean", "李")
FAMILY = ("Ruiz", "Nuñez", "O'Brien", "van Dyk", "김", "Smith-Lo", "Պետրոսյան", "Łuczak", "Øberg")
HEADER = ("name", "email", "phone", "status", "role", "kind", "home_area", "languages", "credential:Academy")
ROWS = st.tuples(
    st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.integers(0, 5), st.integers(0, 5),
    st.sampled_from(("", "Active", "On leave", "LOA", "Benched")),
    st.sampled_from(("", "Lead", "Team Leader", "trainee")),
    st.sampled_from(("", "Volunteer", "Chaplain")),
    st.sampled_from(("", "Valley", "West Bureau", "SOUTH")),
    st.sampled_from(("", "Spanish", "English / Spanish", "Español; Korean (basic)")),
    st.sampled_from(("", "yes", "2027-05-01", "x")),
)  # fmt: skip


def row(drawn: tuple[Any, ...]) -> tuple[str, ...]:
    """Return a person's cells; contacts are shared by some."""
    first, last, mail, phone, *rest = drawn
    return (
        f"{first} {last}", f"p{mail}@example.org" if mail else "", f"213-555-01{phone:02d}" if phone else "", *rest,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def people(store: Store) -> list[tuple[Any, ...]]:
    """Return everyone without their ids, in the order of their names."""
    with store.read() as session:
        rows = session.scalars(select(Responder))
        fields = ("code", "name", "email", "phone", "status", "role", "kind", "home_area_id")
        return sorted((*(getattr(row, field) for field in fields), tuple(row.languages)) for row in rows)


def outcome(report: imports.ImportReport) -> tuple[Any, ...]:
    """Return what an import came to, whatever the order of the rows."""
    return report.new, report.changed, report.unchanged, len(report.bad), len(report.questions)


def shuffled(header: tuple[str, ...], rows: list[tuple[str, ...]], seed: int) -> tuple[tuple[str, ...], list[Any]]:
    """Return a table with its rows and columns in another order."""
    mix = random.Random(seed)
    order = mix.sample(range(len(header)), len(header))
    mixed = [tuple(row[n] for n in order) for row in rows]
    mix.shuffle(mixed)
    return tuple(header[n] for n in order), mixed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(ROWS, min_size=1, max_size=8, unique_by=lambda each: each[:2]), seed=st.integers(0, 99))
def test_the_order_of_rows_and_columns_changes_nothing(
    store: Store, tmp_path: Path, drawn: list[tuple[Any, ...]], seed: int
) -> None:
    rows = [row(each) for each in drawn]
    plain = table(tmp_path, HEADER, *rows, name="plain.csv")
    header, mixed = shuffled(HEADER, rows, seed)
    other = table(tmp_path, header, *mixed, name="mixed.csv")
    before = people(store)
    report = imports.run(store, "people", plain, skip_bad=True)
    found_plain = outcome(report)
    there = people(store)
    if there != before:
        store.undo()
    found_mixed = outcome(imports.run(store, "people", other, skip_bad=True))
    assert bool(found_mixed[4]) == bool(found_plain[4])
    if not any(question.is_person for question in report.questions):  # which of two rows is asked about turns with them
        assert found_mixed == found_plain
        assert people(store) == there
    if people(store) != before:
        store.undo()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(ROWS, min_size=1, max_size=8), again=st.lists(ROWS, min_size=1, max_size=8))
def test_without_a_decision_nobody_is_renamed_and_nothing_is_wiped(
    store: Store, tmp_path: Path, drawn: list[tuple[Any, ...]], again: list[tuple[Any, ...]]
) -> None:
    imports.run(store, "people", table(tmp_path, HEADER, *map(row, drawn)), skip_bad=True)
    before = {each[0]: each for each in people(store)}
    imports.run(store, "people", table(tmp_path, HEADER, *map(row, again)), skip_bad=True)
    after = {each[0]: each for each in people(store)}
    for code, was in before.items():
        assert after[code][1] == was[1]
        assert all(now or not then for then, now in zip(was, after[code], strict=True))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(ROWS, min_size=1, max_size=8))
def test_a_list_read_twice_changes_nothing_the_second_time(
    store: Store, tmp_path: Path, drawn: list[tuple[Any, ...]]
) -> None:
    path = table(tmp_path, HEADER, *map(row, drawn))
    first = imports.run(store, "people", path, skip_bad=True)
    before = people(store)
    again = imports.run(store, "people", path, skip_bad=True)
    out = {fault.line for fault in first.bad} | {line for asked in first.questions for line in asked.out}
    if out:  # what was left out may be clear by what came in
        assert again.new + again.changed <= len(out)
    else:
        assert again.new == 0 and people(store) == before


FORMS = st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))


@given(st.sampled_from(GIVEN), st.sampled_from(FAMILY), FORMS, st.booleans(), st.booleans())
def test_a_name_is_the_same_in_every_form_order_and_case(
    first: str, last: str, form: Any, turns: bool, shouts: bool
) -> None:
    name = unicodedata.normalize(form, f"{last}, {first}" if turns else f"{first}  {last}")
    name = name.upper() if shouts else name
    there = Directory([Person("V001", f"{first} {last}", "a@example.org"), Person("V002", "Ben Holt")], "US")
    assert compared_names.folded(name) == compared_names.folded(f"{first} {last}")
    assert found(there.said(name=name), there) == Sure(there.by_code["v001"])


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20), st.text(max_size=10))
def test_whatever_a_row_says_it_is_somebody_nobody_or_a_question(name: str, mail: str, phone: str, code: str) -> None:
    there = Directory([Person("V001", "Ana Ruiz", "ruiz@example.org", "+18185550101")], "US")
    outcome = found(there.said(code=code, name=name, email=mail, phone=phone), there)
    assert isinstance(outcome, Sure | New | Unsure)
    assert not isinstance(outcome, Unsure) or outcome.people


@given(st.text(max_size=60))
def test_languages_of_any_text_are_read_without_a_fault(cell: str) -> None:
    from crt_scheduler.imports.languages_said import spoken

    read = spoken(cell, {"spanish": "Spanish"})
    assert all(read.languages) and all(read.unknown)
