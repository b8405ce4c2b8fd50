"""How long complaints took from Kafka to ClickHouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from clickhouse_driver import Client

_QUERY: Final = """
SELECT quantilesExact(0.5, 0.99)(toFloat64(c.enriched_at) - s.sent),
       quantilesExact(0.5, 0.99)(toFloat64(c.stored_at) - toFloat64(c.enriched_at)),
       quantilesExact(0.5, 0.99)(toFloat64(c.stored_at) - s.sent)
FROM complaints AS c FINAL
INNER JOIN sent AS s ON c.complaint_id = s.complaint_id
WHERE c.complaint_id IN (SELECT complaint_id FROM sent)
"""


@dataclass(frozen=True, slots=True)
class Durations:
    """Median and 99th percentile, seconds."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Passage:
    """The times between the stages."""

    raw_to_enriched: Durations
    enriched_to_stored: Durations
    raw_to_stored: Durations


def passage(client: Client, sent_at: Mapping[UUID, float]) -> Passage:
    """The times of complaints of which it is known when they were sent (Unix seconds)."""
    sent = {
        "name": "sent",
        "structure": [("complaint_id", "UUID"), ("sent", "Float64")],
        "data": [{"complaint_id": complaint_id, "sent": at} for complaint_id, at in sent_at.items()],
    }
    [durations] = client.execute(_QUERY, external_tables=[sent])
    return Passage(*(Durations(*pair) for pair in durations))
