"""From an empty folder to calendars on disk in one scripted run, with few clicks and keys and no words typed."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.first_hour import OPEN_SEATS_LOOKED_AT, Person, first_hour, open_in
from tests.ui.visit import wait
from ui.look import Look

AREAS = ("Central", "South", "West", "Valley")


def people_file(folder: Path, count: int) -> Path:
    """Write a list of people as a team may keep one, and return its path."""
    path = folder / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "kind", "role", "home_area", "languages", "email", "phone"))
        for n in range(count):
            role = "lead" if n % 2 else "responder"
            mail, phone = f"v{n}@example.org", f"+121355501{n:02d}"
            rows.writerow((f"V{n:02d}", f"Person {n:02d}", "volunteer", role, AREAS[n % 4], "Spanish", mail, phone))
    return path


def test_a_list_of_people_becomes_published_calendars_in_fewer_than_25_acts(
    qapp: QApplication, look: Look, tmp_path: Path
) -> None:
    person = Person()
    window = open_in(qapp, tmp_path, look)
    first_hour(window, people_file(tmp_path, 40), person)
    wait(lambda: window.desk.board is not None and window.desk.board.published is not None)
    board = window.desk.board
    window.close()
    assert board is not None and board.hard == ()
    assert len(board.gaps) > OPEN_SEATS_LOOKED_AT, "so few people leave seats open, which F8 walked through"
    assert person.acts.count("key F8") == OPEN_SEATS_LOOKED_AT
    assert len(person.acts) < 25
    on_call = {place.row.person for place in board.places}
    assert {path.stem for path in (tmp_path / "out" / "calendars").glob("*.ics")} >= on_call
