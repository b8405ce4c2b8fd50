"""The score of every node, and the cut of the tree where the total is best."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from insight.detector.evidence import Evidence
from insight.detector.likelihood import Cell, Likelihood, log_mean, negative_binomial, size_class
from insight.detector.rules import MINUTE, RuleSet
from insight.detector.tree import FEEDER, INCOMER, SUBSTATION, TRANSFORMER, Tree

_COARSE_AGE_MINUTES = 28.0
_COARSE_SHARE = 0.04
_COARSE_DISPERSION = 0.3


class Score(NamedTuple):
    """`node`: log odds that it is dead against ordinary or a few houses; `below`: the best its children explain."""

    node: float
    below: float


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
        self.likelihood = Likelihood(rules, rules.ordinary_per_hour)
        self.node_score: dict[int, float] = {}

    def use_ordinary(self, per_hour: float) -> None:
        """Go on with another ordinary rate (complaints an hour and consumer)."""
        if per_hour != self.likelihood.ordinary:
            self.likelihood = Likelihood(self.rules, per_hour)
            self._sums.clear()
            self.node_score.clear()
            self._dirty.update(self._until)

    def touch(self, nodes: Collection[int]) -> None:
        """The evidence at these nodes changed."""
        self._dirty.update(nodes)

    def exclude(self, nodes: frozenset[int]) -> None:
        """Nodes known to be dark tell nothing of the nodes above them."""
        for node in self._excluded ^ nodes:
            for above in self.tree.path[node]:
                self._sums.pop(above, None)
                self.node_score.pop(above, None)
        self._excluded = nodes

    def update(self, evidence: Evidence, now: float) -> None:
        """Bring the sums up to date with the evidence at `now`."""
        stale = self._dirty | {node for node, until in self._until.items() if until < now}
        self._dirty = set()
        for node in stale:
            if self.tree.depth[node] == TRANSFORMER:
                marks, until = evidence.marks(node, now)
                if until == float("inf"):
                    self._cells.pop(node, None)
                    self._until.pop(node, None)
                else:
                    self._cells[node] = self.likelihood.cell(self._sizes[node], marks)
                    self._until[node] = until
            for above in self.tree.path[node]:
                self._sums.pop(above, None)
                self.node_score.pop(above, None)

    @property
    def excluded(self) -> frozenset[int]:
        """Nodes known to be dark."""
        return self._excluded

    def touched(self) -> set[int]:
        """Every node with a reporting transformer below it."""
        return {above for node in self._cells for above in self.tree.path[node]}

    def score(self, node: int) -> float:
        """Log odds of a node."""
        known = self.node_score.get(node)
        if known is None:
            known = self.node_score[node] = log_mean(list(self._sum(node))) + self.rules.prior[self.tree.depth[node]]
        return known

    def _sum(self, node: int) -> Cell:
        known = self._sums.get(node)
        if known is None:
            if self.tree.depth[node] == TRANSFORMER:
                known = self._cells.get(node) or self.likelihood.silent(self._sizes[node])
            else:
                parts = [self._part(child) for child in self.tree.children[node] if child not in self._excluded]
                known = tuple(map(sum, zip(*parts, strict=True))) if parts else self._nothing()
            self._sums[node] = known
        return known

    def _part(self, node: int) -> Cell:
        """What a child adds to the sum of its parent."""
        return self._sum(node)

    def _nothing(self) -> Cell:
        return (0.0,) * (len(self.rules.ages_minutes) * len(self.rules.shares))

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


def best_cut(
    scores: Scores, touched: Collection[int], is_open: Collection[int], barred: Collection[int], extra: dict[int, float]
) -> tuple[list[int], dict[int, Score]]:
    """The nodes that explain the reports best, at most one on any way down, and the scores of all that were asked.

    is_open: nodes with an open outage that may still be taken over; nothing below them is asked. barred: known to be
    live, or dark for a reason already known. extra: what telemetry adds.
    """
    tree, rules = scores.tree, scores.rules
    asked: dict[int, Score] = {}
    chosen: dict[int, list[int]] = {}

    def best(node: int) -> float:
        own = scores.score(node) + extra.get(node, 0.0)
        if node in is_open:
            asked[node] = Score(own, 0.0)
            chosen[node] = [node]
            return max(own, 0.0) + rules.takeover_margin
        below, picked = 0.0, []
        for child in tree.children[node]:
            if child in touched or child in extra or child in is_open:
                value = best(child) if child not in closed else 0.0
                if value > 0:
                    below += value
                    picked += chosen[child]
        asked[node] = Score(own, below)
        margin = rules.parent_margin if below else 0.0
        if node not in barred and own > 0 and own > below + margin:
            chosen[node] = [node]
            return own
        chosen[node] = picked
        return below

    closed = scores.excluded
    roots = {tree.path[node][INCOMER] for node in (*touched, *extra, *is_open)}
    for root in sorted(roots):
        if root not in closed:
            best(root)
    return [node for root in sorted(roots) if root not in closed for node in chosen[root]], asked
