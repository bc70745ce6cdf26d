"""Where a new programme is at home: its zone, its country, and the customs that follow from them."""

from __future__ import annotations

import msgspec

from crt_scheduler import remedies, times
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs
from crt_scheduler.programmes.preset_plans import Preset
from solver.wording import tr


class Home(msgspec.Struct, frozen=True):
    """A zone and a country, with the state whose holidays count, and the customs: set, or `auto` as in the country."""

    zone: str
    country: str
    subdivision: str
    clock: str
    first_weekday: str
    date_order: str


def home(plan: Preset, *, zone: str = "", country: str = "") -> Home:
    """Return where a programme of a preset is at home.

    The country is the one given, else the zone's, else the preset's. In the preset's own country its customs stay; its
    state stays only in its own zone, for no other zone is surely that state's. Raises CrtError for a zone or a country
    that is none, and for a country of several zones where no zone is given.
    """
    times.zone(zone or plan.zone)
    named = customs.country(country) if country else ""
    there = zone or _zone_in(named, plan) if named else zone or plan.zone
    code = named or (customs.country_of(there) if zone else "") or plan.country
    if code != plan.country:
        return Home(there, code, "", customs.AUTO, customs.AUTO, customs.AUTO)
    state = plan.subdivision if there == plan.zone else ""
    return Home(there, code, state, plan.clock, plan.first_weekday, plan.date_order)


def _zone_in(country: str, plan: Preset) -> str:
    if country == plan.country:
        return plan.zone
    found = customs.only_zone(country)
    if not found:
        name = customs.country_words(country)
        raise CrtError(tr("{name} has several time zones.", name=name), remedies.SAY_ZONE)
    return found
