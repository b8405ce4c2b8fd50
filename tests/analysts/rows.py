"""Rows of every table, made by hand and written as the stages before the sink write them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from schemas.enriched import ComplaintEnriched, event_version
from schemas.identity import complaint_id
from schemas.outage import OutageStateChanged
from schemas.vocabulary import (
    HAZARD_CATEGORIES,
    Category,
    Channel,
    ComplaintStatus,
    Extent,
    Language,
    NetworkState,
    NodeKind,
    OutageReason,
    OutageState,
    ReportedBy,
    RoutedBy,
    SpecialNeed,
)
from stream_processors.enrichment.consequence import urgency_of

INDIA: Final = ZoneInfo("Asia/Kolkata")
PHONE: Final = "/kesco/call-centre/acd-1"
PORTAL: Final = "/kesco/web-portal"
DESK: Final = "/kesco/help-desk/SS-HORSEMAN-BAGH"

_LIMIT_HOURS: Final = {
    Category.NO_SUPPLY: 4,
    Category.NO_SUPPLY_AREA: 6,
    Category.TRANSFORMER_FAULT: 6,
    Category.FUSE_BLOWN: 4,
    Category.LINE_BROKEN: 6,
    Category.SPARKING_FIRE: 6,
    Category.POLE_DAMAGE_SHOCK: 6,
}
"""Of the pack that ships, for an urban feeder."""
State = tuple[datetime, OutageState, OutageReason, int]
"""When, which, why, and how many customers had complained."""


def on(text: str) -> datetime:
    """`21:40`, or `17 14:00` for another day of June."""
    day, _, clock = text.rpartition(" ")
    hour, minute = clock.split(":")
    return datetime(2026, 6, int(day or 20), int(hour), int(minute), tzinfo=INDIA)


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


@dataclass
class Day:
    """The rows of each table, as JSON that the sink stores."""

    complaints: list[bytes] = field(default_factory=list)
    statuses: list[bytes] = field(default_factory=list)
    network: list[bytes] = field(default_factory=list)
    outages: list[bytes] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)

    def complain(
        self,
        customer: str,
        at: datetime,
        path: tuple[str, ...] = (),
        category: Category = Category.NO_SUPPLY,
        source: str = PHONE,
        received_at: datetime | None = None,
        **changes: Any,
    ) -> UUID:
        """One complaint; `customer` is empty for one that nobody knows."""
        received = received_at or at
        number = len(self.complaints)
        source_id = changes.pop("source_id", f"CC-{number:05}")
        incomer, substation, feeder, transformer = (*path, "", "", "", "")[:4]
        channel = {PHONE: Channel.CALL, PORTAL: Channel.WEB}.get(source, Channel.HELPDESK)
        hours = _LIMIT_HOURS.get(category)
        fields: dict[str, Any] = {
            "complaint_id": complaint_id(source, source_id),
            "source": source,
            "source_id": source_id,
            "channel": channel,
            "reported_at": at,
            "received_at": received,
            "enriched_at": received,
            "customer_key": hashlib.sha256(customer.encode()).hexdigest()[:32] if customer else "",
            "phone_last3": "678",
            "text": "",
            "language": Language.HINGLISH,
            "category": category,
            "category_confidence": 0.9,
            "hazard": category in HAZARD_CATEGORIES,
            "extent": Extent.UNKNOWN,
            "neighbours_out": None,
            "special_need": SpecialNeed.NONE,
            "incomer_id": incomer,
            "substation_id": substation,
            "feeder_id": feeder,
            "transformer_id": transformer,
            "routed_by": RoutedBy.ACCOUNT if path else RoutedBy.NONE,
            "routing_confidence": 0.95 if path else 0.0,
            "locality": "",
            "pincode": "",
            "planned": False,
            "due_at": at + timedelta(hours=hours) if hours else None,
            "queue_seconds": 20 if channel is Channel.CALL else None,
            "notes": (),
            "event_version": event_version(1, int(received.timestamp() * 1000)),
            "enricher_version": "1",
            "reference_version": "kanpur",
            "kafka_topic": f"complaints.{'calls' if channel is Channel.CALL else channel}",
            "kafka_partition": 0,
            "kafka_offset": number,
        }
        fields |= changes
        hazard, extent, need = fields["hazard"], fields["extent"], fields["special_need"]
        urgency = urgency_of(category, hazard=hazard, extent=extent, special_need=need)
        row = ComplaintEnriched(**fields, priority=urgency.priority)
        self.complaints.append(row.to_json())
        return row.complaint_id

    def status(self, complaint: UUID, status: ComplaintStatus, at: datetime, **more: Any) -> None:
        """One status event."""
        number = len(self.statuses)
        fields: dict[str, Any] = {
            "complaint_id": complaint,
            "status": status,
            "at": at,
            "substation_id": "",
            "crew": "",
            "cause": "",
            "estimated_restoration_at": None,
            "note": "",
            "source": "/kesco/dispatch",
            "source_id": f"ST-{number:05}",
            "received_at": at + minutes(2),
            "kafka_topic": "complaints.status",
            "kafka_partition": 0,
            "kafka_offset": number,
        }
        self.statuses.append(orjson.dumps({**fields, **more}))

    def switch(self, node_id: str, state: NetworkState, at: datetime, by: ReportedBy = ReportedBy.SCADA) -> None:
        """One word of telemetry, a crew or a dispatcher; known 7 minutes later."""
        number = len(self.network)
        fields: dict[str, Any] = {
            "node_id": node_id,
            "state": state,
            "at": at,
            "reported_by": by,
            "note": "",
            "source": "/kesco/scada",
            "source_id": f"NE-{number:05}",
            "received_at": at + minutes(7),
            "kafka_topic": "network.events",
            "kafka_partition": 0,
            "kafka_offset": number,
        }
        self.network.append(orjson.dumps(fields))

    def outage(
        self, node_id: str, kind: NodeKind, starts: datetime, affected: int, *states: State, parent: str = ""
    ) -> str:
        """One outage, a row for each of its states; its id."""
        outage_id = f"{node_id}@{starts:%d-%H%M}"
        restored_at: datetime | None = None
        for number, (decided_at, state, reason, reporting) in enumerate(states):
            if state is OutageState.RESTORED:
                restored_at = decided_at
            fields: dict[str, Any] = {
                "outage_id": outage_id,
                "node_id": node_id,
                "node_kind": kind,
                "state": state,
                "at": decided_at,
                "started_at": starts,
                "detected_at": states[0][0],
                "customers_reporting": reporting,
                "customers_affected": affected,
                "score": 12.5,
                "rule_set": "normal",
                "planned": False,
                "parent_outage_id": parent if number or states[0][2] is OutageReason.MOVED else "",
                "confidence": 0.9,
                "children": 3,
                "children_reporting": min(3, reporting),
                "reason": reason,
                "restored_at": restored_at,
                "decided_at": decided_at + minutes(1 if number else 0),
            }
            self.outages.append(OutageStateChanged(**fields).to_json())
        return outage_id

    def refuse(self, topic: str, offset: int, reason: str, dead_field: str, at: datetime) -> None:
        """One refusal; the row as the sink writes it."""
        fields = {
            "kafka_topic": topic,
            "kafka_partition": 0,
            "kafka_offset": offset,
            "stage": "validate",
            "reason": reason,
            "field": dead_field,
            "first_seen_at": at,
            "attempts": 1,
            "value_bytes": 412,
            "refused_at": at,
            "dead_letter_partition": 0,
            "dead_letter_offset": len(self.letters),
        }
        self.letters.append(orjson.dumps(fields))
