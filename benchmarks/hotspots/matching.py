"""Detections against the truth: who found what, how exactly, how late. README.md says the same in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import ceil
from statistics import median
from typing import Final

from benchmarks.hotspots.replay import Day, Fault
from insight.detector.report import Kind

GRACE_SECONDS: Final = 15 * 60.0
SHORTEST_SECONDS: Final = 5 * 60.0
LEAST_CUSTOMERS: Final = 3


@dataclass(frozen=True, slots=True)
class Detection:
    """A node called dead at a time (Unix seconds)."""

    node: int
    at: float


@dataclass(slots=True)
class Tally:
    """Counts over one or more days; the ratios of the report come from their sums. Delays are in minutes."""

    runs: int = 0
    days: float = 0.0
    faults: int = 0
    near: int = 0
    exact: int = 0
    placed: int = 0
    placed_near: int = 0
    placed_exact: int = 0
    detections: int = 0
    right_near: int = 0
    right_exact: int = 0
    of_found: int = 0
    false: int = 0
    planned: int = 0
    left_dark: int = 0
    left_dark_found: int = 0
    delays: list[float] = field(default_factory=list)
    delays_exact: list[float] = field(default_factory=list)
    from_start: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another day in."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))

    def row(self) -> dict[str, float]:
        """The figures of the report; 0 where there is nothing to divide."""
        return {
            "faults": self.faults,
            "recall_near": self.near / max(1, self.faults),
            "recall_exact": self.exact / max(1, self.faults),
            "placed": self.placed,
            "placed_recall_near": self.placed_near / max(1, self.placed),
            "placed_recall_exact": self.placed_exact / max(1, self.placed),
            "precision_near": self.right_near / max(1, self.detections),
            "precision_exact": self.right_exact / max(1, self.detections),
            "detections": self.detections,
            "detections_a_fault": self.of_found / max(1, self.near),
            "false_a_day": self.false / max(0.01, self.days),
            "false_a_run": self.false / max(1, self.runs),
            "in_planned": self.planned,
            "left_dark": self.left_dark,
            "left_dark_found": self.left_dark_found,
            "minutes_after_third_median": median(self.delays or [0.0]),
            "minutes_after_third_p90": p90(self.delays),
            "minutes_after_third_exact_median": median(self.delays_exact or [0.0]),
            "minutes_after_third_exact_p90": p90(self.delays_exact),
            "minutes_from_start_median": median(self.from_start or [0.0]),
            "minutes_from_start_p90": p90(self.from_start),
        }


def p90(values: Sequence[float]) -> float:
    """The least of the values that nine in ten do not exceed; 0 of none."""
    return sorted(values)[ceil(0.9 * len(values)) - 1] if values else 0.0


def customers_of(day: Day, since: Mapping[str, float] | None = None) -> dict[str, list[float]]:
    """Fault to when each distinct customer became known who complained of supply below it while it lasted, in order.

    since: by fault, a later time than its start from which complaints count.
    """
    by_node: dict[int, list[Fault]] = defaultdict(list)
    for fault in day.truth:
        by_node[fault.node].append(fault)
    known: dict[str, dict[str, float]] = defaultdict(dict)
    for received, report in day.reports:
        if report.kind is not Kind.SUPPLY:
            continue
        for node in day.tree.path[day.tree.number[report.node_id]]:
            for fault in by_node.get(node, ()):
                begins = max(fault.started_at, (since or {}).get(fault.outage_id, 0.0))
                if begins <= report.at <= fault.ended_at:
                    known[fault.outage_id].setdefault(report.customer, received)
    return {fault: sorted(times.values()) for fault, times in known.items()}


def heard(fault: Fault, customers: Mapping[str, Sequence[float]]) -> int:
    """Customers who complained of a fault: as the truth has it, or else those whose complaints were placed below it."""
    return len(customers.get(fault.outage_id, ())) if fault.complainers is None else fault.complainers


def counted(fault: Fault) -> bool:
    """Unplanned, and longer than five minutes."""
    return not fault.planned and fault.ended_at - fault.started_at > SHORTEST_SECONDS


def headline(day: Day, customers: Mapping[str, Sequence[float]]) -> list[Fault]:
    """Unplanned, over five minutes, with three complainers, and not swallowed by a parent within 15 minutes."""
    return [
        fault
        for fault in day.truth
        if counted(fault) and heard(fault, customers) >= LEAST_CUSTOMERS and not swallowing(day, fault)
    ]


def swallowing(day: Day, fault: Fault) -> list[Fault]:
    """Outages of nodes above a fault that were on at some time of its first 15 minutes."""
    above = frozenset(day.tree.path[fault.node][:-1])
    last = min(fault.started_at + GRACE_SECONDS, fault.ended_at)
    return [
        other
        for other in day.truth
        if other.node in above and other.started_at <= last and other.ended_at > fault.started_at
    ]


def left_dark(day: Day) -> dict[str, float]:
    """Faults that were swallowed and stayed dark for over 15 minutes after all above was back, and when that was.

    Only where three customers complained after that.
    """
    back = {
        fault.outage_id: max(other.ended_at for other in above)
        for fault in day.truth
        if counted(fault) and (above := swallowing(day, fault))
    }
    customers = customers_of(day, back)
    return {
        fault.outage_id: back[fault.outage_id]
        for fault in day.truth
        if fault.outage_id in back
        and fault.ended_at - back[fault.outage_id] > GRACE_SECONDS
        and len(customers.get(fault.outage_id, ())) >= LEAST_CUSTOMERS
    }


def tally(day: Day, detections: Iterable[Detection]) -> tuple[Tally, list[Detection], list[Fault]]:
    """The counts of a day, the false detections and the headline faults that were missed."""
    detections = sorted(detections, key=lambda detection: (detection.at, detection.node))
    customers = customers_of(day)
    wanted = headline(day, customers)
    ids = {fault.outage_id for fault in wanted}
    found: dict[str, list[tuple[Detection, bool]]] = defaultdict(list)
    wrong = []
    result = Tally(runs=1, days=(day.ends - day.begins) / 86400, faults=len(wanted), detections=len(detections))
    for detection in detections:
        fits = fitting(day, detection)
        fault = min(fits, key=lambda fault: _rank(detection, fault, ids, found)) if fits else None
        if fault is None or fault.planned:
            result.false += 1
            result.planned += fault is not None
            wrong.append(detection)
            continue
        exact = fault.node == detection.node
        result.right_near += 1
        result.right_exact += exact
        found[fault.outage_id].append((detection, exact))
    missed = [fault for fault in wanted if fault.outage_id not in found]
    result.placed = sum(len(customers.get(fault.outage_id, ())) >= LEAST_CUSTOMERS for fault in wanted)
    for fault in wanted:
        if hits := found.get(fault.outage_id):
            _take(result, fault, hits, customers.get(fault.outage_id, ()))
    by_id = {fault.outage_id: fault for fault in day.truth}
    for outage_id, back in left_dark(day).items():
        result.left_dark += 1
        fault = by_id[outage_id]
        result.left_dark_found += any(
            detection.node == fault.node and back <= detection.at <= fault.ended_at + GRACE_SECONDS
            for detection in detections
        )
    return result, wrong, missed


def _take(result: Tally, fault: Fault, hits: Sequence[tuple[Detection, bool]], customers: Sequence[float]) -> None:
    """Count a headline fault that was found."""
    result.near += 1
    result.of_found += len(hits)
    first = min(detection.at for detection, _ in hits)
    result.from_start.append((first - fault.started_at) / 60)
    exact = [detection.at for detection, exact in hits if exact]
    result.exact += bool(exact)
    if len(customers) >= LEAST_CUSTOMERS:
        result.placed_near += 1
        result.placed_exact += bool(exact)
        third = customers[LEAST_CUSTOMERS - 1]
        result.delays.append(max(0.0, first - third) / 60)
        if exact:
            result.delays_exact.append(max(0.0, min(exact) - third) / 60)


def fitting(day: Day, detection: Detection) -> list[Fault]:
    """Outages on at the time of a detection, or ended at most 15 minutes ago, of its node, a parent or a child."""
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


def _rank(
    detection: Detection, fault: Fault, wanted: set[str], found: Mapping[str, object]
) -> tuple[bool, bool, bool, bool, float]:
    """Exact before near, unplanned before planned, headline before others, not yet found before found, newest first."""
    return (
        fault.node != detection.node,
        fault.planned,
        fault.outage_id not in wanted,
        fault.outage_id in found,
        -fault.started_at,
    )
