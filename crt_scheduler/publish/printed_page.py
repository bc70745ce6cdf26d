"""A printed page of shifts: dates as headings, two shifts side by side, hairlines and one calm type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from crt_scheduler.publish.fonts import REGULAR, add_fonts, close_fonts, is_hard_to_read, readable, set_in
from solver.wording import mark, tr

MARGIN, GAP, ROW, FOOT = 14.0, 8.0, 4.7, 12.0
"""Millimetres."""
INK, SOFT, LINE, DATE_FILL, WARNING = (23, 26, 33), (91, 98, 112), (225, 228, 233), (236, 238, 241), (138, 83, 0)
"""The light palette's Text, secondary, hairline, rail and warning."""
NO_PHONE = mark("no phone")
AREA, POST, PHONE = 15.0, 22.0, 24.0
"""Widths of columns; the name takes what is left."""
SIZE, SMALLEST = 8.25, 6.5
MOST_LINES = 40
"""Lines of one shift that stay together; a page holds 50."""


@dataclass(frozen=True)
class Line:
    """One person on a shift; the area is empty where it repeats the line above."""

    area: str
    person: str
    name: str
    post: str
    phone: str


@dataclass(frozen=True)
class Block:
    """One shift: its heading and its people in order."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Millimetres it takes."""
        return (len(self.lines) + 1) * ROW + 3

    def pieces(self) -> list[Block]:
        """Return the shift in pieces that fit on a page."""
        if len(self.lines) <= MOST_LINES:
            return [self]
        rest = Block(self.heading, self.lines[MOST_LINES:])
        return [Block(self.heading, self.lines[:MOST_LINES]), *rest.pieces()]


def columns(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Deal blocks to two columns, each to the shorter one, in order."""
    left: list[Block] = []
    right: list[Block] = []
    for block in blocks:
        (left if _height(left) <= _height(right) else right).append(block)
    return left, right


def _height(blocks: Iterable[Block]) -> float:
    return sum(block.height for block in blocks)


class _Document(FPDF):
    """A letter page with a quiet foot on every page."""

    foot = ""

    def footer(self) -> None:
        """Write what the sheet is and the page's number."""
        self.set_y(-FOOT + 3)
        self.set_font(REGULAR, "", 7.5)
        self.set_text_color(*SOFT)
        self.cell(self.epw / 2, 4, self.foot)
        self.cell(self.epw / 2, 4, tr("{page_no} / {{nb}}", page_no=self.page_no()), align="R")


class Page:
    """A document being written, date after date; `to_bytes` ends it."""

    def __init__(self, *, title: str, subtitle: str, notice: str, letters: Iterable[str], made: dt.datetime) -> None:
        self._pdf = _Document(format="letter", unit="mm")
        self._missing = add_fonts(self._pdf, letters)
        self._pdf.set_creation_date(made)
        self._pdf.set_title(title)
        self._pdf.set_creator("CRT Scheduler")
        self._pdf.set_margin(MARGIN)
        self._pdf.set_auto_page_break(False)
        self._pdf.foot = readable(f"{title}. {notice}", self._missing)
        self._pdf.add_page()
        self._head(title, subtitle, notice)

    def _head(self, title: str, subtitle: str, notice: str) -> None:
        pdf = self._pdf
        for words, style, size, colour, height in (
            (title, "B", 15, INK, 8),
            (subtitle, "", 9, SOFT, 5),
            (notice, "B", 9.75, WARNING, 7),
        ):
            words = readable(words, self._missing)
            set_in(pdf, words, style, size)
            pdf.set_text_color(*colour)
            pdf.cell(pdf.epw, height, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.ln(2)

    def day(self, heading: str, blocks: Sequence[Block]) -> None:
        """Add a date and its shifts in two columns; a date that fits on a page is kept together."""
        pieces = [piece for block in blocks for piece in block.pieces()]
        whole = max(map(_height, columns(pieces)), default=0.0)
        fits = whole + 8 <= self._pdf.h - MARGIN - FOOT
        groups = [pieces] if fits else [pieces[n : n + 2] for n in range(0, len(pieces), 2)]
        for number, group in enumerate(groups):
            dealt = columns(group)
            height = max(map(_height, dealt), default=0.0)
            if self._need(height + 8) or number == 0:
                self._date(heading if number == 0 else tr("{heading}, continued", heading=heading))
            self._columns(dealt, height)
        self._pdf.ln(1.5)

    def _columns(self, dealt: tuple[list[Block], list[Block]], height: float) -> None:
        top = self._pdf.get_y()
        for column, blocks in enumerate(dealt):
            below = top
            for block in blocks:
                self._block(block, MARGIN + column * (self._width + GAP), below)
                below += block.height
        self._pdf.set_y(top + height)

    @property
    def _width(self) -> float:
        return float((self._pdf.epw - GAP) / 2)

    def _need(self, height: float) -> bool:
        """Begin a new page if less than this height is left and the page is not fresh; return whether it did."""
        pdf = self._pdf
        if pdf.get_y() + height <= pdf.h - FOOT or pdf.get_y() <= MARGIN:
            return False
        pdf.add_page()
        return True

    def _date(self, words: str) -> None:
        pdf = self._pdf
        pdf.set_font(REGULAR, "B", 9.75)
        pdf.set_text_color(*INK)
        pdf.set_fill_color(*DATE_FILL)
        pdf.cell(pdf.epw, 6, f" {words}", fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        pdf.ln(1)

    def _block(self, block: Block, left: float, top: float) -> None:
        pdf = self._pdf
        pdf.set_xy(left, top)
        heading = readable(block.heading, self._missing)
        set_in(pdf, heading, "B", SIZE)
        pdf.set_text_color(*SOFT)
        pdf.cell(self._width, ROW, self._fit(heading, self._width))
        for number, line in enumerate(block.lines, start=1):
            self._line(line, left, top + number * ROW)

    def _line(self, line: Line, left: float, top: float) -> None:
        pdf = self._pdf
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.2)
        pdf.line(left + (0 if line.area else AREA), top, left + self._width, top)
        cells = (
            (readable(line.area, self._missing), AREA, "", SOFT, "L"),
            (line.name, self._width - AREA - POST - PHONE, "B", INK, "L"),
            (line.post, POST, "", SOFT, "L"),
            (line.phone or tr(NO_PHONE), PHONE, "", INK if line.phone else WARNING, "R"),
        )
        pdf.set_xy(left, top)
        for words, width, style, colour, align in cells:
            code = line.person if words is line.name and is_hard_to_read(words, self._missing) else ""
            shown = readable(words, self._missing)
            set_in(pdf, f"{shown} {code}".strip(), style, SIZE)
            pdf.set_text_color(*colour)
            pdf.cell(width, ROW, self._fit(shown, width, code), align=align)

    def _fit(self, words: str, width: float, code: str = "") -> str:
        """Return the words, smaller or at last cut where they are too wide for their column, the code never cut."""
        pdf = self._pdf
        room = width - 2 * pdf.c_margin + 0.1
        after = f" {code}" if code else ""
        while pdf.get_string_width(words + after) > room and pdf.font_size_pt > SMALLEST:
            pdf.set_font_size(pdf.font_size_pt - 0.25)
        if pdf.get_string_width(words + after) <= room:
            return (words + after).strip()
        while words and pdf.get_string_width(f"{words}…{after}") > room:
            words = words[:-1]
        return f"{words.rstrip()}…{after}"

    def to_bytes(self) -> bytes:
        """Return the finished PDF."""
        content = bytes(self._pdf.output())
        close_fonts(self._pdf)
        return content
