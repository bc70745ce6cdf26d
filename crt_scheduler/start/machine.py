"""The machine a start runs on: running commands, talking to the person, and packages of a Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


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
