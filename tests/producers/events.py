"""Lines to publish."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import orjson

from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, NETWORK_EVENT


def new_source() -> str:
    """A source that no other test has."""
    return f"/test/{uuid4()}"


def complaint(source: str, event_id: object, channel: object = "call", **data: Any) -> dict[str, Any]:
    """A complaint event."""
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": COMPLAINT_REGISTERED,
        "time": "2026-06-20T21:14:05+05:30",
        "data": {"channel": channel, "text": "लाइट नहीं है", **data},
    }


def status(source: str, event_id: str, **data: Any) -> dict[str, Any]:
    """A status event; `data` names its complaint."""
    return {**complaint(source, event_id), "type": COMPLAINT_STATUS, "data": {"status": "closed", **data}}


def network(source: str, event_id: str, node_id: object) -> dict[str, Any]:
    """A network event."""
    return {**complaint(source, event_id), "type": NETWORK_EVENT, "data": {"node_id": node_id, "state": "open"}}


def line(event: object) -> bytes:
    """The event as a line of a file."""
    return orjson.dumps(event)
