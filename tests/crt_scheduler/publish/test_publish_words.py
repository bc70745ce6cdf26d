"""What people read: what changed and why, mail drafts, tables, and nothing that is nobody's business."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from crt_scheduler import roster, sheets
from crt_scheduler.publish.mail import can_be_mailed
from crt_scheduler.publish.tables_out import roster_tables
from crt_scheduler.store import Store
from crt_scheduler.tables import Programme, Responder, ShiftTemplate
from tests.crt_scheduler.publish.test_publish_build import (
    NINTH,
    TENTH,
    contents,
    drop,
    events,
    lint,
    move,
    out_of,
    pack,
    put,
    send,
    valley,
)
from tests.crt_scheduler.team_build import beside, responder


def words(store: Store, code: str) -> str:
    newest = max((out_of(store) / "changes").iterdir(), key=lambda folder: folder.name)
    return (newest / f"{code}.txt").read_text(encoding="utf-8")


def draft(store: Store, code: str) -> EmailMessage:
    content = (out_of(store) / "mail" / "2027-01-v1" / f"{code}.eml").read_bytes()
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_the_first_publication_lists_every_shift_as_a_new_month(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        assert words(store, "V1").startswith(
            "CRT Scheduler: on-call shifts of Ana Ruiz, January 2027, version 1\n\nNew\n"
            "- Sat 9 Jan 2027 18:00-06:00 (12:00 h): lead, Valley. With: Ben K.\n  Why: New month\n"
        )


def test_each_change_is_told_with_the_act_that_made_it(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        move(store, NINTH, "V2", TENTH)
        send(store)
        assert "\nNew\n- Sun 10 Jan 2027 18:00-06:00 (12:00 h): responder, Valley\n" in words(store, "V2")
        assert "\nCancelled\n- Sat 9 Jan 2027 18:00-06:00 (12:00 h): responder, Valley\n" in words(store, "V2")
        assert words(store, "V2").count(f"  Why: Move V2 to {TENTH}\n") == 2
        assert "Your partner left; nobody else yet\n" in words(store, "V1")
        assert f"  Why: Move V2 to {TENTH}\n" in words(store, "V1")


def test_why_names_the_last_act_even_if_it_was_an_undo(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        drop(store, NINTH, "V2")
        send(store)
        with store.change("Cover for Ana") as session:
            put(session, NINTH, "V4")
        drop(store, NINTH, "V4")
        store.undo()
        send(store)
        assert f"  Why: Undo: Take V4 off {NINTH}\n" in words(store, "V4")
        assert "With: 김민준. Your partners changed\n" in words(store, "V1")


def test_a_shift_that_anothers_undo_gives_back_after_it_was_cancelled_is_new(tmp_path: Path) -> None:
    with valley(tmp_path) as store, beside(store, who="Noel") as theirs:
        send(store)
        drop(theirs, NINTH, "V2")
        send(store)
        theirs.undo()
        send(store)
        assert "\nNew\n- Sat 9 Jan 2027 18:00-06:00 (12:00 h): responder, Valley. With: Ana R.\n" in words(store, "V2")
        assert f"  Why: Undo: Take V2 off {NINTH}\n" in words(store, "V2")
        assert "Your partners changed\n" in words(store, "V1")


def test_acts_before_the_last_publication_are_no_reason_for_this_one(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        with store.change("Name the station") as session:
            session.scalars(select(Programme)).one().report_to = "Valley station"
        send(store)
        assert "Report to: Valley station\n  Why: What your team shows in calendars has changed\n" in words(store, "V1")
        assert str(events(store, "V1")["01-10"]["LOCATION"]) == "Valley station"


def test_only_those_with_news_get_a_delta_pack_and_it_is_clean(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        drop(store, NINTH, "V2")
        send(store)
        found = pack(store, 2)
        assert sorted(found) == ["V1.ics", "V1.txt", "V2.ics", "V2.txt"]
        assert found["V2.ics"].count("BEGIN:VEVENT") == found["V2.ics"].count("STATUS:CANCELLED") == 1
        assert lint(*(out_of(store) / "changes").rglob("*.ics")) == ""


def test_the_advice_says_that_opening_twice_may_duplicate_and_that_late_changes_come_by_phone(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        for part in ("may duplicate", "Outlook, calcurse", "4 to 24 hours", "by phone"):
            assert part in words(store, "V1")


def test_a_mail_draft_is_unsent_addressed_and_carries_the_calendar(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True)
        mail = draft(store, "V4")
        assert (mail["X-Unsent"], mail["To"]) == ("1", "v4@example.org")
        assert mail["Subject"] == "Your on-call calendar, January 2027: 1 new"
        body, attached = mail.get_body(), list(mail.iter_attachments())
        assert body is not None and body.get_content().replace("\r\n", "\n") == words(store, "V4")
        assert attached[0].get_content_type() == "text/calendar" and attached[0].get_param("method") == "PUBLISH"
        assert attached[0].get_filename() == "V4.ics"
        assert attached[0].get_payload(decode=True) == (out_of(store) / "calendars" / "V4.ics").read_bytes()


def test_people_without_a_usable_address_are_reported(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.change("Addresses") as session:
            roster.person(session, "V1").email = ""
            roster.person(session, "V2").email = "x@example.org\nBcc: all@example.org"
        assert send(store, eml=True).without_email == ("V1", "V2")
        assert sorted(contents(out_of(store) / "mail")) == ["2027-01-v1/V3.eml", "2027-01-v1/V4.eml"]


@pytest.mark.parametrize(
    "address", ["", "ana", "a b@example.org", "a@b", "a@example.org, b@example.org", "é@example.org"]
)
def test_what_is_no_single_address_is_not_mailed(address: str) -> None:
    assert not can_be_mailed(address)


def test_no_output_but_the_to_line_and_the_duty_sheet_holds_a_phone_or_address(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True, duty_sheet=True)
        move(store, NINTH, "V2", TENTH)
        send(store, eml=True, duty_sheet=True)
        for path, content in contents(out_of(store)).items():
            if path.endswith(".pdf"):
                continue
            text = content
            if path.endswith(".eml"):
                mail = email.message_from_bytes(content, policy=email.policy.default)
                assert str(mail["To"]).endswith("@example.org")
                del mail["To"]
                parts = (part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart())
                text = mail.as_bytes() + b"".join(part for part in parts if isinstance(part, bytes))
            if path.endswith(".xlsx"):
                cells = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
                text = repr(list(cells)).encode()
            assert not re.search(rb"5550177|555-0177|@example\.org", text), path


def test_the_table_is_the_same_in_csv_and_xlsx_with_neutralised_cells(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.change("Odd names") as session:
            roster.person(session, "V1").name = "=HYPERLINK(1)"
            responder(session, "+V7", name='@Ana, "Quote"')
            put(session, TENTH, "+V7")
        send(store)
        text = (out_of(store) / "roster" / "roster-2027-01.csv").read_text(encoding="utf-8-sig").splitlines()
        assert text[0] == "date,weekday,shift,start,end,hours,area,role,tier,person,name,state"
        assert text[1] == (
            "2027-01-09,Sat,night,2027-01-09 18:00,2027-01-10 06:00,12,Valley,lead,,V1,'=HYPERLINK(1),told"
        )
        assert """'+V7,"'@Ana, ""Quote""\"""" in text[3]
        book = load_workbook(out_of(store) / "roster" / "roster-2027-01.xlsx")
        rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
        lines = sheets.read(out_of(store) / "roster" / "roster-2027-01.csv")
        assert [len(rows), rows[1][10]] == [len(lines.rows) + 1, "'=HYPERLINK(1)"]


def test_an_empty_table_still_has_its_header() -> None:
    assert roster_tables([], "2027-01", "UTC")["roster/roster-2027-01.csv"].startswith(
        "\ufeffdate,weekday,shift".encode()
    )


def test_a_shift_that_is_no_whole_number_of_hours_says_so_to_the_hundredth(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.change("Nights end at 04:20") as session:
            session.scalars(select(ShiftTemplate).where(ShiftTemplate.name == "night")).one().end = dt.time(4, 20)
            put(session, TENTH, "V2")
        send(store)
        rows = sheets.read(out_of(store) / "roster" / "roster-2027-01.csv").rows
        assert [row.cells["hours"] for row in rows if row.cells["date"] == "2027-01-10"] == ["10.33"]


def test_names_in_any_script_go_out_whole(tmp_path: Path) -> None:
    names = {"V1": "Արամ, the \\Elder;", "V2": "😀" * 100 + " Z", "V3": "a\r\nb", "V4": "x" * 120}
    with valley(tmp_path) as store:
        with store.change("Names") as session:
            for code, name in names.items():
                roster.person(session, code).name = name
        send(store, eml=True, duty_sheet=True)
        assert lint(*out_of(store).rglob("*.ics")) == ""
        assert str(events(store, "V2")["01-10"]["DESCRIPTION"]).startswith("With: the \\Elder; Ա.\nAs of ")
        with store.read() as session:
            assert session.scalar(select(Responder.name).where(Responder.code == "V2")) == names["V2"]


def test_the_as_of_line_is_local_and_old_where_nothing_changed(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        store.now = dt.datetime(2026, 12, 19, 21, 5, 30, 123, tzinfo=dt.UTC)
        send(store)
        drop(store, NINTH, "V2")
        send(store)
        assert str(events(store, "V3")["01-17"]["DESCRIPTION"]).endswith("As of Sat 19 Dec 2026 14:05")
        assert str(events(store, "V1")["01-10"]["DESCRIPTION"]) == "As of Sat 19 Dec 2026 15:05"
