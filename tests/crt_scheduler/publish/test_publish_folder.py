"""The folder that goes out: whole files whatever happens, repaired by publishing again, and only our own removed."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from crt_scheduler import writing
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import calendars, folder
from crt_scheduler.publish.folder import MARK_BYTES, STAGING
from crt_scheduler.publish.publishing import publish
from tests.crt_scheduler.publish.test_publish_build import contents, events, out_of, send, valley


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


OURS = b"BEGIN:VCALENDAR\r\nPRODID:-//CRT Scheduler//On call//EN\r\n"


def go_out(out: Path, files: Mapping[str, bytes], *, known: Collection[str] = (), force: bool = False) -> None:
    """Let files go out into a folder; calendars of ours that are not among them go."""
    with folder.held(out):
        staged, gone = folder.stage(out, files, in_step=("calendars/*.ics",), known=known, force=force)
        assert folder.is_staged(out, staged) and not folder.is_staged(out, "") and not folder.is_staged(out, "other")
        folder.place(out, staged, gone=gone, known=known, force=force)
        assert not folder.is_staged(out, staged)


@pytest.mark.parametrize(
    ("name", "there", "is_replaced"),
    [
        ("calendars/V1.ics", b"", True),
        ("calendars/V1.ics", OURS, True),
        ("calendars/V1.ics", b"BEGIN:VCALENDAR of mine", False),
        ("calendars/V1.ics", b" " * (MARK_BYTES - 13) + b"CRT Scheduler", True),
        ("calendars/V1.ics", b" " * (MARK_BYTES - 12) + b"CRT Scheduler", False),
        ("roster/roster.csv", b"", True),
        ("roster/roster.csv", b"date,CRT Scheduler", False),
        ("roster/roster.csv", b"known", True),
        ("calendars/V1.ics", b"known", False),
        ("mail/V1.eml", b"X-Mailer: CRT Scheduler", True),
        ("changes/V1.txt", b"CRT Scheduler: on-call shifts", True),
        ("sheet.pdf", b"%PDF CRT Scheduler", False),
    ],
)
def test_a_file_gives_way_only_if_it_is_empty_or_known_to_be_ours(
    tmp_path: Path, name: str, there: bytes, is_replaced: bool
) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(there)
    new, known = OURS + b"new", {writing.digest(b"known")}
    if not is_replaced:
        with pytest.raises(CrtError, match=rf"did not write: {name}\. Choose another folder, or add --force"):
            go_out(tmp_path, {name: new}, known=known)
        assert file.read_bytes() == there
        go_out(tmp_path, {name: new}, known=known, force=True)
    else:
        go_out(tmp_path, {name: new}, known=known)
    assert contents(tmp_path) == {name: new}
    go_out(tmp_path, {name: OURS + b"newer"})  # what this computer wrote it knows by itself
    assert contents(tmp_path) == {name: OURS + b"newer"}


@pytest.mark.parametrize(("count", "more"), [(3, ""), (4, " and 1 more"), (9, " and 6 more")])
def test_strangers_in_the_folder_are_named_up_to_three(tmp_path: Path, count: int, more: str) -> None:
    names = [f"V{n}.csv" for n in range(count)]
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(CrtError, match=rf"did not write: V0\.csv, V1\.csv, V2\.csv{more}\. Choose"):
        go_out(tmp_path, dict.fromkeys(names, b"new"))


def test_calendars_that_nobody_has_any_more_go_and_their_folder_with_the_last(tmp_path: Path) -> None:
    go_out(tmp_path, {"calendars/V1.ics": OURS, "calendars/V2.ics": OURS, "roster/Valley.ics": OURS})
    go_out(tmp_path, {"calendars/V1.ics": OURS, "calendars/V3.ics": OURS})
    assert set(contents(tmp_path)) == {"calendars/V1.ics", "calendars/V3.ics", "roster/Valley.ics"}
    (tmp_path / "calendars" / "V3.ics").write_text("of mine by now")
    go_out(tmp_path, {"roster/Valley.ics": OURS})
    assert set(contents(tmp_path)) == {"calendars/V3.ics", "roster/Valley.ics"}
    (tmp_path / "calendars" / "V3.ics").write_bytes(OURS)
    go_out(tmp_path, {"roster/Valley.ics": OURS})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["roster"]


def test_a_file_that_holds_the_same_already_is_left_alone_but_closed_to_others(tmp_path: Path) -> None:
    go_out(tmp_path, {"V1.ics": OURS, "V2.ics": OURS})
    before = (tmp_path / "V1.ics").stat().st_ino
    (tmp_path / "V1.ics").chmod(0o644)
    go_out(tmp_path, {"V1.ics": OURS, "V2.ics": OURS[:-1] + b"."})
    assert ((tmp_path / "V1.ics").stat().st_ino, (tmp_path / "V1.ics").stat().st_mode & 0o777) == (before, 0o600)
    assert (tmp_path / "V2.ics").read_bytes() == OURS[:-1] + b"."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no pipes in folders.")
def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "V1.ics")
    (tmp_path / "V2.ics").mkdir()
    for name in ("V1.ics", "V2.ics"):
        with pytest.raises(CrtError, match="cannot be written to"):
            go_out(tmp_path, {name: OURS}, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["V1.ics", "V2.ics"]


def test_a_folder_made_for_nothing_is_taken_away_again_and_one_that_was_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for out in (tmp_path / "there", tmp_path / "new" / "deep"):
        with folder.held(out):
            assert (out / STAGING).is_dir()
            with pytest.raises(folder.Busy, match="Another program is publishing into"), folder.held(out):
                pass
    assert [path.name for path in tmp_path.iterdir()] == ["there"] and not contents(tmp_path)


def test_what_was_staged_and_never_promised_is_cleared_and_forgotten(tmp_path: Path) -> None:
    with folder.held(tmp_path):
        folder.stage(tmp_path, {"roster/roster.csv": b"new"}, in_step=(), known=(), force=False)
        assert folder.abandon(tmp_path)
    assert not any(tmp_path.iterdir())
    (tmp_path / "roster").mkdir()
    (tmp_path / "roster" / "roster.csv").write_bytes(b"new")
    with pytest.raises(CrtError, match="did not write"):
        go_out(tmp_path, {"roster/roster.csv": b"newer"})


def test_a_name_that_no_folder_can_have_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="no folder can have such a name"):
        folder.named(Path("out\ud800"))
    assert folder.named(tmp_path / "new") == tmp_path / "new"
