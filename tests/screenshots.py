"""Draw every view and state of the window, light and dark, into docs/screenshots: `make screenshots`.

The sample city is made in a folder of its own, so that nobody's records are read. Names after the command draw only
those.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir

from PIL import Image
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crt_scheduler.call_out import all_call
from crt_scheduler.calls.call_acts import log
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.cover.cell import Open
from crt_scheduler.people.many_people import Change
from tests.crt_scheduler.team_build import team
from tests.ui.build import MONTH, NOW, deed, whole_city
from tests.ui.visit import open_at, wait
from ui.calls.page import CallsPage
from ui.net import show_fault
from ui.people.page import PeoplePage
from ui.people.review import COMES, POLL, WHO, WORDS
from ui.roster.page import RosterPage
from ui.solve.solving import State
from ui.veil import Veil
from ui.window import Window

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
HOME = Path(gettempdir()) / "crt-scheduler-screenshots"
"""One name on every machine, since pictures show where records lie; it is made and deleted here."""
SIZE = (1440, 900)
LEVELS = 10
"""Layouts within layouts that one change may have to pass through, one for each turn of the loop."""
COLOURS = 256
"""A palette picture of 256 colours looks the same and is a third as large."""
CASES = Path(__file__).parent / "cases"
CHOSEN = 14
"""The last row of those chosen together."""
PERSON, SHIFT = "V052", "2027-01-09/night/Valley"
State_ = Callable[[Window], object]


def go(place: str, what: object = None) -> State_:
    """Return a state: a view or panel, with something shown in it."""
    return lambda window: window.go(place, what)


def roster_page(window: Window, *, is_by_area: bool = False) -> RosterPage:
    """Go to the roster, people x days or shifts x areas, and return its page."""
    window.go("roster")
    wait(lambda: not window.desk.is_reading)
    page = window.page
    assert isinstance(page, RosterPage)
    if page.board.is_by_area != is_by_area:
        page.turn()
    return page


def by_area(window: Window) -> None:
    """Show shifts x areas."""
    roster_page(window, is_by_area=True)


def cell(window: Window) -> None:
    """Show why a person holds a place."""
    page = roster_page(window)
    assert window.desk.board is not None
    place = next(place for place in window.desk.board.places if place.row.shift == SHIFT)
    page.show_what(place.key)


def ways_out(window: Window) -> None:
    """Show the ways out of the dearest open seat of a lead."""
    page = roster_page(window)
    board = window.desk.board
    assert board is not None
    gap = next(gap for gap in board.gaps if gap.role == "lead")
    shift = f"{gap.date}/{gap.shift}/{gap.area}"
    page.go_to("", shift)
    page.beside.show_panel(0)
    panel = page.beside.cell
    panel.show_seat(shift, gap.role, gap.tier)
    wait(lambda: isinstance(panel.answer, Open))
    panel.head.ways.click()
    wait(panel.body.others.list.isVisible)


def find(words: str) -> State_:
    """Return a state: the finder with words typed."""

    def show(window: Window) -> None:
        from ui.finder import Finder

        window.go("finder")
        window.findChildren(Finder)[-1].field.setText(words)

    return show


def publishing(place: str) -> State_:
    """Return a state: what is to be published, or who holds a calendar out of date, before the roster."""

    def show(window: Window) -> None:
        roster_page(window)
        window.go(place)

    return show


def section(number: int) -> State_:
    """Return a state: a section of the settings."""

    def show(window: Window) -> None:
        from ui.settings.settings_dialog import Settings

        window.go("today")
        window.go("settings")
        window.findChildren(Settings)[-1].names.setCurrentRow(number)

    return show


def importing(window: Window) -> None:
    """Show the preview of a file of people with columns of other names."""
    file = window.desk.path.with_name("volunteers.csv")
    file.write_text(
        "Volunteer,Bureau,Languages spoken,Mobile,Mail\n"
        "Nora Abramyan,Valley,Armenian; English,818-555-0142,nora@example.org\n"
        "Teo Salas,Harbour,Spanish,213-555-0178,teo@example.org\n"
        "Ji-woo Han,Central,Korean,21355501,jiwoo@example.org\n",
        encoding="utf-8",
    )
    window.go("import", "people")
    page = window.page
    assert isinstance(page, PeoplePage)
    page.wizard.open_file(file)


def looked_over(case: str, number: int) -> State_:
    """Return a state: a page of the import of a made-up file of a team's own."""

    def show(window: Window) -> None:
        window.go("import", "people")
        page = window.page
        assert isinstance(page, PeoplePage)
        wizard = page.wizard
        wizard.open_file(CASES / case)
        wait(lambda: wizard.looked is not None and wizard.looked.asked is wizard.asked)
        wizard.review.turn_to(number)

    return show


def many(window: Window) -> None:
    """Choose many people and show what a leave of all of them would do."""
    window.go("people", PERSON)
    page = window.page
    assert isinstance(page, PeoplePage)
    wait(lambda: page.table.filtered.rowCount() > CHOSEN and not window.desk.is_reading)
    below, above = (page.table.filtered.index(row, 0) for row in (2, CHOSEN))
    page.table.setCurrentIndex(below)
    rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(QItemSelection(below, above), rows)
    page.change_chosen(Change("status", "leave", until="2027-03-01"))
    wait(lambda: page.list.many.preview is not None)


def ask(window: Window) -> None:
    """Show whom a month can be asked for."""
    window.go("people", PERSON)
    page = window.page
    assert isinstance(page, PeoplePage)
    page.ask_everybody()


def in_month(month: str, place: str, what: object = None) -> State_:
    """Return a state: a view of another month."""

    def show(window: Window) -> None:
        window.desk.set_month(month)
        window.go(place, what)

    return show


def called_out(window: Window) -> None:
    """Log a call of ten minutes ago and show whom to phone for it."""
    draft = CallDraft(area="South", type="serious traffic collision", at=NOW - dt.timedelta(minutes=10))
    window.desk.set_month(MONTH)
    window.desk.do(deed("Log a call in South", log, draft, now=NOW))
    window.go("calls")
    wait(lambda: not window.desk.is_reading)
    page = window.page
    assert isinstance(page, CallsPage) and page.view is not None
    window.go("calls", next(row.id for row in page.view.calls if row.state != "closed"))


def all_called(window: Window) -> None:
    """Ask everyone for the call of a moment ago, and note what some answered."""
    from ui.all_call.all_call_dialog import AllCallDialog

    page = window.page
    assert isinstance(page, CallsPage) and page.panel.row is not None
    call = page.panel.row.id
    window.desk.do(deed("All-call", all_call.begin, call))
    people = window.desk.read(lambda session: all_call.poll(session, call, now=NOW)).people
    can = [one for one in people if not one.kept_off][:20]
    for one, said in zip(can, ("now", "two_hours", "cannot", "now", "tonight") * 4, strict=True):
        window.desk.do(deed("Answer", all_call.answer, call, one.person, said, now=NOW))
    page.all_call()
    dialog = window.findChildren(AllCallDialog)[-1]
    wait(lambda: dialog.relief.table.chosen is not None)


def solving(window: Window) -> None:
    """Solve until there is a course to see."""
    page = roster_page(window)
    page.solve()
    wait(lambda: len(page.drawer.solving.course) >= 2 or page.drawer.solving.state is State.PLAN)


def solved(window: Window) -> None:
    """Stop the solve and look at the plan."""
    page = roster_page(window)
    page.drawer.solving.stop()
    wait(lambda: page.drawer.solving.state is State.PLAN)


def discard(window: Window) -> None:
    """Leave the plan where it is."""
    page = roster_page(window)
    page.drawer.solving.discard()
    page.drawer.hide()


def lost(window: Window) -> None:
    """Show what is said when somebody takes the file away."""
    discard(window)
    window.desk.path.rename(window.desk.path.with_suffix(".away"))
    window.desk.look_again()


def unreadable(window: Window) -> None:
    """Show what is said of a file that is no database."""
    letter = window.desk.path.with_name("letter.txt")
    letter.write_text("Dear team", encoding="utf-8")
    window.open_records(letter)


def loading(window: Window) -> None:
    """Show what is seen while records are opened."""
    window.stack.setCurrentWidget(window._opening)


CITY: tuple[tuple[str, State_], ...] = (
    ("today", go("today")),
    ("roster", go("roster")),
    ("roster-cell", cell),
    ("shortcuts", go("shortcuts")),
    ("roster-rules", go("rules")),
    ("roster-areas", by_area),
    ("roster-ways", ways_out),
    ("people", go("people", PERSON)),
    ("people-many", many),
    ("people-ask", ask),
    ("people-import", importing),
    ("import-words", looked_over("60-messy-list/people.xlsx", WORDS)),
    ("import-who", looked_over("60-messy-list/people.xlsx", WHO)),
    ("import-comes", looked_over("60-messy-list/people.xlsx", COMES)),
    ("import-poll", looked_over("61-date-columns/poll.csv", POLL)),
    ("demand", go("demand")),
    ("finder", find("an")),
    ("finder-date", find("9 jan")),
    ("settings-look", section(0)),
    ("settings-rules", section(1)),
    ("settings-programme", section(2)),
    ("settings-care", section(3)),
    ("settings-areas", section(4)),
    ("settings-records", section(5)),
    ("calls", go("calls")),
    ("call-out", called_out),
    ("all-call", all_called),
    ("today-call", go("today")),
    ("care", go("care")),
    ("hours", in_month("2026-11", "hours")),
    ("hours-promise", in_month("2026-11", "hours", "promise")),
    ("reports", in_month(MONTH, "reports", "year")),
    ("reports-fairness", go("reports", "fairness")),
    ("own-desk", go("own desk")),
    ("publish", publishing("publish")),
    ("stale", publishing("stale")),
    ("solving", solving),
    ("solved", solved),
    ("fault", lambda window: show_fault(window, "fault-2026-12-15T170000Z.log")),
    ("records-gone", lost),
    ("records-unreadable", unreadable),
)
"""States of the sample city, one after the other in one window."""
EMPTY: tuple[tuple[str, State_], ...] = (
    ("first-run", go("first run")),
    ("today-empty", go("today")),
    ("roster-empty", go("roster")),
    ("people-empty", go("people")),
    ("demand-empty", go("demand")),
    ("calls-empty", go("calls")),
    ("hours-empty", go("hours")),
    ("reports-empty", go("reports")),
    ("loading", loading),
)
"""States of a programme that has nobody yet."""


def draw(window: Window, states: tuple[tuple[str, State_], ...], *, suffix: str, wanted: set[str]) -> int:
    """Bring the window into each state and keep a picture of it; return the bytes of all."""
    size = 0
    for name, bring in states:
        bring(window)
        with suppress(TimeoutError):
            wait(lambda: not window.desk.is_reading)
        if not wanted or name in wanted:
            size += keep(picture(window), FOLDER / f"{name}{suffix}.png")
        for part in (*window.findChildren(QDialog), *window.findChildren(Veil)):
            part.close()
    return size


def picture(window: Window) -> QImage:
    """Return the window with the dialogs that stand before it."""
    for _ in range(LEVELS):
        QApplication.processEvents()
    found = window.grab().toImage()
    painter = QPainter(found)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            paint_before(painter, window, dialog)
    painter.end()
    return found


def paint_before(painter: QPainter, window: QWidget, dialog: QWidget) -> None:
    """Paint a dialog in the middle of its window, with an edge as a desktop draws one."""
    shown = dialog.grab()
    corner = QPoint((window.width() - dialog.width()) // 2, max(24, (window.height() - dialog.height()) // 2))
    painter.setPen(window.palette().color(window.palette().ColorRole.Shadow))
    painter.drawPixmap(corner, shown)
    painter.drawRect(corner.x() - 1, corner.y() - 1, dialog.width() + 1, dialog.height() + 1)


def keep(image: QImage, path: Path) -> int:
    """Keep a picture with a palette of its own and return its bytes."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    raw = Image.frombuffer("RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine(), 1)
    raw.quantize(COLOURS, kmeans=1, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


def main() -> None:
    """Draw everything, or the states named, and say how large it has become."""
    wanted = set(sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.update(HOME=str(HOME), QT_QPA_PLATFORM="offscreen")
    app, size = QApplication(sys.argv[:1]), 0
    for choice, suffix in (("light", ""), ("dark", "-dark")):
        for states in (CITY, EMPTY):
            if wanted and not wanted & {name for name, _ in states}:
                continue
            rmtree(HOME, ignore_errors=True)
            HOME.mkdir(parents=True)
            window = open_at(app, whole_city(HOME) if states is CITY else nobody(HOME), HOME / "window.ini", choice)
            window.resize(*SIZE)
            size += draw(window, states, suffix=suffix, wanted=wanted)
            window.close()
            window.desk.settings.sync()
            rmtree(HOME, ignore_errors=True)
    print(f"{FOLDER.relative_to(FOLDER.parent.parent)}: {size / 1e6:.1f} MB")


def nobody(folder: Path) -> Path:
    """Return a programme's records without people."""
    store = team(folder, now=NOW)
    store.close()
    return store.path


if __name__ == "__main__":
    main()
