"""Folders of a small team's records at the moments the acts under drill begin, made by the program itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.drills import past
from tests.drills.program import Outcome, Program

NOW = "2026-12-01T17:00Z"
LATER = "2026-12-02T17:00Z"
FAR = "2034-06-01T12:00Z"
MONTH = "2027-01"
PEOPLE = 8
PLACES = (
    ("2027-01-04", "day", 1, 2), ("2027-01-04", "night", 3, 4), ("2027-01-08", "day", 3, 4),
    ("2027-01-08", "night", 5, 6), ("2027-01-13", "day", 5, 8), ("2027-01-20", "night", 1, 2),
)  # fmt: skip
"""Pairs in Valley: date, shift, the lead's number and the other's."""


def write_lists(folder: Path) -> None:
    """Write the lists that the team is made of and that the imports under drill read."""
    folder.mkdir(parents=True)
    for name, lines in {**_people_lists(), **_past_lists()}.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _people_lists() -> dict[str, list[str]]:
    head = "id,name,role,home_area,email,phone"
    few = [f"P{n},Person {n},{role_of(n)},Valley,p{n}@example.org,+1213555010{n}" for n in range(1, PEOPLE + 1)]
    more = [f"N{n},Newcomer {n},{role_of(n)},Valley,n{n}@example.org," for n in range(60)]
    free = [f"P{n % PEOPLE + 1},2027-02-{n % 28 + 1:02d},2027-02-{n % 28 + 1:02d},rather_not" for n in range(80)]
    roster = [f"{day},{shift},Valley,{role_of(n)},P{n}" for day, shift, one, two in PLACES for n in (one, two)]
    next_month = [f"2027-02-{n:02d},day,Valley,{role_of(who)},P{who}" for n in range(1, 28, 3) for who in (7, 8)]
    where = "date,shift,area,role,person"
    return {
        "people": [head, *few],
        "more-people": [head, *more],
        "availability": ["person,from,to,grade", *free],
        "roster": [where, *roster],
        "next-roster": [where, *next_month],
    }


def _past_lists() -> dict[str, list[str]]:
    incidents = [f"2026-{n % 9 + 1:02d}-{n % 27 + 1:02d}T{n % 24:02d}:15,Valley,fire" for n in range(80)]
    days = [f"2026-0{n % 9 + 1}-{n % 27 + 1:02d}" for n in range(40)]
    calls = [f"C{n},{day}T10:00,Valley,fire,{day}T10:05,P{n % 8 + 1}" for n, day in enumerate(days)]
    hours = [f"P{n % 8 + 1},meeting,2026-{n % 9 + 1:02d}-{n % 27 + 1:02d}T18:00,60,logged" for n in range(60)]
    return {
        "incidents": ["timestamp,area,type", *incidents],
        "calls": ["number,timestamp,area,type,notified,responders", *calls],
        "hours": ["person,kind,start,minutes,state", *hours],
    }


def role_of(number: int) -> str:
    """Return what the person of a number is: odd ones lead."""
    return "lead" if number % 2 else "responder"


@dataclass(frozen=True)
class Team:
    """One folder with a team's records, and the program that works on it."""

    program: Program
    folder: Path

    @property
    def database(self) -> Path:
        """The file of its records."""
        return self.folder / "team.db"

    @property
    def out(self) -> Path:
        """The folder it publishes into."""
        return self.folder / "out"

    def words(self, *words: str, now: str = NOW, who: str = "drill") -> tuple[str, ...]:
        """Return a whole command line of the team's; {folder} stands for its folder."""
        before = ("--database", str(self.database), "--now", now, "--who", who)
        return (*before, *(word.replace("{folder}", str(self.folder)) for word in words))

    def run(self, *words: str, now: str = NOW, who: str = "drill") -> Outcome:
        """Run a command that nobody disturbs."""
        return self.program.run(*self.words(*words, now=now, who=who), folder=self.folder)

    def do(self, *words: str, now: str = NOW, who: str = "drill") -> None:
        """Run a command that must work."""
        outcome = self.run(*words, now=now, who=who)
        if outcome.code:
            raise RuntimeError(f"{' '.join(words)}: {outcome.code} {outcome.err}")


Maker = Callable[[Team], None]


def new(team: Team) -> None:
    """A programme without people."""
    write_lists(team.folder / "files")
    team.do("init")


def staffed(team: Team) -> None:
    """People besides."""
    team.do("import", "people", "{folder}/files/people.csv")


def full(team: Team) -> None:
    """Availability, a log, calls, hours and a few places in the month besides."""
    for kind in ("availability", "incidents", "calls", "hours", "roster"):
        team.do("import", kind, f"{{folder}}/files/{kind}.csv")


def publishing(*more: str) -> tuple[str, ...]:
    """Return the words that publish the month, whatever rule so small a roster breaks."""
    return ("publish", MONTH, "--out", "{folder}/out", *more)


def sent(team: Team) -> None:
    """The month published once, with drafts."""
    team.do(*publishing("--eml"))


def changed(team: Team) -> None:
    """The month published, and changed since."""
    team.do("unassign", "2027-01-13/day/Valley", "P8", now=LATER)
    team.do("assign", "2027-01-13/day/Valley", "P6", now=LATER)
    team.do("replace", "2027-01-20/night/Valley", "P2", "P4", now=LATER)


def undoable(team: Team) -> None:
    """An import that can be taken back."""
    team.do("import", "people", "{folder}/files/more-people.csv")


def undone(team: Team) -> None:
    """An import that was taken back."""
    team.do("undo")


def backed(team: Team) -> None:
    """A backup, and an import since."""
    team.do("backup", "{folder}/backups/team-kept.db")
    team.do("import", "people", "{folder}/files/more-people.csv")


def old(team: Team) -> None:
    """Records and a backup that are past their time when FAR has come."""
    team.do("backup")


def exported(team: Team) -> None:
    """The month published and one person's calendar written, and then their shifts changed and published again."""
    team.do("own", "P1", "--calendar", "{folder}/mine.ics")
    team.do("unassign", "2027-01-20/night/Valley", "P1", now=LATER)
    team.do(*publishing(), now=LATER)


MAKERS: dict[str, tuple[str, Maker]] = {
    "new": ("", new),
    "staffed": ("new", staffed),
    "full": ("staffed", full),
    "sent": ("full", sent),
    "changed": ("sent", changed),
    "undoable": ("full", undoable),
    "undone": ("undoable", undone),
    "backed": ("full", backed),
    "old": ("full", old),
    "exported": ("sent", exported),
}
"""Each kind of folder: the one it is made from, and what is done in it."""


class Teams:
    """The folders as they were made, each once, and fresh copies of them."""

    def __init__(self, program: Program, place: Path) -> None:
        self.program, self._made, self._place, self._home = program, place / "made", place / "at-work", place / "home"

    def fresh(self, name: str) -> Team:
        """Return a team in a fresh copy of its folder; the copy before it is gone, and what the program noted of it.

        The copy lies where the folder was made, because records remember paths they published into.
        """
        kept = self._made / name
        team = Team(self.program, self._place)
        both = ((self._place, kept / "folder"), (self._home, kept / "home"))
        if not kept.exists():
            self._make(name, team)
            for here, there in both:
                shutil.copytree(here, there)
        for here, there in both:
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(there, here)
        return team

    def _make(self, name: str, team: Team) -> None:
        from_which, make = MAKERS.get(name, ("", None))
        if from_which:
            self.fresh(from_which)
        else:
            for folder in (self._place, self._home):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
        if make is None:
            past.write(name, team.database)
        else:
            make(team)

    def names(self) -> Iterator[str]:
        """Every kind of folder there is."""
        yield from MAKERS
        yield from past.REVISIONS
