"""Every page that is made from the code: whole, or a part of it between two marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.documents import commands, rooms, rules

NOTE = "<!-- Made from the code: change that, then `make documents`. -->\n"
BEGIN, END = "<!-- made from the code: make documents -->\n", "<!-- end -->\n"

Page = Callable[[str], str]
"""Makes a page's text from the text that stands there."""


def whole(make: Callable[[], str]) -> Page:
    """A page that is made from its first line to its last."""
    return lambda kept: NOTE + make()


def part(make: Callable[[], str]) -> Page:
    """A page of which only what stands between the two marks is made."""

    def made(kept: str) -> str:
        before, begin, rest = kept.partition(BEGIN)
        _, end, after = rest.partition(END)
        assert begin and end, f"The page has no {BEGIN.strip()} and {END.strip()} to write between."
        return before + begin + make() + end + after

    return made


PAGES: dict[str, Page] = {
    "README.md": part(commands.table),
    "docs/commands.md": whole(commands.page),
    "docs/rooms.md": whole(rooms.page),
    "docs/rules.md": whole(rules.page),
}
"""Each page by its path, with how it is made."""


def text_of(root: Path, name: str) -> str:
    """What stands in a page, or nothing where there is none yet."""
    path = root / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def differing(root: Path) -> list[str]:
    """The pages that are not as the code makes them."""
    return [name for name, page in PAGES.items() if page(text_of(root, name)) != text_of(root, name)]


def write(root: Path, names: Sequence[str]) -> None:
    """Write pages as the code makes them."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(PAGES[name](text_of(root, name)), encoding="utf-8", newline="\n")
