"""Where files lie: the database, backups, programme presets and fonts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

import resources
from solver.wording import VARIABLE, used


def default_database() -> Path:
    """Return the path of the person's own database file (its folder may not exist yet)."""
    return Path(platformdirs.user_data_dir("crt-scheduler", appauthor=False)) / "team.db"


def state_folder() -> Path:
    """Return the folder of what this computer remembers between two starts (CRT_SCHEDULER_STATE names another)."""
    named = os.environ.get("CRT_SCHEDULER_STATE")
    return Path(named) if named else Path(platformdirs.user_state_dir("crt-scheduler", appauthor=False))


def sample_database(month: str, folder: Path | None = None) -> Path:
    """Return the file of the sample city that plans a month (YYYY-MM), beside the person's own records."""
    return (folder or default_database().parent) / f"sample-city-{month}.db"


def making(path: Path) -> Path:
    """Return the folder in which a database is made before it is moved into its place whole."""
    return path.parent / f".making-{path.stem}"


def resource(*names: str) -> Path:
    """Return the path of a shipped resource, such as resource("programmes", "crt.json")."""
    return Path(resources.__file__).parent.joinpath(*names)


def project_root() -> Path:
    """Return the folder that holds the rooms, from which `python -m solver` finds its own."""
    return Path(resources.__file__).parent.parent


def own_command() -> list[str]:
    """Return the words that start this program once more, for a command (a frozen app runs itself)."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "crt_scheduler"]


def own_environment() -> dict[str, str]:
    """Return the environment a program of ours runs in: its own rooms, and no stray file of the current folder."""
    own = {"PYTHONPATH": str(project_root()), "PYTHONSAFEPATH": "1", VARIABLE: str(used().path or "")}
    return {**os.environ, **own}


def solver_command() -> list[str]:
    """Return the words that start the solver as a program of its own (a frozen app runs itself)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "solver"]
    return [sys.executable, "-m", "solver"]
