"""The solver as a program: one line in, JSON lines out, sentences for what cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from solver.check import check, verdict
from solver.problem import Assignment, Problem, Seat, Setting, Shift, to_json
from solver.result import Progress, Result
from solver.validate import validate
from tests.benchmarks.city import problem as city
from tests.patience import LONG
from tests.solver.build import lead, problem, random_problem, responder

ROOT = Path(__file__).resolve().parents[2]


def run(line: bytes, *words: str) -> tuple[int, list[dict[str, object]], str]:
    """Run the program on one line of input; return its exit code, its JSON lines and what it says on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "solver", *words], input=line, capture_output=True, cwd=ROOT, check=False
    )
    return done.returncode, [json.loads(row) for row in done.stdout.splitlines()], done.stderr.decode()


def test_progress_lines_come_first_and_the_result_last() -> None:
    code, lines, said = run(to_json(problem([lead("Lea"), responder("Ana")])) + b"\nignored\n", "--work", "20")
    assert (code, said) == (0, "")
    assert {line["kind"] for line in lines[:-1]} == {"progress"}
    assert lines[-1]["kind"] == "result"
    assert lines[-1]["status"] == "optimal"


@pytest.mark.parametrize("line", [b"", b"{}\n", b"\xff\xfe not json\n"])
def test_what_is_no_problem_is_refused_in_one_sentence(line: bytes) -> None:
    code, lines, said = run(line)
    assert (code, lines) == (2, [])
    assert said.startswith("Standard input is not a Problem")
    assert said.count("\n") == 1


def test_a_problem_that_makes_no_sense_is_refused_in_its_own_terms() -> None:
    wrong = msgspec.structs.replace(problem([lead("Lea", grades="..")]), seats=())
    code, _, said = run(to_json(wrong) + b"\n")
    assert code == 2
    assert "Shift 2027-01-07/day/West counts 1 teams but has no team seat." in said


def test_the_schema_describes_problem_and_result() -> None:
    code, (schema,), _ = run(b"", "--schema")
    assert code == 0
    assert {"Problem", "Result", "Violation"} - {"Violation"} <= set(schema["$defs"])  # type: ignore[call-overload]


def test_stop_on_standard_input_ends_an_attended_search_with_its_best() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "solver", "--seconds", str(LONG), "--attended"], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin and child.stdout
    with child.stdin, child.stdout:
        child.stdin.write(to_json(city("small", 3)) + b"\n")
        child.stdin.flush()
        first = json.loads(child.stdout.readline())
        child.stdin.write(b"stop\n")
        child.stdin.flush()
        last = [json.loads(row) for row in child.stdout][-1]
        assert child.wait(LONG) == 0
    assert first["kind"] == "progress"
    assert (last["kind"], last["status"]) == ("result", "stopped")


def test_each_step_names_the_open_seats_that_matter_most_without_spending_time_on_reasons() -> None:
    _, lines, _ = run(to_json(city("small", 3)) + b"\n", "--work", "2", "--nice", "5")
    step, result = lines[0], lines[-1]
    assert (step["kind"], result["kind"]) == ("progress", "result")
    assert 0 < len(step["dearest"]) <= 6 and {seat["reason"] for seat in step["dearest"]} == {""}
    assert [seat["points"] for seat in step["dearest"]] == sorted((s["points"] for s in step["dearest"]), reverse=True)


def test_each_better_roster_is_sent_as_it_is_found_so_that_no_end_of_the_solver_loses_it() -> None:
    given = city("small", 3)
    _, lines, _ = run(to_json(given) + b"\n", "--work", "8")
    steps = [msgspec.convert(line, Progress) for line in lines[:-1]]
    sent = [step for step in steps if step.roster is not None]
    assert steps[0] is sent[0] and 1 < len(sent) <= len(steps)
    assert all(a.roster != b.roster for a, b in pairwise(sent)), "one that is the same is not sent again"
    assert sent[-1].roster == msgspec.convert(lines[-1], Result).roster
    for step in sent:
        assert verdict(check(given, step.roster or ())).objective == pytest.approx(step.objective)
    assert [step.work for step in steps] == sorted(step.work for step in steps) and steps[0].work == 1


def test_the_end_of_standard_input_ends_an_attended_search_at_once() -> None:
    code, lines, _ = run(to_json(city("small", 3)) + b"\n", "--seconds", str(LONG), "--attended")
    assert code == 1
    assert not [line for line in lines if line["kind"] == "result"]


def test_a_sound_problem_has_no_faults() -> None:
    assert validate(random_problem(1)) == []
    assert validate(city("small", 1)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"shifts": (Shift(4, "West", teams=1),)}, "Shift 0 names slot 4; there are 1 slots."),
        ({"shifts": (Shift(0, "Moon", teams=1),)}, "Shift 0 is in Moon, which is no area of the Problem."),
        ({"seats": (Seat(9, "lead", ("lead",)),)}, "Seat 0 names shift 9; there are 1 shifts."),
        ({"people": (lead("Lea", grades="..."),)}, "Lea has 3 availability letters for 1 slots."),
        ({"people": (lead("Lea", grades="x"),)}, "Lea has the availability letter 'x', which means nothing."),
        (
            {"people": (lead("Lea", group="pilots"),)},
            "Lea is in the group pilots, which the Problem does not describe.",
        ),
        ({"people": (lead("Lea", home="Moon"),)}, "Lea serves Moon, which is no area of the Problem."),
        ({"people": (lead("Lea"), lead("Lea"))}, "Two people have the id lea."),
        ({"current": (Assignment("bob", 0),)}, "The roster names bob, who is not among the people."),
        ({"current": (Assignment("lea", 70),)}, "The roster names seat 70; there are 3 seats."),
    ],
)
def test_each_fault_is_one_sentence(change: dict[str, object], sentence: str) -> None:
    assert sentence in validate(msgspec.structs.replace(problem([lead("Lea")]), **change))  # type: ignore[arg-type]


def test_an_unknown_rule_is_named_with_those_that_exist() -> None:
    (fault,) = validate(problem([lead("Lea")], rules={"rests": Setting(hard=True)}))
    assert fault.startswith("There is no rule rests. Rules are: alone, answers, areas,")


def test_the_problem_survives_its_own_json() -> None:
    given = random_problem(5)
    assert msgspec.json.decode(to_json(given), type=Problem) == given
