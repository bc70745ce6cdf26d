"""Questions of a roster answered: here OR-Tools is loaded, where the values of questions and answers need none."""

from __future__ import annotations

from solver import repairs, replan
from solver.problem import Problem
from solver.questions import FILL, LEAVE, Answer, Mended, Question, Replan, Ways, WhatIf


def answer(problem: Problem, question: Question) -> Answer:
    """Return the answer to a question about a Problem's roster as it stands."""
    if isinstance(question, Replan):
        return Mended(replan.replan(problem, problem.current, question.out, most=question.most))
    found = repairs.ways(problem, problem.current, question.seat)
    if isinstance(question, WhatIf):
        found = tuple(way for way in found if way.kind in (FILL, LEAVE))
    return Ways(found)
