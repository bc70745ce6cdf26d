"""The project in .venv without a build: a .pth file that names where it lies, and the crt-scheduler command.

Tried: an editable installation needs hatchling, editables and what they need in the lock of every user, runs their code
at each start that installs, and leaves the same two files.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

PTH = "crt-scheduler.pth"


def venv_python(venv: Path) -> Path:
    """The Python inside a virtual environment, where this system keeps it."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def put_in_place(root: Path) -> None:
    """Have the Python of .venv find the project where it lies, and the command beside that Python."""
    for folder in site_packages(root / ".venv"):
        forget_editable(folder)
        # from there, not from the root of the disk: before 3.13 Python reads such a file in the encoding of the locale
        (folder / PTH).write_text(os.path.relpath(root, folder) + "\n", encoding="ascii")
    write_command(root)


def site_packages(venv: Path) -> list[Path]:
    """The folders of .venv that its Python looks for packages in."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    return sorted(venv.glob(pattern))


def forget_editable(folder: Path) -> None:
    """Take away what an older start left, which had pip build the project: pip would go on asking after its needs."""
    for left in folder.glob("crt_scheduler-*.dist-info"):
        shutil.rmtree(left)
    (folder / "_editable_impl_crt_scheduler.pth").unlink(missing_ok=True)


def write_command(root: Path) -> None:
    """Write crt-scheduler, which runs from any folder; -P keeps that folder's own files from being imported."""
    folder = venv_python(root / ".venv").parent
    if os.name == "nt":
        words = b'@"%~dp0python.exe" -P -m crt_scheduler %*\r\n'
        (folder / "crt-scheduler.exe").unlink(missing_ok=True)  # of an older start; it would be found first
        (folder / "crt-scheduler.cmd").write_bytes(words)
        return
    command = folder / "crt-scheduler"
    command.unlink(missing_ok=True)  # written anew, not into: it may be running
    command.write_bytes(
        b'#!/bin/sh\nexec %s -P -m crt_scheduler "$@"\n' % os.fsencode(shlex.quote(str(folder / "python")))
    )
    command.chmod(0o755)
