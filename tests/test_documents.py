"""The pages for whoever comes next: made ones are as the code makes them, and what any names is there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from crt_scheduler.cli.rooms import ROOMS
from solver.rules import RULES
from tests.documents import made, rooms, rules

ROOT = Path(__file__).resolve().parent.parent
OF_THE_PROJECT = re.compile(r"`((?:crt_scheduler|solver|ui|resources|tests|docs|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PROGRAM = re.compile(r"python3? (?:-P )?-m (\w+(?:\.\w+)*)")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("", "docs", "docs/decisions")
    for path in (ROOT / folder).glob("*.md")
)


def said(page: str) -> str:
    """What a page says."""
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", made.PAGES)
def test_a_page_made_from_the_code_is_as_the_code_makes_it(page: str) -> None:
    assert made.PAGES[page](said(page)) == said(page), "write it anew: make documents"


@pytest.mark.parametrize("page", PAGES)
def test_every_path_link_and_program_that_a_page_names_is_there(page: str) -> None:
    assert [path for path in OF_THE_PROJECT.findall(said(page)) if not (ROOT / path).exists()] == []
    assert [link for link in LINK.findall(said(page)) if not (ROOT / page).parent.joinpath(link).exists()] == []
    assert [name for name in PROGRAM.findall(said(page)) if find_spec(name) is None] == []


def test_the_layout_names_files_and_the_search_for_them_finds_them() -> None:
    assert len(OF_THE_PROJECT.findall(said("docs/architecture.md"))) > 60
    assert LINK.findall(said("docs/architecture.md")) and PROGRAM.findall(said("README.md"))
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/trade.md", "docs/decisions/one-file.md"} <= set(PAGES)


def test_every_decision_is_in_the_list_of_them() -> None:
    there = {Path(page).name for page in PAGES if page.startswith("docs/decisions/")} - {"README.md"}
    assert set(LINK.findall(said("docs/decisions/README.md"))) == there


def test_every_rule_says_what_it_holds_in_a_sentence_and_lies_in_one_file() -> None:
    files = [rule for module in rules.modules() for rule in rules.own_rules(module)]
    assert sorted(rule.name for rule in files) == sorted(rule.name for rule in RULES)
    sentences = [rule.holds for rule in RULES]
    assert all(re.fullmatch(r"[A-Z].*[^.]\.", sentence) for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


def test_every_command_and_every_room_says_what_it_is_for() -> None:
    table = said("README.md").partition(made.BEGIN)[2].partition(made.END)[0]
    rows = re.findall(r"^\| `(\S+)[^`]*` \| (.*) \|$", table, re.MULTILINE)
    assert [name for name, _ in rows] == [name for names in ROOMS.values() for name in names]
    assert [name for name, help_ in rows if not help_.endswith(".")] == []
    assert "|  |" not in rooms.page()


def test_a_part_is_written_between_its_marks_and_the_rest_stays(tmp_path: Path) -> None:
    kept = f"before\n{made.BEGIN}old\n{made.END}after\n"
    assert made.part(lambda: "new\n")(kept) == f"before\n{made.BEGIN}new\n{made.END}after\n"
    (tmp_path / "README.md").write_text(kept, encoding="utf-8")
    assert made.differing(tmp_path) == list(made.PAGES)
    made.write(tmp_path, made.differing(tmp_path))
    assert made.differing(tmp_path) == []
    assert (tmp_path / "README.md").read_text(encoding="utf-8").endswith(f"{made.END}after\n")
