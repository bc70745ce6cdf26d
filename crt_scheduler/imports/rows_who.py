"""The rows of a list of people made ready: each with the id of whom it means, or asked where that is in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from crt_scheduler import limits, lines, reading, remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import compared_names
from crt_scheduler.imports.asked import Decisions
from crt_scheduler.imports.change_plan import plain
from crt_scheduler.imports.people_file import SECOND, PeopleFile, Placed, held_in, rows_of, said_by
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.imports.rows_asked import ask_one_id, ask_second, ask_twins, ask_who
from crt_scheduler.imports.rows_merged import merge
from crt_scheduler.imports.twins import shared
from crt_scheduler.imports.who import New, Person, Sure, Unsure, agreement, directory, found
from crt_scheduler.responders import ids
from crt_scheduler.sheets import Sheet
from solver.wording import tr


def placed(session: Session, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions) -> Placed:
    """Find whom each row of a list of people means; rows in doubt are left out of the sheet and asked about.

    Raises CrtError where the file names nobody, or a decision fits no row or person.
    """
    if decided.named:
        line, name = min(decided.named)
        option = lines.option("--same", line, decided.named[line, name], of=name)
        raise CrtError(tr("{option}: a row of people is one person. Leave the name out.", option=option))
    held = held_in(sheet, mapping)
    if "name" not in held:
        raise CrtError(
            tr(
                "{name}: say which column holds the name; without it nobody can be told apart. Its columns are: "
                "{names}.",
                name=sheet.path.name,
                names=", ".join(sheet.header),
            ),
            remedies.NAME_NAMES,
        )
    if not sheet.rows:
        raise CrtError(
            tr("{name} holds no people: there is no row under its header. Add one row a person.", name=sheet.path.name)
        )
    if len(sheet.rows) > limits.MOST_PEOPLE:
        raise CrtError(
            tr(
                "{name} holds more than {most_people:,} people. {split}",
                name=sheet.path.name,
                most_people=limits.MOST_PEOPLE,
                split=tr(reading.SPLIT),
            )
        )
    there = directory(session)
    rows, notes = rows_of(sheet, held)
    file = PeopleFile(there, held, rows, {line: said_by(row, held, there) for line, row in rows.items()}, notes=notes)
    merge(file, decided)
    there.shared = shared(file.said, there)
    ask_one_id(file, decided)
    ask_twins(file, decided)
    _place(file, decided)
    _make_ids(file)
    return _finished(file, sheet, mapping)


def _place(file: PeopleFile, decided: Decisions) -> None:
    """Find whom each row means, those that are sure first: a person who is taken is no other row's."""
    outcomes = {line: _outcome(file, line, decided) for line in file.rows}
    taken: dict[str, int] = {}
    for line, outcome in outcomes.items():
        if isinstance(outcome, Sure):
            first = taken.setdefault(outcome.person.code, line)
            if first != line:
                ask_second(file, line, first, outcome.person)
            else:
                _take(file, line, outcome.person, is_told=line in decided.same)
    for line, outcome in outcomes.items():
        if isinstance(outcome, Unsure):
            left = tuple(p for p in outcome.people if not _is_elsewhere(file, line, p, taken))
            if left:
                ask_who(file, line, replace(outcome, people=left))
                continue
            shared = outcome.people[0]
            file.notes.append(
                tr(
                    "Line {line}, {spoken}, is new: {name} ({code}) is on line {taken}.",
                    line=line,
                    spoken=compared_names.spoken(file.said[line].name),
                    name=shared.name,
                    code=shared.code,
                    taken=taken[shared.code],
                )
            )
        if not isinstance(outcome, Sure):
            file.new.add(line)


def _outcome(file: PeopleFile, line: int, decided: Decisions) -> Sure | New | Unsure:
    if line in decided.new:
        return New()
    if line in decided.same:
        known = file.there.by_code.get(compared_names.code(decided.same[line]))
        if known is not None:
            return Sure(known)
    said = file.said[line]
    return found(said, file.there) if said.name or said.code else New()


def _is_elsewhere(file: PeopleFile, line: int, person: Person, taken: Mapping[str, int]) -> bool:
    """Is the person on another row of the file, and this row not likely a second one of theirs?"""
    said = file.said[line]
    if person.code not in taken or compared_names.unpadded(said.code) == compared_names.unpadded(person.code):
        return False
    agree, differ = agreement(said, person, file.there.country)
    is_namesake = compared_names.bare(said.name) == compared_names.bare(person.name) and bool(differ) and not agree
    return is_namesake or bool(said.code)


def _take(file: PeopleFile, line: int, person: Person, *, is_told: bool) -> None:
    """Note whom a row means and under which name they go on: nobody is renamed by a contact."""
    said = file.said[line]
    file.codes[line] = person.code
    is_same = compared_names.bare(said.name) == compared_names.bare(person.name) or compared_names.parts(
        said.name
    ) == compared_names.parts(person.name)
    has_code = compared_names.code(said.code) == compared_names.code(person.code)
    if not said.name or (is_same and not has_code):
        file.names[line] = person.name
    else:
        file.names[line] = (
            compared_names.better(person.name, said.name) if is_same else compared_names.spoken(said.name)
        )
    _keep_phones(file, line, person)
    new = file.names[line]
    if new != person.name:
        file.notes.append(tr("{code} {name} is now called {new}.", code=person.code, name=person.name, new=new))
    elif said.name and compared_names.spoken(said.name) != person.name:
        file.notes.append(
            tr(
                'Line {line}, "{name}", is {person_name} ({code}); the name stays.',
                line=line,
                name=said.name,
                person_name=person.name,
                code=person.code,
            )
        )


def _keep_phones(file: PeopleFile, line: int, person: Person) -> None:
    """Keep both phones where a row calls the second one the first, and neither of them twice."""
    said = file.said[line]
    first, second = (compared_names.number(each, file.there.country) for each in (person.phone, person.phone_2))
    if said.phone_2 and said.phone_2 == (said.phone or first):
        file.second[line] = ""
    elif said.phone and said.phone == second and first and first != second and not said.phone_2:
        file.second[line] = person.phone
        file.notes.append(
            tr(
                "The phones of {name} ({code}) change places, as line {line} has it.",
                name=person.name,
                code=person.code,
                line=line,
            )
        )


def _make_ids(file: PeopleFile) -> None:
    """Give newcomers their own id where it is free, else the next one, in the order of their names."""
    held = {compared_names.code(person.code): person.code for person in file.there.by_code.values()}
    own = [file.said[line].code for line in file.new if file.said[line].code]
    spare = ids.fresh((*held.values(), *own), like=tuple(held.values()) or own)
    given = set(file.codes.values())
    for line in sorted(file.new, key=lambda line: _order(file, line)):
        said = file.said[line]
        is_own = bool(said.code) and line not in file.without_id
        is_free = is_own and compared_names.code(said.code) not in held and said.code not in given
        file.codes[line] = said.code if is_free else next(spare)
        if said.code and not is_free:
            file.notes.append(
                tr(
                    "Line {line}: the id {code} is taken, so {name} is {codes}.",
                    line=line,
                    code=said.code,
                    name=said.name,
                    codes=file.codes[line],
                )
            )
        given.add(file.codes[line])
        file.names[line] = compared_names.spoken(said.name)


def _order(file: PeopleFile, line: int) -> tuple[str, str, str, int]:
    said = file.said[line]
    return compared_names.folded(said.name), said.email, said.phone, line


def _finished(file: PeopleFile, sheet: Sheet, mapping: Mapping[str, str]) -> Placed:
    turned = [line for line in file.new if compared_names.is_turned(file.said[line].name)]
    if turned:
        first = file.said[turned[0]].name
        count = tr(" ({count:,} names)", count=len(turned)) if len(turned) > 1 else ""
        file.notes.append(
            tr(
                'Turned round: "{first}" is {spoken}{count}.',
                first=first,
                spoken=compared_names.spoken(first),
                count=count,
            )
        )
    column = file.held.get("id", MADE_IDS)
    coded, partners = _coded(file), _partner_columns(sheet, mapping)
    header = sheet.header if column in sheet.header else (*sheet.header, column)
    mapping, second = _second_phones(file, sheet, mapping)
    header = header if not second or second in header else (*header, second)
    rows = []
    for line, row in file.rows.items():
        if line in file.codes:
            cells = {**row.cells, column: file.codes[line], file.held["name"]: file.names[line]}
            cells |= {theirs: _partners(row.cells[theirs], coded) for theirs in partners if row.cells[theirs]}
            if second:
                cells[second] = file.second.get(line, row.cells.get(second, ""))
            rows.append(replace(row, cells=cells))
    made = {**mapping, "id": column}
    return Placed(replace(sheet, header=header, rows=tuple(rows)), made, file.questions, file.notes)


def _second_phones(file: PeopleFile, sheet: Sheet, mapping: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
    """Return the mapping with the column that second phones go to, and that column; none where there are none."""
    if not file.second:
        return mapping, ""
    held = {plain(name): name for name in sheet.header}.get(plain(mapping.get(SECOND, SECOND)), SECOND)
    return {**mapping, SECOND: held}, held


def _partner_columns(sheet: Sheet, mapping: Mapping[str, str]) -> list[str]:
    header = {plain(name): name for name in sheet.header}
    found = (header.get(plain(mapping.get(ours, ours)), "") for ours in ("prefers_with", "avoids_with"))
    return [theirs for theirs in found if theirs]


def _coded(file: PeopleFile) -> dict[str, str]:
    """Return everybody's id by folded id and by the name that they alone bear, of the records and of the file."""
    people = {person.code: person.name for person in file.there.by_code.values()}
    people |= {code: file.names[line] for line, code in file.codes.items()}
    bearers = Counter(compared_names.folded(name) for name in people.values())
    by_name = {
        compared_names.folded(name): code for code, name in people.items() if bearers[compared_names.folded(name)] == 1
    }
    return {**by_name, **{compared_names.code(code): code for code in people}}


def _partners(cell: str, coded: Mapping[str, str]) -> str:
    """Return a list of partners with the ids of those who are named; the reader refuses whom nobody knows."""
    parts = (part.strip() for part in cell.split(";"))
    return ";".join(
        coded.get(compared_names.code(part), coded.get(compared_names.folded(part), part)) for part in parts if part
    )
