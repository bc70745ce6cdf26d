"""Answers to what an import asks, as options of the command line, and the words that were learnt from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from crt_scheduler.cli.desk import desk_of, print_json, table
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import vocabulary
from crt_scheduler.imports.asked import Decisions


def decisions(
    *,
    same: Sequence[str],
    new: Sequence[int],
    left_out: Sequence[int],
    words: Sequence[str],
    empty_clears: bool,
    replaces: bool,
) -> Decisions:
    """Return the decisions that the options give; raises CrtError for one that cannot be read."""
    rows: dict[int, str] = {}
    for pair in same:
        line, sign, who = pair.partition("=")
        if not sign or not line.strip().isdecimal() or len(line) > 9 or not who.strip():
            raise CrtError(f"--same {pair}: say which line is whom, such as --same 12=V003 or --same 64=6.")
        if rows.setdefault(int(line), who.strip()) != who.strip():
            raise CrtError(f"--same {pair}: line {int(line)} is {rows[int(line)]} already. Give it once.")
    meanings = dict(_word(each) for each in words)
    return Decisions(rows, frozenset(new), frozenset(left_out), meanings, empty_clears, replaces)


def _word(option: str) -> tuple[tuple[str, str], str]:
    where, sign, meaning = option.rpartition("=")
    field, colon, text = where.partition(":")
    if field.strip().casefold() == "credential":
        name, colon, text = text.partition(":")
        field = f"credential:{name}"
    if not (sign and colon and field.strip() and text.strip() and meaning.strip()):
        raise CrtError(f'--word {option}: write it as FIELD:TEXT=MEANING, such as --word "status:On hold=leave".')
    return (field.strip(), text.strip()), meaning.strip()


def list_words(context: typer.Context) -> None:
    """List the words learnt from files, with what each means."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = vocabulary.learnt(session)
    if desk.json:
        print_json(found)
        return
    count = "1 word" if len(found) == 1 else f"{len(found):,} words"
    table(f"{count} learnt", ["Field", "Text", "Means"], [[w["field"], w["text"], w["meaning"]] for w in found])


def forget_word(
    context: typer.Context,
    word: Annotated[str, typer.Argument(metavar="FIELD:TEXT", help="As the list shows it, such as status:On hold.")],
) -> None:
    """Forget what a word means, so that the next file asks again."""
    field, sign, text = word.partition(":")
    if not sign or not text.strip():
        raise CrtError(f"{word!r} names no word. Write it as FIELD:TEXT, as crt-scheduler words list shows them.")
    deed = vocabulary.FORGET(field.strip(), text.strip())
    desk_of(context).do(deed, f"Forgot what {text.strip()} means for {field.strip()}.")
