"""A report as CSV: its figures first, then each table under its title, with an empty line between them."""

from __future__ import annotations

import csv
import io

from crt_scheduler.reports.printed import Printed, shown
from crt_scheduler.sheets import Cell, safe
from solver.wording import tr


def csv_bytes(report: Printed) -> bytes:
    """Return the report as CSV in UTF-8 with a byte order mark, for Excel; the same report is always the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in lines(report):
        writer.writerow([safe(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def lines(report: Printed) -> list[list[Cell]]:
    """Return the lines: what it is, the figures, the tables, the remarks."""
    found: list[list[Cell]] = [
        [report.title, report.programme],
        [tr("From"), report.first.isoformat(), tr("To"), report.last.isoformat()],
        [],
        [tr("Figure"), tr("Value"), tr("Remark")],
    ]
    found += [[figure.words, figure.shown, figure.note] for figure in report.figures]
    for table in report.tables:
        found += [[], [table.title], [column.words for column in table.columns]]
        found += [
            [shown(cell, column.unit) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
        ]
        if table.note:
            found.append([table.note])
    found += [[], [tr("Remarks")]]
    found += [[note] for note in (*report.notes, report.left_out)]
    return found
