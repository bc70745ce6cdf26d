"""Names in any script on paper: every letter from a shipped font, shaped, in the order people read it."""

from __future__ import annotations

import datetime as dt
import io
import logging
import unicodedata
import warnings
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF
from pypdf import PdfReader

from crt_scheduler.places import resource
from crt_scheduler.publish import fonts
from crt_scheduler.publish.fonts import SHIPPED, is_hard_to_read, readable, shipped_for, shown_by
from crt_scheduler.publish.printed_page import Block, Line, Page
from crt_scheduler.reports import printed_plots
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
        assert printed_plots.bars(table).startswith(b"\x89PNG")
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


@pytest.mark.parametrize(
    ("first", "last"),
    [(0x0590, 0x10FF), (0x1780, 0x17FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF)],
)
def test_letters_that_turn_or_join_are_known_from_the_first_of_their_block_to_the_last(first: int, last: int) -> None:
    shaped = [fonts._is_in(chr(code), fonts.TURNED + fonts.JOINED) for code in (first - 1, first, last, last + 1)]
    assert shaped == [False, True, True, False]
    assert all(fonts._is_in(chr(code), fonts.TURNED + fonts.JOINED) for code in range(first, last))


@pytest.mark.parametrize("text", ["Ana Ruiz", "Ольга", "Ana ✓"])
def test_a_page_is_shaped_only_where_a_letter_of_it_joins_or_turns(text: str) -> None:
    for letters, is_shaped in (((text,), False), ((text, "محمد"), True), ((text, "สมชาย"), True)):
        pdf = FPDF()
        fonts.add_fonts(pdf, letters, places=())
        assert bool(pdf.text_shaping) == is_shaped
        fonts.close_fonts(pdf)


def test_only_the_fonts_that_a_text_needs_are_taken_noto_sans_first() -> None:
    def named(*texts: str) -> list[str]:
        return [path.name.removeprefix("NotoSans").removesuffix("-Regular.ttf") for path in shipped_for(texts)]

    assert named() == named("Ana Ruiz\n", "Ольга") == [""]
    assert named("김민준") == ["", "CJKkr"]
    assert named("सत्यजित", "Ana", "محمد علي") == ["", "Arabic", "Devanagari"]
    assert named("ཀ") == [""]


def test_a_file_that_is_no_font_shows_no_letter_whatever_it_begins_with(tmp_path: Path) -> None:
    (tmp_path / "folder.ttf").mkdir()
    for number, content in enumerate((b"", b"no font", *(sign + b"and no more" for sign in fonts.SIGNATURES))):
        (tmp_path / f"{number}.ttf").write_bytes(content)
    assert {shown_by(path) for path in (*tmp_path.iterdir(), tmp_path / "none.ttf")} == {frozenset()}


def test_fonts_of_the_system_are_tried_the_widest_first_and_only_for_letters_that_are_written(tmp_path: Path) -> None:
    places = [tmp_path / "a", tmp_path / "none", tmp_path / "b"]
    for name in ("a/DejaVuSans.ttf", "b/deep/NotoSansCJK-Regular.ttc", "a/malgun.ttf", "b/malgun.ttf", "a/other.ttf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in fonts._system_fonts(places, wanted=True)]
    assert found == ["b/deep/NotoSansCJK-Regular.ttc", "a/malgun.ttf", "b/malgun.ttf", "a/DejaVuSans.ttf"]
    assert not list(fonts._system_fonts(places, wanted=False))
    assert [fonts._is_written(letter) for letter in "ཀ\u0301🌟\ufe00\ufe0f\ufe1e\ufe20 7"] == [
        True, True, False, False, False, False, True, False, False,
    ]  # fmt: skip


def test_a_missing_letter_is_looked_for_in_a_font_of_the_system_that_has_it(tmp_path: Path) -> None:
    for name, source in (("malgun", "NotoSansThai"), ("msyh", "NotoSansEthiopic")):
        (tmp_path / f"{name}.tt{'f' if name == 'malgun' else 'c'}").write_bytes(
            resource("fonts", f"{source}-Regular.ttf").read_bytes()
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "SHIPPED", ())
        pdf = FPDF()
        missing = fonts.add_fonts(pdf, ["አበበ ቢቂላ", "ཀ 🌟"], places=[tmp_path])
        families = set(pdf.fonts)
        fonts.set_in(pdf, "አበበ", "B", 9)
        assert (pdf.font_family, pdf.font_style) == ("more2", "")
        fonts.set_in(pdf, "Ana", "B", 9)
        assert (pdf.font_family, pdf.font_style) == ("noto", "B")
        fonts.close_fonts(pdf)
    assert missing == {"ཀ", "🌟"} and families == {"noto", "notoB", "more2"}
