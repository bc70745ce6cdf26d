"""A file dropped on a page: the one table of people, availability or calls in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


def dropped_file(carried: QMimeData) -> Path | None:
    """Return the single table file that is dragged or dropped, or None if it is something else."""
    urls = carried.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.casefold() in ENDINGS else None


def let_through(part: QWidget) -> None:
    """Let a file that is dropped on a field of a part reach what takes files: a field would take its path as words."""
    for field in (*part.findChildren(QLineEdit), *part.findChildren(QPlainTextEdit)):
        field.setAcceptDrops(False)
        if isinstance(field, QPlainTextEdit):
            field.viewport().setAcceptDrops(False)
