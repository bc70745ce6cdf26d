"""Fonts of a printed page: those shipped, and the system's own for scripts that they lack."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from crt_scheduler.places import resource

REGULAR = "noto"
SHIPPED = ("NotoSansArmenian-Regular.ttf", "NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf")
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


JOINED = (range(0x0600, 0x0E00), range(0x1000, 0x10A0), range(0x1780, 0x1800))
"""Arabic, Indic, Burmese and Khmer letters: they change shape beside others, which the PDF library leaves undone."""
SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""How TrueType and OpenType files and collections begin."""


def add_fonts(pdf: FPDF, texts: Iterable[str], places: Iterable[Path] | None = None) -> frozenset[str]:
    """Add what the texts need to the document and return the letters that no font on this computer can show.

    The system's fonts (or those in `places`) are looked at only if a shipped one is not enough, and each only once.
    """
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it remarks on tables that no page needs
    pdf.add_font(REGULAR, "", resource("fonts", "NotoSans-Regular.ttf"))
    pdf.add_font(REGULAR, "B", resource("fonts", "NotoSans-SemiBold.ttf"))
    missing = {letter for text in texts for letter in text if not letter.isspace()}
    missing -= _letters(pdf, REGULAR)
    more: list[str] = []
    shipped = (path for name in SHIPPED if (path := resource("fonts", name)).exists())
    for number, path in enumerate((*shipped, *_system_fonts(places, wanted=bool(missing)))):
        family = f"more{number}"
        shown = _add(pdf, family, path) & missing if missing else set()
        if shown:
            more.append(family)
            missing -= shown
        else:
            _drop(pdf, family)
    pdf.set_fallback_fonts(more, exact_match=False)
    return frozenset(missing)


def _letters(pdf: FPDF, family: str) -> set[str]:
    font = pdf.fonts[family]
    return {chr(code) for code in font.cmap} if isinstance(font, TTFFont) else set()


def _add(pdf: FPDF, family: str, path: Path) -> set[str]:
    """Add a font and return the letters it shows; one that cannot be read shows none."""
    try:
        with path.open("rb") as file:
            if file.read(4) not in SIGNATURES:
                return set()
        pdf.add_font(family, "", path)
    except Exception:  # noqa: BLE001 a font of the system can be broken in any way; the next may do
        return set()
    return _letters(pdf, family)


def _drop(pdf: FPDF, family: str) -> None:
    font = pdf.fonts.pop(family, None)
    if isinstance(font, TTFFont):
        font.close()


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


def is_hard_to_read(text: str, missing: frozenset[str]) -> bool:
    """Is a letter of the text left out, or shown in another shape than people write it?"""
    return any(letter in missing or any(ord(letter) in block for block in JOINED) for letter in text)


def readable(text: str, missing: frozenset[str]) -> str:
    """Return the text without the letters that no font can show."""
    if not missing.intersection(text):
        return text
    return " ".join("".join(letter for letter in text if letter not in missing).split())
