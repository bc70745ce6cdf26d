"""Whether the roster's promise holds: `python -m tests.benchmarks.truth [--json]`; exit 1 where a bar is missed.

Simulated years with known rates, the real logs of ../shared replayed, enumeration, the ranking of the solver's steps,
and the time of a backtest over a large log.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import itertools
import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from crt_scheduler import imports, planning, programmes, sample, sheets
from crt_scheduler.demand.full_teams import ends
from crt_scheduler.store import Store, open_store
from crt_scheduler.truth.backtest import backtest
from crt_scheduler.truth.replay import responses
from crt_scheduler.truth.stretch import Ground, Log, ground, play
from solver import coverage
from solver.engine import Limit, solve
from solver.formulate import period_of
from solver.problem import Area, Coverage, Problem, Seat, Shift, Slot
from solver.roster import from_assignments
from tests.benchmarks.imports import HEADER

SETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "incidents"
MONTH, NOW = "2027-01", dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC)
YEARS = 1000
CLUSTER_R = 5.0


@dataclass(frozen=True)
class Row:
    """One measured figure beside its bar; without a bar it is reported only."""

    what: str
    figure: float
    bar: float | None
    unit: str
    words: str

    @property
    def is_missed(self) -> bool:
        """Is there a bar, and is the figure above it?"""
        return self.bar is not None and not self.figure <= self.bar


def month(rates: np.ndarray, near: list[tuple[int, ...]], teams: np.ndarray, days: int = 31) -> Ground:
    """Return a month of day and night shifts at known rates (14 x areas, by weekday and half), with given teams."""
    first = dt.date(2027, 1, 1)
    epoch = (first - dt.date(1970, 1, 1)).days
    names = [f"Area {n}" for n in range(rates.shape[1])]
    slots, shifts, on_shift = [], [], []
    for day in range(days):
        date = first + dt.timedelta(days=day)
        for half, template in enumerate(("day", "night")):
            start = (epoch + day) * 1440 + 420 + 720 * half
            for area, name in enumerate(names):
                shifts.append(Shift(len(slots), name, float(rates[date.weekday() * 2 + half, area]), 1))
                on_shift.append(int(teams[len(slots), area]))
            slots.append(Slot(date, template, start, start + 720, night=half == 1))
    seats = tuple(Seat(n, "pair", ("lead",), count=1, team=True) for n in range(len(shifts)))
    areas = tuple(Area(name, tuple(names[m] for m in near[n])) for n, name in enumerate(names))
    asked = Problem(MONTH, "UTC", areas, tuple(slots), tuple(shifts), seats, (), (), (), {}, Coverage())
    return ground(asked, tuple(on_shift), ["day", "night"])


def simulated(where: Ground, years: int, dice: np.random.Generator, *, clusters: bool) -> tuple[float, float, int]:
    """Return (share served, share finding a team, calls) over simulated years on the month's cycle.

    Written apart from the replay: every team answers or not by its own draw.
    """
    q, minutes = where.problem.coverage.answer_chance, where.problem.coverage.service_minutes
    rates = np.array([shift.calls for shift in where.problem.shifts])[where.shift]
    cycles = round(years * 365 / (len(rates) / 2))
    served = late = total = 0
    for _ in range(cycles):
        luck = dice.gamma(CLUSTER_R, 1 / CLUSTER_R, rates.shape) if clusters else 1.0
        counts = dice.poisson(rates * luck)
        for slot in np.flatnonzero(counts.sum(axis=1)):
            area = np.repeat(np.arange(rates.shape[1]), counts[slot])
            moment = dice.random(len(area)) * 720
            length = responses(len(area), mean=minutes, dice=dice)
            back = [[0.0] * n for n in where.teams[slot].tolist()]
            for call in np.argsort(moment) if len(area) > 1 else (0,):
                total += 1
                own = int(area[call])
                found = _who(back, (own,), moment[call], q, dice)
                if found:
                    served += 1
                else:
                    found = _who(back, where.near[own], moment[call], q, dice)
                    late += bool(found)
                if found:
                    back[found[0][0]][found[0][1]] = moment[call] + length[call]
    return served / total, (served + late) / total, total


def _who(
    back: list[list[float]], areas: tuple[int, ...], moment: float, q: float, dice: np.random.Generator
) -> list[tuple[int, int]]:
    """Return the free teams of the areas that answer, in a random order."""
    up = [(a, n) for a in areas for n, until in enumerate(back[a]) if until <= moment and dice.random() < q]
    if len(up) > 1:
        chosen = int(dice.integers(len(up)))
        return [up[chosen]]
    return up


def promise(where: Ground) -> tuple[float, float]:
    """Return the (served, found a team) shares that the true cost promises."""
    teams = [0] * len(where.problem.shifts)
    for shift, count in zip(where.shift.ravel().tolist(), where.teams.ravel().tolist(), strict=True):
        teams[shift] = count
    truth = ends(where.problem, teams)
    return truth.served / truth.calls, truth.p_team


def ring(areas: int) -> list[tuple[int, ...]]:
    """Return areas in a ring: each the neighbour of the two beside it."""
    return [tuple(sorted({(n - 1) % areas, (n + 1) % areas} - {n})) for n in range(areas)]


CITY_NEAR: list[tuple[int, ...]] = [(1, 2, 3), (0, 2), (0, 1, 3), (0, 2)]


def roster_teams(dice: np.random.Generator, areas: int) -> np.ndarray:
    """Return a plausible month: mostly one team, some shifts with two, some with none."""
    return dice.choice([0, 1, 2], size=(62, areas), p=[0.15, 0.65, 0.20])


def simulations(years: int) -> Iterator[Row]:
    """Yield the promise against simulated years: at the city's calls, thrice as many, and in clusters."""
    dice = np.random.default_rng(11)
    teams = roster_teams(dice, 4)
    week = np.outer(np.tile([0.85, 1.15], 7), np.array([6, 6, 4, 6]) / 22) * 713 / 365 / 2
    for times_, clusters, some in ((1, False, years), (3, False, years // 10), (1, True, years // 10)):
        where = month(week * times_, CITY_NEAR, teams)
        own, found = promise(where)
        real_own, real, calls = simulated(where, some, dice, clusters=clusters)
        name = f"{some:,} years, {713 * times_:,} calls a year" + (", clusters (r = 5)" if clusters else "")
        words = f"promised {found:.2%} (own area {own:.2%}), simulated {real:.2%} ({real_own:.2%}), {calls:,} calls"
        yield Row(f"a  {name}", round(100 * abs(found - real), 3), 1.5 if some == years else None, "points", words)
        yield Row(f"a  own area, {name}", round(100 * abs(own - real_own), 3), None, "points", "borrowing left out")


def real_log(file: Path) -> tuple[Log, list[str], int, int]:
    """Return the last year of a real log, its areas, first and last day (local minutes serve as minutes)."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["area"]]
    found = [(dt.datetime.fromisoformat(row["timestamp"]), row["area"]) for row in rows]
    names = sorted({area for _, area in found})
    epoch = dt.datetime(1970, 1, 1)
    minute = np.array([int((at - epoch).total_seconds() // 60) for at, _ in found], dtype=np.int64)
    area = np.array([names.index(name) for _, name in found], dtype=np.int64)
    last = int(minute.max()) // 1440
    order = np.argsort(minute, kind="stable")
    order = order[minute[order] // 1440 > last - 365]
    minute, area = minute[order], area[order]
    shifted = minute - 420
    log = Log(minute, shifted // 1440, (shifted % 1440) // 720, area, np.full(len(area), np.nan))
    return log, names, int(log.day.min()), int(log.day.max())


def replays() -> Iterator[Row]:
    """Yield the last year of each real log, replayed on a month of one team each and of mixed teams."""
    for name in ("chicago_homicides", "fars_thinned_713", "la_city_deaths_2015"):
        file = SETS / f"{name}.csv"
        if not file.exists():
            yield Row(f"b  {name}", 0.0, None, "points", "left out: the file is not there")
            continue
        log, names, first, last = real_log(file)
        near = CITY_NEAR if len(names) == 4 else ring(len(names))
        cell = ((log.day + 3) % 7 * 2 + log.template) * len(names) + log.area
        counts = np.bincount(cell, minlength=14 * len(names)).reshape(14, -1)
        share, half = counts.sum(axis=0) / counts.sum(), counts.sum(axis=1) / counts.sum()
        rates = np.outer(half, share) * counts.sum() / (365 / 7)
        dice = np.random.default_rng(7)
        for kind, teams in (("one team each", np.ones((62, len(names)), int)), ("0-2", roster_teams(dice, len(names)))):
            played = play(log, month(rates, near, teams), first=first, last=last, seed=1)
            promised, own = float(played.promised.mean()), float(played.ends.served.mean())
            replayed = float((played.ends.served + played.ends.late).mean())
            words = (
                f"promised {promised:.2%}, replayed {replayed:.2%} ({own:.1%} own area) of {len(log.minute):,}; "
                f"{played.at_once.sum():.0f} calls beside another, {played.by_chance.sum():.0f} by chance"
            )
            yield Row(f"b  {name}, {kind}", round(100 * abs(promised - replayed), 2), 3.0, "points", words)


def enumeration() -> Row:
    """Return the largest difference between the true cost and the sum over every way small shifts can go."""
    dice, worst = np.random.default_rng(2), 0.0
    for _ in range(200):
        areas = int(dice.integers(1, 5))
        rates, teams = dice.uniform(0, 2, areas).tolist(), dice.integers(0, 3, areas).tolist()
        prices = Coverage(answer_chance=float(dice.uniform(0.3, 1.0)))
        near = tuple(ring(areas))
        loads = tuple(rate * 126 / 720 for rate in rates)
        given = coverage.SlotCalls(
            tuple(range(areas)), tuple(rates), loads, (2,) * areas, near, (prices.answer_chance,) * areas
        )
        busy = [coverage.busy_share(load, n) for load, n in zip(loads, teams, strict=True)]
        owner = [a for a, n in enumerate(teams) for _ in range(n)]
        late = missed = 0.0
        for answers in itertools.product((False, True), repeat=len(owner)):
            chances = [prices.answer_chance * (1 - busy[a]) for a in owner]
            weight = math.prod(c if yes else 1 - c for c, yes in zip(chances, answers, strict=True))
            up = {a for a, yes in zip(owner, answers, strict=True) if yes}
            for a, rate in enumerate(rates):
                if a not in up:
                    late, missed = (
                        late + weight * rate * bool(up & {*near[a]}),
                        missed + weight * rate * (not up & {*near[a]}),
                    )
        found = coverage.true_cost(given, prices, teams)
        worst = max(worst, abs(found.late - late), abs(found.missed - missed))
    return Row("c  true cost against enumeration", worst, 1e-9, "calls", "200 small cases")


def ranking(frozen: Problem, pairs: int = 400) -> Row:
    """Return the most that the steps rank two rosters against the true cost, relative to it, around a solved roster."""
    period = period_of(frozen)
    roster = from_assignments(period, solve(frozen, Limit(work=6), seed=1).roster)
    slots = [
        (c, s, [roster.teams(n) for n in c.shifts])
        for c, s in zip(period.slot_calls, period.steps, strict=True)
        if c and s
    ]
    prices, dice = frozen.coverage, np.random.default_rng(5)

    def cost(slot: int, teams: list[int]) -> np.ndarray:
        calls, steps, _ = slots[slot]
        return np.array([coverage.stepped(steps, prices, teams), coverage.true_cost(calls, prices, teams).points])

    at_rest = [cost(n, teams) for n, (_, _, teams) in enumerate(slots)]
    worst = share = 0.0
    for moves in (0.0, 0.5, 1.0):
        found = [sum(at_rest)]
        for _ in range(pairs):
            changed = _changed(slots, dice, moves)
            found.append(found[0] + sum(cost(n, teams) - at_rest[n] for n, teams in changed.items()))
        both = np.array(found)
        steps, true = both[:, None, :] - both[None, :, :], np.minimum(both[:, None, 1], both[None, :, 1])
        wrong = np.where(steps[:, :, 0] * steps[:, :, 1] < 0, np.abs(steps[:, :, 1]) / true, 0.0)
        worst, share = max(worst, float(wrong.max())), max(share, float((wrong > 0).mean()))
    words = f"{3 * pairs * pairs // 2:,} pairs around the sample city's solved roster; {share:.2%} ranked the other way"
    return Row("d  steps against the true cost", round(100 * worst, 3), 2.0, "%", words)


def _changed(slots: list, dice: np.random.Generator, moves: float) -> dict[int, list[int]]:
    """Return the slots whose teams differ after up to 24 teams were dropped or moved elsewhere at random."""
    now: dict[int, list[int]] = {}
    for _ in range(int(dice.integers(1, 25))):
        slot = int(dice.integers(len(slots)))
        teams = now.setdefault(slot, list(slots[slot][2]))
        if not any(teams):
            continue
        teams[int(dice.choice(np.flatnonzero(teams)))] -= 1
        if dice.random() < moves:
            other = int(dice.integers(len(slots)))
            there = now.setdefault(other, list(slots[other][2]))
            room = np.flatnonzero(np.array(slots[other][0].most) > there)
            if len(room):
                there[int(dice.choice(room))] += 1
    return now


def city(folder: Path) -> Store:
    """Return a database with the sample city's people, availability and incidents."""
    sample.write(folder, seed=1, month=MONTH)
    store = open_store(str(folder / "city.db"), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    for kind in ("people", "availability", "incidents"):
        imports.run(store, kind, folder / f"{kind}.csv")
    return store


def speed(folder: Path, rows: int = 100_000) -> Row:
    """Return the CPU seconds of a backtest of a year that holds so many incidents."""
    dice, names = np.random.default_rng(1), [area.name for area in programmes.preset("crt").areas]
    start, divisions = dt.datetime(2025, 12, 1), [a.divisions[0] for a in programmes.preset("crt").areas]
    moments = np.sort(dice.integers(0, 365 * 1440, rows)).tolist()
    lines = [
        [
            f"B{n}",
            f"{start + dt.timedelta(minutes=at):%Y-%m-%d %H:%M}",
            names[n % 4],
            divisions[n % 4],
            "fire",
            "LAFD",
            20,
        ]
        for n, at in enumerate(moments)
    ]
    sheets.write(folder / "large.csv", HEADER, lines)
    store = open_store(str(folder / "large.db"), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    imports.run(store, "incidents", folder / "large.csv")
    with store.read() as session:
        begun = time.process_time()
        found = backtest(session, MONTH, now=NOW)
        spent = time.process_time() - begun
    store.close()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = f"{found.calls:,} incidents; at most {largest:.0f} MB, the import and the simulations before it included"
    return Row("e  backtest of a year", round(spent, 2), 5.0, "s CPU", words)


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=YEARS, help="simulated years")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    said = parser.parse_args(words)
    rows = [*simulations(said.years), *replays(), enumeration()]
    with tempfile.TemporaryDirectory() as name:
        store = city(Path(name))
        with store.read() as session:
            frozen = planning.problem(session, MONTH, now=NOW)
        store.close()
        rows += [ranking(frozen), speed(Path(name))]
    missed = any(row.is_missed for row in rows)
    if said.json:
        print(json.dumps({"missed": missed, "rows": [asdict(row) for row in rows]}))
        return int(missed)
    table = Table("what", "figure", "bar", "", title="The truth of the plan")
    for row in rows:
        bar = "reported" if row.bar is None else f"{row.bar:g}{' missed' if row.is_missed else ''}"
        table.add_row(row.what, f"{row.figure:.3g} {row.unit}", bar, row.words)
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
