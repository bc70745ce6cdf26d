"""The rows of a list of people made ready: each with the id of whom it means, or asked where that is in doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from crt_scheduler import limits, lines, reading
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import decided_lines, names
from crt_scheduler.imports.asked import Candidate, Decisions, Question
from crt_scheduler.imports.plan import plain
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.imports.twins import Twin, shared, twins
from crt_scheduler.imports.who import Directory, New, Person, Said, Sure, Unsure, agreement, candidate, directory, found
from crt_scheduler.responders import ids
from crt_scheduler.sheets import Row, Sheet

SECOND = "phone_2"
CONTACTS = ("id", "name", "email", "phone", SECOND)
SHOWN = 3
_NUMBER = re.compile(r"[^\W\d_]*\W*[\d.,:]+\s*%?")


@dataclass
class Placed:
    """A sheet whose rows name the person they mean, what is in doubt, and remarks on who was found how."""

    sheet: Sheet
    mapping: dict[str, str]
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _File:
    """The rows as they are placed: what each says, and whom it was found to mean."""

    there: Directory
    held: Mapping[str, str]
    rows: dict[int, Row]
    said: dict[int, Said]
    codes: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    """Lines of newcomers."""
    without_id: set[int] = field(default_factory=set)
    """Lines of newcomers whose id another row has."""
    second: dict[int, str] = field(default_factory=dict)
    """The second phone of a line where that is another one than its cell says."""
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def line(self, named: str) -> int:
        """Return the file's own line that an answer names, or what it names where there is none."""
        return decided_lines.own(lines.read_line(named), self.rows) or lines.read_line(named)


def placed(session: Session, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions) -> Placed:
    """Find whom each row of a list of people means; rows in doubt are left out of the sheet and asked about.

    Raises CrtError where the file names nobody, or a decision fits no row or person.
    """
    if decided.named:
        line, name = min(decided.named)
        option = lines.option("--same", line, decided.named[line, name], of=name)
        raise CrtError(f"{option}: a row of people is one person. Leave the name out.")
    held = _held(sheet, mapping)
    if "name" not in held:
        raise CrtError(
            f"{sheet.path.name}: say which column holds the name; without it nobody can be told apart. Its columns "
            f"are: {', '.join(sheet.header)}. Say it with: --map name=THEIRS"
        )
    if not sheet.rows:
        raise CrtError(f"{sheet.path.name} holds no people: there is no row under its header. Add one row a person.")
    if len(sheet.rows) > limits.MOST_PEOPLE:
        raise CrtError(f"{sheet.path.name} holds more than {limits.MOST_PEOPLE:,} people. {reading.SPLIT}")
    there = directory(session)
    rows, notes = _rows(sheet, held)
    file = _File(there, held, rows, {line: _said(row, held, there) for line, row in rows.items()}, notes=notes)
    _merge(file, decided)
    there.shared = shared(file.said, there)
    _ask_one_id(file, decided)
    _ask_twins(file, decided)
    _place(file, decided)
    _make_ids(file)
    return _finished(file, sheet, mapping)


def _held(sheet: Sheet, mapping: Mapping[str, str]) -> dict[str, str]:
    header = {plain(name): name for name in sheet.header}
    found = {ours: header.get(plain(mapping.get(ours, ours)), "") for ours in CONTACTS}
    return {ours: theirs for ours, theirs in found.items() if theirs}


def _rows(sheet: Sheet, held: Mapping[str, str]) -> tuple[dict[int, Row], list[str]]:
    """Return the rows by line, without sums, which are no people, and rows that repeat another word for word."""
    rows: dict[int, Row] = {}
    sums: list[int] = []
    again: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for row in sheet.rows:
        if not any(row.cells[theirs] for theirs in held.values()) and _is_sum(row):
            sums.append(row.line)
            continue
        texts = tuple(row.cells.values())
        is_told = any(row.cells[held[ours]] for ours in held if ours != "name")
        if texts in seen and is_told and not row.beyond:
            again.append(row.line)
            continue
        seen.add(texts)
        rows[row.line] = row
    notes = [f"{_lines(sums, 'hold')} no person, only a number."] if sums else []
    notes += [f"{_lines(again, 'repeat')} another line word for word."] if again else []
    return rows, notes


def _is_sum(row: Row) -> bool:
    texts = [text for text in row.cells.values() if text]
    return bool(texts) and not row.beyond and all(map(_NUMBER.fullmatch, texts))


def _lines(found: list[int], verb: str) -> str:
    """Return the lines with what they do, as a sentence begins."""
    if len(found) == 1:
        return f"Line {found[0]} {verb}s"
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return f"Lines {', '.join(map(str, found[:SHOWN]))}{more} {verb}"


def _said(row: Row, held: Mapping[str, str], there: Directory) -> Said:
    texts = {ours: row.cells[held[ours]] if ours in held else "" for ours in CONTACTS}
    return there.said(code=texts.pop("id"), **texts)


def _merge(file: _File, decided: Decisions) -> None:
    """Make one row of those that were said to be one person: where both say something, the later line counts."""
    into: dict[int, int] = {}
    for line, key in sorted(decided.same.items()):
        other = _other_line(file, line, key, into)
        if other is None:
            continue
        first, later = sorted((into.get(line, line), other))
        earlier, newer = file.rows[first], file.rows.pop(later)
        said = [(name, text, newer.cells[name]) for name, text in earlier.cells.items()]
        differ = [name for name, old, new in said if old and new and old != new]
        spare = _spare_phones(file, (first, earlier), (later, newer))
        file.rows[first] = replace(earlier, cells={name: new or old for name, old, new in said})
        if spare:
            file.second[first] = spare[0]
        into = {**{one: first if to == later else to for one, to in into.items()}, later: first}
        del file.said[later]
        file.said[first] = _said(file.rows[first], file.held, file.there)
        told = f"; line {later} counts for {', '.join(differ)}" if differ else ""
        told += "; the other phone is kept as second phone" if file.second.get(first) else ""
        told += f"; two phones are kept of a person, so not {names.listed(spare[1:])}" if spare[1:] else ""
        file.notes.append(f"Lines {first} and {later} are one person{told}.")


def _spare_phones(file: _File, earlier: tuple[int, Row], newer: tuple[int, Row]) -> list[str]:
    """Return the phones of two rows beside the one that counts, those of the later row first."""
    first, second = file.held.get("phone", ""), file.held.get(SECOND, "")
    found: dict[str, str] = {}
    texts = [row.cells.get(first, "") for _, row in (newer, earlier)]
    for (line, row), main in zip((newer, earlier), texts, strict=True):
        for text in (main, row.cells.get(second, ""), file.second.pop(line, "")):
            found.setdefault(names.number(text, file.there.country) or text, text)
    main = texts[0] or texts[1]
    found.pop(names.number(main, file.there.country) or main, None)
    return [text for text in found.values() if text]


def _other_line(file: _File, line: int, key: str, into: Mapping[int, int]) -> int | None:
    """Return the line a decision names, or the one it became part of; None where it names an id."""
    if names.code(key) in file.there.by_code:
        return None
    named, option = re.sub(r"^line\s*(?=\d+$)", "", key.strip(), flags=re.IGNORECASE), lines.option("--same", line, key)
    if not lines.LINE.fullmatch(named):
        raise CrtError(f"{option}: nobody has the id {key!r}. List the ids with: crt-scheduler people")
    other = file.line(named)
    other = into.get(other, other)
    if other not in file.rows or other == into.get(line, line):
        raise CrtError(f"{option}: there is no other row on line {other}, and nobody has that id.")
    return other


def _ask_one_id(file: _File, decided: Decisions) -> None:
    """Ask about rows of one id and two names; one that was said to be somebody new has to have another id.

    Where somebody of the records has the id, it is asked whether a row means them, as of every other row.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for line, said in file.said.items():
        rows[said.code].append(line)
    for code, alike in rows.items():
        first = next((line for line in alike if line not in decided.new), alike[0])
        for line in alike if code else ():
            if line == first:
                continue
            if line in decided.new:
                file.without_id.add(line)
            elif _is_open(file, line, first, decided) and names.code(code) not in file.there.by_code:
                file.questions.append(_one_id_question(file, line, first))
                del file.rows[line]


def _is_open(file: _File, line: int, first: int, decided: Decisions) -> bool:
    """Is it to be asked whether two rows of one id, which bear two names, are one person?"""
    is_one_name = names.bare(file.said[first].name) == names.bare(file.said[line].name)
    return line not in decided.same and not is_one_name


def _one_id_question(file: _File, line: int, first: int) -> Question:
    said, other = file.said[line], file.said[first]
    like = found(said, file.there)
    people = like.people if isinstance(like, Unsure) else ()
    answers = (
        candidate(replace(said, code=""), other.as_person(_key(file, first)), file.there.country, is_line=True),
        *(candidate(said, person, file.there.country) for person in people),
    )
    options = ", ".join(lines.option("--same", line, each.key) for each in answers)
    them = f" Or is line {line} {' or '.join(each.words() for each in answers[1:])}?" if people else ""
    sentence = (
        f"Are lines {first} and {line} one person? Both have the id {said.code}, but line {first} is "
        f"{names.spoken(other.name)} and line {line} {names.spoken(said.name)}.{them} Answer with {options}, "
        f"{lines.option('--new', line)} (with another id) or {lines.option('--leave-out', line)}."
    )
    return Question("who", (line, first), said.name, answers, sentence)


def _key(file: _File, line: int) -> str:
    """Return how a line is named in an answer: a number that is somebody's id too is written line6."""
    written = lines.written(line)
    return f"line{written}" if names.code(written) in file.there.by_code else written


def _ask_twins(file: _File, decided: Decisions) -> None:
    """Ask about rows of the file that may be one person; the later of the two stays out until that is answered."""
    pairs, told = twins(file.said, file.there, apart=decided.new, known=_is_known(file))
    file.notes += told
    for twin in pairs:
        if twin.line in file.rows and twin.line not in decided.same:
            file.questions.append(_twin_question(file, twin))
            del file.rows[twin.line]


def _options(line: int, key: str) -> str:
    """Return the ways to answer whether a line is one person with another."""
    same, new, out = lines.option("--same", line, key), lines.option("--new", line), lines.option("--leave-out", line)
    return f"{same}, {new} or {out}"


def _is_known(file: _File) -> frozenset[int]:
    """Return the lines that surely mean somebody of the records."""
    return frozenset(line for line, said in file.said.items() if isinstance(found(said, file.there), Sure))


def _twin_question(file: _File, twin: Twin) -> Question:
    said, other = file.said[twin.line], file.said[twin.other]
    key = _key(file, twin.other)
    answer = candidate(replace(said, code=""), other.as_person(key), file.there.country, is_line=True)
    sentence = (
        f"Are lines {twin.other} and {twin.line} one person? Line {twin.other} is {names.spoken(other.name)}, line "
        f"{twin.line} {names.spoken(said.name)}: {twin.why}. Answer with {_options(twin.line, key)}."
    )
    return Question("who", (twin.line, twin.other), said.name, (answer,), sentence)


def _place(file: _File, decided: Decisions) -> None:
    """Find whom each row means, those that are sure first: a person who is taken is no other row's."""
    outcomes = {line: _outcome(file, line, decided) for line in file.rows}
    taken: dict[str, int] = {}
    for line, outcome in outcomes.items():
        if isinstance(outcome, Sure):
            first = taken.setdefault(outcome.person.code, line)
            if first != line:
                _ask_second(file, line, first, outcome.person)
            else:
                _take(file, line, outcome.person, is_told=line in decided.same)
    for line, outcome in outcomes.items():
        if isinstance(outcome, Unsure):
            left = tuple(p for p in outcome.people if not _is_elsewhere(file, line, p, taken))
            if left:
                _ask_who(file, line, replace(outcome, people=left))
                continue
            shared = outcome.people[0]
            file.notes.append(
                f"Line {line}, {names.spoken(file.said[line].name)}, is new: {shared.name} ({shared.code}) is on line "
                f"{taken[shared.code]}."
            )
        if not isinstance(outcome, Sure):
            file.new.add(line)


def _outcome(file: _File, line: int, decided: Decisions) -> Sure | New | Unsure:
    if line in decided.new:
        return New()
    if line in decided.same:
        known = file.there.by_code.get(names.code(decided.same[line]))
        if known is not None:
            return Sure(known)
    said = file.said[line]
    return found(said, file.there) if said.name or said.code else New()


def _is_elsewhere(file: _File, line: int, person: Person, taken: Mapping[str, int]) -> bool:
    """Is the person on another row of the file, and this row not likely a second one of theirs?"""
    said = file.said[line]
    if person.code not in taken or names.unpadded(said.code) == names.unpadded(person.code):
        return False
    agree, differ = agreement(said, person, file.there.country)
    is_namesake = names.bare(said.name) == names.bare(person.name) and bool(differ) and not agree
    return is_namesake or bool(said.code)


def _ask_second(file: _File, line: int, first: int, person: Person) -> None:
    said, key = file.said[line], _key(file, first)
    sentence = (
        f"Are lines {first} and {line} one person? Both mean {person.name} ({person.code}). "
        f"Answer with {_options(line, key)}."
    )
    answer = candidate(said, replace(person, code=key), file.there.country, is_line=True)
    file.questions.append(Question("who", (line, first), said.name, (answer,), sentence))


def _ask_who(file: _File, line: int, outcome: Unsure) -> None:
    said = file.said[line]
    answers = tuple(candidate(said, person, file.there.country) for person in outcome.people)
    file.questions.append(
        question((line,), names.spoken(said.name) or said.code, answers, outcome.why, may_be_new=True)
    )


def question(
    about: tuple[int, ...],
    text: str,
    answers: tuple[Candidate, ...],
    why: str,
    *,
    may_be_new: bool,
    name: str = "",
    is_only: bool = True,
) -> Question:
    """Return the question who a row is, or one of the names it lists, with the options that answer it.

    The name is a part of the options unless it is the only one of its line that is asked about.
    """
    line, who = about[0], " or ".join(each.words() for each in answers)
    options = [lines.option("--same", line, each.key, of="" if is_only else name) for each in answers]
    options += [lines.option("--new", line)] if may_be_new else []
    more = f" and {len(about) - 1:,} more lines" if len(about) > 1 else ""
    somebody = ", or somebody new" if may_be_new else ""
    sentence = (
        f'Is "{text}" on line {line}{more} {who}{somebody}? {why[0].upper()}{why[1:]}. '
        f"Answer with {', '.join(options)} or {lines.option('--leave-out', line)}."
    )
    return Question("who", about, text, answers, sentence, may_be_new=may_be_new, name=name)


def _take(file: _File, line: int, person: Person, *, is_told: bool) -> None:
    """Note whom a row means and under which name they go on: nobody is renamed by a contact."""
    said = file.said[line]
    file.codes[line] = person.code
    is_same = names.bare(said.name) == names.bare(person.name) or names.parts(said.name) == names.parts(person.name)
    has_code = names.code(said.code) == names.code(person.code)
    if not said.name or (is_same and not has_code):
        file.names[line] = person.name
    else:
        file.names[line] = names.better(person.name, said.name) if is_same else names.spoken(said.name)
    _keep_phones(file, line, person)
    new = file.names[line]
    if new != person.name:
        file.notes.append(f"{person.code} {person.name} is now called {new}.")
    elif said.name and names.spoken(said.name) != person.name:
        file.notes.append(f'Line {line}, "{said.name}", is {person.name} ({person.code}); the name stays.')


def _keep_phones(file: _File, line: int, person: Person) -> None:
    """Keep both phones where a row calls the second one the first, and neither of them twice."""
    said = file.said[line]
    first, second = (names.number(each, file.there.country) for each in (person.phone, person.phone_2))
    if said.phone_2 and said.phone_2 == (said.phone or first):
        file.second[line] = ""
    elif said.phone and said.phone == second and first and first != second and not said.phone_2:
        file.second[line] = person.phone
        file.notes.append(f"The phones of {person.name} ({person.code}) change places, as line {line} has it.")


def _make_ids(file: _File) -> None:
    """Give newcomers their own id where it is free, else the next one, in the order of their names."""
    held = {names.code(person.code): person.code for person in file.there.by_code.values()}
    own = [file.said[line].code for line in file.new if file.said[line].code]
    spare = ids.fresh((*held.values(), *own), like=tuple(held.values()) or own)
    given = set(file.codes.values())
    for line in sorted(file.new, key=lambda line: _order(file, line)):
        said = file.said[line]
        is_own = bool(said.code) and line not in file.without_id
        is_free = is_own and names.code(said.code) not in held and said.code not in given
        file.codes[line] = said.code if is_free else next(spare)
        if said.code and not is_free:
            file.notes.append(f"Line {line}: the id {said.code} is taken, so {said.name} is {file.codes[line]}.")
        given.add(file.codes[line])
        file.names[line] = names.spoken(said.name)


def _order(file: _File, line: int) -> tuple[str, str, str, int]:
    said = file.said[line]
    return names.folded(said.name), said.email, said.phone, line


def _finished(file: _File, sheet: Sheet, mapping: Mapping[str, str]) -> Placed:
    turned = [line for line in file.new if names.is_turned(file.said[line].name)]
    if turned:
        first = file.said[turned[0]].name
        count = f" ({len(turned):,} names)" if len(turned) > 1 else ""
        file.notes.append(f'Turned round: "{first}" is {names.spoken(first)}{count}.')
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


def _second_phones(file: _File, sheet: Sheet, mapping: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
    """Return the mapping with the column that second phones go to, and that column; none where there are none."""
    if not file.second:
        return mapping, ""
    held = {plain(name): name for name in sheet.header}.get(plain(mapping.get(SECOND, SECOND)), SECOND)
    return {**mapping, SECOND: held}, held


def _partner_columns(sheet: Sheet, mapping: Mapping[str, str]) -> list[str]:
    header = {plain(name): name for name in sheet.header}
    found = (header.get(plain(mapping.get(ours, ours)), "") for ours in ("prefers_with", "avoids_with"))
    return [theirs for theirs in found if theirs]


def _coded(file: _File) -> dict[str, str]:
    """Return everybody's id by folded id and by the name that they alone bear, of the records and of the file."""
    people = {person.code: person.name for person in file.there.by_code.values()}
    people |= {code: file.names[line] for line, code in file.codes.items()}
    bearers = Counter(names.folded(name) for name in people.values())
    by_name = {names.folded(name): code for code, name in people.items() if bearers[names.folded(name)] == 1}
    return {**by_name, **{names.code(code): code for code in people}}


def _partners(cell: str, coded: Mapping[str, str]) -> str:
    """Return a list of partners with the ids of those who are named; the reader refuses whom nobody knows."""
    parts = (part.strip() for part in cell.split(";"))
    return ";".join(coded.get(names.code(part), coded.get(names.folded(part), part)) for part in parts if part)
