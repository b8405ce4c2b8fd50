"""Sent against stored, one by one: tables, views, the help desk's topic, dead letters and the balance."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from insight.balance import check
from insight.broker import Broker
from schemas.topics import ENRICHED, desk_topic
from tests.chaos.plant import DESK, PROCESSOR_GROUP, SINK_GROUP, Place, Plant
from tests.chaos.table import Outcome


@dataclass
class Sent:
    """What was sent: `events` complaints of `source`, their ids counted from 0, in `raw` raw records.

    `at_desk`: those for the desk that is looked at. `poison`: places of broken records.
    """

    source: str
    events: int = 0
    raw: int = 0
    at_desk: set[int] = field(default_factory=set)
    poison: set[tuple[str, int, int]] = field(default_factory=set)


def count(plant: Plant, name: str, sent: Sent, since: Mapping[Place, int], failures: int, started: float) -> Outcome:
    """Compare, after everything was acknowledged. `since`: offsets before the first event of this case."""
    ids = _ids(plant, sent, "complaints_current")
    final = _ids(plant, sent, "complaints FINAL")
    letters = plant.query(
        "SELECT kafka_topic, kafka_partition, kafka_offset, count() FROM complaints.dead_letters FINAL GROUP BY 1, 2, 3"
    )
    at_desk = {_headers(message) for message in plant.records(desk_topic(DESK), since)}
    in_minutes = plant.query("SELECT sum(complaints) FROM complaints.complaints_by_minute WHERE node_kind = 'feeder'")
    wanted = set(range(sent.events))
    found = {row[:3] for row in letters}
    checks = {
        "complaints_current": set(ids) == wanted,
        "complaints": final == ids,
        "complaints_by_minute": in_minutes[0][0] == sent.events,
        "desk topic": {int(i) for source, i in at_desk if source == sent.source} == sent.at_desk,
        "dead letters": found == sent.poison,
        **_balance(plant, sent),
    }
    written, twice = _stored_twice(plant, sent, since)
    return Outcome(
        name,
        failures,
        sent.events,
        lost=len(wanted - set(ids)) + len(sent.poison - found),
        doubled=twice + sum(ids.values()) - len(ids) + sum(row[3] - 1 for row in letters),
        repeats=written - sent.events,
        seconds=time.monotonic() - started,
        faults=tuple(name for name, right in checks.items() if not right),
    )


def _ids(plant: Plant, sent: Sent, table: str) -> Counter[int]:
    rows = plant.query(f"SELECT source_id FROM complaints.{table} WHERE source = %(source)s", {"source": sent.source})
    return Counter(int(row[0]) for row in rows)


def _stored_twice(plant: Plant, sent: Sent, since: Mapping[Place, int]) -> tuple[int, int]:
    """How many enriched records there are, and how many more rows than records; nothing was merged yet."""
    written: Counter[tuple[str, int, int]] = Counter()
    for message in plant.records(ENRICHED, since):
        row = _json(message.value())
        if row.get("source") == sent.source:
            written[row["source_id"], row["kafka_partition"], row["kafka_offset"]] += 1
    stored = plant.query(
        "SELECT source_id, kafka_partition, kafka_offset, count() FROM complaints.complaints"
        " WHERE source = %(source)s GROUP BY 1, 2, 3",
        {"source": sent.source},
    )
    return sum(written.values()), sum(max(0, rows - written[source_id, *place]) for source_id, *place, rows in stored)


def _balance(plant: Plant, sent: Sent) -> dict[str, bool]:
    with Broker(plant.kafka, processor_group=PROCESSOR_GROUP, sink_group=SINK_GROUP) as broker:
        found = check(plant.client, broker, since=None, hours=24, places=0, patience_seconds=5.0)
    missing, waiting, records = (
        sum(getattr(line, name) for line in found.lines) for name in ("missing", "waiting", "records_in")
    )
    told = f"balance: decided {found.decided}, missing {missing}, waiting {waiting}, records {records} of {sent.raw}"
    return {told: found.decided and (missing, waiting, records) == (0, 0, sent.raw)}


def _json(value: bytes | None) -> dict[str, Any]:
    try:
        row = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        return {}
    return row if isinstance(row, dict) else {}


def _headers(message: Any) -> tuple[str, str]:
    headers = dict(message.headers() or ())
    return headers["ce_source"].decode(), headers["ce_id"].decode()
