"""A report as PDF: big numbers, plots, tables and remarks, in one calm type that shows names in any script."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from crt_scheduler.publish.fonts import REGULAR, add_fonts, close_fonts, readable, set_in
from crt_scheduler.publish.printed_page import INK, LINE, MARGIN, SOFT
from crt_scheduler.reports import printed_plots
from crt_scheduler.reports.printed import LEFT_UNITS, Column, Figure, Printed, Table, shown
from solver.wording import tr

FOOT, ROW, GAP = 12.0, 4.8, 4.0
CARD = 17.0
"""Height of a card of one figure."""
WIDE_FROM = 9
"""A table of so many columns turns the page."""
SIZE, SMALLEST = 8.0, 5.5


class _Document(FPDF):
    """A letter page with a quiet foot on every page."""

    foot = ""

    def footer(self) -> None:
        """Write what the report is and the page's number."""
        self.set_y(-FOOT + 3)
        self.set_font(REGULAR, "", 7.5)
        self.set_text_color(*SOFT)
        self.cell(self.epw - 20, 4, self.foot)
        self.cell(20, 4, tr("{page_no} / {{nb}}", page_no=self.page_no()), align="R")


def pdf_bytes(report: Printed) -> bytes:
    """Return the report as PDF; the same report is always the same bytes."""
    is_wide = any(len(table.columns) >= WIDE_FROM for table in report.tables)
    pdf = _Document(orientation="landscape" if is_wide else "portrait", format="letter", unit="mm")
    writer = _Writer(pdf, report)
    writer.write()
    content = bytes(pdf.output())
    close_fonts(pdf)
    return content


def _letters(report: Printed) -> Iterator[str]:
    yield from (report.title, report.programme, *report.notes)
    for table in report.tables:
        for row in table.rows:
            yield from (cell for cell in row if isinstance(cell, str))


class _Writer:
    """A report being written, from the top of the first page down."""

    def __init__(self, pdf: _Document, report: Printed) -> None:
        self.pdf, self.report = pdf, report
        self.missing = add_fonts(pdf, _letters(report))
        pdf.set_creation_date(report.made)
        pdf.set_title(tr("{title}, {first} to {last}", title=report.title, first=report.first, last=report.last))
        pdf.set_creator("CRT Scheduler")
        pdf.set_margin(MARGIN)
        pdf.set_auto_page_break(False)
        pdf.foot = readable(
            tr(
                "{title}, {first} to {last}. {programme}",
                title=report.title,
                first=report.first,
                last=report.last,
                programme=report.programme,
            ),
            self.missing,
        )
        pdf.add_page()

    def write(self) -> None:
        """Write everything in order."""
        report = self.report
        self._line(report.title, bold=True, size=16, height=9)
        self._line(f"{report.programme}, {report.period}", size=9.5, height=5, colour=SOFT)
        self.pdf.ln(3)
        self._figures(report.figures)
        self._plots([table for table in report.tables if table.plot and table.rows])
        for table in report.tables:
            self._table(table)
        self._remarks()

    def _line(
        self, words: str, *, bold: bool = False, size: float = SIZE, height: float = ROW,
        colour: tuple[int, int, int] = INK,
    ) -> None:  # fmt: skip
        pdf = self.pdf
        words = readable(words, self.missing)
        set_in(pdf, words, "B" if bold else "", size)
        pdf.set_text_color(*colour)
        pdf.cell(pdf.epw, height, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _figures(self, figures: Sequence[Figure]) -> None:
        pdf = self.pdf
        across = next(n for n in (4, 5, 3) if len(figures) % n == 0 or n == 3)
        width = (pdf.epw - GAP * (across - 1)) / across
        top = pdf.get_y()
        for n, figure in enumerate(figures):
            left, above = MARGIN + n % across * (width + GAP), top + n // across * (CARD + GAP)
            pdf.set_draw_color(*LINE)
            pdf.set_line_width(0.25)
            pdf.rect(left, above, width, CARD, round_corners=True, corner_radius=1.2)
            parts = ((figure.words, "", 8, SOFT), (figure.shown, "B", 14, INK), (figure.note, "", 6.5, SOFT))
            for (words, style, size, colour), down in zip(parts, (1.2, 5.2, 12.0), strict=True):
                pdf.set_font(REGULAR, style, size)
                pdf.set_text_color(*colour)
                pdf.set_xy(left + 1, above + down)
                pdf.cell(width - 2, 5 if style == "" else 6, self._fit(words, width - 2))
        pdf.set_y(top + -(-len(figures) // across) * (CARD + GAP) + 1)

    def _plots(self, tables: Sequence[Table]) -> None:
        pdf = self.pdf
        width = (pdf.epw - GAP) / 2
        height = width * printed_plots.TALL / printed_plots.WIDE
        for n in range(0, len(tables), 2):
            self._need(height + 8)
            top = pdf.get_y()
            for place, table in enumerate(tables[n : n + 2]):
                left = MARGIN + place * (width + GAP)
                pdf.set_xy(left, top)
                pdf.set_font(REGULAR, "B", 8.5)
                pdf.set_text_color(*INK)
                pdf.cell(width, 5, table.title)
                pdf.image(io.BytesIO(printed_plots.bars(table)), x=left, y=top + 5.5, w=width, h=height)
            pdf.set_y(top + height + 8)

    def _table(self, table: Table) -> None:
        pdf = self.pdf
        if not table.rows:
            self._need(14)
            self._line(tr("{title}: none", title=table.title), bold=True, size=10, height=7)
            return
        widths = self._widths(table)
        self._need(8 + 4 * ROW)
        self._line(table.title, bold=True, size=10, height=7)
        self._head(table.columns, widths)
        for row in table.rows:
            if self._need(ROW + 1):
                self._line(tr("{title}, continued", title=table.title), bold=True, size=10, height=7)
                self._head(table.columns, widths)
            words = [shown(cell, column.unit) for cell, column in zip(row, table.columns, strict=True)]
            self._row(words, table.columns, widths)
        if table.note:
            self._words(table.note)
        pdf.ln(4)

    def _widths(self, table: Table) -> list[float]:
        """Return the width of each column: what its words need, the rest shared, narrower where room is short."""
        pdf = self.pdf
        pdf.set_font(REGULAR, "", SIZE)
        needed = []
        for n, column in enumerate(table.columns):
            words = [column.words, *(shown(row[n], column.unit) for row in table.rows)]
            needed.append(max(map(pdf.get_string_width, words)) * 1.06 + 3)
        room = float(pdf.epw)
        if sum(needed) <= room:
            return [each + min(12.0, (room - sum(needed)) / len(needed)) for each in needed]
        return [each * room / sum(needed) for each in needed]

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        self.pdf.set_text_color(*SOFT)
        self._cells([column.words for column in columns], columns, widths, bold=True)

    def _row(self, words: Sequence[str], columns: Sequence[Column], widths: Sequence[float]) -> None:
        self.pdf.set_text_color(*INK)
        self._cells(words, columns, widths)

    def _cells(
        self, words: Sequence[str], columns: Sequence[Column], widths: Sequence[float], *, bold: bool = False
    ) -> None:
        pdf = self.pdf
        top, left = pdf.get_y(), MARGIN
        for each, column, width in zip(words, columns, widths, strict=True):
            pdf.set_xy(left, top)
            set_in(pdf, readable(each, self.missing), "B" if bold else "", SIZE)
            pdf.cell(width, ROW, self._fit(each, width), align="L" if column.unit in LEFT_UNITS else "R")
            left += width
        pdf.set_draw_color(*LINE)
        pdf.set_line_width(0.2)
        pdf.line(MARGIN, top + ROW, MARGIN + sum(widths), top + ROW)
        pdf.set_xy(MARGIN, top + ROW)

    def _fit(self, words: str, width: float) -> str:
        """Return the words, smaller or at last cut where they are too wide for their column."""
        pdf, words = self.pdf, readable(words, self.missing)
        room = width - 2 * pdf.c_margin + 0.1
        while pdf.get_string_width(words) > room and pdf.font_size_pt > SMALLEST:
            pdf.set_font_size(pdf.font_size_pt - 0.25)
        if pdf.get_string_width(words) <= room:
            return words
        while words and pdf.get_string_width(f"{words}…") > room:
            words = words[:-1]
        return f"{words.rstrip()}…"

    def _remarks(self) -> None:
        self._need(24)
        self._line(tr("What this report counts and leaves out"), bold=True, size=10, height=7)
        for note in (*self.report.notes, self.report.left_out):
            self._words(note)
            self.pdf.ln(1)

    def _words(self, words: str) -> None:
        pdf = self.pdf
        pdf.set_font(REGULAR, "", 8)
        lines = -(-pdf.get_string_width(words) // pdf.epw) + 1
        self._need(4 * lines)
        pdf.set_font(REGULAR, "", 8)
        pdf.set_text_color(*SOFT)
        pdf.multi_cell(pdf.epw, 4, readable(words, self.missing), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _need(self, height: float) -> bool:
        """Begin a new page if less than this height is left and the page is not fresh; return whether it did."""
        pdf = self.pdf
        if pdf.get_y() + height <= pdf.h - FOOT or pdf.get_y() <= MARGIN:
            return False
        pdf.add_page()
        return True
