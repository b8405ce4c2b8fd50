"""How likely the reports below one transformer are when it is dead, against an ordinary hour."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, log1p
from typing import Final

from insight.detector.rules import RuleSet
from insight.detector.tree import FEEDER, SUBSTATION

Marks = tuple[int, int, int, int, int]
"""Distinct customers by what they say: nothing of the extent, more than one house, one house only, the transformer, or
other trouble."""

Cell = tuple[float, ...]
"""Log likelihood ratios by supposition: every age with the share of a trip and every share, the low ones first."""

_SIZE_STEP: Final = 1.35


def negative_binomial(count: int, mean: float, size: float) -> float:
    """Log probability of `count`; variance is mean + mean² / size (scipy: nbinom(size, size / (size + mean)))."""
    if mean <= 0:
        return 0.0 if count == 0 else float("-inf")
    return (
        lgamma(count + size)
        - lgamma(size)
        - lgamma(count + 1)
        - size * log1p(mean / size)
        + count * (log(mean) - log(mean + size))
    )


def tail(count: int, mean: float, size: float) -> float:
    """Chance of `count` or more."""
    return max(0.0, 1.0 - sum(exp(negative_binomial(less, mean, size)) for less in range(count)))


def size_class(consumers: int) -> int:
    """The class of a transformer's size; classes are a factor 1.35 apart."""
    return max(0, round(log(max(1, consumers)) / log(_SIZE_STEP)))


class Likelihood:
    """Cells of one rule set at one ordinary rate, remembered. `ordinary`: complaints an hour and consumer."""

    def __init__(self, rules: RuleSet, ordinary: float) -> None:
        self.rules = rules
        self.ordinary = ordinary
        self._shares = (rules.trip_share, *rules.low_shares, *rules.shares)
        self.suppositions = len(rules.ages_minutes) * len(self._shares)
        """How many values a cell has."""
        self._says = (1.0, rules.area_said, rules.single_said, rules.transformer_said, rules.other_said)
        # A few houses behind one pole lie halfway, and name the transformer no sooner than that neighbours are out too.
        self._few_say = tuple((1 + min(says, rules.area_said)) / 2 for says in self._says)
        self._rows: dict[tuple[int, int, Marks], Cell] = {}
        self._cells: dict[tuple[int, tuple[Marks, ...]], Cell] = {}
        self._silent: dict[int, Cell] = {}

    def cell(self, size: int, marks: tuple[Marks, ...]) -> Cell:
        """The ratios for a transformer of a size class; `marks` are cumulative, one for each age."""
        key = (size, marks)
        known = self._cells.get(key)
        if known is None:
            row = self._row
            known = self._cells[key] = tuple(value for age, mark in enumerate(marks) for value in row(size, age, mark))
        return known

    def silent(self, size: int) -> Cell:
        """The ratios for a transformer that nobody complained from."""
        known = self._silent.get(size)
        if known is None:
            none = (0, 0, 0, 0, 0)
            known = self._silent[size] = self.cell(size, (none,) * len(self.rules.ages_minutes))
        return known

    def by_age(self, total: Cell, depth: int) -> list[float]:
        """By age, the mean of the ratios of a node of this depth over its shares, as a log, with the odds of the age.

        total: sums of cells.
        """
        columns, low = len(self._shares), 1 + len(self.rules.low_shares)
        found = []
        for age, begins in enumerate(range(0, len(total), columns)):
            dead = total[begins + low : begins + columns]
            if depth <= SUBSTATION:
                dead += tuple(value + self.rules.low_share_odds for value in total[begins + 1 : begins + low])
            found.append(log_mean(dead) + (self.rules.feeder_age_odds[age] if depth == FEEDER else 0.0))
        return found

    def trip(self, total: Cell) -> float:
        """The mean over the ages of the ratios of a trip in moments, as a log."""
        return log_mean(total[:: len(self._shares)])

    def _row(self, size: int, age: int, marks: Marks) -> Cell:
        key = (size, age, marks)
        known = self._rows.get(key)
        if known is None:
            known = self._rows[key] = tuple(self.ratio(_SIZE_STEP**size, age, share, marks) for share in self._shares)
        return known

    def ratio(self, consumers: float, age: int, share: float, marks: Marks) -> float:
        """log P(marks | died so long ago, share complains) - log P(marks | ordinary hour, or a few houses)."""
        rules, count = self.rules, sum(marks)
        minutes = rules.ages_minutes[age]
        ordinary = consumers * self.ordinary * minutes / 60
        more = share * consumers * minutes / (minutes + rules.half_reported_minutes)
        dispersion = rules.trip_dispersion if share == rules.trip_share else rules.dispersion
        dead = negative_binomial(count, ordinary + more, dispersion)
        few = log(min(0.5, rules.few_houses_per_hour * minutes / 60))
        few += max(0, count - 1) * log(rules.few_houses_next) + log1p(-rules.few_houses_next)
        for says, few_say, customers in zip(self._says, self._few_say, marks, strict=True):
            dead += customers * log((ordinary + more * says) / (ordinary + more))
            few += customers * log(few_say)
        usual = negative_binomial(count, ordinary, rules.ordinary_dispersion)
        if count == 0:
            return dead - usual
        most = max(usual, few)
        return dead - most - log(exp(usual - most) + exp(few - most))


def log_mean(values: Sequence[float]) -> float:
    """log of the mean of exp(values)."""
    most = max(values)
    return most + log(sum([exp(value - most) for value in values if value > most - 30]) / len(values))
