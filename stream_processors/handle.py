"""What a raw record becomes: decoded, validated, enriched and routed, or a dead letter. Pure but for lookups."""

from __future__ import annotations

from datetime import datetime

from reference.lookup import Reference
from schemas.complaint import complaint_event
from schemas.dead_letter import dead_letter
from schemas.enriched import ComplaintEnriched
from schemas.envelope import COMPLAINT_ENRICHED, COMPLAINT_STATUS, NETWORK_EVENT, Envelope, binary_headers, decode
from schemas.network import NetworkEventAccepted, network_event
from schemas.record import Headers, OutRecord, RawRecord
from schemas.refusal import Refusal
from schemas.status import StatusAccepted, status_changed
from schemas.times import from_milliseconds
from schemas.topics import (
    CHANNEL_OF_TOPIC,
    ENRICHED,
    NETWORK_EVENTS,
    NETWORK_EVENTS_ACCEPTED,
    STATUS,
    STATUS_ACCEPTED,
    desk_topic,
)
from schemas.vocabulary import UNROUTED
from stream_processors.enrichment import Pseudonymiser, enrich, mask_numbers
from stream_processors.handled import Handle, Handled


def make_handle(reference: Reference, pseudonymiser: Pseudonymiser) -> Handle:
    """The function for records of the raw topics, with the reference data of one version.

    What it returns for a record depends on nothing but the record, the reference data and the time given. What breaks
    the contract becomes a dead letter; for any valid event it does not raise.
    """

    def handle(record: RawRecord, at: datetime) -> Handled:
        try:
            envelope = decode(record)
            if record.topic == STATUS:
                return Handled((_status(envelope, record),))
            if record.topic == NETWORK_EVENTS:
                return Handled((_network_event(envelope, record),))
            event = complaint_event(envelope, CHANNEL_OF_TOPIC[record.topic])
        except Refusal as refusal:
            return Handled((dead_letter(record, refusal),), refusal=refusal)
        enriched = enrich(event, record, reference=reference, pseudonymiser=pseudonymiser, enriched_at=at)
        substation = reference.substation(enriched.substation_id)
        return Handled(_written(enriched, substation is not None and substation.help_desk), enriched=enriched)

    return handle


def _written(enriched: ComplaintEnriched, has_help_desk: bool) -> tuple[OutRecord, ...]:
    """The row for everyone, and once more for the help desk of its substation."""
    headers = binary_headers(
        event_type=COMPLAINT_ENRICHED,
        source=enriched.source,
        event_id=enriched.source_id,
        time=enriched.enriched_at,
    )
    value = enriched.to_json()
    key = (enriched.substation_id or UNROUTED).encode()
    row = OutRecord(ENRICHED, key, value, headers)
    return (row, OutRecord(desk_topic(enriched.substation_id), key, value, headers)) if has_help_desk else (row,)


def _status(envelope: Envelope, record: RawRecord) -> OutRecord:
    complaint_id, data = status_changed(envelope)
    row = StatusAccepted(
        complaint_id=complaint_id,
        status=data.status,
        at=data.at,
        substation_id=data.substation_id or "",
        crew=data.crew or "",
        cause=data.cause or "",
        estimated_restoration_at=data.estimated_restoration_at,
        note=mask_numbers(data.note or ""),
        source=envelope.source,
        source_id=envelope.id,
        received_at=from_milliseconds(record.timestamp_ms),
        kafka_topic=record.topic,
        kafka_partition=record.partition,
        kafka_offset=record.offset,
    )
    headers = _passed_on(COMPLAINT_STATUS, envelope, data.at)
    return OutRecord(STATUS_ACCEPTED, str(complaint_id).encode(), row.to_json(), headers)


def _network_event(envelope: Envelope, record: RawRecord) -> OutRecord:
    data = network_event(envelope)
    row = NetworkEventAccepted(
        node_id=data.node_id,
        state=data.state,
        at=data.at,
        reported_by=data.reported_by,
        note=mask_numbers(data.note or ""),
        source=envelope.source,
        source_id=envelope.id,
        received_at=from_milliseconds(record.timestamp_ms),
        kafka_topic=record.topic,
        kafka_partition=record.partition,
        kafka_offset=record.offset,
    )
    return OutRecord(
        NETWORK_EVENTS_ACCEPTED,
        data.node_id.encode(),
        row.to_json(),
        _passed_on(NETWORK_EVENT, envelope, data.at),
    )


def _passed_on(event_type: str, envelope: Envelope, at: datetime) -> Headers:
    """The headers of an event that is passed on: the identity stays that of the event."""
    return binary_headers(event_type=event_type, source=envelope.source, event_id=envelope.id, time=envelope.time or at)
