"""Undo, redo and history: every act can be taken back, and nobody's change is lost silently."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crt_scheduler import availability, journal, month_answers, new_rows, planning, programmes, roster, sheets
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.imports import availability_file, incidents_file, people_reader, roster_file
from crt_scheduler.journal import images
from crt_scheduler.journal.journal_lines import BYTES_EACH
from crt_scheduler.tables import Area, Assignment, Incident, JournalRows, Responder
from solver.result import Placed
from tests.crt_scheduler import team_build as build

NIGHT = roster.shift_name("2027-01-09/night/Valley")
DAY = roster.shift_name("2027-01-11/day/Valley")
Act = Callable[[Session], object]


def number(session: Session, code: str) -> int:
    """Return the assignment number of the one place a person has."""
    query = select(Assignment.id).join(Responder, Responder.id == Assignment.responder_id).where(Responder.code == code)
    return session.scalars(query).one()


def set_up(session: Session) -> None:
    """Ana and Ben on the night of 9 January."""
    build.pair(session)
    build.responder(session, "Cy")
    roster.assign(session, NIGHT, "Ana")
    roster.assign(session, NIGHT, "Ben")
    roster.assign(session, DAY, "Cy")


FILES = {
    "people": "id,name,role,home_area,areas,languages,credential:Academy,prefers_with\n"
    "Ana,Ana,lead,West,South,Korean,2030-01-01,Ben\nDee,Dee,trainee,Valley,,,,\nBen,Ben,responder,Valley,,,,\n",
    "availability": "person,from,to,weekdays,start,end,grade,note\nAna,,,Mon;Tue,18:00,06:00,cannot,\n",
    "incidents": "number,timestamp,area,division,type,agency,duration_min\n7,2026-05-03 02:10,Valley,,fire,LAFD,90\n",
    "roster": "date,shift,area,role,person\n2026-11-02,night,Valley,lead,Ana\n2026-11-02,night,Valley,responder,Ben\n",
}


def importing(kind: str) -> Act:
    """Return the act that imports a small file of a kind."""
    doors = {
        "people": people_reader,
        "availability": availability_file,
        "incidents": incidents_file,
        "roster": roster_file,
    }

    def act(session: Session) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{kind}.csv"
            path.write_text(FILES[kind], encoding="utf-8")
            door = doors[kind]
            plan = door.read(session, sheets.read(path), {}, now=build.NOW)
            assert not plan.bad
            door.write(session, plan)

    return act


def solved(session: Session) -> None:
    """Write a solved January that keeps one place and changes the others."""
    frozen = planning.problem(session, "2027-01", now=build.NOW)
    kept = frozen.current[0]
    planning.apply(session, frozen, (Placed(kept.person, kept.seat), Placed("Cy", kept.seat + 1)))


def rename(session: Session) -> None:
    """Change one field of a responder."""
    roster.person(session, "Ana").name = "Ana María"


ACTS: list[tuple[str, Act]] = [
    ("assign", lambda s: roster.assign(s, roster.shift_name("2027-01-12/night/West"), "Ana")),
    ("unassign", lambda s: roster.unassign(s, NIGHT, "Ana")),
    ("lock", lambda s: roster.lock(s, NIGHT, "Ana")),
    ("confirm", lambda s: roster.promise(s, NIGHT, "Ana", "confirmed")),
    ("swap", lambda s: roster.swap(s, number(s, "Ben"), number(s, "Cy"))),
    ("swap seats of one shift", lambda s: roster.swap(s, number(s, "Ana"), number(s, "Ben"))),
    ("move", lambda s: roster.move(s, number(s, "Cy"), roster.shift_name("2027-01-13/day/South"))),
    ("wish", lambda s: availability.wish(s, NIGHT, "Ana", "wants")),
    ("ask for a month", lambda s: month_answers.note_asked(s, "2027-01", ["Ana", "Ben"])),
    ("note an answer", lambda s: month_answers.said(s, "2027-01", ["Ana"])),
    ("set a rule", lambda s: planning.set_rule(s, "rest", hard=False, points=50)),
    ("add an area", lambda s: programmes.add_areas(s, (programmes.AreaPlan("Harbor", 2, ("South",), ("San Pedro",)),))),
    ("rename", rename),
    ("write a solved month", solved),
    *((f"import {kind}", importing(kind)) for kind in FILES),
]
"""Every act there is; publishing, backup and restore say that they cannot be undone (test_cli)."""


@pytest.mark.parametrize(("name", "act"), ACTS, ids=[name for name, _ in ACTS])
def test_undo_restores_every_table_and_redo_repeats_the_act(tmp_path: Path, name: str, act: Act) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        set_up(session)
    before = build.everything(store)
    with store.change(name) as session:
        act(session)
    after = build.everything(store)
    assert after != before
    assert store.undo().label == name
    assert build.everything(store) == before
    assert store.redo().label == name
    assert build.everything(store) == after
    store.close()


def test_undo_goes_back_to_an_empty_database_step_by_step(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        set_up(session)
    with store.change("Lock") as session:
        roster.lock(session, NIGHT, "Ana")
    assert [store.undo().label for _ in range(3)] == ["Lock", "Set up", "Set up CRT on call"]
    assert all(rows == [] for rows in build.everything(store).values())
    with pytest.raises(NotAllowed, match="nothing of yours to undo"):
        store.undo()
    store.close()


def test_redo_repeats_what_was_undone_last_not_what_was_given_up_before_it(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    for label in ("First", "Second", "Third"):
        with store.change(label) as session:
            build.responder(session, label)
        if label == "First":
            store.undo()
    store.undo()
    store.undo()
    assert [store.redo().label for _ in range(2)] == ["Second", "Third"]
    with pytest.raises(NotAllowed, match="nothing of yours to redo"):
        store.redo()
    store.close()


def test_an_act_of_more_rows_than_one_question_takes_is_undone_and_repeated_whole(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = build.everything(store)
    with store.change("Many") as session:
        valley = session.scalars(select(Area).where(Area.name == "Valley")).one()
        names = [f"Area {n}" for n in range(2 * images.CHUNK + 1)]
        session.add_all(Area(programme_id=valley.programme_id, name=name, weight=1.0) for name in names)
    after = build.everything(store)
    store.undo()
    assert build.everything(store) == before
    store.redo()
    assert build.everything(store) == after
    theirs = build.beside(store, who="Noel")
    with theirs.change("Correct the last") as session:
        session.scalars(select(Area).where(Area.name == names[-1])).one().weight = 2.0
    with pytest.raises(NotAllowed, match=r"Noel changed the same record since .“Correct the last”"):
        store.undo()
    theirs.undo()
    store.undo()
    assert build.everything(store) == before
    theirs.close()
    store.close()


def test_history_tells_the_newest_acts_first_and_no_more_than_asked(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    for code in ("Ana", "Ben", "Cy"):
        with store.change(f"Add {code}") as session:
            build.responder(session, code)
    with store.read() as session:
        assert [act.label for act in journal.history(session, 2)] == ["Add Cy", "Add Ben"]
        assert journal.revision(session) == 4
        assert [len(journal.tables_since(session, number)) for number in (3, 4)] == [1, 0]
    store.close()


def test_a_new_act_closes_the_way_to_redo(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)
    store.undo()
    with store.change("Somebody else") as session:
        build.responder(session, "Dee")
    with pytest.raises(NotAllowed, match="nothing of yours to redo"):
        store.redo()
    store.close()


def test_undo_takes_back_ones_own_act_and_names_who_is_in_the_way(tmp_path: Path) -> None:
    mine = build.team(tmp_path, who="Mara")
    with mine.change("People") as session:
        build.pair(session)
    theirs = build.beside(mine, who="Noel")
    with pytest.raises(NotAllowed, match="nothing of yours"):
        theirs.undo()
    with mine.change("Rename Ana") as session:
        roster.person(session, "Ana").name = "Ana K."
    with theirs.change("Correct Ana") as session:
        roster.person(session, "Ana").name = "Anna K."
    with theirs.change("Correct Ben") as session:
        roster.person(session, "Ben").name = "Benn"
    with pytest.raises(NotAllowed, match=r"Noel changed the same record since .“Correct Ana”"):
        mine.undo()
    assert [theirs.undo().label for _ in range(2)] == ["Correct Ben", "Correct Ana"]
    assert mine.undo().label == "Rename Ana"
    mine.close()
    theirs.close()


def test_undo_of_people_is_refused_while_another_persons_roster_needs_them(tmp_path: Path) -> None:
    mine = build.team(tmp_path, who="Mara")
    with mine.change("People") as session:
        build.pair(session)
    theirs = build.beside(mine, who="Noel")
    with theirs.change("Assign Ana") as session:
        roster.assign(session, NIGHT, "Ana")
    with pytest.raises(CrtError, match=r"depends on (it|this one)"):
        mine.undo()
    with mine.read() as session:
        assert len(session.scalars(select(Responder)).all()) == 2
    mine.close()
    theirs.close()


def test_an_act_that_changes_nothing_leaves_no_trace(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = store.revision()
    with store.change("Nothing") as session:
        area = session.scalars(select(Area)).first()
        assert area is not None
        area.weight = area.weight
    assert store.revision() == before
    store.close()


def test_an_act_that_fails_half_way_keeps_nothing(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = build.everything(store)
    with pytest.raises(CrtError, match="Nobody has the id"), store.change("Two at once") as session:
        build.responder(session, "Ana")
        roster.assign(session, NIGHT, "Zoe")
    assert build.everything(store) == before
    store.close()


def test_bulk_statements_inside_an_act_are_refused_because_the_journal_would_not_see_them(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with pytest.raises(TypeError, match="one by one"), store.change("Bulk") as session:
        session.execute(update(Area).values(weight=9))
    store.close()


def test_history_says_who_did_what_when(tmp_path: Path) -> None:
    store = build.team(tmp_path, who="Mara")
    with store.change("People") as session:
        build.pair(session)
    store.undo()
    with store.read() as session:
        acts = journal.history(session)
    assert [(a.label, a.who, a.undone) for a in acts] == [
        ("Undo: People", "Mara", False),
        ("People", "Mara", True),
        ("Set up CRT on call", "coordinator", False),
    ]
    assert acts[0].at == build.NOW
    store.close()


def test_dates_times_and_lists_survive_undo_and_redo_of_a_deleted_row(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Ana") as session:
        build.responder(session, "Ana", languages=["Spanish", "한국어"], status_until=dt.date(2028, 2, 29))
    before = build.everything(store)
    with store.change("Remove Ana") as session:
        session.delete(roster.person(session, "Ana"))
    store.undo()
    assert build.everything(store) == before
    store.close()


def test_a_large_undo_tells_how_far_it_is_and_never_goes_back(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Add many") as session:
        for n in range(1200):
            build.responder(session, f"V{n:04d}")
    before = build.everything(store)
    for step in (store.undo, store.redo):
        told: list[float] = []
        step(progress=told.append)
        assert told == sorted(set(told))
        assert told[-1] == 1.0
        assert len(told) > 3
    assert build.everything(store) == before
    store.close()


def test_an_undo_is_refused_where_something_entered_since_speaks_of_what_would_go(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Add Ana") as session:
        build.responder(session, "ana", role="lead")
    other = build.beside(store, who="ben")
    with other.change("Assign Ana") as session:
        roster.assign(session, NIGHT, "ana")
    held = build.everything(store)
    with pytest.raises(CrtError, match=r"Something entered since \(assignment\) depends on it"):
        store.undo()
    assert build.everything(store) == held
    other.undo()
    store.undo()
    with pytest.raises(CrtError, match=r"Something entered since|nothing of yours"):
        other.redo()
    other.close()
    store.close()


def test_an_act_that_keeps_nothing_of_what_it_took_still_says_which_tables_it_touched(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = store.revision()
    with store.change("Take what is past its time", final="Gone for good.") as session:
        journal.touch(session, {"wish", "call"})
    with store.read() as session:
        assert journal.tables_since(session, before) == {"wish", "call"}
        assert journal.rows_of(session, before + 1) == []
    with pytest.raises(NotAllowed, match=r"Gone for good\."):
        store.undo()
    store.close()


def test_an_act_of_a_thousand_people_is_large_and_packed_and_one_of_a_person_is_neither(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    numbers = []
    for count in (1, 1000):
        with store.change(f"Add {count}") as session:
            for n in range(count):
                build.responder(
                    session, f"V{count}-{n}", name=hashlib.sha256(bytes([n % 256, count % 256])).hexdigest()
                )
        numbers.append(store.revision())
    with store.read() as session:
        assert [journal.is_large(session, number) for number in numbers] == [False, True]
        assert not journal.is_large(session, numbers[-1] + 1)
        size = session.scalars(select(JournalRows.images).where(JournalRows.act_id == numbers[1])).one()
        assert len(size) < 1000 * BYTES_EACH
    store.close()


def test_the_row_changes_since_are_told_up_to_as_many_as_were_asked_for(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = store.revision()
    with store.change("People") as session:
        for n in range(20):
            build.responder(session, f"V{n:02d}")
    with store.read() as session:
        found = journal.changes_since(session, before, {"responder"}, most=20)
        assert found is not None
        assert [(c.key, c.before, c.after and c.after["code"]) for c in found] == [
            (n + 1, None, f"V{n:02d}") for n in range(20)
        ]
        assert journal.changes_since(session, before, {"responder"}, most=19) is None
        assert journal.changes_since(session, before, {"wish"}, most=0) == []
        assert journal.changes_since(session, before + 1, {"responder"}, most=0) == []
    store.close()


def test_what_an_undo_changed_is_the_rows_of_its_own_act_and_of_none_before_or_after_it(tmp_path: Path) -> None:
    mine = build.team(tmp_path, who="Mara")
    theirs = build.beside(mine, who="Noel")
    with mine.change("People") as session:
        build.pair(session)
    with mine.change("A wish") as session:
        availability.wish(session, NIGHT, "Ana", "wants")
    with theirs.change("Assign Ben") as session:
        roster.assign(session, NIGHT, "Ben")
    before = mine.revision()
    mine.undo()
    with mine.read() as session:
        assert journal.tables_since(session, before) == {"month_answer", "wish"}
        found = journal.changes_since(session, before, {"wish", "assignment", "responder"}, most=9)
        assert found is not None and [change.table for change in found] == ["wish"]
    theirs.close()
    mine.close()


def test_an_act_that_takes_its_own_change_back_leaves_no_trace(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = store.revision()
    with store.change("There and back") as session:
        area = session.scalars(select(Area)).first()
        assert area is not None
        for weight in (area.weight + 1, area.weight):
            area.weight = weight
            session.flush()
    assert store.revision() == before


def test_a_row_of_thousands_that_changes_within_its_own_act_is_journaled_as_it_ended(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    before = build.everything(store)
    with store.change("Add a log and correct one call of it") as session:
        area = session.scalars(select(Area.id)).first()
        rows = (
            {
                "key": f"n:{n}", "number": str(n), "at": build.NOW, "area_id": area, "division_id": None,
                "type": "fire", "agency": "", "duration_minutes": None,
            }
            for n in range(new_rows.AT_ONCE + 2_000)
        )  # fmt: skip
        numbers = new_rows.add(session, Incident, rows)
        session.get_one(Incident, numbers[6]).type = "flood"
    after = build.everything(store)
    store.undo()
    assert build.everything(store) == before
    store.redo()
    assert build.everything(store) == after
    with store.read() as session:
        assert session.get_one(Incident, numbers[6]).type == "flood"
        assert not journal.damaged_batches(session)
    store.close()


def test_a_batch_of_a_table_that_is_none_is_told_as_damage_and_nothing_falls_over_it(tmp_path: Path) -> None:
    with build.team(tmp_path) as store:
        with store.change("People") as session:
            build.responder(session, "Ana")
        with store.change("Bit") as session:
            session.connection().exec_driver_sql(
                "UPDATE journal_rows SET table_name = 'respondfr', digest = '' WHERE table_name = 'responder'"
            )
        with store.read() as session:
            assert len(journal.damaged_batches(session)) == 1
            number = session.scalars(select(JournalRows.id).where(JournalRows.table_name == "respondfr")).one()
            for look in (lambda: journal.batch(session, number), lambda: images.held_in(session, number, "name")):
                with pytest.raises(CrtError, match="is damaged in the journal"):
                    look()
