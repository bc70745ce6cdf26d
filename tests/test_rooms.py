"""The house: which room may import what, what importing a room may load, and what no committed file may name."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crt_scheduler", "solver", "ui", "resources")
FRONT_DOOR = "crt_scheduler/__main__.py"
FIRST_STEP = "crt_scheduler/start/"

# A room, and the rooms it may import: strictly one way.
MAY_IMPORT = {
    "ui": {"ui", "crt_scheduler", "solver", "resources"},
    "crt_scheduler": {"crt_scheduler", "solver", "resources"},
    "solver": {"solver"},
    "resources": {"resources"},
}

# The rooms of each top-level folder, a folder or a file that lies in none, from the ground up. One may import those
# before it and itself, wherever the import stands: a new room takes its place above all that it asks.
FLOORS: dict[str, tuple[str, ...]] = {
    "crt_scheduler": (
        # the ground: words, and what this machine gives
        "__init__", "start", "remedies", "errors", "act", "safety", "file_field", "person_fields", "limits", "lines",
        "progress", "frozen_rows", "places", "language", "folder_lock", "held", "last_out", "moment", "packed",
        "public_holidays", "call_numbers", "version",
        # times and texts, and files as they are read and written
        "times", "texts", "dates", "database_path", "disk", "heard", "child", "asked_solver", "reading",
        "records_guard", "written", "writing", "sheets",
        # the records, and the programme in them
        "tables", "migrations", "layout", "lineage", "remembered", "journal", "news", "journal_check",
        "looked", "kept", "new_rows", "plain_rows", "backups", "sqlite_engine", "strange_log", "same_file", "store",
        "programmes", "new_team",
        # the month: its roster, calls and hours, and the planner
        "roster", "roster_many", "pins", "month_answers", "availability", "fairness", "responders", "demand", "hours",
        "call_words", "call_names", "care", "calls", "call_out", "frame", "team", "planning", "settings",
        # what comes in from files and is edited like them, and the forecast held against what came
        "imports", "people", "truth", "sample",
        # what goes out, and what is asked of all this
        "publish", "cover", "board", "own_desk", "reports", "today", "privacy",
        # the doors
        "cli", "__main__",
    ),
    "solver": (
        # what is asked and answered
        "__init__", "wording", "role_names", "limits", "problem", "result", "attend", "coverage", "period", "roster",
        # what a roster costs, and why
        "columns", "answering", "rules", "validate", "formulate", "check", "explain", "lint", "why_open",
        "replacements", "questions",
        # the ladder
        "program", "reduce", "bounding", "backends", "greedy", "search", "certificate", "dive", "windows", "proof",
        "engine", "again", "repairs", "replan", "value", "answered",
        "__main__",
    ),
    "ui": (
        # parts that know no team
        "__init__", "imports", "net", "tidy", "process", "later", "outcome", "worker", "recall", "box", "words",
        "tab_order", "match", "file_dialogs", "dropped", "look", "list_model", "parts", "plot", "veil",
        "completer",
        # the desk, and what stands around every view
        "daily", "solver_child", "looks", "desk", "date_field", "ask_button", "undo_keys", "rail", "page",
        "head", "foot",
        # views, and the dialogs they open
        "demand", "solve", "roster", "today", "first_run", "people", "care", "publish", "calls", "hours", "reports",
        "all_call", "own_desk", "views",
        # the window and what lies over it
        "window", "finder", "shortcuts", "settings", "ways", "app",
    ),
}  # fmt: skip

# A package, and the one place that may import it.
LIVES_IN = {"PySide6": "ui/", "shiboken6": "ui/", "ortools": "solver/backends/", "sqlalchemy": "crt_scheduler/"}

# Not of this project: environments, what programs leave behind, what git keeps.
OUTSIDE = {".venv", ".git", "out", "build", "dist", "htmlcov", "__pycache__", ".hypothesis"}
OUTSIDE |= {".mypy_cache", ".ruff_cache", ".pytest_cache"}

# What is imported inside one of these is imported when it is called, not when the file is loaded.
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# In halves, so that this file does not name them itself.
HOSTS = tuple(a + b for a, b in (("py" + "pi", ".org"), ("python", "hosted.org"), ("deb.", "debian.org")))
MACHINE_PATHS = tuple(f"/{name}/" for name in ("wo" + "rk", "ro" + "ot"))


@cache
def sources() -> tuple[str, ...]:
    """Every Python file of the rooms, as a path from the project's root."""
    found = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    assert {name.partition("/")[0] for name in found} == set(ROOMS), "a room without a file is none that was looked at"
    return tuple(found)


@cache
def imports(name: str) -> tuple[tuple[str, bool], ...]:
    """The full names a file imports, each with whether that happens when the file is loaded."""
    return tuple(statements(ast.parse((ROOT / name).read_text(encoding="utf-8"), name), name, at_load=True))


def statements(node: ast.AST, name: str, *, at_load: bool) -> Iterator[tuple[str, bool]]:
    """What the statements in a node import; what stands within a function is imported when that is called."""
    yield from ((module, at_load) for module in imported_by(node, name))
    if not isinstance(node, ast.expr):  # no expression holds a statement
        for inner in ast.iter_child_nodes(node):
            yield from statements(inner, name, at_load=at_load and not isinstance(node, FUNCTIONS))


def imported_by(node: ast.AST, name: str) -> list[str]:
    """The modules one statement names; a relative import counts from the file's own folder."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    folders = Path(name).parent.parts
    near = folders[: len(folders) - node.level + 1] if node.level else ()
    return [".".join([*near, *filter(None, [node.module])])]


def module_of(name: str) -> str:
    """The full name under which a file is imported."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def known(tree: ast.Module, own: str, modules: frozenset[str]) -> set[str]:
    """The project's own modules that a file imports anywhere: at load, inside a function or for its types alone."""
    said = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = imported_by(node, own)[0]
            said |= {f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base for alias in node.names}
    return {module for module in said if module in modules} - {module_of(own)}


@cache
def arrows() -> dict[str, set[str]]:
    """Every file of the rooms by its module, with the modules of the project that it imports."""
    modules = frozenset(module_of(name) for name in sources())
    trees = {name: ast.parse((ROOT / name).read_text(encoding="utf-8"), name) for name in sources()}
    return {module_of(name): known(tree, name, modules) for name, tree in trees.items()}


def room_of(module: str) -> tuple[str, str]:
    """The top-level folder a module lies in, and its room there."""
    top, _, rest = module.partition(".")
    return top, rest.partition(".")[0] or "__init__"


def circle(links: dict[str, set[str]]) -> list[str]:
    """What is left once all that rests on nothing, or bears nothing, is taken away, again and again: the circles."""
    left = {name: set(others) for name, others in links.items()}
    while free := {name for name in left if not left[name] or not any(name in others for others in left.values())}:
        left = {name: others - free for name, others in left.items() if name not in free}
    return sorted(left)


def committed() -> list[str]:
    """The files git keeps, or would; without git, every file that lies in the project."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return sorted(lying_about())
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return sorted({line for line in listed.stdout.splitlines() if (ROOT / line).is_file()})


def lying_about() -> Iterator[str]:
    """Every file of the project's folder that no program left behind."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in OUTSIDE]
        yield from ((Path(folder) / name).relative_to(ROOT).as_posix() for name in files)


def text_of(name: str) -> str:
    """What a file says, or nothing when it is no text."""
    content = (ROOT / name).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def loaded_by(words: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after these words."""
    show = "import sys; print(' '.join({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; {show}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_rooms_import_one_way_only() -> None:
    for name in sources():
        room = name.partition("/")[0]
        for module, at_load in imports(name):
            other = module.partition(".")[0]
            if other == "ui" and name == FRONT_DOOR:
                assert not at_load, f"{name} opens the window in a function only, so that the command line stays light"
            elif other in ROOMS:
                assert other in MAY_IMPORT[room], f"{name} imports {module}: {room} may not know {other}"


@pytest.mark.parametrize("top", FLOORS)
def test_every_room_has_its_floor(top: str) -> None:
    rooms = {room for there, room in map(room_of, arrows()) if there == top}
    assert len(FLOORS[top]) == len(set(FLOORS[top]))
    assert set(FLOORS[top]) - rooms == set(), "gone: take it out of FLOORS"
    assert rooms - set(FLOORS[top]) == set(), "new: give it its place in FLOORS, above all that it imports"


@pytest.mark.parametrize("top", ["crt_scheduler", "ui"])
def test_a_folder_of_tests_is_named_as_the_room_it_tests(top: str) -> None:
    folders = {path.parent.name for path in (ROOT / "tests" / top).glob("*/__init__.py")}
    assert folders and folders <= set(FLOORS[top])


def test_a_room_rests_on_lower_floors_alone() -> None:
    floor = {(top, room): n for top, rooms in FLOORS.items() for n, room in enumerate(rooms)}
    rises = [
        f"{module} imports {other}, which stands above it"
        for module, others in arrows().items()
        for other in others
        if room_of(module)[0] == room_of(other)[0] and floor.get(room_of(other), 0) > floor.get(room_of(module), 0)
    ]
    assert rises == []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle(arrows()) == []


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["b", "c"]
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_imports_inside_functions_and_for_types_alone_are_seen() -> None:
    words = "if TYPE_CHECKING:\n    from ui.window import Window\ndef go():\n    from ui import ways"
    modules = frozenset({"ui.window", "ui.ways", "ui.desk"})
    assert known(ast.parse(words), "ui/desk.py", modules) == {"ui.window", "ui.ways"}


def test_heavy_packages_stay_in_their_own_room() -> None:
    for name in sources():
        for module, _ in imports(name):
            home = LIVES_IN.get(module.partition(".")[0], "")
            assert name.startswith(home), f"{name} imports {module}, which lives in {home} only"


def test_no_room_imports_the_tests() -> None:
    found = [(name, module) for name in sources() for module, _ in imports(name)]
    assert not [(name, module) for name, module in found if module.partition(".")[0] == "tests"]


def test_the_front_step_stands_on_the_standard_library_alone() -> None:
    for name in (name for name in sources() if name.startswith(FIRST_STEP)):
        for module, _ in imports(name):
            is_bare = module.partition(".")[0] in sys.stdlib_module_names or module.startswith("crt_scheduler.start.")
            assert is_bare, f"{name} imports {module}"


def test_the_package_itself_imports_nothing_so_that_the_front_step_can_run_bare() -> None:
    assert imports("crt_scheduler/__init__.py") == ()


def test_resources_hold_data_only() -> None:
    assert [path.name for path in (ROOT / "resources").rglob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("name", ["solver.check", "crt_scheduler"])
def test_checking_and_records_load_neither_the_optimiser_nor_the_window(name: str) -> None:
    assert not {"ortools", "PySide6", "pandas"} & loaded_by(f"import {name}")


@pytest.mark.parametrize("name", ["solver.check", "solver.explain", "crt_scheduler.planning", "crt_scheduler.board"])
def test_asking_the_records_and_explaining_them_load_no_sparse_matrices(name: str) -> None:
    assert not {"scipy", "ortools", "pandas"} & loaded_by(f"import {name}")


def test_the_window_never_loads_the_optimiser() -> None:
    assert not {"scipy", "ortools", "pandas"} & loaded_by("import ui.app, ui.solve.drawer, ui.roster.board")


def test_the_window_is_painted_before_the_records_are_loaded() -> None:
    assert not {"sqlalchemy", "numpy", "holidays"} & loaded_by("import ui.app")


def test_the_window_keeps_no_sources_of_what_it_imports() -> None:
    words = "import ui.app, ui.imports, linecache; ui.imports.put_back(); import crt_scheduler.board; "
    words += (
        "kept = [name for name in linecache.cache if 'sqlalchemy' in name and name.endswith('.py')]; assert not kept"
    )
    assert "sqlalchemy" in loaded_by(words)


def test_the_front_step_loads_nothing_that_has_to_be_installed() -> None:
    loaded = loaded_by("import crt_scheduler.start.door")
    assert not {"sqlalchemy", "typer", "rich", "msgspec", "numpy"} & loaded


def test_the_window_library_is_older_than_the_release_that_crashes() -> None:
    pin = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", text_of("requirements.lock"), re.MULTILINE)
    assert pin and (6, 8) <= (int(pin[1]), int(pin[2])) < (6, 12)


@pytest.mark.parametrize("needle", [*HOSTS, *MACHINE_PATHS])
def test_no_committed_file_names_a_package_registry_or_a_path_of_one_machine(needle: str) -> None:
    assert [name for name in committed() if needle in text_of(name)] == []
