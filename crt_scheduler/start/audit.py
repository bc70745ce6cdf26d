"""The audit: ask about known weak points of every pin of the lock; optional, for it needs the network."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from crt_scheduler.start.in_place import venv_python
from crt_scheduler.start.machine import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from crt_scheduler.start.machine import Machine

TOOL = "pip-audit>=2.9,<3"  # not in a lock: an audit wants the newest, and nothing that runs or tests needs it
NEEDS_NETWORK = "The audit needs the network, which is why make test and .ci/run leave it out"


def audit(root: Path, lock: str, machine: Machine) -> int:
    """Say which pins have known weak points; 0 none, 1 some, or pip-audit could not ask (its own words tell)."""
    machine.say(f"{NEEDS_NETWORK}: asking about every pin of {lock}.")
    tools = root / ".venv" / "audit"
    python = str(venv_python(tools))
    if not venv_python(tools).exists() and machine.run([sys.executable, "-m", "venv", str(tools)]):
        raise Trouble("Python could not make a place for pip-audit (its own words are above).")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    if machine.run([python, "-m", "pip", "install", *quiet, "--upgrade", TOOL]):
        raise Trouble(f"pip-audit could not be fetched (pip's own words are above). {NEEDS_NETWORK}.")
    ask = ("--progress-spinner", "off", "--disable-pip", "--require-hashes", "-r", str(root / lock))
    return machine.run([python, "-m", "pip_audit", *ask])
