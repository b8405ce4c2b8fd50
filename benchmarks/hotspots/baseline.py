"""The rule that products describe: so many calls call a transformer dead, so many dead children their parent."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from benchmarks.hotspots.matching import Detection
from benchmarks.hotspots.replay import Day
from insight.detector.report import Kind
from insight.detector.tree import TRANSFORMER

CALLS: Final = 3
"""Distinct customers; write-ups name two or three, no vendor publishes a default."""
WINDOW_SECONDS: Final = 60 * 60.0
SHARE: Final = 0.3
"""Share of the children, at least two, that lifts a prediction to the parent; write-ups name "some tens of percent"."""
HOLD_SECONDS: Final = 3 * 3600.0
"""A prediction stands for this long after its last complaint; then the node is thought to be back."""


def baseline(day: Day, step: float) -> list[Detection]:
    """The detections of the fixed rule over a day."""
    tree = day.tree
    last: dict[int, dict[str, float]] = defaultdict(dict)
    heard: dict[int, float] = {}
    dead: set[int] = set()
    found: list[Detection] = []
    at, position = day.begins, 0
    while at <= day.ends:
        changed = set()
        while position < len(day.reports) and day.reports[position][0] <= at:
            report = day.reports[position][1]
            node = tree.number[report.node_id]
            if report.kind is Kind.SUPPLY and tree.depth[node] == TRANSFORMER and not _planned(day, node, report.at):
                last[node][report.customer] = report.at
                changed.add(node)
                for above in tree.path[node]:
                    heard[above] = report.at
            position += 1
        dead = {node for node in dead if at - heard.get(node, 0.0) <= HOLD_SECONDS}
        for node in sorted(changed):
            recent = sum(1 for reported in last[node].values() if at - reported <= WINDOW_SECONDS)
            if recent >= CALLS and not dead.intersection(tree.path[node]):
                dead.add(node)
                found.append(Detection(node, at))
                for above in reversed(tree.path[node][:-1]):
                    children = tree.children[above]
                    down = sum(1 for child in children if child in dead)
                    if down < 2 or down < SHARE * len(children) or above in dead:
                        break
                    dead.add(above)
                    found.append(Detection(above, at))
        at += step
    return found


def _planned(day: Day, node: int, at: float) -> bool:
    path = day.tree.path[node]
    return any(row.starts <= at < row.ends for row in day.shutdowns if day.tree.number.get(row.node_id) in path)
