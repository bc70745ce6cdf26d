"""The duty sheet as it lies on the table: who stands where, with which phone, in which order, and what is cut."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crt_scheduler import times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.places import resource
from crt_scheduler.publish import printed_page
from crt_scheduler.publish.duty_sheet import Sheet, duty_sheet
from crt_scheduler.publish.fonts import close_fonts
from crt_scheduler.publish.printed_page import MOST_LINES, SIZE, SMALLEST, Block, Line, Page

GOLDEN = Path(__file__).parents[2] / "golden" / "duty-sheet.txt"
MADE = dt.datetime(2026, 12, 20, 18, 0, tzinfo=dt.UTC)
ZONE = times.Zone("America/Los_Angeles")
DAY, NIGHT, ALL_DAY = (14, 12), (26, 12), (14, 24)
"""Hours after midnight of 9 January, in UTC, at which a shift begins, and its length."""
PHONES = {"V1": "+12135550177", "V2": "+442079460123", "V5": "call the desk"}


@dataclass(frozen=True)
class Cell:
    """Words on the paper: page, millimetres from the left and the top, type and colour."""

    page: int
    x: float
    y: float
    width: float
    height: float
    style: str
    size: float
    colour: str
    align: str
    fill: bool
    words: str


@dataclass
class Paper:
    """Everything that was drawn on a document."""

    cells: list[Cell]
    hairlines: list[tuple[int, float, float, float]]

    def body(self) -> list[Cell]:
        """Return what is written above the foot of each page."""
        return [cell for cell in self.cells if cell.size != 7.5]

    def words(self) -> list[str]:
        """Return the words above the foot of each page, in the order they were written in."""
        return [cell.words for cell in self.body()]

    def people(self) -> list[tuple[str, str, str, str]]:
        """Return each line: area, name, post and phone."""
        starts = [n for n, cell in enumerate(self.cells) if cell.width == printed_page.AREA]
        area, name, post, phone = ([self.cells[n + column].words for n in starts] for column in range(4))
        return list(zip(area, name, post, phone, strict=True))


def hexed(parts: Iterable[float]) -> str:
    """Return a colour as palettes write it."""
    return "#" + "".join(f"{round(part):02X}" for part in parts)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Iterator[Paper]:
    """What a document is asked to draw while it is drawn."""
    seen = Paper([], [])
    begun = []

    class Watched(printed_page._Document):
        def __init__(self, *given: Any, **asked: Any) -> None:
            super().__init__(*given, **asked)
            begun.append(self)

        def cell(self, *given: Any, **asked: Any) -> Any:
            (width, height, words), ink = given, self.text_color
            assert ink is not None
            seen.cells.append(
                Cell(
                    self.page_no(), round(self.get_x(), 1), round(self.get_y(), 1), round(width, 1), height,
                    self.font_style, round(self.font_size_pt, 2), hexed(255 * part for part in ink.colors),
                    asked.get("align", "L"), asked.get("fill", False), words,
                )
            )  # fmt: skip
            return super().cell(*given, **asked)

        def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
            assert y1 == y2
            seen.hairlines.append((self.page_no(), round(x1, 1), round(x2, 1), round(y1, 1)))
            super().line(x1, y1, x2, y2)

    monkeypatch.setattr(printed_page, "_Document", Watched)
    yield seen
    for document in begun:
        close_fonts(document)


def row(person: str, name: str, area: str, role: str, *, tier: str = "", template: str = "night", date: int = 9,
        hours: tuple[int, int] = NIGHT) -> AssignmentRow:  # fmt: skip
    """One person on a shift of January."""
    start = dt.datetime(2027, 1, date, tzinfo=dt.UTC) + dt.timedelta(hours=hours[0])
    day = dt.date(2027, 1, date)
    end = start + dt.timedelta(hours=hours[1])
    return AssignmentRow(0, "", day, template, area, role, tier, person, name, start, end, "told", False)


ROWS = (
    row("V6", "Fay Ito", "West", "responder", template="day", date=10, hours=DAY),
    row("C2", "Rev. Ruth Adler", "City", "clergy", tier="backup", template="24h", hours=ALL_DAY),
    row("V4", "Dov Katz", "City", "duty_lead"),
    row("V3", "Carla Nguyen", "West", "lead"),
    row("V2", "Ben Kowalski", "Valley", "responder"),
    row("C1", "Rabbi Noam Levi", "City", "clergy", tier="primary", template="24h", hours=ALL_DAY),
    row("V1", "Ana Ruiz", "Valley", "lead"),
    row("V5", "Eve Okoro ཀ", "Valley", "trainee", template="day", hours=DAY),
)


def sheet(rows: tuple[AssignmentRow, ...] = ROWS, phones: Mapping[str, str] = PHONES) -> bytes:
    """Return January's duty sheet, its third version."""
    about = Sheet(programme="CRT on call", month="2027-01", version=3, published=MADE, zone=ZONE, country="US")
    return duty_sheet(rows, phones, about)


def drawn(*sizes: int) -> Page:
    """Return an empty page on which dates with shifts of so many people can be drawn."""
    made = Page(title="Duty sheet", subtitle="", notice="", letters=(), made=MADE)
    if sizes:
        made.day("Sat 9 Jan 2027", blocks(*sizes))
    return made


def blocks(*sizes: int) -> list[Block]:
    """Return shifts of so many people."""
    people = [Line("", f"V{n}", f"Name {n}", "lead", "1") for n in range(max(sizes))]
    return [Block(f"Shift {n} of {size}", tuple(people[:size])) for n, size in enumerate(sizes)]


def test_the_duty_sheet_names_everybody_in_the_order_to_call_them_with_the_phone_to_dial(paper: Paper) -> None:
    sheet()
    assert paper.people() == [
        ("Valley", "Eve Okoro V5", "trainee", "call the desk"),
        ("City", "Rabbi Noam Levi", "clergy primary", "no phone"),
        ("", "Rev. Ruth Adler", "clergy backup", "no phone"),
        ("Valley", "Ana Ruiz", "lead", "(213) 555-0177"),
        ("", "Ben Kowalski", "responder", "+44 20 7946 0123"),
        ("West", "Carla Nguyen", "lead", "no phone"),
        ("City", "Dov Katz", "duty lead", "no phone"),
        ("West", "Fay Ito", "responder", "no phone"),
    ]


def test_the_duty_sheet_says_of_which_month_version_and_time_it_is_and_when_each_shift_is(paper: Paper) -> None:
    sheet()
    headings = [cell.words for cell in paper.cells if cell.style == "B" and cell.align == "L" and cell.height != 4.7]
    assert headings == [
        "Duty sheet, January 2027",
        "Contains phone numbers. Made on request for the duty lead; do not publish.",
        " Sat 9 Jan 2027",
        " Sun 10 Jan 2027",
    ]
    assert paper.words()[1] == "CRT on call, version 3, published Sun 20 Dec 2026 10:00"
    assert [words for words in paper.words() if "  " in words] == [
        "Day  06:00-18:00  (12:00 h)",
        "24h  06:00-06:00  (24:00 h)",
        "Night  18:00-06:00  (12:00 h)",
        "Day  06:00-18:00  (12:00 h)",
    ]


def test_the_sheet_is_laid_out_as_it_was_designed(paper: Paper) -> None:
    sheet()
    cells = [
        f"{c.page} {c.x:5} {c.y:5} {c.width:5} {c.height:4} {c.style or '-'} {c.size:5} {c.colour} {c.align} "
        f"{'filled' if c.fill else '-':6} {c.words}".rstrip()
        for c in paper.cells
    ]
    lines = [f"{number} {left:5} {right:5} {top:5}" for number, left, right, top in paper.hairlines]
    assert [*cells, "", *lines] == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_paper_has_the_colours_of_the_light_palette() -> None:
    colours = json.loads(resource("palettes", "light.json").read_text(encoding="utf-8"))["colours"]
    roles = ("text", "secondary", "hairline", "rail", "warning")
    printed = (printed_page.INK, printed_page.SOFT, printed_page.LINE, printed_page.DATE_FILL, printed_page.WARNING)
    assert [hexed(parts) for parts in printed] == [colours[role] for role in roles]


def test_a_shift_goes_to_the_column_that_is_shorter_and_to_the_left_one_where_they_are_alike(paper: Paper) -> None:
    drawn(2, 2, 1, 3)
    top, below = 36.0 + 7, round(36 + 7 + 3 * printed_page.ROW + 3, 1)
    found = [(cell.x < 100, cell.y) for cell in paper.cells if cell.words.startswith("Shift")]
    assert found == [(True, top), (True, below), (False, top), (False, below)]


def test_a_date_begins_on_a_new_page_only_where_it_does_not_fit_on_what_is_left(paper: Paper) -> None:
    made = drawn(*[10] * 4)
    left = made._pdf.h - printed_page.FOOT - made._pdf.get_y() - 8
    fits = int((left - 3) / printed_page.ROW) - 1
    for people, number in ((fits, 1), (1, 2)):
        made.day(f"Of {people}", blocks(people))
        assert [cell.page for cell in paper.cells if cell.words == f" Of {people}"] == [number]
    made.day("Of many", blocks(MOST_LINES, MOST_LINES, 20, 20))
    assert [(cell.page, cell.words) for cell in paper.cells if "Of many" in cell.words] == [
        (2, " Of many"), (3, " Of many, continued"),
    ]  # fmt: skip


@pytest.mark.parametrize(("people", "pages"), [(MOST_LINES, 1), (2 * MOST_LINES, 1), (2 * MOST_LINES + 1, 1), (200, 3)])
def test_a_shift_of_more_people_than_a_page_holds_goes_on_under_its_heading_and_misses_nobody(
    paper: Paper, people: int, pages: int
) -> None:
    drawn(people)
    assert sorted(name for _, name, _, _ in paper.people()) == sorted(f"Name {n}" for n in range(people))
    assert {cell.page for cell in paper.cells} == set(range(1, pages + 1))
    assert max(cell.y + cell.height for cell in paper.body()) <= 279.4 - printed_page.FOOT
    assert len([cell for cell in paper.cells if cell.words.startswith("Shift")]) == -(-people // MOST_LINES)


def test_a_long_name_is_set_smaller_before_it_is_cut_and_keeps_its_column(paper: Paper) -> None:
    names = ("Ana Ruiz", "Maximiliana Fitz-Ruiz", "Bartholomea Fitzgerald-Ruiz y Santamaria de la Vega")
    lines = tuple(Line("Valley", f"V{n}", name, "lead", "(213) 555-0100") for n, name in enumerate(names))
    drawn().day("Sat 9 Jan 2027", [Block("Night", lines)])
    short, small, cut = (next(cell for cell in paper.cells if cell.words[:6] == name[:6]) for name in names)
    assert (short.size, short.words) == (SIZE, names[0])
    assert (SMALLEST < small.size < SIZE, small.words) == (True, names[1])
    assert cut.size == SMALLEST and cut.words.endswith("…") and names[2].startswith(cut.words[:-1])
    assert len({(cell.x, cell.width) for cell in (short, small, cut)}) == 1
