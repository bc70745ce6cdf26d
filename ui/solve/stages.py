"""The five stages of a solve, as the coordinator reads them, and how the solver's own words fall into them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from solver.wording import counted as counted

REACHED = {"greedy": 1, "bound": 2, "rounded": 2, "dive": 3, "windows": 3, "proof": 4}
"""How many stages are over once the solver has said this word; a word it does not know says nothing."""
LAST = 5


def names() -> tuple[str, ...]:
    """Return what the stages are called, in order."""
    return (
        QCoreApplication.translate("Solve", "First plan"),
        QCoreApplication.translate("Solve", "Lower limit"),
        QCoreApplication.translate("Solve", "Full plan"),
        QCoreApplication.translate("Solve", "Improving"),
        QCoreApplication.translate("Solve", "Proof"),
    )


def waiting_for(reached: int) -> str:
    """Return what the solver is busy with and what it will show, in a sentence."""
    return (
        QCoreApplication.translate("Solve", "The first plan appears in a second or two."),
        QCoreApplication.translate("Solve", "The lower limit is being worked out: what no plan can undercut."),
        QCoreApplication.translate("Solve", "The first plan is being replaced by a full one."),
        QCoreApplication.translate("Solve", "Days and people are planned again in turn, wherever points can be saved."),
        QCoreApplication.translate("Solve", "The whole month is searched for proof that nothing better exists."),
        QCoreApplication.translate("Solve", "No better plan exists."),
    )[min(reached, LAST)]


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, such as 0:14."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def above_limit(objective: float, bound: float | None) -> str:
    """Return how far a cost is above the limit, such as "0.4 % above the limit"; nothing while no limit is known."""
    if bound is None:
        return ""
    part = max(0.0, (objective - bound) / max(objective, 1.0))
    if part < 0.00005:
        return QCoreApplication.translate("Solve", "proven best")
    digits = 0 if part >= 0.1 else 1 if part >= 0.001 else 2
    return QCoreApplication.translate("Solve", "{part} % above the limit").format(part=f"{100 * part:.{digits}f}")


def points(value: float) -> str:
    """Return points as people read them, such as 6,838."""
    return f"{value:,.0f}"
