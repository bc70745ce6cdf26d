"""The page of licences is what its command writes, and no licence on it forbids a project under the MIT licence."""

from __future__ import annotations

import re
from email.message import Message
from pathlib import Path

import pytest

from crt_scheduler.start import licences
from crt_scheduler.start.door import ROOT

FREE = re.compile(
    r"(?:MIT(?:-0|-CMU)?|0?BSD(?:-[23]-Clause)?|3-Clause BSD|Apache(?:-2\.0| Software| License 2\.0)?|PSF-2\.0"
    r"|Python Software Foundation|ISC|Zlib|CC0-1\.0|MPL-2\.0|LGPL-3\.0-only)(?: License)?(?: \(ISCL\))?"
)


def committed() -> str:
    """The page as it lies in the project."""
    return (ROOT / licences.PAGE).read_text(encoding="utf-8")


def lock() -> str:
    """The lock of what the app runs on."""
    return (ROOT / licences.LOCK).read_text(encoding="utf-8")


def is_free(licence: str) -> bool:
    """Whether one of the licences that are offered, with all that go with it, lets an MIT project use the package."""
    offers = re.split(r" OR | or ", licence)
    return any(all(FREE.fullmatch(part) for part in offer.split(" AND ")) for offer in offers)


def test_the_page_of_licences_is_what_its_command_writes_for_the_lock() -> None:
    stated = {pin: licences.stated(pin.name, pin.version) for pin in licences.pins(lock())}
    differing = [pin.name for pin, licence in stated.items() if not licence and not pin.where]
    if differing:
        pytest.skip(f"other versions than the lock's are installed: {', '.join(differing)}")
    assert licences.page(lock(), kept=licences.kept_rows(committed())) == committed()


def test_every_pin_of_the_lock_has_a_licence_that_lets_an_mit_project_use_it() -> None:
    rows = licences.kept_rows(committed())
    assert list(rows) == licences.pins(lock()) and len(rows) > 40
    assert {pin.name: licence for pin, licence in rows.items() if not is_free(licence)} == {}


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0", "MIT AND GPL-2.0-only", "Proprietary", "not stated"])
def test_a_licence_that_forbids_it_or_is_not_stated_would_be_seen(licence: str) -> None:
    assert not is_free(licence)
    assert is_free(f"{licence} OR MIT")


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        (
            {
                "License-Expression": "MIT",
                "License": "The text",
                "Classifier": "License :: OSI Approved :: BSD License",
            },
            "MIT",
        ),
        ({"License": "Dual License", "Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
        ({"License": "Apache 2.0", "Classifier": "Topic :: Office"}, "Apache 2.0"),
        ({"License": "A whole text " * 20}, "not stated"),
        ({}, "not stated"),
    ],
)
def test_a_licence_is_named_by_its_expression_then_its_classifiers_then_its_short_name(
    fields: dict[str, str], licence: str
) -> None:
    about = Message()
    for name, words in fields.items():
        about[name] = words
    assert licences.licence_of(about) == licence


def test_the_row_of_another_system_is_kept_and_a_new_pin_is_told(tmp_path: Path) -> None:
    (tmp_path / licences.LOCK).write_text(
        "no-such-package==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nno-other==2.0\n", encoding="utf-8"
    )
    (tmp_path / "docs").mkdir()
    row = "| no-such-package | 1.0 | sys_platform == 'win32' | MIT |\n"
    (tmp_path / licences.PAGE).write_text(row, encoding="utf-8")
    assert licences.write(tmp_path).endswith("of 2 pins. Not stated, or not installed here: no-other.")
    assert row in (tmp_path / licences.PAGE).read_text(encoding="utf-8")


def test_the_project_names_its_own_licence() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert re.search(r'^license = "MIT"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
