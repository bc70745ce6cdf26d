"""The list of people out and back: nothing changes, contacts go only where they are sent, what is private on a word."""

from __future__ import annotations

import datetime as dt
import random
import stat
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crt_scheduler import cli, imports, sheets
from crt_scheduler.imports import people_reader as reading
from crt_scheduler.imports.asked import Decisions
from crt_scheduler.imports.cell_meaning import fault
from crt_scheduler.people import list_out
from crt_scheduler.people.person_acts import set_field
from crt_scheduler.programmes import AreaPlan, add_areas
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_rewritten import AREAS, NAMES, NOW

LETTERS = st.characters(exclude_categories=("C", "Z"), include_characters=" \n;,'\"=+-@|")
WORDS = (
    st.text(LETTERS, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda t: not t or not fault("notes", t))
)
LANGUAGES = ("Spanish", "Korean", "Armenian", "Tagalog")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Ana, whose record has every field, and Ben, who has none but his name."""
    opened = team_build.team(tmp_path, now=NOW)
    with opened.change("Add people") as session:
        team_build.responder(session, "V1", name="Ana Ruiz", role="lead", languages=["Spanish"])
        team_build.responder(session, "V2", name="Ben Kowalski", email="", phone="", joined=None)
    for field, words in (
        ("notes", "=Call, please; after 9"), ("next_of_kin", "Rosa Ruiz"), ("next_of_kin_phone", "213-555-0188"),
        ("phone_2", "213-555-0199"), ("shifts_a_month", "1-2"), ("target_hours", "37.5"), ("areas", "Central;West"),
        ("status", "leave"), ("status_until", "2027-03-01"), ("prefers_with", "V2"),
    ):  # fmt: skip
        with opened.change("Set") as session:
            set_field(session, "V1", field, words, now=NOW)
    with opened.change("Set") as session:
        team_build.credential(session, "V1", "Background check", dt.date(2028, 2, 29))
    yield opened
    opened.close()


def written(store: Store, name: str, *, private: bool = True) -> Path:
    """Write the list beside the records."""
    path = store.path.parent / name
    with store.read() as session:
        list_out.write(session, path, private=private)
    return path


def table(store: Store) -> list[list[sheets.Cell]]:
    """Return every cell of everyone, with what is private."""
    with store.read() as session:
        header, rows = list_out.table(session, private=True)
    return [list(header), *rows]


@pytest.mark.parametrize("guess", [True, False])
@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_the_list_reads_back_unchanged(store: Store, name: str, guess: bool) -> None:
    path = written(store, name)
    for empty_clears in (False, True):
        decided = Decisions(empty_clears=empty_clears)
        report = imports.run(store, "people", path, guess=guess, dry_run=True, decided=decided)
        assert (report.new, report.changed, report.unchanged) == (0, 0, 2), report.sentence()
        assert not report.questions and not report.bad and not report.unused_columns


def test_the_columns_are_those_that_an_import_knows(store: Store) -> None:
    head, ana, ben = table(store)
    assert tuple(head[: len(reading.FIELDS)]) == reading.FIELDS
    cells = dict(zip(head, ana, strict=True))
    assert (cells["phone"], cells["target_hours"], cells["areas"]) == ("+12135550100", "37.5", "Central;West")
    assert cells["credential:Background check"] == "2028-02-29"
    assert [cell for cell in ben if cell] == ["V2", "Ben Kowalski", "volunteer", "responder", "active", "Valley"]


def person(chance: random.Random, n: int, notes: str) -> list[str]:
    """Return a random row of a file of people, in the order of the columns that an import knows."""

    def some(of: tuple[str, ...], most: int) -> str:
        return ";".join(chance.sample(of, chance.randint(0, most)))

    date = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randint(0, 4_000))
    home = chance.choice(AREAS)
    status = chance.choice(("active", "leave", "inactive"))
    return [
        f"{n + 1:04d}" if chance.random() < 0.5 else f"V{n + 1}", f"{chance.choice(NAMES)} {chr(65 + n)}",
        chance.choice(("volunteer", "clergy")), chance.choice(("lead", "responder", "trainee")), status,
        date.isoformat() if status == "leave" else "", date.isoformat() if chance.random() < 0.7 else "",
        chance.choice(("", f"{home} North")), home, some(AREAS, 2), some(LANGUAGES, 3),
        some(("Catholic", "any"), 2), f"p{n}@example.org" if chance.random() < 0.8 else "",
        f"+1818555{1000 + n}" if chance.random() < 0.8 else "", chance.choice(("", "36", "37.5", "0", "1.6667")),
        "", "", chance.choice(("", f"+1818555{2000 + n}")), chance.choice(("", "1-2", "as needed", "3/4")), notes,
        chance.choice(("", "Rosa Ruiz", "O’Brien, Seán", "-")), chance.choice(("", f"+1818555{3000 + n}")),
    ]  # fmt: skip


def partners(rows: list[list[str]], chance: random.Random) -> None:
    """Have some of them work well together, and some kept apart."""
    codes = [row[0] for row in rows]
    prefers, avoids = (reading.FIELDS.index(f"{grade}_with") for grade in ("prefers", "avoids"))
    for row in rows:
        others = chance.sample(codes, min(3, len(codes)))
        named = [code for code in others if code != row[0]]
        row[prefers], row[avoids] = ";".join(sorted(named[:1])), ";".join(sorted(named[1:]))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), notes=st.lists(WORDS, min_size=1, max_size=8))
def test_any_list_goes_out_and_back_unchanged_and_makes_the_same_team_elsewhere(
    tmp_path: Path, seed: int, notes: list[str]
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    teams = []
    for name in ("one", "other"):
        (folder / name).mkdir(parents=True)
        teams.append(team_build.team(folder / name, now=NOW))
        with teams[-1].change("Divisions") as session:
            add_areas(session, tuple(AreaPlan(area, divisions=(f"{area} North",)) for area in AREAS))
    one, other = teams
    rows = [person(chance, n, words) for n, words in enumerate(notes)]
    partners(rows, chance)
    sheets.write(folder / "first.csv", reading.FIELDS, rows)
    assert imports.run(one, "people", folder / "first.csv").new == len(rows)
    kept = table(one)
    for ending in (".csv", ".xlsx"):
        path = written(one, f"people{ending}")
        again = imports.run(one, "people", path, dry_run=True)
        assert (again.new, again.changed, again.unchanged) == (0, 0, len(rows)), again.sentence()
    assert imports.run(other, "people", path).new == len(rows)
    assert table(other) == kept
    for team in teams:
        team.close()


def test_contacts_go_into_the_file_and_what_is_private_only_on_a_word(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    told = store.path.parent / "people.csv"
    words = ["--database", str(store.path), "people", "--out", str(told)]
    assert cli.run(words) == 0
    said = "".join(capsys.readouterr())
    assert "e-mail addresses and phone numbers" in said and "--private writes them too" in said
    assert "+12135550100" not in said and "v1@example.org" not in said
    content = told.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"+12135550100" in content and b"Rosa" not in content
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    assert imports.run(store, "people", told, dry_run=True).unchanged == 2
    assert cli.run([*words, "--private"]) == 0
    assert "Rosa Ruiz" in told.read_text(encoding="utf-8-sig")


def test_the_file_is_never_written_over_another_and_only_as_a_table(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = store.path.parent / "people.xlsx"
    book = openpyxl.Workbook()
    book.save(theirs)
    before = theirs.read_bytes()
    for words, sentence in (
        (("--out", str(theirs)), "people.xlsx holds something this program did not write."),
        (("--out", str(theirs.with_suffix(".pdf"))), "people.pdf is no CSV or XLSX."),
        (("--private",), "name it with --out people.xlsx"),
    ):
        assert cli.run(["--database", str(store.path), "people", *words]) == 2
        assert sentence in "".join(capsys.readouterr())
    assert theirs.read_bytes() == before


@given(st.text(max_size=12))
def test_a_cell_that_is_kept_from_being_run_reads_back_as_it_was(cell: str) -> None:
    assert sheets.table.trimmed(str(sheets.safe(cell))) == cell.strip() or cell != cell.strip()
    assert not str(sheets.safe(cell)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
