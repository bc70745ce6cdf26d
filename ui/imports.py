"""Python's own import statement, put back where PySide6 has put another in its place."""

from __future__ import annotations

import builtins

import ui


def put_back() -> None:
    """Put Python's own import back, and do so before the records' packages are imported.

    PySide6's reads the source of every module that is imported after it, in search of a switch that we do not use,
    and keeps it all: 32 MB and a quarter of a second for SQLAlchemy, NumPy and the public holidays.
    """
    setattr(builtins, "__import__", ui.plain_import)  # noqa: B010 - to a type checker it is a function for ever
