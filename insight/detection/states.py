"""The outages as their rows say: those in ClickHouse, and those that the sink has not stored yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from clickhouse_driver import Client

from insight.detection.reading import committed_records
from insight.detector import Outage, stored_outage
from schemas.outage import OutageStateChanged
from schemas.topics import CATALOGUE_BY_NAME, OUTAGES

_FIELDS: Final = tuple(OutageStateChanged.model_fields)
_TIMES: Final = frozenset({"at", "started_at", "detected_at", "restored_at", "decided_at"})

_CURRENT: Final = """
SELECT {fields} FROM outages_current WHERE state != 'closed' OR decided_at > fromUnixTimestamp64Milli(%(since)s)
"""

_STORED: Final = "SELECT kafka_partition, max(kafka_offset) + 1 FROM outages GROUP BY kafka_partition"


def outages_since(client: Client, bootstrap_servers: str, since: float) -> list[Outage]:
    """The present state of each outage that is not closed, or was decided after a time (Unix seconds).

    What was written to the topic and is not in ClickHouse yet counts. Raises KafkaException.
    """
    fields = ", ".join(f"toUnixTimestamp64Milli({name})" if name in _TIMES else name for name in _FIELDS)
    rows = client.execute(_CURRENT.format(fields=fields), {"since": round(since * 1000)})
    found = {outage.outage_id: outage for outage in map(_outage, rows)}
    for outage in _not_stored(client, bootstrap_servers):
        known = found.get(outage.outage_id)
        if known is None or outage.decided_at >= known.decided_at:
            found[outage.outage_id] = outage
    return list(found.values())


def all_stored(client: Client, bootstrap_servers: str) -> bool:
    """Is every change in the topic in ClickHouse. Raises KafkaException."""
    return next(_not_stored(client, bootstrap_servers), None) is None


def _outage(row: tuple[Any, ...]) -> Outage:
    named = dict(zip(_FIELDS, row, strict=True))
    for name in _TIMES:
        if named[name] is not None:
            named[name] = datetime.fromtimestamp(named[name] / 1000, UTC)
    return stored_outage(OutageStateChanged.model_validate(named))


def _not_stored(client: Client, bootstrap_servers: str) -> Iterator[Outage]:
    """What lies behind the newest stored record; one that is no change of an outage, or of a newer version, is none."""
    stored: Mapping[int, int] = dict(client.execute(_STORED))
    partitions = range(CATALOGUE_BY_NAME[OUTAGES].partitions)
    for record in committed_records(
        bootstrap_servers, OUTAGES, {number: stored.get(number, 0) for number in partitions}
    ):
        with suppress(ValueError):
            yield stored_outage(OutageStateChanged.model_validate_json(record.value() or b""))
