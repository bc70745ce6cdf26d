"""HiGHS and PDLP through OR-Tools MathOpt: LPs with dual values, MIPs with a hint, a limit and a bound.

Measured on OR-Tools 9.15: generic `threads` is refused for HiGHS and `highs.int_options['threads']` is accepted;
callbacks never fire; iteration and cutoff limits are refused on MIPs; time and node limits, hints and bounds work.
highspy must never be imported beside ortools: the two crash in one process.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from solver.columns import Floats
from solver.program import Answer, Program


def _to_model(program: Program, whole: bool) -> mathopt.Model:
    proto = model_pb2.ModelProto()
    size, rows = len(program.cost), len(program.limit)
    proto.variables.ids.extend(range(size))
    proto.variables.lower_bounds.extend(program.lower.tolist())
    proto.variables.upper_bounds.extend(program.upper.tolist())
    proto.variables.integers.extend((program.whole if whole else np.zeros(size, dtype=bool)).tolist())
    priced = np.flatnonzero(program.cost)
    proto.objective.linear_coefficients.ids.extend(priced.tolist())
    proto.objective.linear_coefficients.values.extend(program.cost[priced].tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend([-np.inf] * rows)
    proto.linear_constraints.upper_bounds.extend(program.limit.tolist())
    matrix = program.matrix.tocsr()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    proto.linear_constraint_matrix.row_ids.extend(np.repeat(np.arange(rows), np.diff(matrix.indptr)).tolist())
    proto.linear_constraint_matrix.column_ids.extend(matrix.indices.tolist())
    proto.linear_constraint_matrix.coefficients.extend(matrix.data.tolist())
    return mathopt.Model.from_model_proto(proto)


def _parameters(*, seconds: float | None, nodes: int | None, gap: float, seed: int) -> mathopt.SolveParameters:
    parameters = mathopt.SolveParameters(
        random_seed=seed % 2**31, relative_gap_tolerance=gap, absolute_gap_tolerance=1e-6
    )
    parameters.highs.int_options["threads"] = 1
    if seconds is not None:
        parameters.time_limit = dt.timedelta(seconds=max(0.01, seconds))
    if nodes is not None:
        parameters.node_limit = nodes
    return parameters


def _values(found: dict[mathopt.Variable, float], size: int) -> Floats:
    values = np.zeros(size)
    for variable, value in found.items():
        values[variable.id] = value
    return values


def _dual(result: mathopt.SolveResult, size: int) -> Floats | None:
    """Return the value of each row, exact or not; None when the solver left none."""
    found = result.solutions[0].dual_solution if result.solutions else None
    if found is None:
        return None
    dual = np.zeros(size)
    for row, value in found.dual_values.items():
        dual[row.id] = value
    return dual


def solve_lp(program: Program, *, seconds: float | None, seed: int = 0) -> Answer:
    """Solve the relaxation to a corner by HiGHS; `done` is False, without values, when there is none or no time."""
    model = _to_model(program, whole=False)
    parameters = _parameters(seconds=seconds, nodes=None, gap=1e-9, seed=seed)
    parameters.highs.string_options["solver"] = "simplex"
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return Answer(None, np.inf, -np.inf, False)
    values, value = _values(result.variable_values(), len(program.cost)), result.objective_value()
    return Answer(values, value, value, True, _dual(result, len(program.limit)))


def solve_first_order(program: Program, *, tolerance: float, seconds: float | None) -> Answer:
    """Bring the relaxation near its optimum by PDLP, which needs no factors: large ones in a third of the time.

    Values break rows by about `tolerance`; so `dual` proves something but is no optimum, and neither is when the time
    ends first. Through MathOpt Python's lock is free meanwhile; by PDLP's own wrapper it is held.
    """
    parameters = mathopt.SolveParameters()
    parameters.pdlp.num_threads = 1
    parameters.pdlp.termination_criteria.simple_optimality_criteria.eps_optimal_relative = tolerance
    parameters.pdlp.termination_criteria.simple_optimality_criteria.eps_optimal_absolute = tolerance
    if seconds is not None:
        parameters.time_limit = dt.timedelta(seconds=max(0.01, seconds))
    result = mathopt.solve(_to_model(program, whole=False), mathopt.SolverType.PDLP, params=parameters)
    found = result.solutions[0].primal_solution if result.solutions else None
    if found is None:
        return Answer(None, np.inf, -np.inf, False)
    values = np.clip(_values(found.variable_values, len(program.cost)), program.lower, program.upper)
    done = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    return Answer(values, float(program.cost @ values), -np.inf, done, _dual(result, len(program.limit)))


def solve_mip(
    program: Program, *, seconds: float | None = None, nodes: int | None = None, hint: Floats | None = None,
    gap: float = 1e-6, seed: int = 0,
) -> Answer:  # fmt: skip
    """Solve with whole numbers until a limit; a hint holds a value per column, NaN where it says nothing."""
    model = _to_model(program, whole=True)
    extra = mathopt.ModelSolveParameters()
    if hint is not None:
        told = np.flatnonzero(~np.isnan(hint))
        variables = list(model.variables())
        values = {variables[i]: float(hint[i]) for i in told.tolist()}
        extra.solution_hints.append(mathopt.SolutionHint(variable_values=values))
    parameters = _parameters(seconds=seconds, nodes=nodes, gap=gap, seed=seed)
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters, model_params=extra)
    bound = result.termination.objective_bounds.dual_bound
    done = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    if not result.has_primal_feasible_solution():
        return Answer(None, np.inf, bound, False)
    return Answer(_values(result.variable_values(), len(program.cost)), result.objective_value(), bound, done)
