"""Records as the stages before the sink write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.enriched import ComplaintEnriched, event_version
from schemas.identity import complaint_id
from schemas.vocabulary import Category, Channel, Extent, Language, RoutedBy, SpecialNeed

START_AT = datetime(2026, 6, 20, 15, 44, 5, 250_000, tzinfo=UTC)


def enriched(number: int, **changes: Any) -> ComplaintEnriched:
    """Complaint `number`; the same number is always the same complaint, whatever is changed."""
    source, source_id = "/kesco/call-centre/acd-1", f"CC-{number:08}"
    received_at = changes.pop("received_at", datetime.now(UTC))
    fields: dict[str, Any] = {
        "complaint_id": complaint_id(source, source_id),
        "source": source,
        "source_id": source_id,
        "channel": Channel.CALL,
        "reported_at": START_AT + timedelta(seconds=number % 3600),
        "received_at": received_at,
        "enriched_at": received_at,
        "customer_key": f"customer-{number % 50}",
        "phone_last3": "678",
        "text": "बत्ती नहीं है \x00 poora mohalla",
        "language": Language.MIXED,
        "category": Category.NO_SUPPLY if number % 2 else Category.BILLING,
        "category_confidence": 0.75,
        "hazard": number % 10 == 0,
        "extent": Extent.AREA,
        "neighbours_out": True if number % 3 else None,
        "priority": 2,
        "special_need": SpecialNeed.NONE,
        "incomer_id": "INC-1",
        "substation_id": "SS-1",
        "feeder_id": "FD-1",
        "transformer_id": f"DT-{number % 7}",
        "routed_by": RoutedBy.ACCOUNT,
        "routing_confidence": 1.0,
        "locality": "Kidwai Nagar",
        "pincode": "208011",
        "planned": False,
        "due_at": START_AT + timedelta(hours=4),
        "queue_seconds": 12 if number % 3 else None,
        "notes": ("account_no:wrong_type",) if number % 4 == 0 else (),
        "event_version": event_version(1, int(received_at.timestamp() * 1000)),
        "enricher_version": "1",
        "reference_version": "kanpur-1",
        "kafka_topic": "complaints.calls",
        "kafka_partition": 0,
        "kafka_offset": number,
    }
    return ComplaintEnriched(**{**fields, **changes})
