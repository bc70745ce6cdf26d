"""The one room of words: sentences, counts, numbers and dates in the language a person reads, from one catalogue.

A sentence is written once, in English, where it is meant: `tr("{name} is off shifts.", name=who.name)`. Its English is
its key in resources/translations. The room lies below all others, for the rules of the solver speak too.
"""

from solver.wording.catalogue import (
    ENGLISH,
    NUMBER,
    VARIABLE,
    Catalogue,
    counting,
    mark,
    read,
    use,
    use_what_is_named,
    used,
)
from solver.wording.dates import say_date
from solver.wording.sentences import CountedSayings, Sayings, counted, number, tr

__all__ = [
    "ENGLISH",
    "NUMBER",
    "VARIABLE",
    "Catalogue",
    "CountedSayings",
    "Sayings",
    "counted",
    "counting",
    "mark",
    "number",
    "read",
    "say_date",
    "tr",
    "use",
    "use_what_is_named",
    "used",
]
