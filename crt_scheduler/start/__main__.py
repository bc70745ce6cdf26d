"""The front step as a program."""

from __future__ import annotations

import sys

from crt_scheduler.start.door import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
