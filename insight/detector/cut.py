"""The cut of the tree where the total of the scores is best."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from insight.detector.scores import Scores
from insight.detector.tree import INCOMER


class Score(NamedTuple):
    """`node`: log odds that it is dead against ordinary or a few houses; `below`: the best its children explain.

    `apart`: open outages below that are thought to have a cause of their own; neither figure has them in it.
    """

    node: float
    below: float
    apart: tuple[int, ...] = ()


class Cut:
    """The nodes that explain the reports best, at most one on any way down; worked out anew only where it changed."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self._incomers = {path[INCOMER] for path in scores.tree.path}
        self._best: dict[int, tuple[float, list[int]]] = {}
        self._is_open: AbstractSet[int] = frozenset()
        self._barred: AbstractSet[int] = frozenset()
        self._extra: Mapping[int, float] = {}
        self.asked: dict[int, Score] = {}
        """The scores of all nodes that reports reach."""

    def nodes(self, is_open: AbstractSet[int], barred: AbstractSet[int], extra: Mapping[int, float]) -> list[int]:
        """The nodes of the cut.

        is_open: nodes with an open outage that may still be taken over; nothing below them is asked. barred: known to
        be live, or dark for a reason already known. extra: what telemetry adds.
        """
        outdated = self._scores.changed
        outdated |= self._is_open ^ is_open
        outdated |= self._barred ^ barred
        outdated |= {node for node, _ in self._extra.items() ^ extra.items()}
        for node in outdated:
            for above in self._scores.tree.path[node]:
                self._best.pop(above, None)
        outdated.clear()
        self._is_open, self._barred, self._extra = frozenset(is_open), frozenset(barred), dict(extra)
        closed, path = self._scores.excluded, self._scores.tree.path
        roots = {path[node][INCOMER] for node in (*extra, *is_open)} | (self._incomers & self._scores.reporting.keys())
        return [node for root in sorted(roots - closed) for node in self._at(root)[1]]

    def _at(self, node: int) -> tuple[float, list[int]]:
        known = self._best.get(node)
        if known is None:
            known = self._best[node] = self._work_out(node)
        return known

    def _work_out(self, node: int) -> tuple[float, list[int]]:
        scores, rules = self._scores, self._scores.rules
        own = scores.score(node) + self._extra.get(node, 0.0)
        if node in self._is_open:
            self.asked[node] = Score(own, 0.0)
            return max(own, 0.0) + rules.takeover_margin, [node]
        below, picked = 0.0, list[int]()
        for child in scores.tree.children[node]:
            if (
                child in scores.reporting or child in self._extra or child in self._is_open
            ) and child not in scores.excluded:
                value, nodes = self._at(child)
                if value > 0:
                    below += value
                    picked += nodes
        asked, dark = self._apart(node, Score(own, below), [found for found in picked if found in self._is_open])
        self.asked[node] = asked
        margin = rules.parent_margin if asked.below else 0.0
        if node not in self._barred and asked.node > 0 and asked.node > asked.below + margin:
            return asked.node + dark, [node, *asked.apart]
        return below, picked

    def _apart(self, node: int, asked: Score, young: list[int]) -> tuple[Score, float]:
        """The same with the open outages below apart, and what these explain, where that is more together; else 0."""
        if young:
            dark = sum(self._best[found][0] for found in young)
            rest = self._scores.score(node, young) + self._extra.get(node, 0.0)
            if rest + dark > asked.node:
                return Score(rest, asked.below - dark, tuple(young)), dark
        return asked, 0.0
