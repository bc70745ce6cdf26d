"""Calls and answers from files: hung on their incidents, read twice without a change, every fault said with its row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import fairness, imports
from crt_scheduler.care.exposure import exposure
from crt_scheduler.fairness import Answered, Worked, carried
from crt_scheduler.imports import BadRows
from crt_scheduler.tables import Call, CallAnswer, CallResponder, Debrief, HoursEntry, Incident
from tests.crt_scheduler.call_build import city
from tests.crt_scheduler.cli.test_cli import Office
from tests.crt_scheduler.cli.test_cli import office as office
from tests.crt_scheduler.team_build import everything

HEAD = "number,timestamp,area,division,type,agency,notified,dispatched,on_scene,clear,people_served,responders"
FIRST = (
    "26-0001,2026-11-01 01:00,Valley,Van Nuys,homicide,LAPD,2026-11-01 01:10,2026-11-01 01:20,"
    "2026-11-01 01:50,2026-11-01 03:50,4,Ana;Ben"
)
CALLS = f"""{HEAD}
{FIRST}
26-0002,2026-11-03 10:00,West,,fire,LAFD,,,,,,
26-0002,2026-11-03 10:00,West,,fire,LAFD,,,2026-11-03 10:40,2026-11-03 11:40,2,Cy;Rev
"""
ANSWERS = """call,person,time,answer,reason
26-0001,Ana,2026-11-01 01:20,accepted,
26-0001,Ben,2026-11-01 01:21,declined,ill
26-0002/2,Cy,2026-11-03 10:05,no_answer,
"""


def files(folder: Path, calls: str = CALLS, answers: str = ANSWERS) -> tuple[Path, Path]:
    """Write both files."""
    (folder / "calls.csv").write_text(calls, encoding="utf-8")
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    return folder / "calls.csv", folder / "answers.csv"


def test_the_same_files_twice_change_nothing(tmp_path: Path) -> None:
    store = city(tmp_path)
    calls, answers = files(tmp_path)
    report = imports.run(store, "calls", calls)
    assert (report.new, report.changed, report.unchanged) == (3, 0, 0)
    assert imports.run(store, "answers", answers).new == 3
    before = everything(store)
    assert imports.run(store, "calls", calls).unchanged == 3
    assert imports.run(store, "answers", answers).unchanged == 3
    assert everything(store) == before
    with store.read() as session:
        assert len(session.scalars(select(Incident)).all()) == 2
        assert [(row.case, row.served) for row in session.scalars(select(Call).order_by(Call.id))] == [
            (1, 4), (1, None), (2, 2),
        ]  # fmt: skip
        assert sum(row.minutes for row in session.scalars(select(HoursEntry))) == 2 * 180 + 2 * 60  # 01:50 to 03:50 PST
        assert {row.role for row in session.scalars(select(CallResponder))} == {"lead", "responder", "clergy"}
        assert len(session.scalars(select(CallAnswer)).all()) == 3
    store.undo()
    store.undo()
    with store.read() as session:
        assert session.scalars(select(Call)).first() is None and session.scalars(select(Incident)).first() is None
    store.close()


def test_calls_find_the_incidents_that_are_there(tmp_path: Path) -> None:
    store = city(tmp_path)
    (tmp_path / "incidents.csv").write_text(
        "number,timestamp,area,division,type,agency\n26-0001,2026-11-01 01:00,Valley,Van Nuys,homicide,LAPD\n"
    )
    imports.run(store, "incidents", tmp_path / "incidents.csv")
    imports.run(store, "calls", files(tmp_path)[0])
    with store.read() as session:
        assert len(session.scalars(select(Incident)).all()) == 2
    assert imports.run(store, "incidents", tmp_path / "incidents.csv").unchanged == 1
    store.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Ana;Ben", "Ana;Zoe"), "no person has this id"),
        (("01:50,2026-11-01 03:50", "01:50,2026-11-01 01:05"), "correct one of them"),
        (("Valley,Van Nuys", "Valley,Rampart"), "lies in Central"),
        (("3:50,4,", "3:50,many,"), "number of people"),
        (("26-0001,2026-11-01 01:00", ",2026-11-01 01:00"), "needs its incident number"),
    ],
)
def test_bad_rows_are_refused_with_their_reason(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    store = city(tmp_path)
    with pytest.raises(BadRows, match=words):
        imports.run(store, "calls", files(tmp_path, CALLS.replace(*change))[0])
    store.close()


def test_answers_to_unknown_calls_are_refused(tmp_path: Path) -> None:
    store = city(tmp_path)
    with pytest.raises(BadRows, match="no call has this number"):
        imports.run(store, "answers", files(tmp_path)[1])
    store.close()


def test_calls_answered_count_instead_of_those_expected_where_the_log_is_whole(tmp_path: Path) -> None:
    store = city(tmp_path)
    imports.run(store, "calls", files(tmp_path)[0])
    first, before = dt.date(2026, 10, 1), dt.date(2026, 12, 1)
    with store.read() as session:
        found = fairness.answered(session, first, before)
        assert found.months == {"2026-11"} and sorted(found.calls.values()) == [1.0, 1.0, 1.0, 1.0]
        assert fairness.answered(session, first, dt.date(2026, 11, 1)).months == frozenset()
    (tmp_path / "more.csv").write_text("timestamp,area,type\n2026-11-05 10:00,West,fire\n2026-11-06 10:00,West,fire\n")
    imports.run(store, "incidents", tmp_path / "more.csv")
    with store.read() as session:  # two of four incidents have nobody: the log is not whole
        assert fairness.answered(session, first, before).months == frozenset()
    store.close()


def test_a_month_of_answered_calls_replaces_the_expected_ones_of_that_month_only() -> None:
    def duty(who: int, date: dt.date) -> Worked:
        start = dt.datetime.combine(date, dt.time(14), tzinfo=dt.UTC)
        return Worked(who, date, start, start + dt.timedelta(hours=12), template=1, area=1, night=False)

    duties = [duty(7, dt.date(2026, 10, 6)), duty(7, dt.date(2026, 11, 3))]
    expected = {(1, 10, 1, 1): 0.25, (1, 11, 1, 1): 0.5}
    assert carried(duties, frozenset(), expected)[7].calls == 0.75
    logged = Answered(frozenset({"2026-11"}), {7: 3.0, 8: 1.0})
    found = carried(duties, frozenset(), expected, logged)
    assert (found[7].calls, found[8].calls, found[8].nights) == (3.25, 1.0, 0.0)


def test_a_call_from_the_command_line(office: Office) -> None:
    made = office.type("call", "log", "--area", "valley", "--type", "hom", "--notified", "0850", "--json")
    assert made["number"] == "26-0001" and made["case"] == 1
    found = office.type("call", "out", "26-0001", "--all", "--json")
    assert [place["code"] for place in found["team"]] == ["A1", "C1", "B1", "D1"]
    assert all(place["reason"] for place in found["team"])
    office.type("call", "answer", "26-0001", "A1", "accepted", "--at", "0852")
    office.type("call", "answer", "26-0001", "B1", "declined", code=2)
    assert "Say why they declined" in office.told
    office.type("call", "answer", "26-0001", "B1", "declined", "--reason", "ill")
    office.type("call", "go", "26-0001", "A1", "--at", "0853")
    office.type("call", "arrive", "26-0001", "A1", "--at", "0840", code=2)
    assert "is before departure (08:53). Type a later time." in office.told
    office.type("call", "arrive", "26-0001", "A1", "--at", "0856")
    office.type("call", "close", "26-0001", code=2)
    assert "not clear of 26-0001" in office.told
    shown = office.type("call", "show", "26-0001", "--json")
    assert shown["state"] == "on scene" and shown["responders"][0]["code"] == "A1"
    assert "on scene" in office.type("call", "show", "26-0001")
    wanted = ("adults=3", "services=liaison;referral", "safety_issue=yes", "follow_up_due=2026-12-09")
    office.type("call", "amend", "26-0001", *(word for field in wanted for word in ("--field", field)))
    office.type("call", "amend", "26-0001", "--field", "dispatched=0852")
    office.type("call", "amend", "26-0001", "--field", "name=Maria", code=2)
    assert "is no field of a call" in office.told
    office.type("call", "miles", "26-0001", "A1", "18")
    shown = office.type("call", "show", "26-0001", "--json")
    assert (shown["served"], shown["services"], shown["safety_issue"]) == (3, ["liaison", "referral"], True)
    assert shown["miles"] == [["A1", 18.0]]
    office.type("call", "off", "26-0001", "B1", code=2)
    assert "is not on 26-0001" in office.told
    office.type("call", "clear", "26-0001", "A1")
    office.type("call", "close", "26-0001")
    assert office.type("call", "list", "--json")[0]["state"] == "closed"
    assert "26-0001" in office.type("call", "list")
    assert office.type("call", "list", "--state", "open", "--json") == []
    office.type("call", "list", "--state", "lost", code=2)
    office.type("call", "out", "99", code=2)
    assert "No call has the number '99'" in office.told
    assert office.type("call", "rates", "--json")["asked"] == 0
    assert "0 of 0 calls" in office.type("call", "rates")
    assert "Ana Kim" in office.type("call", "out", "26-0001", "--all")


def test_a_file_may_say_which_calls_were_hard_and_nobody_owes_a_debrief_for_them_now(tmp_path: Path) -> None:
    store = city(tmp_path)
    calls, _ = files(tmp_path, f"{HEAD},hard\n{FIRST},child death\n")
    assert imports.run(store, "calls", calls).new == 1
    assert imports.run(store, "calls", calls).unchanged == 1
    without, _ = files(tmp_path, f"{HEAD}\n{FIRST}\n")
    assert imports.run(store, "calls", without).unchanged == 1, "a file without the column leaves it"
    with store.read() as session:
        assert session.scalars(select(Call.hard)).all() == ["Child death"]
        assert session.scalars(select(Debrief)).all() == []
        assert [one.hard_90 for one in exposure(session, now=store.now)] == [1, 1]
    bad, _ = files(tmp_path, f"{HEAD},hard\n{FIRST},sad\n")
    with pytest.raises(BadRows) as told:
        imports.run(store, "calls", bad)
    assert "sad" in str(told.value) and "is no kind of hard call; there are: Child death, Several dead" in str(
        told.value
    )
    store.close()
