"""Planned work: what is dark because it was announced, and the complaints that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from insight.detector.report import Kind, Report, Shutdown
from insight.detector.rules import MINUTE, RuleSet
from insight.detector.tree import Tree


class PlannedWork:
    """The announced shutdowns by node. Those of nodes that the tree does not know are left out."""

    def __init__(self, tree: Tree, rules: RuleSet, shutdowns: Iterable[Shutdown]) -> None:
        self._tree = tree
        self._grace = rules.planned_grace_minutes * MINUTE
        self._overrun = rules.planned_overrun_minutes * MINUTE
        self._shutdowns: dict[int, list[Shutdown]] = {}
        for shutdown in shutdowns:
            if (node := tree.number.get(shutdown.node_id)) is not None:
                self._shutdowns.setdefault(node, []).append(shutdown)

    def has(self, report: Report) -> bool:
        """Was it said from within planned work, or just beside it, or does it ask soon after when supply comes back."""
        node = self._tree.number.get(report.node_id)
        after = self._overrun if report.kind is Kind.QUERY else self._grace
        return node is not None and any(
            planned.starts - self._grace <= report.at < planned.ends + after
            for above in self._tree.path[node]
            for planned in self._shutdowns.get(above, ())
        )

    def dark(self, now: float, opened: Mapping[int, float]) -> frozenset[int]:
        """Nodes with planned work: at its time, and for a while after it where the switch it opened is still open.

        opened: since when the switches that are open have been, by node.
        """
        return frozenset(
            node
            for node, rows in self._shutdowns.items()
            if any(
                row.starts - self._grace <= now < row.ends + self._grace
                or (
                    row.starts - self._grace <= opened.get(node, 0.0) < row.ends + self._grace
                    and now < row.ends + self._overrun
                )
                for row in rows
            )
        )
