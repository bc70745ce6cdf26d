"""Before publishing: who would be sent what, who must be phoned, what is broken; and publishing by name only."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import journal, roster
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.publish.publication_preview import Preview, phone_list, preview, stale_news
from crt_scheduler.publish.sending import send
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from tests.crt_scheduler.team_build import everything, pair, responder, team
from tests.opened import open_store

MONTH = "2027-01"
DAY, NIGHT = "2027-01-09/day/Valley", "2027-01-09/night/Valley"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = team(tmp_path)
    with made.change("Add people") as session:
        pair(session)
        responder(session, "Dora", name="Արամ Հակոբյան", role="lead", email="", phone="+12135550177")
    with made.change("Fill the roster") as session:
        for person in ("Ana", "Ben"):
            roster.assign(session, roster.shift_name(DAY), person)
    return made


def ahead(store: Store, now: dt.datetime | None = None) -> Preview:
    """Return what publishing January would do."""
    with store.read() as session:
        return preview(session, MONTH, now=now or store.now)


def shift(store: Store, act: str, name: str, person: str) -> None:
    """Put somebody on a shift or take them off it."""
    with store.change(f"{act} {person}") as session:
        getattr(roster, act)(session, roster.shift_name(name), person)


def test_a_first_publication_is_all_new_and_nobody_must_be_phoned(store: Store) -> None:
    found = ahead(store)
    assert (found.version, found.published, found.has_news, found.count) == (1, None, True, 2)
    assert [(person.name, person.count("new")) for person in found.people] == [("Ana", 1), ("Ben", 1)]
    assert found.to_phone == ()
    assert found.people[0].changes[0].words == "Sat 9 Jan 06:00–18:00: lead, Valley"


def test_looking_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = everything(store)
    ahead(store)
    assert everything(store) == before
    assert not (tmp_path / "backups").exists()


def test_who_loses_a_told_shift_must_be_phoned_and_a_partner_need_not(store: Store, tmp_path: Path) -> None:
    send(store, MONTH, tmp_path / "out")
    shift(store, "unassign", DAY, "Ben")
    found = ahead(store)
    assert [(person.person, person.phone_for) for person in found.people] == [("Ben", "cancelled"), ("Ana", "")]
    assert [change.is_small for change in found.people[1].changes] == [True]
    assert phone_list(found.to_phone) == "Ben\t(213) 555-0100\n  cancelled: Sat 9 Jan 06:00–18:00: responder, Valley\n"


def test_who_cannot_be_mailed_must_be_phoned(store: Store) -> None:
    shift(store, "assign", NIGHT, "Dora")
    found = ahead(store)
    assert found.without_email == ("Արամ Հակոբյան",)
    assert [(person.person, person.phone_for) for person in found.to_phone] == [("Dora", "no mail")]


def test_a_new_shift_within_two_days_is_told_by_phone(store: Store) -> None:
    near = dt.datetime(2027, 1, 8, 12, 0, tzinfo=dt.UTC)
    assert [person.phone_for for person in ahead(store, near).people] == ["soon", "soon"]
    after = dt.datetime(2027, 1, 20, 12, 0, tzinfo=dt.UTC)
    assert ahead(store, after).to_phone == ()


def test_a_change_of_role_shows_what_was_said_before(store: Store, tmp_path: Path) -> None:
    send(store, MONTH, tmp_path / "out")
    with store.change("Ana is second") as session:
        roster.find(session, roster.shift_name(DAY), "Ana").role = "responder"
    change = ahead(store).people[0].changes[0]
    assert (change.kind, change.before) == ("changed", "Sat 9 Jan 06:00–18:00: lead, Valley")
    assert change.words == "Sat 9 Jan 06:00–18:00: responder, Valley"


def test_published_and_unchanged_has_no_news(store: Store, tmp_path: Path) -> None:
    send(store, MONTH, tmp_path / "out")
    found = ahead(store)
    assert (found.has_news, found.count, found.version) == (False, 0, 2)


def test_mail_drafts_and_a_duty_sheet_go_out_only_where_they_are_asked_for(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    send(store, MONTH, out)
    assert sorted(path.name for path in out.iterdir()) == ["calendars", "changes", "roster"]
    store.now += dt.timedelta(hours=1)
    send(store, MONTH, out, eml=True, duty_sheet=True)
    assert {"mail", f"duty-sheet-{MONTH}.pdf"} <= {path.name for path in out.iterdir()}


def test_a_version_is_backed_up_before_it_goes_out_and_the_same_once_more_is_not(store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        send(store, MONTH, tmp_path / "out")
        store.now += dt.timedelta(hours=1)
    assert len(list((tmp_path / "backups").glob("*before-publish*"))) == 1


def test_a_publication_that_fails_leaves_neither_a_backup_nor_a_promise(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out" / "calendars").mkdir(parents=True)
    (tmp_path / "out" / "calendars" / "Ana.ics").write_text("of somebody else")
    with pytest.raises(CrtError, match=r"did not write: calendars/Ana\.ics"):
        send(store, MONTH, tmp_path / "out")
    assert not list((tmp_path / "backups").glob("*before-publish*"))
    assert ahead(store).version == 1


def test_an_empty_month_has_no_news_and_no_rules_to_break(tmp_path: Path) -> None:
    found = ahead(team(tmp_path))
    assert (found.has_news, found.places, found.broken) == (False, 0, ())


def test_a_night_over_the_clock_change_says_its_true_length(store: Store) -> None:
    shift(store, "assign", "2027-03-13/night/Valley", "Ana")
    with store.read() as session:
        found = preview(session, "2027-03", now=store.now)
    assert found.people[0].changes[0].words == "Sat 13 Mar 18:00–06:00 (11:00 h): lead, Valley"


def test_broken_rules_are_acknowledged_by_name_and_stand_in_the_journal(store: Store, tmp_path: Path) -> None:
    shift(store, "assign", NIGHT, "Ana")
    found = ahead(store)
    assert "rest" in [rule.rule for rule in found.broken]
    with pytest.raises(NotAllowed, match="acknowledge each by name"):
        send(store, MONTH, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    send(store, MONTH, tmp_path / "out", acknowledged=[rule.rule for rule in found.broken])
    with store.read() as session:
        label = journal.history(session, 1)[0].label
    assert label == f"Publish January 2027, broken rules acknowledged: {', '.join(r.title for r in found.broken)}"


def test_what_moved_since_it_was_shown_is_not_published(store: Store, tmp_path: Path) -> None:
    found = ahead(store)
    shift(store, "unassign", DAY, "Ben")
    with pytest.raises(NotAllowed, match="changed since this was shown"):
        send(store, MONTH, tmp_path / "out", revision=found.revision)
    assert not (tmp_path / "out").exists()


def test_records_held_by_another_program_leave_neither_files_nor_a_backup(store: Store, tmp_path: Path) -> None:
    store.close()
    mine = open_store(str(store.path), who="coordinator", now=store.now, patience=0.05)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CrtError, match="Another program is writing"):
            send(mine, MONTH, tmp_path / "out")
        other.execute("ROLLBACK")
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "backups").glob("*")) == []
    assert ahead(mine).version == 1
    mine.close()


def test_a_folder_that_is_a_file_is_refused_before_anything_is_promised(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("notes")
    with pytest.raises(CrtError, match="is a file"):
        send(store, MONTH, tmp_path / "out")
    assert ahead(store).version == 1


def test_the_stale_are_named_with_their_shifts(store: Store, tmp_path: Path) -> None:
    send(store, MONTH, tmp_path / "out")
    shift(store, "unassign", DAY, "Ben")
    with store.change("Ben has left") as session:
        session.scalars(select(Responder).where(Responder.code == "Ben")).one().status = "inactive"
    with store.read() as session:
        found = stale_news(session, store.now)
    assert [(who.person, [change.shift for change in who.changes]) for who in found] == [("Ben", [DAY]), ("Ana", [DAY])]
