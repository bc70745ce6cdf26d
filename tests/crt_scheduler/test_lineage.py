"""The journal is whole and of one piece, or it says which act is not."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import journal, journal_check, lineage, roster, store
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import JournalAct
from tests.crt_scheduler import team_build as build
from tests.made import copied


def two_acts(folder: Path) -> Path:
    """Return a team's file whose journal holds its setting up and two people."""
    return copied(folder / "team.db", made_anew)


def made_anew(folder: Path) -> store.Store:
    """Set that team up, and add its people by acts of their own."""
    opened = build.team(folder)
    for code in ("Ana", "Ben"):
        with opened.change(f"Add {code}") as session:
            build.responder(session, code)
    return opened


def alter(path: Path, statement: str, *values: object) -> None:
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(statement, values)
        raw.commit()


def reopened(path: Path) -> store.Store:
    """Open the file again."""
    return store.open_store(str(path), who="coordinator", now=build.NOW)


def test_every_line_of_a_journal_bears_the_mark_of_the_line_before_it(tmp_path: Path) -> None:
    opened = reopened(two_acts(tmp_path))
    opened.undo()
    opened.redo()
    with opened.read() as session:
        assert lineage.breaks(session) == []
        assert lineage.seen(session).number == 5
        assert journal.damaged_batches(session) == []
    opened.close()


@pytest.mark.parametrize("column", ["label", "who", "at", "mark", "after", "batches"])
def test_a_line_that_was_altered_on_the_disk_no_longer_fits_its_mark(tmp_path: Path, column: str) -> None:
    path = two_acts(tmp_path)
    new = {"at": "2026-01-01 00:00:00.000000", "batches": 7}.get(column, "0123456789abcdef")
    alter(path, f"UPDATE journal_act SET {column} = ? WHERE id = 2", new)
    opened = reopened(path)
    with opened.read() as session:
        assert 2 in lineage.breaks(session)
    opened.close()


def test_copies_that_went_on_apart_do_not_know_each_others_acts(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    other = shutil.copy(path, tmp_path / "copy.db")
    seen = []
    for place in (path, Path(other)):
        opened = reopened(place)
        with opened.change("Add Cy") as session:
            build.responder(session, "Cy")
        with opened.read() as session:
            seen.append(lineage.seen(session))
        opened.close()
    opened = reopened(path)
    with opened.read() as session:
        assert seen[0].number == seen[1].number
        assert lineage.has(session, seen[0]) and not lineage.has(session, seen[1])
    opened.close()


@given(bit=st.integers(min_value=0))
def test_one_flipped_bit_in_what_an_act_kept_is_told_and_never_undone(
    tmp_path_factory: pytest.TempPathFactory, bit: int
) -> None:
    path = two_acts(tmp_path_factory.mktemp("bit"))
    with closing(sqlite3.connect(path)) as raw:
        number, images = raw.execute("SELECT max(id), images FROM journal_rows").fetchone()
        place, mask = divmod(bit % (len(images) * 8), 8)
        flipped = bytes(byte ^ (1 << mask if n == place else 0) for n, byte in enumerate(images))
        raw.execute("UPDATE journal_rows SET images = ? WHERE id = ?", (flipped, number))
        raw.commit()
    opened = reopened(path)
    before = build.everything(opened)
    with pytest.raises(CrtError, match="is damaged in the journal"):
        opened.undo()
    assert build.everything(opened) == before
    opened.close()


@pytest.mark.parametrize(
    "images",
    [
        b"no images", zlib.compress(b"no words"), zlib.compress(b"7"), zlib.compress(b"[[1, null]]"),
        zlib.compress(b'[[1, null, {"no column": 1}]]'), zlib.compress(b'[[1, null, {"joined": "no date"}]]'),
    ],
)  # fmt: skip
def test_images_of_a_journal_without_digests_that_make_no_sense_are_told(tmp_path: Path, images: bytes) -> None:
    path = two_acts(tmp_path)
    alter(path, "UPDATE journal_rows SET images = ?, digest = '' WHERE act_id = 3", images)
    opened = reopened(path)
    with pytest.raises(CrtError, match="What “Add Ben” changed is damaged in the journal"):
        opened.undo()
    opened.close()


@pytest.mark.parametrize(
    "statement", ["DELETE FROM journal_rows WHERE act_id = 3", "UPDATE journal_rows SET act_id = 2"]
)
def test_an_act_whose_images_are_missing_is_not_undone(tmp_path: Path, statement: str) -> None:
    path = two_acts(tmp_path)
    alter(path, statement)
    opened = reopened(path)
    before = build.everything(opened)
    with pytest.raises(CrtError, match="is damaged in the journal"):
        opened.undo()
    assert build.everything(opened) == before
    with opened.read() as session:
        assert 3 in journal.damaged_batches(session)
    opened.close()


def test_images_that_another_act_kept_are_told_though_they_make_sense(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    alter(path, "UPDATE journal_rows SET images = (SELECT images FROM journal_rows WHERE act_id = 2) WHERE act_id = 3")
    opened = reopened(path)
    with pytest.raises(CrtError, match="What “Add Ben” changed is damaged in the journal"):
        opened.undo()
    with opened.read() as session:
        assert journal.damaged_batches(session) == [3]
    opened.close()


def test_what_a_version_without_digests_kept_is_undone_as_ever(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    alter(path, "UPDATE journal_rows SET digest = ''")
    opened = reopened(path)
    with opened.read() as session:
        assert journal.damaged_batches(session) == []
    assert [opened.undo().label for _ in range(2)] == ["Add Ben", "Add Ana"]
    opened.close()


@given(data=st.data())
def test_a_value_that_changed_without_an_act_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = two_acts(tmp_path_factory.mktemp("silent"))
    column, value = data.draw(
        st.sampled_from([("name", "Anb"), ("phone", "+12135550101"), ("home_area_id", 2), ("joined", "2020-01-02")])
    )
    alter(path, f"UPDATE responder SET {column} = ? WHERE code = 'Ana'", value)
    opened = reopened(path)
    with opened.read() as session:
        assert journal_check.look_through(session).rows == (("responder", 1),)
    opened.close()


def test_a_row_that_went_without_an_act_is_found(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    alter(path, "DELETE FROM responder WHERE code = 'Ana'")
    opened = reopened(path)
    with opened.read() as session:
        found = journal_check.look_through(session)
    opened.close()
    assert found.rows == (("responder", 1),)
    assert "responder 1 read otherwise" in found.sentence()


@pytest.mark.parametrize(
    ("column", "value"),
    [("joined", "2020-1p-02"), ("languages", "[not JSON"), ("name", b"An\xff"), ("leave_since", 7.5)],
)
def test_a_value_that_makes_no_sense_any_more_is_damage_wherever_it_is_read(
    tmp_path: Path, column: str, value: object
) -> None:
    path = two_acts(tmp_path)
    alter(path, f"UPDATE responder SET {column} = CAST(? AS TEXT) WHERE code = 'Ana'", value)
    opened = reopened(path)
    with opened:
        for reads in (opened.look_through, partial(build.everything, opened)):
            with pytest.raises(CrtError, match=r"team\.db is damaged"):
                reads()


@pytest.mark.parametrize("column", ["at", "label"])
def test_a_line_of_the_journal_that_makes_no_sense_any_more_is_damage(tmp_path: Path, column: str) -> None:
    path = two_acts(tmp_path)
    alter(path, f"UPDATE journal_act SET {column} = CAST(? AS TEXT) WHERE id = 1", b"2026-\xff")
    opened = reopened(path)
    with pytest.raises(CrtError, match=r"team\.db is damaged"):
        opened.look_through()
    opened.close()


@pytest.mark.parametrize("statement", ["DROP INDEX ix_call_answer_at", "CREATE TABLE stray (id INTEGER)"])
def test_a_layout_that_is_not_the_one_the_records_were_made_with_is_found(tmp_path: Path, statement: str) -> None:
    path = two_acts(tmp_path)
    alter(path, statement)
    opened = reopened(path)
    with opened.read() as session:
        found = journal_check.look_through(session)
    opened.close()
    assert found.tables == (("call_answer",) if "INDEX" in statement else ("stray",))
    assert "the layout of" in found.sentence()


def test_a_letter_that_changed_in_a_rule_of_a_table_is_found(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    held = path.read_bytes()
    rule = b"CHECK (grade IN ('prefers', 'avoids'))"
    assert held.count(rule) == 1
    path.write_bytes(held.replace(rule, rule.replace(b"avoids", b"avoidr")))
    opened = reopened(path)
    with opened.read() as session:
        assert journal_check.look_through(session).tables == ("partner",)
    opened.close()


def test_undone_and_repeated_acts_leave_nothing_to_find(tmp_path: Path) -> None:
    opened = reopened(two_acts(tmp_path))
    opened.undo()
    opened.undo()
    opened.redo()
    with opened.read() as session:
        assert journal_check.look_through(session) == journal_check.Findings()
        assert journal_check.look_through(session).sentence() == ""
    opened.close()


@pytest.mark.parametrize(
    ("acts", "rows", "said"),
    [
        ((), (("hours_entry", 7),), "found damage: hours entry 7 read otherwise than any act left them. The disk"),
        ((), (("person", 7), ("person", 9)), "found damage: person 7 and 1 more read otherwise"),
        ((4, 5), (), "found damage: what 2 acts kept for undo is damaged. The disk"),
        ((4,), (("person", 7),), "left them; what 1 acts kept for undo is damaged. The disk"),
    ],
)
def test_what_the_days_look_found_is_said_by_name_and_count(
    acts: tuple[int, ...], rows: tuple[tuple[str, int], ...], said: str
) -> None:
    assert said in journal_check.Findings(acts, rows).sentence()


def test_a_change_in_the_way_is_told_even_where_whose_it_was_is_damaged(tmp_path: Path) -> None:
    mine = reopened(two_acts(tmp_path))
    theirs = build.beside(mine, who="Noel")
    with theirs.change("Correct Ana") as session:
        roster.person(session, "Ana").name = "Anna"
    theirs.close()
    alter(mine.path, "DELETE FROM journal_rows WHERE act_id = 4")
    assert mine.undo().label == "Add Ben"
    with pytest.raises(CrtError, match="“Add Ana” cannot be undone: its records have changed since"):
        mine.undo()
    with mine.read() as session:
        assert journal_check.look_through(session).acts == (4,)
        assert journal.damaged_batches(session) == [4]
    mine.close()


def test_a_line_that_lost_its_mark_breaks_the_one_after_it_too(tmp_path: Path) -> None:
    path = two_acts(tmp_path)
    alter(path, "UPDATE journal_act SET mark = '0123456789abcdef' WHERE id = 2")
    opened = reopened(path)
    with opened.read() as session:
        assert lineage.breaks(session) == [2, 3]
    opened.close()


def test_a_line_and_a_batch_that_an_earlier_version_wrote_still_fit_their_mark_and_digest() -> None:
    line = JournalAct(
        id=7, after="0" * 32, label="Assign Ana", who="Mara", at=build.NOW, kind="act", of=None, batches=2
    )  # fmt: skip
    mark = "01234567e6bea4941e150fe0c4c8b81d"
    assert lineage.mark_of(line, mark[: lineage.NONCE]) == mark
    known = "abe176f759fd45ed4e8214270f3ee2024ba39897fe195e3e639e4cbc86213b03"
    assert lineage.digest("responder", b"images") == known


def test_two_copies_that_add_the_same_line_never_make_the_same_mark(tmp_path: Path) -> None:
    marks = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        opened = made_anew(tmp_path / name)
        with opened.read() as session:
            marks.append(lineage.seen(session).mark)
        opened.close()
    one, two = (mark[: lineage.NONCE] for mark in marks)
    assert one != two
    assert [len(mark) for mark in marks] == [32, 32]
