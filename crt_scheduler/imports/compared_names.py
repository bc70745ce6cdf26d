"""How names, addresses and numbers are compared: whatever their Unicode form, order, case, apostrophes or accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from solver.wording import tr

APOSTROPHES = "'`´ʹʻʼʽʾʿˈ‘’‛′＇"
SUFFIXES = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "md", "phd", "dds", "rn", "lcsw", "lmft", "mft", "mdiv", "esq", "ret")
)
"""What follows a name and a comma without being the given name: Holt, Jr."""
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_BARE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ŀ": "l"}
)


def spoken(name: str) -> str:
    """Return a name as it is said and kept: composed letters, single blanks, and "Ruiz, Ana" turned into Ana Ruiz."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or not all(parts) or _is_suffix(parts[1]):
        return text
    last, first, *after = parts
    return " ".join((first, last, *after)) if all(map(_is_suffix, after)) else text


def is_turned(name: str) -> bool:
    """Is the name written family name first, with a comma?"""
    return "," in name and "," not in spoken(name)


def _is_suffix(part: str) -> bool:
    return part.replace(".", "").casefold() in SUFFIXES


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """Return what stays the same of a name however it is typed: Unicode form, case, order by comma, apostrophes."""
    text = unicodedata.normalize("NFKC", spoken(name)).casefold()
    text = _HYPHENS.sub("-", text.translate({ord(sign): "'" for sign in APOSTROPHES}))
    text = unicodedata.normalize("NFC", text.replace("'", "").replace(",", " ").replace(".", " "))
    return " ".join("".join(sign for sign in text if not _is_picture(sign)).split())


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> str:
    """Return a folded name without accents, with blanks for hyphens."""
    text = unicodedata.normalize("NFKD", folded(name))
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn").translate(_BARE)
    return " ".join(unicodedata.normalize("NFC", text).replace("-", " ").split())


@lru_cache(maxsize=1 << 14)
def word(text: str) -> str:
    """Return a word of a list (a status, an area, a language) as it is compared: no case, accents or signs between."""
    return " ".join(re.split(r"[\s_.\-/]+", bare(text))).strip(" !?*:;")


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk", "Cf") or "\ufe00" <= sign <= "\ufe0f"


def parts(name: str) -> frozenset[str]:
    """Return the words of a name without accents, in no order."""
    return frozenset(bare(name).split())


def is_shorter(one: str, other: str) -> bool:
    """Is one of the names the other with words left out (Ana Ruiz, Ana María Ruiz)?"""
    mine, theirs = parts(one), parts(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def is_like(said: str, name: str) -> bool:
    """Could one mean the other by a part of the name or an initial (M. Ruiz or Ruiz, for María Ruiz)?"""
    words, theirs = bare(said).split(), bare(name).split()
    whole = any(len(each) > 1 and each in theirs for each in words)
    return whole and all(
        any(each == other or (len(each) == 1 and other.startswith(each)) for other in theirs) for each in words
    )


def better(there: str, said: str) -> str:
    """Return the spelling to keep of two that are one name: the new one, unless accents or capitals got lost in it."""
    new = spoken(said)
    if folded(new) != folded(there) and bare(new) == folded(new):
        return there
    is_flat = new in (new.upper(), new.lower()) and there not in (there.upper(), there.lower())
    return there if is_flat or is_turned(said) else new


def address(text: str) -> str:
    """Return an e-mail address as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold().removeprefix("mailto:")


@lru_cache(maxsize=1 << 14)
def number(text: str, country: str) -> str:
    """Return a phone number as it is compared: E.164 where people of the country could dial it, else nothing."""
    if not text.strip():
        return ""
    import phonenumbers  # its tables take a tenth of a second that other commands need not wait

    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(found):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def code(text: str) -> str:
    """Return an id as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def unpadded(text: str) -> str:
    """Return an id without the noughts a spreadsheet takes away: 71 for 0071, V7 for V007; 71 for 71.0."""
    short = re.sub(r"^(\d+)\.0+$", r"\1", code(text))
    return re.sub(r"(?<![\d.])0+(?=\d)", "", short)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them."""
    *first, last = names
    return tr("{names} and {last}", names=", ".join(first), last=last) if first else last
