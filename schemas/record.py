"""Kafka records as plain values, so that the pure core never sees a client library's types."""

from __future__ import annotations

from typing import NamedTuple

Headers = tuple[tuple[str, bytes], ...]


class RawRecord(NamedTuple):
    """One record as read from a topic. `timestamp_ms` is its CreateTime, in milliseconds since 1970 (UTC)."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class OutRecord(NamedTuple):
    """One record to be written to a topic."""

    topic: str
    key: bytes | None
    value: bytes
    headers: Headers = ()
