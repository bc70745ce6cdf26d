"""Acts as values: each is called the same in history, whether the window or the command line did it."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import select

import crt_scheduler
from crt_scheduler import (
    availability,
    cli,
    demand,
    journal,
    month_answers,
    own_desk,
    person_fields,
    pins,
    planning,
    programmes,
    roster,
)
from crt_scheduler import roster_many as many_places
from crt_scheduler.act import Act, Deed
from crt_scheduler.call_out import all_call, call_answers
from crt_scheduler.calls import call_acts as calls
from crt_scheduler.calls import going
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.care import debriefs, hard_calls, stand_down
from crt_scheduler.demand import targets
from crt_scheduler.hours import hours_ledger, hours_sheet_back, offers
from crt_scheduler.imports import IMPORT, vocabulary
from crt_scheduler.people import deleting, many_people, ranges, usual_week
from crt_scheduler.people import person_acts as people
from crt_scheduler.planning import mending
from crt_scheduler.privacy import purge, retention
from crt_scheduler.publish import placing, publishing
from crt_scheduler.reports import hour_rates
from crt_scheduler.sample import open_city
from crt_scheduler.settings import programme_acts as programme
from crt_scheduler.settings import rule_acts
from crt_scheduler.tables import Assignment, Debrief, Responder, Shift, StandDown
from solver.problem import CITY
from tests.crt_scheduler import call_build, hours_build
from tests.opened import open_store
from ui.desk import Desk

NOW = call_build.NOW
ROOT = Path(__file__).resolve().parents[2]
NIGHT, WEST, SUNDAY = "2026-12-12/night/Valley", "2026-12-12/night/West", "2026-12-13/night/Valley"
OpenDesk = Callable[..., Desk]


@dataclass(frozen=True)
class Numbers:
    """The numbers of what lies in the records: assignments, a hours entry each, a line of availability, care."""

    ana: int = 0
    cy: int = 0
    entry: int = 0
    approved: int = 0
    line: int = 0
    debrief: int = 0
    rest: int = 0


@dataclass(frozen=True)
class Both:
    """One act as people type it, and as the window asks for it."""

    act: Act[Any, Any]
    typed: str
    deed: Callable[[Numbers], Deed[Any]]


def name(words: str) -> roster.ShiftName:
    """Return a shift's name."""
    return roster.shift_name(words)


WISHED = roster.ShiftName(dt.date(2026, 12, 20), "night", CITY)
BOTH = (
    Both(roster.ASSIGN, f"assign {SUNDAY.lower()} Ben", lambda n: roster.ASSIGN(name(SUNDAY), "Ben", role="responder")),
    Both(
        month_answers.TELL,
        "availability answered 2027-01 Ana Ben",
        lambda n: month_answers.TELL("2027-01", ["Ana", "Ben"]),
    ),
    Both(roster.MOVE, f"move {{ana}} {SUNDAY}", lambda n: roster.MOVE(n.ana, name(SUNDAY))),
    Both(roster.SWAP, "swap {ana} {cy}", lambda n: roster.SWAP(n.ana, n.cy)),
    Both(roster.REPLACE, f"replace {NIGHT} Ana Ben", lambda n: roster.REPLACE(name(NIGHT), "Ana", "Ben")),
    Both(many_places.CLEAR, f"unassign {NIGHT} Ana", lambda n: many_places.CLEAR([("Ana", NIGHT)])),
    Both(
        many_places.CLEAR,
        f"together clear {NIGHT}=Ana {WEST}=Cy",
        lambda n: many_places.CLEAR([("Ana", NIGHT), ("Cy", WEST)]),
    ),
    Both(many_places.LOCK, f"lock {NIGHT} Ana", lambda n: many_places.LOCK([("Ana", NIGHT)], locked=True)),
    Both(many_places.PROMISE, f"confirm {NIGHT} Ana", lambda n: many_places.PROMISE([("Ana", NIGHT)], "confirmed")),
    Both(people.ADD, "person add Zoë --field role=lead", lambda n: people.ADD({"name": "Zoë"}, now=NOW)),
    Both(people.SET_FIELD, "person set Ana languages Korean", lambda n: field("languages", "Korean")),
    Both(people.SET_FIELD, "person set Ana phone 213-555-0199", lambda n: field("phone", "213-555-0199")),
    Both(
        people.SET_CREDENTIAL,
        "credential set Ana insurance 2027-01-31",
        lambda n: people.SET_CREDENTIAL("Ana", "Insurance", "2027-01-31", now=NOW),
    ),
    Both(
        people.REMOVE_CREDENTIAL,
        "credential remove Ana insurance",
        lambda n: people.REMOVE_CREDENTIAL("Ana", "Insurance", now=NOW),
    ),
    Both(
        many_people.SET_MANY,
        "person set-many role Lead Ben Dee",
        lambda n: many_people.SET_MANY(("Ben", "Dee"), many_people.Change("role", "lead"), now=NOW),
    ),
    Both(deleting.DELETE, "person delete New", lambda n: deleting.DELETE(["New"])),
    Both(
        usual_week.SET_GRADES,
        "available week Ana Sat Night cannot",
        lambda n: usual_week.SET_GRADES("Ana", (usual_week.Cell(5, "night"),), "cannot"),
    ),
    Both(
        ranges.SAY,
        "available dates Ana cannot --from 2026-12-24 --to 2026-12-26 --note holiday",
        lambda n: ranges.SAY("Ana", "cannot", first=dt.date(2026, 12, 24), last=dt.date(2026, 12, 26), note="holiday"),
    ),
    Both(ranges.UNSAY, "available remove Ben {line}", lambda n: ranges.UNSAY("Ben", n.line)),
    Both(
        availability.WISH, "wish 2026-12-20/night/Valley Ana wants", lambda n: availability.WISH(WISHED, "Ana", "wants")
    ),
    Both(
        availability.WISH, "wish 2026-12-20/night/Valley Ana none", lambda n: availability.WISH(WISHED, "Ana", "none")
    ),
    Both(
        calls.LOG,
        "call log --area Valley --type suicide",
        lambda n: calls.LOG(CallDraft(area="Valley", type="suicide"), now=NOW),
    ),
    Both(calls.AMEND, "call amend 26-0001 --field adults=3", lambda n: calls.AMEND(1, now=NOW, adults=3)),
    Both(calls.HEAR, "call word 26-0001", lambda n: calls.HEAR(1, now=NOW)),
    Both(calls.CLOSE, "call close 26-0001", lambda n: calls.CLOSE(1, by="coordinator", now=NOW)),
    Both(calls.REOPEN, "call reopen 26-0003", lambda n: calls.REOPEN(3)),
    Both(
        call_answers.ANSWER,
        "call answer 26-0001 Ben no_answer",
        lambda n: call_answers.ANSWER(1, "Ben", "no_answer", now=NOW, reason=""),
    ),
    Both(
        going.SET_TIME,
        "call go 26-0001 Eve --at 0900",
        lambda n: going.SET_TIME(1, "Eve", "departed", NOW, now=NOW),
    ),
    Both(going.REMOVE, "call off 26-0001 Eve", lambda n: going.REMOVE(1, "Eve", now=NOW)),
    Both(going.DRIVE, "call miles 26-0001 Eve 18", lambda n: going.DRIVE(1, "Eve", 18.0)),
    Both(hard_calls.TICK, "call hard 26-0001 Child~death", lambda n: hard_calls.TICK(1, "Child death", now=NOW)),
    Both(hard_calls.ADD_KIND, "hard-calls add Bus~crash", lambda n: hard_calls.ADD_KIND("Bus crash")),
    Both(stand_down.ADD, "stand-down add 26-0002 Off", lambda n: stand_down.ADD(2, "Off", now=NOW)),
    Both(stand_down.CHANGE, "stand-down set {rest} --hours 48", lambda n: stand_down.CHANGE(n.rest, 48)),
    Both(stand_down.LIFT, "stand-down lift {rest}", lambda n: stand_down.LIFT(n.rest, "coordinator", NOW)),
    Both(debriefs.DONE, "debrief done {debrief}", lambda n: debriefs.DONE(n.debrief, "coordinator", NOW)),
    Both(debriefs.DONE_BY_PERSON, "debrief done Cy", lambda n: debriefs.DONE(n.debrief, "coordinator", NOW)),
    Both(all_call.BEGIN, "all-call begin 26-0001", lambda n: all_call.BEGIN(1)),
    Both(
        all_call.ANSWER,
        "all-call answer 26-0004 Duty two_hours",
        lambda n: all_call.ANSWER(4, "Duty", "two_hours", now=NOW),
    ),
    Both(all_call.SEND, "all-call send 26-0004 Duty", lambda n: all_call.SEND(4, ["Duty"], now=NOW)),
    Both(
        hours_ledger.LOG,
        "hours log Ana meeting --date 2026-11-20 --minutes 90",
        lambda n: hours_ledger.LOG(person="Ana", kind="meeting", date="2026-11-20", minutes="1:30", now=NOW),
    ),
    Both(
        hours_ledger.AMEND,
        "hours amend {entry} --date 2026-11-22 --minutes 120",
        lambda n: hours_ledger.AMEND(n.entry, date="2026-11-22", minutes="2:00", now=NOW),
    ),
    Both(hours_ledger.REMOVE, "hours remove {entry}", lambda n: hours_ledger.REMOVE([n.entry])),
    Both(hours_ledger.APPROVE, "hours approve {entry}", lambda n: hours_ledger.APPROVE([n.entry], who="coordinator")),
    Both(hours_ledger.UNAPPROVE, "hours unapprove {approved}", lambda n: hours_ledger.UNAPPROVE([n.approved])),
    Both(programme.AMEND, "programme set alarm-minutes 45", lambda n: programme.AMEND("alarm_minutes", "45")),
    Both(
        programmes.ADD_AREAS,
        "areas add Harbor --neighbour South",
        lambda n: programmes.ADD_AREAS((programmes.AreaPlan("Harbor", neighbours=("South",)),)),
    ),
    Both(planning.SET_RULE, "rules set areas --points 40", lambda n: planning.SET_RULE("areas", hard=False, points=40)),
    Both(rule_acts.RESET, "rules reset areas", lambda n: rule_acts.RESET("areas")),
    Both(
        demand.SET_FACTOR,
        "factors set Parade 2 --from 2026-12-31",
        lambda n: demand.SET_FACTOR("Parade", first=dt.date(2026, 12, 31), last=dt.date(2026, 12, 31), factor=2.0),
    ),
    Both(
        demand.REMOVE_FACTOR,
        "factors remove Fair",
        lambda n: demand.REMOVE_FACTOR("Fair", first=dt.date(2026, 12, 20)),
    ),
    Both(demand.SET_YEARLY_CALLS, "factors yearly 500", lambda n: demand.SET_YEARLY_CALLS(500.0)),
    Both(targets.CHOOSE, "targets set 95", lambda n: targets.CHOOSE({"": 95.0})),
    Both(targets.CHOOSE, "targets set 99 --area South", lambda n: targets.CHOOSE({"South": 99.0})),
    Both(targets.CLEAR, "targets clear", lambda n: targets.CLEAR("")),
    Both(
        hour_rates.SET_RATE,
        "rates set 2026 36.10 --source Us",
        lambda n: hour_rates.SET_RATE(2026, 3610, source="Us"),
    ),
)  # fmt: skip
ONE_WAY: dict[str, tuple[Act[Any, Any], ...]] = {
    "only a responder does it, at the desk that is shared; it has the label of the coordinator's": (
        own_desk.WISH, own_desk.SAY_WEEK, pins.CHOOSE,
    ),
    "only the command line does it": (
        hard_calls.REMOVE_KIND, pins.SET, pins.FORGET, vocabulary.FORGET, retention.SET_MONTHS, purge.PURGE,
        mending.REPLAN,
    ),
    "both do it by one function of the core, which takes the records and does the act itself": (
        month_answers.ASK, IMPORT, hours_sheet_back.READ, offers.READ, publishing.PUBLISH, placing.NOTE,
        programmes.SET_UP, open_city.TELL,
    ),
    "both give it what a solver found, and its month or seat is all that the label says": (
        planning.APPLY, mending.MEND,
    ),
}  # fmt: skip


def field(what: str, words: str) -> Deed[None]:
    """Return the change of one field of Ana."""
    return people.SET_FIELD("Ana", what, words, now=NOW)


@cache
def records() -> tuple[bytes, Numbers]:
    """Return records on which every act can be done, and the numbers of what lies in them."""
    with TemporaryDirectory() as folder:
        store = call_build.city(Path(folder))
        with store.change("Make ready") as session:
            session.add(
                Responder(
                    code="New", name="New", kind="volunteer", role="responder", status="active", status_until=None,
                    joined=None, home_division_id=None, home_area_id=None, languages=[], traditions=[], email="",
                    phone="", target_minutes=None,
                )
            )  # fmt: skip
            session.flush()
            roster.assign(session, name(NIGHT), "Ana")
            roster.assign(session, name(WEST), "Cy")
            one, two, three, four = (
                calls.log(session, CallDraft(area="Valley", type="homicide"), now=NOW) for _ in range(4)
            )
            going.add(session, one, "Eve", at=NOW)
            going.add(session, two, "Cy", at=NOW)
            hard_calls.tick_hard(session, two, "Child death", now=NOW)
            calls.close(session, three, by="coordinator", now=NOW)
            all_call.begin(session, four)
            people.set_credential(session, "Ana", "Insurance", "2026-12-31", now=NOW)
            availability.wish(session, WISHED, "Ana", "prefers")
            planning.set_rule(session, "areas", hard=False, points=7)
            demand.set_factor(session, "Fair", first=dt.date(2026, 12, 20), factor=1.5)
            targets.set_target(session, 90)
            found = Numbers(
                **{
                    code.lower(): session.scalars(
                        select(Assignment.id)
                        .join(Shift)
                        .join(Responder)
                        .where(Shift.key == key, Responder.code == code)
                    ).one()
                    for key, code in ((NIGHT, "Ana"), (WEST, "Cy"))
                },
                entry=hours_build.logged(session, "Ana", "office", NOW, date="2026-11-21", minutes="60"),
                approved=(done := hours_build.logged(session, "Ben", "office", NOW, date="2026-11-21", minutes="60")),
                line=ranges.say(session, "Ben", "cannot", first=dt.date(2026, 12, 30), last=None),
                debrief=session.scalars(select(Debrief.id)).one(),
                rest=session.scalars(select(StandDown.id)).one(),
            )
            hours_ledger.approve(session, [done], who="coordinator")
        store.close()
        return store.path.read_bytes(), found


def copied(path: Path) -> tuple[Path, Numbers]:
    """Return a copy of the records, and the numbers in them."""
    content, numbers = records()
    path.write_bytes(content)
    return path, numbers


def newest(path: Path) -> str:
    """Return what history calls the newest act."""
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.read() as session:
        label = journal.history(session, 1)[0].label
    store.close()
    return label


def every_act() -> Iterator[tuple[str, Act[Any, Any]]]:
    """Return every act of the core with where it stands."""
    for module in pkgutil.walk_packages(crt_scheduler.__path__, "crt_scheduler."):
        if not re.search(r"\.(__main__|migrations|start)\b", module.name):
            for known, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Act):
                    yield f"{module.name}.{known}", value


@pytest.mark.parametrize("both", BOTH, ids=[both.typed for both in BOTH])
def test_history_calls_an_act_the_same_whoever_does_it(desk_on: OpenDesk, tmp_path: Path, both: Both) -> None:
    path, numbers = copied(tmp_path / "typed.db")
    words = [word.replace("~", " ") for word in both.typed.format(**vars(numbers)).split()]
    assert cli.run(["--database", str(path), "--who", "coordinator", "--now", NOW.isoformat(), *words]) == 0
    desk = desk_on(copied(tmp_path / "window.db")[0], now=NOW, month="2026-12")
    done = desk.attempt(both.deed(numbers))
    assert done.sentence == ""
    assert newest(path) == newest(desk.path) == done.label == desk.undo_words
    assert done.label != "Make ready"


def test_every_act_is_done_both_ways_here_or_it_is_said_why_it_cannot_be() -> None:
    known = {id(both.act) for both in BOTH} | {id(act) for group in ONE_WAY.values() for act in group}
    assert [where for where, act in every_act() if id(act) not in known] == []


def test_labels_are_made_by_acts_alone() -> None:
    sources = [path for room in ("crt_scheduler", "ui") for path in (ROOT / room).rglob("*.py")]
    found = [path for path in sources if re.search(r"\bstore\.change\(", path.read_text(encoding="utf-8"))]
    assert found == []


def test_a_label_takes_the_values_of_its_act() -> None:
    for where, act in every_act():
        values = list(inspect.signature(act.do).parameters.values())[1:]
        if callable(act.label):
            taken = inspect.signature(act.label)
            given = {value.name: None for value in values if value.kind == value.KEYWORD_ONLY}
            places = [None] * (len(values) - len(given) + act.names_answer)
            assert taken.bind(None, *places, **given), where
        else:
            names = set(re.findall(r"{(\w+)", act.label))
            assert names <= {value.name for value in values}, where


def test_no_label_holds_a_phone_an_address_or_a_note(desk_on: OpenDesk, tmp_path: Path) -> None:
    desk = desk_on(copied(tmp_path / "team.db")[0], now=NOW, month="2026-12")
    contacts = [each.name for each in person_fields.ALL if each.is_contact]
    assert {"email", "phone", "notes"} < set(contacts)
    for what in contacts:
        said = {"phone": "213-555-0142", "phone_2": "213-555-0143", "email": "ana.secret@example.org"}.get(
            what, "secret"
        )
        said = "213-555-0144" if what == "next_of_kin_phone" else said
        done = desk.attempt(field(what, said))
        assert done.sentence == "" and said not in done.label and "secret" not in done.label


def test_an_act_that_is_refused_says_each_field_and_leaves_no_line_in_history(
    desk_on: OpenDesk, tmp_path: Path
) -> None:
    desk = desk_on(copied(tmp_path / "team.db")[0], now=NOW, month="2026-12")
    before = desk.read(journal.revision)
    refused = desk.attempt(people.ADD({"name": "", "phone": "1"}, now=NOW))
    assert set(refused.faults) == {"name", "phone"} and not refused
    refused = desk.attempt(hours_ledger.LOG(person="Zed", kind="lunch", date="2026-11-20", minutes="60", now=NOW))
    assert set(refused.faults) == {"person", "kind"}
    refused = desk.attempt(calls.LOG(CallDraft(type="picnic"), now=NOW))
    assert set(refused.faults) >= {"area", "type"}
    refused = desk.attempt(demand.SET_FACTOR(" ", first=dt.date(2026, 12, 1), factor=-1.0))
    assert set(refused.faults) == {"name", "factor"}
    assert desk.read(journal.revision) == before
