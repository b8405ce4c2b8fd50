"""`in.co.kesco.complaint.enriched.v1`: one flat row a complaint, the columns of ClickHouse `complaints`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from schemas.base import Outgoing
from schemas.vocabulary import Category, Channel, Extent, Language, RoutedBy, SpecialNeed

_MILLISECONDS_BITS: Final = 48
_MILLISECONDS_MASK: Final = (1 << _MILLISECONDS_BITS) - 1


def event_version(enricher_revision: int, received_at_ms: int) -> int:
    """The version that decides between two rows of one complaint: the greatest stays.

    A newer enricher wins; with the same enricher the record that became known first wins, so that a repeat hours later
    does not move `received_at`. The upper 16 bits are the revision, the lower 48 count down with time.
    """
    return enricher_revision << _MILLISECONDS_BITS | (_MILLISECONDS_MASK - received_at_ms & _MILLISECONDS_MASK)


class ComplaintEnriched(Outgoing):
    """A complaint with what it is about, where it belongs and when it is due. Empty text means not known."""

    complaint_id: UUID
    source: str
    source_id: str
    channel: Channel
    reported_at: Annotated[datetime, Field(description="when the customer said it")]
    received_at: Annotated[datetime, Field(description="timestamp of the raw Kafka record")]
    enriched_at: datetime
    customer_key: Annotated[str, Field(description="keyed hash; equal for the same customer, useless without the key")]
    phone_last3: str
    text: Annotated[str, Field(description="phone numbers masked")]
    language: Language
    category: Category
    category_confidence: Annotated[float, Field(ge=0, le=1)]
    hazard: Annotated[bool, Field(description="a present danger from the network or the wiring")]
    extent: Extent
    neighbours_out: Annotated[bool | None, Field(description="CIM multiplePremises; null when nobody said")]
    priority: Annotated[int, Field(ge=1, le=5, description="1 = most urgent")]
    special_need: SpecialNeed
    incomer_id: str
    substation_id: str
    feeder_id: str
    transformer_id: str
    routed_by: RoutedBy
    routing_confidence: Annotated[float, Field(ge=0, le=1)]
    locality: str
    pincode: str
    planned: Annotated[bool, Field(description="a planned shutdown covers its node at reported_at")]
    due_at: Annotated[datetime | None, Field(description="end of the service limit; null when none is known")]
    queue_seconds: int | None
    notes: Annotated[
        tuple[str, ...], Field(description="what was wrong or in conflict in optional fields, as field:reason")
    ]
    event_version: int
    enricher_version: str
    reference_version: str
    kafka_topic: Annotated[str, Field(description="topic, partition and offset of the raw record")]
    kafka_partition: int
    kafka_offset: int
