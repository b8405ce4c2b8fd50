"""The score of every node."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from operator import sub

from insight.detector.evidence import Evidence
from insight.detector.likelihood import Cell, Likelihood, log_mean, negative_binomial, size_class
from insight.detector.rules import MINUTE, RuleSet
from insight.detector.tree import FEEDER, SUBSTATION, TRANSFORMER, Tree

_COARSE_AGE_MINUTES = 28.0
_COARSE_SHARE = 0.04
_COARSE_DISPERSION = 0.3
_KEPT_LIKELIHOODS = 8
"""Each remembers what it worked out; the rates that were used last are soon used again."""


class Scores:
    """Scores that are worked out anew only where evidence changed. Log odds by supposition are summed up the tree."""

    def __init__(self, tree: Tree, rules: RuleSet) -> None:
        self.tree = tree
        self.rules = rules
        self._sizes = [size_class(consumers) for consumers in tree.consumers]
        self._cells: dict[int, Cell] = {}
        self._until: dict[int, float] = {}
        self._sums: dict[int, Cell] = {}
        self._dirty: set[int] = set()
        self._excluded: frozenset[int] = frozenset()
        self._likelihoods = lru_cache(_KEPT_LIKELIHOODS)(
            lambda per_hour, readiness: Likelihood(rules.at_readiness(readiness), per_hour)
        )
        self.likelihood = self._likelihoods(rules.ordinary_per_hour, 1.0)
        self._node_score: dict[int, float] = {}
        self.reporting: dict[int, int] = {}
        """Transformers at or below a node that anybody complained from; nodes without any are not in it."""
        self.changed: set[int] = set()
        """Nodes whose score may have changed since a `Cut` last looked."""

    def use_rates(self, per_hour: float, readiness: float) -> None:
        """Go on with other rates: of ordinary complaints (an hour and consumer), and of how ready people complain."""
        likelihood = self._likelihoods(per_hour, readiness)
        if likelihood is not self.likelihood:
            self.likelihood = likelihood
            self._sums.clear()
            self._node_score.clear()
            self.changed.update(self.reporting)
            self._dirty.update(self._until)

    def touch(self, nodes: Collection[int]) -> None:
        """The evidence at these nodes changed."""
        self._dirty.update(nodes)

    def exclude(self, nodes: frozenset[int]) -> None:
        """Nodes known to be dark tell nothing of the nodes above them."""
        for node in self._excluded ^ nodes:
            self._outdate(node)
        self._excluded = nodes

    def _outdate(self, node: int) -> None:
        for above in self.tree.path[node]:
            self._sums.pop(above, None)
            self._node_score.pop(above, None)
            self.changed.add(above)

    def update(self, evidence: Evidence, now: float) -> None:
        """Bring the sums up to date with the evidence at `now`."""
        stale = self._dirty | {node for node, until in self._until.items() if until < now}
        self._dirty = set()
        for node in stale:
            if self.tree.depth[node] == TRANSFORMER:
                marks, until = evidence.marks(node, now)
                if until == float("inf"):
                    if self._cells.pop(node, None) is not None:
                        self._until.pop(node)
                        self._count(node, -1)
                else:
                    if node not in self._cells:
                        self._count(node, 1)
                    self._cells[node] = self.likelihood.cell(self._sizes[node], marks)
                    self._until[node] = until
            self._outdate(node)

    def _count(self, node: int, by: int) -> None:
        for above in self.tree.path[node]:
            number = self.reporting.get(above, 0) + by
            if number:
                self.reporting[above] = number
            else:
                del self.reporting[above]

    @property
    def excluded(self) -> frozenset[int]:
        """Nodes known to be dark."""
        return self._excluded

    def score(self, node: int, apart: Sequence[int] = ()) -> float:
        """Log odds of a node. apart: here and below, nodes below it that are dark for a reason of their own."""
        if apart:
            return self._odds(node, apart)
        known = self._node_score.get(node)
        if known is None:
            known = self._node_score[node] = self._odds(node)
        return known

    def _odds(self, node: int, apart: Sequence[int] = ()) -> float:
        return log_mean(self._by_age(node, apart)) + self.rules.prior[self.tree.depth[node]]

    def trip(self, node: int, apart: Sequence[int] = ()) -> float:
        """Log odds that a feeder or a node above it was dark for moments only."""
        depth = self.tree.depth[node]
        return self.likelihood.trip(self._rest(node, apart)) + self.rules.prior[depth] + self.rules.trip_odds[depth]

    def age(self, node: int, apart: Sequence[int] = ()) -> float:
        """How many minutes ago a node died at most, by the age that explains its reports best."""
        by_age = self._by_age(node, apart)
        return self.rules.ages_minutes[by_age.index(max(by_age))]

    def _by_age(self, node: int, apart: Sequence[int]) -> list[float]:
        return self.likelihood.by_age(self._rest(node, apart), self.tree.depth[node])

    def _rest(self, node: int, apart: Sequence[int]) -> Cell:
        values = self._sum(node)
        for dark in apart:
            values = tuple(map(sub, values, self._sum(dark)))
        return values

    def _sum(self, node: int) -> Cell:
        known = self._sums.get(node)
        if known is None:
            if self.tree.depth[node] == TRANSFORMER:
                known = self._cells.get(node) or self.likelihood.silent(self._sizes[node])
            else:
                parts = [self._sum(child) for child in self.tree.children[node] if child not in self._excluded]
                known = tuple(map(sum, zip(*parts, strict=True))) if parts else self._nothing()
            self._sums[node] = known
        return known

    def _nothing(self) -> Cell:
        return (0.0,) * self.likelihood.suppositions

    def coarse(self, evidence: Evidence, node: int, now: float) -> float:
        """What reports tied to nothing deeper than this feeder, or its substation, add to its odds."""
        rules, tree = self.rules, self.tree
        if tree.depth[node] not in (SUBSTATION, FEEDER):
            return 0.0
        total = 0.0
        for place in (node, tree.parent[node]) if tree.depth[node] == FEEDER else (node,):
            customers = evidence.reporters((place,), now - _COARSE_AGE_MINUTES * MINUTE)
            if customers:
                usual = tree.consumers[place] * self.likelihood.ordinary * rules.coarse_share * _COARSE_AGE_MINUTES / 60
                more = tree.consumers[node] * _COARSE_SHARE * rules.coarse_share
                total += negative_binomial(customers, usual + more, _COARSE_DISPERSION)
                total -= negative_binomial(customers, usual, _COARSE_DISPERSION)
        return min(rules.coarse_most, max(0.0, total))
