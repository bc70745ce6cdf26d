"""A process that has the program loaded and forks a child for every run of it: a real process, without the start.

python -m tests.drills.runner reads one request a line (JSON) and answers each with one line.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

import crt_scheduler
from tests.drills.preload import OFF, Library

LIMIT_SECONDS = 120.0
"""A run that takes longer hangs; it is killed and said."""
NOT_LOADED = ("crt_scheduler.__main__", "crt_scheduler.migrations.env", "crt_scheduler.start.__main__")
LAZY = ("fpdf", "icalendar", "openpyxl", "alembic.command", "rich.table", "encodings.idna", "zoneinfo", "ctypes")


def load() -> None:
    """Import all that a command may import, so that no child needs to (nor one that may not read our folder)."""
    for module in pkgutil.walk_packages(crt_scheduler.__path__, "crt_scheduler."):
        if not module.name.startswith((*NOT_LOADED, "crt_scheduler.migrations.versions")):
            importlib.import_module(module.name)
    for name in (*LAZY, "tests.drills.own_acts"):
        importlib.import_module(name)


def warm() -> None:
    """Do some acts once, so that what the first use of the libraries costs is not paid again by every child."""
    from crt_scheduler.cli import run

    with tempfile.TemporaryDirectory() as name:
        start = ["--database", f"{name}/warm.db", "--now", "2026-12-01T17:00Z", "--who", "drill"]
        people = Path(name) / "people.csv"
        people.write_text("id,name,role,home_area\nA,Ana,lead,Valley\nB,Ben,responder,Valley\n", encoding="utf-8")
        acts = (
            ["init"], ["import", "people", str(people)], ["assign", "2027-01-04/day/Valley", "A"],
            ["assign", "2027-01-04/day/Valley", "B"], ["publish", "2027-01", "--out", f"{name}/out", "--eml"],
            ["own", "A"], ["stale", "--json"], ["backup"], ["wish", "2027-01-05/day/Valley", "A", "wants"], ["undo"],
            ["redo"], ["history"], ["purge"],
        )  # fmt: skip
        for words in acts:
            run([*start, *words])
    gc.collect()
    gc.freeze()


def run_child(library: Library, asked: dict[str, Any], out: int, err: int) -> None:
    """Be the program, and end: a fault outside the program's own net ends with 71 and its traceback."""
    code = 71
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(asked.get("environment", {}))
        if asked.get("user") is not None:
            os.setgroups([])
            os.setgid(asked["user"])
            os.setuid(asked["user"])
        library.arm(asked["folder"], asked.get("mode", OFF), asked.get("at", 0), asked.get("log", ""))
        code = program(asked)
    except BaseException:  # noqa: BLE001 - the child must never come back into the parent's loop
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def program(asked: dict[str, Any]) -> int:
    """Run one command line as the front door does, or one act by its functions; return the exit code."""
    if asked.get("own"):
        from crt_scheduler.errors import CrtError
        from tests.drills import own_acts

        try:
            own_acts.OWN[asked["own"]](*asked["words"])
        except CrtError as fault:
            print(fault, file=sys.stderr)
            return 2
        return 0
    from crt_scheduler.cli import run

    return run(asked["words"])


def wait(pid: int, kill_after: float | None) -> tuple[int, bool]:
    """Wait for the child, killing it after so many seconds; return its exit code (-9: killed) and whether it hung."""
    handle = os.pidfd_open(pid)
    try:
        limit = LIMIT_SECONDS if kill_after is None else kill_after
        ended, _, _ = select.select([handle], [], [], limit)
        if not ended:
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), not ended and kill_after is None
    finally:
        os.close(handle)


def answer(library: Library, asked: dict[str, Any]) -> dict[str, Any]:
    """Run the program once in a child and return what came of it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        library.reset()
        began = time.monotonic()
        pid = os.fork()
        if not pid:
            run_child(library, asked, out.fileno(), err.fileno())
        code, hung = wait(pid, asked.get("kill_after"))
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        said = {"out": out.read().decode(errors="replace"), "err": err.read().decode(errors="replace")}
    return {"code": code, "hung": hung, "calls": library.counted(), "seconds": seconds, **said}


def main() -> None:
    """Answer requests until the input ends."""
    library = Library()
    os.environ.pop("LD_PRELOAD", None)  # not for the children's children: the solver is a program of its own
    load()
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        warm()
    os.chdir(Path(tempfile.gettempdir()))
    for line in sys.stdin:
        print(json.dumps(answer(library, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
