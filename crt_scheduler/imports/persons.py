"""Whom the rows of any other file mean, by id, name or e-mail: somebody there is, a question, or a refusal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from crt_scheduler import lines as lines_of
from crt_scheduler import remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import compared_names, guess
from crt_scheduler.imports.asked import Decisions, Question, listed_name
from crt_scheduler.imports.change_plan import made_column, plain
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.people_file import Placed
from crt_scheduler.imports.people_reader import KIND as PEOPLE
from crt_scheduler.imports.rows_asked import question
from crt_scheduler.imports.who import Directory, Found, New, Person, Said, Sure, Unsure, candidate, directory, found
from crt_scheduler.sheets import Row, Sheet, packed_rows
from solver.wording import tr

EXTRA = ("id", "name", "email", "phone", "phone_2")
"""What a file may hold of a person beside, or in place of, the one column."""
MOST_OFFERED = 5
_WITH_ID = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")


def placed(session: Session, kind: Kind, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions) -> Placed:
    """Put the id of whom each row means in its person column; rows in doubt are left out and asked about.

    Raises CrtError where a decision fits no person, or says that somebody of such a file is new.
    """
    if decided.new:
        line = min(decided.new)
        raise CrtError(
            tr(
                "{option}: only a file of people brings new people. Import people first.",
                option=lines_of.option("--new", line),
            )
        )
    if not kind.person:
        return _listed(session, sheet, mapping, decided, kind.listed)
    if decided.named:
        line, name = min(decided.named)
        raise CrtError(
            tr(
                "{option}: a row of {kind} names one person. Leave the name out.",
                option=lines_of.option("--same", line, decided.named[line, name], of=name),
                kind=kind.name,
            )
        )
    ours = kind.person
    column, beside = _held(sheet, mapping, ours)
    made = {field: theirs for field, theirs in mapping.items() if field not in EXTRA}
    if not column and not beside:
        return Placed(sheet, made)
    there = directory(session)
    rows = defaultdict(list)
    for row in sheet.rows:
        rows[row.cells.get(column, ""), *(row.cells[theirs] for theirs in beside.values())].append(row.line)
    codes: dict[int, str] = {}
    questions = []
    for texts, lines in rows.items():
        said = _said(there, texts[0], dict(zip(beside, texts[1:], strict=True)))
        code, asked = _whom(there, said, lines, decided)
        questions += [asked] if asked else []
        codes |= dict.fromkeys(lines, code or ("" if asked else texts[0] or said.name or said.email))
    return Placed(
        _renamed(sheet, ours, column, beside, codes, questions), {**made, ours: column or made_column(ours)}, questions
    )


def _held(sheet: Sheet, mapping: Mapping[str, str], ours: str) -> tuple[str, dict[str, str]]:
    """Return the person column, and those that hold name, e-mail, phone or id in its place or beside it."""
    header = {plain(name): name for name in sheet.header}
    column = header.get(plain(mapping.get(ours, ours)), "")
    said = {each: header[plain(mapping[each])] for each in EXTRA if plain(mapping.get(each, "")) in header}
    taken = {column, *mapping.values()}
    likely = guess.guessed(PEOPLE, tuple(name for name in sheet.header if name not in taken), {})
    likely = {each: likely[each] for each in EXTRA if likely.get(each) in sheet.header}
    if column or "name" in likely or "email" in likely:
        likely.pop("id", None)  # whoever is named needs no number that may be the row's own
    return column, {**likely, **said}


def written(sheet: Sheet, mapping: Mapping[str, str], row: Row) -> str:
    """Return how a row writes whom it means: the person's column, else the name, else the address."""
    column, beside = _held(sheet, mapping, "person")
    texts = (row.cells.get(name, "") for name in (beside.get("name", ""), column, *beside.values()))
    return next((text for text in texts if text), "")


def _said(there: Directory, person: str, beside: Mapping[str, str]) -> Said:
    """Return what a row says of a person: the one column may hold an id, a name, an e-mail, or Ana Ruiz (V001)."""
    code, name, email = beside.get("id", ""), beside.get("name", ""), beside.get("email", "")
    both = _WITH_ID.fullmatch(person)
    if compared_names.code(person) in there.by_code:
        code = person
    elif both and compared_names.code(both[2]) in there.by_code:
        code, name = both[2], name or both[1]
    elif "@" in person:
        email = person
    elif compared_names.unpadded(person) in there.by_short and any(map(str.isdigit, person)):
        code = person
    elif person:
        name = person
    phones = {each: beside.get(each, "") for each in ("phone", "phone_2")}
    return there.said(code=code, name=name, email=email, **phones)


def _whom(there: Directory, said: Said, lines: list[int], decided: Decisions) -> tuple[str, Question | None]:
    """Return the id of whom some rows mean, or the question; neither where nobody is like that."""
    told = {decided.same[line] for line in lines if line in decided.same}
    if told:
        return _told(there, told, lines), None
    outcome = _meant(there, said)
    if isinstance(outcome, Sure):
        return outcome.person.code, None
    if not isinstance(outcome, Unsure):
        return "", None
    answers = tuple(candidate(said, person, there.country) for person in outcome.people)
    text = compared_names.spoken(said.name) or said.code or said.email
    return "", question(tuple(lines), text, answers, outcome.why, may_be_new=False)


def _meant(there: Directory, said: Said) -> Found:
    """Return whom what is said means, by a part of a name or an id without its noughts too."""
    if not said:
        return New()
    outcome = found(said, there)
    if not isinstance(outcome, Sure) and said.code and not said.name:
        outcome = _by_short(there, said, outcome)
    return _by_part(there, said) if isinstance(outcome, New) and said.name else outcome


def _by_part(there: Directory, said: Said) -> Found:
    """Return the people whom a part of a name or an initial may mean."""
    like = tuple(each for each in there.by_code.values() if compared_names.is_like(said.name, each.name))[:MOST_OFFERED]
    return Unsure(like, tr("only a part of the name is given")) if like else New()


def _by_short(there: Directory, said: Said, outcome: Found) -> Found:
    """Return whether an id that nobody has is somebody's but for its noughts."""
    near = tuple(there.by_short.get(compared_names.unpadded(said.code), ()))
    return (
        Unsure(near, tr("the id {code} is {near_code} without its noughts", code=said.code, near_code=near[0].code))
        if near
        else outcome
    )


def _told(there: Directory, told: set[str], lines: list[int], *, of: str = "") -> str:
    """Return the id that the rows, or one of the names they list, were said to mean."""
    if len(told) > 1:
        raise CrtError(
            tr(
                "Lines {listed} name one person; --same says two of them.",
                listed=compared_names.listed(map(str, lines)),
            )
        )
    key = told.pop()
    known: Person | None = there.by_code.get(compared_names.code(key))
    if known is None:
        option = lines_of.option("--same", lines[0], key, of=of)
        raise CrtError(tr("{option}: nobody has the id {key!r}.", option=option, key=key), remedies.LIST_IDS)
    return known.code


def _renamed(
    sheet: Sheet,
    ours: str,
    column: str,
    beside: Mapping[str, str],
    codes: Mapping[int, str],
    questions: list[Question],
) -> Sheet:
    """Return the sheet with ids in its person column, without rows in doubt and columns that served to find them."""
    in_doubt = {line for asked in questions for line in asked.lines}
    target = column or made_column(ours)
    used = set(beside.values()) - {column}
    header = tuple(name for name in sheet.header if name not in used)
    whole = header if column else (*header, target)
    kept = (row for row in sheet.rows if row.line not in in_doubt)
    named = (replace(row, cells={**{n: row.cells[n] for n in header}, target: codes[row.line]}) for row in kept)
    return replace(sheet, header=whole, rows=packed_rows(whole, named))


@dataclass
class _Listed:
    """A name that lists of a column hold: as it is written, whom it means by itself, and the lines that say it."""

    text: str
    outcome: Found
    lines: list[int] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What it is compared by."""
        return listed_name(self.text)


def _listed(session: Session, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions, ours: str) -> Placed:
    """Put ids for names in a column that lists several people; each name in doubt is asked about once."""
    column, _ = _held(sheet, {ours: mapping.get(ours, ours)}, ours)
    if not column:
        return Placed(sheet, dict(mapping))
    there = directory(session)
    parts: dict[str, list[str]] = {}  # the names of each text of the column
    every: dict[str, _Listed] = {}
    by_line: dict[int, list[_Listed]] = {}
    for row in sheet.rows:
        text = row.cells[column]
        if text not in parts:
            parts[text] = _people(there, text)
        by_line[row.line] = []
        for part in parts[text]:
            name = every.get(listed_name(part))
            if name is None:
                name = every[listed_name(part)] = _Listed(part, _meant(there, _said(there, part, {})))
            name.lines.append(row.line)
            by_line[row.line].append(name)
    told = _told_of_lists(there, by_line, every, decided)
    questions = [asked for name in every.values() if (asked := _ask_listed(there, name, told, by_line))]
    in_doubt = {line for asked in questions for line in asked.lines}

    def cell(line: int, text: str) -> str:
        codes = [told.get((line, listed_name(part)), part) for part in parts[text]]
        return text if codes == [part.strip() for part in text.split(";")] else ";".join(codes)

    kept = (row for row in sheet.rows if row.line not in in_doubt)
    named = (replace(row, cells={**row.cells, column: cell(row.line, row.cells[column])}) for row in kept)
    return Placed(replace(sheet, rows=packed_rows(sheet.header, named)), dict(mapping), questions)


def _told_of_lists(
    there: Directory, by_line: Mapping[int, list[_Listed]], every: Mapping[str, _Listed], decided: Decisions
) -> dict[tuple[int, str], str]:
    """Return the id of each name by line: as was said, else whom it surely means.

    An answer for one line holds for the other lines of the name too, unless they were answered otherwise.
    """
    found: dict[tuple[int, str], str] = {}
    for (line, name), key in decided.named.items():
        if name not in every or line not in every[name].lines:
            names_there = compared_names.listed(each.text for each in by_line[line]) if by_line[line] else tr("nobody")
            option = lines_of.option("--same", line, key, of=name)
            raise CrtError(
                tr(
                    "{option}: line {line} does not list {name!r}; it lists {names_there}.",
                    option=option,
                    line=line,
                    name=name,
                    names_there=names_there,
                )
            )
        found[line, name] = _told(there, {key}, [line], of=name)
    for line, key in decided.same.items():
        code = _told(there, {key}, [line])
        open_names = [n for n in by_line[line] if not isinstance(n.outcome, Sure) and (line, n.key) not in found]
        may_be = [n for n in open_names if code in _codes(n.outcome)] or open_names
        if len(may_be) == 1:  # of two, it is not told which is meant: both are asked about
            found[line, may_be[0].key] = code
    for each in every.values():
        answers = {found[line, each.key] for line in each.lines if (line, each.key) in found}
        own = each.outcome.person.code if isinstance(each.outcome, Sure) else ""
        rest = own or (answers.pop() if len(answers) == 1 else "")
        found |= {(line, each.key): rest for line in each.lines if rest and (line, each.key) not in found}
    return found


def _codes(outcome: Found) -> tuple[str, ...]:
    return tuple(person.code for person in outcome.people) if isinstance(outcome, Unsure) else ()


def _ask_listed(
    there: Directory, name: _Listed, told: Mapping[tuple[int, str], str], by_line: Mapping[int, list[_Listed]]
) -> Question | None:
    """Return the question whom a name means on the lines where that is open; nobody like it is the reader's to say."""
    about = tuple(line for line in dict.fromkeys(name.lines) if (line, name.key) not in told)
    if not about or not isinstance(name.outcome, Unsure):
        return None
    said = _said(there, name.text, {})
    answers = tuple(candidate(said, person, there.country) for person in name.outcome.people)
    others = [n for n in by_line[about[0]] if isinstance(n.outcome, Unsure) and (about[0], n.key) not in told]
    text = compared_names.spoken(said.name) or said.code or said.email
    is_only = len({each.key for each in others}) == 1
    return question(about, text, answers, name.outcome.why, may_be_new=False, name=name.text, is_only=is_only)


def _people(there: Directory, text: str) -> list[str]:
    """Return the people of a list: by semicolons or lines; by commas where what is between them is each somebody."""
    found_parts = []
    for part in re.split(r"[;\n]", text):
        part = part.strip()
        by_comma = [each.strip() for each in part.split(",") if each.strip()]
        if len(by_comma) > 1 and not isinstance(found(_said(there, part, {}), there), Sure):
            found_parts += by_comma
        elif part:
            found_parts.append(part)
    return found_parts
