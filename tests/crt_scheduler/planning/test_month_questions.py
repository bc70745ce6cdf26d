"""Why a month is as it is: asked by command, answered of the coordinator's own records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from crt_scheduler import cli
from crt_scheduler.cover.why_me import why_me
from crt_scheduler.errors import CrtError
from solver.problem import Assignment
from tests.crt_scheduler import team_build
from tests.solver import build

SLOTS = [build.slot(build.THURSDAY), build.slot(build.THURSDAY, "night")]


def ask(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> object:
    capsys.readouterr()
    assert cli.run(["--database", str(path), "--now", "2026-12-15T09:00Z", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_each_question_of_a_month_is_answered_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with team_build.team(tmp_path) as store:
        with store.change("People") as session:
            team_build.responder(session, "Ana", role="lead")
        path = store.path
    found = ask(capsys, path, "lint", "2027-01")
    assert isinstance(found, list) and {"kind", "sentence", "amount"} == set(found[0])
    why = ask(capsys, path, "why-open", "2027-01")
    assert isinstance(why, dict) and sum(part["places"] for part in why["parts"]) == why["places"] > 0
    mine = ask(capsys, path, "whyme", "Ana", "2027-01")
    assert isinstance(mine, dict) and mine["sentence"].startswith("You have no shift in January 2027.")


def test_a_way_out_is_priced_by_command_and_done_as_one_act(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with team_build.team(tmp_path) as store:
        with store.change("People") as session:
            team_build.responder(session, "Lou", role="lead")
            team_build.responder(session, "Ana")
        path = store.path
    shift = "2027-01-09/night/Valley"
    ways = ask(capsys, path, "repairs", shift, "--role", "lead")
    assert isinstance(ways, list) and {"fill", "leave"} <= {way["kind"] for way in ways}
    assert all({"sentence", "points", "changes", "verified"} <= set(way) for way in ways)
    within = next(n for n, way in enumerate(ways, start=1) if way["kind"] == "fill")
    words = ["--database", str(path), "--now", "2026-12-15T09:00Z"]
    assert cli.run([*words, "repairs", shift, "--role", "lead", "--do", str(within)]) == 0
    assert "Done: Fill lead, Valley, night, 9 Jan." in capsys.readouterr().err
    assert cli.run([*words, "repairs", shift, "--role", "lead"]) == 2
    assert "No such seat of 2027-01-09/night/Valley is open." in capsys.readouterr().err
    helps = ask(capsys, path, "value", "2027-01")
    assert isinstance(helps, list) and {each["area"] for each in helps} == {"Central", "South", "West", "Valley"}
    assert cli.run([*words, "value", "2027-01"]) == 0
    said = capsys.readouterr().out
    assert "missed calls saved a month" in said and "0.00" not in said
    plan = ask(capsys, path, "replan", "2027-01", "--out", "Lou:2027-01-01..2027-01-31")
    assert isinstance(plan, dict) and plan["written"]
    assert {("Lou", shift, False)} <= {(each["person"], each["shift"], each["added"]) for each in plan["changes"]}
    assert {"people_to_phone", "objective", "bound"} <= set(plan)
    assert cli.run([*words, "undo"]) == 0 and cli.run([*words, "replan", "2027-01", "--out", "Lou"]) == 0
    told = capsys.readouterr()
    assert "Done: Plan January 2027 again without Lou." in told.out + told.err
    assert cli.run([*words, "replan", "2027-01", "--out", "Lou"]) == 0
    assert "Nobody who is out has a shift of 2027-01: nothing changes." in capsys.readouterr().out
    assert cli.run([*words, "history"]) == 0
    said = capsys.readouterr()
    assert "Plan January 2027 again without Lou" in said.out + said.err


def test_who_is_out_is_named_as_a_person_and_a_stretch_of_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with team_build.team(tmp_path) as store:
        with store.change("People") as session:
            team_build.responder(session, "Lou", role="lead")
        path = store.path
    words = ["--database", str(path), "--now", "2026-12-15T09:00Z", "replan", "2027-01", "--out"]
    for out, said in (
        ("Zed", "Nobody has the id 'Zed'"),
        ("Lou:2027-01-05", "is no stretch of days"),
        ("Lou:5th..", "5th"),
    ):
        assert cli.run([*words, out]) == 2
        assert said in capsys.readouterr().err


def test_what_would_help_is_not_asked_of_a_month_that_nobody_drafted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with team_build.team(tmp_path) as store:
        with store.change("People") as session:
            team_build.responder(session, "Ana")
        path = store.path
    assert cli.run(["--database", str(path), "--now", "2026-12-15T09:00Z", "value", "2027-01"]) == 2
    assert "Nobody is on call in 2027-01 yet. Draft the month first, then ask." in capsys.readouterr().err


def test_nobody_else_is_named_to_a_volunteer_who_asks_why() -> None:
    team = [build.lead("Lou", grades=".w"), build.lead("Lea", grades="c."), build.responder("Ana", grades=".r")]
    problem = build.problem(people=team, slots=SLOTS)
    night = [n for n, seat in enumerate(problem.seats) if seat.shift == 1]
    current = (Assignment("lou", night[0]), Assignment("ana", night[1]))
    lou = why_me(replace(problem, current=current), "lou")
    assert (lou.wishes, lou.wishes_met, lou.duties, lou.nights) == (1, 1, 1, 1)
    assert "You have 1 shift in January 2027, 12 hours; you promised 36" in lou.paragraph
    assert "Of 1 shift you wished for, you have 1." in lou.sentences
    assert not {"Lea", "Ana", "lea", "ana"} & set(lou.paragraph.replace(",", " ").replace(".", " ").split())
    ana = why_me(replace(problem, current=current), "ana")
    assert "1 shift is at a time you would rather not." in ana.sentences


def test_who_is_not_on_the_team_that_month_is_refused_by_name() -> None:
    with pytest.raises(CrtError, match="'zed' is not on the team of this month"):
        why_me(build.problem(people=[build.lead("Lou")]), "zed")
