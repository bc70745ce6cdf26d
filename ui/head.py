"""The head: the toolbar with programme, period, the page's filters, the finder and the page's acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.desk import Desk, next_month
from ui.look import Look
from ui.page import Page
from ui.parts import Button, of_kind

HEIGHT, SECOND = 48, 40
MONTHS_BACK, MONTHS_ON = 6, 6


class Head(QWidget):
    """The toolbar; what a page brings of its own is swapped in with `show_page`."""

    finding = Signal()
    records = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        of_kind(self, "head")
        self.setFixedHeight(HEIGHT)
        self._desk = desk
        self._left, self._right = _Parts(), _Parts()
        self.programme = Button(self.tr("No records"), tip=self.tr("Open other records"))
        self.programme.clicked.connect(self.records)
        self.period = Period(desk, look)
        self.finder = Button(self.tr("Find or do") + "          Ctrl+K", "finder").with_icon(
            look, "search", "secondary"
        )
        self.finder.setAccessibleName(self.tr("Find a person or date, or do something"))
        self.finder.setMinimumWidth(190)
        self.finder.clicked.connect(self.finding)
        self._row, self._second = QHBoxLayout(), QHBoxLayout()
        for part in (self.programme, self.period, self._left):
            self._row.addWidget(part)
        self._row.addStretch(1)
        for part in (self.finder, self._right):
            self._row.addWidget(part)
        self._second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (self._row, self._second):
            row.setContentsMargins(16, 0, 16, 0)
            row.setSpacing(12)
            column.addLayout(row)
        desk.opened.connect(self._ask_name)
        desk.board_changed.connect(self._name)

    def _ask_name(self) -> None:
        """Name the programme even where there is no board: it may have no shifts yet."""

        def look(session: Any) -> str:
            from crt_scheduler import programmes

            return programmes.programme_of(session).name if programmes.is_set_up(session) else ""

        self._desk.ask(self, "programme", look, self._show_name)

    def _name(self) -> None:
        if self._desk.board is not None:
            self._show_name(self._desk.board.programme)

    def _show_name(self, programme: str) -> None:
        name = programme or self._desk.path.name
        self.programme.setText(name)
        self.programme.setAccessibleName(self.tr("Programme {}. Open other records").format(name))

    def show_page(self, page: Page) -> None:
        """Show the page's own parts, and the period where it has one."""
        self.period.setVisible(page.uses_period)
        self._left.show_of(page, page.head_left)
        self._right.show_of(page, page.head_right)
        self._arrange()

    def _first_row(self) -> int:
        """Return the width of the row without the page's filters."""
        parts = [part for part in (self.programme, self.period, self.finder, self._right) if not part.isHidden()]
        return sum(part.minimumSizeHint().width() for part in parts) + 12 * (len(parts) + 1) + 32

    def _arrange(self) -> None:
        """Give the page's filters a row of their own where one row has no room for all."""
        filters = self._left.minimumSizeHint().width()
        narrow = filters > 0 and self._first_row() + filters + 12 > self.width()
        if narrow == (self._second.indexOf(self._left) >= 0):
            return
        if narrow:
            self._second.insertWidget(0, self._left)
        else:
            self._row.insertWidget(2, self._left)
        self._second.setContentsMargins(16, 0, 16, 8 if narrow else 0)
        self.setFixedHeight(HEIGHT + SECOND if narrow else HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what the head needs with the filters in a row of their own."""
        return QSize(max(self._first_row(), self._left.minimumSizeHint().width() + 32), HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrange()


class _Parts(QStackedWidget):
    """One widget per page, made when the page is first shown."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[Page, QWidget] = {}

    def show_of(self, page: Page, make: Callable[[], QWidget | None]) -> None:
        if page not in self._of:
            self._of[page] = make() or QWidget()
            self.addWidget(self._of[page])
        self.setCurrentWidget(self._of[page])
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return what this page's part needs: a hidden page's wide toolbar must not widen this one's."""
        shown = self.currentWidget()
        return shown.sizeHint().expandedTo(QSize(0, 0)) if shown else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least this page's part can do with."""
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(QSize(0, 0)) if shown else QSize(0, 0)


class Period(QWidget):
    """The month on view: one step back, the month itself with a menu of others, one step on."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk = desk
        back = Button("", tip=self.tr("Month before  Alt+Left")).with_icon(look, "left")
        on = Button("", tip=self.tr("Month after  Alt+Right")).with_icon(look, "right")
        back.setShortcut("Alt+Left")
        on.setShortcut("Alt+Right")
        self.name = Button("", tip=self.tr("Choose a month"))
        face = self.name.font()
        face.setBold(True)
        self.name.setFont(face)
        self.name.setMinimumWidth(132)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.name.setMenu(self._menu)
        back.clicked.connect(lambda: desk.set_month(month_before(desk.month)))
        on.clicked.connect(lambda: desk.set_month(next_month(first_of(desk.month))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (back, self.name, on):
            row.addWidget(part)
        desk.month_changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        words = month_words(self._desk.month)
        self.name.setText(words)
        self.name.setAccessibleName(self.tr("Month: {}").format(words))

    def _fill(self) -> None:
        self._menu.clear()
        month = next_month(self._desk.now().date())
        for _ in range(MONTHS_BACK):
            month = month_before(month)
        for _ in range(MONTHS_BACK + MONTHS_ON):
            action = self._menu.addAction(month_words(month))
            action.setCheckable(True)
            action.setChecked(month == self._desk.month)
            action.triggered.connect(lambda _=False, chosen=month: self._desk.set_month(chosen))
            month = next_month(first_of(month))


def first_of(month: str) -> dt.date:
    """Return the first day of a month written YYYY-MM."""
    return dt.date.fromisoformat(f"{month}-01")


def month_before(month: str) -> str:
    """Return the month before one written YYYY-MM."""
    return f"{first_of(month) - dt.timedelta(days=1):%Y-%m}"


def month_words(month: str) -> str:
    """Return a month written YYYY-MM in the person's language, such as January 2027."""
    day = first_of(month)
    return f"{QLocale().standaloneMonthName(day.month)} {day.year}"
