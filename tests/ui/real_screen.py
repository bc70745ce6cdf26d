"""A screen of an X server of one's own, with a window manager on it, that nobody sees."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

NEEDED = ("Xvfb", "openbox", "xdotool")


def missing() -> str:
    """Return the programs that a screen needs and this machine has not."""
    return ", ".join(name for name in NEEDED if shutil.which(name) is None)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Yield the environment of programs that are to show themselves on a new screen."""
    with ExitStack() as ending:
        near, far = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(far), "-screen", "0", "1600x1000x24"], pass_fds=(far,), stderr=subprocess.DEVNULL
        )
        ending.callback(server.wait)
        ending.callback(server.terminate)
        os.close(far)
        with os.fdopen(near, encoding="ascii") as told:
            number = told.readline().strip()
        place = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        manager = subprocess.Popen(["openbox"], env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ending.callback(manager.wait)
        ending.callback(manager.terminate)
        yield place
