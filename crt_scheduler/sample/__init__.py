"""The sample city: a whole made-up team and its year, to try the app on."""

from crt_scheduler.sample.city import write

__all__ = ["write"]
