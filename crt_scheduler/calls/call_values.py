"""What a call is made of: the draft somebody fills in, and the lists its words come from, so that no name is typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from solver.wording import Sayings

TYPES = (
    "homicide", "suicide", "natural death", "infant death", "serious traffic collision", "death notification",
    "domestic violence", "sexual assault", "officer-involved shooting", "fire", "multi-casualty", "other",
)  # fmt: skip
AGENCIES = ("LAPD", "LAFD", "hospital")
SCENES = ("home", "street", "hospital", "station", "other")
SERVICES = (
    "crisis support", "death notification", "liaison", "referral", "practical help", "transport", "clothing or food",
)  # fmt: skip
REFERRALS = (
    "counselling", "victim assistance", "coroner", "funeral home", "housing", "legal aid", "clergy", "support group",
    "other",
)  # fmt: skip
TRADITIONS = (
    "Catholic", "Protestant", "Orthodox", "Jewish", "Muslim", "Buddhist", "Hindu", "Sikh", "other",
)  # fmt: skip
ANY_FAITH = "any"
"""The tradition, among a clergy member's own, that says: serves any faith."""
ANSWERS = ("accepted", "declined", "no_answer", "wrong_number")
REASONS = (
    "ill", "at work", "away", "family", "too far", "no transport", "too tired", "knows the people", "other",
)  # fmt: skip
AVAILABLE = ("", "now", "two_hours", "tonight")
KINDS = ("team", "all_call")
TIMES = ("departed", "arrived", "cleared", "home")
TIME_WORDS = Sayings({"departed": "Departure", "arrived": "Arrival", "cleared": "Clear", "home": "Home"})


@dataclass(frozen=True)
class CallDraft:
    """A call as somebody fills it in; instants are UTC. No number takes the next free one, no times mean now.

    With `another_case` a number that is logged already gets a further case, at the place of the first.
    """

    area: str = ""
    type: str = ""
    number: str = ""
    another_case: bool = False
    kind: str = "team"
    at: dt.datetime | None = None
    division: str = ""
    agency: str = ""
    unit: str = ""
    notified: dt.datetime | None = None
    dispatched: dt.datetime | None = None
    on_scene: dt.datetime | None = None
    clear: dt.datetime | None = None
    scene: str = ""
    language: str = ""
    clergy_wanted: bool = False
    tradition: str = ""
    consent: bool = False
    clergy_on_scene: dt.datetime | None = None
    served: int | None = None
    adults: int | None = None
    children: int | None = None
    services: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    follow_up_due: dt.date | None = None
    follow_up_done: dt.date | None = None
    safety_issue: bool = False
