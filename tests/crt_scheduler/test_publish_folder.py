"""The folder that goes out: whole files whatever happens, repaired by publishing again, and only our own removed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from crt_scheduler.errors import CrtError
from crt_scheduler.publish import calendars
from crt_scheduler.publish.folder import STAGING
from crt_scheduler.publish.publishing import publish
from tests.crt_scheduler.test_publish_build import contents, events, out_of, send, valley


def test_parts_no_longer_needed_are_removed_and_strangers_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with valley(tmp_path) as store:
        with monkeypatch.context() as few:
            few.setattr(calendars, "MOST_EVENTS", 3)
            send(store)
        assert (out_of(store) / "roster" / "Valley-2027-01-2.ics").exists()
        (out_of(store) / "calendars" / "holidays.ics").write_text("of somebody else", encoding="utf-8")
        (out_of(store) / "calendars" / "notes.txt").write_text("CRT Scheduler", encoding="utf-8")
        send(store)
        assert not (out_of(store) / "roster" / "Valley-2027-01-2.ics").exists()
        assert {"holidays.ics", "notes.txt"} <= set(contents(out_of(store) / "calendars"))


def test_a_file_in_the_folders_place_is_refused_before_anything_is_promised(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        out_of(store).write_text("", encoding="utf-8")
        revision = store.revision()
        with pytest.raises(CrtError, match=r"is a file\. Name a folder"):
            send(store)
        assert store.revision() == revision and not (tmp_path / "backups").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with pytest.raises(CrtError, match=r"cannot be written to .* choose another folder"):
            publish(store, "2027-01", tmp_path / "file" / "out")
        (out_of(store) / "calendars" / "V1.ics").mkdir(parents=True)
        with pytest.raises(CrtError, match="cannot be written to"):
            send(store)
        (out_of(store) / "calendars" / "V1.ics").rmdir()
        assert send(store).version == 1


def test_no_staging_is_left_behind(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        assert sorted(path.name for path in out_of(store).iterdir()) == ["calendars", "changes", "roster"]


def test_a_folder_within_that_lies_on_another_disk_takes_its_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def across(source: str | Path, target: str | Path) -> None:
        if STAGING in Path(source).parts:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    with valley(tmp_path) as store:
        monkeypatch.setattr(os, "replace", across)
        send(store)
        assert list(events(store, "V1")) == ["01-10"]
        assert not (out_of(store) / STAGING).exists()
