"""Fonts of a printed page: those shipped, and the system's own for scripts that they lack."""

from __future__ import annotations

import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont

from crt_scheduler.places import resource

REGULAR = "noto"
MORE = "more"
SHIPPED = (
    "NotoSansArmenian-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansKhmer-Regular.ttf",
    "NotoSansCJKkr-Regular.ttf",
    "NotoSansCJKsc-Regular.ttf",
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "%WINDIR%/Fonts",
)
NAMES = (
    "**/NotoSansCJK*-Regular.tt[cf]",
    "**/NotoSansCJK*-Regular.otf",
    "**/NotoSans[KJST][RCP]*-Regular.?tf",
    "**/NotoSans[A-Z]*-Regular.?tf",
    "**/AppleSDGothicNeo.ttc",
    "**/PingFang.ttc",
    "**/Arial Unicode.ttf",
    "**/malgun.ttf",
    "**/msyh.ttc",
    "**/NanumGothic.ttf",
    "**/wqy-*.ttc",
    "**/DejaVuSans.ttf",
)
"""Fonts known to hold Korean, Chinese, Japanese, Arabic, Hebrew and other scripts, the widest first."""


TURNED = (range(0x0590, 0x0900), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))
JOINED = (range(0x0900, 0x0E00), range(0x0E00, 0x1100), range(0x1780, 0x1800))
"""Hebrew, Arabic and their kin run from right to left; Indic, Thai, Burmese and Khmer letters change shape beside
others: where a text holds one, HarfBuzz (by uharfbuzz) shapes the document."""
STRAY = re.compile("(?<![\u0590-\u0fff\u1780-\u17ff\u200c\u200d])[\u200d\ufe0e\ufe0f]+")
"""What joins emoji or picks their colour, where no letter of a script that joins comes before it."""
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""How TrueType and OpenType files and collections begin."""


def add_fonts(pdf: FPDF, texts: Iterable[str], places: Iterable[Path] | None = None) -> frozenset[str]:
    """Add what the texts need to the document and return the letters that no font on this computer can show.

    The system's fonts (or those in `places`) are looked at only if the shipped ones are not enough.
    """
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it remarks on tables that no page needs
    pdf.add_font(REGULAR, "", resource("fonts", "NotoSans-Regular.ttf"))
    pdf.add_font(REGULAR, "B", resource("fonts", "NotoSans-SemiBold.ttf"))
    missing = {letter for text in texts for letter in composed(text) if not letter.isspace()}
    if any(_is_in(letter, TURNED + JOINED) for letter in missing):
        pdf.set_text_shaping(True)
    missing -= _letters(pdf, REGULAR)
    shipped = (path for name in SHIPPED if (path := resource("fonts", name)).exists())
    for path in chain(shipped, _system_fonts(places, wanted=any(_is_written(letter) for letter in missing))):
        if not missing:
            break
        if shown_by(path) & missing:
            missing -= _add(pdf, f"{MORE}{len(pdf.fonts)}", path)
    pdf.set_fallback_fonts([family for family in pdf.fonts if family.startswith(MORE)], exact_match=False)
    return frozenset(missing)


@lru_cache(maxsize=256)
def shown_by(path: Path) -> frozenset[str]:
    """Return the letters that a font file shows; one that cannot be read shows none."""
    try:
        with path.open("rb") as file:
            if file.read(4) not in SIGNATURES:
                return frozenset()
            file.seek(0)
            with TTFont(file, fontNumber=0, lazy=True) as font:  # by its path, one that is broken would stay open
                return frozenset(map(chr, font.getBestCmap()))
    except Exception:  # noqa: BLE001 a font of the system can be broken in any way; the next may do
        return frozenset()


def shipped_for(texts: Iterable[str]) -> tuple[Path, ...]:
    """Return the shipped fonts that texts need, Noto Sans first."""
    first = resource("fonts", "NotoSans-Regular.ttf")
    missing = {letter for text in texts for letter in composed(text) if not letter.isspace()} - shown_by(first)
    found = [first]
    for path in (resource("fonts", name) for name in SHIPPED):
        if missing & shown_by(path):
            missing -= shown_by(path)
            found.append(path)
    return tuple(found)


def _letters(pdf: FPDF, family: str) -> set[str]:
    font = pdf.fonts[family]
    return {chr(code) for code in font.cmap} if isinstance(font, TTFFont) else set()


def _add(pdf: FPDF, family: str, path: Path) -> set[str]:
    """Add a font and return the letters it shows; one that the PDF library cannot read shows none."""
    try:
        pdf.add_font(family, "", path)
    except Exception:  # noqa: BLE001 as above
        return set()
    return _letters(pdf, family)


def set_in(pdf: FPDF, text: str, style: str, size: float) -> None:
    """Set the font that a text is written in: a whole name in one family, so that its words keep their order.

    Other scripts than Latin, Greek and Cyrillic have one weight.
    """
    family = _family(pdf, text)
    pdf.set_font(family, style if family == REGULAR else "", size)


def _family(pdf: FPDF, text: str) -> str:
    letters = {ord(letter) for letter in text if letter != "\n"}
    for family in (REGULAR, *(name for name in pdf.fonts if name.startswith(MORE))):
        font = pdf.fonts[family]
        if letters <= font.cmap.keys() if isinstance(font, TTFFont) else not letters:
            return family
    return REGULAR


def close_fonts(pdf: FPDF) -> None:
    """Let go of the font files of a finished document."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def _system_fonts(places: Iterable[Path] | None, *, wanted: bool) -> Iterator[Path]:
    if not wanted:
        return
    folders = [Path(os.path.expandvars(name)).expanduser() for name in FOLDERS] if places is None else list(places)
    for name in NAMES:
        for folder in folders:
            if folder.is_dir():
                yield from sorted(folder.glob(name))


def _is_in(letter: str, blocks: Iterable[range]) -> bool:
    return any(ord(letter) in block for block in blocks)


def _is_written(letter: str) -> bool:
    """Is it a letter or a mark of a script, rather than a picture such as an emoji?"""
    return unicodedata.category(letter)[0] in "LM" and not 0xFE00 <= ord(letter) <= 0xFE0F


def is_hard_to_read(text: str, missing: frozenset[str]) -> bool:
    """Is a letter of the text left out? Emoji are left out without a word: the name is whole without them."""
    return any(letter in missing and _is_written(letter) for letter in composed(text))


def composed(text: str) -> str:
    """Return the text with its letters whole (NFC): fonts show syllables of Hangul, not their parts."""
    return unicodedata.normalize("NFC", text)


def readable(text: str, missing: frozenset[str]) -> str:
    """Return the text without the letters that no font can show."""
    text = STRAY.sub("", composed(text))
    if not missing.intersection(text):
        return text
    return " ".join(STRAY.sub("", "".join(letter for letter in text if letter not in missing)).split())
