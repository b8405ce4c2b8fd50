"""One worked example for each kind of message, as it stands in the published documents."""

from __future__ import annotations

from typing import Any, Final

from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, JSON_CONTENT_TYPE, NETWORK_EVENT
from schemas.identity import complaint_id

_SOURCE: Final = "/kesco/call-centre/acd-1"
_ID: Final = "CC-2026-06-20-000123"
_COMPLAINT_ID: Final = str(complaint_id(_SOURCE, _ID))
_REPORTED_AT: Final = "2026-06-20T21:14:05+05:30"
_RECEIVED_AT: Final = "2026-06-20T15:44:05.412Z"


def _event(kind: str, source: str, event_id: str, time: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": kind,
        "time": time,
        "datacontenttype": JSON_CONTENT_TYPE,
        "data": data,
    }


REGISTERED: Final = _event(
    COMPLAINT_REGISTERED,
    _SOURCE,
    _ID,
    _REPORTED_AT,
    {
        "channel": "call",
        "reported_at": _REPORTED_AT,
        "account_no": "1234567890",
        "phone": "+919812345678",
        "customer_name": None,
        "text": "poore mohalle ki light gayi hui hai",
        "language": None,
        "category": None,
        "neighbours_out": True,
        "location": {
            "address": "128/18 Y Block",
            "locality": "Kidwai Nagar",
            "pincode": "208011",
            "latitude": None,
            "longitude": None,
            "transformer_id": None,
        },
        "call": {"call_id": "9f1", "line": 7, "queue_seconds": 12, "agent_id": "A-31"},
    },
)
STATUS: Final = _event(
    COMPLAINT_STATUS,
    "/kesco/dispatch",
    "ST-2026-06-20-000041",
    "2026-06-20T21:31:00+05:30",
    {
        "complaint": {"source": _SOURCE, "id": _ID},
        "status": "assigned",
        "at": "2026-06-20T21:30:00+05:30",
        "substation_id": "SS-HORSEMAN-BAGH",
        "crew": "G-12",
        "estimated_restoration_at": "2026-06-20T23:00:00+05:30",
    },
)
NETWORK: Final = _event(
    NETWORK_EVENT,
    "/kesco/scada",
    "NE-2026-06-20-000007",
    "2026-06-20T21:10:02+05:30",
    {"node_id": "SS-HORSEMAN-BAGH", "state": "open", "at": "2026-06-20T21:10:00+05:30", "reported_by": "scada"},
)
ENRICHED: Final[dict[str, Any]] = {
    "complaint_id": _COMPLAINT_ID,
    "source": _SOURCE,
    "source_id": _ID,
    "channel": "call",
    "reported_at": "2026-06-20T15:44:05Z",
    "received_at": _RECEIVED_AT,
    "enriched_at": "2026-06-20T15:44:05.530Z",
    "customer_key": "5f2c1a9be07d4c3385d1f0a67e9b2c14",
    "phone_last3": "678",
    "text": "poore mohalle ki light gayi hui hai",
    "language": "hinglish",
    "category": "no_supply_area",
    "category_confidence": 0.9,
    "hazard": False,
    "extent": "area",
    "neighbours_out": True,
    "priority": 3,
    "special_need": "none",
    "incomer_id": "IN-HORSEMAN-BAGH",
    "substation_id": "SS-HORSEMAN-BAGH",
    "feeder_id": "",
    "transformer_id": "",
    "routed_by": "locality",
    "routing_confidence": 0.7,
    "locality": "Kidwai Nagar",
    "pincode": "208011",
    "planned": False,
    "due_at": "2026-06-20T21:44:05Z",
    "queue_seconds": 12,
    "notes": [],
    "event_version": 563168384710923,
    "enricher_version": "1",
    "reference_version": "3b1f0c8e",
    "kafka_topic": "complaints.calls",
    "kafka_partition": 2,
    "kafka_offset": 1041,
}
OUTAGE: Final[dict[str, Any]] = {
    "outage_id": "O-SS-HORSEMAN-BAGH-20260620T154000Z",
    "node_id": "SS-HORSEMAN-BAGH",
    "node_kind": "substation",
    "state": "predicted",
    "at": "2026-06-20T15:46:30Z",
    "started_at": "2026-06-20T15:40:00Z",
    "detected_at": "2026-06-20T15:46:30Z",
    "customers_reporting": 14,
    "customers_affected": 7300,
    "score": 11.4,
    "rule_set": "normal",
    "planned": False,
    "parent_outage_id": "",
    "confidence": 0.94,
    "children": 9,
    "children_reporting": 6,
    "reason": "complaints",
    "restored_at": None,
    "decided_at": "2026-06-20T15:46:30Z",
}
_RAW_RECORD: Final = {"kafka_partition": 0, "kafka_offset": 57}
STATUS_ACCEPTED: Final[dict[str, Any]] = {
    "complaint_id": _COMPLAINT_ID,
    "status": "assigned",
    "at": "2026-06-20T16:00:00Z",
    "substation_id": "SS-HORSEMAN-BAGH",
    "crew": "G-12",
    "cause": "",
    "estimated_restoration_at": "2026-06-20T17:30:00Z",
    "note": "",
    "source": "/kesco/dispatch",
    "source_id": "ST-2026-06-20-000041",
    "received_at": "2026-06-20T16:01:00.218Z",
    "kafka_topic": "complaints.status",
    **_RAW_RECORD,
}
NETWORK_ACCEPTED: Final[dict[str, Any]] = {
    "node_id": "SS-HORSEMAN-BAGH",
    "state": "open",
    "at": "2026-06-20T15:40:00Z",
    "reported_by": "scada",
    "note": "",
    "source": "/kesco/scada",
    "source_id": "NE-2026-06-20-000007",
    "received_at": "2026-06-20T15:40:02.101Z",
    "kafka_topic": "network.events",
    **_RAW_RECORD,
}
DEAD_LETTER_HEADERS: Final = {
    "dl.topic": "complaints.web",
    "dl.partition": "1",
    "dl.offset": "88",
    "dl.stage": "validate",
    "dl.reason": "missing_field",
    "dl.field": "data.text",
    "dl.first_seen": _RECEIVED_AT,
    "dl.attempts": "1",
}
