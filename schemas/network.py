"""`in.co.kesco.network.event.v1`: what telemetry, a crew or a dispatcher says of a node."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, ValidationError

from schemas.base import Incoming, Outgoing
from schemas.envelope import NETWORK_EVENT, Envelope
from schemas.refusal import Refusal, refusal_of
from schemas.status import Note
from schemas.times import Time
from schemas.vocabulary import NetworkState, RefusalReason, ReportedBy


class NetworkEvent(Incoming):
    """The `data` of a network event: `node_id` is dead below (`open`) or live (`closed`) since `at`."""

    node_id: Annotated[str, Field(min_length=1, max_length=200)]
    state: Annotated[NetworkState, Field(strict=False)]
    at: Time
    reported_by: Annotated[ReportedBy, Field(strict=False)]
    note: Note | None = None


class NetworkEventAccepted(Outgoing):
    """One row of ClickHouse `network_events`, flat, as written to `network.events.accepted`."""

    node_id: str
    state: NetworkState
    at: datetime
    reported_by: ReportedBy
    note: str
    source: str
    source_id: str
    received_at: datetime
    kafka_topic: str
    kafka_partition: int
    kafka_offset: int


def network_event(envelope: Envelope) -> NetworkEvent:
    """The validated network event of an envelope. Raises Refusal (stage `validate`)."""
    if envelope.type != NETWORK_EVENT:
        raise Refusal(RefusalReason.UNKNOWN_TYPE, "type", source=envelope.source, source_id=envelope.id)
    try:
        return NetworkEvent.model_validate(envelope.data)
    except ValidationError as error:
        found = refusal_of(error, "data")
        raise Refusal(found.reason, found.field, source=envelope.source, source_id=envelope.id) from None
