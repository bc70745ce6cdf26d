"""Dates and times as people and programs write them, read as what they mean and never guessed."""

from __future__ import annotations

from crt_scheduler.dates.clock_texts import time_in
from crt_scheduler.dates.day_texts import COUNTED, ORDERS, Order, date_in
from crt_scheduler.dates.moment_texts import SkippedTime, moment_in, wall_moment

__all__ = ["COUNTED", "ORDERS", "Order", "SkippedTime", "date_in", "moment_in", "time_in", "wall_moment"]
