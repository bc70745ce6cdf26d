"""Drawing from a seeded stream: one of several by weight, or some without repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")


def one(rng: np.random.Generator, things: Sequence[Thing], weights: Sequence[float] | None = None) -> Thing:
    """Return one of the things, likelier by its weight (no weights: all alike)."""
    if weights is None:
        return things[int(rng.integers(len(things)))]
    total = sum(weights)
    return things[int(rng.choice(len(things), p=[weight / total for weight in weights]))]


def some(rng: np.random.Generator, things: Sequence[Thing], count: int) -> list[Thing]:
    """Return `count` different things in the order drawn."""
    return [things[int(n)] for n in rng.permutation(len(things))[:count]]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """Return True with the probability."""
    return bool(rng.random() < probability)
