"""What must hold after an attempt: the records whole, all or nothing, the folder as the ledger says, nothing astray."""

from __future__ import annotations

import fnmatch
import json
from dataclasses import dataclass
from pathlib import Path

from tests.drills import records
from tests.drills.acts import Act
from tests.drills.program import Outcome
from tests.drills.tally import LOST, UNEXPLAINED, Fault
from tests.drills.teams import Team

NOTHING_WRITTEN = ("nothing was written", "nothing has changed", "nothing was half written")
NO_DAILY = "the day's backup could not be made"
"""What is said where an act is done, and its files too, but for one."""

OWN = ("team.db", "team.db-wal", "team.db-shm")


@dataclass(frozen=True)
class Known:
    """What an act does when nothing disturbs it: the records before and after, the files after, calls and seconds."""

    before: str
    after: str
    files_before: dict[str, bytes]
    files_after: dict[str, bytes]
    calls: int
    seconds: float


def words_of(act: Act, team: Team) -> tuple[str, ...]:
    """Return the words of an act for a team, as a command line or for its own function."""
    return (
        tuple(w.replace("{folder}", str(team.folder)) for w in act.words)
        if act.own
        else team.words(*act.words, now=act.now)
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path, without the lists that were read and SQLite's own."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: path.read_bytes() for name, path in names.items() if not name.startswith("files/") and name not in OWN
    }


def said(outcome: Outcome) -> list[Fault]:
    """Return what is wrong with how a run ended that was not killed: it is done, or says in a sentence why not."""
    if outcome.hung:
        return [Fault(UNEXPLAINED, "it hung")]
    if outcome.is_killed or outcome.code == 0:
        return []
    last = outcome.err.strip().splitlines()[-1:] or [""]
    if outcome.code in (1, 2) and last[0] and "Traceback" not in outcome.err:
        return []
    return [Fault(UNEXPLAINED, f"exit code {outcome.code}: {logged(outcome.err) or last[0][:300]}")]


def answer_of(outcome: Outcome) -> str:
    """Return an exit code with what was said, for a report."""
    return f"{outcome.code}: {logged(outcome.err) or outcome.err.strip()[-300:]}"


def logged(words: str) -> str:
    """Return what kind of fault it was and where, from the log that the program says it wrote."""
    log = Path(words.rpartition("A log is at ")[2].strip() or "nowhere")
    if not log.is_file():
        return ""
    lines = log.read_text(encoding="utf-8").strip().splitlines()
    return f"{lines[0]} at {lines[-1].strip()}" if lines else ""


def opened(team: Team, act: Act) -> list[Fault]:
    """Open the records as the program does."""
    outcome = team.run("history", now=act.now)
    if outcome.code:
        return [Fault(LOST, f"the records do not open: {outcome.err.strip()[-300:]}")]
    wrong = records.unsound(team.database)
    return [Fault(LOST, f"the records are unsound: {wrong}")] if wrong else []


def all_or_nothing(team: Team, act: Act, known: Known, outcome: Outcome) -> list[Fault]:
    """The records hold all of the act or none of it; all if it said so, none if it said that."""
    found = records.digest(team.database)
    if found not in (known.before, known.after):
        return [Fault(LOST, "the records hold neither none nor all of the act")]
    if outcome.code == 0 and found != known.after:
        return [Fault(LOST, "it said that it was done, and it is not in the records")]
    denied = any(words in outcome.err.casefold() for words in NOTHING_WRITTEN)
    if outcome.code == 2 and denied and found != known.before:
        return [Fault(UNEXPLAINED, "it said that nothing was written, and all of it was")]
    return []


def backups_whole(team: Team, act: Act, known: Known) -> list[Fault]:
    """Every backup can be used and holds the records as they were before or after the act."""
    faults = []
    for path in sorted((team.folder / "backups").glob("*.db")):
        wrong = records.unsound(path)
        if (
            not wrong
            and path.relative_to(team.folder).as_posix() not in known.files_before
            and not act.base[0].isdigit()
        ):
            wrong = "" if records.digest(path) in (known.before, known.after) else "it is another state of the records"
        if wrong:
            faults.append(Fault(LOST, f"backups/{path.name} is no whole backup: {wrong}"))
    return faults


def folder_agrees(team: Team, act: Act) -> list[Fault]:
    """Where the records say that everyone has their calendar, the folder says so too; the next publish mends it."""
    outcome = team.run("stale", "--json", now=act.now)
    faults = said(outcome)
    everyone = outcome.code == 0 and json.loads(outcome.out.strip().splitlines()[-1]) == []
    odds = records.at_odds(team.out, team.database, act.now)
    if everyone and odds:
        faults.append(Fault(LOST, f"everyone is said to have their calendar, but {odds}"))
    again = team.run(*act.words, now=act.now)
    if again.code:
        return [*faults, Fault(LOST, f"publishing again fails: {again.err.strip()[-300:]}")]
    odds = records.at_odds(team.out, team.database, act.now) or records.unfinished(team.database)
    return [*faults, Fault(LOST, f"after publishing again, {odds}")] if odds else faults


def nothing_astray(team: Team, act: Act, known: Known) -> list[Fault]:
    """After the next ordinary act no file lies about that the act would not have left."""
    again = team.run(*act.again, now=act.now)
    faults = (
        []
        if again.code in (0, 1, 2) and not said(again)
        else [Fault(UNEXPLAINED, f"the next act: {logged(again.err) or again.err[-300:]}")]
    )
    allowed = known.files_before.keys() | known.files_after.keys()
    for name in files_of(team.folder):
        if name not in allowed and not fnmatch.fnmatch(name, "backups/*Z-*.db"):
            faults.append(Fault(UNEXPLAINED, f"{name} is left lying about"))
    return faults


def other_files(team: Team, known: Known, outcome: Outcome) -> list[Fault]:
    """No file that was there before is gone or half written, unless the act takes it away; what was made stands."""
    faults = []
    now = files_of(team.folder)
    if outcome.code == 0:
        is_told = NO_DAILY in outcome.out + outcome.err
        gone = [n for n in sorted(known.files_after.keys() - now.keys()) if not (is_told and n.endswith("-daily.db"))]
        faults += [Fault(LOST, f"it said that it was done, and {name} is not there") for name in gone[:3]]
    for name, content in known.files_before.items():
        if name.startswith("out/mail/") and name not in now:
            faults.append(Fault(LOST, f"the unsent draft {name} of an earlier version is gone"))
        elif name in known.files_after and now.get(name) not in (content, known.files_after[name]) and _is_steady(name):
            faults.append(Fault(LOST, f"{name} is gone or half written"))
    return faults


def _is_steady(name: str) -> bool:
    """Is a file the same each time the act is done? Workbooks and PDFs bear their time, calendars random ids."""
    return not name.endswith((".xlsx", ".pdf", ".db", ".ics", ".eml")) or name == "mine.ics"


def after(team: Team, act: Act, known: Known, outcome: Outcome) -> list[Fault]:
    """Return everything wrong after an attempt at an act."""
    faults = said(outcome)
    faults += opened(team, act)
    if any(fault.kind == LOST for fault in faults):
        return faults
    faults += all_or_nothing(team, act, known, outcome)
    faults += other_files(team, known, outcome)
    if act.publishes:
        faults += folder_agrees(team, act)
    faults += nothing_astray(team, act, known)
    faults += backups_whole(team, act, known)
    return faults
