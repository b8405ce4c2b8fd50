"""One Kafka, one ClickHouse and quick processes of both stages, for many cases."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import Error
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition

from cli.migrate import deployment
from cli.pipeline import admin_address, local_instance, password
from deploy.local import LocalInstance, kafka
from reference.active import activate
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.kafka import ensure_topics, make_producer
from runtime.settings import PROJECT_DIR, Settings
from schemas.clickhouse.tables import TABLES
from schemas.topics import CALLS, CATALOGUE_BY_NAME, DEADLETTERS, ENRICHED, all_topics, desk_topic
from sinks import migrations
from tests.chaos.cluster import Cluster, running_cluster
from tests.conftest import BASE, await_coordinator, silent
from tests.reference import RIVER_TOWN

DESKS: Final = ("mill.1", "lake_2", "port-3")
DESK: Final = DESKS[0]
PROCESSOR_GROUP: Final = "complaints-processor"
SINK_GROUP: Final = "complaints-sink"
READ: Final = {PROCESSOR_GROUP: (CALLS,), SINK_GROUP: (ENRICHED, DEADLETTERS)}
WRITTEN: Final = (CALLS, ENRICHED, DEADLETTERS, desk_topic(DESK))

Place = tuple[str, int]
T = TypeVar("T")


@dataclass
class Life:
    """One running process of a stage. Times are of the monotonic clock, 0 while that has not happened."""

    pid: int
    fault: Mapping[str, Any] | None
    fired: Path
    stopped_at: float = 0.0
    failed_at: float = 0.0
    told: bool = False

    def failed(self) -> bool:
        """Was its fault point reached."""
        return self.fault is not None and self.fired.exists()


class Nursery:
    """The process that starts those of one stage."""

    def __init__(self, stage: str, reference: Path, folder: Path) -> None:
        self._folder = folder
        self._stage = stage
        self._order = {"reference": str(reference), "log": str(folder / f"{stage}.log")}
        self._started = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery", stage],
            cwd=PROJECT_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, settings: Mapping[str, Any], fault: Mapping[str, Any] | None = None, broken: str = "") -> Life:
        """Start a process; `fault` and `broken` are what faults.py knows."""
        self._started += 1
        fired = self._folder / f"{self._stage}-{self._started}.fired"
        order = {**self._order, "settings": settings, "fault": fault, "fired": str(fired), "broken": broken}
        return Life(int(self._ask({"start": order})), fault, fired)

    def look(self, life: Life) -> str:
        """What a process does: `running`, `ended` or, once after each SIGSTOP, `stopped`."""
        return self._ask({"look": life.pid})

    def close(self) -> None:
        """End it, and every process that it started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _ask(self, order: Mapping[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


def patiently(call: Callable[[], T], seconds: float = 30.0) -> T:
    """Call again while a server is away, or a topic that was just made has no leader."""
    until = time.monotonic() + seconds
    while True:
        try:
            return call()
        except (KafkaException, Error, OSError, EOFError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@dataclass
class Plant:
    """What the cases run on. `stage_settings` are Settings of the stages, `instance` owns the servers."""

    kafka: str
    admin: ClickHouseAddress
    stage_settings: dict[str, Any]
    nurseries: dict[str, Nursery]
    instance: LocalInstance
    settings: Settings
    cluster: Cluster | None = None
    groups: dict[str, Consumer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.producer: Producer = make_producer(self.kafka, client_id="chaos")
        self.groups = {group: self._consumer(group) for group in READ}
        self.client: Client = connect(self.admin)
        for table in TABLES:  # nothing merges, so that a row that is stored twice stays to be seen
            self.client.execute(
                f"ALTER TABLE complaints.{table.name} MODIFY SETTING max_bytes_to_merge_at_min_space_in_pool = 1,"
                " max_bytes_to_merge_at_max_space_in_pool = 1, parts_to_delay_insert = 5000,"
                " parts_to_throw_insert = 6000"
            )

    def _consumer(self, group: str) -> Consumer:
        return Consumer({"bootstrap.servers": self.kafka, "group.id": group, "enable.auto.commit": False})

    def close(self) -> None:
        """Let go of the servers."""
        for consumer in self.groups.values():
            consumer.close()
        self.producer.flush(1)
        del self.producer
        self.client.disconnect()

    def query(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """Rows as the administrator, also of a server that is just coming back."""
        rows: list[Any] = patiently(lambda: self.client.execute(statement, parameters))
        return rows

    def empty(self) -> dict[Place, int]:
        """Let go of what earlier cases left; the offsets from which on this one counts, also in the balance."""
        for name in ("complaints", "dead_letters", "ledger"):
            self.query(f"TRUNCATE TABLE complaints.{name}")
        for group in READ:
            patiently(lambda group=group: self._acknowledge_all(group))  # type: ignore[misc]
        since = self.ends(WRITTEN)
        now = datetime.now(UTC)
        starts = [(*place, end, "start", 0, now, now) for place, end in since.items() if place[0] == CALLS]
        patiently(lambda: self.client.execute("INSERT INTO complaints.ledger VALUES", starts))
        return since

    def _acknowledge_all(self, group: str) -> None:
        """Give up what a case that failed has left; nobody is in the group."""
        if self.behind(group):
            places = [TopicPartition(*place, end) for place, end in self.ends(READ[group]).items()]
            self.groups[group].commit(offsets=places, asynchronous=False)

    def ends(self, topics: Iterable[str]) -> dict[Place, int]:
        """The offsets behind the last records."""
        return patiently(lambda: self._ends(topics))

    def _ends(self, topics: Iterable[str]) -> dict[Place, int]:
        consumer = self.groups[SINK_GROUP]
        places = [
            (topic, number)
            for topic in topics
            for number in range(CATALOGUE_BY_NAME[topic].partitions if topic in CATALOGUE_BY_NAME else 1)
        ]
        try:
            return {place: consumer.get_watermark_offsets(TopicPartition(*place), timeout=10)[1] for place in places}
        except KafkaException:
            consumer.list_topics(timeout=10)  # a consumer that reads nothing does not look for new leaders by itself
            raise

    def behind(self, group: str) -> bool:
        """Has the group something left to acknowledge; also True while nobody answers."""
        try:
            ends = {place: end for place, end in self._ends(READ[group]).items() if end}
            found = self.groups[group].committed([TopicPartition(*place) for place in ends], timeout=10)
        except KafkaException:
            return True
        return any(each.offset != ends[each.topic, each.partition] or each.metadata for each in found)

    def records(self, topic: str, since: Mapping[Place, int]) -> Iterator[Message]:
        """Every record of a topic from these offsets on."""
        ends = self.ends([topic])
        missing = sum(end - since[place] for place, end in ends.items())
        consumer = self._consumer("chaos-look")
        consumer.assign([TopicPartition(*place, since[place]) for place in ends])
        while missing:
            batch = [message for message in consumer.consume(min(missing, 5_000), 10) if message.error() is None]
            assert batch, f"{topic} cannot be read"
            missing -= len(batch)
            yield from batch
        consumer.close()


@contextmanager
def on_three_brokers(plant: Plant, folder: Path = BASE / "cluster") -> Iterator[Plant]:
    """The same ClickHouse and processes on a Kafka of three nodes."""
    with running_cluster(folder, plant.settings) as cluster:
        patiently(lambda: await_coordinator(cluster.bootstrap), 60.0)
        ensure_topics(cluster.bootstrap, all_topics(DESKS), 3)
        given = {**plant.stage_settings, "kafka_bootstrap_servers": cluster.bootstrap, "kafka_replication_factor": 3}
        made = Plant(cluster.bootstrap, plant.admin, given, plant.nurseries, plant.instance, plant.settings, cluster)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def running_plant(folder: Path = BASE / "chaos", **stage_settings: Any) -> Iterator[Plant]:
    """Servers of these tests alone; the broker allows short sessions. Everything ends with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kafka, "_PROPERTIES", kafka._PROPERTIES + "group.min.session.timeout.ms=1000\n")
        settings = Settings(data_dir=folder)
        instance = local_instance(settings)
        reference, logs = folder / "reference", folder / "stages"
        logs.mkdir(parents=True)
        nurseries = {stage: Nursery(stage, reference, logs) for stage in ("process", "sink")}
        try:
            endpoints = instance.start_servers(silent)
            await_coordinator(endpoints.kafka_bootstrap)
            admin = admin_address(settings, endpoints)
            migrations.up(admin, deployment(settings))
            activate(RIVER_TOWN, reference)
            ensure_topics(endpoints.kafka_bootstrap, all_topics(DESKS))
            given = {
                "data_dir": str(folder),
                "kafka_bootstrap_servers": endpoints.kafka_bootstrap,
                "clickhouse_host": endpoints.clickhouse_host,
                "clickhouse_port": endpoints.clickhouse_native_port,
                "clickhouse_password": password(settings, "writer"),
                "sink_batch_rows": 37,
                "sink_batch_seconds": 0.1,
                "shutdown_seconds": 10.0,
                **stage_settings,
            }
            plant = Plant(endpoints.kafka_bootstrap, admin, given, nurseries, instance, settings)
            try:
                yield plant
            finally:
                plant.close()
        finally:
            for nursery in nurseries.values():
                nursery.close()
            instance.stop(silent)
