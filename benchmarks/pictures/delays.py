"""How long after the third customer's complaint each true fault was found. Pure; times are Unix seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LEAST_MINUTES: Final = 5
"""Shorter faults are momentary."""
AFTERWARDS_MINUTES: Final = 15
"""What is found so long after the end still counts; a fault whose parent fails so soon after it is the parent's."""
CUSTOMERS: Final = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What was truly out."""

    node_id: str
    starts: float
    ends: float


@dataclass(frozen=True, slots=True)
class Report:
    """A complaint about supply, at the deepest node that is known."""

    customer: int
    node_id: str
    said: float
    received: float


def delays(
    faults: Iterable[Fault],
    reports: Iterable[Report],
    found: Iterable[tuple[str, float]],
    parents: Mapping[str, str],
) -> list[float | None]:
    """Minutes from the third customer's complaint to the detection of the node, its parent or a child; None: not found.

    One number for each fault that lasted and that three customers complained about. found: node and detection time;
    parents: the node above each.
    """
    known = list(faults)
    starts = defaultdict(list)
    for fault in known:
        starts[fault.node_id].append(fault.starts)
    below = defaultdict(list)
    for report in reports:
        for node_id in _upwards(report.node_id, parents):
            below[node_id].append(report)
    detected = defaultdict(list)
    for node_id, at in found:
        detected[node_id].append(at)
        detected[parents.get(node_id, "")].append(at)
    return [
        _delay(fault, third, detected, parents)
        for fault in known
        if fault.ends - fault.starts > LEAST_MINUTES * 60
        and not _swallowed(fault, starts, parents)
        and (third := _third(fault, below[fault.node_id])) is not None
    ]


def _upwards(node_id: str, parents: Mapping[str, str]) -> Iterator[str]:
    while node_id:
        yield node_id
        node_id = parents.get(node_id, "")


def _swallowed(fault: Fault, starts: Mapping[str, list[float]], parents: Mapping[str, str]) -> bool:
    above = list(_upwards(parents.get(fault.node_id, ""), parents))
    return any(0 <= at - fault.starts <= AFTERWARDS_MINUTES * 60 for node_id in above for at in starts[node_id])


def _third(fault: Fault, reports: Iterable[Report]) -> float | None:
    first: dict[int, float] = {}
    for report in reports:
        if fault.starts <= report.said <= fault.ends + AFTERWARDS_MINUTES * 60:
            first[report.customer] = min(report.received, first.get(report.customer, report.received))
    return sorted(first.values())[CUSTOMERS - 1] if len(first) >= CUSTOMERS else None


def _delay(fault: Fault, third: float, detected: Mapping[str, list[float]], parents: Mapping[str, str]) -> float | None:
    near = [*detected[fault.node_id], *detected[parents.get(fault.node_id, "")]]
    times = [at for at in near if fault.starts <= at <= fault.ends + AFTERWARDS_MINUTES * 60]
    return (min(times) - third) / 60 if times else None
