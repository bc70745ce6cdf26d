"""How many small faults, set one at a time into a copy of the code, the tests find (`python -m tests.mutation --help`).

The faults are cosmic-ray's; it is no part of the locks (`pip install cosmic-ray==8.7.0`), and CI does not run this. A
sample is one fault at each of N places drawn by a seed. Each is tried with the tests that ran its function.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

HERE = Path(__file__).resolve().parents[1]
OTHERS = (
    *("alembic.command", "fpdf", "holidays", "icalendar", "matplotlib", "msgspec", "numpy", "openpyxl", "phonenumbers"),
    *("rich.table", "scipy.sparse", "sqlalchemy.dialects.sqlite", "sqlalchemy.orm", "typer.testing"),
)
"""Packages that every run would load anew."""
MOST = 40
"""So many tests are tried on one fault, unless another number is asked for."""
SECONDS = 180
"""A fault that makes the tests run for longer is counted as found by its time."""
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rules": (
        ("solver/rules/*.py",),
        (
            *(f"solver/test_{noun}" for noun in ("prices", "rules", "rule_sentences", "history", "explain")),
            "solver/test_two_faces",
        ),
    ),
    "roster": (
        ("crt_scheduler/roster.py",),
        ("test_roster", "test_roster_seats", "test_roster_many", "test_past", "test_board_changes", "test_cover"),
    ),
    "journal": (
        ("crt_scheduler/journal/*.py", "crt_scheduler/lineage.py", "crt_scheduler/journal_check.py"),
        ("test_journal", "test_lineage", "test_privacy", "test_kept", "test_imports_people"),
    ),
    "hours": (
        ("crt_scheduler/hours/*.py",),
        ("test_hours", "test_hours_totals", "test_hours_pacing", "test_hours_sheets", "test_hours_commands"),
    ),
    "publish": (
        ("crt_scheduler/publish/*.py",),
        (
            *(f"test_publish_{noun}" for noun in ("again", "duty_sheet", "folder", "months", "news", "page")),
            *(f"test_publish_{noun}" for noun in ("placing", "preview", "scripts", "words")),
            *("test_calendars_text", "test_calendars_file"),
        ),
    ),
}
"""The code of a group and the tests that belong to it, those of crt_scheduler without their room."""
Place = tuple[int, int]
END = 10**9
"""The last line of what stands outside functions: it runs when a file is loaded, before any test."""


@dataclass(frozen=True)
class Fault:
    """One change of one place of a file."""

    file: str
    line: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.operator}:{self.occurrence}"


def named(text: str) -> Fault:
    """Return the fault of a name as it was printed for one that survived."""
    file, line, operator, occurrence = text.split(":")
    return Fault(file, int(line), operator, int(occurrence))


def faults(tree: Path, file: str) -> dict[tuple[str, Place, Place], list[Fault]]:
    """Return every fault that can be set into a file, by its place; annotations are never run and are left out."""
    source = (tree / file).read_text(encoding="utf-8")
    unread = [_span(node) for node in _annotations(ast.parse(source))]
    found: dict[tuple[str, Place, Place], list[Fault]] = defaultdict(list)
    nodes = list(ast_nodes(get_ast(source)))
    for name in OperatorProvider():
        if name.startswith("Variable"):
            continue
        operator, occurrence = OperatorProvider()[name](), -1
        for node in nodes:
            for start, end in operator.mutation_positions(node):
                occurrence += 1
                if node.parent.type != "parameters" and not any(a <= start < b for a, b in unread):
                    found[file, start, end].append(Fault(file, start[0], name, occurrence))
    return found


def _annotations(module: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        words = getattr(node, "annotation", None), getattr(node, "returns", None)
        yield from (word for word in words if word is not None)


def _span(node: ast.expr) -> tuple[Place, Place]:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)


def drawn(tree: Path, files: list[str], *, sample: int, seed: int) -> list[Fault]:
    """Return one fault at each of `sample` places of the files; the same seed draws the same."""
    places = {place: kinds for file in files for place, kinds in faults(tree, file).items()}
    chance = random.Random(seed)
    order = chance.sample(sorted(places), len(places))
    picked = (chance.choice(places[place]) for place in order)
    running = list(islice((fault for fault in picked if _runs(tree, fault)), sample))
    print(f"{len(places)} places, {sum(map(len, places.values()))} faults, {len(running)} drawn", flush=True)
    return running


def _mutated(tree: Path, fault: Fault) -> tuple[str, str]:
    source = (tree / fault.file).read_text(encoding="utf-8")
    changed = mutate_code(source, OperatorProvider()[fault.operator](), fault.occurrence)
    return source, changed.replace("CosmicRayTestingException", "ZeroDivisionError")


def _runs(tree: Path, fault: Fault) -> bool:
    try:
        compile(_mutated(tree, fault)[1], fault.file, "exec")
    except (SyntaxError, AttributeError):  # the latter from cosmic-ray, of `except module.Fault`
        return False
    return True


@dataclass(frozen=True)
class Tests:
    """Which tests ran which lines, and how long each took."""

    seconds: dict[str, float]
    ran: dict[str, dict[int, set[str]]]
    """By file and line."""

    def of(self, tree: Path, fault: Fault, *, most: int) -> list[str]:
        """Return the tests that ran the fault's function, those of its line first and the fastest before the slow.

        What stands outside functions ran when the file was loaded: there the tests that ran most of the file are first,
        and all others follow, since a test may read it without running a line.
        """
        lines = self.ran.get(fault.file, {})
        first, last = _function(tree / fault.file, fault.line)
        at = lines.get(fault.line, set()) if last != END else set()
        near = Counter(test for line, tests in lines.items() if first <= line <= last for test in tests)
        covering = near if last == END else Counter[str]()
        return sorted(
            near.keys() | at | (self.seconds.keys() if last == END else set()),
            key=lambda test: (test not in at, -covering[test], self.seconds[test], test),
        )[:most]


def _function(file: Path, line: int) -> Place:
    kinds = ast.FunctionDef, ast.AsyncFunctionDef
    found = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, kinds)]
    around = [node for node in found if node.body[0].lineno <= line <= (node.end_lineno or 0)]
    node = max(around, key=lambda node: node.lineno, default=None)
    return (node.body[0].lineno, node.end_lineno or 0) if node else (0, END)


def measured(tree: Path, files: list[str], tests: list[str]) -> Tests:
    """Run the tests once on the code as it is; all of them must pass, or nothing can be told."""
    options = f"[run]\ninclude = {','.join(files)}\n[json]\nshow_contexts = True\n"
    (tree / "mutation.cfg").write_text(options, encoding="utf-8")
    cover = ["--cov", "--cov-config=mutation.cfg", "--cov-context=test", "--cov-report=json:lines.json"]
    code = _pytest(tree, [*tests, *cover, "--junitxml=times.xml"], seconds=3600)
    if code:
        sys.exit(f"The tests fail on the code as it is ({code}): mend them first.\n{(tree / 'said').read_text()}")
    seconds = {
        case.attrib["classname"].replace(".", "/") + ".py::" + case.attrib["name"]: float(case.attrib["time"])
        for case in ET.parse(tree / "times.xml").iter("testcase")
    }
    return Tests(seconds, _lines(tree, seconds))


def _lines(tree: Path, seconds: dict[str, float]) -> dict[str, dict[int, set[str]]]:
    """Return the tests by file and line; what a setup ran was perhaps for every test of its file."""
    ran: dict[str, dict[int, set[str]]] = {}
    for file, told in json.loads((tree / "lines.json").read_text(encoding="utf-8"))["files"].items():
        lines = ran.setdefault(file, defaultdict(set))
        for line, contexts in told["contexts"].items():
            for context in contexts:
                test, _, phase = context.partition("|")
                mates = [name for name in seconds if name.split("::")[0] == test.split("::")[0]]
                lines[int(line)].update(mates if phase == "setup" else [test] if test in seconds else [])
    return ran


def _pytest(tree: Path, words: list[str], *, seconds: float) -> int | None:
    """Return pytest's exit code, None where it had to be ended.

    A copy of this process runs it, with what others wrote loaded already: that is most of a short test's time.
    """
    run = multiprocessing.get_context("fork").Process(target=_copy_runs, args=(tree, words))
    run.start()
    run.join(seconds)
    if run.exitcode is None and run.pid is not None:
        os.killpg(run.pid, signal.SIGKILL)
        run.join()
        return None
    return run.exitcode


def _copy_runs(tree: Path, words: list[str]) -> None:
    os.setsid()
    with (tree / "said").open("w") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    os.chdir(tree)
    os.environ |= {"PYTHONPATH": str(tree), "QT_QPA_PLATFORM": "offscreen", "CI": "1"}
    sys.path[:] = [str(tree), *(path for path in sys.path if path not in ("", str(HERE)))]
    for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
        del sys.modules[name]
    os._exit(pytest.main(["-x", "-q", "-p", "no:randomly", "-p", "no:xdist", *words]))


def tried(tree: Path, fault: Fault, tests: list[str], *, number: int) -> tuple[str, str]:
    """Set a fault, run the tests, take it back; return what became of it and the lines that differ."""
    source, changed = _mutated(tree, fault)
    if not tests:
        return "survived, no test runs it", _difference(source, changed)
    _write(tree / fault.file, changed, number=2 * number)
    code = _pytest(tree, tests, seconds=SECONDS)
    _write(tree / fault.file, source, number=2 * number + 1)
    fate = {0: "survived", None: "killed by time"}.get(code, "killed")
    return fate, _difference(source, changed)


def _write(file: Path, text: str, *, number: int) -> None:
    """Write a file at a time of its own: Python knows stale bytecode only by the file's second and size."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (10**9 + number, 10**9 + number))


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(f"    {line}" for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def _files(tree: Path, pattern: str) -> list[str]:
    """Return the files that a pattern of a group names; a group that names none would be told as tried, and is not."""
    found = sorted(str(file.relative_to(tree)) for file in tree.glob(pattern))
    return found or sys.exit(f"{pattern} names no file any more: bring GROUPS in tests/mutation.py up to date.")


def group(name: str, *, sample: int, seed: int, skip: int, most: int, only: list[Fault]) -> None:
    """Try a sample of one group's faults, or some by name; print what survived and how many were found."""
    patterns, tests = GROUPS[name]
    with tempfile.TemporaryDirectory(prefix="crt-mutation-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(HERE, tree, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        files = [file for pattern in patterns for file in _files(tree, pattern)]
        here = [f"tests/{test if '/' in test else f'crt_scheduler/**/{test}'}.py" for test in tests]
        paths = [path for test in here for path in _files(tree, test)]
        again = [fault for fault in only if fault.file in files]
        chosen = again if only else drawn(tree, files, sample=sample, seed=seed)[skip:]
        known = measured(tree, files, paths)
        told: Counter[str] = Counter()
        for number, fault in enumerate(chosen):
            fate, difference = tried(tree, fault, known.of(tree, fault, most=most), number=number)
            told[fate] += 1
            if fate != "killed":
                print(f"{fate}: {fault}\n{difference}")
            print(f"{number + 1} tried", end="\r" if sys.stdout.isatty() else "\n", flush=True)
    found = sum(count for fate, count in told.items() if fate.startswith("killed"))
    drawn_by = "by name" if only else f"seed {seed}"
    print(f"{name}, {drawn_by}: {found} of {len(chosen)} found; " + ", ".join(f"{n} {w}" for w, n in told.items()))


def main() -> None:
    """Try the groups that are named, all of them where none is."""
    words = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").split("\n")[0])
    words.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; all where none is named")
    words.add_argument("--sample", type=int, default=60, help="places drawn in each group")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--skip", type=int, default=0, help="so many of them were tried before")
    words.add_argument("--most", type=int, default=MOST, help="tests tried on one fault, those nearest to it first")
    words.add_argument("--only", nargs="+", type=named, default=[], metavar="FAULT", help="these, by the names printed")
    chosen = words.parse_args()
    for package in OTHERS:
        importlib.import_module(package)
    for name in chosen.groups or GROUPS:
        group(name, sample=chosen.sample, seed=chosen.seed, skip=chosen.skip, most=chosen.most, only=chosen.only)


if __name__ == "__main__":
    main()
