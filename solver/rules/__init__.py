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

HARD = Setting(hard=True)

# answers: below a night or a call beyond a fair share, so that whoever answers is never asked for more of them
# beyond: at the price of an hour below, nearly every lead was planned up to the ceiling to form second teams
# alone: one 12 h duty saves whoever is below the floor 12 x 3.5 = 42 points, so its price must lie above that
DEFAULTS: dict[str, Setting] = {
    "roles": HARD, "areas": HARD, "leave": HARD, "stand_down": HARD, "debrief": HARD,
    "availability": HARD, "credentials": HARD, "one_at_a_time": HARD, "rest": HARD, "ceiling": HARD,
    "nights_in_a_row": HARD, "weekends": HARD, "tiers": HARD, "seat_count": HARD, "escort": HARD, "locks": HARD,
    "missed_calls": Setting(points=1000), "late_calls": Setting(points=400), "open_seats": Setting(points=1),
    "alone": Setting(points=60), "languages_area": Setting(points=20), "languages_city": Setting(points=5),
    "wishes_rather_not": Setting(points=15), "wishes_prefers": Setting(points=-4), "wishes_wants": Setting(points=-8),
    "answers": Setting(points=3), "neighbour": Setting(points=8), "floor": Setting(points=3),
    "target": Setting(points=0.5), "beyond": Setting(points=2), "fair_nights": Setting(points=4),
    "fair_weekends": Setting(points=4), "fair_holidays": Setting(points=10), "fair_calls": Setting(points=10),
    "partners_liked": Setting(points=-3), "partners_apart": Setting(points=60),
    "told": Setting(points=25), "confirmed": Setting(points=100),
}  # fmt: skip
"""How each rule is kept when a Problem does not say; Problem.coverage and each seat price coverage."""
