"""Counting the lines that run: none of those that the window's tests run, so that a line counts where it is tested."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PROGRAMS = "COVERAGE_PROCESS_CONFIG"
"""What tells the programs that a test starts to count their lines, too."""


@contextmanager
def uncounted() -> Iterator[None]:
    """Count no lines for a while, here and in the programs that are started; where none are counted, do nothing."""
    counter = sys.modules["coverage"].Coverage.current() if "coverage" in sys.modules else None
    if counter is None:
        yield
        return
    told = os.environ.pop(PROGRAMS, None)
    counter.stop()
    try:
        yield
    finally:
        if told is not None:
            os.environ[PROGRAMS] = told
        counter.start()
