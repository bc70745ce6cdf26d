"""The folder that goes out: whole files whatever happens, repaired by publishing again, and only our own removed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from crt_scheduler.errors import CrtError
from crt_scheduler.publish import calendars, folder
from crt_scheduler.publish.publishing import publish
from tests.crt_scheduler.test_publish_build import NINTH, contents, drop, lint, out_of, pack, send, valley

KILLED = """
    import os, signal, sys, datetime as dt
    from pathlib import Path
    from crt_scheduler.publish import folder
    from crt_scheduler.publish.publishing import publish
    from crt_scheduler.store import open_store

    left = int(sys.argv[3])
    write, replace = folder._write, Path.replace

    def die(act):
        def step(*words):
            global left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return act(*words)
        return step

    folder._write, Path.replace = die(write), die(replace)
    store = open_store(sys.argv[1], who="coordinator", now=dt.datetime.fromisoformat(sys.argv[4]))
    publish(store, "2027-01", Path(sys.argv[2]), eml=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="This system cannot kill a program at once.")
@pytest.mark.parametrize("steps", [3, 14])
def test_killed_after_the_records_were_kept_publishing_again_repairs_the_folder(tmp_path: Path, steps: int) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True)
        before = contents(out_of(store))
        drop(store, NINTH, "V2")
        words = [str(store.path), str(out_of(store)), str(steps), store.now.isoformat()]
        ran = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), *words], check=False, cwd=Path.cwd())
        assert ran.returncode == -signal.SIGKILL
        half = {p: c for p, c in contents(out_of(store)).items() if not p.startswith(folder.STAGING)}
        assert lint(*(out_of(store) / "calendars").glob("*.ics")) == ""
        report = publish(store, "2027-01", out_of(store), eml=True)
        assert (report.version, report.is_new_version) == (2, False)
        after = contents(out_of(store))
        assert after["calendars/V2.ics"] != before["calendars/V2.ics"]
        assert set(half.items()) <= set(before.items()) | set(after.items())
        assert sorted(pack(store, 2)) == ["V1.ics", "V1.txt", "V2.ics", "V2.txt"]
        assert sorted(contents(out_of(store) / "mail")) == ["2027-01-v2/V1.eml", "2027-01-v2/V2.eml"]
        fresh = tmp_path / "fresh"
        publish(store, "2027-01", fresh, eml=True)
        assert contents(fresh) == {path: c for path, c in after.items() if "-v1/" not in path}


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
