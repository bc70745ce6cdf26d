""".venv: made, mended and filled from a lock, so that a second start installs nothing."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crt_scheduler.start.doors import RUN_LOCK, TEST_LOCK
from crt_scheduler.start.in_place import put_in_place, venv_python
from crt_scheduler.start.machine import Trouble, apt_line, get_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crt_scheduler.start.machine import Machine


OLDEST = (3, 11)


def stamp_of(root: Path, lock: str) -> Path:
    """The file in .venv that says which content of this lock is installed."""
    return root / ".venv" / f"installed-{lock}"


def interrupted(root: Path) -> Path:
    """The file in .venv that stands while pip works: found at a start, that pip was killed half way."""
    return root / ".venv" / "installing"


def digest(root: Path, lock: str) -> str:
    """What an installation depends on: the lock, the project's own scripts, and where it lies."""
    seen = hashlib.sha256(str(root).encode())
    for name in (lock, "pyproject.toml"):
        seen.update((root / name).read_bytes())
    return seen.hexdigest()


def is_installed(root: Path, lock: str) -> bool:
    """Whether .venv holds this lock as it is now."""
    stamp = stamp_of(root, lock)
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest(root, lock)


def make_venv(root: Path, machine: Machine) -> None:
    """Make .venv, or make it anew when its Python does not work here or pip was killed in it."""
    venv = root / ".venv"
    if not interrupted(root).exists() and is_working(venv, machine):
        return
    if importlib.util.find_spec("ensurepip") is None:
        need_venv_package(machine)
    machine.say("Making .venv anew: what is there cannot be used." if venv.exists() else "Making .venv.")
    # the Python under a virtual environment, so that .venv may be started from and rebuilt from itself
    python = str(getattr(sys, "_base_executable", None) or sys.executable)
    if machine.run([python, "-m", "venv", "--clear", str(venv)]):
        raise Trouble("Python could not make .venv (its own words are above): see to that and start again.")


def is_working(venv: Path, machine: Machine) -> bool:
    """Whether the Python in .venv runs, is new enough and has pip; false after a move or an upgrade of Python."""
    python = venv_python(venv)
    check = f"import importlib.util as u, sys; sys.exit(sys.version_info < {OLDEST} or u.find_spec('pip') is None)"
    return python.exists() and machine.run([str(python), "-c", check]) == 0


def need_venv_package(machine: Machine) -> None:
    """A bare Debian's Python has no venv: fetch the package, or say what to type."""
    if not get_packages(("python3-venv",), "Python's venv", machine):
        line = apt_line(("python3-venv",), machine) if machine.has_apt else "your system's package of Python's venv"
        raise Trouble(f"Python cannot make a virtual environment here. Type this, then start again: {line}")


def install(root: Path, lock: str, machine: Machine) -> None:
    """Install the lock and this project into .venv; the stamp comes last, so a killed installation is seen."""
    for name in (RUN_LOCK, TEST_LOCK):
        stamp_of(root, name).unlink(missing_ok=True)
    interrupted(root).write_text("pip is at work, or was killed", encoding="ascii")
    machine.say(f"Installing what {lock} names into .venv; the first time this takes a minute or two.")
    failed = machine.run(pip_command(root, lock))
    if failed < 128:  # pip said no and took its half back; above, a signal ended it in the middle
        interrupted(root).unlink()
    if failed:
        raise Trouble("pip could not install the packages (its own words are above): see to the network, start again.")
    put_in_place(root)
    for name in (RUN_LOCK, TEST_LOCK) if lock == TEST_LOCK else (lock,):
        stamp_of(root, name).write_text(digest(root, name), encoding="ascii")


def pip_command(root: Path, lock: str) -> list[str]:
    """Install the lock by its hashes.

    The lock is complete, so nothing is left to resolve: pip before 23.3 looks past a pin for what it finds with extras
    (coverage[toml]), and refuses the whole lock on the day the next release of it comes out.
    """
    pip = [str(venv_python(root / ".venv")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--progress-bar", "off"]
    return [*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(root / lock)]


def get_ready(root: Path, lock: str, machine: Machine) -> None:
    """Leave a .venv that holds the lock; a second start runs one short check and installs nothing."""
    with alone(root, machine):
        make_venv(root, machine)
        if not is_installed(root, lock):
            install(root, lock, machine)


@contextlib.contextmanager
def alone(root: Path, machine: Machine) -> Iterator[None]:
    """Hold the project while .venv changes, so that two starts do not mend the same one (not on Windows)."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (root / "pyproject.toml").open(encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            machine.say("Waiting for another start to finish with .venv.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
