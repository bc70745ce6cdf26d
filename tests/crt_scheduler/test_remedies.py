"""What mends a fault: a command to whoever types commands, the page where it is done to whoever sits at the window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crt_scheduler import remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.remedies import Remedy
from tests.translations import ROOT, sentences
from ui.views import VIEWS
from ui.ways import WAYS

ALL = {name: value for name, value in vars(remedies).items() if isinstance(value, Remedy)}
TYPED = re.compile(r"crt-scheduler [a-z]|(?<![\w-])--[a-z]")
ANSWERS_AS_TYPED = (
    "--map ",
    "--word ",
    "--dates {said}",
    "a file of {kind} names no people",
    "lines {listed} name one",
)
"""Faults of options themselves: only who typed one reads them."""


def test_a_fault_says_the_command_to_the_command_line_and_the_page_to_the_window() -> None:
    fault = CrtError("Nobody has the id 'V9'.", remedies.LIST_PEOPLE)
    assert str(fault) == "Nobody has the id 'V9'. List everyone with: crt-scheduler people"
    with remedies.in_window():
        assert str(CrtError("Nobody has the id 'V9'.", remedies.LIST_PEOPLE)) == (
            "Nobody has the id 'V9'. People lists everyone."
        )
    assert fault.remedy is remedies.LIST_PEOPLE and CrtError("No.").remedy is None


@pytest.mark.parametrize("name", ALL)
def test_no_remedy_names_a_command_in_the_window_and_each_place_is_one(name: str) -> None:
    remedy = ALL[name]
    assert not TYPED.search(remedy.shown), remedy.shown
    assert not remedy.place or remedy.place in {*(view.name for view in VIEWS), *WAYS}


def test_no_sentence_of_the_core_names_a_command_but_as_a_remedy() -> None:
    found = [
        (name, words)
        for path in sorted((ROOT / "crt_scheduler").rglob("*.py"))
        if not {"cli", "start"} & set(Path(path).parts) and path.name != "remedies.py"
        for said, name, _ in sentences(path)
        for words in said
        if TYPED.search(words) and not words.lower().startswith(ANSWERS_AS_TYPED)
    ]
    assert found == []
