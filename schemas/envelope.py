"""CloudEvents 1.0 on Kafka: structured and binary content mode (CloudEvents Kafka protocol binding 1.0.2)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import orjson
from pydantic import Field, ValidationError

from schemas.base import Incoming
from schemas.record import Headers, RawRecord
from schemas.refusal import Refusal, refusal_of
from schemas.times import Time
from schemas.vocabulary import DeadLetterStage, RefusalReason

STRUCTURED_CONTENT_TYPE: Final = "application/cloudevents+json"
JSON_CONTENT_TYPE: Final = "application/json"
MAX_EVENT_BYTES: Final = 1_000_000
"""A larger value is refused unread: the longest text allowed is 4,000 characters, so this is a fault."""

COMPLAINT_REGISTERED: Final = "in.co.kesco.complaint.registered.v1"
COMPLAINT_STATUS: Final = "in.co.kesco.complaint.status.v1"
NETWORK_EVENT: Final = "in.co.kesco.network.event.v1"
COMPLAINT_ENRICHED: Final = "in.co.kesco.complaint.enriched.v1"
OUTAGE_STATE: Final = "in.co.kesco.outage.state.v1"

Identifier = Annotated[str, Field(min_length=1, max_length=1024, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""A CloudEvents `id`, `source` or `type`: not empty and without control characters (CloudEvents 1.0 section 2)."""


class Attributes(Incoming):
    """The CloudEvents context attributes that the pipeline reads."""

    specversion: Annotated[str, Field(pattern=r"^1\.[0-9]+$")]
    id: Identifier
    source: Identifier
    type: Identifier
    time: Time | None = None


class Envelope(Attributes):
    """One decoded event: its attributes, and its `data` not yet validated."""

    data: dict[str, Any]


class StructuredEvent(Attributes):
    """A whole event as one JSON object; `data` is given by the event type."""

    datacontenttype: str = JSON_CONTENT_TYPE


def decode(record: RawRecord) -> Envelope:
    """The event that a record holds, in either content mode.

    A record without any CloudEvents header is read as structured, so that a plain Kafka client can be used by hand.
    Raises Refusal (stage `decode`) naming the attribute; `source` and `source_id` are set as far as they were readable.
    """
    value = record.value
    if not value:
        raise _refusal(RefusalReason.EMPTY_VALUE)
    if len(value) > MAX_EVENT_BYTES:
        raise _refusal(RefusalReason.TOO_LARGE)
    headers = _headers(record.headers)
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != STRUCTURED_CONTENT_TYPE and "ce_specversion" in headers:
        return _binary(headers, content_type, value)
    return structured(value)


def structured(value: bytes) -> Envelope:
    """The event in one structured-mode JSON text. Raises Refusal as `decode` does."""
    raw = _json_object(value, "")
    if "data" not in raw and "data_base64" in raw:
        raw["data"] = _json_object(_from_base64(raw["data_base64"]), "data_base64")
    return _envelope(raw)


def _binary(headers: Mapping[str, str], content_type: str, value: bytes) -> Envelope:
    if content_type and content_type != JSON_CONTENT_TYPE and not content_type.endswith("+json"):
        raise _refusal(RefusalReason.NOT_ALLOWED, "datacontenttype")
    raw: dict[str, Any] = {name[3:]: text for name, text in headers.items() if name.startswith("ce_")}
    try:
        raw["data"] = _json_object(value, "data")
    except Refusal as refusal:
        raise _with_identity(refusal, raw) from None
    return _envelope(raw)


def _envelope(raw: dict[str, Any]) -> Envelope:
    try:
        return Envelope.model_validate(raw)
    except ValidationError as error:
        found = refusal_of(error)
        if found.field == "specversion" and found.reason is not RefusalReason.MISSING_FIELD:
            found = Refusal(RefusalReason.NOT_CLOUDEVENTS, "specversion")
        raise _with_identity(Refusal(found.reason, found.field, DeadLetterStage.DECODE), raw) from None


def _with_identity(refusal: Refusal, raw: Mapping[str, Any]) -> Refusal:
    source, source_id = (value if isinstance(value := raw.get(name), str) else None for name in ("source", "id"))
    return Refusal(refusal.reason, refusal.field, refusal.stage, source, source_id)


def _json_object(value: bytes, field: str) -> dict[str, Any]:
    try:
        parsed = orjson.loads(value)
    except orjson.JSONDecodeError:
        try:
            value.decode()
        except UnicodeDecodeError:
            raise _refusal(RefusalReason.NOT_UTF8, field) from None
        raise _refusal(RefusalReason.NOT_JSON, field) from None
    if not isinstance(parsed, dict):
        raise _refusal(RefusalReason.NOT_AN_OBJECT, field)
    return parsed


def _from_base64(value: object) -> bytes:
    try:
        return base64.b64decode(value if isinstance(value, str) else b"\0", validate=True)
    except (binascii.Error, ValueError):
        raise _refusal(RefusalReason.WRONG_TYPE, "data_base64") from None


def _headers(headers: Headers) -> dict[str, str]:
    try:
        return {name.lower(): value.decode() for name, value in headers if value is not None}
    except UnicodeDecodeError:
        raise _refusal(RefusalReason.NOT_UTF8, "headers") from None


def _refusal(reason: RefusalReason, field: str = "") -> Refusal:
    return Refusal(reason, field, DeadLetterStage.DECODE)


def binary_headers(*, event_type: str, source: str, event_id: str, time: datetime) -> Headers:
    """The headers of an event that we write in binary mode; the record's value is then its `data` as JSON."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_type", event_type.encode()),
        ("ce_source", source.encode()),
        ("ce_id", event_id.encode()),
        ("ce_time", time.isoformat().encode()),
        ("content-type", JSON_CONTENT_TYPE.encode()),
    )
