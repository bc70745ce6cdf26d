"""The fields of a person, each once: files, forms, lists, the command line and purges read this table alone.

A new one is a column of the record (`tables/people.py`), a line of what the list shows (`people/people_list.py`) and a
value here.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from crt_scheduler.file_field import Cell, Field
from solver.wording import mark, tr

LIST_CELLS: Final[tuple[Cell, ...]] = ("areas", "languages", "words", "people")
TYPED_CELLS: Final[tuple[Cell, ...]] = (
    "id", "name", "named", "email", "phone", "languages", "words", "count", "remark", "notes",
)  # fmt: skip


class InList(msgspec.Struct, frozen=True):
    """A column of the window's list of people: its place from the left, width, and name and heading of its own."""

    place: int
    width: int
    name: str = ""
    heading: str = ""


class PersonField(Field, frozen=True):
    """One field of a person.

    `record` and `line` name it in the record and in the list's line, where that is another name. `form` is its place in
    the window's form; `is_first` is asked of a newcomer, `is_common` can be set for many people at once. What is
    private leaves the records only where that is asked for by itself, and is purged some time after they left.
    """

    record: str = ""
    line: str = ""
    words: str = ""
    """What sentences call it, where that is not its title."""
    form: int = 0
    hint: str = ""
    """What an empty field of the form says."""
    choices: tuple[tuple[str, str], ...] = ()
    """The words it may be, each with its title."""
    default: str = ""
    is_first: bool = False
    is_common: bool = False
    is_private: bool = False
    in_list: InList | None = None

    @property
    def attribute(self) -> str:
        """Return the record's column."""
        return self.record or self.name

    @property
    def line_name(self) -> str:
        """Return the name in a line of the list of people."""
        return self.line or self.name

    @property
    def is_column(self) -> bool:
        """Is it a column of the record, and not rows of another table?"""
        return self.cell not in ("areas", "people")

    @property
    def is_plain(self) -> bool:
        """Does the record hold the value itself, and not the number of something?"""
        return self.is_column and self.cell not in ("id", "area", "division")

    @property
    def is_list(self) -> bool:
        """Does it hold several?"""
        return self.cell in LIST_CELLS

    @property
    def is_contact(self) -> bool:
        """Does its value stand nowhere but in the record? Labels outlive what they speak of."""
        return self.is_private or self.cell in ("email", "phone")

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the words it may be, the one it is without a word first."""
        words = (word for word, _ in self.choices)
        return tuple(sorted(words, key=lambda word: word != self.default))

    @property
    def blank(self) -> Any:
        """Return what a record holds of somebody of whom nothing is said."""
        if self.cell in ("languages", "words"):
            return []
        return self.default if self.cell == "choice" else "" if self.cell in TYPED_CELLS else None

    def said(self) -> str:
        """Return what sentences call it."""
        title = tr(self.title)
        return tr(self.words) if self.words else f"{title[:1].lower()}{title[1:]}"

    def written(self, value: Any, between: str = "; ") -> str:
        """Return a value as a file has it."""
        if value is None:
            return ""
        if self.cell == "hours":
            return f"{value / 60:.4f}".rstrip("0").rstrip(".")
        return between.join(value) if isinstance(value, list | tuple) else str(value)


ALL: Final[tuple[PersonField, ...]] = (
    PersonField(
        "id", mark("Id"), "id", ("id", "person id", "member id", "volunteer id", "responder id", "badge",
        "badge number", "no"), letters=40, record="code", form=22, is_first=True, hint=mark("the next free one"),
        in_list=InList(10, 64),
    ),
    PersonField(
        "name", mark("Name"), "name", ("name", "full name", "your name", "name last first", "responder", "volunteer",
        "volunteer name", "member", "member name", "nombre"), letters=120, form=1, is_first=True,
        in_list=InList(1, 176),
    ),
    PersonField(
        "kind", mark("Kind"), "choice", ("kind", "type", "volunteer type", "member type", "i am a", "i am", "i am an"),
        "kind", form=5, is_first=True, choices=(("volunteer", mark("Volunteer")), ("clergy", mark("Clergy"))),
        default="volunteer",
    ),
    PersonField(
        "role", mark("Role"), "choice", ("role", "position", "rank", "level", "title"), "role", form=4, is_first=True,
        choices=(("lead", mark("Lead")), ("responder", mark("Responder")), ("trainee", mark("Trainee"))),
        default="responder", is_common=True, in_list=InList(2, 88),
    ),
    PersonField(
        "status", mark("Status"), "choice", ("status", "state", "active"), "status", form=6,
        choices=(("active", mark("Active")), ("leave", mark("On leave")), ("inactive", mark("Inactive"))),
        default="active", is_common=True, in_list=InList(8, 150),
    ),
    PersonField(
        "status_until", mark("Away until"), "date", ("status until", "leave until", "until", "on leave until",
        "return date"), form=7, words=mark("until"), hint="2027-01-31",
    ),
    PersonField(
        "joined", mark("Joined"), "date", ("joined", "join date", "date joined", "joined on", "start date",
        "member since", "since", "hired"), form=15, is_first=True, hint="2027-01-31",
    ),
    PersonField(
        "home_division", mark("Home division"), "division", ("home division", "division", "police division", "station",
        "community", "district"), "division", 80, record="home_division_id", form=9, is_first=True,
    ),
    PersonField(
        "home_area", mark("Home area"), "area", ("home area", "area", "bureau", "home bureau", "zone", "region"),
        "area", 80, record="home_area_id", form=8, is_first=True, is_common=True,
        in_list=InList(3, 90, heading=mark("Area")),
    ),
    PersonField(
        "areas", mark("Other areas"), "areas", ("areas", "other areas", "also serves", "serves", "bureaus",
        "other bureaus"), "area", 4_000, form=10, is_common=True,
    ),
    PersonField(
        "languages", mark("Languages"), "languages", ("languages", "language", "languages spoken", "language s",
        "speaks", "idiomas"), "language", 1_000, form=11, is_first=True, is_common=True, in_list=InList(4, 120),
    ),
    PersonField(
        "traditions", mark("Traditions"), "words", ("traditions", "tradition", "faith", "faith tradition",
        "denomination", "religion"), letters=1_000, form=12, is_first=True, is_common=True,
    ),
    PersonField(
        "email", mark("E-mail"), "email", ("email", "e mail", "your email", "username", "email address",
        "e mail address", "mail", "correo"), letters=254, words=mark("email"), form=3, is_first=True,
        in_list=InList(9, 180),
    ),
    PersonField(
        "phone", mark("Phone"), "phone", ("phone", "phone number", "mobile", "mobile phone", "cell", "cell phone",
        "telephone", "tel", "home phone"), letters=40, form=2, is_first=True, in_list=InList(5, 122),
    ),
    PersonField(
        "target_hours", mark("Hours a month"), "hours", ("target hours", "hours", "monthly hours", "hours a month",
        "hours per month", "pledge"), record="target_minutes", line="target_minutes", form=13, is_first=True,
        is_common=True, hint=mark("as the programme says"), in_list=InList(6, 112, "hours", mark("Hours")),
    ),
    PersonField(
        "prefers_with", mark("Works well with"), "people", ("prefers with", "preferred partners", "likes", "works with",
        "preferred partner"), letters=4_000, line="likes", form=17,
    ),
    PersonField(
        "avoids_with", mark("Kept apart from"), "people", ("avoids with", "keep apart", "avoid", "avoids", "not with"),
        letters=4_000, line="apart", form=18,
    ),
    PersonField(
        "phone_2", mark("Second phone"), "phone", ("phone 2", "second phone", "other phone", "alternate phone",
        "alternative phone", "phone number 2", "home phone", "work phone", "secondary phone", "2nd phone", "landline",
        "backup phone"), letters=40, form=16,
    ),
    PersonField(
        "shifts_a_month", mark("Shifts a month (a wish)"), "count", ("shifts a month", "shifts per month",
        "how many shifts per month can you take", "how many shifts a month", "how many shifts per month",
        "how many shifts a month can you take", "how many shifts can you take per month",
        "how many shifts can you take a month", "how many shifts can you do per month", "shifts month",
        "monthly shifts", "number of shifts per month", "preferred shifts per month", "desired shifts per month"),
        letters=40, words=mark("shifts a month"), form=14, is_common=True, hint=mark("a wish, such as 1-2"),
    ),
    PersonField(
        "notes", mark("Notes (private)"), "notes", ("notes", "note", "comments", "comment", "remarks",
        "anything we should know", "anything else we should know", "anything else", "additional information",
        "additional notes", "anything else you would like us to know", "is there anything we should know",
        "other information", "notas", "bemerkungen"), letters=4_000, words=mark("notes"), form=21, is_private=True,
    ),
    PersonField(
        "next_of_kin", mark("Next of kin (private)"), "named", ("next of kin", "emergency contact",
        "emergency contact name", "name of emergency contact", "ice", "ice contact", "in case of emergency",
        "emergency contact name and phone", "emergency contact name and number", "contacto de emergencia"),
        letters=200, words=mark("next of kin"), form=19, is_private=True,
    ),
    PersonField(
        "next_of_kin_phone", mark("Their phone (private)"), "phone", ("next of kin phone", "emergency contact phone",
        "emergency phone", "emergency contact number", "emergency contact phone number", "ice phone",
        "emergency number", "phone of emergency contact"), letters=40, words=mark("phone of next of kin"), form=20,
        is_private=True,
    ),
)  # fmt: skip
"""In the order of a file."""
NAMES: Final = tuple(field.name for field in ALL)
BY_NAME: Final = {field.name: field for field in ALL}
IN_FORM: Final = tuple(sorted((field for field in ALL if field.form), key=lambda field: field.form))
"""In the order of the window's form."""
COMMON: Final = tuple(field.name for field in IN_FORM if field.is_common)
PRIVATE: Final = tuple(field for field in ALL if field.is_private)
KINDS, ROLES, STATUSES = (BY_NAME[name].allowed for name in ("kind", "role", "status"))
