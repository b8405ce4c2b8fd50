"""Detections against the truth: who found what, how exactly, how late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.hotspots.replay import Day, Fault
from insight.detector.report import Kind

GRACE_SECONDS = 15 * 60.0
SHORTEST_SECONDS = 5 * 60.0
LEAST_CUSTOMERS = 3


@dataclass(frozen=True, slots=True)
class Detection:
    """A node called dead at a time (Unix seconds)."""

    node: int
    at: float


@dataclass(slots=True)
class Tally:
    """Counts over one or more days; the ratios of the report come from their sums."""

    days: float = 0.0
    faults: int = 0
    near: int = 0
    exact: int = 0
    detections: int = 0
    right_near: int = 0
    right_exact: int = 0
    of_found: int = 0
    false: int = 0
    planned: int = 0
    delays: list[float] = field(default_factory=list)
    from_start: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another day in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self) -> dict[str, float]:
        """The figures of the report. Delays in minutes; NaN-free: 0 where there is nothing to divide."""
        return {
            "faults": self.faults,
            "recall_near": self.near / max(1, self.faults),
            "recall_exact": self.exact / max(1, self.faults),
            "precision_near": self.right_near / max(1, self.detections),
            "precision_exact": self.right_exact / max(1, self.detections),
            "detections_a_fault": self.of_found / max(1, self.near),
            "false_a_day": self.false / max(0.01, self.days),
            "in_planned": self.planned,
            "minutes_after_third_median": median(self.delays) if self.delays else 0.0,
            "minutes_after_third_p90": quantiles(self.delays, n=10)[-1] if len(self.delays) > 1 else 0.0,
            "minutes_from_start_median": median(self.from_start) if self.from_start else 0.0,
        }


def third_customers(day: Day) -> dict[str, float]:
    """Fault to when its third distinct customer became known; only faults that have one."""
    by_node: dict[int, list[Fault]] = defaultdict(list)
    for fault in day.truth:
        by_node[fault.node].append(fault)
    customers: dict[str, dict[str, float]] = defaultdict(dict)
    for known, report in day.reports:
        if report.kind is not Kind.SUPPLY:
            continue
        for node in day.tree.path[day.tree.number[report.node_id]]:
            for fault in by_node.get(node, ()):
                if fault.started_at <= report.at <= fault.ended_at and known <= fault.ended_at + GRACE_SECONDS:
                    customers[fault.outage_id].setdefault(report.customer, known)
    return {
        fault: sorted(known.values())[LEAST_CUSTOMERS - 1]
        for fault, known in customers.items()
        if len(known) >= LEAST_CUSTOMERS
    }


def headline(day: Day, third: dict[str, float]) -> list[Fault]:
    """Unplanned, over five minutes, with three complainers, and not swallowed by a parent within 15 minutes."""
    return [
        fault
        for fault in day.truth
        if not fault.planned
        and fault.ended_at - fault.started_at > SHORTEST_SECONDS
        and fault.outage_id in third
        and not any(_swallows(day, other, fault) for other in day.truth)
    ]


def _swallows(day: Day, other: Fault, fault: Fault) -> bool:
    above = other.node in day.tree.path[fault.node][:-1]
    return above and other.started_at <= fault.started_at + GRACE_SECONDS and other.ended_at > fault.started_at


def tally(day: Day, detections: Iterable[Detection]) -> tuple[Tally, list[Detection], list[Fault]]:
    """The counts of a day, the false detections and the faults that were missed."""
    third = third_customers(day)
    counted = headline(day, third)
    ids = {fault.outage_id for fault in counted}
    found: dict[str, list[tuple[Detection, bool]]] = defaultdict(list)
    wrong = []
    result = Tally(days=(day.ends - day.begins) / 86400, faults=len(counted))
    for detection in sorted(detections, key=lambda detection: detection.at):
        result.detections += 1
        fits = _fits(day, detection)
        if not fits:
            result.false += 1
            wrong.append(detection)
            continue
        fault = _best(day, detection, fits, ids, found)
        result.planned += fault.planned
        result.right_near += not fault.planned
        result.right_exact += fault.node == detection.node and not fault.planned
        found[fault.outage_id].append((detection, fault.node == detection.node))
    missed = []
    for fault in counted:
        hits = found.get(fault.outage_id, [])
        if not hits:
            missed.append(fault)
            continue
        result.near += 1
        result.exact += any(exact for _, exact in hits)
        result.of_found += len(hits)
        first = min(detection.at for detection, _ in hits)
        result.delays.append((first - third[fault.outage_id]) / 60)
        result.from_start.append((first - fault.started_at) / 60)
    return result, wrong, missed


def _fits(day: Day, detection: Detection) -> list[Fault]:
    tree = day.tree
    return [
        fault
        for fault in day.truth
        if fault.started_at <= detection.at <= fault.ended_at + GRACE_SECONDS
        and (
            fault.node == detection.node
            or tree.parent[fault.node] == detection.node
            or tree.parent[detection.node] == fault.node
        )
    ]


def _best(
    day: Day,
    detection: Detection,
    fits: Sequence[Fault],
    counted: set[str],
    found: dict[str, list[tuple[Detection, bool]]],
) -> Fault:
    """Exact before near, unplanned before planned, not yet found before found, headline before others, newest first."""

    def rank(fault: Fault) -> tuple[bool, bool, bool, bool, float]:
        exact = fault.node == detection.node
        return (
            not exact,
            fault.planned,
            fault.outage_id in found,
            fault.outage_id not in counted,
            -fault.started_at,
        )

    del day
    return min(fits, key=rank)
