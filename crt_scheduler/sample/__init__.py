"""The sample city: a whole made-up team and its year, to try the app on."""

from crt_scheduler.sample.open_city import STEPS, clear, make_database
from crt_scheduler.sample.sample_city import FILES, write
from crt_scheduler.sample.sample_people import TEAM

__all__ = ["FILES", "STEPS", "TEAM", "clear", "make_database", "write"]
