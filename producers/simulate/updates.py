"""Status events of complaints, and what telemetry, crews and dispatchers say of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from producers.simulate.city import City
from producers.simulate.complaints import Complaint
from producers.simulate.dice import Dice
from producers.simulate.events import Event, Span
from producers.simulate.faults import MINUTE, Fault
from schemas.envelope import COMPLAINT_STATUS, NETWORK_EVENT
from schemas.identity import complaint_id
from schemas.vocabulary import SUPPLY_CATEGORIES, ComplaintStatus, NetworkState, NodeKind, ReportedBy

_TRACKED: Final = 0.25
"""Share of complaints whose further way is told at all."""
_CREWS: Final = 236
"""Gangs of five men (Hindustan Times, June 2023)."""
_CREW_TELLS: Final = 0.3
"""Share of transformers whose return a crew enters into the control centre's system."""


def status_events(complaints: Iterable[Complaint], span: Span, dice: Dice) -> list[tuple[float, Event]]:
    """What the dispatcher's system tells of some complaints until the end of the span."""
    told = []
    for complaint in complaints:
        if dice.chance(_TRACKED):
            told += [step for step in _steps(complaint, span, dice) if step[0] < span.seconds]
    told.sort(key=lambda step: step[0])
    return [
        (at, span.event(COMPLAINT_STATUS, "/kesco/dispatch", span.event_id("ST", number), at, data))
        for number, (at, data) in enumerate(told, 1)
    ]


def _steps(complaint: Complaint, span: Span, dice: Dice) -> Iterator[tuple[float, Event]]:
    """(when it is told, data) for each step; it is told up to three minutes after it happened."""
    event, wish = complaint.event, complaint.contact.wish
    if dice.chance(0.6):
        named: Event = {"complaint": {"source": event["source"], "id": event["id"]}}
    else:
        named = {"complaint_id": str(complaint_id(event["source"], event["id"]))}

    def step(at: float, status: ComplaintStatus, **more: Any) -> tuple[float, Event]:
        data = {**named, "status": status.value, "at": span.iso(at), **more}
        return at + dice.between(0, 3 * MINUTE), data

    at = complaint.contact.recorded_at + dice.lognormal(6 * MINUTE, 0.6)
    yield step(at, ComplaintStatus.ACKNOWLEDGED)
    if wish.says not in SUPPLY_CATEGORIES:
        if dice.chance(0.3):
            yield step(at + dice.lognormal(30 * MINUTE, 0.7), ComplaintStatus.CLOSED)
        return
    ends = wish.until if wish.until is not None else at + dice.lognormal(80 * MINUTE, 0.6)
    cause = wish.cause.value if wish.cause else None
    crew = f"G-{dice.whole(1, _CREWS + 1)}"
    at += dice.lognormal(12 * MINUTE, 0.6)
    if at < ends:
        estimate = span.iso(ends + dice.between(-40, 40) * MINUTE)
        yield step(at, ComplaintStatus.ASSIGNED, crew=crew, cause=cause, estimated_restoration_at=estimate)
    at += dice.lognormal(15 * MINUTE, 0.6)
    if at < ends and dice.chance(0.7):
        yield step(at, ComplaintStatus.ARRIVED, crew=crew)
    restored = max(at, ends + dice.lognormal(5 * MINUTE, 0.8))
    yield step(restored, ComplaintStatus.RESTORED, crew=crew, cause=cause)
    closed = restored + dice.lognormal(15 * MINUTE, 0.5)
    yield step(closed, ComplaintStatus.CLOSED)
    if dice.chance(0.02):
        yield step(closed + dice.lognormal(20 * MINUTE, 0.5), ComplaintStatus.REOPENED, note="still no supply")


def telemetered(city: City, share: float, dice: Dice) -> frozenset[str]:
    """The feeders, substations and incomers whose switches report."""
    above = (node for node in city.nodes.values() if node.kind is not NodeKind.TRANSFORMER)
    return frozenset(node.node_id for node in above if dice.chance(share))


def network_events(
    city: City, faults: Iterable[Fault], reporting: frozenset[str], span: Span, dice: Dice
) -> list[tuple[float, Event]]:
    """What the switches of the nodes `reporting` tell, and the dispatcher and crews of the same system.

    Each reporting node states itself once at the beginning, as a control centre polls all on connecting. Nothing at all
    is told where no node reports.
    """
    told: list[tuple[float, Event]] = []

    def tell(node_id: str, state: NetworkState, at: float, by: ReportedBy, note: str | None = None) -> None:
        late = dice.between(0, 4) if by is ReportedBy.SCADA else dice.between(1, 10) * MINUTE
        data = {"node_id": node_id, "state": state.value, "at": span.iso(at), "reported_by": by.value}
        told.append((max(0.0, at) + late, {**data, "note": note} if note else data))

    dark = {fault.node_id for fault in faults if fault.starts <= 0 < fault.ends}
    for node_id in city.nodes:
        if node_id in reporting and node_id not in dark:
            tell(node_id, NetworkState.CLOSED, 0, ReportedBy.SCADA)
    for fault in faults if reporting else ():
        if fault.node_id in reporting or fault.planned:
            by = ReportedBy.SCADA if fault.node_id in reporting else ReportedBy.DISPATCHER
            tell(fault.node_id, NetworkState.OPEN, fault.starts, by, fault.cause.value if fault.planned else None)
            tell(fault.node_id, NetworkState.CLOSED, fault.ends, by)
        elif fault.node_kind is NodeKind.TRANSFORMER and dice.chance(_CREW_TELLS):
            tell(fault.node_id, NetworkState.CLOSED, fault.ends, ReportedBy.CREW, "supply restored")
    told.sort(key=lambda step: step[0])
    return [
        (at, span.event(NETWORK_EVENT, "/kesco/scada", span.event_id("NE", number), at, data))
        for number, (at, data) in enumerate(told, 1)
        if 0 <= at < span.seconds
    ]
