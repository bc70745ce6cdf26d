"""Fuzz the reader of sheets by its coverage, for as long as one likes.

python -m tests.drills.atheris_sheets [libFuzzer options]

Atheris is not installed with the project, for it cannot be on every system: pip install atheris
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import tempfile
from pathlib import Path


def main(words: list[str]) -> int:
    """Fuzz until stopped, or say what to install and return 2."""
    if importlib.util.find_spec("atheris") is None:
        print("Atheris is not installed. Install it with: pip install atheris", file=sys.stderr)
        return 2
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["crt_scheduler"]):
        from crt_scheduler import sheets
        from crt_scheduler.errors import CrtError
    place = Path(tempfile.mkdtemp(prefix="crt-atheris-"))

    def one(content: bytes) -> None:
        path = place / f"input{'.xlsx' if content[:1] == b'P' else '.csv'}"
        path.write_bytes(content)
        try:
            sheets.read(path)
        except CrtError as refused:
            assert path.name in str(refused)

    atheris.Setup([sys.argv[0], *words], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
