"""The program under drill: runs of it in children, killed or lied to by the disk where a drill asks for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.drills.preload import OFF

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9


@dataclass(frozen=True)
class Outcome:
    """How one run of the program ended: exit code (-9: killed), what it said, its calls on the folder, seconds."""

    code: int
    hung: bool
    calls: int
    seconds: float
    out: str
    err: str

    @property
    def is_killed(self) -> bool:
        """Did the drill kill it?"""
        return self.code == KILLED and not self.hung


def child_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of the program under drill: its own home, so that it touches nothing of this user's."""
    own = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    state = {"CRT_SCHEDULER_STATE": str(home / "state"), "HOME": str(home)}
    steady = {"OPENBLAS_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **own, **state, **steady, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


class Program:
    """A forking runner of the program; close it when done."""

    def __init__(self, home: Path, library: Path | None) -> None:
        more = {"LD_PRELOAD": str(library)} if library else {}
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.drills.runner"],
            cwd=ROOT,
            env=child_environment(home, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, folder: Path, own: str = "", mode: int = OFF, at: int = 0, **more: Any) -> Outcome:
        """Run the program once and return how it ended; `own` names an act done by the public functions instead."""
        self.begin(*words, folder=folder, own=own, mode=mode, at=at, **more)
        return self.end()

    def begin(self, *words: str, folder: Path, own: str = "", mode: int = OFF, at: int = 0, **more: Any) -> None:
        """Start a run; `end` waits for it."""
        assert self._child.stdin is not None
        asked = {"words": words, "folder": str(folder), "own": own, "mode": mode, "at": at, **more}
        self._child.stdin.write(json.dumps(asked) + "\n")
        self._child.stdin.flush()

    def end(self) -> Outcome:
        """Wait for the run that was begun and return how it ended."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the runner of the drills ended by itself")
        return Outcome(**json.loads(line))

    def close(self) -> None:
        """End the runner."""
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait()
        self._child.stdout.close()
