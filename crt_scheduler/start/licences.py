"""docs/licences.md: the licence of every package that the app runs on, as the package itself states it."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCK = "requirements.lock"
PAGE = "docs/licences.md"
ROW = re.compile(r"^\| (?P<name>\S+) \| (?P<version>\d\S*) \| (?P<where>[^|]*) \| (?P<licence>[^|]+) \|$", re.MULTILINE)
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<where>[^\\]+))?", re.MULTILINE)
UNKNOWN = "not stated"
LONGEST = 90  # a longer one is the text of a licence, not its name
HEAD = """\
# Licences

CRT Scheduler itself is under the MIT licence (`LICENSE`); the Noto fonts in `resources/fonts` are under the SIL Open
Font License (`OFL.txt` beside them). It runs on the packages below, which `make run` installs beside it, each from its
own makers and unchanged; no line of theirs lies in this project.

PySide6 and shiboken6 (LGPL 3, chosen of the three they offer) and fpdf2 (LGPL 3) are imported from their own folders in
`.venv`, where anybody may put another version in their place: that is what the LGPL asks, so it does not forbid the MIT
licence. Whoever hands the app on with them inside hands on their licence texts and that right too.

This page is written by `make licences` from what each package says of itself, for the pins of `requirements.lock`; a
row for another Python or another system is kept as the command wrote it there.

| package | version | only where | licence |
|---|---|---|---|
"""


class Pin(NamedTuple):
    """One line of the lock: the package, its version, and where alone it is installed (empty: everywhere)."""

    name: str
    version: str
    where: str


def pins(lock: str) -> list[Pin]:
    """The pins of a lock, in its order."""
    return [Pin(found["name"], found["version"], (found["where"] or "").strip()) for found in PIN.finditer(lock)]


def stated(name: str, version: str) -> str:
    """The licence that an installed package states, or nothing where this version is not installed."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    return licence_of(about) if about["Version"] == version else ""


def licence_of(about: metadata.PackageMetadata) -> str:
    """The SPDX expression, else the classifiers, else a one-line licence field; whole texts are no name."""
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    named = [*(about.get_all("License-Expression") or []), " or ".join(kinds), *(about.get_all("License") or [])]
    return next((words.strip() for words in named if 0 < len(words.strip()) < LONGEST), UNKNOWN)


def page(lock: str, *, kept: Mapping[Pin, str]) -> str:
    """The page for a lock: what is installed states its licence, and for the rest the row that is kept stands."""
    rows = [(pin, stated(pin.name, pin.version) or kept.get(pin, UNKNOWN)) for pin in pins(lock)]
    return HEAD + "".join(f"| {pin.name} | {pin.version} | {pin.where} | {licence} |\n" for pin, licence in rows)


def kept_rows(text: str) -> dict[Pin, str]:
    """The licences that a page already names."""
    return {Pin(row["name"], row["version"], row["where"].strip()): row["licence"] for row in ROW.finditer(text)}


def write(root: Path) -> str:
    """Write the page of the project's lock and return the sentence that says what it holds."""
    target = root / PAGE
    kept = kept_rows(target.read_text(encoding="utf-8")) if target.exists() else {}
    text = page((root / LOCK).read_text(encoding="utf-8"), kept=kept)
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    open_ends = [pin.name for pin, licence in kept_rows(text).items() if licence == UNKNOWN]
    told = f" Not stated, or not installed here: {', '.join(open_ends)}." if open_ends else ""
    return f"{PAGE} names the licences of {len(kept_rows(text))} pins.{told}"


if __name__ == "__main__":
    print(write(Path(__file__).resolve().parent.parent.parent))
