"""Names in any script on screen: no box stands where a letter should."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QTextLayout

from ui.look import Look
from ui.look.look import FACE

NAMES = (
    "김민준", "뷁", "李小龙", "林小美", "山田さくら", "Արամ Պետրոսյան", "محمد علي", "یوسف گل",
    "יוסי כהן", "सत्यजित राय", "สมชาย ใจดี", "সত্যজিৎ রায়", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "தமிழ் செல்வன்", "សុខ ស្រី", "አበበ ቢቂላ", "გიორგი",
    "José Ngô Đình", "Ольга", "Γιώργος",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bold", [False, True])
def test_a_name_in_any_script_is_drawn_with_letters_from_shipped_fonts(look: Look, name: str, bold: bool) -> None:
    layout = QTextLayout(name, look.font(9.75, bold=bold))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert runs
    assert all(0 not in run.glyphIndexes() for run in runs)
    used = {run.rawFont().familyName().casefold() for run in runs if run.glyphIndexes()}
    assert used <= {FACE.casefold(), *QFont.substitutes(FACE)}
