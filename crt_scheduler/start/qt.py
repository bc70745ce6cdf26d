"""What the window needs of the system: a display, and the shared objects that Qt loads."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from crt_scheduler.start.machine import apt_line, get_packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crt_scheduler.start.machine import Machine


# What the wheels of PySide6 expect from the system: shared object, and the Debian package that brings it.
QT_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
)
QT_SCREEN_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
QT_WAYLAND_LIBRARIES = (
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
)
EVERY_LIBRARY = QT_LIBRARIES + QT_SCREEN_LIBRARIES + QT_WAYLAND_LIBRARIES
UNSEEN = ("offscreen", "minimal", "minimalegl")  # what QT_QPA_PLATFORM says where windows are drawn for nobody
NO_DISPLAY = (
    "There is no display to open the window on. Start it on a desktop, or over ssh -X; the command line needs none: "
    "crt-scheduler --help"
)


def can_load(soname: str) -> bool:
    """Whether the system has this shared object."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_for_qt(loads: Callable[[str], bool], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The Debian packages whose shared objects Qt would miss here; those of a screen only where there is one."""
    wanted: tuple[tuple[str, str], ...] = QT_LIBRARIES
    if has_display(environment, "linux"):
        wanted += QT_SCREEN_LIBRARIES if environment.get("DISPLAY") else QT_WAYLAND_LIBRARIES
    return tuple(package for soname, package in wanted if not loads(soname))


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a person would see windows: always on Windows and macOS, elsewhere with an X or Wayland display."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen in UNSEEN:
        return False
    if platform in ("win32", "darwin"):
        return True
    is_own = chosen not in ("", "xcb", "wayland")  # such as vnc or linuxfb, which bring a screen of their own
    return is_own or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def why_no_window(loads: Callable[[str], bool], environment: Mapping[str, str], machine: Machine) -> str:
    """The sentence that says what to do where Qt would end the program instead of opening a window, or nothing.

    Its own words are the same for a missing display and a missing library; drawing for nobody is allowed.
    """
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    missing = missing_for_qt(loads, environment)
    if missing:
        return missing_words(missing, machine)
    return "" if chosen in UNSEEN or has_display(environment, "linux") else NO_DISPLAY


def see_to_qt(missing: tuple[str, ...], machine: Machine) -> str:
    """Install what Qt misses where that is allowed; else the sentence that says what to type."""
    if not missing or get_packages(missing, "Qt's system libraries", machine):
        return ""
    return missing_words(missing, machine)


def missing_words(missing: tuple[str, ...], machine: Machine) -> str:
    """The sentence that says what to type for what Qt misses."""
    if machine.has_apt:
        return f"The window needs system libraries that are missing. Type: {apt_line(missing, machine)}"
    names = ", ".join(soname for soname, package in EVERY_LIBRARY if package in missing)
    return f"The window needs system libraries that are missing; install them with your system's packages: {names}"
