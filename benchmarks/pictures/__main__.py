"""A simulated night through the whole pipeline, the guide's own queries asked as an analyst, and pictures of it.

Starts a pipeline of its own in a new data folder, and stops it. Everything follows from the scenario and the seed, so
the pictures change only when the program's answers do.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
from clickhouse_driver import Client

from benchmarks.environment import peers_python
from benchmarks.pictures.delays import Fault, Report, delays
from benchmarks.scratch import scratch
from cli.kanpur import SHIPPED_PACK
from cli.output import progress
from cli.pipeline import bring_up, local_instance, password, reference_store
from insight.detection.backtest import backtest
from insight.detection.network import network_of
from insight.detector import NORMAL
from producers.publish_file import Clock, publish_lines
from producers.simulate import Scenario, simulate
from reference.active import ActiveReference
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.settings import PROJECT_DIR, Settings
from schemas.vocabulary import NodeKind

SCENARIO: Final = Scenario.CRISIS
SEED: Final = 2
TELEMETRY: Final = 0.6
"""Devices are to come to all substations (etvbharat.com, January 2026); nothing is said of all feeders."""

AS_OF: Final = "2026-06-20 22:00:00"
"""The moment of the guide's queries, in the middle of the simulated night."""
NIGHT_ENDS: Final = "2026-06-21 04:00:00"
WINDOW_MINUTES: Final = 60
"""Of the guide's query too."""
_NIGHT: Final = ("2026-06-20 19:00:00", NIGHT_ENDS)
_WAIT_SECONDS: Final = 600.0
_STEP_SECONDS: Final = 10
_KNOWN: Final = "SELECT uniqExact(kafka_topic, kafka_partition, kafka_offset) FROM complaints.ledger"
_QUERIES: Final = PROJECT_DIR / "docs" / "queries"
_PICTURES: Final = PROJECT_DIR / "docs" / "pictures"

_LIMITS: Final = """
SELECT
    n.name AS name,
    countIf(ended_at <= due_at) AS met,
    countIf(ended_at > due_at) AS late,
    countIf(ended_at IS NULL AND due_at <= as_of) AS overdue,
    countIf(ended_at IS NULL AND due_at > as_of) AS running
FROM
(
    SELECT toDateTime64('{as_of}', 3, 'Asia/Kolkata') AS as_of, c.substation_id AS substation_id, c.due_at AS due_at,
        s.ended_at AS ended_at
    FROM complaints.complaints_current AS c
    LEFT JOIN
    (
        SELECT complaint_id, minIf(at, status IN ('restored', 'closed')) AS ended_at
        FROM complaints.complaint_status FINAL
        WHERE status IN ('restored', 'closed')
        GROUP BY complaint_id
    ) AS s ON s.complaint_id = c.complaint_id
    WHERE c.due_at IS NOT NULL AND NOT c.planned
) AS c
INNER JOIN complaints.nodes_current AS n ON n.node_id = c.substation_id
GROUP BY name
ORDER BY count() DESC
LIMIT 15
SETTINGS join_use_nulls = 1
"""


def main() -> None:
    """Simulate, publish, ask, draw."""
    with scratch("pictures-") as folder:
        day = Path(folder) / "day"
        simulate(day, SHIPPED_PACK, scenario=SCENARIO, seed=SEED, telemetry=TELEMETRY)
        truth = [orjson.loads(line) for line in (day / "truth.jsonl").read_bytes().splitlines()]
        with stored(Path(folder) / "data", day) as (client, settings):
            found = answers(client, settings, truth)
        answers_file = Path(folder) / "found.json"
        answers_file.write_text(json.dumps(found, default=str))
        _PICTURES.mkdir(exist_ok=True)
        drawing = [str(peers_python()), "-m", "benchmarks.pictures.draw", str(answers_file), str(_PICTURES)]
        subprocess.run(drawing, check=True, cwd=PROJECT_DIR)


@contextmanager
def stored(data_dir: Path, day: Path) -> Iterator[tuple[Client, Settings]]:
    """An analyst at a pipeline that has taken in the whole night, and the settings of that."""
    settings = Settings(data_dir=data_dir, reference_dir=day / "reference")
    with progress() as report:
        try:
            running = bring_up(settings, report)
            endpoints = running.endpoints
            lines = (day / "events.jsonl").read_bytes().splitlines()
            sent = publish_lines(lines, bootstrap_servers=endpoints.kafka_bootstrap, clock=Clock.FILE)
            client = connect(
                ClickHouseAddress(
                    endpoints.clickhouse_host,
                    endpoints.clickhouse_native_port,
                    settings.clickhouse_analyst_user,
                    password(settings, "analyst"),
                )
            )
            report("waiting until everything is stored", 0, 0)
            _settle(client, sent.accepted)
            yield client, settings
            client.disconnect()
        finally:
            local_instance(settings).stop(report)


def _settle(client: Client, events: int) -> None:
    """Wait until every event is stored."""
    deadline = time.monotonic() + _WAIT_SECONDS
    stored = 0
    while stored < events:
        assert time.monotonic() < deadline, f"{stored} of {events} events are stored"
        time.sleep(0.5)
        ((stored,),) = client.execute(_KNOWN)


def answers(client: Client, settings: Settings, truth: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What the pictures show."""
    hours = dict(zip(("'2026-06-20 16:00:00'", "'2026-06-20 22:00:00'"), (f"'{at}'" for at in _NIGHT), strict=True))
    window = {"2026-06-20 20:30:00": AS_OF, "LIMIT 10": "LIMIT 200"}
    places = _places(client)
    spots = [places[row["node_id"]] | row for row in _ask(client, _guide("04_hotspots", window)) if row["score"] > 0]
    calls = _ask(client, _guide("03_call_load", hours))
    return {
        "as_of": AS_OF[11:16],
        "window_minutes": WINDOW_MINUTES,
        "hotspots": [row for row in spots if row["latitude"] is not None],
        "substations": [row for row in places.values() if row["node_kind"] == NodeKind.SUBSTATION],
        "truth": [row for row in truth if _is_out(row)],
        "calls": [row | {"hour": f"{row['hour']:%H:%M}"} for row in calls],
        "delays": _delays(client, truth, places, _detected(client, settings)),
        "limits": _ask(client, _LIMITS.format(as_of=NIGHT_ENDS)),
        "limits_as_of": NIGHT_ENDS[11:16],
    }


def _is_out(row: Mapping[str, Any]) -> bool:
    """Was it out at some time of the window."""
    now = datetime.fromisoformat(AS_OF + "+05:30")
    begins = now - timedelta(minutes=WINDOW_MINUTES)
    return datetime.fromisoformat(row["started_at"]) <= now and datetime.fromisoformat(row["ended_at"]) > begins


def _detected(client: Client, settings: Settings) -> list[tuple[str, float]]:
    """Node and time of each detection, as a detector in step with the night makes them: nine hours sent in seconds may
    come to the live one in another order."""
    tree, shutdowns = network_of(ActiveReference(reference_store(settings)).current())
    begins, ends = (_seconds(f"{at}+05:30") for at in _NIGHT)
    result = backtest(client, tree, NORMAL, shutdowns, begin=begins, end=ends, step_seconds=_STEP_SECONDS)
    return [(each.first.node_id, each.first.detected_at) for each in result.found]


def _delays(
    client: Client,
    truth: list[Mapping[str, Any]],
    places: Mapping[str, Mapping[str, Any]],
    found: list[tuple[str, float]],
) -> list[float | None]:
    faults = [
        Fault(row["node_id"], _seconds(row["started_at"]), _seconds(row["ended_at"]))
        for row in truth
        if not row["planned"]
    ]
    reports = client.execute(
        "SELECT customer, transformer_id, feeder_id, substation_id, incomer_id, toUnixTimestamp64Milli(said_at),"
        " toUnixTimestamp64Milli(received_at) FROM complaints.supply_reports"
    )
    return delays(
        faults,
        [Report(row[0], next(filter(None, row[1:5]), ""), row[5] / 1000, row[6] / 1000) for row in reports],
        found,
        {node_id: row["parent_id"] for node_id, row in places.items()},
    )


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _guide(name: str, changes: Mapping[str, str]) -> str:
    text = (_QUERIES / f"{name}.sql").read_text(encoding="utf-8").rstrip().removesuffix(";")
    for old, new in changes.items():
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, new)
    return text


def _ask(client: Client, query: str) -> list[dict[str, Any]]:
    rows, columns = client.execute(query, with_column_types=True)
    names = [name for name, _ in columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _places(client: Client) -> dict[str, dict[str, Any]]:
    """Where each node is; one without a position of its own is in the middle of what hangs below it."""
    rows = _ask(client, "SELECT node_id, node_kind, parent_id, latitude, longitude FROM complaints.nodes_current")
    below: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind in (NodeKind.TRANSFORMER, NodeKind.FEEDER, NodeKind.SUBSTATION, NodeKind.INCOMER):
        for row in rows:
            if row["node_kind"] != kind:
                continue
            if row["latitude"] is None and below[row["node_id"]]:
                for name in ("latitude", "longitude"):
                    row[name] = statistics.mean(child[name] for child in below[row["node_id"]])
            if row["latitude"] is not None:
                below[row["parent_id"]].append(row)
    return {row["node_id"]: row for row in rows}


if __name__ == "__main__":
    main()
