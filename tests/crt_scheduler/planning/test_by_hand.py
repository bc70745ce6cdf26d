"""What an act of the hand newly breaks is told from those it touched, and is what the whole month would say."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, planning, roster
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import by_hand
from crt_scheduler.planning.asking import problem_of_few
from crt_scheduler.roster import ShiftName
from crt_scheduler.store import Store
from crt_scheduler.tables import Assignment, Shift
from tests.crt_scheduler import team_build as build
from tests.made import copied
from tests.opened import open_store

MONTH = "2027-01"
BEFORE, AMID = dt.datetime(2026, 12, 28, 17, tzinfo=dt.UTC), dt.datetime(2027, 1, 12, 17, tzinfo=dt.UTC)
ACTS = 25
PLACES = ("day/Valley", "night/Valley", "day/Central", "night/Central", "day/City", "night/City", "clergy/City")
Act = Callable[[Session], object]


def crew(session: Session) -> None:
    """Fourteen people, three of one name; some expired, on leave, away or kept apart, one who has left."""
    for n in range(12):
        role = ("lead", "responder", "responder", "trainee")[n % 4]
        build.responder(session, f"V{n}", name="Ana" if n < 3 else f"Person {n}", role=role, languages=["Spanish"])
    build.responder(session, "Rev", kind="clergy", area="")
    build.responder(session, "Late", joined=dt.date(2027, 1, 15))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """That crew in a month whose roster nobody minded: double turns, short rests, crowded and lonely shifts."""
    opened = open_store(copied(tmp_path / "team.db", unminded), who="coordinator", now=BEFORE)
    yield opened
    opened.close()


def unminded(folder: Path) -> Store:
    """Make the records of that month."""
    opened = build.team(folder, now=BEFORE)
    chance = random.Random(7)
    with opened.change("People") as session:
        crew(session)
    with opened.change("A roster") as session:
        for _ in range(40):
            attempt(session, lambda: roster.assign(session, any_shift(chance), f"V{chance.randrange(12)}"))
        for _ in range(20):
            wish = any_shift(chance)
            attempt(session, lambda wish=wish: availability.wish(session, wish, f"V{chance.randrange(12)}", "cannot"))
    return opened


def any_shift(chance: random.Random) -> ShiftName:
    """Some shift of a few days, so that many meet."""
    return roster.shift_name(f"2027-01-{chance.randrange(8, 19):02d}/{chance.choice(PLACES)}")


def attempt(session: Session, act: Callable[[], object]) -> None:
    """Do an act unless it is impossible."""
    try:
        act()
    except CrtError:
        session.expire_all()


def any_act(session: Session, chance: random.Random) -> tuple[Act, tuple[ShiftName, ...]]:
    """Some act with the shifts it touches, as the commands name them."""
    query = select(Assignment.id, Shift.key).join(Shift, Assignment.shift_id == Shift.id).order_by(Assignment.id)
    (one, here), (other, there) = chance.sample([tuple(row) for row in session.execute(query)], 2)
    name, who = any_shift(chance), f"V{chance.randrange(12)}"
    holder = roster.assignment(session, one).responder_id
    of_one = next(row.person for row in roster.month_rows(session, MONTH) if row.id == one)
    assert holder
    here, there = roster.shift_name(here), roster.shift_name(there)
    acts: tuple[tuple[Act, tuple[ShiftName, ...]], ...] = (
        (lambda s: roster.assign(s, name, who), (name,)),
        (lambda s: roster.assign(s, name, who, role="responder"), (name,)),
        (lambda s: roster.unassign(s, here, of_one), (here,)),
        (lambda s: roster.swap(s, one, other), (here, there)),
        (lambda s: roster.move(s, one, name), (here, name)),
        (lambda s: roster.replace(s, here, of_one, who), (here,)),
    )
    return chance.choice(acts)


class Month:
    """A month whose broken rules are known as a whole, looked at again after each act that was done."""

    def __init__(self, store: Store, now: dt.datetime) -> None:
        self.store, self.now = store, now
        self.known = self._broken()

    def _broken(self) -> tuple[str, ...]:
        with self.store.read() as session:
            return tuple(planning.broken(session, MONTH, now=self.now))

    def told(self, chance: random.Random) -> tuple[list[str], list[str], bool]:
        """Do some act and return what it newly breaks: as told from those it touched, as the whole month says, and
        whether a few sufficed."""
        with self.store.read() as session:
            act, shifts = any_act(session, chance)
            (before,) = planning.watch(session, shifts, now=self.now)
        try:
            with self.store.change("Some act") as session:
                act(session)
        except CrtError:
            return [], [], False
        known, self.known = self.known, self._broken()
        with self.store.read() as session:
            told = planning.newly_broken(session, before)
        return told, [sentence for sentence in self.known if sentence not in known], before.whole is None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("now", [BEFORE, AMID], ids=["before the month", "amid it"])
def test_an_act_of_the_hand_breaks_what_the_whole_month_says_it_breaks(
    store: Store, seed: int, now: dt.datetime
) -> None:
    chance = random.Random(seed)
    month = Month(store, now)
    found = [month.told(chance) for _ in range(ACTS)]
    assert [few for few, _, _ in found] == [whole for _, whole, _ in found]
    assert any(whole and was_few for _, whole, was_few in found)


def test_a_few_people_of_a_month_are_frozen_as_they_are_among_all(store: Store) -> None:
    with store.read() as session:
        whole = planning.problem(session, MONTH, now=AMID)
        few = problem_of_few(session, MONTH, frozenset({"V1", "V5"}), now=AMID)
    assert (few.slots, few.seats, few.rules, few.period) == (whole.slots, whole.seats, whole.rules, whole.period)
    assert [s.teams for s in few.shifts] == [s.teams for s in whole.shifts]
    assert few.current == tuple(a for a in whole.current if a.person in {"V1", "V5"})
    theirs = {person.id: person for person in whole.people}
    for person in few.people:
        alike = theirs[person.id]
        assert (person.grades, person.floor, person.target, person.ceiling) == (
            alike.grades, alike.floor, alike.target, alike.ceiling,
        )  # fmt: skip
        assert (person.credentials, person.serves, person.roles) == (alike.credentials, alike.serves, alike.roles)


def test_where_a_fair_share_is_a_hard_rule_everybody_is_looked_at(store: Store) -> None:
    shift = roster.shift_name("2027-01-20/night/Valley")
    with store.read() as session:
        (before,) = planning.watch(session, (shift,), now=BEFORE)
    with store.change("Strict") as session:
        planning.set_rule(session, by_hand.OF_ALL[0], hard=True, points=0.0)
    with store.read() as session:
        (after,) = planning.watch(session, (shift,), now=BEFORE)
    assert before.whole is None and after.whole is not None


def test_a_team_with_nobody_in_it_is_told_of_no_rule(tmp_path: Path) -> None:
    with build.team(tmp_path) as empty, empty.read() as session:
        watched = planning.watch(session, (roster.shift_name("2027-01-20/night/Valley"),), now=BEFORE)
        assert [planning.newly_broken(session, month) for month in watched] == [[]]
