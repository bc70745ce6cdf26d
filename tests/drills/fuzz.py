"""Fuzz every reader: inputs made from a seed, each read, refused in a sentence, or a fault of ours.

python -m tests.drills.fuzz [--count N] [--seed S] [--only READER] [--number K] [--no-bombs] [--json]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from crt_scheduler import limits, texts
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store
from tests.drills import bombs, other_bombs
from tests.drills.readers import READERS, Reader, Real

Answer = TypeVar("Answer")
MOST_SECONDS, MOST_MEGABYTES = 10.0, 256.0
MOST_ADDRESSES = 4_000_000_000
"""Bytes of address space of a process that is given a bomb: the machine outlives it."""
WAITED = 120.0
"""Seconds after which a bomb's process is given up."""
FRESH = 100
"""Inputs after which a reader gets fresh records."""


@dataclass
class Line:
    """What became of the inputs of one reader; seconds are of work (CPU), megabytes those of the whole process."""

    reader: str
    inputs: int = 0
    refused: int = 0
    read: int = 0
    traceback: int = 0
    slowest_s: float = 0.0
    peak_mb: float = 0.0

    def is_good(self) -> bool:
        """Has every input been read or refused within the bars?"""
        return not self.traceback and self.slowest_s <= MOST_SECONDS and self.peak_mb <= MOST_MEGABYTES


def peak_megabytes() -> float:
    """Return the most memory this process has held since `forget_peak`; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def forget_peak() -> None:
    """Begin to count the peak anew."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def tried(line: Line, reader: Reader, store: Store, path: Path, *, repeat: str) -> None:
    """Give a reader one input and count what became of it; a fault is printed with the command that repeats it."""
    forget_peak()
    begun = time.process_time()
    line.inputs += 1
    try:
        reader.read(store, path)
        line.read += 1
    except CrtError as refused:
        line.refused += 1
        if not _is_sentence(str(refused)):
            line.traceback += 1
            print(f"\n{repeat}\n    no sentence: {str(refused)[:300]!r}", file=sys.stderr)
    except Exception:  # noqa: BLE001 - what the drill looks for
        line.traceback += 1
        print(f"\n{repeat}\n{traceback.format_exc(limit=-6)[-1500:]}", file=sys.stderr)
    spent = time.process_time() - begun
    line.slowest_s, line.peak_mb = max(line.slowest_s, spent), max(line.peak_mb, peak_megabytes())
    if spent > MOST_SECONDS or peak_megabytes() > MOST_MEGABYTES:
        print(f"\n{repeat}\n    {spent:.1f} s, {peak_megabytes():.0f} MB", file=sys.stderr)


def _is_sentence(words: str) -> bool:
    """Is a refusal something to show: on one line, with a full stop in it and none of the signs it may speak of?"""
    return "." in words and "\n" not in words and not texts.fault(words, limits.MOST_LETTERS)


def fuzz(real: Real, *, count: int, seed: int, only: str = "", number: int | None = None) -> Iterator[Line]:
    """Yield a line for each reader, after so many inputs in all."""
    chosen = [reader for reader in READERS if only in ("", reader.name)]
    each = -(-count // len(chosen))
    for reader in chosen:
        line = Line(reader.name)
        numbers = range(each) if number is None else (number,)
        for start in range(0, len(numbers), FRESH):
            with real.records("fuzz.db") as store:
                for n in numbers[start : start + FRESH]:
                    made = real.spoilt(reader, random.Random(f"{seed}/{reader.name}/{n}"))
                    path = real.place / f"input{made.ending}"
                    path.write_bytes(made.content)
                    repeat = (
                        f'python -m tests.drills.fuzz --seed {seed} --only "{reader.name}" --number {n}  # {made.made}'
                    )
                    tried(line, reader, store, path, repeat=repeat)
        yield line


def alone(line: Line, readers: list[Reader], real: Real, bomb: bombs.Bomb) -> Line:
    """Give a bomb to readers in a process of its own, which no bomb before it has swollen and none can outlive."""

    def read() -> Line:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
        with real.records("bombs.db") as store:
            for reader in readers:
                repeat = f'python -m tests.drills.fuzz --count 0 --only "{bomb.name}"'
                tried(line, reader, store, path, repeat=repeat)
        return line

    with tempfile.TemporaryDirectory(dir=real.place) as folder:
        path = _apart(lambda: bomb.make(Path(folder)), Path(folder))  # making it swells a process too
        return _apart(read, replace(line, inputs=1, traceback=1, slowest_s=WAITED))


def _apart(work: Callable[[], Answer], lost: Answer) -> Answer:
    """Return what a process of its own answers, or `lost` where it does not."""
    near, far = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=lambda: far.send(work()))
    process.start()
    found: Answer = near.recv() if near.poll(WAITED) else lost
    process.kill()
    process.join()
    return found


def explode(real: Real, *, only: str = "") -> Iterator[Line]:
    """Yield a line for each bomb, given to the reader of sheets and to an import."""
    readers = [reader for reader in READERS if reader.name in ("sheet", "import people")]
    for bomb in (*bombs.small(), *other_bombs.small(), *bombs.large(), *other_bombs.large()):
        if only in ("", bomb.name):
            yield alone(Line(bomb.name), readers, real, bomb)


def table(lines: list[Line]) -> None:
    """Print the table."""
    print(
        f"{'reader or bomb':<44}{'inputs':>8}{'refused':>9}{'read':>8}{'traceback':>11}{'slowest s':>11}{'peak MB':>9}"
    )
    for line in lines:
        counts = f"{line.inputs:>8,}{line.refused:>9,}{line.read:>8,}{line.traceback:>11,}"
        print(f"{line.reader:<44}{counts}{line.slowest_s:>11.2f}{line.peak_mb:>9.0f}")


def main(words: list[str]) -> int:
    """Fuzz, throw the bombs, print the table, and return 1 for a traceback or a bar missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5_000, help="inputs in all, apart from the bombs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="READER|BOMB")
    parser.add_argument("--number", type=int, default=None, help="one input of a reader, to repeat it")
    parser.add_argument("--no-bombs", action="store_true")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    asked = parser.parse_args(words)
    is_reader = any(reader.name == asked.only for reader in READERS)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="crt-fuzz-") as place:
        real = Real(Path(place))
        if not asked.no_bombs and not is_reader:  # first: their processes begin as large as this one has become
            lines += explode(real, only=asked.only)
        if asked.count and (is_reader or not asked.only):
            lines += fuzz(real, count=asked.count, seed=asked.seed, only=asked.only, number=asked.number)
    if asked.json:
        print(json.dumps([asdict(line) for line in lines]))
    else:
        table(lines)
    return int(not all(line.is_good() for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
