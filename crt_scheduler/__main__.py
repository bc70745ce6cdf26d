"""The front door: words for the command line; without words, the help until there is a window."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its code (0 done, 1 the answer is no, 2 bad input)."""
    if sys.argv[1:2] == ["solver"]:
        from solver.__main__ import main as solve

        sys.argv = [sys.argv[0], *sys.argv[2:]]
        sys.exit(solve())
    from crt_scheduler.cli import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.exit(code)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
