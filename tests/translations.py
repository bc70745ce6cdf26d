"""The catalogues of sentences, kept by `python -m tests.translations [collect|compile|missing LANGUAGE]`.

`collect` finds every sentence of the code and brings resources/translations up to it: each language's file
(.po) gets the new ones, empty, and loses what is said no more. `compile` writes what the
app reads (.mo). `missing` prints the sentences that a language has not, a JSON object each. A language is added by
`collect --new ko`. Babel does all but finding the sentences (https://babel.pocoo.org).
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeGuard

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from crt_scheduler.language import DOMAIN
from solver.wording import NUMBER

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
ROOMS = ("crt_scheduler", "solver", "ui")
TWO_FORMS = ("es", "it", "pt")
"""Languages whose third form CLDR keeps for whole millions."""
SAYING = {"tr": (0,), "filled": (0,), "mark": (0,), "translate": (1,), "counted": (1, 2), "counting": (0, 1)}
"""The functions that say something, and which of their arguments are what is said."""
EACH: dict[str, tuple[int, ...]] = {
    "Rule": (1, 2),
    "_said": (1, 2),
    "_fair": (1, 2, 5),
    "Kind": (1, 3),
    "Off": (0,),
    "SheetsReport": (0,),
    "_whole": (0,),
    "_number": (0,),
}
"""What is made of several words that are said apart, as a rule's title and what it keeps: which arguments they are."""
TABLES = ("Sayings", "CountedSayings")
"""Tables of words, whose values are what is said."""

EMPTY_HEADERS = tuple(f'"{name}'.encode() for name in ("Report", "POT-", "PO-", "Last-", "Language-T", "Generated"))
"""Headers that would say nothing, or another thing at every collection."""
ALWAYS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The date in every file: the same code makes the same file."""
Found = tuple[tuple[str, ...], str, int]
"""A message (with its plural, if it has one), the file and the line."""


def sentences(path: Path) -> Iterator[Found]:
    """Return the messages of a file, in order; raises ValueError for one that is not written out where it is said."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in SAYING and len(node.args) > max(SAYING[called]):
                parts = [node.args[place] for place in SAYING[called]]
                if all(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts):
                    yield tuple(part.value for part in parts if isinstance(part, ast.Constant)), name, node.lineno
            elif called in EACH:
                parts = [node.args[place] for place in EACH[called] if place < len(node.args)]
                yield from (((part.value,), name, part.lineno) for part in parts if _is_text(part))
            elif called in TABLES and node.args:
                yield from ((words, name, line) for words, line in _in_table(node.args[0]))


def help_of(path: Path) -> Iterator[Found]:
    """Return what the commands of a file say of themselves: their docstrings, and the help of their options."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.args.args and "Context" in ast.dump(node.args.args[0]):
            if doc := ast.get_docstring(node):
                yield (doc,), name, node.lineno
        elif isinstance(node, ast.keyword) and node.arg == "help" and _is_text(node.value):
            yield (node.value.value,), name, node.value.lineno


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _in_table(table: ast.AST) -> Iterator[tuple[tuple[str, ...], int]]:
    """Return the words of a table, or the singular and plural of each, as its values are written out."""
    values = [value for node in ast.walk(table) if isinstance(node, ast.Dict) for value in node.values]
    for node in ast.walk(table):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fromkeys":
            values.append(node.args[1])
    for value in values:
        if _is_text(value):
            yield (value.value,), value.lineno
        elif isinstance(value, ast.Tuple) and all(_is_text(part) for part in value.elts):
            yield tuple(part.value for part in value.elts if _is_text(part)), value.lineno


def collected() -> Catalog:
    """Return the template: every sentence of the code, with where it is said."""
    template = Catalog(project="CRT Scheduler", domain=DOMAIN, charset="utf-8", fuzzy=False)
    template.creation_date = ALWAYS
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found = [*sentences(path), *(help_of(path) if "cli" in path.parts else ())]
            for said, name, line in sorted(found, key=lambda found: found[2]):
                if said[0]:
                    template.add(said if len(said) > 1 else said[0], locations=[(name, line)])
    template.add(NUMBER, locations=[("solver/wording/catalogue.py", 1)])
    return template


def file_of(language: str) -> Path:
    """Return where a language's sentences are kept."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def kept(language: str) -> Catalog:
    """Return the sentences of a language as they are kept."""
    with file_of(language).open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN)


def languages() -> list[str]:
    """Return the languages that have a file."""
    return sorted(path.parents[1].name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as the app reads it."""
    stream = BytesIO()
    catalogue.creation_date = catalogue.revision_date = ALWAYS
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(language: str) -> list[Message]:
    """Return the sentences of the code that a language has no words for, or only those of an older sentence."""
    words = kept(language)
    found = []
    for message in collected():
        held = words.get(message.id) if message.id else message
        if held is None or held.fuzzy or not all(_forms(held)):
            found.append(message)
    return found


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def collect(new: str) -> None:
    """Bring the template and every language's file up to the code."""
    template = collected()
    for language in [*languages(), *([new] if new else [])]:
        path = file_of(language)
        words = kept(language) if path.is_file() else _begun(language)
        words.update(template, no_fuzzy_matching=True)
        words.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, words)


def _begun(language: str) -> Catalog:
    """Return a language's file without sentences; a form of the plural for millions alone is not asked for."""
    name = Locale.parse(language).english_name
    words = Catalog(
        locale=language,
        domain=DOMAIN,
        project="CRT Scheduler",
        header_comment=f"# The sentences of CRT Scheduler in {name}.",
        last_translator="",
        language_team="",
        fuzzy=False,
    )
    if words.num_plurals > 2 and language in TWO_FORMS:
        words._num_plurals, words._plural_expr = 2, "(n != 1)"
    return words


def _write(path: Path, words: Catalog) -> None:
    stream = BytesIO()
    write_po(stream, words, width=120, no_location=True, sort_output=True)
    lines = stream.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(EMPTY_HEADERS)))


def main() -> int:
    """Do what was asked; 1 where sentences are missing."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("what", choices=("collect", "compile", "missing"))
    wanted.add_argument("language", nargs="?", default="")
    wanted.add_argument("--new", default="", metavar="LANGUAGE")
    asked = wanted.parse_args()
    if asked.what == "collect":
        collect(asked.new)
    elif asked.what == "compile":
        for language in languages():
            file_of(language).with_suffix(".mo").write_bytes(compiled(kept(language)))
    else:
        for message in missing(asked.language):
            print(json.dumps({"message": message.id, "words": message.string}, ensure_ascii=False))
        return 1 if missing(asked.language) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
