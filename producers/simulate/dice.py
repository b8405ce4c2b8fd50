"""Seeded chance, built on `Random.random` alone: Python promises to keep its sequence, so a seed stays a seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """Draws for one purpose. Each purpose has its own sequence, so that one more draw here moves nothing there."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._unit = Random(f"{seed} {purpose}").random  # noqa: S311 - a simulation, no secrets

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._unit() < probability

    def between(self, low: float, high: float) -> float:
        """Uniform in [low, high)."""
        return low + (high - low) * self._unit()

    def whole(self, low: int, high: int) -> int:
        """A whole number in [low, high), each alike."""
        return low + int((high - low) * self._unit())

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them, each alike."""
        return things[int(len(things) * self._unit())]

    def weighted(self, things: Sequence[tuple[Thing, float]]) -> Thing:
        """One of them, by the weight beside it."""
        left = math.fsum(weight for _, weight in things) * self._unit()
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return things[-1][0]

    def exponential(self, mean: float) -> float:
        """Waiting time with this mean."""
        return -mean * math.log(1 - self._unit())

    def lognormal(self, median: float, sigma: float) -> float:
        """A skewed amount: `median`, and the standard deviation of its natural logarithm."""
        normal = math.sqrt(-2 * math.log(1 - self._unit())) * math.cos(2 * math.pi * self._unit())
        return median * math.exp(sigma * normal)

    def arrivals(self, mean_gap: float, end: float) -> list[float]:
        """Moments in [0, end) of a Poisson process with this mean gap."""
        moments, at = [], self.exponential(mean_gap)
        while at < end:
            moments.append(at)
            at += self.exponential(mean_gap)
        return moments
