"""Questions of a roster answered: here OR-Tools is loaded, where the values of questions and answers need none."""

from __future__ import annotations

from solver import repairs, replan, value
from solver.problem import Problem
from solver.questions import FILL, LEAVE, Answer, Helps, Mended, Question, Replan, Value, Ways, WhatIf


def answer(problem: Problem, question: Question) -> Answer:
    """Return the answer to a question about a Problem's roster as it stands."""
    if isinstance(question, Replan):
        return Mended(replan.replan(problem, problem.current, question.out, most=question.most))
    if isinstance(question, Value):
        return Helps(value.what_helps(problem, problem.current, question.area))
    found = repairs.ways(problem, problem.current, question.seat)
    if isinstance(question, WhatIf):
        found = tuple(way for way in found if way.kind in (FILL, LEAVE))
    return Ways(found)
