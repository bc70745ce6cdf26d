"""Availability sheets out and back: what each person offers for every shift of a month, as wishes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import month_answers, roster, sheets, times, writing
from crt_scheduler.act import Act
from crt_scheduler.availability import GRADE_NAMES
from crt_scheduler.errors import CrtError
from crt_scheduler.hours.hours_sheet import Said, file_part, refuse_second
from crt_scheduler.hours.keys import LineKey, key_of
from crt_scheduler.hours.report import BadSheets, SheetLine, SheetsReport, rows_in
from crt_scheduler.hours.resaved import grade_of, is_same_date, is_same_id
from crt_scheduler.month_answers import Heard
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Row
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder, Seat, ShiftTemplate, Wish
from solver.wording import mark, tr

HEADER = ("key", "person", "name", "date", "weekday", "shift", "hours", "grade")
NEEDED = ("key", "grade")
LEAST_OFFERED = 4
"""Dates that teams which offer first ask of everyone."""
NONE = "none"
GRADE_WORDS = (*(name.replace("_", " ") for name in GRADE_NAMES), NONE)


def write(
    session: Session,
    month: str,
    folder: Path,
    *,
    person: str = "",
    people: Collection[str] = (),
    as_csv: bool = False,
    said: Said | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the month's availability sheets into a folder, for everyone on the team, one person or some (ids).

    Raises CrtError for a stranger, a word that is no month, and as `writing.write_all` does.
    """
    days, shifts = times.month_days(month), open_to(session)
    clock = customs.clock_of(programme_of(session))
    active = select(Responder).where(Responder.status != "inactive").order_by(Responder.code)
    few = dict.fromkeys([person] if person else people)
    asked = [roster.person(session, code) for code in few] if few else list(session.scalars(active))
    wished = {(w.responder_id, w.template_id, w.date): w.grade for w in session.scalars(select(Wish))}
    made: dict[Path, bytes] = {}
    for n, who in enumerate(asked, start=1):
        cells = [
            _cells(who, month, day, template, wished.get((who.id, template.id, day), ""), clock)
            for day in days
            for template in shifts.get("clergy" if who.kind == "clergy" else who.role, ())
            if times.on_weekday(day, template.weekdays)
        ]
        path = folder / f"availability-{month}-{file_part(who.code)}.{'csv' if as_csv else 'xlsx'}"
        refuse_second(path, made, who.code)
        made[path] = _content(cells, tr("Availability {month} {code}", month=month, code=who.code), as_csv=as_csv)
        if said is not None:
            said(n, len(asked))
    writing.write_all(made, force=force)
    return tuple(made)


def _content(cells: list[list[sheets.Cell]], title: str, *, as_csv: bool) -> bytes:
    if as_csv:
        return sheets.csv_bytes(HEADER, cells)
    return sheets.xlsx_bytes(HEADER, cells, title=title, hidden=("key",), choices={"grade": GRADE_WORDS})


def _templates(session: Session) -> list[ShiftTemplate]:
    return list(session.scalars(select(ShiftTemplate).order_by(ShiftTemplate.id)))


def open_to(session: Session) -> dict[str, list[ShiftTemplate]]:
    """Return the shifts with a seat for each role, so that nobody is asked about a duty that is never theirs."""
    accepts: dict[int, set[str]] = {}
    for number, roles in session.execute(select(Seat.template_id, Seat.accepts)):
        accepts.setdefault(number, set()).update(roles)
    found: dict[str, list[ShiftTemplate]] = {}
    for template in _templates(session):
        for role in accepts.get(template.id, ()):
            found.setdefault(role, []).append(template)
    return found


def _cells(
    who: Responder, month: str, day: dt.date, template: ShiftTemplate, grade: str, clock: times.Clock
) -> list[sheets.Cell]:
    return [
        str(LineKey(who.code, month, f"offer:{day}/{template.name}")),
        who.code,
        who.name,
        day.isoformat(),
        times.WEEKDAYS[day.weekday()],
        template.name,
        tr(
            "{clock} to {clock2}",
            clock=times.clock_words(template.start, clock),
            clock2=times.clock_words(template.end, clock),
        ),
        grade.replace("_", " "),
    ]


def read(store: Store, path: Path, *, dry_run: bool = False, skip_bad: bool = False) -> SheetsReport:
    """Read an availability sheet or a folder of them as one act, or with `dry_run` only say what it would do.

    An empty grade leaves a wish as it is, the word "none" takes it back. Raises BadSheets for lines that cannot be
    taken without `skip_bad`, and CrtError for a file that cannot be read or a folder without sheets.
    """
    report = SheetsReport("offers", dry_run=dry_run)
    found = list(rows_in(path, report, NEEDED))
    if dry_run:
        with store.read() as session:
            Offers(session, store.now).judge(found, report)
        return report
    report.written = store.do(READ(path, found, report, skip_bad=skip_bad, now=store.now)).answer
    return report


def take(
    session: Session,
    path: Path,
    found: list[tuple[str, Row]],
    report: SheetsReport,
    *,
    skip_bad: bool,
    now: dt.datetime,
) -> bool:
    """Write what the lines of sheets say, and return whether anything changed; raises BadSheets as `read` does."""
    offers = Offers(session, now)
    offers.judge(found, report)
    if report.bad and not skip_bad:
        raise BadSheets(report)
    return offers.write(session)


READ = Act(take, mark("Read availability from {path.name}"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a line of a sheet says: its line, whose, the shift's date and hours, and the grade."""

    line: int
    person: str
    name: str
    date: dt.date
    hours: tuple[dt.time, dt.time]
    grade: str


Wanted = dict[tuple[int, int, dt.date], str]
"""The grades to be kept, by row numbers of person and shift, and date."""


class Offers:
    """The wishes of the records, and what sheets change of them."""

    def __init__(self, session: Session, now: dt.datetime) -> None:
        self._today = times.local(now, programme_of(session).zone).date()
        self._people = {row.code: row for row in session.scalars(select(Responder))}
        self._templates = {row.name: row for row in _templates(session)}
        self._wishes = {(w.responder_id, w.template_id, w.date): w for w in session.scalars(select(Wish))}
        self._session = session
        self.wanted: Wanted = {}
        self.said: list[Told] = []
        self._heard: dict[Heard, bool] = {}
        """Whose answers for a month the sheets bring, and whether they say something new."""
        self._offered: Counter[str] = Counter()
        self._seen: dict[str, dict[str, str]] = {}

    def judge(self, found: list[tuple[str, Row]], report: SheetsReport) -> None:
        """Look at every line with a grade, and note who offers little."""
        for file, row in found:
            if not row.cells["grade"]:
                continue
            try:
                outcome, words = self._take(file, row, is_untouched=file in report.untouched)
            except CrtError as fault:
                outcome, words = "bad", str(fault)
            report.lines.append(SheetLine(file, row.line, row.cells.get("person", ""), outcome, words))
        few = sum(count < LEAST_OFFERED for count in self._offered.values())
        if few:
            who = tr("1 person offers") if few == 1 else tr("{few:,} people offer", few=few)
            report.notes = (tr("{who} fewer than {least_offered} shifts.", who=who, least_offered=LEAST_OFFERED),)

    def _take(self, file: str, row: Row, *, is_untouched: bool) -> tuple[str, str]:
        key = key_of(row.cells["key"])
        who, (date, template) = self._people.get(key.person), self._slot(key)
        if who is None:
            raise CrtError(tr("Nobody has the id {person!r} any more. Leave the sheet out.", person=key.person))
        cells = row.cells
        same = {
            "person": is_same_id(cells.get("person", key.person), key.person),
            "date": "date" not in cells or is_same_date(cells["date"], date),
            "shift": cells.get("shift", template.name).casefold() == template.name.casefold(),
        }
        for name, is_same in same.items():
            if not is_same:
                raise CrtError(tr("The {name} of this line was changed. Take a new sheet and write there.", name=name))
        grade = grade_of(cells["grade"])
        if grade not in (*GRADE_NAMES, NONE):
            raise CrtError(
                tr(
                    "{cells!r} is not a grade. Use one of: {names}.",
                    cells=row.cells["grade"],
                    names=", ".join(GRADE_WORDS),
                )
            )
        place = (who.id, template.id, date)
        if key.line in self._seen.get(key.person, {}):
            raise CrtError(
                tr("This line is also in {seen}. Delete one of the two.", seen=self._seen[key.person][key.line])
            )
        self._seen.setdefault(key.person, {})[key.line] = tr("{file}, line {line}", file=file, line=row.line)
        there = self._wishes.get(place)
        held = NONE if there is None else there.grade
        self._offered[who.code] += grade in ("prefers", "wants")
        words = f"{who.name}: {grade.replace('_', ' ')}, {times.day_words(date)} {template.name}"
        if held == grade:
            self._hear(who, key, row.line, date, template, grade, is_new=None if is_untouched else False)
            return "unchanged", words
        if date < self._today:
            raise CrtError(tr("{date} has passed. Offers are for days to come.", date=date))
        self.wanted[place] = grade
        self._hear(who, key, row.line, date, template, grade, is_new=True)
        return ("new" if there is None else "changed"), words

    def _slot(self, key: LineKey) -> tuple[dt.date, ShiftTemplate]:
        day, _, name = key.line.removeprefix("offer:").partition("/")
        template = self._templates.get(name)
        if template is None or not key.line.startswith("offer:"):
            raise CrtError(tr("This line is of no shift the programme has. Take a new sheet and write there."))
        return times.date(day), template

    def _hear(
        self, who: Responder, key: LineKey, line: int, date: dt.date, template: ShiftTemplate, grade: str, *,
        is_new: bool | None,
    ) -> None:  # fmt: skip
        """Note what a line says; of a sheet that is as it was written (`is_new` is None) it answers nothing."""
        if grade != NONE:
            hours = template.start, template.end
            self.said.append(Told(line, who.code, who.name, date, hours, grade))
        if is_new is not None:
            heard = Heard(who.id, times.parse_month(key.month))
            self._heard[heard] = self._heard.get(heard, False) or is_new

    def answers(self) -> frozenset[Heard]:
        """Return the answers to take down: those that are not on record yet, and those that say something new."""
        new = frozenset(heard for heard, is_new in self._heard.items() if is_new)
        return new | month_answers.unheard(self._session, self._heard)

    def write(self, session: Session) -> bool:
        """Keep what the sheets say and who answered; False where they say nothing new."""
        heard = self.answers()
        keep(session, self.wanted, heard)
        return bool(self.wanted or heard)


def keep(session: Session, wanted: Wanted, heard: Iterable[Heard]) -> None:
    """Keep grades of shifts as wishes, and take down who answered."""
    there = {(w.responder_id, w.template_id, w.date): w for w in session.scalars(select(Wish))} if wanted else {}
    for place, grade in wanted.items():
        row: Any = there.get(place)
        if row is None:
            session.add(Wish(responder_id=place[0], template_id=place[1], date=place[2], grade=grade))
        elif grade == NONE:
            session.delete(row)
        else:
            row.grade = grade
    session.flush()
    month_answers.note(session, heard, month_answers.SHEET)
