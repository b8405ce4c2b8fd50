"""How much is stored since a time: each kind of event once, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clickhouse_driver import Client

_QUERY: Final = """
SELECT
    (SELECT uniqExact(complaint_id) FROM complaints WHERE received_at >= fromUnixTimestamp64Milli(%(since_ms)s)),
    (SELECT uniqExact(source, source_id) FROM complaint_status
     WHERE received_at >= fromUnixTimestamp64Milli(%(since_ms)s)),
    (SELECT uniqExact(source, source_id) FROM network_events
     WHERE received_at >= fromUnixTimestamp64Milli(%(since_ms)s)),
    (SELECT uniqExact(kafka_topic, kafka_partition, kafka_offset) FROM dead_letters
     WHERE first_seen_at >= fromUnixTimestamp64Milli(%(since_ms)s))
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """Distinct events by kind; `dead_letters` counts refused records."""

    complaints: int
    status_events: int
    network_events: int
    dead_letters: int

    @property
    def total(self) -> int:
        """Everything that reached an end."""
        return self.complaints + self.status_events + self.network_events + self.dead_letters

    def __sub__(self, before: Stored) -> Stored:
        """What came since."""
        return Stored(
            self.complaints - before.complaints,
            self.status_events - before.status_events,
            self.network_events - before.network_events,
            self.dead_letters - before.dead_letters,
        )


def stored_since(client: Client, since: datetime) -> Stored:
    """What became known at or after `since` and can be read now."""
    [row] = client.execute(_QUERY, {"since_ms": int(since.timestamp() * 1000)})
    return Stored(*row)
