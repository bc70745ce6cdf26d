"""The duty sheet: phones on request only, in the order to call, readable in any script."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from fpdf import FPDF

from crt_scheduler import roster
from crt_scheduler.places import resource
from crt_scheduler.publish.duty_sheet import NOTICE, phone_words
from crt_scheduler.publish.fonts import add_fonts, close_fonts, is_hard_to_read, readable
from crt_scheduler.publish.printed_page import MOST_LINES, Block, Line, Page, columns
from tests.crt_scheduler.publish.test_publish_build import out_of, put, send, valley

MADE = dt.datetime(2026, 12, 20, 18, 0, tzinfo=dt.UTC)


def page(*letters: str) -> Page:
    return Page(title="Duty sheet", subtitle="", notice=NOTICE, letters=letters, made=MADE)


def block(count: int, area: str = "Valley") -> Block:
    lines = tuple(Line(area if n == 0 else "", f"V{n}", f"Person {n}", "lead", "(213) 555-0100") for n in range(count))
    return Block("Night  18:00-06:00  (12:00 h)", lines)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_duty_sheet_is_made_only_when_asked_for(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        assert not any(name.endswith(".pdf") for name in send(store).files)
        report = send(store, duty_sheet=True)
        assert "duty-sheet-2027-01.pdf" in report.files
        assert (out_of(store) / "duty-sheet-2027-01.pdf").read_bytes().startswith(b"%PDF-1")


def test_the_same_roster_prints_the_same_bytes_and_other_phones_do_not(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store, duty_sheet=True)
        sheet = out_of(store) / "duty-sheet-2027-01.pdf"
        first = sheet.read_bytes()
        sheet.unlink()
        send(store, duty_sheet=True)
        assert sheet.read_bytes() == first
        with store.change("New phone") as session:
            roster.person(session, "V1").phone = "+12135550188"
            put(session, "2027-01-09/night/Valley", "V3", "lead")
        send(store, duty_sheet=True)
        assert sheet.read_bytes() != first


@pytest.mark.parametrize(
    ("phone", "printed"),
    [
        ("+12135550177", "(213) 555-0177"),
        ("+442079460123", "+44 20 7946 0123"),
        ("call the desk", "call the desk"),
        ("", ""),
    ],
)
def test_phones_are_printed_as_people_dial_them(phone: str, printed: str) -> None:
    assert phone_words(phone, "US") == printed


def test_a_date_is_kept_on_one_page_and_a_huge_shift_runs_over_several() -> None:
    made = page()
    for n in range(1, 9):
        made.day(f"Sat {n} Jan 2027", [block(9), block(9), block(2)])
    assert pages(made.to_bytes()) == 3
    made = page()
    made.day("Sat 9 Jan 2027", [block(MOST_LINES * 4)])
    assert pages(made.to_bytes()) == 2


def test_no_line_of_a_shift_is_printed_over_another() -> None:
    made = page()
    made.day("Sat 9 Jan 2027", [block(2), block(2), block(1), block(1)])
    content = made._pdf.pages[1].contents.decode("latin-1")
    found = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", content)
    hairlines = [tuple(float(number) for number in line) for line in found]
    starts, ends, rows = (sorted({line[n] for line in hairlines}) for n in (0, 2, 1))
    made.to_bytes()
    assert (len(hairlines), len(set(hairlines)), len(rows)) == (6, 6, 3)
    assert all(line[0] < line[2] and line[1] == line[3] for line in hairlines)
    assert (len(starts), len(ends)) == (4, 2), "a line that repeats the area above begins beside it"
    assert ends[0] < starts[2], "the left column ends where the right one has not begun"


def test_a_page_begins_with_its_title_and_ends_with_a_quiet_foot_and_its_number() -> None:
    made = page()
    made.day("Sat 9 Jan 2027", [block(1)])
    pdf = made._pdf
    pdf.add_page()
    content = pdf.pages[1].contents.decode("latin-1")
    made.to_bytes()
    found = [(float(x) / pdf.k, pdf.h - float(y) / pdf.k) for x, y in re.findall(r"BT ([\d.]+) ([\d.]+) Td", content)]
    *body, foot, number = found
    assert [round(y, 1) for _, y in body] == [19.6, 31.5, 40.0, 46.2, 50.9, 50.9, 50.9, 50.9]  # the subtitle is empty
    assert {round(y, 1) for _, y in (foot, number)} == {273.2}
    assert foot[0] < 20 and pdf.w - 14 - number[0] < 12, "the number stands at the right margin"
    assert {float(width) for width in re.findall(r"([\d.-]+) w\b", content)} == {0.57}, "hairlines are thin"


def test_blocks_go_to_the_shorter_column_in_order() -> None:
    day, night, clergy = block(9), block(7), block(2)
    assert columns([day, night, clergy]) == ([day], [night, clergy])


def test_letters_that_no_font_shows_give_way_to_the_persons_id(tmp_path: Path) -> None:
    pdf = FPDF()
    missing = add_fonts(pdf, ["Ana ཀ Պետրոսյան ✓"], places=[tmp_path])
    assert missing == {"ཀ"}
    assert readable("Ana ཀ", missing) == "Ana"
    assert [is_hard_to_read(name, missing) for name in ("Ana ཀ", "Արամ", "محمد")] == [True, False, False]
    pdf.add_page()
    pdf.set_font("noto", "", 10)
    pdf.cell(20, 5, "Ana Պետրոսյան ✓")
    assert bytes(pdf.output()).startswith(b"%PDF")
    close_fonts(pdf)


def test_a_font_of_the_system_is_used_and_a_broken_one_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "malgun.ttf").write_bytes(b"no font")
    (tmp_path / "msyh.ttc").mkdir()
    (tmp_path / "NanumGothic.ttf").write_bytes(resource("fonts", "NotoSansMath-Regular.ttf").read_bytes())
    pdf = FPDF()
    assert add_fonts(pdf, ["ཀ"], places=[tmp_path, tmp_path / "none"]) == {"ཀ"}
    assert set(pdf.fonts) == {"noto", "notoB"}
    close_fonts(pdf)


def test_a_name_too_long_is_cut_and_its_id_is_not() -> None:
    made = page("\U0001f9ff")
    made._pdf.set_font("noto", "", 8)
    assert made._fit("A short name", 40) == "A short name"
    cut = made._fit("A very long name " * 9, 40, "V001")
    assert cut.startswith("A very long") and cut.endswith("… V001") and made._pdf.get_string_width(cut) <= 40
    made.to_bytes()
