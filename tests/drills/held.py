"""A process that holds records open and does acts when told, as a command loop or as the window's desk does.

python -m tests.drills.held DATABASE [--desk] reads "act NUMBER" or "end" a line, answers {"words": sentence or ""}.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.drills.own_acts import NOW, shift_of
from tests.drills.program import ROOT, child_environment

LIMIT_SECONDS = 120.0
PERSON = "P1"


def label_of(number: int) -> str:
    """Return the label of an act by its number."""
    return f"Held {number}"


def loop(database: str) -> None:
    """Hold the records open as a program that does act after act."""
    from crt_scheduler import availability
    from crt_scheduler.errors import CrtError
    from crt_scheduler.roster import shift_name
    from crt_scheduler.store import open_store

    store = open_store(database, who="held", now=NOW)

    def act(number: int) -> str:
        try:
            with store.change(label_of(number)) as session:
                availability.wish(session, shift_name(shift_of(number)), PERSON, "prefers")
        except CrtError as fault:
            return str(fault)
        return ""

    answer("")
    for line in sys.stdin:
        if not obey(line, act):
            break
    store.close()


def desk(database: str) -> None:
    """Hold the records open as the window does: its desk, its poll and its event loop."""
    from PySide6.QtCore import QCoreApplication, QSettings, QTimer

    from crt_scheduler import availability
    from crt_scheduler.act import Act
    from crt_scheduler.roster import shift_name
    from ui.desk import Desk

    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        held = Desk(who="held", clock=lambda: NOW, settings=settings)

        def act(number: int) -> str:
            wish = Act(availability.wish, label_of(number))
            return held.attempt(wish(shift_name(shift_of(number)), PERSON, "prefers")).sentence

        def look() -> None:
            if select.select([sys.stdin], [], [], 0)[0] and not obey(sys.stdin.readline(), act):
                held.close()
                application.quit()

        poll = QTimer(interval=20)
        poll.timeout.connect(look)
        held.opened.connect(lambda: answer(""))
        held.opened.connect(poll.start)
        held.open(Path(database))
        application.exec()


def obey(line: str, act: Callable[[int], str]) -> bool:
    """Do what a line says and answer it; False at the end."""
    order, _, number = line.strip().partition(" ")
    if order != "act":
        return False
    answer(act(int(number)))
    return True


def answer(words: str) -> None:
    """Answer one line."""
    print(json.dumps({"words": words}), flush=True)


class Held:
    """The driver's end of such a process."""

    def __init__(self, database: Path, home: Path, *, desk: bool) -> None:
        words = [sys.executable, "-P", "-m", "tests.drills.held", str(database), *(["--desk"] if desk else [])]
        self._child = subprocess.Popen(
            words,
            cwd=ROOT,
            env=child_environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.heard()

    def act(self, number: int) -> str:
        """Let it do an act; return the sentence that refuses it, or no words where it says that it is done."""
        self.tell(number)
        return self.heard()

    def tell(self, number: int) -> None:
        """Let it begin an act; `heard` waits for the answer."""
        assert self._child.stdin is not None
        self._child.stdin.write(f"act {number}\n")
        self._child.stdin.flush()

    def heard(self) -> str:
        """Wait for an answer; a process that hangs or ends by itself says so in words that begin with FAULT."""
        assert self._child.stdout is not None and self._child.stderr is not None
        if not select.select([self._child.stdout], [], [], LIMIT_SECONDS)[0]:
            return "FAULT: it does not answer"
        line = self._child.stdout.readline()
        if not line:
            return f"FAULT: it ended: {self._child.stderr.read()[-300:]}"
        return str(json.loads(line)["words"])

    def end(self, *, kill: bool = False) -> str:
        """End it, in order or at once; words that begin with FAULT where it goes on for ever and had to be killed."""
        if kill:
            self._child.kill()
        try:
            self._child.communicate("end\n" if self._child.poll() is None else None, timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()
            return "FAULT: it does not end"
        return ""


if __name__ == "__main__":
    (desk if sys.argv[2:] == ["--desk"] else loop)(sys.argv[1])
