"""What an import asks in the window: words, persons, sheets and headers, answered by the mouse or by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import imports
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds
from crt_scheduler.imports.vocabulary import learnt
from tests.crt_scheduler.imports.test_cases_who import two_sheets
from tests.crt_scheduler.imports.test_imports_build import table
from tests.crt_scheduler.team_build import team_of_four
from tests.ui.build import NOW
from tests.ui.people.test_people_wizard import drop, looked_through
from ui.desk import Desk
from ui.look import Look
from ui.people.file_reading import Looked, take
from ui.people.page import PeoplePage
from ui.people.people_words import field_label
from ui.people.review import COMES, FILE, WHO, WORDS
from ui.people.wizard import Wizard
from ui.people.wizard_words import plain_words

CASES = Path(__file__).parents[2] / "cases"
HEADER = ("Name", "E-mail", "Bureau", "Status")
MOST_STEPS = 15


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> PeoplePage:
    """Return the People view of a team of four: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    store = team_of_four(tmp_path, now=NOW)
    store.close()
    found = PeoplePage(desk_on(store.path), look)
    qtbot.addWidget(found)
    found.resize(1376, 820)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(lambda: found.table.filtered.rowCount() == 4)
    return found


class Person:
    """Somebody at the window: every click and every key they need is counted."""

    def __init__(self, qtbot: QtBot, wizard: Wizard) -> None:
        self.qtbot, self.wizard, self.steps = qtbot, wizard, 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keys stand, and wait until the file was looked through."""
        self.steps += 1
        where = QApplication.focusWidget()
        assert where is not None
        self.qtbot.keyClick(where, key, modifier)
        self.settled()

    def click(self, what: QWidget, at: QPoint | None = None) -> None:
        """Click somewhere, and wait until the file was looked through."""
        self.steps += 1
        self.qtbot.mouseClick(what, Qt.MouseButton.LeftButton, pos=at or QPoint())
        self.settled()

    def settled(self) -> None:
        """Wait until nothing is read or written."""
        self.qtbot.waitUntil(lambda: not self.wizard.desk.is_reading)

    def choose(self, words: str) -> None:
        """Open the choices of the word under the keys and take one by typing how it begins."""
        self.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        box = self.wizard.review.words.table.viewport().findChild(QComboBox)
        assert isinstance(box, QComboBox)
        self.qtbot.waitUntil(box.view().isVisible)
        place = box.findText(words, Qt.MatchFlag.MatchStartsWith)
        assert place >= 0, [box.itemText(n) for n in range(box.count())]
        while box.view().currentIndex().row() != place:
            self.steps += 1
            is_below = box.view().currentIndex().row() < place
            self.qtbot.keyClick(box.view(), Qt.Key.Key_Down if is_below else Qt.Key.Key_Up)
        self.steps += 1
        self.qtbot.keyClick(box.view(), Qt.Key.Key_Return)
        open_now = len(self.wizard.review.words.open_lines)
        self.qtbot.waitUntil(lambda: len(self.wizard.review.words.open_lines) < open_now or not open_now)
        self.settled()


def opened(qtbot: QtBot, page: PeoplePage, path: Path) -> Person:
    """Drop a file and return who sits before it once it was looked through."""
    wizard = drop(page, path)
    looked_through(qtbot, wizard)
    return Person(qtbot, wizard)


def looked(person: Person) -> Looked:
    """Return the file as it is on view."""
    assert person.wizard.looked is not None
    return person.wizard.looked


def names(page: PeoplePage) -> set[str]:
    """Return everybody's name on the list."""
    return {line.name for line in page.table.people.rows}


def test_the_sign_up_form_of_sixty_comes_in_within_fifteen_steps_and_keeps_nothing_back(
    qtbot: QtBot, page: PeoplePage
) -> None:
    person = opened(qtbot, page, CASES / "60-messy-list" / "people.xlsx")
    review = person.wizard.review
    assert review.pages.currentIndex() == WHO, "the first page where something is to be answered"
    assert [review.who.list.item(n).text() for n in range(review.who.list.count())] == [
        'Is "Nguyễn Ramirez" on line 7 Cleo Park (V003), or somebody new?',
        "Are lines 8 and 67 one person?",
    ]
    assert len(review.words.lines) == 26 and not review.words.open_lines
    assert {"Timestamp", "Date of Birth", "Training Completed"} <= set(looked(person).unused)
    assert looked(person).preview.left_out[-1][1:] == ("a total", "Total: 61")
    person.key(Qt.Key.Key_2)
    assert review.who.heading.text() == "Are lines 8 and 67 one person?"
    person.key(Qt.Key.Key_1)
    person.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert review.pages.currentIndex() == COMES
    assert review.go_button.text() == "Next: line 26", "a row that cannot be taken is not left out unasked"
    person.click(review.go_button)
    box = review.bad.table.viewport().findChild(QComboBox)
    assert isinstance(box, QComboBox)
    qtbot.waitUntil(box.view().isVisible)
    while box.view().currentIndex().data(Qt.ItemDataRole.UserRole) != "active":
        person.steps += 1
        qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    person.steps += 1
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    looked_through(qtbot, person.wizard)
    assert review.go_button.text() == "Import 60 people"
    person.click(review.go_button)
    qtbot.waitUntil(lambda: person.wizard.steps.currentWidget() is person.wizard.result)
    assert person.wizard.done.text() == "60 people added."
    assert person.steps <= MOST_STEPS
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 64)
    assert "Robert Davis" in names(page) and "robert Davis" not in names(page)


def test_a_word_is_answered_once_for_all_its_rows_by_keys_alone(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    rows = [("Ani Lo", "a@example.org", "Downtown", "Active"), ("Min Ok", "m@example.org", "downtown", "Floating")]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    review = person.wizard.review
    assert review.pages.currentIndex() == WORDS
    assert [(line.texts, line.rows) for line in review.words.open_lines] == [(("Floating",), 1), (("Downtown",), 2)]
    assert review.without_button.isHidden()
    for _ in range(2):
        line = review.words.table.rows.what(review.words.table.currentIndex().row())
        person.choose("Central" if line.field == "home_area" else "Active")
    assert not review.words.open_lines
    person.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert review.pages.currentIndex() == COMES and review.go_button.text() == "Import 2 people"
    person.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: person.wizard.steps.currentWidget() is person.wizard.result)
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 6)
    assert {line.name: line.home_area for line in page.table.people.rows}["Min Ok"] == "Central"
    kept = page.desk.read(learnt)
    assert {(word["text"].casefold(), word["meaning"]) for word in kept} == {
        ("downtown", "Central"),
        ("floating", "active"),
    }


def test_tab_goes_from_word_to_word_without_an_answer_and_then_on(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [("Ani Lo", "a@example.org", "Downtown", "Active"), ("Min Ok", "m@example.org", "Seaside", "Active")]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    words = person.wizard.review.words.table
    first = words.currentIndex().row()
    person.key(Qt.Key.Key_Tab)
    assert words.rows.what(words.currentIndex().row()).texts == ("Seaside",)
    person.key(Qt.Key.Key_Tab)
    assert words.currentIndex().row() == first


def test_rows_of_a_word_are_left_out_only_where_that_is_chosen_and_it_can_be_taken_back(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [("Ani Lo", "a@example.org", "Downtown", "Active"), ("Min Ok", "m@example.org", "West", "Active")]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    review = person.wizard.review
    person.choose("Leave this row out")
    assert looked(person).report is not None and looked(person).report.new == 1
    line = next(line for line in review.words.lines if line.texts == ("Downtown",))
    assert (line.how, line.meaning) == ("told", "leave out"), "the answer stays on view"
    review.words.told.emit("home_area", "Downtown", "new")
    looked_through(qtbot, person.wizard)
    assert looked(person).report.new == 2


def test_what_is_open_is_left_out_by_a_second_button_that_says_how_many(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [("Ani Lo", "a@example.org", "Downtown", "Active"), ("Min Ok", "m@example.org", "West", "Active")]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    review = person.wizard.review
    review.turn_to(COMES)
    assert review.go_button.text() == "Next: words"
    assert review.without_button.text() == "Import 1 person without 1 row"
    person.click(review.without_button)
    qtbot.waitUntil(lambda: person.wizard.steps.currentWidget() is person.wizard.result)
    assert person.wizard.done.text() == "1 person added, 1 row left out."


def test_somebody_new_at_a_known_address_is_answered_by_a_digit_and_nobody_is_renamed(
    qtbot: QtBot, page: PeoplePage
) -> None:
    person = opened(qtbot, page, CASES / "01-shared-email" / "new.csv")
    who = person.wizard.review.who
    assert [button.accessibleName() for button in who.buttons] == [
        "This is Ana Ruiz (V001)",
        "Somebody new",
        "Leave line 2 out",
    ]
    titles = who.compare.sides.titles if who.compare.sides is not None else ()
    assert titles == ("Ana Ruiz", "Line 2")
    person.key(Qt.Key.Key_2)
    assert who.open == [] and looked(person).report.new == 1
    person.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    person.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.filtered.rowCount() == 5)
    assert {"Ana Ruiz", "Leo Ruiz"} <= names(page)


def test_a_value_of_the_record_is_kept_where_it_is_chosen(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    path = table(tmp_path, ("Name", "E-mail", "Bureau"), ("Leo Ruiz", "ruiz@example.org", "South"))
    person = opened(qtbot, page, path)
    who = person.wizard.review.who
    assert who.compare.kept["name"].isChecked(), "a contact alone renames nobody"
    assert not who.compare.kept["home_area"].isChecked()
    person.click(who.compare.kept["home_area"], QPoint(12, 12))
    person.key(Qt.Key.Key_1)
    assert looked(person).report.unchanged == 1


def test_an_answer_can_be_given_otherwise_and_a_question_put_off_stays_open(qtbot: QtBot, page: PeoplePage) -> None:
    person = opened(qtbot, page, CASES / "05-leading-zero" / "after_excel.csv")
    who = person.wizard.review.who
    first = who.open[0] if who.open else None
    if first is None:
        pytest.fail("the file asks nothing")
    count = len(who.open)
    person.key(Qt.Key.Key_1)
    assert len(who.open) == count - 1
    person.key(Qt.Key.Key_PageUp)
    who.list.setCurrentRow(list(who.entries).index(first))
    person.key(Qt.Key.Key_2)
    decided = looked(person).asked.decided
    assert first[0][0] in decided.new and first[0][0] not in decided.same
    who.later.click()
    assert len(who.open) == count - 1


def test_the_header_row_is_chosen_by_a_click_and_a_total_is_taken_as_a_row(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Our people\nName,E-mail\nAni Lo,a@example.org\nMin Ok,m@example.org\nTotal: 2,\n", encoding="utf-8"
    )
    person = opened(qtbot, page, path)
    review = person.wizard.review
    review.turn_to(FILE)
    assert looked(person).preview.header_line == 2 and review.file.header.text() == "2"
    line = looked(person).preview.left_out[-1][0]
    review.file._keep(line)
    looked_through(qtbot, person.wizard)
    assert looked(person).preview.count == 3
    review.turn_to(FILE)
    index = review.file.rows.index(0, 1)
    person.click(review.file.table.viewport(), review.file.table.visualRect(index).center())
    assert looked(person).preview.header_line == 1
    assert review.pages.currentIndex() == FILE and not review.go_button.isEnabled(), "no column of names is left"


def test_sheets_that_hold_such_a_table_are_offered_together(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for n, name in enumerate(("North", "Old")):
        sheet = book.active if n == 0 else book.create_sheet()
        sheet.title = name
        sheet.append(["Name", "E-mail"])
        sheet.append([f"Somebody {name}", f"{name}@example.org"])
    path = tmp_path / "two.xlsx"
    book.save(path)
    wizard = drop(page, path)
    qtbot.waitUntil(wizard.sheets.isVisible)
    assert [button.text() for button in wizard.sheets.buttons] == ["North", "Old", "All of them together"]
    wizard.sheets.buttons[0].click()
    looked_through(qtbot, wizard)
    assert wizard.looked is not None and wizard.looked.preview.sheet == "North"
    assert wizard.review.go_button.text() == "Import 1 person"


def test_every_page_is_empty_until_another_file_was_read(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    person = opened(qtbot, page, CASES / "01-shared-email" / "new.csv")
    bad = tmp_path / "photo.csv"
    bad.write_bytes(b"\x00\x01\x02" * 50)
    person.wizard.open_file(bad)
    assert person.wizard.steps.currentWidget() is person.wizard.start
    assert not person.wizard.review.who.entries and not person.wizard.review.words.lines
    qtbot.waitUntil(lambda: bool(person.wizard.start_fault.text()))
    assert person.wizard.looked is None


def test_a_file_whose_reading_is_stopped_is_let_go(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    wizard = drop(page, table(tmp_path, HEADER, ("Ani Lo", "a@example.org", "West", "Active")))
    wizard.stop()
    assert wizard.asked is None and wizard.looked is None
    qtbot.waitUntil(lambda: not wizard.desk.is_reading)
    assert wizard.looked is None and wizard.steps.currentWidget() is wizard.start


@pytest.fixture
def long_log(tmp_path: Path) -> Path:
    """Return a log that takes a while to read."""
    rows = ((f"2026-11-{1 + n % 28:02d} {n % 24:02d}:{n % 60:02d}", "Valley", "fire") for n in range(15_000))
    return table(tmp_path, ("timestamp", "area", "type"), *rows, name="log.csv")


@pytest.mark.parametrize("way", ["stop", "leave", "another file"])
def test_reading_ends_where_it_is_stopped_left_or_given_up_for_another_file(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path, long_log: Path, way: str
) -> None:
    wizard, told = drop(page, long_log), list[float]()
    other = table(tmp_path, HEADER, ("Ani Lo", "a@example.org", "West", "Active"))
    wizard.desk.progressed.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    wizard.desk.progressed.disconnect()
    wizard.desk.progressed.connect(told.append)
    {"stop": wizard.stop, "leave": wizard.closed.emit, "another file": lambda: wizard.open_file(other)}[way]()
    qtbot.waitUntil(lambda: not wizard.desk.is_reading)
    if way == "another file":
        looked_through(qtbot, wizard)
        assert wizard.looked is not None and wizard.looked.preview.file == "file.csv"
    else:
        assert wizard.looked is None
        assert max(told) < 0.9, "it did not run to its end"


def test_answers_that_are_looked_through_can_be_stopped_and_the_file_stays_as_it_was(
    qtbot: QtBot, page: PeoplePage, long_log: Path
) -> None:
    person = opened(qtbot, page, long_log)
    wizard, told = person.wizard, list[float]()
    before = looked(person)
    wizard.desk.progressed.connect(told.append)
    wizard.review.comes.whole.emit("row_per_victim", True)
    qtbot.waitUntil(lambda: bool(told))
    wizard.stop()
    qtbot.waitUntil(lambda: not wizard.desk.is_reading)
    assert looked(person) is before and max(told) < 0.9
    assert wizard.review.outcome.text() == "Stopped. This is the file as it was read before."


def test_how_far_a_long_reading_is_stands_beside_the_way_to_stop_it(
    qtbot: QtBot, page: PeoplePage, long_log: Path
) -> None:
    wizard = page.wizard
    wizard.patience.setInterval(0)
    drop(page, long_log)
    qtbot.waitUntil(wizard.stop_button.hasFocus)
    qtbot.waitUntil(lambda: wizard.invitation.text().endswith(" %"))
    assert wizard.invitation.text().startswith("Reading log.csv: ") and wizard.stop_button.isVisible()
    qtbot.mouseClick(wizard.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not wizard.desk.is_reading)
    assert wizard.looked is None


def test_an_import_that_is_stopped_writes_nothing(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    person = opened(qtbot, page, table(tmp_path, HEADER, ("Ani Lo", "a@example.org", "West", "Active")))
    with pytest.raises(CrtError, match=r"Stopped\. Nothing of file\.csv was written\."):
        take(page.desk.store, looked(person), is_stopped=lambda: True)
    assert take(page.desk.store, looked(person)).new == 1, "it can be imported after all"


def test_two_columns_are_read_as_one(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    person = opened(qtbot, page, table(tmp_path, ("Badge", "Call name", "Rest"), ("7", "Ana", "Cano")))
    mapping = person.wizard.review.mapping
    row = next(n for n, (each, _) in enumerate(mapping.rows.rows) if each.field == "name")
    mapping.keep(mapping.rows.index(row, 1), "Call name")
    looked_through(qtbot, person.wizard)
    kept = dict(mapping.choices_of(mapping.rows.index(row, 1)))
    assert kept["Call name + Rest"] == "Call name + Rest together"
    mapping.keep(mapping.rows.index(row, 1), "Call name + Rest")
    looked_through(qtbot, person.wizard)
    assert mapping.rows.rows[row][1][2].words == "Ana Cano"
    assert looked(person).report is not None and looked(person).report.new == 1


def test_every_kind_of_file_can_be_chosen_and_blanks_wipe_only_where_that_is_ticked(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    person = opened(qtbot, page, table(tmp_path, ("id", "name", "phone"), ("V001", "Ana Ruiz", "")))
    kinds = {person.wizard.kind.itemData(n) for n in range(person.wizard.kind.count())}
    assert kinds == set(imports.KINDS)
    assert looked(person).report is not None and looked(person).report.changed == 0
    person.click(person.wizard.review.comes.choices["empty_clears"], QPoint(10, 10))
    assert looked(person).report.changed == 1


def test_two_rows_of_one_id_lie_side_by_side_and_are_one_person_only_if_that_is_said(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = ("V010", "Ida Moss", "i@example.org"), ("V010", "Ben Holt", "j@example.org"), ("V011", "Jo Fir", "")
    person = opened(qtbot, page, table(tmp_path, ("id", "name", "email"), *rows))
    who = person.wizard.review.who
    assert person.wizard.review.pages.currentIndex() == WHO
    assert who.heading.text() == "Are lines 2 and 3 one person?"
    assert who.why.text().startswith("Both have the id V010, but line 2 is Ida Moss and line 3 Ben Holt.")
    assert who.compare.sides is not None and who.compare.sides.titles == ("Line 2", "Ben Holt", "Line 3")
    assert [button.accessibleName() for button in who.buttons] == [
        "One person, as on the right", "This is Ben Holt (V002)", "Two people", "Leave line 3 out",
    ]  # fmt: skip
    assert who.buttons[0].property("kind") != "primary", "their names are two"
    person.key(Qt.Key.Key_3)
    assert looked(person).report is not None and looked(person).report.new == 3
    person.key(Qt.Key.Key_2)
    assert (looked(person).report.new, looked(person).report.changed) == (2, 1)


def test_a_row_of_a_further_sheet_is_named_with_its_sheet_on_every_page(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    person = opened(qtbot, page, two_sheets(tmp_path))
    review = person.wizard.review
    who = review.who
    assert [who.list.item(n).text() for n in range(who.list.count())] == [
        'Is "Leo Ruiz" on line 2 of sheet West Bureau Ana Ruiz (V001), or somebody new?',
        "Are lines 2 of sheet Valley and 3 of sheet West Bureau one person?",
    ]
    review.turn_to(WHO)
    person.key(Qt.Key.Key_2)
    assert who.compare.sides is not None
    assert who.compare.sides.titles == ("Line 2 of sheet Valley", "Line 3 of sheet West Bureau")
    assert [row.texts for row in who.compare.sides.rows if row.field == "email"] == [("ida@example.org", "")]
    person.key(Qt.Key.Key_1)
    review.turn_to(WORDS)
    person.choose("On leave")
    assert looked(person).report is not None and looked(person).report.new == 3
    first = review.file.rows.rows[0]
    assert first[1][0].words == "Valley!1" and first[1][-1].words == "headers"
    person.click(review.go_button)
    person.click(review.go_button)
    qtbot.waitUntil(lambda: person.wizard.steps.currentWidget() is person.wizard.result)
    assert {"Leo Ruiz", "Ida Moss", "Jo Fir"} <= names(page)


def test_every_field_of_every_kind_of_file_has_a_label_of_its_own() -> None:
    bare = {ours for kind in kinds.ALL for ours in kind.fields if field_label(ours) == ours}
    assert bare == set()


def test_two_unclear_names_of_one_call_are_two_questions_answered_one_by_one(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = ("Mara Ruiz", "m@example.org"), ("Ben Hold", "h@example.org")
    imports.run(page.desk.store, "people", table(tmp_path, ("name", "email"), *rows))
    header = ("number", "timestamp", "area", "responders")
    call = ("Q-1", "2026-11-09 18:05", "Valley", "Ruiz; Ben; Dov Katz")
    person = opened(qtbot, page, table(tmp_path, header, call, name="calls.csv"))
    who = person.wizard.review.who
    assert [who.list.item(n).text() for n in range(who.list.count())] == [
        'Is "Ben" on line 2 Ben Holt (V002) or Ben Hold (V005)?',
        'Is "Ruiz" on line 2 Ana Ruiz (V001) or Mara Ruiz (V006)?',
    ]
    person.key(Qt.Key.Key_1)
    assert len(who.open) == 1 and who.heading.text().startswith('Is "Ruiz"')
    person.key(Qt.Key.Key_2)
    assert who.open == [] and dict(looked(person).asked.decided.named) == {(2, "ben"): "V002", (2, "ruiz"): "V006"}
    assert looked(person).report is not None and looked(person).report.new == 1
    who.list.setCurrentRow(0)
    person.key(Qt.Key.Key_2)
    assert looked(person).asked.decided.named[2, "ben"] == "V005", "an answer can be given otherwise"


def test_what_holds_for_a_whole_file_is_ticked_where_the_file_has_it_and_nowhere_else(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    boxes = page.wizard.review.comes.choices
    poll = table(tmp_path, ("Name", "Jan 9", "Jan 10"), ("Ana Ruiz", "D", "N"), name="poll.csv")
    person = opened(qtbot, page, poll)
    review = person.wizard.review
    review.turn_to(COMES)
    assert {name for name, box in boxes.items() if box.isVisible()} == {"replaces", "only"}
    assert looked(person).report.new == 0, "what somebody can do is nothing to keep"
    person.click(boxes["only"], QPoint(10, 10))
    assert looked(person).report.new == 2, "and what they cannot do is"
    person.click(review.go_button)
    qtbot.waitUntil(lambda: person.wizard.steps.currentWidget() is person.wizard.result)
    header, call = ("timestamp", "area", "type"), ("2026-11-09 18:05", "Valley", "fire")
    person = opened(qtbot, page, table(tmp_path, header, call, call, name="log.csv"))
    assert {name for name, box in boxes.items() if box.isVisible()} == {"row_per_victim"}
    assert looked(person).report.new == 2
    person.click(boxes["row_per_victim"], QPoint(10, 10))
    assert (looked(person).report.new, looked(person).report.unchanged) == (1, 1)
    person = opened(qtbot, page, table(tmp_path, header, call, name="other.csv"))
    assert not any(box.isVisible() for box in boxes.values())


def test_the_word_the_keys_stand_on_stays_while_another_answer_is_looked_through(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [(f"Person {n}", f"p{n}@example.org", f"Place {n}", "Active") for n in range(4)]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    words = person.wizard.review.words
    person.key(Qt.Key.Key_Tab)
    person.key(Qt.Key.Key_Tab)
    words.told.emit("home_area", "Place 0", "West")
    looked_through(qtbot, person.wizard)
    assert words.table.rows.what(words.table.currentIndex().row()).texts == ("Place 2",)
    assert len(words.open_lines) == 3
    words.to_answer.click()
    assert words.table.rows.rowCount() == 4, "three words under one heading"


def test_an_answer_that_the_file_refuses_leaves_all_as_it_was_and_says_why(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [("Ani Lo", "a@example.org", "Downtown", "Active"), ("Min Ok", "m@example.org", "West", "Active")]
    person = opened(qtbot, page, table(tmp_path, HEADER, *rows))
    before = looked(person)
    person.wizard.review.words.told.emit("home_area", "Downtown", "Atlantis")
    qtbot.waitUntil(lambda: "Atlantis" in person.wizard.review.outcome.text())
    assert person.wizard.looked is before and person.wizard.asked is before.asked
    assert len(person.wizard.review.words.open_lines) == 1


def test_old_workbooks_and_open_document_tables_can_be_chosen(qtbot: QtBot, page: PeoplePage) -> None:
    page.open_wizard("answers")
    wizard = page.wizard
    assert wizard.kind.currentData() == "answers"
    assert "OpenDocument" in wizard.invitation.text()
    wizard.choose_file()
    dialog = wizard.findChild(QFileDialog)
    assert dialog is not None and all(f"*.{end}" in dialog.nameFilters()[0] for end in ("xls", "ods", "xlsx", "csv"))
    dialog.close()


def test_what_is_typed_on_the_command_line_is_not_told_in_the_window() -> None:
    assert plain_words("Is it Ana? The name is hers. Answer with --same 2=V001 or --new 2.") == (
        "Is it Ana? The name is hers."
    )
    assert plain_words("--word area:Mid=X: 'X' is no word of area. Use one of: West.") == (
        "'X' is no word of area. Use one of: West."
    )
    assert plain_words("Say it with --header-row 3") == "Say it with --header-row 3", "better than nothing"


def test_rows_of_an_unknown_language_that_stay_out_are_still_listed_with_that_answer(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    path = table(tmp_path, ("Name", "Languages"), ("Ani Lo", "Klingonese"), ("Min Ok", "Korean"))
    person = opened(qtbot, page, path)
    words = person.wizard.review.words
    assert [line.texts for line in words.open_lines] == [("Klingonese",)]
    words.told.emit("languages", "Klingonese", "leave out")
    looked_through(qtbot, person.wizard)
    report = looked(person).report
    assert report is not None and report.new == 1 and not report.lines_out
    assert {line.texts: line.how for line in words.lines} == {("Klingonese",): "told", ("Korean",): "known"}
