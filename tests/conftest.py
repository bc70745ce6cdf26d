"""What every test shares: how Hypothesis searches, what is counted, and that nothing which was opened stays open."""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import opened, scratch
from tests.counting import uncounted

# No deadline, and no word on slow drawing: the machine is shared, and a slow moment says nothing of the code. A change
# is judged by the same examples each time it is tried (CI); elsewhere every run looks at new ones.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("anywhere", calm)
settings.register_profile("ci", calm, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")
opened.watch()
scratch.keep_in_memory()
WINDOW = Path(__file__).parent / "ui"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test of the window, with all it sets up, without counting lines."""
    if not item.path.is_relative_to(WINDOW):
        return (yield)
    with uncounted():
        return (yield)


def pytest_collection_finish() -> None:
    """Leave what was loaded and collected out of every later look for unused cycles: none of it is ever freed."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def what_a_module_opened_is_closed_at_its_end() -> Iterator[None]:
    """Close what the fixtures of a whole module opened, and fail its last test if any other connection is open."""
    yield from _nothing_left_open()


@pytest.fixture(autouse=True)
def every_connection_has_an_owner_that_closes_it(what_a_module_opened_is_closed_at_its_end: None) -> Iterator[None]:
    """Close the stores a test opened, and fail the test after which any other connection is open."""
    yield from _nothing_left_open()


def _nothing_left_open() -> Iterator[None]:
    start = opened.marks()
    yield
    left = opened.close_since(start)
    assert not left, f"left open: {left}; close it where it is opened, or open records by tests.opened.open_store"


_STATE = tempfile.TemporaryDirectory(prefix="crt-scheduler-state-")
os.environ["CRT_SCHEDULER_STATE"] = _STATE.name
"""What a program remembers of files it opened: nothing of the person's own, and gone when the tests end."""


@pytest.fixture(autouse=True)
def no_test_remembers_what_another_wrote(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Give each test a computer of its own that remembers no file yet, whatever ran before."""
    own = hashlib.blake2b(request.node.nodeid.encode(), digest_size=8).hexdigest()
    monkeypatch.setenv("CRT_SCHEDULER_STATE", str(Path(_STATE.name) / own))


def pytest_unconfigure() -> None:
    """Take the state folder away."""
    _STATE.cleanup()
