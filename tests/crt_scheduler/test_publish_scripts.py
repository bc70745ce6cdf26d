"""Names in any script on paper: every letter from a shipped font, shaped, in the order people read it."""

from __future__ import annotations

import datetime as dt
import io
import logging
import unicodedata
import warnings

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from crt_scheduler.places import resource
from crt_scheduler.publish.fonts import SHIPPED, is_hard_to_read, readable, shown_by
from crt_scheduler.publish.page import Block, Line, Page
from crt_scheduler.reports import plots
from crt_scheduler.reports.pdf import pdf_bytes
from crt_scheduler.reports.printed import Column, Printed, Table

MADE = dt.datetime(2026, 12, 20, 18, 0, tzinfo=dt.UTC)
NAMES = (
    "김민준", "Kim 민준", "뷁", "李小龙", "林小美", "山田さくら", "Արամ Պետրոսյան", "محمد علي", "یوسف گل",
    "יוסי כהן", "สมชาย ใจดี", "សុខ", "አበበ ቢቂላ", "გიორგი", "José Ngô Đình", "Ольга",
    "Γιώργος", "सत्यजित राय", "ਗੁਰਪ੍ਰੀਤ", "தமிழ்",
)  # fmt: skip
MOST_BYTES = 12_000_000


def sheet(*names: str) -> tuple[bytes, frozenset[str]]:
    """Return a duty sheet of some names, and the letters left out of it."""
    page = Page(title="Duty sheet", subtitle="", notice="", letters=names, made=MADE)
    page.day("Sat 9 Jan 2027", [Block("Night", tuple(Line("", f"V{n}", name, "", "") for n, name in enumerate(names)))])
    return page.to_bytes(), page._missing


def text_of(pdf: bytes) -> str:
    """Return the letters a reader takes out of a PDF, without the codes of glyphs that belong to a letter before."""
    found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(letter for letter in found if letter == "\n" or unicodedata.category(letter) != "Cc")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_prints_whole_and_can_be_copied_from_the_duty_sheet(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        pdf, missing = sheet(name)
    assert missing == frozenset()
    assert "missing" not in caplog.text
    assert name in text_of(pdf)
    assert "V0" not in text_of(pdf)  # the id stands in only for what cannot be shown


def test_names_of_many_scripts_print_beside_each_other_in_a_report(caplog: pytest.LogCaptureFixture) -> None:
    table = Table("People", tuple(Column(words, "text") for words in ("Id", "Name")), tuple(enumerated(NAMES)))
    report = Printed(
        title="Hours", programme="팀 위기대응", first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31), made=MADE,
        figures=(), tables=(table,), notes=(), left_out="",
    )  # fmt: skip
    with caplog.at_level(logging.WARNING):
        found = text_of(pdf_bytes(report))
    assert "missing" not in caplog.text
    assert [name for name in (*NAMES, "팀 위기대응") if name not in found] == []


def test_bars_of_areas_with_names_in_another_script_show_them() -> None:
    columns = (Column("Area", "text"), Column("Calls"))
    table = Table("Calls by area", columns, (("밸리", 3), ("中区", 5)), plot="Calls", axis="Area")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert plots.bars(table).startswith(b"\x89PNG")
    assert [str(each.message) for each in told if "missing" in str(each.message)] == []


def enumerated(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names, each with an id."""
    return [(f"V{n}", name) for n, name in enumerate(names)]


def test_arabic_letters_take_the_shape_of_their_place_in_the_word() -> None:
    alone, joined = (embedded_glyphs(sheet(name)[0], "Arabic") for name in ("ه ه", "ههه"))
    assert joined - alone >= 2  # the first, the middle and the last one differ


def embedded_glyphs(pdf: bytes, family: str) -> int:
    """Return how many glyphs of a font a PDF holds."""
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in (each.get_object() for each in fonts.values()):
        if family in font["/BaseFont"]:
            file = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data()
            return len(TTFont(io.BytesIO(file)).getGlyphOrder())
    raise AssertionError(family)


def test_hangul_in_parts_is_the_same_name() -> None:
    name = unicodedata.normalize("NFD", "김민준")
    pdf, missing = sheet(name)
    assert missing == frozenset()
    assert "김민준" in text_of(pdf)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Ana 🌟 Ruiz", "Ana Ruiz"),
        ("👩🏽\u200d🚒 Eve", "Eve"),
        ("Ben ❤️", "Ben"),
        ("김민준 😀", "김민준"),
        ("🇺🇸 Jo", "Jo"),
    ],
)
def test_emoji_are_left_out_and_the_name_is_whole_without_them(name: str, printed: str) -> None:
    pdf, missing = sheet(name)
    assert readable(name, missing) in (printed, name.replace("️", ""))
    assert not is_hard_to_read(name, missing)
    assert printed in text_of(pdf)


def test_all_fonts_together_stay_small() -> None:
    files = list(resource("fonts").glob("*.ttf"))
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    assert {file.name for file in files} == {"NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", *SHIPPED}


def test_every_syllable_of_hangul_and_the_daily_han_of_four_countries_are_shipped() -> None:
    letters = frozenset().union(*(shown_by(resource("fonts", name)) for name in SHIPPED))
    assert {chr(code) for code in range(0xAC00, 0xD7A4)} <= letters
    for encoding in ("gb2312", "euc_kr", "shift_jis"):
        han = {chr(code) for code in range(0x4E00, 0xA000) if chr(code).encode(encoding, "ignore")}
        assert han <= letters, encoding
