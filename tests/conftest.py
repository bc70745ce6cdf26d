"""What every test shares: how Hypothesis searches."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

# No deadline: the machine is shared, and a slow moment says nothing of the code. A change is judged by the same
# examples each time it is tried (CI); elsewhere every run looks at new ones.
settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


_STATE = tempfile.TemporaryDirectory(prefix="crt-scheduler-state-")
os.environ["CRT_SCHEDULER_STATE"] = _STATE.name
"""What a program remembers of files it opened: nothing of the person's own, and gone when the tests end."""


def pytest_unconfigure() -> None:
    """Take the state folder away."""
    _STATE.cleanup()
