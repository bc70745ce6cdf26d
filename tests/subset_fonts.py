"""Makes subsets of Noto fonts for resources/fonts: python -m tests.subset_fonts FOLDER-OF-NOTO-FONTS."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent.parent / "resources" / "fonts"
CJK, KOREAN, CHINESE = "NotoSansCJK-Regular.ttc", 1, 2
"""The collection of Chinese, Japanese and Korean, and in it the faces taken; Han has the mainland's shapes."""
SCRIPTS = {
    "NotoSansArabic-Regular.ttf": "0600-06FF,0750-077F,08A0-08FF,FB50-FDFF,FE70-FEFF,200C-200F,25CC",
    "NotoSansDevanagari-Regular.ttf": "0900-097F,200C-200D,25CC",
    "NotoSansHebrew-Regular.ttf": "0590-05FF,FB1D-FB4F,25CC",
    "NotoSansThai-Regular.ttf": "0E00-0E7F,25CC",
    "NotoSansGeorgian-Regular.ttf": "10A0-10FF,1C90-1CBF",
    "NotoSansEthiopic-Regular.ttf": "1200-139F",
    "NotoSansBengali-Regular.ttf": "0980-09FF,200C-200D,25CC",
    "NotoSansGurmukhi-Regular.ttf": "0A00-0A7F,200C-200D,25CC",
    "NotoSansTamil-Regular.ttf": "0B80-0BFF,200C-200D,25CC",
    "NotoSansKhmer-Regular.ttf": "1780-17FF,200C-200D,25CC",
}
COARSE = 1.5
"""Units, of 1,000 to a letter, that an outline may be off after its curves are turned into TrueType's."""
LISTS = ("gb2312", "big5", "euc_kr", "shift_jis")
"""National lists of letters in daily use; what a name holds beside them comes from the computer's own fonts."""
HANGUL = range(0xAC00, 0xD7A4)
"""Every syllable of Hangul: names use rare ones."""
BLOCKS = (range(0x3000, 0x3100), range(0x31F0, 0x3200), range(0xFF00, 0xFFF0))
"""Signs, kana and wide forms, which go with Han."""


def han() -> list[int]:
    """Return the codes of the font of Han and kana: the blocks, and the Han of the national lists."""
    common = {code for code in range(0x4E00, 0xA000) if any(_holds(name, chr(code)) for name in LISTS)}
    return sorted(common.union(*BLOCKS))


def _holds(encoding: str, letter: str) -> bool:
    if encoding == "big5":  # its second level are rare letters
        return letter.encode(encoding, "ignore")[:1] in {bytes([n]) for n in range(0xA4, 0xC7)}
    return bool(letter.encode(encoding, "ignore"))


def cut(source: Path, codes: list[int], target: Path, *, face: int = 0) -> None:
    """Write the part of a font that shows the codes, with the rules that shape them."""
    options = subset.Options(
        layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13]
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    if source.name == CJK:  # widths, turned forms and the shapes of other countries: no page of ours asks for them
        options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    font = TTFont(source, fontNumber=face if source.suffix == ".ttc" else -1, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    if "CFF " in font:
        _to_quadratic(font)
    font.save(target)


def _to_quadratic(font: TTFont) -> None:
    """Turn cubic outlines into TrueType's: a PDF made by fpdf2 tells their widths and letters right."""
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, COARSE, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, drawn
    for name, (width, _) in font["hmtx"].metrics.items():  # TrueType tells the left edge from the outline
        glyf[name].recalcBounds(glyf)
        font["hmtx"].metrics[name] = (width, getattr(glyf[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, name, 1 if name == "maxZones" else 0)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, name, 0)
    font["post"].formatType = 3.0  # no names of glyphs: they are found by their codes
    for name in ("extraNames", "mapping"):
        if hasattr(font["post"], name):
            delattr(font["post"], name)
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"


def _codes(words: str) -> list[int]:
    spans = [[int(end, 16) for end in part.split("-")] for part in words.split(",")]
    return sorted(code for span in spans for code in range(span[0], span[-1] + 1))


def main(folder: Path) -> None:
    """Write every subset from the fonts found anywhere under the folder."""
    for name, words in SCRIPTS.items():
        cut(next(folder.rglob(name)), [32, *_codes(words)], HERE / name)
    east_asian = next(folder.rglob(CJK))
    cut(east_asian, [32, *HANGUL], HERE / "NotoSansCJKkr-Regular.ttf", face=KOREAN)
    cut(east_asian, [32, *han()], HERE / "NotoSansCJKsc-Regular.ttf", face=CHINESE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
