"""Who hears what of a publication: in what order, why, by mail or by phone, and what of older ones still counts."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from crt_scheduler import planning, roster
from crt_scheduler.publish import publication_preview, publication_promise, sent_ledger
from crt_scheduler.publish.change_reasons import ShiftNews
from crt_scheduler.publish.mail import draft, drafts
from crt_scheduler.publish.packs import Letter
from crt_scheduler.publish.parcels import _sheet_before
from crt_scheduler.publish.placing import PLACING, Asked, Place
from crt_scheduler.publish.publication_preview import ShiftChange
from crt_scheduler.publish.publishing import _older
from crt_scheduler.store import Store
from crt_scheduler.tables import Roster
from solver.explain import TITLES
from solver.result import Violation
from tests.crt_scheduler.publish.test_publish_build import NINTH, SIXTEENTH, TENTH, pack, put, send, valley

NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)


def change(kind: str, hours: float, *, is_small: bool = False) -> ShiftChange:
    """A shift that begins in so many hours and is news."""
    return ShiftChange(kind, NINTH, NOW + dt.timedelta(hours=hours), "now", "before", is_small)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([change("new", 48)], "soon"),
        ([change("new", 48.01)], ""),
        ([change("new", 0.01)], "soon"),
        ([change("new", 0)], ""),
        ([change("cancelled", 900)], "cancelled"),
        ([change("cancelled", 0)], ""),
        ([change("cancelled", -5), change("changed", 900)], "changed"),
        ([change("new", 1), change("changed", 900), change("cancelled", 900)], "cancelled"),
        ([change("new", 1), change("changed", 900)], "changed"),
        ([change("changed", 1, is_small=True)], ""),
        ([change("changed", 1, is_small=True), change("new", 900)], ""),
        ([], ""),
    ],
)
def test_a_person_is_phoned_for_a_broken_promise_or_a_shift_within_two_days(
    changes: list[ShiftChange], why: str
) -> None:
    assert publication_preview._phone_for(changes, NOW, has_email=True) == why
    assert publication_preview._phone_for(changes, NOW, has_email=False) == (why or "no mail")


def test_rules_that_are_broken_most_often_come_first_each_person_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (("rest", "Ben"), ("my_rule", "Ana"), ("nights", "Ana"), ("rest", "Ana"), ("rest", "Ben"), ("my_rule", ""))
    found = [Violation(rule, True, 1, 0, f"{who}: {rule}", person=who) for rule, who in told]
    soft = [Violation("fairness", False, 1, 5, "soft", person="Ana")] * 4
    monkeypatch.setattr(planning, "check", lambda *_, **__: [*soft, *found])
    with valley(tmp_path) as store, store.read() as session:
        rules = publication_preview.broken_rules(session, "2027-01", now=store.now)
        assert publication_preview.preview(session, "2027-01", now=store.now).broken == rules
        assert publication_preview.preview(session, "2027-02", now=store.now).broken == ()
    assert [(rule.rule, len(rule.sentences), rule.people) for rule in rules] == [
        ("rest", 3, ("Ben", "Ana")), ("my_rule", 2, ("Ana",)), ("nights", 1, ("Ana",)),
    ]  # fmt: skip
    assert [rule.title for rule in rules[:2]] == [TITLES["rest"], "My rule"]


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Store]:
    """January published once; then shifts of Ben, Carla and Min-jun differ."""
    with valley(tmp_path) as store:
        send(store)
        with store.change("Give Carla Sunday") as session:
            put(session, TENTH, "V3", "lead")
            put(session, "2027-01-11/night/Valley", "V3", "lead")
        with store.change("Min-jun has phoned in sick") as session:
            roster.unassign(session, roster.shift_name(SIXTEENTH), "V4")
        with store.change("Ben leads") as session:
            roster.find(session, roster.shift_name(NINTH), "V2").role = "lead"
            roster.person(session, "V3").email = ""
        yield store


def test_the_preview_counts_what_is_new_changed_and_cancelled_and_puts_who_must_be_phoned_first(moved: Store) -> None:
    with moved.read() as session:
        found = publication_preview.preview(session, "2027-01", now=moved.now)
    assert (found.version, found.places, found.has_news) == (2, 5, True)
    assert (found.new, found.changed, found.cancelled, found.count) == (2, 2, 1, 5)
    assert [(person.name, person.phone_for, [change.kind for change in person.changes]) for person in found.people] == [
        ("Ben Kowalski", "changed", ["changed"]),
        ("Carla Nguyen", "no mail", ["new", "new", "changed"]),
        ("김민준", "cancelled", ["cancelled"]),
    ]
    assert found.to_phone == found.people and found.without_email == ("Carla Nguyen",)
    with moved.change("Carla has an address") as session:
        roster.person(session, "V3").email = "carla@example.org"
        found = publication_preview.preview(session, "2027-01", now=moved.now)
    assert [person.name for person in found.people] == ["Ben Kowalski", "김민준", "Carla Nguyen"]
    assert found.to_phone == found.people[:2] and found.without_email == ()


def test_everybody_reads_which_act_changed_what_of_their_shifts(moved: Store) -> None:
    send(moved)
    news = {name: text.partition("\nAbout your calendar")[0] for name, text in pack(moved, 2).items()}
    night = "18:00-06:00 (12:00 h): lead, Valley"
    assert (
        f"\nChanged\n- Sat 9 Jan 2027 {night}. With: Ana R.. Your seat on this shift changed\n  Why: Ben leads\n"
        in (news["V2.txt"])
    )
    assert "V1.txt" not in news
    assert f"\nNew\n- Sun 10 Jan 2027 {night}\n  Why: Give Carla Sunday\n- Mon 11 Jan 2027 {night}\n" in news["V3.txt"]
    assert "Changed\n- Sat 16 Jan 2027" in news["V3.txt"] and "Your partner left; nobody else yet" in news["V3.txt"]
    assert (
        "\nCancelled\n- Sat 16 Jan 2027 18:00-06:00 (12:00 h): responder, Valley\n  Why: Min-jun has" in news["V4.txt"]
    )


def test_who_holds_a_stale_calendar_is_named_in_order_with_the_shifts_at_odds(moved: Store) -> None:
    with moved.read() as session:
        found = sent_ledger.stale(session, moved.now)
        counts = [[person.count(kind) for kind in ("new", "changed", "cancelled")] for person in found]
        over = sent_ledger.stale(session, dt.datetime(2027, 1, 17, 14, 0, tzinfo=dt.UTC))
        last = sent_ledger.stale(session, dt.datetime(2027, 1, 17, 13, 59, tzinfo=dt.UTC))
    assert [person.name for person in found] == ["Ben Kowalski", "Carla Nguyen", "김민준"]
    assert counts == [[0, 1, 0], [2, 1, 0], [0, 0, 1]]
    assert (over, [person.code for person in last]) == ((), ["V3", "V4"])


def test_months_count_as_published_until_thirty_days_after_they_are_over(moved: Store) -> None:
    with moved.change("Months") as session:
        programme = session.scalars(select(Roster.programme_id)).first()
        for month, version in (("2026-11", 1), ("2026-12", 3), ("2027-02", 0), ("2027-03", 1)):
            session.add(Roster(programme_id=programme, month=month, version=version))
    with moved.read() as session:
        for day, first in (("2026-12-30", 0), ("2026-12-31", 1), ("2027-01-30", 1), ("2027-01-31", 2)):
            now = dt.datetime.fromisoformat(f"{day}T12:00Z")
            months = ("2026-11", "2026-12", "2027-01", "2027-03")
            assert sent_ledger.published_months(session, now) == months[first:], day
        for month, people in (("2027-01", set()), ("2027-02", {"V1", "V2", "V3", "V4"}), ("2026-12", set())):
            assert sent_ledger.people_before(session, month) == people


def test_a_roster_is_another_one_if_any_person_seat_or_shift_is(moved: Store) -> None:
    with moved.read() as session:
        rows = roster.month_rows(session, "2027-01")
    same = publication_promise.roster_digest(rows)
    assert publication_promise.roster_digest(reversed(rows)) == same
    others = [{"shift": TENTH}, {"person": "V9"}, {"role": "trainee"}, {"tier": "backup"}]
    changed = {publication_promise.roster_digest([replace(rows[0], **other), *rows[1:]]) for other in others}
    assert len(changed | {same, publication_promise.roster_digest(rows[1:])}) == 6
    told = [replace(row, state="told", name="Other", locked=True) for row in rows]
    assert publication_promise.roster_digest(told) == same


def letter(*lines: ShiftNews) -> Letter:
    """What Ana is told of January."""
    return Letter("V1", "Ana Ruiz", "2027-01", 2, lines, is_first=False)


def test_a_calendar_in_parts_is_attached_part_by_part_and_only_to_who_can_be_mailed() -> None:
    mail = email.message_from_bytes(draft(letter(), "ana@example.org", [b"one", b"two"]), policy=email.policy.default)
    attached = [(part.get_filename(), part.get_payload(decode=True)) for part in mail.iter_attachments()]  # type: ignore[attr-defined]
    assert attached == [("V1.ics", b"one"), ("V1-2.ics", b"two")]
    calendars = {"V1": (b"one",)}
    for addresses, sent in (({"V1": "ana@example.org"}, calendars), ({"V1": "no address"}, calendars), ({}, calendars)):
        expected = ["mail/2027-01-v2/V1.eml"] if addresses.get("V1") == "ana@example.org" else []
        assert list(drafts([letter()], addresses, sent)) == expected
    assert drafts([letter()], {"V1": "ana@example.org"}, {}) == {}


def place(out: Path, version: int) -> Place:
    """January's version on its way into a folder."""
    return Place("2027-01", out, version, NOW, Asked(), PLACING, frozenset())


def test_drafts_and_sheets_of_older_versions_are_counted_by_number_and_month(tmp_path: Path) -> None:
    for name in ("2027-01-v2/V1.eml", "2027-01-v9/V1.eml", "2027-01-v9/V2.eml", "2027-01-v10/V1.eml",
                 "2027-01-v11/V1.eml", "2027-01-vx/V1.eml", "2027-02-v1/V1.eml", "2027-01-v1/notes.txt"):  # fmt: skip
        (tmp_path / "mail" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mail" / name).touch()
    for name in ("duty-sheet-2027-01.pdf", "duty-sheet-2027-01-before-v2.pdf", "duty-sheet-2027-02-before-v2.pdf"):
        (tmp_path / name).touch()
    assert [_older(place(tmp_path, version)) for version in (1, 2, 9, 10, 12)] == [
        (1, 1), (1, 1), (2, 1), (4, 1), (6, 1),
    ]  # fmt: skip


def test_an_older_duty_sheet_is_kept_once_under_the_version_that_took_its_place(tmp_path: Path) -> None:
    assert _sheet_before(place(tmp_path, 2), b"new") == {}
    there = tmp_path / "duty-sheet-2027-01.pdf"
    for older, kept in ((b"", {}), (b"new", {}), (b"old", {"duty-sheet-2027-01-before-v2.pdf": b"old"})):
        there.write_bytes(older)
        assert _sheet_before(place(tmp_path, 2), b"new") == kept
    (tmp_path / "duty-sheet-2027-01-before-v2.pdf").write_bytes(b"older still")
    assert _sheet_before(place(tmp_path, 2), b"new") == {}
    assert list(_sheet_before(place(tmp_path, 3), b"new")) == ["duty-sheet-2027-01-before-v3.pdf"]
