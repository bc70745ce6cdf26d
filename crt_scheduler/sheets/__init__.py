"""Spreadsheets in and out: a CSV, Excel or OpenDocument file as rows of text, and safe cells out."""

from __future__ import annotations

from crt_scheduler.sheets.choosing import Fits, UnclearSheets
from crt_scheduler.sheets.out import Cell, csv_bytes, safe, undated, write, xlsx_bytes
from crt_scheduler.sheets.tab import Merge, Tab
from crt_scheduler.sheets.table import LeftOut, Row, Sheet, letter, packed_rows, read

__all__ = [
    "Cell", "Fits", "LeftOut", "Merge", "Row", "Sheet", "Tab", "UnclearSheets", "csv_bytes", "letter",
    "packed_rows", "read", "safe", "undated", "write", "xlsx_bytes",
]  # fmt: skip
