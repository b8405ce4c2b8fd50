"""The sink between a real Kafka and a real ClickHouse: produce, run, await, count."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clickhouse_driver import Client
from clickhouse_driver.errors import Error, NetworkError
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from deploy.local import Endpoints
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.kafka import admin_client, make_producer
from schemas.clickhouse.tables import FILLED_BY_VIEWS, TABLES
from schemas.topics import CATALOGUE_BY_NAME, ENRICHED
from sinks.source import GROUP
from tests.sinks import forgetful
from tests.sinks.crash import VARIABLE

PROJECT = Path(__file__).resolve().parents[2]
EMPTIED = ("ledger", *FILLED_BY_VIEWS, "reference_loads", "reference_nodes", "reference_limits")
PASSWORDS = {"writer": "writer-pw", "analyst": "analyst-pw", "detector": "detector-pw", "admin": "admin-pw"}


def await_that(condition: Callable[[], bool], what: str, seconds: float = 40.0) -> None:
    """Wait for a condition; fails the test with `what` when it does not come."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"did not happen in {seconds} s: {what}"
        time.sleep(0.05)


def connect_as(endpoints: Endpoints, user: str, password: str, **settings: Any) -> Client:
    """A client of ClickHouse under that user."""
    address = ClickHouseAddress(endpoints.clickhouse_host, endpoints.clickhouse_native_port, user, password)
    return connect(address, settings=settings)


@dataclass
class SinkProcess:
    """One running sink."""

    process: subprocess.Popen[bytes]
    log: Path

    def wait(self, seconds: float = 40.0) -> int:
        """Its exit code; a signal's number is negative."""
        return self.process.wait(seconds)

    def terminate(self) -> None:
        """Ask it to stop, as a supervisor does."""
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it without any warning, and wait."""
        self.process.kill()
        self.process.wait()


@dataclass
class Stage:
    """One test's own consumer group over emptied topics and tables."""

    endpoints: Endpoints
    folder: Path
    prefix: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:8]}-")
    sinks: list[SinkProcess] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.admin = connect_as(self.endpoints, "complaints_admin", PASSWORDS["admin"])
        self.producer: Producer = make_producer(self.endpoints.kafka_bootstrap, client_id="test")

    def empty(self) -> None:
        """Let go of everything that earlier tests left in topics and tables, once ClickHouse is up (again)."""
        await_that(self._answers, "ClickHouse answers")
        for name in (*EMPTIED, *(table.name for table in TABLES)):
            self.admin.execute(f"TRUNCATE TABLE complaints.{name}")
        ends = [
            TopicPartition(table.topic, number, -1)
            for table in TABLES
            for number in range(CATALOGUE_BY_NAME[table.topic].partitions)
        ]
        admin = admin_client(self.endpoints.kafka_bootstrap)
        await_that(lambda: _deleted(admin, ends), "the topics are emptied")

    def _answers(self) -> bool:
        try:
            return bool(self.admin.execute("SELECT 1"))
        except (NetworkError, EOFError, OSError):
            self.admin.disconnect()
            return False

    def publish(self, topic: str, values: Iterable[bytes], within_seconds: float = 20.0, **options: Any) -> None:
        """Write records, each confirmed; without a `key` they are spread over the partitions by their number."""
        partitions = CATALOGUE_BY_NAME[topic].partitions
        for number, value in enumerate(values):
            place = options or {"partition": number % partitions}
            self.producer.produce(topic, value=value, **place)
        assert self.producer.flush(within_seconds) == 0

    def start(self, *, instance_id: str = "1", crash: str = "", keeps_metadata: bool = True, **env: str) -> SinkProcess:
        """Start a sink; `crash` is a point of crash.py, `env` further variables.

        With `keeps_metadata` False it sees a broker that does not keep the metadata of commits.
        """
        log = self.folder / f"sink-{len(self.sinks)}.log"
        variables = {
            "COMPLAINTS_DATA_DIR": str(self.folder),
            "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": self.endpoints.kafka_bootstrap,
            "COMPLAINTS_KAFKA_GROUP_PREFIX": self.prefix,
            "COMPLAINTS_KAFKA_INSTANCE_ID": instance_id,
            "COMPLAINTS_CLICKHOUSE_HOST": self.endpoints.clickhouse_host,
            "COMPLAINTS_CLICKHOUSE_PORT": str(self.endpoints.clickhouse_native_port),
            "COMPLAINTS_CLICKHOUSE_USER": "complaints_writer",
            "COMPLAINTS_CLICKHOUSE_PASSWORD": PASSWORDS["writer"],
            "COMPLAINTS_LOG_FORMAT": "json",
            "COMPLAINTS_SINK_BATCH_SECONDS": "0.2",
            VARIABLE: crash,
            forgetful.VARIABLE: "" if keeps_metadata else "1",
        }
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.sinks.sink_process"],
                cwd=PROJECT,
                env={**os.environ, **variables, **env},
                stderr=stderr,
            )
        self.sinks.append(SinkProcess(process, log))
        return self.sinks[-1]

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a query as the administrator."""
        rows: list[tuple[Any, ...]] = self.admin.execute(statement)
        return rows

    def count(self, table: str, what: str = "count()") -> int:
        """One number of a table; -1 while ClickHouse is away."""
        try:
            return int(self.query(f"SELECT {what} FROM complaints.{table}")[0][0])
        except (Error, OSError, EOFError):
            return -1

    def await_count(self, table: str, wanted: int, what: str = "count()") -> None:
        """Wait until a table has exactly so many rows."""
        await_that(lambda: self.count(table, what) == wanted, f"{wanted} {what} in {table}")

    def committed(self, topic: str = ENRICHED) -> Sequence[tuple[int, str]]:
        """What the group has committed of a topic: offset and metadata of each partition that has a commit."""
        consumer = Consumer({"bootstrap.servers": self.endpoints.kafka_bootstrap, "group.id": self.prefix + GROUP})
        try:
            places = [TopicPartition(topic, number) for number in range(CATALOGUE_BY_NAME[topic].partitions)]
            found = consumer.committed(places, timeout=20)
        finally:
            consumer.close()
        return [(each.offset, each.metadata or "") for each in found if each.offset >= 0]

    def members(self) -> int:
        """How many sinks are in the group."""
        admin, group = admin_client(self.endpoints.kafka_bootstrap), self.prefix + GROUP
        return len(admin.describe_consumer_groups([group])[group].result(20).members)

    def close(self) -> None:
        """End every sink that still runs."""
        for sink in self.sinks:
            if sink.process.poll() is None:
                sink.kill()
        self.admin.disconnect()


def _deleted(admin: AdminClient, ends: list[TopicPartition]) -> bool:
    """Delete all records; False while the partitions of topics just made have no leader yet."""
    try:
        for future in admin.delete_records(ends).values():
            future.result()
    except KafkaException:
        return False
    return True
