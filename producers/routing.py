"""Where a raw event goes: its topic and key, read from one structured-mode JSON line. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import orjson
from pydantic_core import PydanticCustomError

from schemas.envelope import COMPLAINT_STATUS, NETWORK_EVENT
from schemas.identity import complaint_key
from schemas.refusal import Refusal
from schemas.times import parse_rfc3339
from schemas.topics import NETWORK_EVENTS, STATUS, TOPIC_OF_CHANNEL
from schemas.vocabulary import DeadLetterStage, RefusalReason

_TIMES_OF_DATA: Final = ("reported_at", "at")


@dataclass(slots=True)
class Routed:
    """A line's topic and key, and the parsed event itself.

    `key` is None when the event lacks what its key is made of; such an event reaches its topic, and is refused there.
    """

    topic: str
    key: bytes | None
    event: dict[str, Any]


def route(line: bytes) -> Routed:
    """Topic and key of one event: by `type` for status and network events, else by `data.channel`.

    Nothing else is checked: whether an event is valid is decided by the pipeline, so that every sender gets the same
    answer. Raises Refusal (stage `decode`) for a line that no topic can be named for.
    """
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise _unroutable(RefusalReason.NOT_JSON if _is_utf8(line) else RefusalReason.NOT_UTF8, "") from None
    if not isinstance(event, dict):
        raise _unroutable(RefusalReason.NOT_AN_OBJECT, "")
    data = event.get("data")
    inner: dict[str, Any] = data if isinstance(data, dict) else {}
    kind = event.get("type")
    if kind == COMPLAINT_STATUS:
        return Routed(STATUS, _complaint_named(inner), event)
    if kind == NETWORK_EVENT:
        node_id = inner.get("node_id")
        return Routed(NETWORK_EVENTS, node_id.encode() if isinstance(node_id, str) else None, event)
    channel = inner.get("channel")
    if channel is None:
        raise _unroutable(RefusalReason.MISSING_FIELD, "data.channel")
    topic = TOPIC_OF_CHANNEL.get(channel) if isinstance(channel, str) else None  # type: ignore[call-overload]
    if topic is None:
        raise _unroutable(RefusalReason.NOT_ALLOWED, "data.channel")
    return Routed(topic, _identity(event), event)


def known_since(event: dict[str, Any]) -> datetime | None:
    """The event's `time`, or None when it has none that can be read."""
    return _time(event.get("time"))


def stated_time(event: dict[str, Any]) -> datetime | None:
    """When the thing itself happened (`data.reported_at` or `data.at`), or None."""
    data = event.get("data")
    if isinstance(data, dict):
        for name in _TIMES_OF_DATA:
            if (at := _time(data.get(name))) is not None:
                return at
    return None


def _time(value: object) -> datetime | None:
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=64)
def _parsed(text: str) -> datetime | None:
    """Kept for the last few texts: a file sorted by time repeats them line after line."""
    try:
        return parse_rfc3339(text)
    except PydanticCustomError:
        return None


def _identity(names: dict[str, Any]) -> bytes | None:
    source, event_id = names.get("source"), names.get("id")
    if isinstance(source, str) and isinstance(event_id, str):
        return complaint_key(source, event_id)
    return None


def _complaint_named(data: dict[str, Any]) -> bytes | None:
    named = data.get("complaint_id")
    if isinstance(named, str):
        try:
            return str(UUID(named)).encode()
        except ValueError:
            return None
    complaint = data.get("complaint")
    return _identity(complaint) if isinstance(complaint, dict) else None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unroutable(reason: RefusalReason, field: str) -> Refusal:
    return Refusal(reason, field, DeadLetterStage.DECODE)
