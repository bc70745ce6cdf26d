"""Where the tests' files lie: in memory where they fit, and wherever somebody says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import scratch


def test_a_folder_that_is_not_there_or_too_small_is_none_to_keep_files_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not scratch.fits(tmp_path / "gone")
    monkeypatch.setattr(scratch, "ROOM", 1 << 62)
    assert not scratch.fits(tmp_path)


def test_the_folder_that_somebody_named_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    scratch.keep_in_memory()
    assert os.environ["TMPDIR"] == str(tmp_path)
