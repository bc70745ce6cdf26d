"""Every list: what is chosen stays while rows change, come, go and are sorted; cells say whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from ui.list_model import ROW, Column, Filtered, ListModel

Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Guest:
    """Somebody in a list of these tests."""

    code: str
    name: str
    age: int


ADA, BEN, CY, DEE = Guest("a", "Ada", 41), Guest("b", "Ben", 7), Guest("c", "Cy", 30), Guest("d", "dee", 7)
COLUMNS: tuple[Column[Guest], ...] = (
    Column(head="Name", words=lambda guest: guest.name, written=lambda guest: guest.name),
    Column(head="Age", words=lambda guest: f"{guest.age}", by=lambda guest: guest.age, is_right=True),
    Column(head="Note", words=lambda guest: ""),
)


def guests(*, merges: bool = False) -> ListModel[Guest]:
    """Return a list of four."""
    found = ListModel(COLUMNS, key=lambda guest: guest.code, named=lambda guest: guest.name, merges=merges)
    found.fill((ADA, BEN, CY, DEE))
    return found


def names(model: ListModel[Guest]) -> str:
    """Return who is shown, in order."""
    return " ".join(guest.name for guest in model.rows)


def test_a_chosen_row_goes_with_its_row_when_the_list_is_sorted_and_back_to_the_order_given() -> None:
    model = guests()
    chosen = QPersistentModelIndex(model.index(2, 0))
    model.sort(1)
    assert names(model) == "Ben dee Cy Ada" and chosen.data(ROW) == CY
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(model) == "dee Cy Ben Ada", "words are sorted whatever their case"
    model.sort(-1)
    assert names(model) == "Ada Ben Cy dee" and chosen.row() == 2


def test_the_same_rows_otherwise_are_changed_in_place_and_keep_their_order(qtbot: QtBot) -> None:
    model = guests()
    model.sort(1)
    chosen = QPersistentModelIndex(model.index(0, 0))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.fill((ADA, Guest("b", "Ben", 90), CY, DEE))
    assert names(model) == "dee Cy Ada Ben" and chosen.data(ROW).name == "Ben"
    with qtbot.assertNotEmitted(model.dataChanged):
        model.fill((ADA, Guest("b", "Ben", 90), CY, DEE))


def test_other_rows_take_the_place_of_those_there_were_in_the_order_asked_for(qtbot: QtBot) -> None:
    model = guests()
    model.sort(0)
    with qtbot.waitSignal(model.modelReset):
        model.fill((DEE, Guest("z", "Bo", 1)))
    assert names(model) == "Bo dee"


def test_a_list_that_merges_keeps_those_who_stay_while_others_come_and_go(qtbot: QtBot) -> None:
    model = guests(merges=True)
    model.sort(0)
    chosen, gone = QPersistentModelIndex(model.index(3, 0)), QPersistentModelIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.fill((Guest("z", "Bo", 1), Guest("d", "Ab", 7), ADA))
    assert names(model) == "Ab Ada Bo" and chosen.data(ROW).code == "d" and not gone.isValid()
    model.sort(-1)
    assert names(model) == "Bo Ab Ada"


def test_more_rows_are_shown_below_and_the_chosen_one_stays() -> None:
    model = guests()
    chosen = QPersistentModelIndex(model.index(1, 0))
    model.add((Guest("e", "Eve", 3),))
    assert names(model) == "Ada Ben Cy dee Eve" and chosen.data(ROW) == BEN and model.row_of("e") == 4


def test_a_filter_shows_the_wanted_rows_in_the_order_of_the_list() -> None:
    model = guests()
    young = Filtered(model, lambda guest: guest.age < 40)
    young.sort(0, Qt.SortOrder.DescendingOrder)
    assert [guest.name for guest in young.rows()] == ["dee", "Cy", "Ben"]
    model.fill((ADA, BEN, Guest("c", "Cy", 50), DEE))
    assert [guest.name for guest in young.rows()] == ["dee", "Ben"]


def test_a_cell_says_whose_it_is_its_column_and_its_words_or_that_there_are_none() -> None:
    model = guests()
    assert model.index(0, 1).data(Role.AccessibleTextRole) == "Ada, Age: 41"
    assert model.index(0, 2).data(Role.AccessibleTextRole) == "Ada, Note: none"
    assert model.index(0, 1).data(Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Age"


def test_only_cells_with_a_written_text_can_be_edited() -> None:
    model = guests()
    can = [bool(model.index(0, n).flags() & Qt.ItemFlag.ItemIsEditable) for n in range(3)]
    assert can == [True, False, False] and model.index(0, 0).data(Role.EditRole) == "Ada"
    assert not model.setData(model.index(0, 0), "Eve"), "a delegate keeps what is typed"
