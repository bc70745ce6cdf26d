"""The forecast: expected calls per area and shift, learnt from the incident log.

calls = city level x area share x shift-of-week index x month index x hand-set factors, each shrunk towards what is
known without a log (the form and the constants that measured best on four real sets of incidents).
"""

from __future__ import annotations

from crt_scheduler.demand.factors import (
    REMOVE_FACTOR,
    SET_FACTOR,
    SET_YEARLY_CALLS,
    FactorRow,
    Suggestion,
    factor_faults,
    factors,
    remove_factor,
    set_factor,
    set_yearly_calls,
    suggestions,
)
from crt_scheduler.demand.forecast_values import Calls, Factor, Forecast, Prior, Service
from crt_scheduler.demand.forecasting import forecast, rolling
from crt_scheduler.demand.learning import learn
from crt_scheduler.demand.level import FROZEN_DAYS
from crt_scheduler.demand.log_arrays import area_templates, areas, logged, prior
from crt_scheduler.demand.origin import Rolled
from crt_scheduler.demand.ratios import Ratio
from crt_scheduler.demand.spread import band
from crt_scheduler.demand.story import Jump, Story

__all__ = [
    "FROZEN_DAYS",
    "REMOVE_FACTOR",
    "SET_FACTOR",
    "SET_YEARLY_CALLS",
    "Calls",
    "Factor",
    "FactorRow",
    "Forecast",
    "Jump",
    "Prior",
    "Ratio",
    "Rolled",
    "Service",
    "Story",
    "Suggestion",
    "area_templates",
    "areas",
    "band",
    "factor_faults",
    "factors",
    "forecast",
    "learn",
    "logged",
    "prior",
    "remove_factor",
    "rolling",
    "set_factor",
    "set_yearly_calls",
    "suggestions",
]
