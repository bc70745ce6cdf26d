"""Every sentence has its words in every language, with the same values in it, and the app reads what is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crt_scheduler import cli
from crt_scheduler.language import speak
from crt_scheduler.reports import report_files
from crt_scheduler.reports.report_files import Wish
from solver.wording import use
from tests import translations
from tests.crt_scheduler import team_build

LANGUAGES = translations.languages()
VALUE = re.compile(r"\{[^{}]*\}")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the language as it was."""
    yield
    use(None)


def test_there_is_a_language_beside_english() -> None:
    assert "es" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_code_has_words(language: str) -> None:
    found = translations.missing(language)
    assert [message.id for message in found] == [], "python -m tests.translations collect, then write them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_is_lost_or_added_in_another_language(language: str) -> None:
    wrong = []
    for message in translations.kept(language):
        if not message.id:
            continue
        many = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {value for each in many for value in VALUE.findall(each)}
        if any(set(VALUE.findall(each)) - wanted for each in said) or set(VALUE.findall(said[-1])) != set(
            VALUE.findall(many[-1])
        ):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_app_reads_what_is_kept(language: str) -> None:
    kept = translations.file_of(language)
    assert kept.with_suffix(".mo").read_bytes() == translations.compiled(translations.kept(language)), (
        "python -m tests.translations compile"
    )


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """Run a command and return what it says."""
    assert cli.run(list(words)) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_a_command_says_its_sentences_in_spanish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team = ("--database", str(tmp_path / "team.db"), "--now", "2026-12-15T17:00Z")
    said(capsys, *team, "init", "--programme", "crt")
    assert "Todavía no hay nadie en el cuadrante de enero de 2027." in said(capsys, *team, "--language", "es", "today")
    refused = said(capsys, *team, "--language", "es", "assign", "2027-01-09/night/Nowhere", "V001", code=2)
    assert refused.startswith("Ninguna zona se llama 'Nowhere'. Hay: Central, South, West, Valley")
    assert "Nobody is on the roster of January 2027 yet." in said(capsys, *team, "today"), "English is not forgotten"


def test_a_language_without_words_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--database", str(tmp_path / "team.db"), "--language", "xx", "today", code=2)
    assert told.strip() == "There are no words in 'xx'. Use one of: en, es."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", report_files.NAMES)
def test_every_report_finds_its_bars_in_every_language(name: str, language: str, tmp_path: Path) -> None:
    speak(language)
    store = team_build.team(tmp_path)
    with store.read() as session:
        wish = Wish(name, dt.date(2026, 1, 1), dt.date(2026, 11, 30))
        found = report_files.report_of(session, wish, now=store.now, needs_rate=False)
        page = report_files.printed(session, found, now=store.now)
    plots = [table for table in page.tables if table.plot]
    assert plots and all(len(table.bars) == len(table.rows) for table in plots)
