"""The safety net: an unexpected fault becomes one sentence and a log without personal details."""

from __future__ import annotations

import datetime as dt
import traceback
from pathlib import Path

import platformdirs


def log_fault(fault: BaseException, folder: Path | None = None) -> Path:
    """Write where the fault happened (files, lines, kind of fault; never its values) and return the log's path."""
    place = folder or Path(platformdirs.user_log_dir("crt-scheduler", appauthor=False))
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"fault-{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}.log"
    lines = [f"{type(fault).__module__}.{type(fault).__name__}"]
    for step in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {Path(step.filename).name}:{step.lineno} in {step.name}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
