"""Events as a channel of River Town sends them."""

from __future__ import annotations

from typing import Any

from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, NETWORK_EVENT

TIME = "2026-06-20T21:14:05+05:30"


def event(kind: str, source: str, event_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """A structured CloudEvent."""
    return {"specversion": "1.0", "id": event_id, "source": source, "type": kind, "time": TIME, "data": data}


def complaint(source: str, event_id: str, **data: Any) -> dict[str, Any]:
    """A registered complaint, by phone unless `channel` says otherwise."""
    return event(
        COMPLAINT_REGISTERED,
        source,
        event_id,
        {"channel": "call", "text": "poore mohalle ki light gayi hui hai", **data},
    )


def status(source: str, event_id: str, **data: Any) -> dict[str, Any]:
    """A status event."""
    return event(COMPLAINT_STATUS, source, event_id, {"at": TIME, **data})


def network(source: str, event_id: str, **data: Any) -> dict[str, Any]:
    """A network event."""
    return event(NETWORK_EVENT, source, event_id, {"at": TIME, **data})
