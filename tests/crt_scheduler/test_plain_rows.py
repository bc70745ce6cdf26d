"""Many rows read past the ORM: the same values, and what the act has changed so far among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.tables import Responder
from crt_scheduler.tables.record import Unreadable
from tests.crt_scheduler import team_build as build


def test_rows_read_as_columns_hold_what_the_act_changed_before_it_is_kept(tmp_path: Path) -> None:
    query = select(Responder.code, Responder.joined, Responder.languages).order_by(Responder.code)
    with build.team(tmp_path) as store, store.change("People") as session:
        who = build.responder(session, "Ana")
        assert [tuple(row) for row in plain_rows(session, query)] == [("Ana", who.joined, who.languages)]
        who.languages = ["es"]
        assert [tuple(row) for row in plain_rows(session, query)] == [("Ana", who.joined, ["es"])]


def test_a_damaged_value_is_told_from_a_sound_one(tmp_path: Path) -> None:
    with build.team(tmp_path) as store, store.change("People") as session:
        build.responder(session, "Ana")
        session.connection().exec_driver_sql("UPDATE responder SET joined = 'soon'")
        with pytest.raises(Unreadable):
            plain_rows(session, select(Responder.joined))
        session.connection().exec_driver_sql("UPDATE responder SET joined = NULL")
