"""Public holidays: the right ones, at the price of one country and not of the whole world."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

from crt_scheduler.public_holidays import public_holidays


def test_a_state_has_its_own_holidays_besides_those_of_the_country() -> None:
    found = public_holidays("US", "CA", [2026])
    assert found[dt.date(2026, 3, 31)] == "Cesar Chavez Day" and found[dt.date(2026, 12, 25)] == "Christmas Day"
    assert dt.date(2026, 3, 31) not in public_holidays("US", "", [2026])


def test_a_holiday_on_a_saturday_is_kept_on_the_day_before_where_that_is_asked_for() -> None:
    fourth, day_before = dt.date(2026, 7, 4), dt.date(2026, 7, 3)
    assert {fourth, day_before} <= public_holidays("US", "CA", [2026]).keys()
    assert day_before not in public_holidays("US", "CA", [2026], observed=False)


def test_one_country_is_read_and_not_all_of_them() -> None:
    words = "import sys; from crt_scheduler.public_holidays import public_holidays as p; p('US', 'CA', [2026]); "
    words += "print(sum(name.startswith('holidays.countries.') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 3
