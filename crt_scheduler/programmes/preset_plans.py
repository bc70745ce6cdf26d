"""Presets as they are shipped: the areas, shifts, seats, groups and languages that a programme starts with."""

from __future__ import annotations

from pathlib import Path

import msgspec

from crt_scheduler.errors import CrtError
from crt_scheduler.places import resource
from solver.wording import tr


class AreaPlan(msgspec.Struct, frozen=True):
    """An area to make: its weight in calls, neighbours by name and divisions."""

    name: str
    weight: float = 1.0
    neighbours: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()


class TemplatePlan(msgspec.Struct, frozen=True):
    """A shift template to make; an end not after the start is on the next day."""

    name: str
    start: str
    end: str
    night: bool = False
    by_area: bool = True
    city_wide: bool = False
    weekdays: tuple[str, ...] = ()


class SeatPlan(msgspec.Struct, frozen=True):
    """A kind of seat to make in every named template."""

    templates: tuple[str, ...]
    role: str
    accepts: tuple[str, ...]
    minimum: int
    target: int
    tier: str = ""
    city_wide: bool = False
    per_team: bool = False
    optional: bool = False
    escort: bool = False
    points: float = 0.0
    credential: str = ""


class LanguagePlan(msgspec.Struct, frozen=True):
    """A wanted language, in each area or somewhere in the city."""

    name: str
    each_area: bool = False


class GroupPlan(msgspec.Struct, frozen=True):
    """The limits of a kind of responder, in hours a month."""

    kind: str
    floor_hours: float
    target_hours: float
    ceiling_hours: float
    rest_hours: float = 12
    nights_in_a_row: int = 2
    weekends: int = 2
    most_per_tier: int = 0
    experienced_after_days: int = 365


class CredentialPlan(msgspec.Struct, frozen=True):
    """A kind of credential, and whether an expired one keeps its owner off shifts."""

    name: str
    blocking: bool = True


class Preset(msgspec.Struct, frozen=True):
    """A whole programme as shipped; every value can be edited afterwards."""

    name: str
    zone: str
    country: str
    subdivision: str
    answer_chance: float
    service_minutes: float
    missed_points: float
    late_points: float
    yearly_calls: float
    show_partner: bool
    report_to: str
    alarm_minutes: int
    stand_down_hours: int
    silence_minutes: int
    reach_minutes: int
    debrief_hours: int
    hard_cap: int
    response_cap: int
    wishes_until: int
    clock: str
    first_weekday: str
    date_order: str
    hard_calls: tuple[str, ...]
    areas: tuple[AreaPlan, ...]
    templates: tuple[TemplatePlan, ...]
    seats: tuple[SeatPlan, ...]
    languages: tuple[LanguagePlan, ...]
    groups: tuple[GroupPlan, ...]
    credentials: tuple[CredentialPlan, ...]


def preset(name: str) -> Preset:
    """Read a shipped preset; raises CrtError naming those there are."""
    path = resource("programmes", f"{name}.json")
    known = sorted(file.stem for file in resource("programmes").glob("*.json"))
    if name not in known:
        raise CrtError(
            tr("No programme is called {name!r}. Choose one of: {names}.", name=name, names=", ".join(known))
        )
    return msgspec.json.decode(Path(path).read_bytes(), type=Preset)


def presets() -> tuple[tuple[str, Preset], ...]:
    """Return every shipped preset by name, in order."""
    names = sorted(file.stem for file in resource("programmes").glob("*.json"))
    return tuple((name, preset(name)) for name in names)
