"""The safety net: an unexpected fault becomes one sentence and a log without personal details."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import traceback
from pathlib import Path

import platformdirs

from solver.wording import tr


def log_fault(fault: BaseException, folder: Path | None = None) -> Path:
    """Write where the fault happened (files, lines, kind of fault; never its values) and return the log's path.

    Where the folder of logs cannot be written, it is the one for temporary files.
    """
    lines = [f"{type(fault).__module__}.{type(fault).__name__}"]
    for step in traceback.extract_tb(fault.__traceback__):
        lines.append(
            tr(
                "  {name}:{lineno} in {step_name}",
                name=Path(step.filename).name,
                lineno=step.lineno,
                step_name=step.name,
            )
        )
    content = "\n".join([*lines, ""]).encode()
    try:
        return _written(folder or Path(platformdirs.user_log_dir("crt-scheduler", appauthor=False)), content)
    except OSError:
        return _written(Path(tempfile.gettempdir()), content)


def _written(folder: Path, content: bytes) -> Path:
    """Write a log under a name of its own: a second fault in the same second does not take the first one's place."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f"fault-{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}-", suffix=".log", dir=folder
    )
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name)
