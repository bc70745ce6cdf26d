"""Every command of the app with words nobody should type: one parameter at a time hostile, the others as usual."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from crt_scheduler import cli
from tests.crt_scheduler.publish.test_publish_build import valley

NOW = "2027-01-05T12:00Z"
MONTHS = ("0001-01", "0000-00", "1900-01", "2200-12", "9999-12", "2027-13", "2027-1", "２０２７-01")
DATES = ("0001-01-01", "1900-01-01", "2200-12-31", "9999-12-31", "2027-02-30", "2027-W01-1", "open", "forever")
INSTANTS = (
    "0001-01-01T00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "9999-12-31 23:59",
    "0001-01-01 00:00",
    "2400",
    "now",
)
SHIFTS = (
    "0001-01-01/night/Valley", "9999-12-31/night/Valley", "1900-01-01/night/Valley", "2200-12-31/night/City",
    "2027-01-09//", "//", "2027-01-09/night/Valley/Valley", "2027-01-09/night/Valley=", "=V1",
)  # fmt: skip
NUMBERS = ("nan", "inf", "-inf", "-1", "0", "1e400", "1e308", "9" * 30, "9223372036854775808", "0x10", "١٢", "1_0")
NAMES = (
    "",
    " ",
    "\n",
    "a\nb",
    "x" * 300,
    "🧑‍🚒" * 40,
    "é\u0301",
    "'; --",
    "%s{0}",
    "[red]",
    "--",
    "-x",
    "V1,V2",
    "=1+1",
)
PATHS = (".", "nowhere/at/all", "/dev/null", "kept.txt", "kept.txt/below", "~", "a?b%25.db")
WORDS = (*MONTHS, *DATES, *INSTANTS, *SHIFTS, *NUMBERS, *NAMES)
"""What is typed where a text is asked for: a command tells only by reading it what it should have been."""
USUAL: dict[str, str] = {
    "acknowledge": "rest", "act": "lock", "area": "Valley", "call": "27-0001", "calls": "700", "code": "V1",
    "codes": "V1", "date": "2027-01-12", "day": "Mon", "debrief": "1", "entries": "1", "expires": "2028-01-01",
    "factor": "1.2", "field": "name=Ana", "fields": "role=lead", "file": "kept.txt", "first": "2027-01-01",
    "folder": "folder",
    "grade": "cannot", "hours": "24", "kind": "meeting", "last": "2027-01-31", "miles": "3", "minutes": "60",
    "month": "2027-01", "months": "24", "name": "Ana", "new": "V4", "number": "1", "old": "V1", "one": "1",
    "other": "3", "out": "out", "path": "kept.txt", "percent": "80", "person": "V1", "pin": "1234",
    "places": "2027-01-09/night/Valley=V1", "rate": "30", "rule": "weekends", "said": "accepted",
    "shift": "2027-01-09/night/Valley", "source": "them", "start": "10:00", "value": "Ana", "work": "1", "year": "2026",
}  # fmt: skip
"""What each parameter is given while another one is hostile."""
OWN: dict[tuple[str, str], str] = {
    ("hard-calls add", "name"): "fire", ("hard-calls remove", "name"): "homicide", ("all-call answer", "said"): "now",
    ("available week", "shift"): "night", ("import", "kind"): "people", ("person set", "field"): "name",
    ("programme set", "field"): "name", ("retention set", "kind"): "calls", ("track-record", "first"): "2026-01",
    ("track-record", "last"): "2026-12", ("credential set", "name"): "CRT Academy", ("stand-down set", "number"): "1",
    ("all-call relief", "start"): "2300", ("availability answered", "people"): "V1",
}  # fmt: skip
ALWAYS: dict[str, tuple[str, ...]] = {
    "solve": ("--work", "1", "--preview"), "publish": ("--preview",),
    "hours log": ("--date", "2027-01-04", "--minutes", "60"),
    "rules set": ("--points", "5"), "call log": ("--area", "Valley", "--type", "homicide"),
    "report year": ("--rate", "30"), "export": ("--redacted",),
}  # fmt: skip
"""Options without which a command only says that they are missing."""
SLOW = {"sample": ("folder", "seed"), "sample-city": ("seed",)}
"""A whole city made by an outlandish number is a whole city all the same: those parameters are left out."""


@dataclass(frozen=True)
class Case:
    """The words of one command, with the parameter that is hostile in them."""

    command: str
    parameter: str
    words: tuple[str, ...]


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its words, with what the command line knows of it."""
    yield from _walk(typer.main.get_command(cli.every_command()), ())


def _walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from _walk(inner, (*words, name))
    else:
        yield " ".join(words), command


def cases(name: str, command: Any) -> Iterator[Case]:
    """One case for each parameter of a command and each hostile value of its kind."""
    given = [parameter for parameter in command.params if parameter.name != "help"]
    for hostile in given:
        if getattr(hostile, "is_flag", False) or hostile.name in SLOW.get(name, ()):
            continue
        for value in _values(hostile):
            yield Case(name, hostile.name, (*name.split(), *_words(name, given, hostile, value)))


def _values(parameter: Any) -> tuple[str, ...]:
    kind = str(parameter.type_descriptor.annotation)
    if "Path" in kind:
        return (*PATHS, "", "x" * 300)
    return NUMBERS if "int" in kind or "float" in kind else WORDS


def _words(name: str, given: list[Any], hostile: Any, value: str) -> Iterator[str]:
    always = ALWAYS.get(name, ())
    for parameter in given:
        is_it = parameter is hostile
        is_asked = is_it or (parameter.required and parameter.opts[0] not in always)
        if parameter.param_type_name == "option" and is_asked:
            yield from (parameter.opts[0], value if is_it else _usual(name, parameter.name))
    skip = hostile.opts[0] if hostile.param_type_name == "option" else ""
    yield from (word for n, word in enumerate(always) if word != skip and (n == 0 or always[n - 1] != skip))
    yield "--"
    for parameter in given:
        if parameter.param_type_name == "argument" and (parameter.required or parameter is hostile):
            yield value if parameter is hostile else _usual(name, parameter.name)


def _usual(name: str, parameter: str) -> str:
    if name.startswith("call ") and parameter == "number":
        return USUAL["call"]
    own = OWN.get((name, parameter))
    return USUAL[parameter] if own is None else own


class Office:
    """A small team's records that are as they were before each case, and a folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with valley(folder) as store:
            self.kept = folder / "kept.db"
            path = store.path
        for words in (("call log", *ALWAYS["call log"]), ("hours log", "V1", "meeting", *ALWAYS["hours log"])):
            name, *rest = words
            code = cli.run(["--database", str(path), "--now", NOW, *name.split(), *rest])
            assert code == 0, f"the office cannot be set up: {words}"
        path.rename(self.kept)
        (folder / "kept.txt").write_text("id,name\nV9,Eve Stone\n", encoding="utf-8")

    def try_out(self, words: tuple[str, ...], *, before: tuple[str, ...] = ()) -> int:
        """Run one command on fresh records, from a folder of its own, and return its exit code."""
        room = self.folder / "room"
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
        shutil.copy(self.kept, room / "team.db")
        shutil.copy(self.folder / "kept.txt", room / "kept.txt")
        with contextlib.chdir(room), _home(room):
            return cli.run(["--database", "team.db", "--now", NOW, "--who", "Mara", *before, *words])


@contextlib.contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Let programs look for a person's own files in a folder of the test."""
    before = os.environ.get("HOME")
    os.environ["HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["HOME"]
        else:
            os.environ["HOME"] = before
