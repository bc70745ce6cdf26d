"""Large acts in the window: taken back and repeated beside its thread, with a word on how far they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from crt_scheduler.store import open_store
from crt_scheduler.tables import Responder
from tests.crt_scheduler.team_build import responder
from tests.ui.build import NOW, city_people, deed
from ui.desk import Desk


def people(desk: Desk) -> int:
    """Return how many people the records hold."""
    count: int = desk.read(lambda session: session.scalar(select(func.count()).select_from(Responder)))
    return count


def test_a_large_import_is_undone_and_done_again_in_the_background_and_says_how_far_it_is(
    desk_on: Callable[..., Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    path = city_people(tmp_path)
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Add many") as session:
        for n in range(4000):
            responder(session, f"X{n:04d}", name=f"Nobody {n * 7919 % 15013} of place {n * 104729 % 99991}")
    store.close()
    desk = desk_on(path)
    for step, words, left in ((desk.undo, "Undone: Add many", 290), (desk.redo, "Done again: Add many", 4290)):
        said: list[str] = []
        doing: list[str] = []
        desk.said.connect(said.append)
        desk.working.connect(doing.append)
        step()
        assert said == []
        qtbot.waitUntil(lambda said=said, words=words: said == [words])
        assert any(word.endswith(" %") for word in doing)
        assert doing[-1] == ""
        assert people(desk) == left
        desk.said.disconnect(said.append)
        desk.working.disconnect(doing.append)


def test_a_small_act_is_undone_at_once(desk_on: Callable[..., Desk], tmp_path: Path) -> None:
    desk = desk_on(city_people(tmp_path))
    assert desk.do(deed("Add a person", responder, "X1"))
    said: list[str] = []
    desk.said.connect(said.append)
    desk.undo()
    assert said == ["Undone: Add a person"]
    assert people(desk) == 290
