"""The solver as a program, held to its time: gap over a proven bound, wall and CPU seconds, per Problem and time asked.

`python -m tests.benchmarks.ladder [city small region] [--solver FOLDER] [--seeds 1 2 3] [--seconds 5 15 60]`
`--solver` runs the solver of another folder on the same Problems. The gap `known` is over the best bound that any row
of the table, or of the table of `--bounds`, holds for the Problem. Machines differ and are shared: the first line is
the CPU time of public instance 3 on this one, before and after; wall seconds mean little above a load of 2, and
`--cpu` counts those of the solver's process on the processor instead.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from solver.problem import to_json
from tests.benchmarks.build_size import HERE, given
from tests.benchmarks.calibration import calibrate

Row = dict[str, float | str | None]


def run(solver: Path, line: bytes, seconds: float, seed: int, *, by_cpu: bool) -> Row:
    """Solve once in a process of its own and read its lines."""
    began, load = time.perf_counter(), os.getloadavg()[0]
    words = [sys.executable, "-P", "-m", "solver", "--seconds", str(seconds), "--seed", str(seed)]
    if by_cpu:
        words = [sys.executable, "-P", str(Path(__file__).with_name("by_cpu.py")), str(seconds), str(seed)]
    child = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(solver.resolve())}
    )
    assert child.stdin and child.stdout
    child.stdin.write(line + b"\n")
    child.stdin.close()
    lines = [json.loads(row) for row in child.stdout]
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if not lines or lines[-1]["kind"] != "result":
        return {"status": f"exit {child.returncode}", "wall": wall}
    first = next((row["seconds"] for row in lines if row["kind"] == "progress"), None)
    bound_at = next((row["seconds"] for row in lines if row["kind"] == "progress" and row["bound"] is not None), None)
    result = lines[-1]
    return {
        "objective": result["objective"], "bound": result["bound"], "gap": result["gap"], "status": result["status"],
        "hard": result["hard_violations"], "first": first, "bound_at": bound_at, "wall": wall,
        "solver_seconds": result["seconds"], "cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024,
        "load": load,
    }  # fmt: skip


def main() -> int:
    """Print a line per run, and the table as JSON into --out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["city"])
    parser.add_argument("--solver", type=Path, default=HERE)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--seconds", type=float, nargs="+", default=[5.0, 15.0, 60.0])
    parser.add_argument("--bounds", type=Path, nargs="*", default=[], help="tables of other runs at the same prices")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cpu", action="store_true", help="seconds of the solver's own process on the processor")
    asked = parser.parse_args()
    print(f"public instance 3: {calibrate():.2f} CPU s", flush=True)
    rows: list[Row] = []
    for size in asked.sizes:
        for seed in asked.seeds:
            line = to_json(given(size, seed))
            for seconds in asked.seconds:
                about: Row = {"size": size, "seed": seed, "asked": seconds}
                rows.append({**about, **run(asked.solver, line, seconds, seed, by_cpu=asked.cpu)})
                print(_words(rows[-1]), flush=True)
                if asked.out:
                    asked.out.write_text(json.dumps(rows))
    print(f"public instance 3: {calibrate():.2f} CPU s")
    known = rows + [row for file in asked.bounds for row in json.loads(file.read_text())]
    for row in rows:
        print(_against(row, known))
    return 0


def _words(row: Row) -> str:
    def said(key: str, form: str) -> str:
        value = row.get(key)
        return "-" if value is None else format(value, form)

    gap = row.get("gap")
    return (
        f"{row['size']:6} {row['seed']} {said('asked', 'g'):>4} s: {said('objective', '.1f')} over "
        f"{said('bound', '.1f')} gap {'-' if gap is None else f'{float(gap):.3%}'} {row['status']} "
        f"hard {said('hard', 'd')} first {said('first', '.1f')} bound at {said('bound_at', '.1f')} "
        f"wall {said('wall', '.1f')} own {said('solver_seconds', '.1f')} cpu {said('cpu', '.1f')} "
        f"MB {said('mb', '.0f')} load {said('load', '.1f')}"
    )


def _against(row: Row, known: list[Row]) -> str:
    bounds = [
        float(other["bound"])
        for other in known
        if other.get("bound") is not None and (other["size"], other["seed"]) == (row["size"], row["seed"])
    ]
    if not bounds or row.get("objective") is None:
        return f"{row['size']} {row['seed']} {row['asked']}: no bound known"
    over = 100 * (float(row["objective"] or 0.0) / max(bounds) - 1)
    return f"{row['size']} {row['seed']} {row['asked']} s: {over:.3f} % over {max(bounds):.1f}"


if __name__ == "__main__":
    sys.exit(main())
