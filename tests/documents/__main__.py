"""Say which pages differ from what the code makes of them, or write them; 1 where one differs and stays so."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.documents.made import PAGES, differing, write

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Do what was asked."""
    wanted = argparse.ArgumentParser(prog="python -m tests.documents", description=__doc__)
    wanted.add_argument("what", nargs="?", choices=("write",))
    asked = wanted.parse_args()
    differ = differing(ROOT)
    if asked.what == "write":
        write(ROOT, differ)
        print(f"Written: {', '.join(differ) or 'nothing, all is as the code makes it'}.")
        return 0
    print(f"{len(PAGES)} pages: {', '.join(differ) or 'none'} differ from the code.")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
