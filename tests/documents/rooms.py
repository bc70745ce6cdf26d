"""docs/rooms.md: every room of each top-level folder from the ground up, with the sentence it says of itself."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.test_rooms import FLOORS

ROOT = Path(__file__).resolve().parents[2]
HEAD = """\
# Rooms

From the ground up: each may import those above it in these tables, and itself, wherever the import stands. `FLOORS` in
`tests/test_rooms.py` holds the order; the sentence is the room's own. Over the folders the way is
ui -> crt_scheduler -> solver, never back; `docs/architecture.md` says what is where for which purpose.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(storey(top, rooms) for top, rooms in FLOORS.items())


def storey(top: str, rooms: tuple[str, ...]) -> str:
    """The rooms of one top-level folder."""
    rows = [f"| `{path}` | {first_sentence(path)} |\n" for path in (path_of(top, room) for room in rooms)]
    return f"\n## {top}\n\n| room | what it is |\n|---|---|\n" + "".join(rows)


def path_of(top: str, room: str) -> str:
    """Where a room lies: a folder, or a file that lies in none."""
    return f"{top}/{room}/" if (ROOT / top / room).is_dir() else f"{top}/{room}.py"


def first_sentence(path: str) -> str:
    """The first line that a room says of itself."""
    file = ROOT / path / "__init__.py" if path.endswith("/") else ROOT / path
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(said.partition("\n\n")[0].split()).replace("|", "\\|")
