"""The solver as a program: a Problem as one line of JSON on standard input, JSON lines (progress, result) out."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import threading
import time
from typing import NoReturn

import msgspec

from solver.limits import LARGEST_PROBLEM
from solver.problem import Problem, from_json
from solver.result import Progress, Result
from solver.validate import validate
from solver.wording import tr, use_what_is_named

BEGAN = time.perf_counter()
"""The time asked counts from here on: reading the Problem and loading the optimiser are part of it."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Solve what standard input holds and leave: 0 when done, 2 with one sentence when the input cannot be used."""
    asked = _parser().parse_args(arguments)
    use_what_is_named()
    if asked.nice and hasattr(os, "nice"):  # Windows has no such thing
        os.nice(asked.nice)
    if asked.schema:
        print(json.dumps(schema()))
        _leave(0)
    problem = _asked()
    if asked.questions:
        _answer(problem)
    wish = _listen() if asked.attended else threading.Event()
    # Imported only now: the schema and a refusal need no OR-Tools, which takes half a second to load.
    from solver.engine import Limit, solve

    seconds = asked.seconds if asked.seconds is not None or asked.work is not None else 30.0
    limit = Limit(seconds=None if asked.work is not None else seconds, work=asked.work)
    _say(solve(problem, limit, seed=asked.seed, began=BEGAN, report=_say, should_stop=wish.is_set))
    _leave(0)


def _answer(problem: Problem) -> NoReturn:
    """Answer questions about the Problem's roster, a line each, while somebody asks; 2 for one not understood."""
    from solver.answered import answer
    from solver.questions import TO_QUESTION

    for line in iter(sys.stdin.buffer.readline, b""):
        try:
            question = TO_QUESTION.decode(line)
        except msgspec.DecodeError as reason:
            _refuse(tr("That is no question: {reason}.", reason=reason))
        _say(answer(problem, question))
    _leave(0)


def _asked() -> Problem:
    """Return the Problem that standard input holds; whatever else it holds is refused in a sentence."""
    try:
        return problem_in(sys.stdin.buffer.readline(LARGEST_PROBLEM + 1))
    except ValueError as reason:
        _refuse(str(reason))


def problem_in(line: bytes) -> Problem:
    """Return the Problem that a line of JSON holds, sound enough to solve; raises ValueError with a sentence."""
    if len(line) > LARGEST_PROBLEM:
        raise ValueError(
            tr(
                "Standard input is not a Problem: its line is longer than {largest_problem} MB.",
                largest_problem=LARGEST_PROBLEM // 1000000,
            )
        )
    try:
        problem = from_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        raise ValueError(tr("Standard input is not a Problem: {reason}.", reason=reason)) from reason
    except RecursionError as reason:
        raise ValueError(tr("Standard input is not a Problem: its brackets lie inside one another.")) from reason
    faults = validate(problem)
    if faults:
        raise ValueError(
            faults[0]
            if len(faults) == 1
            else tr("{faults} (and {count} more)", faults=faults[0], count=len(faults) - 1)
        )
    return problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -P -m solver", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--seconds", type=_positive, help="wall seconds to spend (default 30)")
    size.add_argument(
        "--work", type=int, help="units of work to spend: one per greedy pass or backend solve; repeatable"
    )
    parser.add_argument("--seed", type=int, default=0, help="same Problem, seed and work: same roster")
    parser.add_argument("--attended", action="store_true", help='"stop" on standard input ends with the best so far')
    parser.add_argument("--nice", type=int, default=0, help="let other programs go first, as nice(1) counts it")
    parser.add_argument(
        "--questions", action="store_true", help="answer questions about the Problem's roster, a line of JSON each"
    )
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of Problem and Result")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(tr("{text} is not a time above zero", text=text))
    return value


def schema() -> dict[str, object]:
    """Return the JSON Schema of Problem, Progress and Result, with the structures they name under $defs."""
    parts = (Problem, Progress, Result)
    roots, named = msgspec.json.schema_components(parts, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{part.__name__: root for part, root in zip(parts, roots, strict=True)},
        "$defs": named,
    }


def _listen() -> threading.Event:
    """Watch standard input: a line "stop" sets the event; its end means nobody is there any more, so leave at once."""
    stop = threading.Event()

    def watch() -> None:
        for line in iter(sys.stdin.buffer.readline, b""):
            if line.strip() == b"stop":
                stop.set()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    return stop


def _say(news: msgspec.Struct) -> None:
    try:
        sys.stdout.buffer.write(msgspec.json.encode(news) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)


def _refuse(sentence: str) -> NoReturn:
    print(" ".join(sentence.split()), file=sys.stderr)
    _leave(2)


def _leave(code: int) -> NoReturn:
    """Leave without waiting for a backend that is still at work in its thread: it cannot be interrupted."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
