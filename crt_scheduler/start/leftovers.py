"""What tools leave behind in the project's folder, and taking it away; never .venv, and never records in out/."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

AT_THE_TOP = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "build", "dist", "htmlcov")
"""Folders that a tool makes anew whenever it needs them."""
KEPT = (".venv", ".git", "out")


def leftovers(root: Path) -> list[Path]:
    """The folders and files that tools left, looked for in the project alone: no link is followed."""
    found = [root / name for name in AT_THE_TOP if (root / name).is_dir()]
    found += [*root.glob("*.egg-info"), *root.glob(".coverage"), *root.glob(".coverage.*")]
    for folder, folders, _ in os.walk(str(root)):
        here = Path(folder)
        found += [here / name for name in folders if name == "__pycache__"]
        folders[:] = [name for name in folders if name != "__pycache__" and here / name not in found]
        folders[:] = [name for name in folders if here != root or name not in KEPT]
    return [path for path in found if not path.is_symlink()]


def clean(root: Path) -> str:
    """Take away what tools left, and say how much that was and what stays."""
    found = leftovers(root)
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    told = f"{len(found)} folders and files that tools left are gone." if found else "Tools have left nothing."
    return f"{told} .venv and out/ stay: out/ may hold records of yours."
