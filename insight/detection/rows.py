"""What the detector is told, as it stands in ClickHouse.

A complaint that was sent again counts once, by the row that stays. FINAL over the whole table would say which one that
is, but takes seconds at millions of rows; so the ids of the range are found first, and FINAL is asked of those alone,
which the table's key answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from clickhouse_driver import Client

from insight.detection.inputs import Known
from insight.detector import SwitchEvent, report_of
from schemas.vocabulary import Category, Extent, NetworkState, RoutedBy

_BLOCK_ROWS: Final = 10_000

RECEIVED: Final = (
    "received_at > fromUnixTimestamp64Milli(%(after)s) AND received_at <= fromUnixTimestamp64Milli(%(upto)s)"
)

_COMPLAINTS: Final = """
SELECT
    complaint_id, toUnixTimestamp64Milli(received_at), toUnixTimestamp64Milli(reported_at), customer_key,
    toString(category), toString(extent), neighbours_out, planned, toString(incomer_id), toString(substation_id),
    toString(feeder_id), toString(transformer_id), toString(routed_by), routing_confidence
FROM complaints FINAL
WHERE complaint_id IN (SELECT complaint_id FROM complaints WHERE {which}) AND {which}
ORDER BY received_at, complaint_id
"""

_EVENTS: Final = """
SELECT toUnixTimestamp64Milli(received_at), toString(node_id), toUnixTimestamp64Milli(at), toString(state)
FROM network_events FINAL
WHERE {which}
ORDER BY received_at, node_id
"""

_LATEST_EVENTS: Final = """
SELECT toUnixTimestamp64Milli(max(received_at)), toString(node_id), toUnixTimestamp64Milli(max(at)),
    argMax(toString(state), (at, received_at))
FROM network_events FINAL
WHERE received_at <= fromUnixTimestamp64Milli(%(upto)s)
GROUP BY node_id
"""


@dataclass(frozen=True, slots=True)
class StoredComplaint:
    """The columns of a complaint that the detector is told of."""

    complaint_id: UUID
    received_at: datetime
    reported_at: datetime
    customer_key: str
    category: Category
    extent: Extent
    neighbours_out: bool | None
    planned: bool
    incomer_id: str
    substation_id: str
    feeder_id: str
    transformer_id: str
    routed_by: RoutedBy
    routing_confidence: float


def received_between(client: Client, after: float, upto: float) -> Iterator[Known]:
    """Everything received in (after, upto], Unix seconds."""
    span = _span(after, upto)
    yield from _complaints(client, RECEIVED, span)
    yield from _events(client, _EVENTS.format(which=RECEIVED), span)


def latest_switches(client: Client, upto: float) -> Iterator[Known]:
    """The latest known position of each switch, by what was received up to a time."""
    yield from _events(client, _LATEST_EVENTS, _span(0, upto))


def _span(after: float, upto: float) -> dict[str, int]:
    return {"after": round(after * 1000), "upto": round(upto * 1000)}


def _complaints(client: Client, which: str, parameters: Mapping[str, Any]) -> Iterator[Known]:
    for row in _rows(client, _COMPLAINTS.format(which=which), parameters):
        stored = StoredComplaint(
            complaint_id=row[0],
            received_at=_time(row[1]),
            reported_at=_time(row[2]),
            customer_key=row[3] or str(row[0]),
            category=Category(row[4]),
            extent=Extent(row[5]),
            neighbours_out=row[6],
            planned=row[7],
            incomer_id=row[8],
            substation_id=row[9],
            feeder_id=row[10],
            transformer_id=row[11],
            routed_by=RoutedBy(row[12]),
            routing_confidence=row[13],
        )
        if (report := report_of(stored)) is not None:
            yield Known(row[1] / 1000, report)


def _events(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[Known]:
    for received, node_id, at, state in _rows(client, query, parameters):
        yield Known(received / 1000, SwitchEvent(node_id, at / 1000, NetworkState(state) is NetworkState.OPEN))


def _rows(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = client.execute_iter(
        query, dict(parameters), settings={"max_block_size": _BLOCK_ROWS}
    )
    return rows


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
