"""The sample city's calls: one response for each incident of the log, by the people then on call, and their answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import Preset
from crt_scheduler.sample import draw
from crt_scheduler.sample.duties_by_moment import Duty, OnShift, told, written
from crt_scheduler.sheets import Cell

HEADER = (
    *("number", "timestamp", "area", "division", "type", "agency", "notified", "dispatched", "on_scene", "clear"),
    *("people_served", "responders"),
)
ANSWER_HEADER = ("call", "person", "time", "answer")
ANSWERS = {"accepted": 905, "declined": 45, "no_answer": 45, "wrong_number": 5}
HANDOVER = dt.timedelta(minutes=40)
"""A call this close to the end of a shift waits for the next one."""
STEP = dt.timedelta(minutes=10)
MOST_STEPS = 144
ASKED = ("lead", "duty_lead", "responder")
WAY_HOME = dt.timedelta(minutes=30)
TRAINEE_COMES, CLERGY_COMES = 0.15, 0.03
SERVED = {"multi-casualty": 14.0, "fire": 5.0, "infant death": 3.5}
USUALLY_SERVED = 2.6


@dataclass(frozen=True)
class Response:
    """One team at one incident; its instants can be written as wall times and read back."""

    line: tuple[str, ...]
    notified: dt.datetime
    dispatched: dt.datetime
    on_scene: dt.datetime
    clear: dt.datetime
    served: int
    team: tuple[str, ...]
    answers: tuple[tuple[str, dt.datetime, str], ...]

    @property
    def number(self) -> str:
        """The number people say on the phone, the incident's own."""
        return self.line[0]


def year(rng: np.random.Generator, plan: Preset, log: list[list[Cell]], on_shift: OnShift) -> list[Response]:
    """Return one response for each incident, in order of time; nobody is at two calls at once."""
    near = {area.name: area.neighbours for area in plan.areas}
    busy: dict[str, dt.datetime] = {}
    return [_response(rng, plan.zone, near, tuple(map(str, line)), on_shift, busy) for line in log]


def lines(responses: list[Response], zone: str) -> Iterator[list[Cell]]:
    """Return calls.csv."""
    for call in responses:
        moments = (call.notified, call.dispatched, call.on_scene, call.clear)
        times_ = [written(moment, zone) for moment in moments]
        yield [*call.line[:6], *times_, call.served, ";".join(call.team)]


def answer_lines(responses: list[Response], zone: str) -> Iterator[list[Cell]]:
    """Return answers.csv."""
    for call in responses:
        for person, moment, answer in call.answers:
            yield [call.number, person, written(moment, zone), answer]


def _response(
    rng: np.random.Generator,
    zone: str,
    near: dict[str, tuple[str, ...]],
    line: tuple[str, ...],
    on_shift: OnShift,
    busy: dict[str, dt.datetime],
) -> Response:
    local = dt.datetime.fromisoformat(line[1])
    at = times.instant(local.date(), local.time(), zone)
    notified = told(at + dt.timedelta(minutes=int(rng.integers(1, 9))), zone)
    order = {line[2]: 0, **dict.fromkeys(near[line[2]], 1), "City": 3}
    asked, free = _askable(on_shift, notified, order, busy)
    out = _call_out(rng, zone, free, asked, line[2])
    dispatched = told(out.answers[-1][1] + dt.timedelta(minutes=int(rng.integers(1, 5))), zone)
    on_scene = told(dispatched + dt.timedelta(minutes=_way(rng)), zone)
    clear = told(on_scene + dt.timedelta(minutes=int(line[6])), zone)
    for person in out.team:
        busy[person] = clear + WAY_HOME
    served = 1 + int(rng.poisson(SERVED.get(line[4], USUALLY_SERVED)))
    return Response(line, notified, dispatched, on_scene, clear, served, tuple(out.team), tuple(out.answers))


def _askable(
    on_shift: OnShift, moment: dt.datetime, order: dict[str, int], busy: dict[str, dt.datetime]
) -> tuple[dt.datetime, list[Duty]]:
    """Return from when a pair with a lead can be asked, and everyone to ask in their order; a busy night waits."""
    for _ in range(MOST_STEPS):
        duties = on_shift.at(moment)
        ends = {duty.end for duty in duties if not duty.tier and duty.end - moment < HANDOVER}
        if ends:
            moment = min(ends)
            duties = on_shift.at(moment)
        free = [duty for duty in duties if duty.person not in busy or busy[duty.person] <= moment]
        roles = [duty.role for duty in free if duty.role in ASKED]
        if len(roles) > 1 and set(roles) - {"responder"}:
            return moment, sorted(free, key=lambda duty: (order.get(duty.area, 2), duty.role != "lead"))
        moment += STEP
    raise CrtError("Nobody of the sample city is free for one of its calls. Choose another seed.")


class _CallOut:
    """One call-out under way: who answered what and when, and who goes."""

    def __init__(self, rng: np.random.Generator, zone: str, begun: dt.datetime) -> None:
        self._rng, self._zone, self._moment = rng, zone, begun
        self.answers: list[tuple[str, dt.datetime, str]] = []
        self.team: list[str] = []
        self.has_lead = False
        self._gone: set[str] = set()

    def ask_pair(self, volunteers: list[Duty]) -> None:
        """Ask until a lead and one more go; who did not come the first time round comes the second."""
        for surely in (False, True):
            for duty in volunteers:
                is_lead = duty.role != "responder"
                wanted = len(self.team) < 2 and (self.has_lead or is_lead or not self.team)
                if wanted and duty.person not in self.team and (surely or duty.person not in self._gone):
                    self.has_lead = (self.ask(duty, surely=surely) and is_lead) or self.has_lead

    def ask(self, duty: Duty, *, surely: bool = False) -> bool:
        """Ask one person and return whether they go."""
        self._moment = told(self._moment + dt.timedelta(minutes=int(self._rng.integers(1, 4))), self._zone)
        drawn = draw.one(self._rng, list(ANSWERS), list(ANSWERS.values()))
        answer = "accepted" if surely else drawn
        self.answers.append((duty.person, self._moment, answer))
        if answer in ("declined", "wrong_number"):
            self._gone.add(duty.person)
        if answer == "accepted":
            self.team.append(duty.person)
        return answer == "accepted"


def _call_out(rng: np.random.Generator, zone: str, free: list[Duty], asked: dt.datetime, area: str) -> _CallOut:
    """Ask for a pair, and now and then for the area's trainee and the clergy on call."""
    out = _CallOut(rng, zone, asked)
    out.ask_pair([duty for duty in free if duty.role in ASKED])
    for duty in free:
        comes = {"trainee": TRAINEE_COMES if duty.area == area else 0.0, "clergy": CLERGY_COMES}.get(duty.role, 0.0)
        if comes and duty.tier != "backup" and draw.chance(rng, comes):
            out.ask(duty)
    return out


def _way(rng: np.random.Generator) -> int:
    """Return the minutes of the way there: half an hour as a rule, an hour and a half at most."""
    return int(min(90, max(8, round(float(rng.gamma(5.0, 6.4))))))
