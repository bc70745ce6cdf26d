"""Answers to what an import asks, as options of the command line, and the words that were learnt from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from crt_scheduler import lines
from crt_scheduler.cli.command_desk import desk_of, print_json, table
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import vocabulary
from crt_scheduler.imports.asked import Decisions, listed_name
from solver.wording import counted, tr


def decisions(
    *,
    same: Sequence[str],
    new: Sequence[str],
    left_out: Sequence[str],
    words: Sequence[str],
    whole: Decisions,
) -> Decisions:
    """Return what was decided of the `whole` file with what the options give; raises CrtError for one out of form."""
    rows: dict[int, str] = {}
    named: dict[tuple[int, str], str] = {}
    for pair in same:
        found = lines.PAIR.fullmatch(pair)
        if not found:
            raise CrtError(
                tr("--same {pair}: say which line is whom, such as --same 12=V003 or --same 64=6.", pair=pair)
            )
        line, who = lines.read_line(found[1]), found[3]
        before = named.setdefault((line, listed_name(found[2])), who) if found[2] else rows.setdefault(line, who)
        if before != who:
            raise CrtError(
                tr("--same {pair}: line {line} is {before} already. Give it once.", pair=pair, line=line, before=before)
            )
    fresh, out = lines_of("--new", new), lines_of("--leave-out", left_out)
    meanings = dict(_word(each) for each in words)
    return replace(whole, same=rows, named=named, new=fresh, left_out=out, words=meanings)


def lines_of(option: str, typed: Sequence[str]) -> frozenset[int]:
    """Return the lines that an option names, 3 or Feb!3; raises CrtError for one that cannot be read."""
    found = set()
    for text in typed:
        try:
            found.add(lines.read_line(text))
        except ValueError as fault:
            raise CrtError(
                tr(
                    "{option} {text}: name a line by its number, and its sheet where several are read: 3 or Feb!3.",
                    option=option,
                    text=text,
                )
            ) from fault
    return frozenset(found)


def _word(option: str) -> tuple[tuple[str, str], str]:
    where, sign, meaning = option.rpartition("=")
    field, colon, text = where.partition(":")
    if field.strip().casefold() == "credential":
        name, colon, text = text.partition(":")
        field = f"credential:{name}"
    if not (sign and colon and field.strip() and text.strip() and meaning.strip()):
        raise CrtError(
            tr('--word {option}: write it as FIELD:TEXT=MEANING, such as --word "status:On hold=leave".', option=option)
        )
    return (field.strip(), text.strip()), meaning.strip()


def list_words(context: typer.Context) -> None:
    """List the words learnt from files, with what each means."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = vocabulary.learnt(session)
    if desk.json:
        print_json(found)
        return
    count = counted(len(found), "{n} word", "{n} words")
    table(
        tr("{count} learnt", count=count),
        [tr("Field"), tr("Text"), tr("Means")],
        [[w["field"], w["text"], w["meaning"]] for w in found],
    )


def forget_word(
    context: typer.Context,
    word: Annotated[str, typer.Argument(metavar="FIELD:TEXT", help="As the list shows it, such as status:On hold.")],
) -> None:
    """Forget what a word means, so that the next file asks again."""
    field, sign, text = word.partition(":")
    if not sign or not text.strip():
        raise CrtError(
            tr("{word!r} names no word. Write it as FIELD:TEXT, as crt-scheduler words list shows them.", word=word)
        )
    deed = vocabulary.FORGET(field.strip(), text.strip())
    desk_of(context).do(deed, tr("Forgot what {text} means for {field}.", text=text.strip(), field=field.strip()))
