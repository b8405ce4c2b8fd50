"""Rows a second and CPU a row of the sink, beside a plain loop, in one run on the same topic and server.

    python -m benchmarks.sink.run [--records N] [--rounds N]

Starts a Kafka and a ClickHouse of its own in a new folder and removes them. Each contender reads the same records from
the start with a new consumer group, into a table of the same columns and engine. The clock runs from the first row that
is readable to the last, CPU is that of the contender's process over the same time.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import orjson
import psutil
from clickhouse_driver import Client

from cli.pipeline import admin_address, local_instance, password
from runtime.clickhouse import connect
from runtime.kafka import ensure_topics, make_producer
from runtime.settings import PROJECT_DIR, Settings
from schemas.topics import CATALOGUE, CATALOGUE_BY_NAME, ENRICHED
from sinks import migrations
from tests.sinks.events import enriched

RESULT: Final = Path(__file__).with_name("result.json")
_PEER_TABLE: Final = "plain_loop"
_LATE_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class Contender:
    """A process that moves the records, and the table that it fills."""

    name: str
    table: str
    start: Callable[[int], subprocess.Popen[bytes]]


def measure(contender: Contender, round_number: int, client: Client, records: int) -> dict[str, float]:
    """Run one contender once, from an empty table."""
    client.execute(f"TRUNCATE TABLE complaints.{contender.table}")
    process = contender.start(round_number)
    try:
        usage = psutil.Process(process.pid)
        first, until = None, time.monotonic() + _LATE_SECONDS
        while True:
            ((count,),) = client.execute(f"SELECT count() FROM complaints.{contender.table}")
            now, times = time.monotonic(), usage.cpu_times()
            if count and first is None:
                first = (count, now, times.user + times.system)
            if count >= records and first is not None:
                break
            if now > until:
                raise TimeoutError(f"{contender.name} did not finish")
            time.sleep(0.02)
    finally:
        process.terminate()
        process.wait(30)
    rows = records - first[0]
    cpu = times.user + times.system - first[2]
    return {"rows_per_second": rows / (now - first[1]), "cpu_microseconds_per_row": cpu / rows * 1e6, "rows": count}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=PROJECT_DIR / ".data") as folder:
        settings = Settings(data_dir=Path(folder))
        instance = local_instance(settings)
        try:
            endpoints = instance.start_servers(lambda _message, _done, _total: None)
            result = compare(settings, endpoints, arguments.records, arguments.rounds)
        finally:
            instance.stop(lambda _message, _done, _total: None)
    RESULT.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.write(RESULT.read_bytes())


def compare(settings: Settings, endpoints: Any, records: int, rounds: int) -> dict[str, Any]:
    """Fill the topic, let the contenders run in turn, and take the median of each."""
    admin = admin_address(settings, endpoints)
    deployment = migrations.Deployment(settings.text_retention_days, settings.row_retention_months)
    migrations.up(admin, deployment)
    ensure_topics(endpoints.kafka_bootstrap, CATALOGUE)
    client = connect(admin)
    client.execute(f"CREATE TABLE complaints.{_PEER_TABLE} AS complaints.complaints")
    size = publish(endpoints.kafka_bootstrap, records)

    def sink(number: int) -> subprocess.Popen[bytes]:
        env = {
            "COMPLAINTS_DATA_DIR": str(settings.data_dir),
            "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": endpoints.kafka_bootstrap,
            "COMPLAINTS_KAFKA_GROUP_PREFIX": f"round-{number}-",
            "COMPLAINTS_CLICKHOUSE_PORT": str(endpoints.clickhouse_native_port),
            "COMPLAINTS_CLICKHOUSE_PASSWORD": password(settings, "writer"),
            "COMPLAINTS_LOG_LEVEL": "WARNING",
        }
        return subprocess.Popen([sys.executable, "-m", "cli.main", "sink"], env={**os.environ, **env}, cwd=PROJECT_DIR)

    def plain(_number: int) -> subprocess.Popen[bytes]:
        words = (endpoints.kafka_bootstrap, str(endpoints.clickhouse_native_port), password(settings, "admin"))
        return subprocess.Popen([sys.executable, "-m", "benchmarks.sink.plain", *words], cwd=PROJECT_DIR)

    contenders = (Contender("sink", "complaints", sink), Contender("plain loop", _PEER_TABLE, plain))
    runs: dict[str, list[dict[str, float]]] = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders:
            runs[contender.name].append(measure(contender, number, client, records))
    client.disconnect()
    best = {name: {key: median(run[key] for run in each) for key in each[0]} for name, each in runs.items()}
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "records": records, "bytes": size},
        "median": best,
        "ratio": {
            "rows_per_second": best["sink"]["rows_per_second"] / best["plain loop"]["rows_per_second"],
            "cpu_per_row": best["sink"]["cpu_microseconds_per_row"] / best["plain loop"]["cpu_microseconds_per_row"],
        },
        "runs": runs,
    }


def publish(bootstrap_servers: str, records: int) -> int:
    """Fill the topic evenly; returns the mean size of a value in bytes."""
    producer = make_producer(bootstrap_servers, client_id="bench")
    partitions, total = CATALOGUE_BY_NAME[ENRICHED].partitions, 0
    for number in range(records):
        value = enriched(number).to_json()
        total += len(value)
        producer.produce(ENRICHED, value=value, partition=number % partitions)
        if number % 1000 == 0:
            producer.poll(0)
    assert producer.flush(60) == 0
    return total // records


if __name__ == "__main__":
    main()
