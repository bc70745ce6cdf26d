"""Each fault that was found by trying has a drill or a test by its name, and none of those is only named."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, cast

import pytest

from tests.drills import company, disks, flips, kills, power, replaced
from tests.drills.faults import FAULTS, Found
from tests.drills.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
BY_THE_CLOCK = re.compile(r"\bsleep\(|\.wait\(\d|\btimeout=\d")


def drills(place: Path) -> set[str]:
    """Return the name of every drill, holding none of them."""
    tally, nobody = Tally(seed=1, is_short=True, only="none of them"), cast("Any", None)
    lessons = kills.Lessons(nobody)
    kills.drill_all(lessons, tally, has_library=True)
    power.drill_all(lessons, tally, place, has_library=True)
    disks.drill_all(lessons, tally, place)
    for drill in (replaced, company, flips):
        drill.drill_all(nobody, tally)
    return set(tally.belongs)


def names_in(file: Path) -> set[str]:
    """Return the names of the functions of a file."""
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_fault_that_was_found_has_a_drill_or_a_test() -> None:
    assert [fault.number for fault in FAULTS] == list(range(1, 16))
    assert all(fault.drills or fault.tests for fault in FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.number))
def test_what_a_fault_is_held_by_is_there(fault: Found, tmp_path: Path) -> None:
    assert set(fault.drills) <= drills(tmp_path)
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert name in names_in(ROOT / file), f"{test} is gone: name what holds fault {fault.number} now"


def test_every_drill_is_there_for_a_fault_or_for_company(tmp_path: Path) -> None:
    named = {name for fault in FAULTS for name in fault.drills}
    assert drills(tmp_path) - named == {company.TWO, company.CLOCK}


def test_no_test_waits_for_a_fixed_time_or_gives_up_soon() -> None:
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__).resolve()]
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if BY_THE_CLOCK.search(line)
    ]
    assert not found, f"wait for what must come, as long as tests.patience says: {found}"
