"""The front step: `python3 -m crt_scheduler.start run|test` makes .venv from the lock, then runs the app or the tests.

It runs before anything is installed, so it stands on the standard library alone and parses on old Pythons too.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-dev.lock"  # every pin of RUN_LOCK, and the tools
USAGE = "Type: python3 -m crt_scheduler.start run, or: python3 -m crt_scheduler.start test [what pytest takes]"
LEAST_COVERAGE = 85  # percent of lines in crt_scheduler and solver

# What the wheels of PySide6 expect from the system: shared object, and the Debian package that brings it.
QT_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
)
QT_SCREEN_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)


class Step(NamedTuple):
    """One command of the app: what to tell the person, its words, and the files that make it unneeded."""

    sentence: str
    words: str
    unless: tuple[str, ...] = ()


SAMPLE = tuple(f"out/sample/{name}.csv" for name in ("people", "availability", "incidents", "roster"))

# The main job, headless. The issue that brings the window changes this door: `run` will open the window on the
# sample city, and do these steps only without a display.
STEPS = (
    Step("Making up a sample city in out/sample.", "sample out/sample --month {month}", unless=SAMPLE),
    Step("Opening the team's records in out/team.db.", "--database out/team.db init --programme crt", ("out/team.db",)),
    Step("Reading the people.", "--database out/team.db import people out/sample/people.csv"),
    Step("Reading when they can come.", "--database out/team.db import availability out/sample/availability.csv"),
    Step("Reading last year's incidents.", "--database out/team.db import incidents out/sample/incidents.csv"),
    Step("Reading last year's roster.", "--database out/team.db import roster out/sample/roster.csv"),
    Step("Solving the roster of {month}, about 20 seconds.", "--database out/team.db solve {month} --seconds 20"),
    Step("Publishing the calendars.", "--database out/team.db publish {month} --out out"),
)


class Trouble(Exception):
    """What stops the start: a sentence that says what to do, and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Machine:
    """What the start needs of the machine: running a command (its exit code comes back), talking, and rights."""

    run: Callable[[Sequence[str]], int]
    say: Callable[[str], None]
    agrees: Callable[[str], bool]
    is_root: bool
    has_apt: bool
    has_sudo: bool
    has_terminal: bool


def too_old(version: tuple[int, ...]) -> str:
    """The sentence for a Python below 3.11, or nothing."""
    if version[:2] >= OLDEST:
        return ""
    have = ".".join(str(part) for part in version[:3])
    return f"CRT Scheduler needs Python 3.11 or newer, and this is {have}: install a newer one and start again with it."


def venv_python(venv: Path) -> Path:
    """The Python inside a virtual environment, where this system keeps it."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


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
    failed = next(filter(None, map(machine.run, pip_commands(root, lock))), 0)
    if failed < 128:  # pip said no and took its half back; above, a signal ended it in the middle
        interrupted(root).unlink()
    if failed:
        raise Trouble("pip could not install the packages (its own words are above): see to the network, start again.")
    for name in (RUN_LOCK, TEST_LOCK) if lock == TEST_LOCK else (lock,):
        stamp_of(root, name).write_text(digest(root, name), encoding="ascii")


def pip_commands(root: Path, lock: str) -> tuple[list[str], ...]:
    """First the lock by its hashes, then the project in place, so that .venv holds crt-scheduler."""
    pip = [str(venv_python(root / ".venv")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--progress-bar", "off"]
    return (
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(root / lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(root)],
    )


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


def can_load(soname: str) -> bool:
    """Whether the system has this shared object."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_for_qt(loads: Callable[[str], bool], with_display: bool) -> tuple[str, ...]:
    """The Debian packages whose shared objects Qt would miss here."""
    wanted = QT_LIBRARIES + (QT_SCREEN_LIBRARIES if with_display else ())
    return tuple(package for soname, package in wanted if not loads(soname))


def has_display(environment: dict[str, str]) -> bool:
    """Whether windows would go to an X display."""
    return bool(environment.get("DISPLAY")) and environment.get("QT_QPA_PLATFORM") != "offscreen"


def see_to_qt(missing: tuple[str, ...], machine: Machine) -> str:
    """Install what Qt misses where that is allowed; else the sentence that says what to type."""
    if not missing or get_packages(missing, "Qt's system libraries", machine):
        return ""
    if machine.has_apt:
        return f"The window needs system libraries that are missing. Type: {apt_line(missing, machine)}"
    names = ", ".join(soname for soname, package in QT_LIBRARIES + QT_SCREEN_LIBRARIES if package in missing)
    return f"The window needs system libraries that are missing; install them with your system's packages: {names}"


def get_packages(packages: tuple[str, ...], what: str, machine: Machine) -> bool:
    """Install Debian packages as root, or with sudo once the person agrees; false when neither is possible."""
    if not machine.has_apt or not (machine.is_root or may_use_sudo(packages, what, machine)):
        return False
    machine.say(f"Installing {what}: {' '.join(packages)}.")
    machine.run(apt_get("update", machine))  # an old list may still do, so its failure decides nothing
    return machine.run([*apt_get("install", machine), "-y", "--no-install-recommends", *packages]) == 0


def may_use_sudo(packages: tuple[str, ...], what: str, machine: Machine) -> bool:
    """Whether there is sudo, a person to ask, and a yes."""
    question = f"{what} ({' '.join(packages)}) can be installed with sudo apt-get. Do it now?"
    return machine.has_sudo and machine.has_terminal and machine.agrees(question)


def apt_get(verb: str, machine: Machine) -> list[str]:
    """apt-get that asks nothing, with the rights it needs."""
    sudo = [] if machine.is_root else ["sudo"]
    return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", verb]


def apt_line(packages: tuple[str, ...], machine: Machine) -> str:
    """The one line a person types to get these packages."""
    return f"{'' if machine.is_root else 'sudo '}apt install {' '.join(packages)}"


def next_month(today: date) -> str:
    """The month after today's, as YYYY-MM."""
    return f"{today.replace(day=1) + timedelta(days=32):%Y-%m}"


def do_steps(root: Path, steps: Sequence[Step], month: str, machine: Machine) -> int:
    """Run the app's commands one after the other; the exit code of the first that fails, or 0."""
    app = [str(venv_python(root / ".venv")), "-P", "-m", "crt_scheduler"]
    for step in steps:
        if step.unless and all((root / name).exists() for name in step.unless):
            continue
        machine.say(step.sentence.format(month=month))
        words = step.words.format(month=month)
        code = machine.run([*app, *words.split()])
        if code:
            machine.say(f"This step ended with exit code {code}, so the rest was not done: crt-scheduler {words}")
            return code
    return 0


def summary(root: Path, month: str) -> list[str]:
    """Where the roster, the calendars and the records now lie."""
    out = root / "out"
    files = sorted(f"out/{path.name}" for path in out.glob(f"*{month}*") if path.is_file())
    places = (
        (f"{len(list(out.glob('calendars/*.ics')))} calendars, one per responder", "out/calendars"),
        (f"{len(list(out.glob(f'roster/*{month}*.ics')))} calendars of whole areas", "out/roster"),
        *((f"{Path(name).suffix[1:].upper()} of the roster", name) for name in files),
        ("the team's records", "out/team.db"),
        ("the sample city's files", "out/sample"),
    )
    program = (venv_python(root / ".venv").parent / "crt-scheduler").relative_to(root)
    head = f"The roster of {month} is published:"
    return [head, *(f"  {what:<36} {where}" for what, where in places), f"The command line: {program} --help"]


def run(root: Path, today: date, machine: Machine) -> int:
    """Do the main job on the sample city into out/ and say where everything is."""
    machine.say("There is no window yet, so the main job is done here, on a sample city, into out/.")
    month = next_month(today)
    code = do_steps(root, STEPS, month, machine)
    for line in summary(root, month) if code == 0 else ():
        machine.say(line)
    return code


def pytest_command(root: Path, words: Sequence[str]) -> list[str]:
    """Every test on two processes with coverage; with words of the person's own, just those."""
    every = ["-n", "2", "--cov=crt_scheduler", "--cov=solver", f"--cov-fail-under={LEAST_COVERAGE}"]
    return [str(venv_python(root / ".venv")), "-m", "pytest", *(words or every)]


def start(words: Sequence[str], root: Path, machine: Machine, missing: tuple[str, ...], today: date) -> int:
    """`run` or `test`, from whatever state the machine is in; the exit code of what ran."""
    if not words or words[0] not in ("run", "test") or (words[0] == "run" and len(words) > 1):
        raise Trouble(USAGE)
    testing = words[0] == "test"
    get_ready(root, TEST_LOCK if testing else RUN_LOCK, machine)
    sentence = see_to_qt(missing, machine)
    if sentence and testing:
        raise Trouble(f"{sentence} (the tests need them too)")
    if sentence:
        machine.say(f"{sentence} (the main job needs no window and goes on)")
    return machine.run(pytest_command(root, words[1:])) if testing else run(root, today, machine)


def ask(question: str) -> bool:
    """A yes or no question at the terminal; Enter means yes."""
    return input(f"{question} [Y/n] ").strip().lower() in ("", "y", "yes")


def this_machine(root: Path, environment: dict[str, str]) -> Machine:
    """The machine the start runs on: commands run in the project's folder and print as they go."""

    def call(command: Sequence[str]) -> int:
        code = subprocess.run(list(command), cwd=root, env=environment, check=False).returncode
        return code if code >= 0 else 128 - code  # ended by a signal, as a shell counts it

    return Machine(
        run=call,
        say=lambda sentence: print(sentence, flush=True),
        agrees=ask,
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        has_apt=sys.platform == "linux" and shutil.which("apt-get") is not None,
        has_sudo=shutil.which("sudo") is not None,
        has_terminal=sys.stdin is not None and sys.stdin.isatty(),
    )


def main(words: Sequence[str]) -> int:
    """The door itself: every trouble is a sentence on standard error and an exit code."""
    sentence = too_old(sys.version_info[:3])
    if sentence:
        print(sentence, file=sys.stderr)
        return 2
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if "test" in words[:1]:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    missing = missing_for_qt(can_load, has_display(environment)) if sys.platform == "linux" else ()
    try:
        return start(words, ROOT, this_machine(ROOT, environment), missing, date.today())
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return trouble.code
    except BrokenPipeError:  # whoever read along has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        print(f"The start cannot go on: {error}. See that you may read and write in {ROOT}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
