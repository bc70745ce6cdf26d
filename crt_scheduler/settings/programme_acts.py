"""The programme as a coordinator sets it: what a field may hold, read from typed words, and areas to add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import demand, limits, texts, times
from crt_scheduler.act import Act
from crt_scheduler.care import hard_calls
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import AreaPlan, customs, programme_of
from crt_scheduler.public_holidays import subdivisions
from crt_scheduler.tables import Area, AreaNeighbour, Division, Incident, Programme, Shift
from solver.wording import mark, tr
from solver.wording.dates import weekday

LONGEST = 120
"""Characters of a name or a report-to line: more does not fit a calendar entry on a phone."""
MOST_ALARM = 7 * 24 * 60
MOST_SERVICE = 24 * 60
MOST_MINUTES = 24 * 60
MOST_HOURS = 60 * 24
MOST_CAP = 100
YES, NO = ("yes", "on", "true", "1"), ("no", "off", "false", "0")
Value = str | int | float | bool


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme's own settings; `answer_percent` is the chance (0 to 100) that a team answers its phone.

    `hard_calls` are the kinds of hard calls, with commas between; a cap of 0 is none. Clock, first weekday and date
    order may be `auto`: as in the country.
    """

    name: str
    zone: str
    country: str
    subdivision: str
    clock: str
    first_weekday: str
    date_order: str
    report_to: str
    alarm_minutes: int
    show_partner: bool
    answer_percent: float
    service_minutes: float
    yearly_calls: float
    reach_minutes: int
    silence_minutes: int
    stand_down_hours: int
    debrief_hours: int
    hard_cap: int
    response_cap: int
    wishes_until: int
    hard_calls: str


@dataclass(frozen=True)
class AreaRow:
    """An area with its weight in calls, the areas that can lend it a team, and its divisions."""

    area: str
    weight: float
    neighbours: tuple[str, ...]
    divisions: tuple[str, ...]


def show(session: Session) -> ProgrammeRow:
    """Return the programme's settings; raises CrtError if there is no programme yet."""
    row = programme_of(session)
    return ProgrammeRow(
        name=row.name,
        zone=row.zone,
        country=row.country,
        subdivision=row.subdivision,
        clock=row.clock,
        first_weekday=row.first_weekday,
        date_order=row.date_order,
        report_to=row.report_to,
        alarm_minutes=row.alarm_minutes,
        show_partner=row.show_partner,
        answer_percent=round(row.answer_chance * 100, 2),
        service_minutes=row.service_minutes,
        yearly_calls=row.yearly_calls,
        reach_minutes=row.reach_minutes,
        silence_minutes=row.silence_minutes,
        stand_down_hours=row.stand_down_hours,
        debrief_hours=row.debrief_hours,
        hard_cap=row.hard_cap,
        response_cap=row.response_cap,
        wishes_until=row.wishes_until,
        hard_calls=", ".join(hard_calls.kinds(session)),
    )


def read(field: str, words: str) -> Value:
    """Return what a field of ProgrammeRow holds for typed words; raises CrtError with what the field takes."""
    if field not in FIELDS:
        raise CrtError(tr("The programme has no {field!r}. It has: {names}.", field=field, names=", ".join(FIELDS)))
    return FIELDS[field](" ".join(words.split()))


def amend(session: Session, field: str, words: str) -> None:
    """Set one field of the programme from typed words.

    Raises CrtError for what the field does not take, and NotAllowed for another zone once times lie in the records.
    """
    programme, value = programme_of(session), read(field, words)
    if field == "yearly_calls":
        demand.set_yearly_calls(session, float(value))
        return
    if field == "zone" and value != programme.zone:
        _refuse_new_zone(session, programme.zone)
    if field == "country":
        _move(programme, str(value))
    elif field == "subdivision":
        programme.subdivision = _state(programme.country, str(value))
    elif field == "hard_calls":
        hard_calls.set_kinds(session, [kind for kind in str(value).split(",") if kind.strip()])
    elif field == "answer_percent":
        programme.answer_chance = float(value) / 100
    else:
        setattr(programme, field, value)
    session.flush()


def _amended(_: Session, field: str, words: str) -> str:
    """Say what a field is now; a line that people type may name somebody or a number, and labels outlive it."""
    what, said = field.replace("_", " "), " ".join(words.split())
    if said and field != "report_to":
        return tr("Programme: {field} {said}", field=what, said=said)
    return tr("Programme: {field} changed", field=what) if said else tr("Programme: {field} taken out", field=what)


AMEND = Act(amend, _amended)


def _move(programme: Programme, country: str) -> None:
    """Let everything follow another country; what was set for the one before goes."""
    if country == programme.country:
        return
    programme.country, programme.subdivision = country, ""
    programme.clock = programme.first_weekday = programme.date_order = customs.AUTO


def _state(country: str, words: str) -> str:
    known = subdivisions(country)
    if words and words.upper() not in known:
        name, some = customs.country_words(country), ", ".join(known)
        told = tr("Use one of: {some}; or nothing.", some=some) if known else tr("Leave it empty.")
        raise CrtError(
            tr(
                "{name} has no part called {words!r} with holidays of its own. {told}",
                name=name,
                words=words,
                told=told,
            )
        )
    return words.upper()


def _refuse_new_zone(session: Session, zone: str) -> None:
    for table in (Incident, Shift):
        if session.scalar(select(table.id).limit(1)) is not None:
            raise NotAllowed(
                tr(
                    "Incidents and shifts were read in {zone}; in another zone their hours would be wrong. "
                    "Set up new records with the right zone, and import the files there.",
                    zone=zone,
                )
            )


def what_follows(session: Session, field: str) -> str:
    """Return what setting a field changed beside it, in sentences; nothing where it changed nothing else."""
    if field not in ("country", "subdivision"):
        return ""
    row = programme_of(session)
    told = [customs.holiday_words(row.country, row.subdivision)]
    if field == "country":
        told.insert(0, customs_words(row))
        parts = subdivisions(row.country)
        if parts and not row.subdivision:
            told.append(
                tr("Parts with holidays of their own (programme set subdivision): {names}.", names=", ".join(parts))
            )
    return " ".join(filter(None, told))


def customs_words(programme: Programme) -> str:
    """Return the sentence of the customs that a programme goes by."""
    first = weekday(customs.first_weekday_of(programme), "long weekday")
    order = {"us": tr("read month first"), "eu": tr("read day first"), None: tr("asked about")}[
        customs.date_order_of(programme)
    ]
    clock, name = customs.clock_of(programme), customs.country_words(programme.country)
    return tr(
        "Phones and public holidays are those of {name}; {clock} hours, weeks from {first}, and dates that a file "
        "leaves open are {order}.",
        name=name,
        clock=clock,
        first=first,
        order=order,
    )


def areas(session: Session) -> tuple[AreaRow, ...]:
    """Return every area, in the order it was added."""
    names = {row.id: row.name for row in session.scalars(select(Area))}
    neighbours: dict[int, list[str]] = {number: [] for number in names}
    for row in session.scalars(select(AreaNeighbour).order_by(AreaNeighbour.id)):
        neighbours[row.area_id].append(names[row.neighbour_id])
    divisions: dict[int, list[str]] = {number: [] for number in names}
    for division in session.scalars(select(Division).order_by(Division.name)):
        divisions[division.area_id].append(division.name)
    return tuple(
        AreaRow(row.name, row.weight, tuple(neighbours[row.id]), tuple(divisions[row.id]))
        for row in session.scalars(select(Area).order_by(Area.id))
    )


def area_plan(name: str, *, weight: float, neighbours: tuple[str, ...], divisions: tuple[str, ...]) -> AreaPlan:
    """Return an area to add; raises CrtError for a name or a weight that no area can have."""
    if not 0 < weight < float("inf"):
        raise CrtError(tr("An area's weight must be above 0. It says how many calls it has beside the others."))
    if not name.strip():
        raise CrtError(tr("An area needs a name."))
    for what, said in (
        (tr("The area's name"), (name,)),
        (tr("A neighbour"), neighbours),
        (tr("A division"), divisions),
    ):
        for text in said:
            texts.refuse(what, text, limits.letters("area"))
    return AreaPlan(name.strip(), weight, neighbours, divisions)


def _name(words: str) -> str:
    if not words:
        raise CrtError(tr("A programme needs a name."))
    return _line(words)


def _line(words: str) -> str:
    if len(words) > LONGEST:
        raise CrtError(
            tr("That is {count} characters long. Say it in {longest} at most.", count=len(words), longest=LONGEST)
        )
    return words


def _kinds(words: str) -> str:
    for kind in words.split(","):
        _line(kind.strip())
    return words


def _one_of(what: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read_one(words: str) -> str:
        if words.casefold() not in known:
            raise CrtError(
                tr(
                    "{shown} is no {what}. Use one of: {names}.",
                    shown=times.shown(words),
                    what=tr(what),
                    names=", ".join(known),
                )
            )
        return words.casefold()

    return read_one


def _zone(words: str) -> str:
    times.zone(words or "none")
    return words


def _whole(what: str, most: int, *, least: int = 0) -> Callable[[str], int]:
    def read_whole(words: str) -> int:
        if not words.isdecimal() or len(words) > len(str(most)) + 4 or not least <= int(words) <= most:
            raise CrtError(
                tr("Give {what} as a whole number from {least} to {most:,}.", what=tr(what), least=least, most=most)
            )
        return int(words)

    return read_whole


def _number(what: str, most: float) -> Callable[[str], float]:
    def read_number(words: str) -> float:
        try:
            found = float(words.removesuffix("%"))
        except ValueError:
            found = -1.0
        if not 0 < found <= most:
            raise CrtError(tr("Give {what} as a number above 0 and up to {most:,.0f}.", what=tr(what), most=most))
        return found

    return read_number


def _yes_or_no(words: str) -> bool:
    if words.casefold() not in YES + NO:
        raise CrtError(tr("Say yes or no."))
    return words.casefold() in YES


FIELDS: dict[str, Callable[[str], Value]] = {
    "name": _name,
    "zone": _zone,
    "country": customs.country,
    "subdivision": str,
    "clock": _one_of(mark("clock"), (*customs.CLOCKS, customs.AUTO)),
    "first_weekday": _one_of(mark("first weekday"), (*(name.casefold() for name in times.DAY_NAMES), customs.AUTO)),
    "date_order": _one_of(mark("order of dates"), (*customs.DATE_ORDERS, customs.AUTO)),
    "report_to": _line,
    "alarm_minutes": _whole("the minutes of the reminder", MOST_ALARM),
    "show_partner": _yes_or_no,
    "answer_percent": _number("the chance that a team answers, in percent,", 100),
    "service_minutes": _number("the minutes of a response", MOST_SERVICE),
    "yearly_calls": _number("the calls of a year", 1_000_000),
    "reach_minutes": _whole("the minutes until a team should be on scene", MOST_MINUTES, least=1),
    "silence_minutes": _whole("the minutes without a word before the lead phones", MOST_MINUTES, least=1),
    "stand_down_hours": _whole("the hours of a stand-down after the shift", MOST_HOURS),
    "debrief_hours": _whole("the hours that an overdue debrief keeps somebody off shifts", MOST_HOURS),
    "hard_cap": _whole("the hard calls in 90 days that are enough to talk about", MOST_CAP),
    "response_cap": _whole("the responses in 30 days beyond which others go first", MOST_CAP),
    "wishes_until": _whole("the last day for wishes in the month before", 28, least=1),
    "hard_calls": _kinds,
}
"""Every field that can be set, with how its words are read."""
