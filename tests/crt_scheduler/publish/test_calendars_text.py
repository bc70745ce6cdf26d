"""Text of calendar files: folding, escapes and what is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from crt_scheduler.publish.calendars import Text, fold
from crt_scheduler.publish.one_line import LONGEST_TEXT, one_line
from crt_scheduler.publish.outgoing_names import file_name, refuse_like_ids, short_name

ESCAPE_RICH = st.text(st.sampled_from("\\,;\n nN:aé김😀"), max_size=300)


def unfolded(pieces: bytes) -> str:
    return pieces.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode()


def value_of(escaped: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], escaped)


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400)
    | ESCAPE_RICH.map(lambda t: t.replace("\n", ""))
)
@example("\\" * 200)
@example("a" * 74 + "\\\\" + "b" * 80)
@example("😀" * 60)
def test_a_folded_line_is_at_most_75_octets_and_unfolds_to_itself(line: str) -> None:
    pieces = fold(line)
    assert unfolded(pieces) == line
    for piece in pieces.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(piece) <= 75
        piece.decode()


@settings(max_examples=300, deadline=None)
@given(ESCAPE_RICH)
@example("x" * 66 + "\\" * 9)
@example("C:\\New\\notes")
def test_no_fold_splits_an_escape_and_the_text_reads_back(text: str) -> None:
    pieces = fold("SUMMARY:" + Text(text).to_ical().decode())
    for piece in pieces.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(re.search(rb"\\*$", piece)[0]) % 2 == 0  # type: ignore[index]
    assert value_of(unfolded(pieces).removeprefix("SUMMARY:")) == text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_name_becomes_text_that_a_calendar_reads_back(name: str) -> None:
    text = one_line(name)
    body = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + fold("SUMMARY:" + Text(text).to_ical().decode())
    event = Calendar.from_ical(body + b"END:VEVENT\r\nEND:VCALENDAR\r\n").walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ana\r\nRuiz", "Ana Ruiz"),
        ("\ufeffAna\x00\x07\x7f Ruiz\ufffe\uffff", "Ana Ruiz"),
        ("Ana\u2028Ruiz\x85", "Ana Ruiz"),
        ("\u202eAna", "Ana"),
        ("\ud800Ana\ufdd0\ufdef", "Ana"),
        ("\ufdf0\n\ufdcf", "\ufdf0 \ufdcf"),
        ("👩\u200d🚒 می\u200cرود", "👩\u200d🚒 می\u200cرود"),
        ("x" * 300, "x" * (LONGEST_TEXT - 1) + "…"),
        ("x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
        ("\n" + "x" * (LONGEST_TEXT + 1), "x" * (LONGEST_TEXT - 1) + "…"),
        ("Ana\t\v\f\x1c Ruiz \n", "Ana  Ruiz"),
        ("\u2066Ana\u2069 \U0001fffe\U0001fffdRuiz", "Ana \U0001fffdRuiz"),
    ],
)
def test_what_calendars_choke_on_is_left_out(written: str, kept: str) -> None:
    assert one_line(written) == kept


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ben Kowalski", "Ben K."),
        ("Ana María Ruiz", "Ana R."),
        ("Ruiz, Ana", "Ana R."),
        ("김민준", "김민준"),
        ("Արամ Պետրոսյան", "Արամ Պ."),
        ("Rabbi Ben Kim", "Rabbi Ben K."),
        ("Rev. Dr. Ben Kim Jr.", "Rev. Dr. Ben K."),
        ("Sister Agnes", "Sister Agnes"),
        ("Agnes", "Agnes"),
        ("Ben Kim, MD", "Ben K."),
        ("Zoë (O’Neil)", "Zoë O."),
        ("Ana 🎉", "Ana"),
        ("राम शिंदे", "राम शिं."),
        ("", ""),
        ("Rabbi", "Rabbi"),
        ("Rev. Dr.", "Rev. Dr."),
        ("Kim Jr.", "Kim"),
        ("Jr.", "Jr."),
        ("Dr. Kim", "Dr. Kim"),
        ("Kim, Jr.", "Kim"),
        ("Kim, Dr. Ben, Jr.", "Dr. Ben K."),
        ("Ana -Ruiz", "Ana R."),
        ("Ana R\u0301\u0302uiz", "Ana R\u0301\u0302."),
        ("Ana R\u0301", "Ana R\u0301."),
    ],
)
def test_a_partner_is_named_by_first_name_and_initial(name: str, short: str) -> None:
    assert short_name(name) == short


def test_ids_become_safe_and_different_file_names() -> None:
    odd = ["../x", "a/b", "a_b", "a:b", "CON", "..", "", " x", "Valley", "West Los Angeles", "Պ-1"]
    made = [file_name(text) for text in odd]
    assert len({name.casefold() for name in made}) == len(odd)
    assert all(name and "/" not in name and not name.startswith(".") for name in made)
    assert made[-3:] == odd[-3:]


@pytest.mark.parametrize("text", ["con", "Aux.1", "com1", "COM9", "lpt1", "lpt9", "nul.", "x" * 81, "-a ", "a\ud800"])
def test_an_id_that_no_system_takes_as_a_file_is_told_by_a_mark_of_its_own(text: str) -> None:
    stem, _, mark = file_name(text).rpartition("-")
    assert re.fullmatch("[0-9a-f]{8}", mark) and len(stem) <= 80


@pytest.mark.parametrize("text", ["com0", "com10", "lpt10", "cone", "x" * 80, "V.1", "-V1", "Zoë_1", "a b"])
def test_an_id_that_every_system_takes_is_its_files_name(text: str) -> None:
    assert file_name(text) == text


def test_ids_that_differ_only_in_case_are_refused_with_both_named() -> None:
    with pytest.raises(Exception, match="v1 would share one calendar file"):
        refuse_like_ids(["V1", "v1", "V2"])
