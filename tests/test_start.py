"""The front step: what it says, what it installs and when, with recorded commands instead of pip and apt."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from venv import create

import pytest

from crt_scheduler import start
from crt_scheduler.start import audit, door, doors, in_place, main_job, qt, venv
from crt_scheduler.start.machine import Machine, Trouble, this_machine

Answer = Callable[[Sequence[str]], int]


class Recorder:
    """A machine that writes down what it is asked to run and say, and answers with exit codes."""

    def __init__(self, answer: Answer = lambda command: 0, agrees: bool = False) -> None:
        self.answer = answer
        self.agrees = agrees
        self.commands: list[str] = []
        self.said: list[str] = []
        self.questions: list[str] = []

    def run(self, command: Sequence[str]) -> int:
        """Note a command and answer it; making a .venv leaves a Python in it."""
        self.commands.append(" ".join(command))
        if "venv" in command:
            python = in_place.venv_python(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return self.answer(command)

    def ask(self, question: str) -> bool:
        """Note a question and give the person's answer."""
        self.questions.append(question)
        return self.agrees

    def machine(self, *, root: bool = False, apt: bool = True, sudo: bool = False, terminal: bool = False) -> Machine:
        """This recorder as a machine with these rights."""
        return Machine(
            run=self.run,
            say=self.said.append,
            agrees=self.ask,
            is_root=root,
            has_apt=apt,
            has_sudo=sudo,
            has_terminal=terminal,
        )

    def ran(self, words: str) -> int:
        """How many of the commands hold these words."""
        return sum(words in command for command in self.commands)


def project(folder: Path) -> Path:
    """A folder with the files an installation depends on."""
    for name in (doors.RUN_LOCK, doors.TEST_LOCK, "pyproject.toml"):
        (folder / name).write_text(f"{name}, first form\n", encoding="utf-8")
    return folder


def pins(lock: Path) -> set[str]:
    """The `name==version ; marker` lines of a lock."""
    return {line.rstrip(" \\") for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line[:60]}


def test_an_old_python_is_told_what_it_needs() -> None:
    assert door.too_old((3, 9, 2)) == (
        "CRT Scheduler needs Python 3.11 or newer, and this is 3.9.2: install a newer one and start again with it."
    )
    assert door.too_old((3, 11, 0)) == ""
    assert door.too_old((4, 0, 0)) == ""


def test_the_front_step_still_parses_on_a_python_that_is_too_old_so_that_its_sentence_is_seen() -> None:
    for file in Path(start.__file__).parent.glob("*.py"):
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_first_start_makes_the_venv_and_installs_the_lock_by_its_hashes(tmp_path: Path) -> None:
    recorder = Recorder()
    venv.get_ready(project(tmp_path), doors.RUN_LOCK, recorder.machine())
    assert recorder.ran("-m venv") == 1
    assert recorder.ran("--no-deps --require-hashes --only-binary :all: -r") == 1
    assert recorder.ran("pip install") == 1, "nothing is built: the project is put in place by the start itself"
    assert recorder.said[0] == "Making .venv."


def test_the_lock_is_complete_for_it_is_installed_as_it_stands_without_looking_for_what_a_package_needs() -> None:
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def city_of_words(root: Path) -> Path:
    """A project whose program says the words it was given and where it was started."""
    (root / "crt_scheduler").mkdir(parents=True)
    (root / "crt_scheduler" / "__init__.py").touch()
    (root / "crt_scheduler" / "__main__.py").write_text(
        "import os, sys; print(*sys.argv[1:], os.path.basename(os.getcwd()), sep='/')", encoding="utf-8"
    )
    return root


@pytest.mark.skipif(sys.platform == "win32", reason="the command is a .cmd there")
def test_the_command_in_the_venv_runs_the_project_where_it_lies_from_any_folder(tmp_path: Path) -> None:
    root = city_of_words(tmp_path / "Ana's café")
    create(root / ".venv", symlinks=True)
    (in_place.site_packages(root / ".venv")[0] / "crt_scheduler-0.1.0.dist-info").mkdir()
    in_place.put_in_place(root)
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "crt_scheduler.py").parent.mkdir()
    (elsewhere / "crt_scheduler.py").write_text("raise SystemExit('a stray file was run')", encoding="utf-8")
    command = [str(root / ".venv" / "bin" / "crt-scheduler"), "two words", "--json"]
    surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    said = subprocess.run(command, cwd=elsewhere, env=surroundings, capture_output=True, text=True, check=False)
    assert (said.stdout, said.stderr) == ("two words/--json/elsewhere\n", "")
    assert not list(root.rglob("*.dist-info")), "what pip once built of the project is gone"


def test_a_second_start_reinstalls_nothing_and_says_nothing(tmp_path: Path) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    second = Recorder()
    venv.get_ready(root, doors.RUN_LOCK, second.machine())
    assert second.ran("pip install") == 0 and second.ran("-m venv") == 0
    assert second.said == []


def test_run_after_test_reinstalls_nothing_but_test_after_run_adds_the_tools(tmp_path: Path) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    tools = Recorder()
    venv.get_ready(root, doors.TEST_LOCK, tools.machine())
    assert tools.ran(doors.TEST_LOCK) == 1
    back = Recorder()
    venv.get_ready(root, doors.RUN_LOCK, back.machine())
    assert back.ran("pip install") == 0


@pytest.mark.parametrize("name", [doors.RUN_LOCK, "pyproject.toml"])
def test_a_changed_lock_or_project_is_installed_again(tmp_path: Path, name: str) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    (root / name).write_text("second form\n", encoding="utf-8")
    again = Recorder()
    venv.get_ready(root, doors.RUN_LOCK, again.machine())
    assert again.ran("--require-hashes") == 1 and again.ran("-m venv") == 0


def test_installing_the_app_alone_forgets_that_the_tools_were_of_an_older_lock(tmp_path: Path) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.TEST_LOCK, Recorder().machine())
    first = (root / doors.RUN_LOCK).read_text(encoding="utf-8")
    (root / doors.RUN_LOCK).write_text("second form\n", encoding="utf-8")
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    (root / doors.RUN_LOCK).write_text(first, encoding="utf-8")
    assert not venv.is_installed(root, doors.TEST_LOCK)


def test_a_moved_project_is_installed_again(tmp_path: Path) -> None:
    root = project(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    assert venv.digest(root, doors.RUN_LOCK) != venv.digest(project(tmp_path / "elsewhere"), doors.RUN_LOCK)


def test_without_network_the_start_stops_with_a_sentence_and_tries_again_next_time(tmp_path: Path) -> None:
    root = project(tmp_path)
    offline = Recorder(answer=lambda command: 1 if "pip" in command else 0)
    with pytest.raises(Trouble, match="see to the network, start again"):
        venv.get_ready(root, doors.RUN_LOCK, offline.machine())
    assert not venv.is_installed(root, doors.RUN_LOCK)
    online = Recorder()
    venv.get_ready(root, doors.RUN_LOCK, online.machine())
    assert online.ran("-m venv") == 0, "what pip refused cleanly leaves a good .venv"
    assert venv.is_installed(root, doors.RUN_LOCK)


def killed(command: Sequence[str]) -> int:
    """Ctrl+C while pip is at work."""
    if "pip" in command:
        raise KeyboardInterrupt
    return 0


@pytest.mark.parametrize("end", [killed, lambda command: 137 if "pip" in command else 0], ids=["ctrl-c", "killed"])
def test_a_start_after_a_killed_installation_makes_the_venv_anew(tmp_path: Path, end: Answer) -> None:
    root = project(tmp_path)
    with pytest.raises((KeyboardInterrupt, Trouble)):
        venv.get_ready(root, doors.RUN_LOCK, Recorder(answer=end).machine())
    healed = Recorder()
    venv.get_ready(root, doors.RUN_LOCK, healed.machine())
    assert healed.ran("-m venv --clear") == 1
    assert healed.said[0] == "Making .venv anew: what is there cannot be used."
    assert venv.is_installed(root, doors.RUN_LOCK)


def test_a_venv_whose_python_no_longer_works_is_made_anew(tmp_path: Path) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    broken = Recorder(answer=lambda command: int("-c" in command))
    venv.make_venv(root, broken.machine())
    assert broken.ran("-m venv --clear") == 1


def test_a_venv_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    refusing = Recorder(answer=lambda command: int("venv" in command))
    with pytest.raises(Trouble, match=r"could not make \.venv"):
        venv.make_venv(project(tmp_path), refusing.machine())


def test_a_bare_debian_without_venv_is_told_the_one_line_to_type() -> None:
    with pytest.raises(Trouble, match=r"start again: sudo apt install python3-venv$"):
        venv.need_venv_package(Recorder().machine())
    with pytest.raises(Trouble, match="your system's package"):
        venv.need_venv_package(Recorder().machine(apt=False))


def test_root_on_a_bare_debian_gets_venv_installed() -> None:
    recorder = Recorder()
    venv.need_venv_package(recorder.machine(root=True))
    assert recorder.ran("apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends python3-venv") == 1


def test_missing_libraries_are_named_by_their_debian_packages() -> None:
    def loads(soname: str) -> bool:
        return soname not in ("libGL.so.1", "libxcb-cursor.so.0")

    assert qt.missing_for_qt(loads, {}) == ("libgl1",)
    assert qt.missing_for_qt(loads, {"DISPLAY": ":0"}) == ("libgl1", "libxcb-cursor0")
    assert qt.missing_for_qt(lambda soname: "wayland" not in soname, {"WAYLAND_DISPLAY": "wayland-0"}) == (
        *("libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
    )
    assert qt.missing_for_qt(lambda soname: True, {"DISPLAY": ":0"}) == ()


def test_a_library_is_looked_for_as_the_loader_does() -> None:
    assert not qt.can_load("libno-such-library-anywhere.so.0")


def test_a_display_is_an_x_or_wayland_one_and_always_there_on_windows_and_macos() -> None:
    assert qt.has_display({"DISPLAY": ":0"}, "linux")
    assert qt.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert qt.has_display({}, "win32") and qt.has_display({}, "darwin")
    assert qt.has_display({"QT_QPA_PLATFORM": "vnc:size=1440x900"}, "linux")
    assert not qt.has_display({"DISPLAY": ""}, "linux")
    for platform in ("linux", "win32", "darwin"):
        assert not qt.has_display({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, platform)


def test_a_missing_display_and_a_missing_library_are_told_apart() -> None:
    machine = Recorder().machine()
    assert "no display" in qt.why_no_window(lambda soname: True, {}, machine)
    assert qt.why_no_window(lambda soname: soname != "libxcb-cursor.so.0", {"DISPLAY": ":0"}, machine).endswith(
        "Type: sudo apt install libxcb-cursor0"
    )
    assert qt.why_no_window(lambda soname: True, {"DISPLAY": ":0"}, machine) == ""
    assert qt.why_no_window(lambda soname: True, {"QT_QPA_PLATFORM": "offscreen"}, machine) == ""


def test_root_gets_qt_libraries_installed_without_a_question() -> None:
    recorder = Recorder()
    assert qt.see_to_qt(("libgl1", "libegl1"), recorder.machine(root=True)) == ""
    assert recorder.ran("update") == 1 and recorder.ran("install -y --no-install-recommends libgl1 libegl1") == 1
    assert recorder.ran("sudo") == 0 and recorder.questions == []


def test_sudo_is_used_only_after_a_yes_at_a_terminal() -> None:
    willing = Recorder(agrees=True)
    assert qt.see_to_qt(("libgl1",), willing.machine(sudo=True, terminal=True)) == ""
    assert willing.ran("sudo env DEBIAN_FRONTEND=noninteractive apt-get") == 2
    for unwilling, terminal in ((Recorder(agrees=False), True), (Recorder(agrees=True), False)):
        sentence = qt.see_to_qt(("libgl1",), unwilling.machine(sudo=True, terminal=terminal))
        assert sentence.endswith("Type: sudo apt install libgl1")
        assert unwilling.commands == []


def test_a_system_without_apt_is_told_the_libraries_themselves() -> None:
    sentence = qt.see_to_qt(("libgl1", "libxcb-cursor0"), Recorder().machine(apt=False))
    assert sentence.endswith("your system's packages: libGL.so.1, libxcb-cursor.so.0")


def test_next_month_is_the_month_after_today_also_at_the_ends_of_months_and_years() -> None:
    assert main_job.next_month(date(2026, 12, 31)) == "2027-01"
    assert main_job.next_month(date(2027, 1, 31)) == "2027-02"
    assert main_job.next_month(date(2028, 2, 1)) == "2028-03"


def test_run_does_the_main_job_in_order_for_next_month(tmp_path: Path) -> None:
    root, recorder = project(tmp_path), Recorder()
    assert door.start(["run"], root, recorder.machine(), missing=(), display=False, today=date(2026, 12, 5)) == 0
    app = [command.partition("crt_scheduler ")[2] for command in recorder.commands if " -m crt_scheduler " in command]
    assert app[0] == "sample out/sample --month 2027-01"
    assert app[1] == "--database out/team.db init --programme crt"
    assert [words.split()[3] for words in app[2:9]] == [*main_job.FILES]
    assert app[9:] == [
        "--database out/team.db solve 2027-01 --seconds 20",
        "--database out/team.db publish 2027-01 --out out",
    ]
    assert "There is no display here for the window." in recorder.said
    assert "So the main job is done without it, on a sample city, into out/." in recorder.said


def test_run_opens_the_window_where_there_is_a_display(tmp_path: Path) -> None:
    root, recorder = project(tmp_path), Recorder(answer=lambda command: 3 if command[-1] == "crt_scheduler" else 0)
    assert door.start(["run"], root, recorder.machine(), missing=(), display=True, today=date(2026, 12, 5)) == 3
    assert recorder.commands[-1].endswith("-P -m crt_scheduler")
    assert recorder.ran(" solve ") == 0


def test_a_second_run_keeps_the_sample_and_the_records(tmp_path: Path) -> None:
    root, recorder = project(tmp_path), Recorder()
    for name in (*main_job.SAMPLE, "out/team.db"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    assert main_job.do_main_job(root, date(2026, 12, 5), recorder.machine()) == 0
    assert recorder.ran("sample out/sample --month") == 0 and recorder.ran(" init ") == 0
    assert recorder.ran(" import people ") == 1


def test_half_a_sample_is_made_again(tmp_path: Path) -> None:
    root, recorder = project(tmp_path), Recorder()
    (root / "out/sample").mkdir(parents=True)
    (root / main_job.SAMPLE[0]).touch()
    main_job.do_main_job(root, date(2026, 12, 5), recorder.machine())
    assert recorder.ran("sample out/sample --month 2027-01") == 1


def test_run_stops_at_the_first_command_that_fails_with_its_exit_code(tmp_path: Path) -> None:
    recorder = Recorder(answer=lambda command: 2 if "availability" in command else 0)
    assert main_job.do_main_job(project(tmp_path), date(2026, 12, 5), recorder.machine()) == 2
    assert recorder.ran("import availability") == 1 and recorder.ran("import incidents") == 0
    assert "exit code 2" in recorder.said[-1] and "import availability" in recorder.said[-1]


def test_the_summary_counts_the_calendars_and_says_where_they_are(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "out/calendars").mkdir(parents=True)
    for name in ("calendars/r1.ics", "calendars/r2.ics", "roster-2027-01.xlsx"):
        (root / "out" / name).touch()
    lines = main_job.summary(root, "2027-01")
    assert lines[0] == "The roster of 2027-01 is published:"
    assert lines[1].split() == ["2", "calendars,", "one", "per", "responder", "out/calendars"]
    assert any(line.endswith("out/roster-2027-01.xlsx") and "XLSX" in line for line in lines)


def test_run_goes_on_without_qt_libraries_but_test_does_not(tmp_path: Path) -> None:
    root, recorder = project(tmp_path), Recorder()
    assert (
        door.start(["run"], root, recorder.machine(), missing=("libgl1",), display=True, today=date(2026, 12, 5)) == 0
    )
    assert any(said.endswith("sudo apt install libgl1") for said in recorder.said)
    assert recorder.ran(" publish 2027-01") == 1
    with pytest.raises(Trouble, match="make test needs them too"):
        door.start(["test"], root, recorder.machine(), missing=("libgl1",), display=True, today=date(2026, 12, 5))


def test_tests_draw_on_no_screen_and_keep_what_python_compiled() -> None:
    given = {"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/home/mara"}
    utf8 = {"HOME": "/home/mara", "PYTHONUTF8": "1"}
    assert door.surroundings(["test", "-x"], given) == {**utf8, "QT_QPA_PLATFORM": "offscreen"}
    assert door.surroundings(["run"], given) == {**utf8, "PYTHONDONTWRITEBYTECODE": "1"}


def test_ci_counts_the_lines_that_ran_in_a_run_of_every_test_and_asks_for_85_percent() -> None:
    ci = (Path(__file__).parent.parent / ".ci/run").read_text(encoding="utf-8")
    (counted,) = doors.DOORS["coverage"].steps
    assert counted.startswith(doors.DOORS["test"].steps[0]) and "--ignore" not in counted
    assert "--cov=crt_scheduler --cov=solver --cov-fail-under=85" in counted
    assert "\nmake coverage" in ci


COUNTED = """
from pathlib import Path
import coverage
counter = coverage.Coverage(data_file=None, config_file=False, include=["*/here.py"])
counter.start()
import here
from tests.counting import uncounted
here.one()
with uncounted():
    here.two()
here.three()
counter.stop()
print(*counter.analysis2(here)[3])
"""


def test_a_line_that_only_a_test_of_the_window_runs_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "here.py").write_text("".join(f"def {name}():\n    x = 1\n" for name in ("one", "two", "three")))
    words = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parent.parent}"}
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], env={**os.environ, **words}, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["4"], ""), "the second function, and it alone"


def test_test_passes_the_exit_code_of_pytest_on(tmp_path: Path) -> None:
    recorder = Recorder(answer=lambda command: 5 if "pytest" in command else 0)
    root = project(tmp_path)
    assert (
        door.start(
            ["test", "-k", "nothing"], root, recorder.machine(), missing=(), display=False, today=date(2026, 12, 5)
        )
        == 5
    )


@pytest.mark.parametrize("words", [[], ["walk"], ["run", "2027-01"], ["audit", "all"]])
def test_other_words_get_the_usage_in_a_sentence(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(Trouble, match=r"crt_scheduler\.start run"):
        door.start(words, tmp_path, Recorder().machine(), missing=(), display=False, today=date(2026, 12, 5))


def test_the_door_itself_answers_wrong_words_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["walk"]) == 2
    assert capsys.readouterr().err.startswith("Type: python3 -m crt_scheduler.start run")


def test_a_command_of_the_real_machine_runs_in_the_project_and_hands_its_exit_code_on(tmp_path: Path) -> None:
    machine = this_machine(tmp_path, {"PATH": ""})
    assert machine.run([sys.executable, "-c", "open('here', 'w').close(); raise SystemExit(3)"]) == 3
    assert (tmp_path / "here").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes differently there")
def test_a_command_ended_by_a_signal_counts_as_a_shell_counts_it(tmp_path: Path) -> None:
    machine = this_machine(tmp_path, {})
    assert machine.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137


def test_the_tests_lock_holds_every_pin_of_the_apps_lock() -> None:
    app, tests = pins(door.ROOT / doors.RUN_LOCK), pins(door.ROOT / doors.TEST_LOCK)
    assert len(app) > 20
    assert app <= tests
    assert {"pytest", "mypy", "ruff"} <= {pin.partition("==")[0] for pin in tests - app}


def test_the_apps_lock_holds_nothing_that_only_builds_or_tests() -> None:
    names = {pin.partition("==")[0] for pin in pins(door.ROOT / doors.RUN_LOCK)}
    tools = {"hatchling", "editables", "setuptools", "wheel", "pip", "pluggy", "trove-classifiers", "pytest"}
    assert not names & tools


def test_an_audit_gets_its_tool_apart_from_the_locks_and_asks_about_the_apps_lock(tmp_path: Path) -> None:
    root = project(tmp_path)
    recorder = Recorder(answer=lambda command: int("pip_audit" in command))
    words = ["audit"]
    assert door.start(words, root, recorder.machine(), missing=(), display=False, today=date(2026, 12, 5)) == 1
    assert recorder.ran(f"-m venv {root / '.venv' / 'audit'}") == 1
    assert recorder.commands[-1].endswith(f"--require-hashes -r {root / doors.RUN_LOCK}")
    assert any("needs the network" in said for said in recorder.said)
    assert not any(audit.TOOL.partition(">")[0] in pin for pin in pins(door.ROOT / doors.TEST_LOCK))


def test_an_audit_without_network_is_a_sentence(tmp_path: Path) -> None:
    root = project(tmp_path)
    venv.get_ready(root, doors.RUN_LOCK, Recorder().machine())
    offline = Recorder(answer=lambda command: int("pip" in command))
    with pytest.raises(Trouble, match=r"could not be fetched.*needs the network"):
        audit.audit(root, doors.RUN_LOCK, offline.machine())


@pytest.mark.parametrize("name", [doors.RUN_LOCK, doors.TEST_LOCK])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    lines = (door.ROOT / name).read_text(encoding="utf-8").splitlines()
    assert all("==" in line or line.startswith("    --hash=sha256:") for line in lines)
    assert not any("/" in line for line in lines)
