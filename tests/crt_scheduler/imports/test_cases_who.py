"""Files of real teams: whom their rows mean, what their words mean, and that nothing of it is guessed in silence."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import BadRows, Decisions, ImportReport
from crt_scheduler.store import Store
from crt_scheduler.tables import (
    Area,
    Availability,
    Call,
    CallResponder,
    HoursEntry,
    LearntWord,
    Partner,
    Responder,
    ResponderArea,
)
from tests.crt_scheduler import team_build
from tests.crt_scheduler.cli.test_cli import Office
from tests.crt_scheduler.imports.test_imports_build import refused, table

CASES = Path(__file__).parents[2] / "cases"
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
FORM = {
    "name": "First Name + Last Name",
    "phone": "Cell Phone",
    "email": "E-mail",
    "languages": "Languages Spoken",
    "home_area": "Bureau",
    "status": "Status",
    "kind": "I am a...",
    "role": "I am a...",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four people of a team: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    opened = team_build.team_of_four(tmp_path, now=NOW)
    yield opened
    opened.close()


def everybody(store: Store) -> dict[str, Responder]:
    """Return all people by id."""
    with store.read() as session:
        rows = {row.code: row for row in session.scalars(select(Responder))}
        session.expunge_all()
        return rows


def names(store: Store) -> dict[str, str]:
    """Return everyone's name by id."""
    return {code: row.name for code, row in everybody(store).items()}


def taken(store: Store, kind: str, path: Path, decided: Decisions | None = None) -> ImportReport:
    """Import a file with what was decided."""
    return imports.run(store, kind, path, decided=decided or Decisions())


def said(report: ImportReport) -> str:
    """Return all remarks of an import."""
    return " ".join(report.notes)


def messy(folder: Path) -> Path:
    """Return the sign-up form's list with its header first."""
    page = openpyxl.load_workbook(CASES / "60-messy-list" / "people.xlsx").worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    path = folder / "messy.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows[2:])
    return path


# 01: a shared address


def test_somebody_new_at_a_leads_address_is_asked_about_and_renames_nobody(store: Store) -> None:
    path = CASES / "01-shared-email" / "new.csv"
    sentence = refused(store, "people", path)
    assert "Leo Ruiz" in sentence and "Ana Ruiz (V001)" in sentence and "--new 2" in sentence
    assert taken(store, "people", path, Decisions(new=frozenset({2}))).new == 1
    assert everybody(store)["V001"].name == "Ana Ruiz" and everybody(store)["V001"].role == "lead"
    assert names(store)["V005"] == "Leo Ruiz"
    assert taken(store, "people", path).unchanged == 1


def test_two_of_one_family_on_a_list_are_two_people_once_that_is_said(store: Store) -> None:
    path = CASES / "01-shared-email" / "list.csv"
    assert "--same 2=V001, --new 2" in refused(store, "people", path)
    report = taken(store, "people", path, Decisions(new=frozenset({2})))
    assert (report.new, report.changed, report.unchanged) == (1, 0, 1)
    assert names(store)["V001"] == "Ana Ruiz" and names(store)["V005"] == "Leo Ruiz"


def test_a_couple_at_one_phone_is_asked_about_once(store: Store, tmp_path: Path) -> None:
    couple = ("Eli Roth", "213-555-0177"), ("Mia Roth", "(213) 555 0177")
    path = table(tmp_path, ("name", "phone"), *couple)
    assert "Are lines 2 and 3 one person?" in refused(store, "people", path)
    assert taken(store, "people", path, Decisions(new=frozenset({3}))).new == 2
    assert taken(store, "people", path).unchanged == 2


def test_an_offices_phone_speaks_for_nobody(store: Store, tmp_path: Path) -> None:
    office = [(f"{name} Oak", "213-555-0170") for name in ("Abe", "Bea", "Cal", "Dan")]
    path = table(tmp_path, ("name", "phone"), *office)
    assert (taken(store, "people", path).new, taken(store, "people", path).unchanged) == (4, 4)


# 05: an id without its noughts


def test_ids_that_a_spreadsheet_took_the_noughts_of_are_asked_about(tmp_path: Path) -> None:
    store = team_build.team(tmp_path, now=NOW)
    taken(store, "people", CASES / "05-leading-zero" / "people.csv")
    path = CASES / "05-leading-zero" / "after_excel.csv"
    sentence = refused(store, "people", path)
    assert "the id 71 is 0071 without its noughts" in sentence.lower() and "--same 2=0071" in sentence
    report = taken(store, "people", path, Decisions(same={2: "0071", 3: "0072"}))
    assert (report.new, report.unchanged) == (0, 2)
    assert names(store) == {"0071": "Ana Ruiz", "0072": "Ben Holt"}
    store.close()


# 07: blank cells


def test_a_blank_cell_wipes_nothing(store: Store) -> None:
    for code in ("V002", "V003"):
        with store.change(f"{code} is away") as session:
            session.scalars(select(Responder).where(Responder.code == code)).one().status = "leave"
    report = taken(store, "people", CASES / "07-blank-cells" / "contacts.csv")
    assert (report.changed, report.unchanged) == (1, 2)
    there = everybody(store)
    assert (there["V001"].role, there["V001"].phone, there["V001"].target_minutes) == ("lead", "+18185550101", 2160)
    assert (there["V002"].status, there["V002"].phone) == ("leave", "+18185550199")
    assert there["V003"].status == "leave"


def test_wiping_is_asked_for_and_says_what_and_of_whom(store: Store) -> None:
    path = CASES / "07-blank-cells" / "contacts.csv"
    report = taken(store, "people", path, Decisions(empty_clears=True))
    assert "5 fields are emptied, of 3 people (Ana Ruiz (V001): role, phone, target hours;" in said(report)
    there = everybody(store)["V001"]
    assert (there.role, there.phone, there.target_minutes) == ("responder", "", None)
    assert "people only" in refused(store, "roster", path, decided=Decisions(empty_clears=True))


# 08: names


def test_a_name_in_two_unicode_forms_is_one_person(store: Store) -> None:
    assert taken(store, "people", CASES / "08-names" / "nfd.csv").new == 1
    assert taken(store, "people", CASES / "08-names" / "nfc.csv").unchanged == 1
    assert names(store)["V401"] == "Jos\u00e9 Nu\u00f1ez"


def test_a_name_turned_round_is_the_same_person_and_is_kept_as_it_is_said(store: Store, tmp_path: Path) -> None:
    report = taken(store, "people", CASES / "08-names" / "last_first.csv")
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    report = taken(store, "people", table(tmp_path, ("name",), ("Muñoz, Cheryl",), ("Holt, Jr.",)))
    assert 'Turned round: "Muñoz, Cheryl" is Cheryl Muñoz.' in said(report)
    assert {"Cheryl Muñoz", "Holt, Jr."} <= set(names(store).values())


@pytest.mark.parametrize("name", ["ANA RUIZ", "ana  ruiz", " Ruiz,Ana ", "Ana\u00a0Ruiz", "Ａｎａ Ruiz"])
def test_a_name_however_it_is_typed_is_that_person_and_the_name_stays(store: Store, tmp_path: Path, name: str) -> None:
    report = taken(store, "people", table(tmp_path, ("name", "home_area"), (name, "Valley")))
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)


@pytest.mark.parametrize("sign", ["'", "\u2019", "\u02bc", "`", ""])
def test_apostrophes_of_every_kind_are_one(store: Store, tmp_path: Path, sign: str) -> None:
    assert taken(store, "people", table(tmp_path, ("name",), ("Sean O'Brien",))).new == 1
    assert taken(store, "people", table(tmp_path, ("name",), (f"Sean O{sign}Brien",))).unchanged == 1


@pytest.mark.parametrize("name", ["Aná Ruiz", "Ruiz Ana"])
def test_accents_or_order_alone_are_asked_about_unless_a_contact_agrees(
    store: Store, tmp_path: Path, name: str
) -> None:
    assert "--same 2=V001" in refused(store, "people", table(tmp_path, ("name",), (name,)))
    path = table(tmp_path, ("name", "email"), (name, "Ruiz@Example.org"))
    assert taken(store, "people", path).new == 0
    assert names(store)["V001"] == "Ana Ruiz"


def test_a_row_with_nothing_but_a_number_is_no_person(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("name", "home_area", "target_hours"), ("Ida Moss", "Valley", 36), ("", "", 36))
    report = taken(store, "people", path)
    assert report.new == 1 and "Line 3 holds no person, only a number." in said(report)


# 27: an id used again


def test_an_id_with_another_name_and_address_is_asked_about(store: Store) -> None:
    path = CASES / "27-id-reuse" / "people.csv"
    sentence = refused(store, "people", path)
    assert "Omar Diaz" in sentence and "Cleo Park (V003)" in sentence
    report = taken(store, "people", path, Decisions(new=frozenset({2})))
    assert "the id V003 is taken, so Omar Diaz is V005" in said(report)
    there = everybody(store)
    assert (there["V003"].name, there["V003"].phone, there["V005"].phone) == ("Cleo Park", "+18185550103", "")


TWO_NAMES = ("V010", "Ida Moss", "ida@example.org"), ("V010", "Jo Fir", "jo@example.org")


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (Decisions(same={3: "2"}), {"V010": "Jo Fir"}),
        (Decisions(new=frozenset({3})), {"V010": "Ida Moss", "V005": "Jo Fir"}),
        (Decisions(new=frozenset({2})), {"V010": "Jo Fir", "V005": "Ida Moss"}),
        (Decisions(left_out=frozenset({3})), {"V010": "Ida Moss"}),
        (Decisions(left_out=frozenset({2})), {"V010": "Jo Fir"}),
        (Decisions(same={3: "V002"}), {"V010": "Ida Moss", "V002": "Jo Fir"}),
    ],
)
def test_two_rows_of_one_id_and_two_names_are_one_person_or_two_as_is_said(
    store: Store, tmp_path: Path, decided: Decisions, expected: dict[str, str]
) -> None:
    path = table(tmp_path, ("id", "name", "email"), *TWO_NAMES)
    assert "Answer with --same 3=2, --new 3 (with another id) or --leave-out 3" in refused(store, "people", path)
    report = imports.run(store, "people", path, skip_bad=True)
    assert (report.new, len(report.questions)) == (1, 1), "the first row is in no doubt"
    store.undo()
    before = names(store)
    taken(store, "people", path, decided)
    assert names(store) == before | expected


def test_two_rows_of_one_id_are_also_offered_whoever_of_the_team_bears_the_name(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name"), ("V010", "Ida Moss"), ("V010", "Ben Holt"))
    assert "Or is line 3 Ben Holt (V002)? Answer with --same 3=2, --same 3=V002, " in refused(store, "people", path)
    taken(store, "people", path, Decisions(same={3: "V002"}))
    assert names(store)["V010"] == "Ida Moss" and names(store)["V002"] == "Ben Holt"


def test_of_two_rows_with_the_id_of_somebody_there_is_only_the_other_name_is_asked_about(
    store: Store, tmp_path: Path
) -> None:
    path = table(tmp_path, ("id", "name"), ("V003", "Omar Diaz"), ("V003", "Cleo Park"))
    (question,) = imports.run(store, "people", path, dry_run=True).questions
    assert question.sentence.startswith('Is "Omar Diaz" on line 2 Cleo Park (V003), or somebody new?')
    taken(store, "people", path, Decisions(new=frozenset({2})))
    assert names(store)["V003"] == "Cleo Park" and names(store)["V005"] == "Omar Diaz"


# the second phone tells who somebody is as the first does


@pytest.fixture
def reached(store: Store, tmp_path: Path) -> Store:
    """The four of the team, Ben Holt with a second phone."""
    taken(store, "people", table(tmp_path, ("id", "name", "phone_2"), ("V002", "Ben Holt", "213-555-0188")))
    return store


def test_a_name_spelled_otherwise_at_the_second_phone_is_that_person_and_both_phones_stay(
    reached: Store, tmp_path: Path
) -> None:
    first = everybody(reached)["V002"].phone
    report = taken(reached, "people", table(tmp_path, ("name", "phone"), ("Holt Ben", "(213) 555 0188")))
    there = everybody(reached)["V002"]
    assert (report.new, there.phone, there.phone_2) == (0, "+12135550188", first)
    assert "The phones of Ben Holt (V002) change places, as line 2 has it." in said(report)
    again = taken(reached, "people", table(tmp_path, ("name", "phone"), ("Holt Ben", "(213) 555 0188")))
    assert again.unchanged == 1


def test_the_first_phone_in_the_column_of_the_second_takes_no_phone_away(reached: Store, tmp_path: Path) -> None:
    before = everybody(reached)["V002"]
    path = table(tmp_path, ("name", "phone_2"), ("Ben Holt", before.phone))
    assert taken(reached, "people", path).unchanged == 1
    assert everybody(reached)["V002"].phone_2 == "+12135550188"


@pytest.mark.parametrize("column", ["phone", "phone_2"])
def test_another_name_at_a_second_phone_is_asked_about_whichever_column_it_stands_in(
    reached: Store, tmp_path: Path, column: str
) -> None:
    path = table(tmp_path, ("name", column), ("Mia Roth", "2135550188"))
    sentence = refused(reached, "people", path)
    assert 'Is "Mia Roth" on line 2 Ben Holt (V002), or somebody new?' in sentence
    assert "The phone is that of Ben Holt (V002)" in sentence


def test_rows_that_share_a_phone_in_either_column_may_be_one_person(store: Store, tmp_path: Path) -> None:
    rows = ("Eli Roth", "213-555-0177", "213-555-0178"), ("Mia Roth", "213-555-0179", "213-555-0177")
    path = table(tmp_path, ("name", "phone", "phone_2"), *rows)
    assert "two names at one phone" in refused(store, "people", path)
    assert taken(store, "people", path, Decisions(new=frozenset({3}))).new == 2


def test_a_phone_that_three_have_in_either_column_is_an_offices_and_speaks_for_nobody(
    store: Store, tmp_path: Path
) -> None:
    desk = "213-555-0170"
    rows = ("Abe Oak", desk, ""), ("Bea Oak", "213-555-0171", desk), ("Cal Oak", "", desk)
    path = table(tmp_path, ("name", "phone", "phone_2"), *rows)
    assert (taken(store, "people", path).new, taken(store, "people", path).unchanged) == (3, 3)


def test_rows_that_are_one_person_keep_two_phones_and_say_which_they_do_not(store: Store, tmp_path: Path) -> None:
    rows = [("Eli Roth", "e@example.org", f"213-555-017{n}", f"213-555-018{n}") for n in (1, 2)]
    path = table(tmp_path, ("name", "email", "phone", "phone_2"), *rows)
    report = taken(store, "people", path, Decisions(same={3: "2"}))
    there = everybody(store)["V005"]
    assert (there.phone, there.phone_2) == ("+12135550172", "+12135550182")
    assert "two phones are kept of a person, so not 213-555-0171 and 213-555-0181" in said(report)


@pytest.mark.parametrize(
    ("kind", "header", "rest"),
    [
        ("availability", ("Phone", "from", "grade"), ("2027-01-09", "cannot")),
        ("availability", ("Other phone", "from", "grade"), ("2027-01-09", "cannot")),
        ("hours", ("Phone", "kind", "date", "minutes"), ("Monthly meeting", "2026-11-09", "60")),
    ],
)
def test_the_second_phone_tells_who_somebody_is_in_every_other_file(
    reached: Store, tmp_path: Path, kind: str, header: tuple[str, ...], rest: tuple[str, ...]
) -> None:
    path = table(tmp_path, ("Name", *header), ("Holt Ben", "213 555 0188", *rest))
    assert imports.run(reached, kind, path, guess=True).new == 1


def test_a_married_name_with_the_same_id_and_contact_is_taken_and_said(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "email"), ("V003", "Cleo Diaz", "cleo@example.org"))
    assert "V003 Cleo Park is now called Cleo Diaz." in said(taken(store, "people", path))
    assert names(store)["V003"] == "Cleo Diaz"


def test_an_accent_that_a_file_lost_is_kept_and_one_it_brings_is_taken(store: Store, tmp_path: Path) -> None:
    taken(store, "people", table(tmp_path, ("id", "name"), ("V9", "Jose Nunez"), ("V8", "Zoë Lo")))
    report = taken(store, "people", table(tmp_path, ("id", "name"), ("V9", "José Núñez"), ("V8", "ZOE LO")))
    assert (names(store)["V9"], names(store)["V8"]) == ("José Núñez", "Zoë Lo")
    assert "V9 Jose Nunez is now called José Núñez." in said(report) and "the name stays" in said(report)


# 31: a corrected file of availability


def test_a_corrected_file_says_what_stays_of_the_earlier_one_and_replaces_it_if_asked(store: Store) -> None:
    first, second = (CASES / "31-corrected" / f"avail{n}.csv" for n in (1, 2))
    taken(store, "availability", first)
    report = taken(store, "availability", second)
    assert "1 line of an earlier file stays: cannot, Sat 9 Jan 2027 to Fri 15 Jan 2027." in said(report)
    taken(store, "availability", second, Decisions(replaces=True))
    with store.read() as session:
        assert [row.first for row in session.scalars(select(Availability))] == [dt.date(2027, 1, 16)]
    store.undo()
    with store.read() as session:
        assert len(session.scalars(select(Availability)).all()) == 2


def test_another_grade_for_the_same_days_takes_the_place_of_the_earlier_files_but_not_of_what_was_typed(
    store: Store, tmp_path: Path
) -> None:
    header = ("person", "from", "to", "grade")
    days = ("2027-01-09", "2027-01-15")
    taken(store, "availability", table(tmp_path, header, ("V002", *days, "cannot")))
    with store.change("Typed") as session:
        who = session.scalars(select(Responder).where(Responder.code == "V003")).one().id
        when = {"first": dt.date(2027, 1, 9), "last": dt.date(2027, 1, 15), "weekdays": 127}
        session.add(Availability(responder_id=who, **when, grade="cannot", note=""))
    report = taken(
        store, "availability", table(tmp_path, header, ("V002", *days, "prefers"), ("V003", *days, "prefers"))
    )
    assert (report.new, report.changed) == (1, 1)
    with store.read() as session:
        assert sorted(row.grade for row in session.scalars(select(Availability))) == ["cannot", "prefers", "prefers"]


# 36: languages


def test_languages_in_a_cell_are_those_there_are_and_levels_are_dropped_and_said(store: Store) -> None:
    report = taken(store, "people", CASES / "36-languages" / "people.csv")
    there = everybody(store)
    assert {code: there[code].languages for code in ("L1", "L2", "L3", "L4", "L5", "L6", "L7")} == {
        "L1": ["Spanish", "Armenian"],
        "L2": ["Spanish", "Korean"],
        "L3": ["Spanish"],
        "L4": ["Spanish"],
        "L5": ["Spanish", "Korean"],
        "L6": ["English", "Spanish"],
        "L7": ["Spanish", "Farsi"],
    }
    assert "How well a language is spoken is not kept: basic, fluent." in said(report)
    assert "New languages of the team: English." in said(report)


@pytest.mark.parametrize(
    ("cell", "languages"),
    [
        ("한국어", ["Korean"]),
        ("fa", ["Farsi"]),
        ("Persian, հայերեն", ["Farsi", "Armenian"]),
        ("Inglés y español", ["English", "Spanish"]),
        ("Chinese (Mandarin)", ["Chinese", "Mandarin"]),
        ("fluent Spanish; some Korean", ["Spanish", "Korean"]),
        ("none", []),
        ("Spanish\nTagalog", ["Spanish", "Tagalog"]),
    ],
)
def test_a_language_in_its_own_words_or_as_a_code_is_that_language(
    store: Store, tmp_path: Path, cell: str, languages: list[str]
) -> None:
    taken(store, "people", table(tmp_path, ("id", "name", "languages"), ("L1", "A A", cell)))
    assert everybody(store)["L1"].languages == languages


def test_a_text_that_is_no_language_is_asked_about_once_and_learnt(store: Store, tmp_path: Path) -> None:
    rows = ("L1", "A A", "Klingon; Spanish"), ("L2", "B B", "klingon")
    path = table(tmp_path, ("id", "name", "languages"), *rows)
    report = imports.run(store, "people", path, dry_run=True)
    assert [(q.text, q.lines, q.may_be_new) for q in report.questions] == [("Klingon", (2, 3), True)]
    assert "--word" in refused(store, "people", path)
    taken(store, "people", path, Decisions(words={("languages", "Klingon"): "Korean"}))
    assert [everybody(store)[code].languages for code in ("L1", "L2")] == [["Korean", "Spanish"], ["Korean"]]
    taken(store, "people", path)
    store.undo()
    assert "--word" in refused(store, "people", path)
    taken(store, "people", path, Decisions(words={("languages", "Klingon"): "new"}))
    assert everybody(store)["L2"].languages == ["Klingon"]


# 60: a sign-up form's list


def test_a_sign_up_forms_list_leaves_one_pair_and_one_contradiction_to_look_at(tmp_path: Path) -> None:
    store, path = team_build.team(tmp_path, now=NOW), messy(tmp_path)
    mended = {(24, "Status"): "Active"}
    report = imports.run(store, "people", path, mapping=FORM, corrections=mended, dry_run=True)
    assert (report.new, report.bad) == (60, ())
    assert [q.sentence[:32] for q in report.questions] == ["Are lines 6 and 65 one person? L"]
    (word,) = (word for word in report.words if word.text == "On leave")
    assert (len(word.lines), word.meaning, word.how) == (9, "leave", "guessed")
    contradiction = imports.run(store, "people", path, mapping=FORM, dry_run=True).bad
    assert [(bad.line, bad.column, bad.value) for bad in contradiction] == [(24, "Status", "Trainee")]
    decided = Decisions(left_out=frozenset({65}))
    assert imports.run(store, "people", path, mapping=FORM, corrections=mended, decided=decided).new == 60
    there = {row.name: row for row in everybody(store).values()}
    with store.read() as session:
        areas = {row.id: row.name for row in session.scalars(select(Area))}
    robert, minister = there["Robert Davis"], there["Rabbi David Ivanova"]
    assert (robert.status, robert.role, areas[robert.home_area_id or 0]) == ("leave", "lead", "Valley")
    assert (minister.kind, minister.role, there["Greg Chen"].role) == ("clergy", "responder", "trainee")
    assert there["Keisha Lee"].languages == ["English", "Spanish"] and "민준 김" in there
    store.close()


def test_two_lines_of_one_person_are_put_together_and_what_differs_is_said(store: Store, tmp_path: Path) -> None:
    header = ("name", "email", "phone", "languages", "role")
    path = table(
        tmp_path, header,
        ("Robert Davis", "rd@example.org", "213-555-0104", "Spanish", ""),
        ("robert davis", "RD@example.org", "213.555.0188", "", "Team Leader"),
    )  # fmt: skip
    report = imports.run(store, "people", path, dry_run=True)
    (question,) = report.questions
    (other,) = question.candidates
    assert (question.lines, other.key, other.is_line) == ((3, 2), "2", True)
    assert (other.speaks_for, other.speaks_against) == (("the same name", "the same e-mail"), ("another phone",))
    assert taken(store, "people", path, Decisions(same={3: "2"})).new == 1
    robert = everybody(store)["V005"]
    assert (robert.phone, robert.languages, robert.role) == ("+12135550188", ["Spanish"], "lead")


def test_a_word_of_the_teams_own_is_asked_about_once_and_known_in_the_next_file(store: Store, tmp_path: Path) -> None:
    rows = [(f"W{n}", f"Person {n} Moss", "Benched") for n in range(3)]
    path = table(tmp_path, ("id", "name", "status"), *rows)
    report = imports.run(store, "people", path, dry_run=True)
    (question,) = report.questions
    assert (question.kind, question.field, question.text, question.lines) == ("word", "status", "Benched", (2, 3, 4))
    assert {each.key for each in question.candidates} == {"active", "leave", "inactive"}
    told = Decisions(words={("status", "benched"): "On leave"})
    taken(store, "people", path, told)
    assert everybody(store)["W1"].status == "leave"
    report = taken(store, "people", path)
    assert (report.unchanged, report.words[0].how) == (3, "learnt")
    store.undo()
    with store.read() as session:
        assert not session.scalars(select(LearntWord)).all()


def test_an_unknown_area_is_asked_about_against_those_there_are_and_may_be_new(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "home_area"), ("W1", "Ida Moss", "Downtown"), ("W2", "Jo Fir", "Harbour"))
    report = imports.run(store, "people", path, dry_run=True)
    assert [(q.field, q.text, q.may_be_new) for q in report.questions] == [
        ("home_area", "Downtown", True),
        ("home_area", "Harbour", True),
    ]
    told = {("home_area", "Downtown"): "Central", ("home_area", "Harbour"): "new"}
    taken(store, "people", path, Decisions(words=told))
    with store.read() as session:
        areas = {row.id: row.name for row in session.scalars(select(Area))}
    there = everybody(store)
    assert [areas[there[code].home_area_id or 0] for code in ("W1", "W2")] == ["Central", "Harbour"]
    incidents = table(tmp_path, ("timestamp", "area"), ("2026-11-09 18:05", "Downtown"))
    assert taken(store, "incidents", incidents).new == 1, "a word of areas is known in every file"


def test_rows_of_a_word_may_be_left_out_now_and_next_time_which_is_said(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "status"), ("W1", "Ida Moss", "Ghost"), ("W2", "Jo Fir", "active"))
    report = taken(store, "people", path, Decisions(words={("status", "Ghost"): "leave out"}))
    assert report.new == 1 and 'left out, as was answered for status "Ghost"' in said(report)
    assert 'left out, as was answered for status "Ghost"' in said(taken(store, "people", path))


def test_yes_and_no_of_a_credential_are_understood(store: Store, tmp_path: Path) -> None:
    header = ("id", "name", "credential:Academy")
    taken(store, "people", table(tmp_path, header, ("V001", "Ana Ruiz", "x"), ("V002", "Ben Holt", "Y")))
    report = taken(store, "people", table(tmp_path, header, ("V001", "Ana Ruiz", "No"), ("V002", "Ben Holt", "")))
    assert (report.changed, report.unchanged) == (1, 1)


# other files: by id, name or e-mail


def test_availability_by_name_or_email_is_that_persons(store: Store, tmp_path: Path) -> None:
    header = ("person", "from", "to", "grade")
    who = ("Holt, Ben", "BEN@example.org", "Ben Holt (V002)", "v002", "ben holt")
    rows = [(name, f"2027-01-{n:02d}", f"2027-01-{n:02d}", "No") for n, name in enumerate(who, start=1)]
    assert taken(store, "availability", table(tmp_path, header, *rows)).new == 5
    with store.read() as session:
        assert len({row.responder_id for row in session.scalars(select(Availability))}) == 1


def test_a_poll_of_names_and_addresses_finds_its_people_without_a_column_of_ids(store: Store, tmp_path: Path) -> None:
    header = ("Name", "Email", "from", "to", "grade")
    rows = (("Ana Ruiz", "ruiz@example.org", "2027-01-09", "2027-01-09", "cannot"),)
    report = taken(store, "availability", table(tmp_path, header, *rows))
    assert report.new == 1 and "Columns not used" not in said(report)


def test_whoever_a_poll_leaves_open_is_asked_once_for_all_their_lines(store: Store, tmp_path: Path) -> None:
    rows = [("A. Ruiz", "ruiz@example.org", f"2027-01-0{n}", f"2027-01-0{n}", "cannot") for n in (1, 2)]
    path = table(tmp_path, ("Name", "Email", "from", "to", "grade"), *rows)
    (question,) = imports.run(store, "availability", path, dry_run=True).questions
    assert question.lines == (2, 3) and not question.may_be_new
    assert taken(store, "availability", path, Decisions(same={3: "V001"})).new == 2
    assert "only a file of people brings new people" in refused(
        store, "availability", path, decided=Decisions(new=frozenset({2}))
    )


def test_nobody_comes_new_from_a_file_of_another_kind(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("person", "grade"), ("Nobody Known", "cannot"))
    assert "import people first" in refused(store, "availability", path)


def test_hours_and_calls_name_people_as_the_team_does(store: Store, tmp_path: Path) -> None:
    hours = table(
        tmp_path, ("person", "kind", "start", "minutes"), ("Ruiz, Ana", "Monthly meeting", "2026-11-09", "60")
    )
    assert taken(store, "hours", hours).new == 1
    header = ("number", "timestamp", "area", "responders")
    calls = table(tmp_path, header, ("Q-1", "2026-11-09 18:05", "Valley Bureau", "Ana Ruiz, V002; Katz, Dov"))
    assert taken(store, "calls", calls).new == 1
    with store.read() as session:
        assert len(session.scalars(select(CallResponder)).all()) == 3
        assert any(row.kind == "meeting" for row in session.scalars(select(HoursEntry)))


def test_two_of_one_name_are_asked_about_wherever_the_name_alone_stands(store: Store, tmp_path: Path) -> None:
    header = ("id", "name", "email")
    taken(
        store,
        "people",
        table(tmp_path, header, ("V010", "Maria Lee", "a@example.org"), ("V011", "Maria Lee", "b@example.org")),
    )
    path = table(tmp_path, ("person", "from", "to", "grade"), ("Maria Lee", "2027-01-09", "2027-01-09", "cannot"))
    sentence = refused(store, "availability", path)
    assert "Maria Lee (V010) or Maria Lee (V011)" in sentence and "--same 2=V010, --same 2=V011" in sentence
    assert "2 people are called Maria Lee" in sentence


# several people in a cell


LOG = ("number", "timestamp", "area", "responders")


def went(store: Store) -> dict[str, set[str]]:
    """Return who went to each call."""
    with store.read() as session:
        codes = dict(session.execute(select(Responder.id, Responder.code)).all())
        rows = session.execute(select(Call.number, CallResponder.responder_id).join(CallResponder))
        found: dict[str, set[str]] = {}
        for number, who in rows:
            found.setdefault(number, set()).add(codes[who])
        return found


@pytest.fixture
def ruizes(store: Store, tmp_path: Path) -> Store:
    """The four of the team with María Ruiz (V005) and Ben Hold (V006), so that two names of a list can be in doubt."""
    header = ("id", "name", "email")
    rows = ("V005", "María Ruiz", "m@example.org"), ("V006", "Ben Hold", "h@example.org")
    taken(store, "people", table(tmp_path, header, *rows))
    return store


def calls_log(folder: Path) -> Path:
    """Return a log of two calls, the first of which lists two names that could be several people's."""
    rows = ("Q-1", "2026-11-09 18:05", "Valley", "Ruiz; Ben; Katz, Dov"), ("Q-2", "2026-11-10 18:05", "Valley", "Ruiz")
    return table(folder, LOG, *rows, name="calls.csv")


def test_each_unclear_name_of_a_list_is_asked_about_once_and_answered_by_itself(ruizes: Store, tmp_path: Path) -> None:
    path = calls_log(tmp_path)
    report = imports.run(ruizes, "calls", path, dry_run=True)
    assert [(q.name, q.lines, {each.key for each in q.candidates}) for q in report.questions] == [
        ("Ruiz", (2, 3), {"V001", "V005"}),
        ("Ben", (2,), {"V002", "V006"}),
    ]
    assert "--same 2:Ruiz=V001, --same 2:Ruiz=V005 or --leave-out 2" in report.questions[0].sentence
    named = {(2, "ruiz"): "V005", (2, "ben"): "V002"}
    assert taken(ruizes, "calls", path, Decisions(named=named)).new == 2
    assert went(ruizes) == {"Q-1": {"V005", "V002", "V004"}, "Q-2": {"V005"}}, "one name, one answer"


def test_one_name_on_two_lines_may_be_two_people(ruizes: Store, tmp_path: Path) -> None:
    named = {(2, "ruiz"): "V005", (3, "ruiz"): "V001", (2, "ben"): "V002"}
    taken(ruizes, "calls", calls_log(tmp_path), Decisions(named=named))
    assert went(ruizes) == {"Q-1": {"V005", "V002", "V004"}, "Q-2": {"V001"}}


def test_a_line_with_one_unclear_name_is_answered_by_its_number_alone(ruizes: Store, tmp_path: Path) -> None:
    path = table(tmp_path, LOG, ("Q-1", "2026-11-09 18:05", "Valley", "Ruiz; Ben Holt"), name="calls.csv")
    assert "--same 2=V001, --same 2=V005 or --leave-out 2" in refused(ruizes, "calls", path)
    taken(ruizes, "calls", path, Decisions(same={2: "V005"}))
    assert went(ruizes) == {"Q-1": {"V005", "V002"}}


def test_an_answer_that_could_mean_either_of_two_names_is_taken_for_neither(ruizes: Store, tmp_path: Path) -> None:
    path = table(tmp_path, LOG, ("Q-1", "2026-11-09 18:05", "Valley", "Ruiz; A. Ruiz; M. Ruiz"), name="calls.csv")
    sentence = refused(ruizes, "calls", path, decided=Decisions(same={2: "V001"}))
    assert "--same 2:Ruiz=V001" in sentence and "--same '2:A. Ruiz=V001'" in sentence


def test_a_name_that_nobody_bears_can_be_said_to_be_somebody(ruizes: Store, tmp_path: Path) -> None:
    path = table(tmp_path, LOG, ("Q-1", "2026-11-09 18:05", "Valley", "Chuck; Ben Holt"), name="calls.csv")
    assert "no person has this id or name" in refused(ruizes, "calls", path)
    taken(ruizes, "calls", path, Decisions(named={(2, "chuck"): "V003"}))
    assert went(ruizes) == {"Q-1": {"V003", "V002"}}


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({(2, "nobody"): "V001"}, "line 2 does not list 'nobody'; it lists Ruiz, Ben and Katz, Dov"),
        ({(3, "ben"): "V002"}, "line 3 does not list 'ben'; it lists Ruiz"),
        ({(2, "ruiz"): "V099"}, "--same 2:ruiz=V099: nobody has the id 'V099'"),
        ({(9, "ruiz"): "V001"}, "has no row on line 9"),
    ],
)
def test_a_wrong_answer_for_a_name_is_refused_in_a_sentence(
    ruizes: Store, tmp_path: Path, named: dict[tuple[int, str], str], sentence: str
) -> None:
    assert sentence in refused(ruizes, "calls", calls_log(tmp_path), decided=Decisions(named=named), skip_bad=True)


def test_only_a_row_that_lists_several_people_is_answered_by_name(store: Store, tmp_path: Path) -> None:
    one = Decisions(named={(2, "ana"): "V001"})
    path = table(tmp_path, ("person", "from", "grade"), ("Ana", "2027-01-09", "cannot"))
    assert "a row of availability names one person" in refused(store, "availability", path, decided=one)
    assert "a row of people is one person" in refused(store, "people", path, decided=one, mapping={"name": "person"})


# answers


def test_rows_of_open_questions_are_left_out_only_where_that_is_asked_for_and_said(
    store: Store, tmp_path: Path
) -> None:
    path = table(tmp_path, ("name", "email"), ("Leo Ruiz", "ruiz@example.org"), ("Jo Fir", "jo@example.org"))
    with pytest.raises(BadRows):
        imports.run(store, "people", path)
    report = imports.run(store, "people", path, skip_bad=True)
    assert report.new == 1 and '1 open question, so 1 row was left out. Is "Leo Ruiz"' in report.sentence()
    answered = report.as_dict()["questions"][0]
    assert (answered["line"], answered["persons"][0]["id"]) == (2, "V001")
    assert answered["sentence"].startswith('Is "Leo Ruiz" on line 2')


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        (Decisions(same={9: "V001"}), "has no row on line 9"),
        (Decisions(same={2: "V999"}), "nobody has the id 'V999'"),
        (Decisions(same={2: "77"}), "no other row on line 77"),
        (Decisions(same={2: "2"}), "no other row on line 2"),
        (Decisions(new=frozenset({1})), "has no row on line 1"),
        (Decisions(left_out=frozenset({5})), "has no row on line 5"),
        (Decisions(new=frozenset({2}), left_out=frozenset({2})), "decided twice"),
        (Decisions(words={("status", "Gone"): "leave"}), 'no row says "Gone"'),
        (Decisions(words={("shoe", "38"): "leave"}), "no words of 'shoe'"),
        (Decisions(words={("status", "Benched"): "purple"}), "'purple' is no word of status. Use one of: "),
        (Decisions(words={("status", "Benched"): "new"}), "'new' is no word of status"),
        (Decisions(replaces=True), "Only a file of availability"),
    ],
)
def test_a_wrong_answer_is_refused_in_a_sentence(
    store: Store, tmp_path: Path, decided: Decisions, sentence: str
) -> None:
    path = table(tmp_path, ("name", "status"), ("Ida Moss", "Benched"))
    with pytest.raises(CrtError) as fault:
        imports.run(store, "people", path, decided=decided, skip_bad=True)
    assert sentence in str(fault.value)


# the command line


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A desk with the CRT programme and the four of the team."""
    team_build.team(tmp_path, now=NOW).close()
    desk = Office(tmp_path, capsys)
    desk.type("import", "people", str(CASES / "00-base" / "people.csv"))
    return desk


def test_the_sign_up_forms_own_file_goes_in_with_two_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team_build.team(tmp_path, now=NOW).close()
    desk = Office(tmp_path, capsys)
    path = str(CASES / "60-messy-list" / "people.xlsx")
    asked = desk.type("import", "people", path, "--json", code=2)
    assert [(q["line"], q["persons"][0]["id"]) for q in asked["questions"]] == [(67, "8")]
    assert [(bad["line"], bad["value"]) for bad in asked["bad"]] == [(26, "Trainee")]
    taken = desk.type("import", "people", path, "--leave-out", "67", "--leave-out", "26", "--json")
    assert (taken["new"], taken["bad_rows"], taken["questions"]) == (59, 0, [])


def test_questions_are_answered_by_options_that_the_refusal_names(office: Office) -> None:
    path = office.file("new.csv", "name,email,status\nLeo Ruiz,ruiz@example.org,Benched\n")
    refusal = office.type("import", "people", path, "--json", code=2)
    assert "--same 2=V001, --new 2 or --leave-out 2" in refusal["error"]
    assert "--word status:Benched=MEANING" in refusal["error"]
    assert {q["kind"] for q in refusal["questions"]} == {"who", "word"}
    office.type("import", "people", path, "--new", "2", "--word", "status:Benched=leave")
    assert office.type("import", "people", path, "--json")["unchanged"] == 1
    for wrong in ("--same", "--same=2", "--same=x=V001", "--word=status=leave", "--word=Benched=leave"):
        office.type("import", "people", path, *([wrong, "2"] if wrong == "--same" else [wrong]), code=2)
    assert "FIELD:TEXT=MEANING" in office.told


def test_a_name_of_a_list_is_answered_by_line_and_name(office: Office) -> None:
    people = office.file("more.csv", "id,name,email\nV005,Mara Ruiz,m@example.org\nV006,Ben Hold,h@example.org\n")
    office.type("import", "people", people)
    path = office.file("calls.csv", "number,timestamp,area,responders\nQ-1,2026-11-09 18:05,Valley,M. Ruiz; Ben\n")
    refusal = office.type("import", "calls", path, "--json", code=2)
    assert [(q["line"], q["name"]) for q in refusal["questions"]] == [(2, "M. Ruiz"), (2, "Ben")]
    assert "--same '2:M. Ruiz=V005' or --leave-out 2" in refusal["error"]
    taken = office.type("import", "calls", path, "--same", "2:ben=V006", "--same", "2:m. ruiz=V005", "--json")
    assert taken["new"] == 1
    office.type("import", "calls", path, "--same", "2:ben=V006", "--same", "2:Ben=V002", code=2)
    assert "is V006 already" in office.told


def test_words_learnt_are_listed_and_forgotten_and_undo_brings_them_back(office: Office) -> None:
    path = office.file("new.csv", "id,name,status\nW1,Ida Moss,Benched\n")
    office.type("import", "people", path, "--word", "status:Benched=leave")
    learnt = {"field": "status", "text": "Benched", "meaning": "leave"}
    assert office.type("words", "list", "--json") == [learnt]
    assert "Benched" in office.type("words", "list")
    office.type("words", "forget", "status:benched")
    assert office.type("words", "list", "--json") == []
    office.type("words", "forget", "status:benched", code=2)
    office.type("words", "forget", "benched", code=2)
    office.type("undo")
    assert office.type("words", "list", "--json") == [learnt]
    office.type("undo")
    assert office.type("words", "list", "--json") == []


# lines of several sheets


def two_sheets(folder: Path) -> Path:
    """Return a workbook of two bureaus' lists: a shared address on row 2 of West, one name twice, a word unknown."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for bureau, rows in {
        "Valley": [("Ida Moss", "ida@example.org", "Active"), ("Jo Fir", "jo@example.org", "Active")],
        "West Bureau": [("Leo Ruiz", "ruiz@example.org", "Active"), ("Ida Moss", "", "Benched")],
    }.items():
        page = made.create_sheet(bureau)
        for row in (("Name", "E-mail", "Status"), *rows):
            page.append(row)
    made.save(folder / "bureaus.xlsx")
    return folder / "bureaus.xlsx"


def test_a_line_of_a_further_sheet_is_named_with_its_sheet_in_every_sentence_and_answer(
    office: Office, tmp_path: Path
) -> None:
    path = str(two_sheets(tmp_path))
    refusal = office.type("import", "people", path, "--json", code=2)
    assert 'Is "Leo Ruiz" on line 2 of sheet West Bureau Ana Ruiz (V001)' in refusal["error"]
    assert "--same 'West Bureau!2=V001', --new 'West Bureau!2' or --leave-out 'West Bureau!2'" in refusal["error"]
    assert "Are lines 2 of sheet Valley and 3 of sheet West Bureau one person?" in refusal["error"]
    assert "--same 'West Bureau!3=Valley!2', --new 'West Bureau!3' or " in refusal["error"]
    assert "(1 row, first line 3 of sheet West Bureau)" in refusal["error"]
    assert "2,000,00" not in refusal["error"] and "200000" not in str(refusal)
    assert {q["line"] for q in refusal["questions"]} == {"West Bureau!2", "West Bureau!3"}
    answers = ("--new", "west bureau!2", "--same", "'West Bureau'!3=Valley!2", "--word", "status:Benched=leave")
    taken = office.type("import", "people", path, *answers, "--json")
    assert (taken["new"], taken["questions"]) == (3, [])
    assert "Lines 2 of sheet Valley and 3 of sheet West Bureau are one person" in " ".join(taken["notes"])


def test_a_bare_number_will_do_where_one_sheet_has_such_a_row_and_else_the_sheet_is_asked_for(
    office: Office, tmp_path: Path
) -> None:
    path = str(two_sheets(tmp_path))
    office.type("import", "people", path, "--new", "2", code=2)
    assert "several sheets of bureaus.xlsx have a row 2. Say which: --new 'Valley!2' or --new 'West Bureau!2'" in (
        office.told
    )
    office.type("import", "people", path, "--leave-out", "East!2", code=2)
    assert "--leave-out 'East!2': bureaus.xlsx has no row on line 2 of sheet East" in office.told
    office.type("import", "people", path, "--leave-out", "West!two", code=2)
    assert "name a line by its number, and its sheet where several are read: 3 or Feb!3" in office.told
    one = ("--sheet", "West Bureau", "--new", "West Bureau!2", "--leave-out", "3")
    assert office.type("import", "people", path, *one, "--json")["new"] == 1, "the sheet may be named anyhow"


def test_bad_rows_of_a_further_sheet_name_it_in_report_and_json(store: Store, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name in ("Jan", "Feb"):
        page = made.create_sheet(name)
        for row in (("person", "from", "to", "grade"), ("V001", "2027-01-09", "soon", "cannot")):
            page.append(row)
    made.remove(made.worksheets[0])
    made.save(tmp_path / "months.xlsx")
    report = imports.run(store, "availability", tmp_path / "months.xlsx", dry_run=True)
    assert [bad["line"] for bad in report.as_dict()["bad"]] == ["Jan!2", "Feb!2"]
    assert "line 2 of sheet Jan and 1 more line, column to" in report.sentence()


def test_partners_may_be_named(store: Store, tmp_path: Path) -> None:
    header = ("name", "email", "prefers_with")
    rows = ("Ida Moss", "ida@example.org", "Fir, Jo; Ben Holt"), ("Jo Fir", "jo@example.org", "v001")
    report = taken(store, "people", table(tmp_path, header, *rows))
    assert (report.new, report.bad) == (2, ())
    with store.read() as session:
        code = {row.id: row.code for row in session.scalars(select(Responder))}
        pairs = {(code[row.responder_id], code[row.other_id]) for row in session.scalars(select(Partner))}
    assert pairs == {("V005", "V006"), ("V005", "V002"), ("V006", "V001")}


def test_a_part_of_a_name_is_asked_about_with_everybody_it_may_mean(store: Store, tmp_path: Path) -> None:
    taken(store, "people", table(tmp_path, ("name", "email"), ("María Ruiz", "maria@example.org")))
    path = table(tmp_path, ("person", "from", "to", "grade"), ("M. Ruiz", "2027-01-09", "2027-01-09", "cannot"))
    assert 'Is "M. Ruiz" on line 2 María Ruiz (V005)?' in refused(store, "availability", path)
    path = table(tmp_path, ("person", "from", "to", "grade"), ("Ruiz", "2027-01-09", "2027-01-09", "cannot"))
    (question,) = imports.run(store, "availability", path, dry_run=True).questions
    assert {each.key for each in question.candidates} == {"V001", "V005"}


def test_several_words_in_a_cell_are_taken_apart_where_each_is_clear(store: Store, tmp_path: Path) -> None:
    header = ("id", "name", "kind", "areas")
    rows = ("W1", "Ida Moss", "Clergy, Team Lead", "West Bureau, Central"), ("W2", "Jo Fir", "Lead / Trainee", "West")
    report = imports.run(store, "people", table(tmp_path, header, *rows), skip_bad=True)
    assert [(q.field, q.text) for q in report.questions] == [("kind", "Lead / Trainee")]
    assert (everybody(store)["W1"].kind, everybody(store)["W1"].role) == ("clergy", "lead")
    with store.read() as session:
        areas = {row.id: row.name for row in session.scalars(select(Area))}
        assert {areas[row.area_id] for row in session.scalars(select(ResponderArea))} >= {"West", "Central"}
