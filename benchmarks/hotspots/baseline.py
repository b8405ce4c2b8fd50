"""The rule that products describe: so many calls call a transformer dead, so many dead children their parent.

What is published: a number of calls to upgrade to a device, a number of devices below it that moves the prediction up,
a time after which an incident is frozen (PSI/Outage; Schneider ArcFM Responder: 15 minutes). No vendor publishes its
numbers; write-ups name two or three calls or some tens of percent. `choose.py` looked for the best ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.hotspots.detect import STEP_SECONDS
from benchmarks.hotspots.matching import Detection
from benchmarks.hotspots.replay import Day
from insight.detection.walk import on_grid
from insight.detector.report import Kind
from insight.detector.tree import TRANSFORMER

MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Setting:
    """calls: distinct customers below a transformer within `window_minutes` that call it dead.

    calls_of_child: customers from which a transformer counts for its feeder. share: of the children, and at least two,
    that lifts the prediction to the parent. unconfirmed_minutes: a prediction may be lifted for so long before it is
    told to anybody; then it is frozen, and later ones below its parent leave it as it is. hold_minutes: so long after
    its last complaint a node is thought to be back, and a further call opens a new outage.
    """

    calls: int = 3
    calls_of_child: int = 1
    share: float = 0.5
    window_minutes: float = 20.0
    unconfirmed_minutes: float = 15.0
    hold_minutes: float = 30.0


CHOSEN: Final = Setting()
AT_ONCE: Final = replace(CHOSEN, unconfirmed_minutes=0.0)
"""The same without the wait, as one who wants to know within a minute would set it."""


def baseline(day: Day, setting: Setting = CHOSEN) -> list[Detection]:
    """The detections of the fixed rule over a day."""
    rule = _Rule(day, setting)
    at, position = float(on_grid(day.begins, STEP_SECONDS)), 0
    while at <= day.ends + STEP_SECONDS:
        changed = set()
        while position < len(day.reports) and day.reports[position][0] <= at:
            report = day.reports[position][1]
            node = day.tree.number[report.node_id]
            if (
                report.kind is Kind.SUPPLY
                and day.tree.depth[node] == TRANSFORMER
                and not _planned(day, node, report.at)
            ):
                rule.hear(node, report.customer, report.at)
                changed.add(node)
            position += 1
        rule.step(sorted(changed), at)
        at += STEP_SECONDS
    return rule.told


class _Rule:
    """What is thought to be dead, and what of it was told."""

    def __init__(self, day: Day, setting: Setting) -> None:
        self._tree, self._setting = day.tree, setting
        self._last: dict[int, dict[str, float]] = defaultdict(dict)
        self._heard: dict[int, float] = {}
        self._dead: dict[int, float] = {}
        self._frozen: set[int] = set()
        self.told: list[Detection] = []

    def hear(self, node: int, customer: str, at: float) -> None:
        """A complaint of a customer below a transformer."""
        self._last[node][customer] = at
        for above in self._tree.path[node]:
            self._heard[above] = max(at, self._heard.get(above, 0.0))

    def step(self, changed: Iterable[int], now: float) -> None:
        """Predict at the transformers that complained, lift, and tell what is no longer unconfirmed."""
        for node in [
            node for node in self._dead if now - self._heard.get(node, 0.0) > self._setting.hold_minutes * MINUTE
        ]:
            del self._dead[node]
            self._frozen.discard(node)
        for node in changed:
            if not any(above in self._dead for above in self._tree.path[node]):
                if self._customers(node, now) >= self._setting.calls:
                    self._dead[node] = now
                self._lift(node, now)
        for node, since in self._dead.items():
            if node not in self._frozen and now - since >= self._setting.unconfirmed_minutes * MINUTE:
                self._frozen.add(node)
                self.told.append(Detection(node, now))

    def _customers(self, node: int, now: float) -> int:
        window = self._setting.window_minutes * MINUTE
        return sum(1 for at in self._last[node].values() if now - at <= window)

    def _lift(self, node: int, now: float) -> None:
        for above in reversed(self._tree.path[node][:-1]):
            children = self._tree.children[above]
            down = sum(1 for child in children if child in self._dead or self._counts(child, now))
            if down < 2 or down < self._setting.share * len(children):
                return
            self._dead[above] = now
            for below in [below for below in self._dead if below != above and above in self._tree.path[below]]:
                if below not in self._frozen:
                    del self._dead[below]

    def _counts(self, node: int, now: float) -> bool:
        return (
            self._tree.depth[node] == TRANSFORMER
            and node in self._last
            and self._customers(node, now) >= self._setting.calls_of_child
        )


def _planned(day: Day, node: int, at: float) -> bool:
    path = day.tree.path[node]
    return any(row.starts <= at < row.ends for row in day.shutdowns if day.tree.number.get(row.node_id) in path)
