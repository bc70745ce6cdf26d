"""One room says every word: sentences, counts, numbers and dates in the language in use; English as it is written."""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Iterator
from io import BytesIO
from typing import get_args

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.numbers import get_decimal_symbol, get_group_symbol

from crt_scheduler.language import languages, speak
from solver.wording import NUMBER, Catalogue, counted, number, tr, use, used
from solver.wording.dates import Way, month, say_date, weekday
from tests.translations import compiled

SATURDAY = dt.date(2027, 1, 9)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the language as it was."""
    yield
    use(None)


def spanish(**sentences: str) -> Catalogue:
    """Return a catalogue of a few sentences."""
    words = Catalog(locale="es", fuzzy=False)
    words.add(NUMBER, "1.234,5")
    words.add("{name} has {n:,} hours.", "{n:,} horas tiene {name}.")
    words.add(("1 seat", "{} seats"), ("1 puesto", "{} puestos", "{} puestos"))
    return Catalogue("es", gettext.GNUTranslations(BytesIO(compiled(words))))


def test_english_is_said_as_it_is_written() -> None:
    assert tr("{name} has {n:,} hours.", name="Ana", n=1234) == "Ana has 1,234 hours."
    assert tr("Nothing to fill: {}") == "Nothing to fill: {}"
    assert [counted(n, "1 seat", "{} seats") for n in (0, 1, 1200)] == ["0 seats", "1 seat", "1,200 seats"]
    assert number(1234.56, ",.1f") == "1,234.6"


def test_another_language_orders_its_words_and_writes_its_numbers() -> None:
    use(spanish())
    assert tr("{name} has {n:,} hours.", name="Ana", n=1234) == "1.234 horas tiene Ana."
    assert [counted(n, "1 seat", "{} seats") for n in (0, 1, 1200)] == ["0 puestos", "1 puesto", "1.200 puestos"]
    assert number(1234.56, ",.1f") == "1.234,6"


def test_a_sentence_without_words_in_a_language_is_said_in_english() -> None:
    use(spanish())
    assert tr("{what} is new.", what="This") == "This is new."


def test_a_name_is_put_in_as_it_is_whatever_it_holds() -> None:
    assert tr("{name} is new.", name="{n} 1,5") == "{n} 1,5 is new."
    use(spanish())
    assert tr("{name} has {n:,} hours.", name="A, B. {n}", n=2) == "2 horas tiene A, B. {n}."


@pytest.mark.parametrize("way", get_args(Way))
def test_every_way_of_telling_a_date_says_something_of_its_own_in_each_language(way: Way) -> None:
    told = {}
    for code in ("en", "es", "ko"):
        use(Catalogue(code, gettext.NullTranslations()))
        told[code] = say_date(SATURDAY, way)
    assert len(set(told.values())) == 3, told


def test_dates_are_told_as_each_language_does() -> None:
    assert [say_date(SATURDAY, way) for way in ("weekday day", "month year", "long weekday long day")] == [
        "Sat 9 Jan",
        "January 2027",
        "Saturday 9 January",
    ]
    assert (month(12), weekday(6, "long weekday")) == ("December", "Sunday")
    use(spanish())
    assert [say_date(SATURDAY, way) for way in ("weekday day", "month year", "long weekday long day")] == [
        "sáb, 9 ene",
        "enero de 2027",
        "sábado, 9 de enero",
    ]


def test_each_language_writes_numbers_as_cldr_says() -> None:
    for code in languages():
        speak(code)
        locale = Locale.parse(code)
        assert used().marks == (get_group_symbol(locale), get_decimal_symbol(locale)), code
