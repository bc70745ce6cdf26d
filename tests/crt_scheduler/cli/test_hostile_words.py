"""No word that anybody types is a fault of ours: every command answers, or says in a sentence what is wrong."""

from __future__ import annotations

import pytest

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from tests.crt_scheduler.sweep_build import DATES, INSTANTS, NAMES, PATHS, Case, Office, cases, commands

COMMANDS = dict(commands())
STRIDE = 23
"""Which value a parameter is tried with: each next one another, so that all values meet all kinds of parameters."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small team's records, as they were before each command."""
    return Office(tmp_path_factory.mktemp("office"))


def chosen(name: str) -> list[Case]:
    """One case per parameter of a command."""
    found: dict[str, list[Case]] = {}
    for case in cases(name, COMMANDS[name]):
        found.setdefault(case.parameter, []).append(case)
    first = sum(map(ord, name))
    return [each[(first + STRIDE * n) % len(each)] for n, each in enumerate(found.values())]


def answers(
    office: Office, words: tuple[str, ...], capsys: pytest.CaptureFixture[str], *, before: tuple[str, ...] = ()
) -> int:
    """Run a command and return its exit code, having seen that it says what is wrong as a person would."""
    code = office.try_out(words, before=before)
    told = capsys.readouterr().err
    assert code in (0, 1, 2), f"{before} {words}: {code} {told}"
    assert "Traceback" not in told
    if code == 2:
        assert len(told.split()) > 3, f"{words}: {told}"
    return code


@pytest.mark.parametrize("name", [name for name in COMMANDS if chosen(name)])
def test_every_command_answers_hostile_words_with_a_sentence(
    office: Office, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for case in chosen(name):
        answers(office, case.words, capsys)


MONTHLY = [name for name in COMMANDS if any(p.metavar == "YYYY-MM" for p in COMMANDS[name].params)]


@pytest.mark.parametrize("name", MONTHLY)
def test_a_month_at_the_end_of_time_is_refused_and_one_at_the_end_of_the_range_is_answered(
    office: Office, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monthly = {p.name for p in COMMANDS[name].params if p.metavar == "YYYY-MM"}
    mine = [case for case in cases(name, COMMANDS[name]) if case.parameter in monthly]
    codes = {
        (case.parameter, month): answers(office, case.words, capsys)
        for case in mine
        for month in ("0001-01", "9999-12", "1900-01" if len(name) % 2 else "2200-12")
        if month in case.words and not name.startswith("sample")
    }
    assert all(code == 2 for (_, month), code in codes.items() if month in ("0001-01", "9999-12"))


@pytest.mark.parametrize("now", (*INSTANTS[:4], *DATES[:4]))
@pytest.mark.parametrize("words", ["today", "check 2027-01", "hours list", "stale", "person show V1"])
def test_no_clock_is_too_far_off_for_a_sentence(
    office: Office, now: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    is_near = now[:4] in ("1900", "2200")
    code = answers(office, tuple(words.split()), capsys, before=("--now", now))
    assert is_near or code == 2


@pytest.mark.parametrize("value", [*PATHS, *NAMES])
def test_a_database_and_a_signature_may_be_any_words(
    office: Office, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(office, ("people",), capsys, before=("--database", value))
    answers(office, ("lock", "2027-01-09/night/Valley", "V1"), capsys, before=("--who", value))


@pytest.mark.parametrize("words", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
def test_one_range_of_years_is_kept_for_dates_instants_and_months(words: str) -> None:
    for read in (times.date, times.moment):
        with pytest.raises(CrtError, match="lies outside the years 1900 to 2200"):
            read(words)
    assert times.date("1900-01-01") and times.moment("2200-12-31T23:59Z")
    for month in ("0001-01", "9999-12", "1898-12", "2202-01"):
        with pytest.raises(CrtError, match="lies outside"):
            times.parse_month(month)
    assert times.previous_month("1900-01") == "1899-12"
    assert times.next_month(times.parse_month("2200-12")) == "2201-01"
