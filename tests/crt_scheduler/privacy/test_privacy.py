"""Privacy: what is past its time goes for good, what may be shown is counts, and nothing private leaves by a file."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import os
import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crt_scheduler import backups, journal, planning, sample, writing
from crt_scheduler.backups import rotation
from crt_scheduler.cli import run
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people import ranges
from crt_scheduler.privacy import copies, purge, redacted, retention
from crt_scheduler.privacy.expired_rows import FORGOTTEN
from crt_scheduler.publish.sending import send
from crt_scheduler.store import Store
from crt_scheduler.tables import (
    Area,
    Availability,
    CalendarEvent,
    Call,
    CallAnswer,
    CallResponder,
    Division,
    HoursEntry,
    Incident,
    Responder,
    Wish,
)
from solver.formulate import grid_of, period_of
from solver.greedy import greedy
from solver.result import Placed
from tests.crt_scheduler.team_build import beside, everything, pair, team
from tests.opened import open_store

NOW = dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2015, 6, 3, 20, 0, tzinfo=dt.UTC)
LATELY = dt.datetime(2026, 11, 3, 20, 0, tzinfo=dt.UTC)
PHONE = re.compile(r"\+1\d{10}|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b555[-. ]\d{4}\b")
MAIL = re.compile(r"[\w.+-]+@(?!crt-scheduler\.example)[\w-]+\.\w+")
STREET = re.compile(
    r"\b\d+ [NSEW]?\.? ?[A-Z]\w+ (?:St|Street|Ave|Avenue|Blvd|Boulevard|Rd|Road|Dr|Drive|Lane|Ln|Way)\b"
)
TYPED = ("Planted words", "4821 Melrose Avenue", "their mother", "Shabbat", "Friday prayer", "Temple", "Away")
"""Words that somebody typed, or might have, in the records of the city."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team of two with a call, answers and hours of long ago and of lately."""
    found = team(tmp_path, now=NOW)
    with found.change("Add people") as session:
        pair(session)
    for at, number in ((LONG_AGO, "15-0001"), (LATELY, "26-0700")):
        with found.change(f"Log {number}") as session:
            log(session, number, at)
    yield found
    found.close()


def log(session: Session, number: str, at: dt.datetime, *, kind: str = "suicide", division: str = "Devonshire") -> None:
    """Add a call with Ana's answer and hours."""
    valley = session.scalars(select(Area).where(Area.name == "Valley")).one()
    place = session.scalars(select(Division).where(Division.name == division)).one()
    incident = Incident(
        key=number, number=number, at=at, area_id=valley.id, division_id=place.id, type=kind, agency="LAPD",
        duration_minutes=90,
    )  # fmt: skip
    session.add(incident)
    session.flush()
    ana = session.scalars(select(Responder).where(Responder.code == "Ana")).one()
    call = call_of(incident, number, at)
    session.add(call)
    session.flush()
    end = at + dt.timedelta(minutes=90)
    session.add(CallAnswer(call_id=call.id, responder_id=ana.id, at=at, answer="accepted", reason="", available=""))
    session.add(
        CallResponder(
            call_id=call.id, responder_id=ana.id, role="lead", departed=at, arrived=at, cleared=end, home=end, miles=4.0
        )
    )
    session.add(
        HoursEntry(
            responder_id=ana.id, kind="response", date=at.date(), start=at, end=end, minutes=90, call_id=call.id,
            state="logged", approved_by="", key=f"call:{call.id}:Ana:response",
        )
    )  # fmt: skip


def call_of(incident: Incident, number: str, at: dt.datetime, **more: Any) -> Call:
    """Return a call with every detail filled in."""
    values: dict[str, Any] = {
        "incident_id": incident.id,
        "number": number,
        "case": 1,
        "kind": "team",
        "unit": "UnitZebra",
        "notified": at,
        "dispatched": at,
        "on_scene": at,
        "clear": at,
        "closed": at,
        "signed_by": "Ana",
        "heard": at,
        "scene": "home",
        "language": "Tagalog",
        "clergy_wanted": True,
        "tradition": "Orthodox",
        "consent": True,
        "clergy_on_scene": at,
        "served": 3,
        "adults": 2,
        "children": 1,
        "services": ["Listening"],
        "referrals": ["Hospice"],
        "follow_up_due": at.date(),
        "follow_up_done": None,
        "hard": "Child death",
        "safety_issue": True,
    }
    return Call(**{**values, **more})


def count(store: Store, record: type[Any]) -> int:
    """Return how many rows a table has."""
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


def file_bytes(store: Store) -> bytes:
    """Return all that lies on the disk of a database, images of the journal unpacked."""
    parts = [path.read_bytes() for path in store.path.parent.glob(f"{store.path.name}*")]
    with sqlite3.connect(store.path) as raw:
        parts += [zlib.decompress(row[0]) for row in raw.execute("SELECT images FROM journal_rows")]
    raw.close()
    return b"".join(parts)


def test_a_dry_run_says_what_would_go_and_takes_nothing(store: Store) -> None:
    before = everything(store), store.revision()
    found = purge.purge(store, dry_run=True)
    assert {kind.kind: kind.count for kind in found.kinds} == {
        "call_details": 1,
        "private": 0,
        "care": 0,
        "answers": 1,
        "hours": 2,
        "availability": 0,
        "journal": 0,
        "backups": 0,
    }
    details = found.kinds[0]
    assert (details.first, details.last, details.before) == (dt.date(2015, 6, 3),) * 2 + (dt.date(2024, 12, 1),)
    assert found.acts_closed == 1
    assert (everything(store), store.revision()) == before


def test_a_purge_takes_what_is_past_its_time_from_records_and_journal_and_leaves_the_rest(store: Store) -> None:
    told = purge.purge(store, dry_run=True)
    done = purge.purge(store)
    assert (done.kinds, done.acts_closed) == (told.kinds, told.acts_closed)
    assert (count(store, CallAnswer), count(store, HoursEntry), count(store, CallResponder)) == (1, 1, 1)
    with store.read() as session:
        old, new = session.scalars(select(Call).order_by(Call.id))
        assert (old.unit, old.language, old.hard, old.services, old.tradition) == ("", "", "", [], "")
        assert (old.number, old.served, old.children) == ("15-0001", 3, 1)
        assert (new.unit, new.hard) == ("UnitZebra", "Child death")
        images = [c for act in journal.history(session) for c in journal.rows_of(session, act.number)]
        assert not [c for c in images if c.table == "call_answer" and c.after and c.after["at"] == LONG_AGO]
        assert [c.after["unit"] for c in images if c.table == "call" and c.after] == ["UnitZebra", ""]
    assert purge.purge(store, dry_run=True).is_nothing
    assert b"2015-06-03T20:00:00Z" in file_bytes(store)  # the call's own times stay for the report


def test_nothing_of_what_went_is_left_on_the_disk(store: Store) -> None:
    with store.change("Note an absence") as session:
        ranges.say(session, "Ana", "cannot", first=dt.date(2015, 3, 1), last=dt.date(2015, 3, 9), note="PlantedNote")
    store.read()
    assert b"PlantedNote" in file_bytes(store)
    purge.purge(store)
    assert b"PlantedNote" not in file_bytes(store)
    assert count(store, Availability) == 0


def test_after_a_purge_undo_of_older_acts_is_a_sentence(store: Store) -> None:
    other = beside(store, who="Jo")
    with other.change("Log 14-0009") as session:
        log(session, "14-0009", LONG_AGO - dt.timedelta(days=300))
    purge.purge(store)
    with pytest.raises(NotAllowed, match="A purge cannot be undone"):
        store.undo()
    with pytest.raises(NotAllowed, match=re.escape(FORGOTTEN)):
        other.undo()
    other.close()


def test_what_was_taken_back_before_the_purge_leaves_the_journal_too_and_cannot_be_done_again(store: Store) -> None:
    with store.change("Note an absence") as session:
        ranges.say(session, "Ana", "cannot", first=dt.date(2015, 3, 1), last=dt.date(2015, 3, 9), note="PlantedNote")
    store.undo()
    other = beside(store, who="Jo")
    assert b"PlantedNote" in file_bytes(store)
    assert purge.purge(other).acts_closed == 2
    assert b"PlantedNote" not in file_bytes(store)
    with pytest.raises(NotAllowed, match=re.escape(FORGOTTEN)):
        store.redo()
    assert purge.purge(other, dry_run=True).is_nothing
    other.close()


def test_images_of_old_acts_go_at_the_journals_own_time_and_who_did_what_stays(store: Store) -> None:
    later = beside(store, who="Jo", now=NOW + dt.timedelta(days=900))
    with later.change("Keep hours long") as session:
        for kind in ("hours", "answers", "call_details"):
            retention.set_months(session, kind, 1200)
    found = purge.purge(later)
    assert next(kind.count for kind in found.kinds if kind.kind == "journal") == 4
    with later.read() as session:
        acts = journal.history(session)
        assert "Log 26-0700" in [act.label for act in acts]
        assert [journal.rows_of(session, act.number) for act in acts if act.label == "Log 26-0700"] == [[]]
    with pytest.raises(NotAllowed, match=re.escape(FORGOTTEN)):
        store.undo()
    later.close()


def test_the_ledger_of_what_was_sent_stays(store: Store) -> None:
    with store.change("Sent") as session:
        session.add(
            CalendarEvent(
                calendar="calendars/Ana.ics", responder_code="Ana", shift_key="2015-06-03/day/Valley", uid="u@x",
                sequence=0, changed=LONG_AGO, start=LONG_AGO, end=LONG_AGO, summary="", description="", location="",
                cancelled=False,
            )
        )  # fmt: skip
    purge.purge(store)
    assert count(store, CalendarEvent) == 1


def test_old_backups_go_and_the_newest_that_still_holds_what_went_is_named(store: Store) -> None:
    old = store.back_up(backups.dated_name(store.path, NOW - dt.timedelta(days=500)))
    young = store.back_up(backups.dated_name(store.path, NOW - dt.timedelta(days=5)))
    own = store.back_up(store.path.with_name("mine.db"))
    assert purge.purge(store, dry_run=True).newest_backup == "2026-11-26"
    found = purge.purge(store)
    assert found.backups == (str(old),) and not old.exists()
    assert young.exists() and own.exists()
    assert found.newest_backup == "2026-12-01"  # the one made before the purge, which a later purge takes in its turn
    assert [backup.why for backup in backups.listed(store.path)] == ["before-purge", "backup"]


def test_old_backups_in_the_second_folder_go_too_and_a_stick_that_is_away_is_named(
    store: Store, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rotation.set_second_folder(store.path, stick)
    old = store.back_up(backups.dated_name(store.path, NOW - dt.timedelta(days=500)))
    there = rotation.copy_out(store.path, old).path
    assert there is not None
    found = purge.purge(store)
    assert set(found.backups) == {str(old), str(there)} and not there.exists() and not found.elsewhere
    stick.rename(tmp_path / "unplugged")
    assert purge.purge(store, dry_run=True).elsewhere == (copies.Elsewhere(str(stick), 0),)


def test_copies_set_aside_and_half_made_backups_go_too_and_files_elsewhere_are_named(
    store: Store, tmp_path: Path
) -> None:
    folder, backup = store.path.parent, backups.folder(store.path)
    backup.mkdir()
    names = ("team-damaged-2015-06-03T120000Z.db", "team-damaged-2015-06-03T120000Z.db-wal")
    old = [folder / name for name in names] + [backup / "team-2026-11-30T120000Z-backup.db.part"]
    stays = [
        folder / "team-damaged-2026-11-30T120000Z.db",
        folder / "team-north-damaged-2015-06-03T120000Z.db",
        backup / "team-north-2015-06-03T120000Z-backup.db.part",
    ]
    for each in (*old, *stays):
        each.write_bytes(b"Ana")
    writing.write(tmp_path / "elsewhere" / "hours.csv", b"Ana")
    told, done = purge.purge(store, dry_run=True), purge.purge(store)
    assert told.copies == done.copies == tuple(sorted(str(path) for path in old))
    assert not [path for path in old if path.exists()] and all(path.exists() for path in stays)
    assert (str(tmp_path / "elsewhere"), 1) in {(each.folder, each.files) for each in done.elsewhere}


def test_a_backup_that_is_being_made_is_left_to_who_makes_it(store: Store) -> None:
    part = backups.folder(store.path) / "team-2026-11-30T120000Z-backup.db.part"
    part.parent.mkdir()
    with closing(sqlite3.connect(part, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        assert purge.purge(store).copies == () and part.exists()
    assert purge.purge(store).copies == (str(part),) and not part.exists()


def test_a_copy_that_cannot_be_deleted_is_told(store: Store) -> None:
    stuck = store.path.with_name("team-damaged-2015-06-03T120000Z.db")
    stuck.write_bytes(b"Ana")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        told = purge.purge(store).stuck
    assert f"{stuck} (Operation not permitted)" in told


def refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_purge_with_nothing_to_take_is_no_act(store: Store) -> None:
    purge.purge(store)
    before = store.revision()
    assert purge.purge(store).is_nothing
    assert store.revision() == before


def test_a_file_that_another_program_holds_is_purged_and_rewritten_next_time(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crt_scheduler.store.BUSY_SECONDS", 0.1)
    with beside(store, who="Jo").read() as session:
        assert len(session.scalars(select(Call)).all()) == 2
        assert run(["--database", str(store.path), "--now", "2026-12-01T17:00Z", "purge"]) == 0
        assert "Close the window and run purge again" in capsys.readouterr().out.replace("\n", " ")
    assert count(store, CallAnswer) == 1
    assert purge.purge(store).is_compact


def test_wishes_and_absences_go_when_their_dates_are_long_past_and_every_week_stays(store: Store) -> None:
    with store.change("Say") as session:
        ranges.say(session, "Ana", "cannot", first=dt.date(2025, 1, 1), last=dt.date(2025, 1, 9))
        ranges.say(session, "Ana", "cannot", first=dt.date(2025, 1, 1), last=None)
        ana = session.scalars(select(Responder).where(Responder.code == "Ana")).one()
        session.add(Wish(responder_id=ana.id, template_id=1, date=dt.date(2025, 2, 1), grade="wants"))
    purge.purge(store)
    assert (count(store, Availability), count(store, Wish)) == (1, 0)


def test_private_words_of_people_who_left_are_emptied_and_those_of_others_stay(store: Store) -> None:
    def say(code: str, field: str, text: str) -> None:
        with store.change(f"{code}: {field}") as session:
            people_acts.set_field(session, code, field, text, now=store.now)

    for field, text in (("notes", "Zebra of Ben"), ("next_of_kin", "Quagga"), ("next_of_kin_phone", "213-555-0188")):
        say("Ben", field, text)
    say("Ana", "notes", "Okapi of Ana")
    say("Ben", "status", "inactive")
    assert {kind.kind: kind.count for kind in purge.purge(store, dry_run=True).kinds}["private"] == 0
    store.now += dt.timedelta(days=400)
    assert {kind.kind: kind.count for kind in purge.purge(store).kinds}["private"] == 1
    with store.read() as session:
        held = {
            row.code: (row.notes, row.next_of_kin, row.next_of_kin_phone) for row in session.scalars(select(Responder))
        }
        assert held == {"Ana": ("Okapi of Ana", "", ""), "Ben": ("", "", "")}
    left = file_bytes(store)
    assert not [words for words in (b"Zebra of Ben", b"Quagga", b"+12135550188") if words in left]
    assert b"Okapi of Ana" in left
    with pytest.raises(CrtError):
        store.undo()


def test_no_file_that_is_handed_on_holds_the_private_words_about_a_person(store: Store, tmp_path: Path) -> None:
    with store.change("Private words") as session:
        for code in ("Ana", "Ben"):
            for field in ("notes", "next_of_kin", "shifts_a_month"):
                people_acts.set_field(session, code, field, "Planted words", now=NOW)
            for field in ("phone_2", "next_of_kin_phone"):
                people_acts.set_field(session, code, field, "213-555-0199", now=NOW)
    with store.read() as session:
        redacted.write(session, tmp_path / "out" / "shown")
    forms = [words for words in EXPORTS if words[1] in ("form",) or words[0] == "report"]
    for words in forms:
        words = tuple(each.format(tmp_path / "out").replace("V052", "Ana") for each in words)
        assert run(["--database", str(store.path), "--now", "2026-12-15T17:00Z", *words]) == 0, words
    assert len(texts(tmp_path / "out")) > 8
    assert leaks(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [("2026-12-01", 24, "2024-12-01"), ("2027-03-31", 1, "2027-02-28"), ("2028-03-31", 1, "2028-02-29")],
)
def test_months_are_counted_back_to_a_day_there_is(today: str, months: int, day: str) -> None:
    assert retention.before(dt.date.fromisoformat(today), months) == dt.date.fromisoformat(day)


def test_how_long_a_kind_is_kept_is_set_as_an_act_and_undone(store: Store) -> None:
    with store.change("Keep") as session:
        retention.set_months(session, "answers", 6)
    with store.read() as session:
        assert [(k.months, k.is_default) for k in retention.kept(session) if k.kind == "answers"] == [(6, False)]
    store.undo()
    with store.read() as session:
        assert all(kind.is_default for kind in retention.kept(session))
        for kind, months in (("diaries", 3), ("answers", 0), ("answers", 1201)):
            with pytest.raises(CrtError):
                retention.set_months(session, kind, months)


def test_purge_retention_and_export_have_commands(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--database", str(store.path), "--now", "2026-12-01T17:00Z", "--json"]

    def said(*more: str) -> Any:
        assert run([*words, *more]) == 0
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    assert said("retention", "set", "answers", "600")["done"].startswith("Done: Keep answers")
    assert {each["kind"]: each["months"] for each in said("retention", "list")}["answers"] == 600
    found = said("purge", "--dry-run")
    assert found["dry_run"] and {k["kind"]: k["count"] for k in found["kinds"]}["answers"] == 0
    assert not said("purge")["dry_run"]
    folder = store.path.with_name("shown")
    assert said("export", "--redacted", str(folder))["files"][-1] == "README.txt"
    assert run([*words, "export", str(folder)]) == 2


def test_small_counts_are_merged_and_none_can_be_told_from_the_total() -> None:
    assert redacted.merged(Counter(a=9, b=5)) == (("a", 9), ("b", 5))
    assert redacted.merged(Counter(a=9, b=3, c=4)) == (("a", 9), ("others", 7))
    assert redacted.merged(Counter(a=9, b=7, c=2)) == (("a", 9), ("others", 9))
    assert redacted.merged(Counter(a=9, c=2)) == (("others", 11),)
    assert redacted.merged(Counter(a=2, b=2)) == ()
    assert redacted.merged(Counter()) == ()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample city with a planned January and words planted wherever somebody could type some."""
    folder = tmp_path_factory.mktemp("city")
    now = dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC)
    path = sample.make_database(
        folder / "team.db", seed=1, month="2027-01", now=now, who="Jo", on_step=lambda number, step: None
    )
    found = open_store(str(path), who="Jo", now=now)
    with found.read() as session:
        frozen = planning.problem(session, "2027-01", now=now)
    plan = greedy(grid_of(period_of(frozen)))
    with found.change("Solve January 2027") as session:
        planning.apply(session, frozen, tuple(Placed(plan.period.person(p).id, seat) for p, seat in plan.placed()))
    with found.change("Plant words") as session:
        for row in session.scalars(select(Availability)):
            row.note = "Planted words, 4821 Melrose Avenue, 213-555-0199, their mother"
        for number, incident in enumerate(session.scalars(select(Incident).limit(3)).all()):
            session.add(
                call_of(incident, f"Extra {number}", incident.at, unit="Planted words", signed_by="x@example.org")
            )
    yield found
    found.close()


def texts(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder, calendars unfolded, workbooks and PDFs by what they say."""
    found = {}
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            cells = [
                str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
            ]
            found[name] = "\n".join(cells)
        elif path.suffix == ".pdf":
            found[name] = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        else:
            found[name] = path.read_text(encoding="utf-8").replace("\n ", "").replace("\r\n ", "")
    return found


def leaks(folder: Path) -> list[str]:
    """Return what private things files hold, but for the address a mail draft goes to."""
    found = []
    for name, text in texts(folder).items():
        if name.endswith(".eml"):
            text = "\n".join(line for line in text.splitlines() if not line.startswith("To:"))
        for pattern in (PHONE, MAIL, STREET):
            found += [f"{name}: {hit}" for hit in pattern.findall(text)]
        found += [f"{name}: {words}" for words in TYPED if words in text]
    return found


def test_no_export_and_no_calendar_of_the_city_holds_a_phone_an_address_or_typed_words(
    city: Store, tmp_path: Path
) -> None:
    send(city, "2027-01", tmp_path / "out", acknowledged=[], eml=True)
    with city.read() as session:
        redacted.write(session, tmp_path / "shown")
    for words in EXPORTS:
        code = run(["--database", str(city.path), "--now", "2026-12-15T17:00Z", *(w.format(tmp_path) for w in words)])
        assert code == 0, words
    files = texts(tmp_path)
    assert sum(name.endswith(".ics") for name in files) > 290
    assert leaks(tmp_path) == []


YEAR = ("--from", "2026-01-01", "--to", "2026-12-14")
EXPORTS: tuple[tuple[str, ...], ...] = (
    ("own", "V052", "--calendar", "{}/mine.ics"),
    *(("report", "year", *YEAR, "--rate", "31.51", "--out", "{}/year." + kind) for kind in ("pdf", "xlsx", "csv")),
    *(("report", "hours", *YEAR, "--out", "{}/hours." + kind) for kind in ("pdf", "xlsx", "csv")),
    *(("report", "fairness", *YEAR, "--out", "{}/fairness." + kind) for kind in ("pdf", "csv")),
    *(("report", "coverage", *YEAR, "--out", "{}/coverage." + kind) for kind in ("pdf", "csv")),
    ("hours", "form", "2026-11", "{}/hours", "--csv"),
    ("hours", "form", "2026-11", "{}/hours-xlsx", "--person", "V052"),
    ("availability", "form", "2027-02", "{}/availability", "--csv"),
    ("availability", "form", "2027-02", "{}/availability-xlsx", "--person", "V052"),
)
"""Every other command that writes a file to hand on."""


def test_the_redacted_export_counts_and_names_nobody(city: Store, tmp_path: Path) -> None:
    with city.read() as session:
        total = session.scalar(select(func.count()).select_from(Call)) or 0
        names = set(session.scalars(select(Responder.name))) | set(session.scalars(select(Incident.number)))
        redacted.write(session, tmp_path)
    for name in redacted.NAMES:
        with (tmp_path / f"responses-by-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            counts = [int(row["responses"]) for row in csv.DictReader(file)]
        assert sum(counts) == total > redacted.SMALL
        assert min(counts) >= redacted.SMALL
    text = "".join(texts(tmp_path).values())
    assert len(names) > 290 and not [name for name in names if name and name in text]
    assert "Left out on purpose" in (tmp_path / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", ["+12135550199", "(213) 555-0134", "v012@example.org", "12 Melrose Avenue", "Shabbat", "Planted words"]
)
def test_the_search_for_private_things_finds_them_where_they_are(tmp_path: Path, words: str) -> None:
    (tmp_path / "roster.csv").write_text(f"date,note\n2027-01-09,{words}\n", encoding="utf-8")
    assert leaks(tmp_path)
