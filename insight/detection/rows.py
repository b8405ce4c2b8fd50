"""What the detector is told, as it stands in ClickHouse.

A complaint that was sent again counts once, by the row that stays. FINAL over the whole table would say which one
that is, but takes seconds at millions of rows; so the ids of the range are found first, in the table that lies in
the order of time, and FINAL is asked of those alone, in the months around the times that they were reported at. A
complaint that was sent again with a time more than 31 days away from its first may count twice. Events of switches
and complaints that were sent again are told again, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from clickhouse_driver import Client

from insight.detection.inputs import Input, Known
from insight.detector import report_of, status_of, switch_of
from schemas.vocabulary import Category, ComplaintStatus, Extent, NetworkState, RoutedBy

_BLOCK_ROWS: Final = 10_000

_RECEIVED: Final = (
    "received_at > fromUnixTimestamp64Milli(%(after)s) AND received_at <= fromUnixTimestamp64Milli(%(upto)s)"
)
_STORED: Final = "stored_at >= fromUnixTimestamp64Milli(%(after)s)"

_COMPLAINTS: Final = """
WITH
    (SELECT (min(reported_at), max(reported_at)) FROM complaints_by_time WHERE {which}) AS reported
SELECT
    toUnixTimestamp64Milli(received_at), toUnixTimestamp64Milli(stored_at), complaint_id,
    toUnixTimestamp64Milli(reported_at), customer_key, toString(category), toString(extent), neighbours_out, planned,
    toString(incomer_id), toString(substation_id), toString(feeder_id), toString(transformer_id), toString(routed_by),
    routing_confidence
FROM complaints FINAL
WHERE complaint_id IN (SELECT complaint_id FROM complaints_by_time WHERE {which}) AND {which}
    AND reported_at BETWEEN reported.1 - INTERVAL 31 DAY AND reported.2 + INTERVAL 31 DAY
ORDER BY received_at, complaint_id
SETTINGS defer_partition_pruning_after_final = 0
"""

_SWITCHES: Final = """
SELECT toUnixTimestamp64Milli(received_at), toUnixTimestamp64Milli(stored_at), toString(node_id), toString(state),
    toUnixTimestamp64Milli(at)
FROM network_events
WHERE {which}
ORDER BY received_at, node_id
"""

_LATEST_SWITCHES: Final = """
SELECT latest.1, latest.2, node, latest.3, latest.4
FROM
(
    SELECT
        toString(node_id) AS node,
        argMax(
            (toUnixTimestamp64Milli(received_at), toUnixTimestamp64Milli(stored_at), toString(state),
             toUnixTimestamp64Milli(at)),
            (at, state = 'open')
        ) AS latest
    FROM network_events
    WHERE received_at <= fromUnixTimestamp64Milli(%(upto)s)
    GROUP BY node
)
"""

_STATUSES: Final = """
SELECT toUnixTimestamp64Milli(s.received_at), toUnixTimestamp64Milli(s.stored_at), s.complaint_id, c.customer,
    toString(s.status), toUnixTimestamp64Milli(s.at)
FROM (SELECT complaint_id, status, at, received_at, stored_at FROM status_by_time WHERE {which}) AS s
INNER JOIN
(
    SELECT complaint_id, any(customer_key) AS customer
    FROM complaints
    WHERE complaint_id IN (SELECT complaint_id FROM status_by_time WHERE {which})
    GROUP BY complaint_id
) AS c ON s.complaint_id = c.complaint_id
ORDER BY s.received_at, s.complaint_id
"""

_NEWEST: Final = """
SELECT toUnixTimestamp64Milli(max(received)), toUnixTimestamp64Milli(argMax(stored, received))
FROM
(
    SELECT max(received_at) AS received, argMax(stored_at, received_at) AS stored FROM complaints WHERE {past}
    UNION ALL
    SELECT max(received_at), argMax(stored_at, received_at) FROM complaint_status WHERE {past}
    UNION ALL
    SELECT max(received_at), argMax(stored_at, received_at) FROM network_events WHERE {past}
)
"""
_PAST: Final = "received_at <= fromUnixTimestamp64Milli(%(upto)s)"

_OLDEST: Final = """
SELECT toUnixTimestamp64Milli(min(received_at))
FROM complaints_by_time
WHERE received_at > fromUnixTimestamp64Milli(%(after)s)
"""


class Row(NamedTuple):
    """A row: when it was received and stored (Unix seconds), which one it is, and what it tells, if anything."""

    received: float
    stored: float
    key: Hashable
    what: Input | None


@dataclass(frozen=True, slots=True)
class _Complaint:
    """The columns of a complaint that the detector is told of."""

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
    """Everything for the detector that was received in (after, upto], Unix seconds."""
    yield from _known(_read(client, _RECEIVED, {"after": _ms(after), "upto": _ms(upto)}))


def latest_switches(client: Client, upto: float) -> Iterator[Known]:
    """The latest position of each switch, by what was received up to a time."""
    yield from _known(_switches(client, _LATEST_SWITCHES, {"upto": _ms(upto)}))


def stored_since(client: Client, since: float) -> Iterator[Row]:
    """Every row that the sink stamped at or after a time (Unix seconds)."""
    yield from _read(client, _STORED, {"after": _ms(since)})


def newest(client: Client, upto: float) -> tuple[float, float] | None:
    """When the newest row there is was received, and when it was stored; of those received up to a time."""
    [(received, stored)] = client.execute(_NEWEST.format(past=_PAST), {"upto": _ms(upto)})
    return (received / 1000, stored / 1000) if received > 0 else None


def oldest(client: Client, after: float) -> float | None:
    """When the first complaint after a time was received."""
    [(received,)] = client.execute(_OLDEST, {"after": _ms(after)})
    return received / 1000 if received > 0 else None


def _known(rows: Iterator[Row]) -> Iterator[Known]:
    return (Known(row.received, row.what) for row in rows if row.what is not None)


def _read(client: Client, which: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    yield from _complaints(client, _COMPLAINTS.format(which=which), parameters)
    yield from _switches(client, _SWITCHES.format(which=which), parameters)
    yield from _statuses(client, _STATUSES.format(which=which), parameters)


def _complaints(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    for row in _rows(client, query, parameters):
        yield Row(row[0] / 1000, row[1] / 1000, row[2], _or_none(_report, row))


def _report(row: tuple[Any, ...]) -> Input | None:
    return report_of(
        _Complaint(
            received_at=_time(row[0]),
            reported_at=_time(row[3]),
            customer_key=_customer(row[4], row[2]),
            category=Category(row[5]),
            extent=Extent(row[6]),
            neighbours_out=row[7],
            planned=row[8],
            incomer_id=row[9],
            substation_id=row[10],
            feeder_id=row[11],
            transformer_id=row[12],
            routed_by=RoutedBy(row[13]),
            routing_confidence=row[14],
        )
    )


def _switches(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    for row in _rows(client, query, parameters):
        yield Row(row[0] / 1000, row[1] / 1000, row[2:], _or_none(_switch, row))


def _switch(row: tuple[Any, ...]) -> Input | None:
    received, _, node_id, state, at = row
    return switch_of(node_id, NetworkState(state), _time(at), _time(received))


def _statuses(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[Row]:
    for row in _rows(client, query, parameters):
        yield Row(row[0] / 1000, row[1] / 1000, row[2:], _or_none(_status, row))


def _status(row: tuple[Any, ...]) -> Input | None:
    received, _, complaint_id, customer, status, at = row
    return status_of(_customer(customer, complaint_id), ComplaintStatus(status), _time(at), _time(received))


def _or_none(told: Callable[[tuple[Any, ...]], Input | None], row: tuple[Any, ...]) -> Input | None:
    """What a row tells; nothing when it holds a word of a newer version of this program."""
    try:
        return told(row)
    except ValueError:
        return None


def _customer(customer_key: str, complaint_id: UUID) -> str:
    """A complaint of a customer nobody knows is one of its own."""
    return customer_key or str(complaint_id)


def _rows(client: Client, query: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = client.execute_iter(
        query, dict(parameters), settings={"max_block_size": _BLOCK_ROWS}
    )
    return rows


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
