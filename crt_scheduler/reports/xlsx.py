"""A report as an Excel workbook: figures and remarks on the first sheet, each table on its own, in real numbers."""

from __future__ import annotations

import io
import re
from typing import Any

from crt_scheduler.reports.printed import LEFT_UNITS, Plain, Printed, Table, shown
from crt_scheduler.sheets import safe, undated
from solver.wording import tr

FORMATS = {
    "count": "#,##0",
    "minutes": "[h]:mm",
    "money": '"$"#,##0.00',
    "share": "0.0%",
    "wait": '0" min"',
    "date": "yyyy-mm-dd",
}
WIDEST = 60
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def xlsx_bytes(report: Printed) -> bytes:
    """Return the report as a workbook; the same report is always the same bytes."""
    from openpyxl import Workbook  # takes a quarter of a second that other forms need not wait

    book = Workbook()
    page: Any = book.active
    page.title = tr("Figures")
    _figures(page, report)
    taken = {tr("Figures")}
    for table in report.tables:
        _table(book.create_sheet(_name(table.title, taken)), table)
    made = io.BytesIO()
    book.save(made)
    return undated(made.getvalue())


def _name(title: str, taken: set[str]) -> str:
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    taken.add(name)
    return name


def _figures(page: Any, report: Printed) -> None:
    from openpyxl.styles import Alignment, Font

    page.append([_safe(report.title), _safe(report.programme)])
    page.append([tr("From"), report.first, tr("To"), report.last])
    page["A1"].font = Font(bold=True, size=14)
    page.append([])
    page.append([tr("Figure"), tr("Value"), tr("Remark")])
    for cell in page[4]:
        cell.font = Font(bold=True)
    for figure in report.figures:
        page.append([_safe(figure.words), None, _safe(figure.note)])
        _put(page.cell(page.max_row, 2), figure.value, figure.unit)
    page.append([])
    for note in (*report.notes, report.left_out):
        page.append([_safe(note)])
        page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=4)
        page.cell(page.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[page.max_row].height = 15 * (1 + len(note) // 95)
    for letter, width in zip("ABCD", (30, 18, 44, 14), strict=True):
        page.column_dimensions[letter].width = width


def _table(page: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.append([_safe(column.words) for column in table.columns])
    page.freeze_panes = "A2"
    for n, column in enumerate(table.columns, start=1):
        head = page.cell(1, n)
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="left" if column.unit in LEFT_UNITS else "right")
        words = [column.words, *(shown(row[n - 1], column.unit) for row in table.rows)]
        page.column_dimensions[get_column_letter(n)].width = min(WIDEST, 3 + max(map(len, words)))
    for r, row in enumerate(table.rows, start=2):
        for n, (cell, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            _put(page.cell(r, n), cell, column.unit)
    if table.note:
        page.cell(len(table.rows) + 3, 1, _safe(table.note))


def _put(cell: Any, value: Plain, unit: str) -> None:
    """Write one value as a number of its unit; a spreadsheet keeps hours as fractions of a day, money in dollars."""
    if isinstance(value, str):
        cell.value = _safe(value)
        return
    if isinstance(value, int | float) and unit == "minutes":
        cell.value = value / 1440
    elif isinstance(value, int | float) and unit == "money":
        cell.value = value / 100
    else:
        cell.value = value
    cell.number_format = FORMATS.get(unit, "General")


def _safe(words: str) -> Any:
    return safe(_CONTROL.sub("", words))
