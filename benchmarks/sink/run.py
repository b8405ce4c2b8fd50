"""Rows a second and CPU a row of the sink, beside three other ways, in one run on the same topic and server.

    python -m benchmarks.sink.run [--records N] [--rounds N]

Starts a Kafka and a ClickHouse of its own in a new folder and removes them. Each contender reads the same records from
the start with a new consumer group, into a table of the same columns and engine. The clock runs from the first row that
is readable to the last; CPU is that of the contender's process and that of ClickHouse over the same time.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any, Final

import orjson
import psutil
from clickhouse_driver import Client

from benchmarks.environment import peers_python
from benchmarks.scratch import scratch
from benchmarks.sink import engine
from cli.pipeline import admin_address, password
from deploy.clickhouse.passwords import ROLES, USERS_XML, password_environment
from deploy.local import LocalInstance, Ports
from runtime.clickhouse import connect
from runtime.kafka import ensure_topics, make_producer
from runtime.settings import PROJECT_DIR, Settings
from schemas.topics import CATALOGUE, CATALOGUE_BY_NAME, ENRICHED
from sinks import migrations
from tests.sinks.events import enriched

Run = dict[str, float]
RESULT: Final = Path(__file__).with_name("result.json")
_LATE_SECONDS: Final = 300.0
_KEPT: Final = "sink"
_USER: Final = "bench"


@dataclass(frozen=True, slots=True)
class Contender:
    """What moves the records, and the table that it fills. `running` yields its process, if it has one of its own."""

    name: str
    table: str
    running: Callable[[int], AbstractContextManager[psutil.Process | None]]


@dataclass(frozen=True, slots=True)
class Look:
    """What was there at one moment; CPU in seconds."""

    rows: int
    at: float
    own: float
    server: float


def measure(contender: Contender, round_number: int, client: Client, server: psutil.Process, records: int) -> Run:
    """Run one contender once, from an empty table."""
    client.execute(f"TRUNCATE TABLE complaints.{contender.table}")

    def look(own: psutil.Process | None) -> Look:
        ((rows,),) = client.execute(f"SELECT count() FROM complaints.{contender.table}")
        return Look(rows, time.monotonic(), cpu_seconds(own) if own else 0.0, cpu_seconds(server))

    with contender.running(round_number) as own:
        until = time.monotonic() + _LATE_SECONDS
        first = last = look(own)
        while last.rows < records:
            time.sleep(0.02)
            last = look(own)
            first = first if first.rows else last
            if last.at > until or (own and own.status() == psutil.STATUS_ZOMBIE):
                raise RuntimeError(f"{contender.name} did not finish")
    rows = last.rows - first.rows
    return {
        "rows_per_second": rows / (last.at - first.at),
        "cpu_microseconds_per_row": (last.own - first.own) / rows * 1e6,
        "server_cpu_microseconds_per_row": (last.server - first.server) / rows * 1e6,
        "rows": last.rows,
    }


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of all threads."""
    times = process.cpu_times()
    return times.user + times.system


@contextmanager
def child(command: Sequence[str], env: Mapping[str, str] = {}) -> Iterator[psutil.Process]:
    """A process that is ended afterwards."""
    process = subprocess.Popen(command, env={**os.environ, **env}, cwd=PROJECT_DIR)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with scratch("bench-") as folder:
        settings = Settings(data_dir=Path(folder) / "data")
        instance = bench_instance(settings, Path(folder))
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
    client.disconnect()
    client = connect(replace(admin, user=_USER))
    size = publish(endpoints.kafka_bootstrap, records)
    python = str(peers_python())

    def sink(number: int) -> AbstractContextManager[psutil.Process]:
        env = {
            "COMPLAINTS_DATA_DIR": str(settings.data_dir),
            "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": endpoints.kafka_bootstrap,
            "COMPLAINTS_KAFKA_GROUP_PREFIX": f"round-{number}-",
            "COMPLAINTS_CLICKHOUSE_PORT": str(endpoints.clickhouse_native_port),
            "COMPLAINTS_CLICKHOUSE_PASSWORD": password(settings, "writer"),
            "COMPLAINTS_LOG_LEVEL": "WARNING",
        }
        return child([sys.executable, "-m", "cli.main", "sink"], env)

    words = (endpoints.kafka_bootstrap, str(endpoints.clickhouse_native_port), password(settings, "admin"))

    @contextmanager
    def engine_running(number: int) -> Iterator[None]:
        engine.start(client, endpoints.kafka_bootstrap, f"engine-{number}")
        try:
            yield
        finally:
            engine.stop(client)

    contenders = (
        Contender(_KEPT, "complaints", sink),
        Contender("plain loop", "plain_loop", lambda _: child([sys.executable, "-m", "benchmarks.sink.plain", *words])),
        Contender("quixstreams", "quixstreams", lambda _: child([python, "-m", "benchmarks.sink.quix", *words])),
        Contender("Kafka engine", "kafka_engine", engine_running),
    )
    for contender in contenders[1:]:
        client.execute(f"CREATE TABLE complaints.{contender.table} AS complaints.complaints")
    server = server_process(settings.data_dir)
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        for contender in contenders:
            runs[contender.name].append(measure(contender, number, client, server, records))
            print(
                contender.name,
                {name: round(value, 1) for name, value in runs[contender.name][-1].items()},
                file=sys.stderr,
            )
    client.disconnect()
    middle = {name: {key: median(run[key] for run in each) for key in each[0]} for name, each in runs.items()}
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "records": records, "bytes": size},
        "median": middle,
        "sink_to": {
            name: {
                "rows_per_second": middle[_KEPT]["rows_per_second"] / each["rows_per_second"],
                "cpu_of_both_per_row": _both(middle[_KEPT]) / _both(each),
            }
            for name, each in middle.items()
            if name != _KEPT
        },
        "runs": runs,
    }


def _both(run: Run) -> float:
    return run["cpu_microseconds_per_row"] + run["server_cpu_microseconds_per_row"]


def bench_instance(settings: Settings, folder: Path) -> LocalInstance:
    """Servers with one more user, who may make a table that reads Kafka."""
    users = folder / "users.xml"
    shutil.copy(USERS_XML, users)
    extra = folder / "users.d" / "bench.xml"
    extra.parent.mkdir()
    extra.write_text(
        f"<clickhouse><users><{_USER}><password_sha256_hex from_env='CLICKHOUSE_ADMIN_PASSWORD_SHA256'/>"
        "<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>"
        f"<grants><query>GRANT ALL ON *.*</query></grants></{_USER}></users></clickhouse>"
    )
    passwords = password_environment(**{role: password(settings, role) for role in ROLES})
    return LocalInstance(settings.data_dir, settings.cache_dir, users, passwords, Ports())


def server_process(data_dir: Path) -> psutil.Process:
    """ClickHouse below a data folder."""
    words = ("clickhouse_process.py", str(data_dir))
    (found,) = (each for each in psutil.process_iter() if all(word in " ".join(each.cmdline()) for word in words))
    return found


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
