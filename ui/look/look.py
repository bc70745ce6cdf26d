"""Look: the one object that knows colours, type, icons and area marks, and tells when the palette changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from crt_scheduler.places import resource
from ui.look import icons
from ui.look.tokens import Pair, Ramp, Tokens, palette, style_sheet

FACE = "Noto Sans"
CHOICES = ("system", "light", "dark")
ROLES = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.Base, "base"),
    (QPalette.ColorRole.Button, "base"),
    (QPalette.ColorRole.AlternateBase, "alternate"),
    (QPalette.ColorRole.Midlight, "rail"),
    (QPalette.ColorRole.Mid, "hairline"),
    (QPalette.ColorRole.Dark, "border"),
    (QPalette.ColorRole.Shadow, "edge"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.ToolTipBase, "base"),
    (QPalette.ColorRole.PlaceholderText, "secondary"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Highlight, "highlight"),
    (QPalette.ColorRole.HighlightedText, "highlighted_text"),
    (QPalette.ColorRole.BrightText, "bad"),
)


@dataclass(frozen=True)
class AreaLook:
    """How an area is marked: its letter, always shown, on a fill with an edge."""

    letter: str
    fill: QColor
    edge: QColor


class Look(QObject):
    """The application's look; `choice` is system, light or dark. Emits `changed` after a new palette is in place."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._areas: tuple[str, ...] = ()
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._dressed: WeakSet[QWidget] = WeakSet()
        self._sheet = ""
        add_fonts()
        app.setStyle("Fusion")
        app.setFont(self.font(9.75))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Take the light or the dark palette, or follow the system's."""
        self.choice = choice if choice in CHOICES else "system"
        scheme = QGuiApplication.styleHints().colorScheme()
        self.is_dark = self.choice == "dark" or (self.choice == "system" and scheme == Qt.ColorScheme.Dark)
        self.tokens: Tokens = palette(is_dark=self.is_dark)
        self._icons.clear()
        self._app.setPalette(self._palette())
        self._sheet = style_sheet(self.tokens, is_dark=self.is_dark)
        for window in [each for each in self._dressed if shiboken6.isValid(each)]:
            window.setStyleSheet(self._sheet)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Dress a window, and with it all that is put into it or belongs to it, in this look and in what comes after.

        A sheet of the whole application would be worked out for a part each time that it, or what it is in, is put into
        something: a page is built from its small parts up, so that took half of the time of its first visit.
        """
        window.setStyleSheet(self._sheet)
        self._dressed.add(window)

    def _follow(self) -> None:
        if self.choice == "system":
            self.choose("system")

    def _palette(self) -> QPalette:
        found = QPalette()
        for role, name in ROLES:
            found.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            found.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return found

    def colour(self, role: str) -> QColor:
        """Return the colour of a role, such as text, accent, hairline or bad."""
        return QColor(self.tokens.colours[role])

    def font(self, points: float = 9.75, *, bold: bool = False) -> QFont:
        """Return the bundled face at a size; bold is SemiBold."""
        face = QFont(FACE)
        face.setPointSizeF(points)
        face.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return face

    def icon(self, name: str, role: str = "text", size: int = 16) -> QIcon:
        """Return an icon in the colour of a text role."""
        key = (name, role, size)
        if key not in self._icons:
            self._icons[key] = icons.icon(name, self.colour(role), self.colour("disabled"), size)
        return self._icons[key]

    def heat(self, count: int) -> tuple[QColor, QColor]:
        """Return fill and text for a number of open seats, one or more; five and more look alike."""
        return _colours(self.tokens.heat[min(max(count, 1), len(self.tokens.heat)) - 1])

    def demand(self, part: float) -> tuple[QColor, QColor]:
        """Return fill and text for calls as a part (0 to 1) of the busiest hour."""
        return _colours(Ramp(self.tokens.demand).at(part))

    def know_areas(self, names: Iterable[str]) -> None:
        """Learn the programme's areas in order: it decides their colours and letters."""
        self._areas = tuple(names)

    def area(self, name: str) -> AreaLook:
        """Return an area's mark; the city as a whole and an unknown name are grey."""
        if name not in self._areas:
            return AreaLook(name[:1].upper(), self.colour("alternate"), self.colour("edge"))
        fill, edge = self.tokens.areas[self._areas.index(name) % len(self.tokens.areas)]
        return AreaLook(letters(self._areas)[name], QColor(fill), QColor(edge))

    @property
    def clergy(self) -> AreaLook:
        """The mark of clergy on primary duty."""
        return AreaLook("Cl", *_colours(self.tokens.clergy))

    @property
    def backup(self) -> AreaLook:
        """The mark of a backup duty, drawn hatched."""
        return AreaLook("B", *_colours(self.tokens.backup))


def dress(window: QWidget) -> None:
    """Dress a window that belongs to no other, such as a list that pops up, in the look of the application."""
    app = QApplication.instance()
    look = app.findChild(Look) if app is not None else None
    if isinstance(look, Look):
        look.dress(window)


def add_fonts() -> None:
    """Let the window write names in every script that is shipped, also where the computer has no font for it.

    A file is only noted, which takes a millisecond for all; Qt reads it once a name needs it.
    """
    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # it tells of each face that lacks a script
    added = [QFontDatabase.addApplicationFont(str(path)) for path in sorted(resource("fonts").glob("*.ttf"))]
    families = [name for number in added for name in QFontDatabase.applicationFontFamilies(number)]
    QFont.insertSubstitutions(FACE, sorted({*families} - {FACE}))


def letters(areas: tuple[str, ...]) -> dict[str, str]:
    """Return the shortest beginning of each area's name, up to two letters, that tells it from the others.

    Where two letters do not, the area's number in order does.
    """
    firsts = [name[:1].upper() for name in areas]
    twos = [name[:2].title() for name in areas]
    found = {}
    for n, name in enumerate(areas):
        if firsts.count(firsts[n]) == 1:
            found[name] = firsts[n]
        elif twos.count(twos[n]) == 1:
            found[name] = twos[n]
        else:
            found[name] = str(n + 1)
    return found


def _colours(pair: Pair) -> tuple[QColor, QColor]:
    return QColor(pair[0]), QColor(pair[1])
