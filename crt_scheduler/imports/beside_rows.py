"""What is looked over beside the rows of availability that come in: every line of the file, also those in doubt."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import dates, month_answers, times
from crt_scheduler.imports import answered, availability_file, days, persons
from crt_scheduler.imports.answered import Line
from crt_scheduler.imports.asked import Decisions
from crt_scheduler.imports.availability_lines import GRADES
from crt_scheduler.imports.change_plan import Reader, columns
from crt_scheduler.imports.people_by_dates import ASKED, BAD, OPEN, SURE, Poll, Told, Whose, poll
from crt_scheduler.imports.wide import Unfolded
from crt_scheduler.imports.worded import Worded
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Responder

KNOWN = {field.name: field for field in (*availability_file.FIELDS, days.EVERY_DAY)}


@dataclass(frozen=True)
class Beside:
    """The whole file in our words, whom each line means, and the columns of each day."""

    sheet: Sheet
    mapping: Mapping[str, str]
    whose: Mapping[int, Whose]
    columns: Mapping[dt.date | int, tuple[str, ...]]

    def poll(
        self, session: Session, orders: dict[str, dates.Order], mentioned: Sequence[Line], now: dt.datetime
    ) -> Poll:
        """Return the file as people by dates; `mentioned` are the lines that come in or are on record already."""
        told, zone = list(self._told(orders)), customs.zone_of(programme_of(session))
        month = answered.month_of(mentioned) or _month_told(told) or times.next_month(now.date())
        here = {each.responder_id for each in mentioned}
        codes = set(session.scalars(select(Responder.code).where(Responder.id.in_(here))))
        waiting = [each for each in month_answers.waiting(session, month) if each.id not in codes]
        return poll(told, self.whose, columns=self.columns, waiting=waiting, month=month, zone=zone)

    def _told(self, orders: dict[str, dates.Order]) -> Iterator[Told]:
        """Yield what each row says of which days, as far as its days can be read."""
        mapping = {ours: theirs for ours, theirs in self.mapping.items() if ours in KNOWN}
        held = columns(self.sheet, days.event_columns(self.sheet, mapping), known=KNOWN.values(), required=("grade",))
        for row in self.sheet.rows:
            reader = Reader(held, row)
            found, text = days.days_in(reader, orders), reader.text("grade")
            word = text.casefold().replace(" ", "_")
            for each in found:
                grade = word if word in GRADES else OPEN
                yield Told(row.line, text, grade, each.first, each.last, each.weekdays, (each.start, each.end))


def beside(
    session: Session, raw: Sheet, mapping: Mapping[str, str], unfolded: Unfolded, whole: Worded, decided: Decisions
) -> Beside:
    """Return what is looked over of a file; `raw` is its table as it lies there, `whole` in rows and our words."""
    by_day: dict[dt.date | int, list[str]] = defaultdict(list)
    for column in unfolded.columns:
        day = dt.date.fromisoformat(column.date) if column.date else column.weekday
        if day is not None:
            by_day[day].append(column.name)
    found = {day: tuple(names) for day, names in by_day.items()}
    return Beside(whole.sheet, whole.mapping, _whose(session, raw, mapping, decided), found)


def _month_told(told: Sequence[Told]) -> str:
    """Return the month that most days are of, whoever speaks of them; nothing where all is of every week."""
    months = Counter(times.month_of(day) for day in {each.first or each.last for each in told} if day is not None)
    return months.most_common(1)[0][0] if months else ""


def _whose(session: Session, raw: Sheet, mapping: Mapping[str, str], decided: Decisions) -> dict[int, Whose]:
    """Return whom each line of a file means."""
    rows = tuple(row for row in raw.rows if row.line not in decided.left_out)
    placed = persons.placed(session, availability_file.KIND, replace(raw, rows=rows), mapping, decided)
    names: dict[str, str] = dict(session.execute(select(Responder.code, Responder.name)).all())
    known = {code.casefold(): code for code in names}
    target = placed.mapping.get("person", "person")
    column = next((name for name in placed.sheet.header if name.casefold() == target.casefold()), "")
    codes = {row.line: known.get(row.cells.get(column, "").casefold(), "") for row in placed.sheet.rows}
    asked = {line: question.text for question in placed.questions for line in question.lines}
    found: dict[int, Whose] = {}
    for row in rows:
        code = codes.get(row.line, "")
        if code:
            found[row.line] = Whose(names[code], code, SURE)
        else:
            words = persons.written(raw, mapping, row)
            found[row.line] = Whose(asked.get(row.line, "") or words, "", ASKED if row.line in asked else BAD)
    return found
