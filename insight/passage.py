"""How many complaints passed, and how long they took from the broker to ClickHouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clickhouse_driver import Client

_QUERY: Final = """
SELECT count(), uniqExact(complaint_id),
       quantilesExact(0.5, 0.99)(toFloat64(enriched_at - received_at)),
       quantilesExact(0.5, 0.99)(toFloat64(stored_at - enriched_at)),
       quantilesExact(0.5, 0.99)(toFloat64(stored_at - received_at))
FROM complaints_current
WHERE received_at >= fromUnixTimestamp64Milli(%(since_ms)s)
"""


@dataclass(frozen=True, slots=True)
class Durations:
    """Median and 99th percentile, seconds."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Complaints that can be read now, and the times between the stages."""

    rows: int
    distinct: int
    raw_to_enriched: Durations
    enriched_to_stored: Durations
    raw_to_stored: Durations


def passage(client: Client, since: datetime) -> Passage:
    """What passed since a time (by `received_at`)."""
    [(rows, distinct, *durations)] = client.execute(_QUERY, {"since_ms": int(since.timestamp() * 1000)})
    first, second, whole = (Durations(*pair) for pair in durations)
    return Passage(rows, distinct, first, second, whole)
