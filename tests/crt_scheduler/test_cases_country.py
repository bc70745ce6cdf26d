"""A team at home anywhere: phones, holidays, clock, weeks and dates as the people of its zone's country have them."""

from __future__ import annotations

import copy
import datetime as dt
import email
import json
import pickle
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from crt_scheduler import cli, imports, programmes, times
from crt_scheduler.errors import CrtError
from crt_scheduler.frame import holiday_dates
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.public_holidays import is_known, public_holidays, subdivisions
from crt_scheduler.responders.phone_numbers import phone_words
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.publish.test_publish_build import out_of, send, valley
from tests.opened import open_store

UK = Path(__file__).parent.parent / "cases" / "51-uk"


def command(capture: pytest.CaptureFixture[str], path: Path, *words: str, code: int = 0) -> Any:
    """Type a command with --json and return its answer."""
    assert cli.run(["--database", str(path), "--now", "2026-12-15T17:00Z", *words, "--json"]) == code
    return json.loads(capture.readouterr().out.splitlines()[-1])


def team_in(folder: Path, zone: str, *, country: str = "") -> Store:
    """Return a new database with the CRT programme, at home in a zone."""
    store = open_store(str(folder / "home.db"), who="coordinator", now=team_build.NOW, create=True)
    with store.change("Set up") as session:
        programmes.init(session, programmes.preset("crt"), name="crt", zone=zone, country=country)
    return store


def at_home(store: Store) -> tuple[str, str, str, int, str | None]:
    """Return a programme's country, part, clock, first weekday and order of dates."""
    with store.read() as session:
        row = programme_of(session)
        customary = customs.clock_of(row), customs.first_weekday_of(row), customs.date_order_of(row)
        return row.country, row.subdivision, *customary


def test_a_team_in_london_has_british_phones_and_holidays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "uk.db"
    made = command(capsys, path, "init", "--zone", "Europe/London", "--areas", str(UK / "areas.csv"))
    assert "those of United Kingdom; 24 hours, weeks from Monday" in made["done"]
    assert command(capsys, path, "import", "people", str(UK / "people.csv"))["new"] == 3
    with open_store(str(path), who="coordinator", now=team_build.NOW) as store, store.read() as session:
        phones = list(session.scalars(select(Responder.phone).order_by(Responder.code)))
        free = holiday_dates(programme_of(session), [dt.date(2027, 5, 1)])
    assert phones == ["+442079460958", "+447700900123", "+447700900124"]
    assert [phone_words(phone, "GB") for phone in phones[:2]] == ["020 7946 0958", "07700 900123"]
    assert dt.date(2027, 12, 28) in free  # Boxing Day, observed
    assert not {dt.date(2027, 5, 31 - 7), dt.date(2027, 7, 4), dt.date(2027, 11, 25)} & free


def test_the_country_is_set_later_and_everything_follows_it_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team_build.team(tmp_path).close()
    path = tmp_path / "team.db"
    before = command(capsys, path, "programme", "show")
    assert (before["country"], before["subdivision"], before["clock"]) == ("US", "CA", "24")
    told = command(capsys, path, "programme", "set", "country", "GB")
    assert told["done"].startswith("country is now GB. Phones and public holidays are those of United Kingdom;")
    after = command(capsys, path, "programme", "show")
    customary = tuple(after[name] for name in ("country", "subdivision", "clock", "first_weekday", "date_order"))
    assert customary == ("GB", "", "auto", "auto", "auto")
    command(capsys, path, "undo")
    assert command(capsys, path, "programme", "show") == before


def test_each_custom_is_set_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team_build.team(tmp_path).close()
    path = tmp_path / "team.db"
    for field, words in (("clock", "12"), ("first-weekday", "Saturday"), ("date-order", "eu"), ("subdivision", "ny")):
        command(capsys, path, "programme", "set", field, words)
    with open_store(str(path), who="coordinator", now=team_build.NOW) as store:
        assert at_home(store) == ("US", "NY", "12", 5, "eu")


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("country", "Ruritania", "'Ruritania' is no country. Give its two letters, such as US, GB or KR."),
        ("country", "", "'' is no country."),
        ("clock", "13", "'13' is no clock. Use one of: 12, 24, auto."),
        ("first-weekday", "noday", "'noday' is no first weekday. Use one of: monday,"),
        ("date-order", "uk", "'uk' is no order of dates. Use one of: us, eu, iso, ask, auto."),
        ("subdivision", "ZZ", "United States has no part called 'ZZ' with holidays of its own. Use one of: AK,"),
    ],
)
def test_a_custom_that_is_none_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, words: str, sentence: str
) -> None:
    team_build.team(tmp_path).close()
    refused = command(capsys, tmp_path / "team.db", "programme", "set", field, words, code=2)
    assert refused["error"].startswith(sentence)


@pytest.mark.parametrize(
    ("zone", "home"),
    [
        ("", ("US", "CA", "24", 0, "us")),
        ("America/Los_Angeles", ("US", "CA", "24", 0, "us")),
        ("America/New_York", ("US", "", "24", 0, "us")),
        ("UTC", ("US", "", "24", 0, "us")),
        ("Asia/Seoul", ("KR", "", "12", 6, None)),
        ("Europe/Berlin", ("DE", "", "24", 0, "eu")),
        ("America/Toronto", ("CA", "", "12", 6, None)),
        ("Asia/Calcutta", ("IN", "", "12", 6, "eu")),
        ("Africa/Cairo", ("EG", "", "12", 5, "eu")),
    ],
)
def test_a_new_team_is_at_home_where_its_zone_is(
    tmp_path: Path, zone: str, home: tuple[str, str, str, int, str | None]
) -> None:
    with team_in(tmp_path, zone) as store:
        assert at_home(store) == home


def test_a_country_given_at_the_start_brings_its_only_zone_and_one_of_several_is_asked_for(tmp_path: Path) -> None:
    with team_in(tmp_path, "", country="united kingdom") as store, store.read() as session:
        assert programme_of(session).zone == "Europe/London"
    plan = programmes.preset("crt")
    assert programmes.home(plan, country="UK").country == "GB"
    assert programmes.home(plan, zone="Europe/Paris", country="BE").country == "BE"
    with pytest.raises(CrtError, match=r"Canada has several time zones\. Say which is yours, such as --zone"):
        programmes.home(plan, country="CA")


def test_a_zone_of_no_country_is_said_and_the_preset_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = command(capsys, tmp_path / "new.db", "init", "--zone", "UTC")
    assert "UTC is the zone of no country: US stays, or: programme set country CC." in made["done"]


@given(st.sampled_from(sorted(available_timezones() - {"localtime"})))
def test_every_zone_gives_a_home_whose_customs_are_whole(zone: str) -> None:
    home = programmes.home(programmes.preset("crt"), zone=zone)
    found = customs.customs(home.country)
    assert customs.country(home.country) == home.country
    assert found.clock in customs.CLOCKS
    assert found.first_weekday in range(7)
    assert found.date_order in customs.DATE_ORDERS
    assert customs.country_words(home.country) != home.country
    public_holidays(home.country, "", [2027])  # every country is read, or has no list and none


@given(st.sampled_from([code for code, _ in customs.countries()]))
def test_a_country_without_a_list_of_holidays_says_so(code: str) -> None:
    assert (customs.holiday_words(code) == "") == is_known(code)
    assert bool(public_holidays(code, "", [2027])) <= is_known(code)
    for part in subdivisions(code)[:3]:
        assert customs.holiday_words(code, part) == ""


def test_a_country_that_no_list_knows_has_no_holidays_and_is_told_so(tmp_path: Path) -> None:
    unknown = [code for code, _ in customs.countries() if not is_known(code)]
    assert unknown, "the library knows every country now: this promise needs another proof"
    with team_in(tmp_path, "") as store:
        with store.change("Move") as session:
            programme_acts.amend(session, "country", unknown[0])
            told = programme_acts.what_follows(session, "country")
        with store.read() as session:
            assert holiday_dates(programme_of(session), [dt.date(2027, 1, 1)]) == frozenset()
    assert "No list of public holidays is known for" in told


def test_dates_a_file_leaves_open_are_read_as_at_home_and_said(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,joined\nV1,Ana,03/04/2020\nV2,Ben,05/06/2021\n", encoding="utf-8")
    with team_in(tmp_path, "Europe/London") as store:
        found = imports.run(store, "people", path)
        with store.read() as session:
            assert session.scalar(select(Responder.joined).where(Responder.code == "V1")) == dt.date(2020, 4, 3)
    said = "joined: 03/04/2020 was read as Fri 3 Apr 2020, day first, as in United Kingdom; if the file means the other"
    assert found.notes[0].startswith(said)
    assert found.notes[0].endswith("--dates us.")
    assert said in found.sentence()


def test_what_a_file_says_itself_and_what_is_typed_outweigh_the_country(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,joined\nV1,Ana,03/04/2020\nV2,Ben,05/31/2021\n", encoding="utf-8")
    with team_in(tmp_path, "Europe/London") as store:
        assert imports.run(store, "people", path, dry_run=True).notes == ()
        path.write_text("id,name,joined\nV1,Ana,03/04/2020\n", encoding="utf-8")
        assert imports.run(store, "people", path, date_order="us").notes == ()
        with store.read() as session:
            assert session.scalar(select(Responder.joined)) == dt.date(2020, 3, 4)


def test_where_a_country_writes_both_ways_open_dates_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,joined\nV1,Ana,03/04/2020\n", encoding="utf-8")
    with team_in(tmp_path, "America/Toronto") as store, pytest.raises(imports.UnclearDates):
        imports.run(store, "people", path)


@given(st.times())
def test_a_clock_of_twelve_hours_tells_every_minute_apart(wall: dt.time) -> None:
    told = times.clock_words(wall, "12")
    assert dt.datetime.strptime(told, "%I:%M %p").time() == wall.replace(second=0, microsecond=0)
    assert times.clock_words(wall, "24") == f"{wall:%H:%M}"


def test_a_zone_keeps_its_clock_through_copies_and_is_its_name_to_all_else() -> None:
    zone = times.Zone("Europe/London", "12")
    for same in (zone, copy.deepcopy(zone), pickle.loads(pickle.dumps(zone))):
        assert same == "Europe/London"
        assert times.clock_at(dt.datetime(2027, 1, 9, 18, 5, tzinfo=dt.UTC), same) == "6:05 PM"
    assert times.clock_at(dt.datetime(2027, 1, 9, 18, 5, tzinfo=dt.UTC), times.Zone("Europe/London")) == "18:05"


def test_today_and_the_usual_week_speak_as_people_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with team_in(tmp_path, "Africa/Cairo") as store, store.change("Add Ana") as session:
        team_build.responder(session, "V1")
    path = tmp_path / "home.db"
    assert cli.run(["--database", str(path), "--now", "2026-12-15T17:00Z", "today"]) == 0
    assert "Tue 15 Dec 2026, 7:00 PM" in "".join(capsys.readouterr())
    assert command(capsys, path, "today")["zone"] == "Africa/Cairo"
    capsys.readouterr()
    assert cli.run(["--database", str(path), "available", "show", "V1"]) == 0
    head = next(line for line in "".join(capsys.readouterr()).splitlines() if line.startswith("Shift"))
    assert head.split() == ["Shift", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]


def test_letters_duty_sheet_and_the_text_that_asks_for_cover_tell_hours_as_people_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with valley(tmp_path) as store:
        with store.change("Set the clock") as session:
            programme_acts.amend(session, "clock", "12")
        send(store, duty_sheet=True, eml=True)
        sheet = PdfReader(out_of(store) / "duty-sheet-2027-01.pdf").pages[0].extract_text()
        letters = [email.message_from_bytes(file.read_bytes()) for file in out_of(store).rglob("*.eml")]
    assert "6:00 PM-6:00 AM  (12:00 h)" in sheet and "18:00" not in sheet
    bodies = [part.get_payload(decode=True) for letter in letters for part in letter.walk() if not part.is_multipart()]
    assert any(b"6:00 PM-6:00 AM (12:00 h)" in body for body in bodies if isinstance(body, bytes))
    asked = command(capsys, store.path, "cover", "2027-01-09/night/Valley", "V1")
    assert "6:00 PM–6:00 AM" in asked["cover"]["text"]
