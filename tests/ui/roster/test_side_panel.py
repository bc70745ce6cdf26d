"""The side panel: why this person, who else could, and the acts on a cell; everything is read in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from crt_scheduler.cover.cell import Free, Held, Open
from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import responder, team
from tests.ui.build import NOW, assign
from ui.desk import Desk
from ui.look import Look
from ui.roster.side.side_panel import SidePanel

NIGHT = "2027-01-09/night/Valley"
DAY = "2027-01-10/day/Valley"
SAMPLE = (
    ("N1", {"name": "Nare Petrosyan", "role": "lead", "languages": ["Armenian", "Spanish"]}),
    ("T1", {"name": "Tigran Sarafian", "role": "lead", "languages": ["Spanish"]}),
    ("O1", {"name": "Odessa Sutter", "role": "lead", "area": "West"}),
    ("K1", {"name": "Kaveh Sohrabi", "role": "lead"}),
    ("B1", {"name": "Ben Ortiz"}),
)


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]) -> Iterator[tuple[SidePanel, Desk]]:
    """A panel on a team in which Nare leads Saturday night, Ben beside her, and Kaveh has Sunday day."""
    store = team(tmp_path, now=NOW)
    with store.change("Add people") as session:
        for code, facts in SAMPLE:
            responder(session, code, **facts)
    store.close()
    assign(store.path, (NIGHT, "N1"), (NIGHT, "B1"), (DAY, "K1"))
    desk = desk_on(store.path)
    side = SidePanel(desk, look)
    qtbot.addWidget(side)
    side.resize(368, 852)
    side.show()
    yield side, desk


def ask(qtbot: QtBot, side: SidePanel, person: str = "N1", shift: str = NIGHT) -> Held:
    """Show a place and wait for the answer."""
    side.show_cell(person, shift)
    qtbot.waitUntil(lambda: isinstance(side.answer, Held) and side.answer.person == person)
    assert isinstance(side.answer, Held)
    return side.answer


def said(side: SidePanel) -> list[str]:
    """Every word that is seen."""
    return [label.text() for label in side.findChildren(QLabel) if label.isVisible() and label.text()]


def test_a_holder_is_shown_with_the_reasons_and_who_else_could(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, _ = panel
    assert side.state.isVisible() and side.state.text() == "Choose a cell of the board."
    ask(qtbot, side)
    qtbot.waitUntil(lambda: "Is a lead: the pair needs one" in said(side))  # shown with the next turn of the loop
    words = said(side)
    assert side.head.title.text() == "Sat 9 January, night"
    assert side.head.where.text() == "Valley, lead seat   18:00–06:00   12:00 h"
    assert side.head.tag.text() == "Draft"
    assert "Why Nare" in words
    assert "Speaks Spanish and Armenian: the only Spanish speaker on this shift" in words
    assert side.body.others.count.text() == "2 of 4"
    assert "If Tigran takes this shift" in words
    assert side.body.cannot.counts.text() == "Not a lead 1. Too little rest 1."
    assert not side.state.isVisible()


def test_swap_in_puts_the_chosen_person_in_as_one_undo_step(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    with qtbot.waitSignal(side.go_to) as gone:
        QTest.keyClick(side.body.others.list, Qt.Key.Key_Return)
    assert gone.args == ["T1", NIGHT]
    assert desk.undo_words == "Put Tigran Sarafian in for Nare Petrosyan, Valley, night, 9 Jan"
    assert isinstance(side.answer, Held) and side.answer.person == "T1"
    desk.undo()
    qtbot.waitUntil(lambda: side.state.isVisible())
    assert "nobody holds this place any more" in side.state.text()


def test_find_cover_offers_a_text_and_whom_to_ask(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    side.head.cover.click()
    qtbot.waitUntil(side.body.cover.isVisible)
    with qtbot.waitSignal(desk.said) as heard:
        side.body.cover.copy_text.click()
    assert heard.args == ["The text is copied."]
    assert "Sat 9 Jan 2027, 18:00–06:00, 12:00 h on call, Valley, as a lead." in QGuiApplication.clipboard().text()
    assert "Tigran Sarafian" in said(side) and "Nare" not in QGuiApplication.clipboard().text()
    QTest.keyClick(side, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not side.body.cover.isVisible())


def test_swap_lists_trades_and_does_the_chosen_one(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    side.head.trade.click()
    qtbot.waitUntil(lambda: side.body.others.title.text() == "Who could swap")
    row = side.body.others.list.current
    assert row is not None and row.name == "Kaveh Sohrabi"
    assert "Kaveh takes Sat 9 Jan night, Valley, Nare Sun 10 Jan day, Valley." in row.effect
    with qtbot.waitSignal(side.go_to) as gone:
        side.body.others.chosen.emit(row.what)
    assert gone.args == ["K1", NIGHT]
    assert desk.undo_words == "Swap Nare Petrosyan and Kaveh Sohrabi, 9 Jan and 10 Jan"


def test_the_ways_out_of_an_open_seat_are_priced_beside_leaving_it_open_and_done_by_a_click(
    qtbot: QtBot, panel: tuple[SidePanel, Desk]
) -> None:
    side, desk = panel
    side.show_seat("2027-01-09/day/Valley", "lead")
    qtbot.waitUntil(lambda: isinstance(side.answer, Open))
    assert side.head.ways.isVisible()
    side.head.ways.click()
    assert side.body.others.title.text() == "Ways out" and side.body.others.nobody.text() == "Solving again…"
    qtbot.waitUntil(side.body.others.list.isVisible)
    shown = side.body.others.list._rows.rows
    names = [row.name for row in shown]
    assert any(name == "Within the rules" for name in names) and names[-1] != names[0]
    assert any(name.startswith("Leave it open") or name == "Leave it open" for name in names)
    assert [row.points for row in shown] == sorted(row.points for row in shown)
    within = next(row for row in shown if row.name == "Within the rules")
    assert "lead, Valley, Sat 9 Jan day" in within.words and "Solved again." in within.effect
    with qtbot.waitSignal(side.go_to) as gone:
        side.body.others.chosen.emit(within.what)
    assert desk.undo_words == "Fill lead, Valley, day, 9 Jan"
    assert gone.args[1] == "2027-01-09/day/Valley"
    assert isinstance(side.answer, Held) and side.answer.person == gone.args[0]  # the panel says who has it now
    desk.undo()
    assert desk.undo_words != "Fill lead, Valley, day, 9 Jan"


def test_lock_tell_and_take_off_are_one_press_each(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    side.head.told.click()
    qtbot.waitUntil(lambda: side.head.tag.text() == "Told")
    assert not side.head.told.isVisible()
    side.head.lock.click()
    qtbot.waitUntil(lambda: side.head.tag.text() == "Told, locked")
    assert side.body.others.nobody.text() == "This shift is locked. Unlock it to see who else could."
    assert not side.head.take_off.isEnabled()
    side.head.unlock.click()
    qtbot.waitUntil(lambda: side.head.tag.text() == "Told")
    side.head.take_off.click()
    qtbot.waitUntil(lambda: isinstance(side.answer, Open))
    assert desk.undo_words == "Clear Nare Petrosyan, Valley, night, 9 Jan"
    assert side.body.others.title.text() == "Who could take it"


def test_an_open_seat_can_be_assigned_from_the_panel(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    side.show_seat(DAY, "responder")
    qtbot.waitUntil(lambda: isinstance(side.answer, Open))
    assert side.body.note.text() == "2 could take it; with Tigran Sarafian the month is better than without."
    assert "missed calls" in side.head.said.text()
    with qtbot.waitSignal(side.go_to) as gone:
        QTest.keyClick(side.body.others.list, Qt.Key.Key_Return)
    assert gone.args == ["T1", DAY]
    assert desk.undo_words == "Assign Tigran Sarafian, Valley, day, 10 Jan"


def test_a_free_day_offers_the_open_seats_of_that_day(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    assert desk.board is not None
    slot = next(n for n, slot in enumerate(desk.board.problem.slots) if slot.date.day == 9)
    side.show_free("T1", slot)
    qtbot.waitUntil(lambda: isinstance(side.answer, Free))
    assert side.head.name.text() == "Tigran Sarafian"
    assert side.head.where.text() == "0:00 of 36:00 hours this month"
    row = side.body.others.list.current
    assert row is not None
    QTest.keyClick(side.body.others.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(side.answer, Held))
    assert desk.undo_words.startswith("Assign Tigran Sarafian, ")


def test_the_newest_question_wins_however_fast_one_moves(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, _ = panel
    for person, shift in (("N1", NIGHT), ("K1", DAY), ("B1", NIGHT)) * 4:
        side.show_cell(person, shift)
    qtbot.waitUntil(lambda: side.answer is not None)
    assert isinstance(side.answer, Held) and side.answer.person == "B1"


def test_a_change_by_another_program_is_shown(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    other = open_store(str(desk.path), who="deputy", now=NOW)
    with other.change("Confirm") as session:
        roster.promise(session, roster.shift_name(NIGHT), "N1", "confirmed")
    other.close()
    desk.look_again()
    qtbot.waitUntil(lambda: side.head.tag.text() == "Confirmed")


def test_the_phone_number_is_copied_as_it_is_dialled(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, desk = panel
    ask(qtbot, side)
    assert side.head.phone.text() == "(213) 555-0100"
    with qtbot.waitSignal(desk.said):
        side.head.phone.click()
    assert QGuiApplication.clipboard().text() == "(213) 555-0100"


def test_escape_closes_the_panel_and_every_control_has_a_name(qtbot: QtBot, panel: tuple[SidePanel, Desk]) -> None:
    side, _ = panel
    ask(qtbot, side)
    for button in (side.head.cover, side.head.trade, side.head.lock, side.head.close_button, side.body.cannot.head):
        assert button.accessibleName()
    rows = side.body.others.list.model()
    spoken = rows.data(rows.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Odessa Sutter. No Spanish; from West; has 0:00. +")
    with qtbot.waitSignal(side.closed):
        QTest.keyClick(side, Qt.Key.Key_Escape)
