"""How long the solver takes to build a Problem's model, and how much memory that needs, at three sizes.

`python -m tests.benchmarks.build_size [--solver FOLDER] [city region mega]`: each size in a process of its own, so
that its peak is its own; `--solver` measures the solver of another folder on the same Problems.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from solver.problem import Problem, to_json
from tests.benchmarks import regions
from tests.benchmarks.city import problem as city

HERE = Path(__file__).resolve().parents[2]
STEP = """
import resource, sys, time
from solver.problem import from_json
from solver.formulate import grid_of, model_of, period_of
from solver.reduce import whole_model
import scipy.sparse
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
given = from_json(open(sys.argv[1], "rb").read()); before = peak(); t = [time.process_time()]
period = period_of(given); columns = grid_of(period); t.append(time.process_time())
model = model_of(columns); t.append(time.process_time())
part = whole_model(model); t.append(time.process_time())
print(len(given.people), len(given.seats), model.choices, *part.program.matrix.shape, part.program.matrix.nnz,
      *(f"{b - a:.2f}" for a, b in zip(t, t[1:])), f"{t[-1] - t[0]:.2f}", f"{before:.0f}", f"{peak():.0f}")
"""


def given(size: str, seed: int) -> Problem:
    """Return the Problem of a size."""
    return regions.problem(size, seed) if size in regions.CITIES else city(size, seed)


def main() -> int:
    """Print one line per size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["city", "region", "mega"])
    parser.add_argument("--solver", type=Path, default=HERE, help="the folder that holds the solver to measure")
    asked = parser.parse_args()
    print("size   people seats choices rows columns entries | grid rows whole together CPU s | MB before, peak")
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "problem.json"
            file.write_bytes(to_json(given(size, 1)))
            done = subprocess.run(
                [sys.executable, "-c", STEP, str(file)], capture_output=True, text=True, check=True,
                cwd=folder, env={**os.environ, "PYTHONPATH": str(asked.solver.resolve())},
            )  # fmt: skip
        print(f"{size:6}", done.stdout.strip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
