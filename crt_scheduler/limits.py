"""Every limit on what is read in, with its unit: far above what a team has, far below what would stop the program."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from crt_scheduler import person_fields
from solver.limits import LARGEST_PROBLEM, MOST_MEANT, MOST_PLACES

__all__ = [
    "LARGEST_FILE", "LARGEST_OLD", "LARGEST_PROBLEM", "LAST_ROW", "LETTERS", "LETTERS_ELSEWHERE", "LONGEST_CELL",
    "LONGEST_LABEL", "LONGEST_LINE", "LONGEST_TAG", "MOST_AREAS", "MOST_CELLS", "MOST_COLUMNS", "MOST_DEPTH",
    "MOST_LETTERS", "MOST_MEANT", "MOST_OLD_CELLS", "MOST_OLD_RECORDS", "MOST_OLD_SHEETS", "MOST_PARTS",
    "MOST_PEOPLE", "MOST_PLACES", "MOST_ROWS", "MOST_SECONDS", "MOST_SHARED", "MOST_SHARED_LETTERS", "MOST_STYLES",
    "MOST_TAGS", "MOST_UNPACKED", "letters",
]  # fmt: skip

LARGEST_FILE: Final = 200_000_000
"""Bytes of one file."""
LARGEST_OLD: Final = 20_000_000
"""Bytes of a workbook of Excel before 2007, which is held whole while it is read; 65,536 rows of text take 10 MB."""
MOST_OLD_CELLS: Final = 655_360
"""Cells of such a workbook, empty ones between others counted, and texts that they share: each becomes an object. So
many have ten columns down to the last row."""
MOST_OLD_SHEETS: Final = 1_000
"""Sheets of such a workbook."""
MOST_OLD_RECORDS: Final = 3_000_000
"""Records of such a workbook: cells, styles and everything that is passed over."""
MOST_UNPACKED: Final = 400_000_000
"""Bytes that the parts of a workbook that are read unpack to; they pass through in pieces and are not kept."""
MOST_PARTS: Final = 10_000
"""Parts (sheets, pictures, styles) packed into one workbook."""
MOST_ROWS: Final = 600_000
"""Rows that hold anything; ten years of a large city's calls are 20,000, of its fire department half a million."""
LAST_ROW: Final = 1_048_576
"""The last row Excel has; rows without cells in between cost nothing."""
MOST_COLUMNS: Final = 500
"""Columns of a table."""
MOST_CELLS: Final = 10_000_000
"""Cells of a table, empty ones between others counted; rows are kept packed, a few bytes a cell."""
MOST_LETTERS: Final = 60_000_000
"""Letters of a table in all (beyond ASCII, bytes): what fits packed, twice for a while, in 256 MB of memory."""
MOST_SHARED: Final = 1_200_000
"""Texts that the cells of a workbook share, which are held as they are."""
MOST_SHARED_LETTERS: Final = 24_000_000
"""Letters of those texts in all."""
LONGEST_CELL: Final = 32_767
"""Letters of one cell, which is also the most that Excel keeps."""
LONGEST_LINE: Final = 1_000_000
"""Letters of one line of a CSV file."""
LONGEST_TAG: Final = 1_000_000
"""Bytes of a workbook's part that may pass without one tag or letter in them."""
MOST_TAGS: Final = 4_800_000
"""Tags and texts of a workbook: four a cell, and some for styles."""
MOST_DEPTH: Final = 100
"""Tags inside one another in a part of a workbook; a real sheet has nine."""
MOST_STYLES: Final = 65_490
"""Cell styles of a workbook, as Excel has it."""
MOST_SECONDS: Final = 30.0
"""Seconds of work (not of waiting) that reading one table may take, on the slowest machine: elsewhere the counts above
end it long before, and the same file is refused or read on every machine."""
MOST_PEOPLE: Final = 10_000
"""People in one file."""
MOST_AREAS: Final = 500
"""Areas of a city, and divisions of an area, in one file."""
LONGEST_LABEL: Final = 500
"""Letters of a line of the history; a longer one is cut, and says so with three points."""

LETTERS: Final = MappingProxyType(
    {
        **{field.name: field.letters for field in person_fields.ALL if field.letters},
        "code": 40,
        "note": 1_000,
        "number": 40,
        "call": 48,
        "type": 80,
        "agency": 80,
        "unit": 40,
        "area": 80,
        "division": 80,
        "credential": 80,
        "key": 400,
        "what": 1_000,
        "report_to": 120,
        "source": 300,
        "neighbours": 4_000,
        "responders": 4_000,
        "hard_calls": 4_000,
    }
)
"""Letters of a field a person fills in, by its name."""
LETTERS_ELSEWHERE: Final = 120
"""Letters of any other field: a date, a time, a word of a list."""


def letters(field: str) -> int:
    """Return how many letters a field may have."""
    return LETTERS.get(field, LETTERS["credential"] if field.startswith("credential:") else LETTERS_ELSEWHERE)
