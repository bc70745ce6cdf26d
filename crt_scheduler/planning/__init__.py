"""Records to Problem and Result to assignments: what the solver is asked, and how its answer becomes a draft."""

from crt_scheduler.planning.applying import APPLY, Difference, apply, difference
from crt_scheduler.planning.asking import AROUND_DAYS, Members, problem, problem_if_any
from crt_scheduler.planning.begun import begun_until, is_at, is_over, refuse_hopeless, reopened, shift_number
from crt_scheduler.planning.by_hand import Watched, newly_broken, watch
from crt_scheduler.planning.checking import broken, check, history, violations
from crt_scheduler.planning.month import Cell, Standing, cells_of, standing
from crt_scheduler.planning.prices import PRICED_BY_SEAT, SET_RULE, rules, set_rule

__all__ = [
    "APPLY",
    "AROUND_DAYS",
    "PRICED_BY_SEAT",
    "SET_RULE",
    "Cell",
    "Difference",
    "Members",
    "Standing",
    "Watched",
    "apply",
    "begun_until",
    "broken",
    "cells_of",
    "check",
    "difference",
    "history",
    "is_at",
    "is_over",
    "newly_broken",
    "problem",
    "problem_if_any",
    "refuse_hopeless",
    "reopened",
    "rules",
    "set_rule",
    "shift_number",
    "standing",
    "violations",
    "watch",
]
