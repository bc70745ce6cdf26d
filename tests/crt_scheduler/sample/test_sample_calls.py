"""The sample city's calls, answers and hours: tied to its log and its roster, and a year that could have been."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import hashlib
import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from crt_scheduler import sample, times
from crt_scheduler.sample.sample_calls import WAY_HOME
from tests.made import sample_files

ZONE = "America/Los_Angeles"
MONTH = "2027-01"
HOURS = {"day": ("06:00", "18:00"), "night": ("18:00", "06:00"), "24h": ("06:00", "06:00")}
BEFORE = {
    "people": "55877dcfc588d1ee",
    "availability": "ddaef06ac5a0294d",
    "incidents": "9f99deeca29cb9a0",
    "roster": "6f7156c694164168",
}
"""What the four older files of seed 1 were before calls and hours were drawn."""
Table = list[dict[str, str]]
Span = tuple[dt.datetime, dt.datetime]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample city for January 2027: its year is 2026, with both clock changes."""
    folder = tmp_path_factory.mktemp("city")
    sample_files(folder)
    return folder


def table(city: Path, name: str) -> Table:
    """Return the rows of one of the files."""
    with (city / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def at(words: str) -> dt.datetime:
    """Return the instant of a wall time in Los Angeles."""
    local = dt.datetime.fromisoformat(words)
    return times.instant(local.date(), local.time(), ZONE)


def duties(city: Path) -> dict[str, list[Span]]:
    """Return by person the spans they were on call."""
    found: dict[str, list[Span]] = defaultdict(list)
    for row in table(city, "roster"):
        start, end = (dt.time.fromisoformat(words) for words in HOURS[row["shift"]])
        found[row["person"]].append(times.span(dt.date.fromisoformat(row["date"]), start, end, ZONE))
    return found


def test_the_four_older_files_of_a_seed_are_what_they_were(city: Path) -> None:
    found = {
        name: hashlib.sha256((city / f"{name}.csv").read_bytes().removeprefix(codecs.BOM_UTF8)).hexdigest()[:16]
        for name in BEFORE
    }
    assert found == BEFORE


def test_the_same_seed_gives_the_same_calls_answers_and_hours(city: Path, tmp_path: Path) -> None:
    sample.write(tmp_path, seed=1, month=MONTH)
    for name in ("calls", "answers", "hours"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (city / f"{name}.csv").read_bytes()


def test_every_incident_of_the_log_has_its_call(city: Path) -> None:
    calls, log = table(city, "calls"), table(city, "incidents")
    same = ("number", "timestamp", "area", "division", "type", "agency")
    assert [[row[name] for name in same] for row in calls] == [[row[name] for name in same] for row in log]
    assert len(calls) == 713
    hard = sum(row["type"] in ("infant death", "multi-casualty", "officer-involved shooting") for row in calls)
    assert 20 < hard < 90
    assert list(calls[0]) == [*same, "notified", "dispatched", "on_scene", "clear", "people_served", "responders"]


def test_a_call_goes_one_way_only_and_its_hours_say_the_same(city: Path) -> None:
    responses = {(row["call"], row["person"]): row for row in table(city, "hours") if row["kind"] == "response"}
    for row in table(city, "calls"):
        moments = [at(row[name]) for name in ("timestamp", "notified", "dispatched", "on_scene", "clear")]
        assert all(earlier < later for earlier, later in pairwise(moments))
        assert int(row["people_served"]) >= 1
        for person in row["responders"].split(";"):
            entry = responses.pop((row["number"], person))
            assert (entry["start"], entry["end"]) == (row["on_scene"], row["clear"])
    assert not responses


def test_a_year_of_responses_takes_about_three_thousand_hours(city: Path) -> None:
    minutes = [int(row["minutes"]) for row in table(city, "hours") if row["kind"] == "response"]
    assert 2_850 < sum(minutes) / 60 < 3_200
    assert 115 < statistics.mean(minutes) < 137
    assert 0.6 < statistics.stdev(minutes) / statistics.mean(minutes) < 0.8


def test_a_team_is_a_pair_with_a_lead_on_call_then_and_nobody_is_at_two_calls(city: Path) -> None:
    leads = {row["id"] for row in table(city, "people") if row["role"] == "lead"}
    on_call, taken = duties(city), defaultdict(list)
    for row in table(city, "calls"):
        team = row["responders"].split(";")
        assert len(team) == len(set(team)) >= 2
        assert leads & set(team)
        out = at(row["dispatched"])
        for person in team:
            assert any(start <= out < end for start, end in on_call[person])
            taken[person].append((out, at(row["clear"]) + WAY_HOME))
    for spans in taken.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


def test_whoever_came_had_accepted_and_some_declined_or_were_not_reached(city: Path) -> None:
    calls = {row["number"]: row for row in table(city, "calls")}
    answers, accepted = table(city, "answers"), defaultdict(set)
    assert list(answers[0]) == ["call", "person", "time", "answer"]
    for row in answers:
        call = calls[row["call"]]
        assert at(call["notified"]) < at(row["time"]) < at(call["dispatched"])
        if row["answer"] == "accepted":
            accepted[row["call"]].add(row["person"])
    assert {number: set(row["responders"].split(";")) for number, row in calls.items()} == accepted
    assert len({(row["call"], row["person"], row["time"]) for row in answers}) == len(answers)
    counts = Counter(row["answer"] for row in answers)
    assert set(counts) == {"accepted", "declined", "no_answer", "wrong_number"}
    assert 0.86 < counts["accepted"] / len(answers) < 0.95


def test_hours_of_one_person_never_overlap_and_are_as_long_as_they_say(city: Path) -> None:
    hours, spans = table(city, "hours"), defaultdict(list)
    assert list(hours[0]) == ["person", "kind", "start", "end", "minutes", "call", "state"]
    for row in hours:
        start, end = at(row["start"]), at(row["end"])
        assert (end - start).total_seconds() == 60 * int(row["minutes"]) > 0
        spans[row["person"]].append((start, end))
    for own in spans.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(own)))
    kinds = {row["kind"] for row in hours}
    assert kinds == {
        *("response", "travel", "meeting", "training_given", "training_received", "office", "follow_up"),
    }
    assert {row["state"] for row in hours} == {"approved", "logged"}
    assert max(row["end"] for row in hours if row["state"] == "approved") < "2026-12-12"


def test_nobody_gives_hours_before_they_joined(city: Path) -> None:
    joined = {row["id"]: row["joined"] for row in table(city, "people")}
    assert all(row["start"] >= joined[row["person"]] for row in table(city, "hours"))


@pytest.mark.parametrize(("seed", "month"), [(2, "2027-03"), (5, "2024-12")])
def test_every_seed_and_month_has_calls_for_its_whole_log(tmp_path: Path, seed: int, month: str) -> None:
    sample.write(tmp_path, seed=seed, month=month)
    calls = table(tmp_path, "calls")
    assert len(calls) == 713
    assert all(len(row["responders"].split(";")) >= 2 for row in calls)
