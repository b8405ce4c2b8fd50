"""What it tells that customers report again, or do not: who has supply again has no reason to."""

from __future__ import annotations

from collections.abc import Iterable
from math import log1p
from typing import NamedTuple, Self

from insight.detector.rules import MINUTE, RuleSet


class Again(NamedTuple):
    """Log likelihood ratios of a node that stays dark."""

    against_trip: float
    """Against a trip of moments."""
    against_single: float
    """Against trouble of single houses."""

    @classmethod
    def of(cls, rules: RuleSet, lines: Iterable[tuple[float, float, int]], now: float) -> Self:
        """lines: first and last report (Unix seconds) and node of each customer, as `Evidence.below` gives them."""
        again, silent = 0, 0.0
        for first, last, _ in lines:
            waited = (now - first) / MINUTE
            if last - first >= rules.again_minutes * MINUTE:
                again += 1
            elif waited > rules.again_minutes:
                silent += log1p(-rules.again_share * waited / (waited + rules.again_half_minutes))
        return cls(rules.again_after_trip * again + silent, min(rules.again_most, rules.again_single * again))
