"""The table of contents of the trade: every rule the solver knows, in the order a refusal is explained."""

from __future__ import annotations

from solver.problem import Setting
from solver.rules.answers import ANSWERS
from solver.rules.availability import AVAILABILITY, DEBRIEF, LEAVE, PREFERS, RATHER_NOT, STAND_DOWN, WANTS
from solver.rules.fairness import FAIR_CALLS, FAIR_HOLIDAYS, FAIR_NIGHTS
from solver.rules.fitness import AREAS, CREDENTIALS, NEIGHBOUR, ROLES
from solver.rules.hours import BEYOND, CEILING, FLOOR, TARGET
from solver.rules.languages import LANGUAGES_AREA, LANGUAGES_CITY
from solver.rules.nights import NIGHTS_IN_A_ROW
from solver.rules.partners import PARTNERS_APART, PARTNERS_LIKED
from solver.rules.promises import CONFIRMED, LOCKS, TOLD
from solver.rules.rest import ONE_AT_A_TIME, REST
from solver.rules.rule import Rule
from solver.rules.seats import ALONE, ESCORT, OPEN_SEATS, SEAT_COUNT
from solver.rules.teams import LATE_CALLS, MISSED_CALLS
from solver.rules.tiers import TIERS
from solver.rules.weekends import FAIR_WEEKENDS, WEEKENDS

RULES: tuple[Rule, ...] = (
    ROLES, AREAS, LEAVE, STAND_DOWN, DEBRIEF, AVAILABILITY, CREDENTIALS,
    ONE_AT_A_TIME, REST, CEILING, NIGHTS_IN_A_ROW, WEEKENDS, TIERS, SEAT_COUNT, ESCORT, LOCKS,
    MISSED_CALLS, LATE_CALLS, OPEN_SEATS, ALONE, LANGUAGES_AREA, LANGUAGES_CITY,
    RATHER_NOT, PREFERS, WANTS, ANSWERS, NEIGHBOUR, FLOOR, TARGET, BEYOND,
    FAIR_NIGHTS, FAIR_WEEKENDS, FAIR_HOLIDAYS, FAIR_CALLS,
    PARTNERS_LIKED, PARTNERS_APART, TOLD, CONFIRMED,
)  # fmt: skip
"""Every rule; a person is refused a seat for the first hard one in this order that the duty would newly break."""

# answers: below a night or a call beyond a fair share, so that whoever answers is never asked for more of them
# beyond: at the price of an hour below, nearly every lead was planned up to the ceiling to form second teams
# alone: one 12 h duty saves whoever is below the floor 12 x 3.5 = 42 points, so its price must lie above that
DEFAULTS: dict[str, Setting] = {rule.name: rule.usual for rule in RULES}
"""How each rule is kept when a Problem does not say; Problem.coverage and each seat price coverage."""
