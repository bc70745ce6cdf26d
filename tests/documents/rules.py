"""docs/rules.md: every rule of the solver, with what it holds and how it is kept as shipped."""

from __future__ import annotations

import importlib
import pkgutil

import solver.rules
from solver.rules import DEFAULTS, RULES
from solver.rules.rule import Rule

HEAD = """\
# Rules

Every rule the solver knows, in the order in which a refusal is explained. A hard rule is never broken by a plan, and
its sentence says what is held; any other has a price, and its sentence says what each unit of it is counted for. 1,000
points are one expected missed call; a price below 0 is a gain. A coordinator sets them with `crt-scheduler rules set`
or in Settings > Rules; limits such as hours of rest belong to a group of people.

Each stands in one file with its two faces: rows for the model, and a check in plain Python that shares nothing with
them. A new one is a file (or a few lines) there, and a place in `RULES` of `solver/rules/__init__.py`.

| rule | title | what it holds, or counts | as shipped | file |
|---|---|---|---|---|
"""
BY_SEAT = "by seat"
"""How open seats are priced: each seat says its own."""


def page() -> str:
    """The whole page."""
    files = {rule: path for module in modules() for rule, path in own_rules(module).items()}
    return HEAD + "".join(
        f"| `{rule.name}` | {rule.title} | {rule.holds} | {shipped(rule.name)} | `{files[rule]}` |\n" for rule in RULES
    )


def modules() -> list[str]:
    """The modules that rules lie in."""
    return [found.name for found in pkgutil.iter_modules(solver.rules.__path__, "solver.rules.")]


def own_rules(module: str) -> dict[Rule, str]:
    """The rules of a module, each with its file."""
    named = vars(importlib.import_module(module)).values()
    return {rule: f"{module.replace('.', '/')}.py" for rule in named if isinstance(rule, Rule)}


def shipped(name: str) -> str:
    """How a rule is kept where nobody said otherwise."""
    setting = DEFAULTS[name]
    return "hard" if setting.hard else BY_SEAT if name == "open_seats" else f"{setting.points:g}"
