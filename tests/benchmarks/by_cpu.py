"""The solver with the CPU time of its process for a clock: a busy machine is measured as an idle one.

Run by tests.benchmarks.ladder --cpu with the folder of a solver first on the path. What a backend may take is
stretched by how slow the machine has been of late; the second process goes on beside at whatever speed it gets.
"""

from __future__ import annotations

import contextlib
import sys
import time
import types
from typing import Any

import msgspec

SLOWEST = 30.0


def slowness() -> float:
    """Return the wall seconds that a CPU second takes just now."""
    wall, spent = time.perf_counter(), time.process_time()
    while time.process_time() - spent < 0.2:
        sum(range(10_000))
    return max(1.0, (time.perf_counter() - wall) / 0.2)


def main() -> None:
    """Solve the Problem on standard input within argv[1] CPU seconds, by seed argv[2], and print the Result."""
    import solver.engine
    import solver.search
    from solver.backends import apart, mathopt
    from solver.problem import from_json

    slow = [slowness()]
    clock = types.SimpleNamespace(perf_counter=time.process_time, process_time=time.process_time)
    solver.search.time = solver.engine.time = clock  # type: ignore[attr-defined]

    def stretched(call: Any) -> Any:
        def longer(*given: Any, seconds: float | None = None, **named: Any) -> Any:
            wall, spent = time.perf_counter(), time.process_time()
            answer = call(*given, seconds=None if seconds is None else seconds * slow[0], **named)
            wall, spent = time.perf_counter() - wall, time.process_time() - spent
            if spent > 0.1:
                slow[0] = min(SLOWEST, max(1.0, wall / spent))
            return answer

        return longer

    for name in ("solve_lp", "solve_first_order", "solve_mip"):
        if hasattr(mathopt, name):
            setattr(mathopt, name, stretched(getattr(mathopt, name)))
    with contextlib.suppress(ImportError):
        from solver.backends.warm import WarmLp

        WarmLp.solve = stretched(WarmLp.solve)  # type: ignore[method-assign]
    if hasattr(apart, "Whole"):  # orders one after the other; before, one at the start
        ask = apart.Apart.ask
        apart.Apart.ask = lambda self, order: ask(  # type: ignore[method-assign]
            self, type(order)(**{**vars(order), "seconds": order.seconds * slow[0]})
        )
    else:
        begin = apart.Apart.__init__
        apart.Apart.__init__ = lambda self, *given, seconds, **named: begin(  # type: ignore[method-assign]
            self, *given, seconds=seconds * slow[0], **named
        )
    given = from_json(sys.stdin.buffer.readline())
    limit = solver.engine.Limit(seconds=float(sys.argv[1]))
    say = sys.stdout.buffer.write
    result = solver.engine.solve(
        given, limit, seed=int(sys.argv[2]), report=lambda news: (say(msgspec.json.encode(news) + b"\n"), None)[1]
    )
    say(msgspec.json.encode(result) + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
