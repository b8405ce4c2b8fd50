"""What no detector can find or name from complaints alone, counted on the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from benchmarks.hotspots.matching import (
    GRACE_SECONDS,
    LEAST_CUSTOMERS,
    counted,
    customers_of,
    headline,
    heard,
    swallowing,
)
from benchmarks.hotspots.replay import Day, Fault
from insight.detector.report import Kind
from insight.detector.tree import TRANSFORMER

LOOK_ALIKE_SECONDS: Final = 30 * 60.0


@dataclass(slots=True)
class Bounds:
    """Counts over one or more days."""

    runs: int = 0
    faults: int = 0
    """Unplanned, over five minutes, not swallowed by a parent's."""
    nobody: int = 0
    """Of these, nobody complained."""
    too_few: int = 0
    """One or two customers did."""
    swallowed: int = 0
    """Unplanned, over five minutes, but a parent was dark within 15 minutes: not among `faults`."""
    headline: int = 0
    unplaced: int = 0
    """Headline faults of which fewer than three complainers could be placed below the node, as supply complaints."""
    too_late: int = 0
    """Headline faults whose third complaint was received over 15 minutes after their end."""
    one_child: int = 0
    """Headline faults above a transformer whose placed complaints all lie below one child, as if that had failed."""
    look_alikes: int = 0
    """Transformers with three customers without supply within half an hour, where nothing had failed."""
    shutdowns: int = 0
    """Planned shutdowns that took place."""
    shutdown_complaints: int = 0
    """Complaints from within an announced one."""

    def add(self, other: Bounds) -> None:
        """Take another day in."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


def bounds(day: Day) -> Bounds:
    """The counts of a day."""
    customers = customers_of(day)
    result = Bounds(runs=1, shutdowns=sum(fault.planned for fault in day.truth))
    result.shutdown_complaints = day.planned_complaints
    for fault in filter(counted, day.truth):
        if swallowing(day, fault):
            result.swallowed += 1
            continue
        result.faults += 1
        people = heard(fault, customers)
        result.nobody += not people
        result.too_few += 0 < people < LEAST_CUSTOMERS
    places = _children_with_complaints(day)
    for fault in headline(day, customers):
        known = customers.get(fault.outage_id, ())
        result.headline += 1
        result.unplaced += len(known) < LEAST_CUSTOMERS
        result.too_late += len(known) >= LEAST_CUSTOMERS and known[LEAST_CUSTOMERS - 1] > fault.ended_at + GRACE_SECONDS
        result.one_child += day.tree.depth[fault.node] < TRANSFORMER and len(places[fault.outage_id]) == 1
    result.look_alikes = _look_alikes(day)
    return result


def _children_with_complaints(day: Day) -> dict[str, set[int]]:
    by_node: dict[int, list[Fault]] = defaultdict(list)
    for fault in day.truth:
        by_node[fault.node].append(fault)
    places: dict[str, set[int]] = defaultdict(set)
    for _, report in day.reports:
        path = day.tree.path[day.tree.number[report.node_id]]
        for depth, node in enumerate(path):
            for fault in by_node.get(node, ()):
                if report.kind is Kind.SUPPLY and fault.started_at <= report.at <= fault.ended_at:
                    places[fault.outage_id].update(path[depth + 1 : depth + 2])
    return places


def _look_alikes(day: Day) -> int:
    dark: dict[int, list[Fault]] = defaultdict(list)
    for fault in day.truth:
        dark[fault.node].append(fault)
    said: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for _, report in day.reports:
        node = day.tree.number[report.node_id]
        if report.kind is Kind.SUPPLY and day.tree.depth[node] == TRANSFORMER:
            outages = [fault for above in day.tree.path[node] for fault in dark.get(above, ())]
            if not any(fault.started_at <= report.at <= fault.ended_at + GRACE_SECONDS for fault in outages):
                said[node].append((report.at, report.customer))
    return sum(_crowds(sorted(times)) for times in said.values())


def _crowds(times: Sequence[tuple[float, str]]) -> int:
    """How often three customers spoke within half an hour; each of them counts for one crowd."""
    crowds, recent = 0, list[tuple[float, str]]()
    for at, customer in times:
        recent = [(then, who) for then, who in recent if at - then <= LOOK_ALIKE_SECONDS] + [(at, customer)]
        if len({who for _, who in recent}) >= LEAST_CUSTOMERS:
            crowds, recent = crowds + 1, []
    return crowds
