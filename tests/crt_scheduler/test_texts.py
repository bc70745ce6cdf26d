"""Texts that deceive are refused by name wherever they come in; every script a name can have passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import imports, limits, programmes, texts
from crt_scheduler.care import hard_calls
from crt_scheduler.cli import run
from crt_scheduler.errors import CrtError
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.settings import programme_acts
from crt_scheduler.tables import FILLED, JournalAct, Record, Responder
from tests.crt_scheduler import team_build as build

NAMES = (
    "Zoë Núñez", "O’Brien", "O'Neil", "Nguyễn Thị", "e\u0301lan", "محمد علي", "می\u200cخواهم", "דוד כהן", "李小龍",
    "क्\u200dष", "ක්\u200dෂ", "ක්‍රිස්", "মো\u200cহন", "👩\u200d👩\u200d👧", "👩🏽\u200d⚕️",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
)  # fmt: skip
DECEIVING = {
    "U+202E": "Ana \u202eneB", "U+2066": "\u2066Ana", "U+0085": "Ana\x85Ben", "U+009F": "Ana\x9f",
    "U+2028": "Ana\u2028Ben",
    "U+2029": "Ana\u2029", "U+200B": "A\u200bna", "U+200D": "An\u200da", "U+200E": "Ana\u200e", "U+FEFF": "\ufeffAna",
    "U+00AD": "A\u00adna", "U+001B": "Ana\x1b[2J", "U+007F": "Ana\x7f", "U+D800": "Ana\ud800",
    "U+E0041": "Ana\U000e0041",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_passes(name: str) -> None:
    assert texts.fault(name, limits.letters("name")) == ""


@pytest.mark.parametrize("sign", DECEIVING)
def test_a_sign_nobody_sees_is_refused_by_its_number(sign: str) -> None:
    assert f"holds {sign}" in texts.fault(DECEIVING[sign], 100)
    assert texts.fault(texts.shown(DECEIVING[sign], 100), 100) == ""


@given(
    st.text(
        st.characters(
            categories=["L", "Mn", "Mc", "N", "P", "Zs"],
            exclude_characters="\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5",
        )
    )
)
def test_letters_marks_digits_and_punctuation_always_pass(text: str) -> None:
    assert texts.fault(text, len(text)) == ""


@given(st.text(max_size=60))
def test_what_is_shown_of_a_text_never_deceives(text: str) -> None:
    assert texts.fault(texts.shown(text, 2_000), 2_000) == ""


def test_too_many_letters_are_counted_and_the_limit_is_named() -> None:
    assert texts.fault("x" * 130_000, 120) == "is 130,000 letters long; write it in 120 at most"


def _add(session: Session, text: str) -> object:
    return people_acts.add(session, {"name": text}, now=build.NOW)


def _rename(session: Session, text: str) -> None:
    people_acts.set_field(session, "Ana", "name", text, now=build.NOW)


def _speak(session: Session, text: str) -> None:
    people_acts.set_field(session, "Ana", "languages", f"English;{text}", now=build.NOW)


def _certify(session: Session, text: str) -> None:
    people_acts.set_credential(session, "Ana", text, "forever", now=build.NOW, is_new_kind=True)


def _area(session: Session, text: str) -> None:
    plan = programmes.AreaPlan(text)
    programmes.add_areas(session, (plan,))


def _typed_area(session: Session, text: str) -> None:
    programme_acts.area_plan("North", weight=1.0, neighbours=(), divisions=(text,))


def _title(session: Session, text: str) -> None:
    programme_acts.amend(session, "name", text)


def _place(session: Session, text: str) -> None:
    programme_acts.amend(session, "report_to", text)


def _hard(session: Session, text: str) -> None:
    hard_calls.set_kinds(session, [text])


DOORS = (_add, _rename, _speak, _certify, _area, _typed_area, _title, _place, _hard)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.strip("_"))
@pytest.mark.parametrize("text", ["Ana \u202eneB", "An\u200da", "Ana\x9f", "Ana\ud800", "x" * 130_000])
def test_every_door_for_typed_words_refuses_what_deceives_and_keeps_nothing(
    tmp_path: Path, door: Callable[[Session, str], object], text: str
) -> None:
    store = build.team(tmp_path)
    with store.change("Add") as session:
        build.pair(session)
    before = build.everything(store)
    with pytest.raises(CrtError) as refused, store.change("Type") as session:
        door(session, text)
    assert texts.fault(str(refused.value), 400) == ""
    assert build.everything(store) == before
    store.close()


def test_a_file_names_line_column_and_sign_once_and_the_other_rows_come_in(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    path = tmp_path / "people.csv"
    path.write_text("id,name,note\nA1,Ana \u202eneB,x\nA2,Ben,y\n" + f"A3,{'C' * 300},z\n", encoding="utf-8")
    with pytest.raises(imports.BadRows) as refused:
        imports.run(store, "people", path)
    bad = [(fault.line, fault.column, fault.value[:20], fault.reason[:24]) for fault in refused.value.report.bad]
    assert bad == [
        (2, "name", "Ana <U+202E>neB", "holds U+202E, right-to-l"),
        (4, "name", "C" * 20, "is 300 letters long; wri"),
    ]
    assert texts.fault(str(refused.value), 2_000) == ""
    assert imports.run(store, "people", path, skip_bad=True).new == 1
    store.close()


def test_a_column_whose_name_deceives_is_refused(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    path = tmp_path / "people.csv"
    path.write_text("id,name,credential:\u202eABS\nA1,Ana,forever\n", encoding="utf-8")
    with pytest.raises(CrtError, match=r"the name of column 3 holds U\+202E"):
        imports.run(store, "people", path)
    store.close()


def test_what_an_older_version_let_in_stays_until_it_is_changed(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Add") as session:
        build.pair(session)
    with store._engine.begin() as raw:
        raw.exec_driver_sql("UPDATE responder SET name = 'An' || char(8238) || 'a' WHERE code = 'Ana'")
    with store.change("Phone") as session:
        people_acts.set_field(session, "Ben", "phone", "213-555-0199", now=build.NOW)
        session.scalars(select(Responder).where(Responder.code == "Ana")).one().phone = "+12135550142"
    with pytest.raises(CrtError, match=r"holds U\+202E"), store.change("Rename") as session:
        session.scalars(select(Responder).where(Responder.code == "Ana")).one().name = "\u202eAna"
    store.close()


def test_a_line_of_the_history_shows_hidden_signs_and_is_cut(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Import from \u202efdp.csv" + "x" * 900, who="An\u200da") as session:
        build.pair(session)
    with store.read() as session:
        act = session.scalars(select(JournalAct).order_by(JournalAct.id.desc())).first()
        assert act is not None
        assert act.label.startswith("Import from <U+202E>fdp.csvxxx") and act.label.endswith("...")
        assert (len(act.label), act.who) == (limits.LONGEST_LABEL, "An<U+200D>a")
    store.close()


def test_every_column_that_is_looked_at_is_there_and_has_a_limit() -> None:
    for table, columns in FILLED.items():
        assert set(columns) <= set(Record.metadata.tables[table].columns.keys())
        assert all(0 < limits.letters(column) <= limits.LONGEST_CELL for column in columns)


def test_a_number_no_database_can_hold_is_refused_in_a_sentence(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with pytest.raises(CrtError, match="larger than the records can hold"), store.read() as session:
        session.get(Responder, 10**30)
    store.close()


@pytest.mark.parametrize(
    "words",
    [
        ["hours", "read", "n" * 300], ["availability", "read", "n" * 300], ["import", "people", "n" * 300],
        ["columns", "n" * 300], ["person", "add", "n" * 300], ["person", "add", "Ana\udcff"],
        ["areas", "add", "n" * 300],
        ["import", "people", "/dev/zero"], ["hours", "read", "/dev/zero"], ["person", "add", "n" * 130_000],
        ["programme", "set", "alarm_minutes", "9" * 5_000], ["init", "--areas", "/dev/zero"],
        ["call", "show", "9" * 40],
    ],
    ids=lambda words: " ".join(words)[:40].encode("ascii", "replace").decode(),
)  # fmt: skip
def test_no_word_of_a_command_is_a_fault_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    store = build.team(tmp_path)
    store.close()
    assert run(["--database", str(store.path), *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and not texts.fault(said.strip(), 2_000)


def test_a_note_beside_availability_is_looked_at_too(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Add") as session:
        build.pair(session)
    path = tmp_path / "a.csv"
    path.write_text("person,grade,note\nAna,cannot,a\u2028b\n", encoding="utf-8")
    with pytest.raises(CrtError, match=r"holds U\+2028, a line separator"):
        imports.run(store, "availability", path)
    store.close()
