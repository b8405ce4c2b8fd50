"""Made-up years of Kanpur, written by ClickHouse itself: the same seed gives the same rows.

A day has DAY_COMPLAINTS complaints: three of five ordinary ones, the rest below the day's faults, of which a few are
large and most are small. Popular transformers complain more (a power law), evenings more than nights; three of twenty
places are known to the substation only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Final

from clickhouse_driver import Client

from reference.network import Node
from schemas.vocabulary import NodeKind

DAY_COMPLAINTS: Final = 36_500
"""Twenty million in eighteen months, the time that rows are kept: 1,500 an hour."""
DAYS: Final = 548
BEGINS_AT: Final = datetime(2024, 12, 20, tzinfo=timezone(timedelta(hours=5, minutes=30)))
"""The last of DAYS days is 20 June 2026, which the guide of analysts asks about."""

_HOURS: Final = (18, 12, 9, 8, 8, 12, 25, 38, 45, 45, 42, 40, 40, 42, 44, 46, 50, 60, 78, 95, 100, 90, 65, 35)
"""Complaints by hour of the day, in any unit: few at night, most after dark."""

_NODES: Final = """
CREATE TABLE IF NOT EXISTS complaints.made_nodes (
    n UInt32, incomer_id String, substation_id String, feeder_id String, transformer_id String,
    low Array(UInt32), high Array(UInt32)
) ENGINE = MergeTree ORDER BY n
"""

_U: Final = "(cityHash64({of}, {seed}, {k}) / 18446744073709551616.)"


def _u(of: str, k: int, seed: int) -> str:
    """SQL: a number in [0, 1) that depends on `of`, the draw's number and the seed."""
    return _U.format(of=of, k=k, seed=seed)


def make_nodes(client: Client, nodes: Iterable[Node]) -> int:
    """The table of places that rows are drawn from: a transformer each, and where its relatives stand. How many."""
    paths = sorted(node.path for node in nodes if node.kind is NodeKind.TRANSFORMER)
    spans: list[dict[str, list[int]]] = [{} for _ in range(3)]
    for n, path in enumerate(paths):
        for span, node_id in zip(spans, path[:3], strict=True):
            ends = span.setdefault(node_id, [n, n])
            ends[1] = n
    client.execute(_NODES)
    client.execute("TRUNCATE TABLE complaints.made_nodes")
    rows = [
        (
            n,
            *path,
            [span[node_id][0] for span, node_id in zip(spans, path[:3], strict=True)] + [n],
            [span[node_id][1] for span, node_id in zip(spans, path[:3], strict=True)] + [n],
        )
        for n, path in enumerate(paths)
    ]
    client.execute("INSERT INTO complaints.made_nodes VALUES", rows)
    return len(rows)


def _faults(seed: int, places: int) -> str:
    """SQL over `day` and `fault`: its transformer, level (1 incomer to 4 transformer), start and length in seconds."""
    place = "(day, fault)"
    hours = _hour(_u(place, 2, seed))
    return f"""
        toUInt32({_u(place, 1, seed)} * {places}) AS fault_n,
        multiIf(fault = 0, if({_u(place, 3, seed)} < 0.2, 1, 2), fault < 10, 3, 4) AS level,
        ({hours}) * 3600 + toUInt32({_u(place, 4, seed)} * 3600) AS fault_at,
        1800 + toUInt32({_u(place, 5, seed)} * 12600) AS fault_seconds
    """


def _hour(u: str) -> str:
    total, running, ends = sum(_HOURS), 0, []
    for weight in _HOURS:
        running += weight
        ends.append(running / total)
    return f"arrayFirstIndex(x -> x > {u}, {ends}) - 1"


def complaint_rows(first: int, last: int, *, seed: int, places: int) -> str:
    """INSERT of the complaints with numbers [first, last)."""
    n = "number"
    return f"""
INSERT INTO complaints.complaints
SELECT
    reinterpretAsUUID(concat(
        reinterpretAsString(cityHash64(number, {seed}, 100)), reinterpretAsString(cityHash64(number, {seed}, 101))
    )),
    multiIf(channel = 'call', '/kesco/call-centre/acd-1', channel = 'web', '/kesco/portal', '/kesco/help-desk')
        AS source,
    concat('M-', toString(number)) AS source_id,
    multiIf({_u(n, 9, seed)} < 0.7, 'call', {_u(n, 9, seed)} < 0.9, 'web', 'helpdesk') AS channel,
    fromUnixTimestamp64Milli(toInt64(at_ms)) AS reported_at,
    fromUnixTimestamp64Milli(toInt64(at_ms + if({_u(n, 10, seed)} < 0.9, 3000, 1200000))) AS received_at,
    received_at + 1,
    now64(3),
    lower(hex(MD5(toString(at.n * 100 + toUInt32(pow({_u(n, 8, seed)}, 1.5) * 100))))),
    '123',
    'light nahi aa rahi hai',
    'hinglish',
    arrayElement(
        [
            'no_supply', 'no_supply_area', 'transformer_fault', 'sparking_fire', 'low_voltage', 'billing',
            'prepaid_smart_meter'
        ],
        if(
            is_fault,
            arrayFirstIndex(x -> x > {_u(n, 11, seed)}, [0.55, 0.85, 0.95, 1]),
            arrayFirstIndex(x -> x > {_u(n, 11, seed)}, [0.3, 0.33, 0.36, 0.38, 0.45, 0.8, 1])
        )
    ) AS category,
    0.9,
    category = 'sparking_fire',
    if(is_fault, 'area', 'unknown'),
    NULL,
    3,
    'none',
    at.incomer_id,
    at.substation_id,
    if(coarse, '', at.feeder_id),
    if(coarse, '', at.transformer_id),
    if(coarse, 'locality', 'account'),
    if(coarse, 0.6, 1),
    'Kidwai Nagar',
    '208011',
    {_u(n, 12, seed)} < 0.01,
    if(category IN ('billing', 'prepaid_smart_meter'), NULL, reported_at + INTERVAL 6 HOUR),
    if(channel = 'call', toUInt32(200 * pow({_u(n, 13, seed)}, 4)), NULL),
    [],
    bitShiftLeft(toUInt64(1), 48) + (281474976710655 - toUInt64(at_ms)),
    '1',
    'made',
    'complaints.calls',
    number % 6,
    intDiv(number, 6)
FROM
(
    SELECT
        number,
        is_fault,
        {_u(n, 7, seed)} < 0.15 AS coarse,
        toUInt64({int(BEGINS_AT.timestamp())} + day * 86400
            + if(is_fault, fault_at + toUInt32(fault_seconds * pow({_u(n, 6, seed)}, 2)), own_at)) * 1000 AS at_ms,
        toUInt32(if(is_fault,
            low + {_u(n, 14, seed)} * (high - low + 1),
            pow({_u(n, 15, seed)}, 1.6) * {places})) AS place
    FROM
    (
        SELECT *, f.low[level] AS low, f.high[level] AS high
        FROM
        (
            SELECT
                number,
                intDiv(number, {DAY_COMPLAINTS}) AS day,
                {_u(n, 1, seed)} < 0.4 AS is_fault,
                toUInt32(200 * pow({_u(n, 2, seed)}, 3)) AS fault,
                ({_hour(_u(n, 3, seed))}) * 3600 + toUInt32({_u(n, 4, seed)} * 3600) AS own_at,
                {_faults(seed, places)}
            FROM numbers({first}, {last - first})
        ) AS drawn
        ANY LEFT JOIN complaints.made_nodes AS f ON f.n = drawn.fault_n
    )
) AS placed
ANY LEFT JOIN complaints.made_nodes AS at ON at.n = placed.place
SETTINGS max_insert_threads = 1
"""


def status_rows(first_day: int, last_day: int, *, seed: int) -> str:
    """INSERT of two status events for three of five of the complaints of the days [first_day, last_day)."""
    begin = int(BEGINS_AT.timestamp())
    return f"""
INSERT INTO complaints.complaint_status
SELECT
    complaint_id,
    step.1,
    reported_at + step.2 AS at,
    substation_id,
    'gang 1',
    '',
    NULL,
    '',
    '/kesco/oms',
    concat(source_id, '-', step.1),
    at,
    now64(3),
    'complaints.status',
    0,
    kafka_offset
FROM
(
    SELECT
        complaint_id, reported_at, substation_id, source_id, kafka_offset,
        arrayJoin([
            ('assigned', toUInt32(600 + 3600 * {_u("complaint_id", 20, seed)})),
            ('restored', toUInt32(4800 + 30000 * pow({_u("complaint_id", 21, seed)}, 2)))
        ]) AS step
    FROM complaints.complaints
    WHERE reported_at >= fromUnixTimestamp({begin + first_day * 86400})
        AND reported_at < fromUnixTimestamp({begin + last_day * 86400}) AND {_u("complaint_id", 22, seed)} < 0.6
)
SETTINGS max_insert_threads = 1
"""


def outage_rows(first_day: int, last_day: int, *, seed: int, places: int) -> str:
    """INSERT of the outages of the days [first, last): sixty a day, three states each, one in three confirmed."""
    return f"""
INSERT INTO complaints.outages (
    outage_id, node_id, node_kind, state, at, started_at, detected_at, customers_reporting, customers_affected, score,
    rule_set, planned, parent_outage_id, reason, restored_at, decided_at, stored_at, kafka_partition, kafka_offset
)
SELECT
    concat(toString(day), '-', toString(fault)) AS outage_id,
    arrayElement([at.incomer_id, at.substation_id, at.feeder_id, at.transformer_id], level) AS node_id,
    arrayElement(['incomer', 'substation', 'feeder', 'transformer'], level) AS node_kind,
    arrayJoin(['predicted', if(fault % 3 = 0, 'confirmed', 'predicted'), 'restored']) AS state,
    started_at + if(state = 'restored', fault_seconds, if(state = 'confirmed', 900, 300)) AS at,
    fromUnixTimestamp64Milli(toInt64({int(BEGINS_AT.timestamp())} + day * 86400 + fault_at) * 1000) AS started_at,
    started_at + 300 AS detected_at,
    toUInt32(3 + 40 * {_u("(day, fault)", 30, seed)}) AS customers_reporting,
    toUInt32(100 * (at.high[level] - at.low[level] + 1)) AS customers_affected,
    12.5 AS score,
    'normal' AS rule_set,
    false AS planned,
    '' AS parent_outage_id,
    if(state = 'restored', 'silence', 'complaints') AS reason,
    if(state = 'restored', at, NULL) AS restored_at,
    at AS decided_at,
    now64(3) AS stored_at,
    0 AS kafka_partition,
    day * 1000 + fault AS kafka_offset
FROM
(
    SELECT day, fault, {_faults(seed, places)}
    FROM
    (
        SELECT {first_day} + intDiv(number, 60) AS day, number % 60 AS fault
        FROM numbers({(last_day - first_day) * 60})
    )
) AS drawn
ANY LEFT JOIN complaints.made_nodes AS at ON at.n = drawn.fault_n
"""
