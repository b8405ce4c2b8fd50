"""Status events of complaints, and what telemetry, crews and dispatchers say of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from producers.simulate.city import City
from producers.simulate.complaints import Complaint
from producers.simulate.dice import Dice
from producers.simulate.events import Evening, Event
from producers.simulate.faults import MINUTE, Cause, Fault
from schemas.envelope import COMPLAINT_STATUS, NETWORK_EVENT
from schemas.identity import complaint_id
from schemas.vocabulary import SUPPLY_CATEGORIES, ComplaintStatus, NetworkState, NodeKind, ReportedBy

_TRACKED: Final = 0.25
"""Share of complaints whose further way is told at all."""
_CREWS: Final = 236
"""Gangs of five men (Hindustan Times, June 2023)."""
_MOMENTARY_TRIPS: Final = 0.01
"""Feeders that trip and close again within three minutes, as a share of all feeders."""


def status_events(complaints: Iterable[Complaint], evening: Evening, dice: Dice) -> list[Event]:
    """What the dispatcher's system tells of some complaints until the end of the evening."""
    told = []
    for complaint in complaints:
        if dice.chance(_TRACKED):
            told += [step for step in _steps(complaint, evening, dice) if step[0] < evening.seconds]
    told.sort(key=lambda step: step[0])
    return [
        evening.event(COMPLAINT_STATUS, "/kesco/dispatch", evening.event_id("ST", number), at, data)
        for number, (at, data) in enumerate(told, 1)
    ]


def _steps(complaint: Complaint, evening: Evening, dice: Dice) -> Iterator[tuple[float, Event]]:
    """(when it is told, data) for each step; it is told up to three minutes after it happened."""
    event, wish = complaint.event, complaint.contact.wish
    if dice.chance(0.6):
        named: Event = {"complaint": {"source": event["source"], "id": event["id"]}}
    else:
        named = {"complaint_id": str(complaint_id(event["source"], event["id"]))}

    def step(at: float, status: ComplaintStatus, **more: Any) -> tuple[float, Event]:
        data = {**named, "status": status.value, "at": evening.iso(at), **more}
        return at + dice.between(0, 3 * MINUTE), data

    at = complaint.contact.recorded_at + dice.lognormal(6 * MINUTE, 0.6)
    yield step(at, ComplaintStatus.ACKNOWLEDGED)
    if wish.says not in SUPPLY_CATEGORIES:
        if dice.chance(0.3):
            yield step(at + dice.lognormal(30 * MINUTE, 0.7), ComplaintStatus.CLOSED)
        return
    ends = wish.fault.ends if wish.fault else at + dice.lognormal(80 * MINUTE, 0.6)
    cause = wish.fault.cause.value if wish.fault else None
    crew = f"G-{dice.whole(1, _CREWS + 1)}"
    at += dice.lognormal(12 * MINUTE, 0.6)
    if at < ends:
        estimate = evening.iso(ends + dice.between(-40, 40) * MINUTE)
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


def network_events(city: City, faults: Iterable[Fault], evening: Evening, dice: Dice) -> list[Event]:
    """Telemetry of some faults, the dispatcher's word on planned work, and momentary trips of other feeders."""
    told: list[tuple[float, Event]] = []

    def tell(node_id: str, state: NetworkState, at: float, by: ReportedBy, note: str | None = None) -> None:
        late = dice.between(0, 4) if by is ReportedBy.SCADA else dice.between(1, 10) * MINUTE
        data = {"node_id": node_id, "state": state.value, "at": evening.iso(at), "reported_by": by.value}
        told.append((at + late, {**data, "note": note} if note else data))

    for fault in faults:
        if fault.telemetry or fault.planned:
            by = ReportedBy.DISPATCHER if fault.planned else ReportedBy.SCADA
            tell(fault.node_id, NetworkState.OPEN, fault.starts, by, fault.cause.value if fault.planned else None)
            tell(fault.node_id, NetworkState.CLOSED, fault.ends, by)
        elif fault.cause is Cause.TRANSFORMER_BURNT and dice.chance(0.3):
            tell(fault.node_id, NetworkState.CLOSED, fault.ends, ReportedBy.CREW, "transformer changed")
    dark = {fault.node_id for fault in faults if fault.node_kind is not NodeKind.TRANSFORMER}
    for feeder in city.tables.feeders:
        if dice.chance(_MOMENTARY_TRIPS) and not dark & {feeder.feeder_id, feeder.substation_id}:
            at = dice.between(0, evening.seconds)
            tell(feeder.feeder_id, NetworkState.OPEN, at, ReportedBy.SCADA)
            tell(feeder.feeder_id, NetworkState.CLOSED, at + dice.between(5, 170), ReportedBy.SCADA)
    told.sort(key=lambda step: step[0])
    return [
        evening.event(NETWORK_EVENT, "/kesco/scada", evening.event_id("NE", number), at, data)
        for number, (at, data) in enumerate(told, 1)
        if at < evening.seconds
    ]
