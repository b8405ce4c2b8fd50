"""From a record to a row: the check that needs no server, and the row of a dead letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter
from types import NoneType
from typing import Any, Final, NamedTuple

import orjson

from schemas.clickhouse.tables import Origin, Table
from schemas.dead_letter import DeadLetter
from schemas.record import Headers
from schemas.times import EARLIEST_AT, LATEST_AT, from_milliseconds
from schemas.topics import DEADLETTERS
from schemas.vocabulary import Channel, DeadLetterStage, RefusalReason

_CHANNELS: Final = frozenset(Channel)
"""Metrics have a label for these and for no other word."""

ROW_BYTES: Final = 600
"""What a record takes beside its value: the client's own object, its key and the row. Measured: 540."""


class Row(NamedTuple):
    """One record on its way into a table.

    `payload` is the JSON object that ClickHouse reads, None for poison; `timestamp_ms` the record's broker time.
    `channel` and `received_at` (seconds since 1970) are a complaint's, for its latency. `record` is the client's own,
    for a dead letter; None for a row that is one already.
    """

    offset: int
    timestamp_ms: int
    payload: bytes | None
    channel: str
    received_at: float
    record: Any

    @property
    def size(self) -> int:
        """The bytes held for it: of its payload, or of the value that poison takes along into its dead letter."""
        return len(self.record if self.payload is None else self.payload)


class ValueCheck:
    """Is a value a JSON object with every column of a table but the optional ones, each of the right JSON type.

    ClickHouse would be kinder, and wrong: it takes 2.7 for 2, a number for a time in 1970, a text for an empty list.
    The types of most records are the same, so whole tuples of types are remembered as good.
    """

    def __init__(self, table: Table) -> None:
        columns = [column for column in table.of_origin(Origin.VALUE) if not column.optional]
        self._pick = itemgetter(*(column.name for column in columns))
        self._allowed = [_json_types(column.type) for column in columns]
        self._optional = [
            (column.name, _json_types(column.type)) for column in table.of_origin(Origin.VALUE) if column.optional
        ]
        self._lists = [place for place, column in enumerate(columns) if column.is_list]
        self._good: set[tuple[type, ...]] = set()

    def __call__(self, value: bytes | None) -> dict[str, Any] | None:
        """The object, or None when the record does not fit the table."""
        try:
            found = orjson.loads(value or b"")
            picked = self._pick(found)
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return None
        types = tuple(map(type, picked))
        if types not in self._good:
            if not all(kind in allowed for kind, allowed in zip(types, self._allowed, strict=True)):
                return None
            self._good.add(types)
        if any(type(item) is not str for place in self._lists for item in picked[place]):
            return None
        if any(name in found and type(found[name]) not in allowed for name, allowed in self._optional):
            return None
        return found  # type: ignore[no-any-return]


def _json_types(column_type: str) -> frozenset[type]:
    inner = column_type.removeprefix("Nullable(")
    optional = {NoneType} if inner != column_type else set()
    if inner.startswith(("Int", "UInt")):
        return frozenset({int} | optional)
    if inner.startswith("Float"):
        return frozenset({int, float} | optional)
    if inner.startswith("Bool"):
        return frozenset({bool} | optional)
    return frozenset(({list} if inner.startswith("Array(") else {str}) | optional)


Mapper = Callable[[bytes | None, Headers, int, int, int], tuple[bytes | None, str, float]]
"""From value, headers, partition, offset and time in milliseconds to payload, channel and received_at."""


def value_mapper(table: Table) -> Mapper:
    """For a table whose rows are the records' values: they pass through as they are."""
    check = ValueCheck(table)
    timed = {"channel", "received_at"} <= {column.name for column in table.columns}

    def mapped(
        value: bytes | None, _headers: Headers, _partition: int, _offset: int, _timestamp_ms: int
    ) -> tuple[bytes | None, str, float]:
        found = check(value)
        if found is None:
            return None, "", 0.0
        if not timed:
            return value, "", 0.0
        channel = found["channel"]
        return value, channel, _seconds(found["received_at"]) if channel in _CHANNELS else 0.0

    return mapped


def _seconds(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0


def dead_letter_payload(
    value: bytes | None, headers: Headers, partition: int, offset: int, timestamp_ms: int
) -> tuple[bytes, str, float]:
    """The row of a dead letter, from its headers alone; one with unreadable headers is a row of its own place."""
    refused_at = from_milliseconds(timestamp_ms)
    try:
        letter = DeadLetter.from_headers(headers)
        if not _fits(letter):
            raise ValueError("out of range")
    except (KeyError, ValueError):
        letter = DeadLetter(
            DEADLETTERS,
            partition,
            offset,
            DeadLetterStage.SINK,
            RefusalReason.SCHEMA_MISMATCH,
            "headers",
            refused_at,
            0,
        )
    row = {
        "kafka_topic": letter.topic,
        "kafka_partition": letter.partition,
        "kafka_offset": letter.offset,
        "stage": letter.stage,
        "reason": letter.reason,
        "field": letter.field,
        "first_seen_at": letter.first_seen_at,
        "attempts": letter.attempts,
        "value_bytes": len(value or b""),
        "refused_at": refused_at,
        "dead_letter_partition": partition,
        "dead_letter_offset": offset,
    }
    return orjson.dumps(row), "", 0.0


def _fits(letter: DeadLetter) -> bool:
    """Can the table hold it: Int32, Int64, UInt32, and a time that is one instant."""
    return (
        0 <= letter.partition < 1 << 31
        and 0 <= letter.offset < 1 << 63
        and 0 <= letter.attempts < 1 << 32
        and letter.first_seen_at.tzinfo is not None
        and EARLIEST_AT <= letter.first_seen_at < LATEST_AT
    )


def mapper_of(table: Table) -> Mapper:
    """How records of the table's topic become rows."""
    return dead_letter_payload if table.topic == DEADLETTERS else value_mapper(table)
