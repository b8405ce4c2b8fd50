"""`in.co.kesco.complaint.status.v1`: what happened to a complaint after it was registered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, ValidationError, model_validator

from schemas.base import Incoming, Outgoing
from schemas.complaint import Code
from schemas.envelope import COMPLAINT_STATUS, Envelope, Identifier
from schemas.identity import complaint_id
from schemas.refusal import Refusal, refusal_of, refuse
from schemas.times import Time
from schemas.vocabulary import ComplaintStatus, RefusalReason

Note = Annotated[str, Field(max_length=4000)]


class ComplaintRef(Incoming):
    """A complaint named by its event's own identity."""

    source: Identifier
    id: Identifier


class StatusChanged(Incoming):
    """The `data` of a status event. The complaint is named by `complaint_id` or by `complaint`."""

    complaint_id: Annotated[UUID | None, Field(strict=False)] = None
    complaint: ComplaintRef | None = None
    status: Annotated[ComplaintStatus, Field(strict=False)]
    at: Time
    substation_id: Code | None = None
    crew: Code | None = None
    cause: Code | None = None
    estimated_restoration_at: Time | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def _names_a_complaint(self) -> Self:
        if self.complaint_id is None and self.complaint is None:
            refuse(RefusalReason.MISSING_FIELD, "one of complaint_id and complaint must be there")
        return self


class StatusAccepted(Outgoing):
    """One row of ClickHouse `complaint_status`, flat, as written to `complaints.status.accepted`.

    `source` and `source_id` identify the status event; `received_at` and `kafka_…` are those of the raw record.
    """

    complaint_id: UUID
    status: ComplaintStatus
    at: datetime
    substation_id: str
    crew: str
    cause: str
    estimated_restoration_at: datetime | None
    note: str
    source: str
    source_id: str
    received_at: datetime
    kafka_topic: str
    kafka_partition: int
    kafka_offset: int


def status_changed(envelope: Envelope) -> tuple[UUID, StatusChanged]:
    """The complaint that a status event is about, and its data. Raises Refusal (stage `validate`)."""
    if envelope.type != COMPLAINT_STATUS:
        raise Refusal(RefusalReason.UNKNOWN_TYPE, "type", source=envelope.source, source_id=envelope.id)
    try:
        data = StatusChanged.model_validate(envelope.data)
    except ValidationError as error:
        found = refusal_of(error, "data")
        field = "data.complaint_id" if found.field == "data" else found.field
        raise Refusal(found.reason, field, source=envelope.source, source_id=envelope.id) from None
    if data.complaint_id is not None:
        return data.complaint_id, data
    assert data.complaint is not None  # noqa: S101 - the model's own rule
    return complaint_id(data.complaint.source, data.complaint.id), data
