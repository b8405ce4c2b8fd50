"""One pipeline, used through its command, its topics and its tables."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition

from cli.migrate import admin
from cli.pipeline import local_instance
from deploy.local.ports import ADDRESS
from deploy.local.program import ProgramStatus
from runtime.clickhouse import connect
from runtime.kafka import existing_topics, make_producer
from runtime.settings import Settings
from schemas.record import Headers
from tests.reference import RIVER_TOWN

COMPLAINTS: Final = str(Path(sys.executable).with_name("complaints"))
WAIT_SECONDS: Final = 45.0


@contextmanager
def river_town(folder: Path) -> Iterator[Pipeline]:
    """A pipeline of its own below `folder`, with the invented pack; the one that ships is not used."""
    running = Pipeline(folder)
    try:
        running.complaints("up", env={"COMPLAINTS_REFERENCE_DIR": str(RIVER_TOWN)})
        yield running
    finally:
        running.complaints("down")


def get(port: int, path: str) -> str:
    """What a process answers over HTTP."""
    with urllib.request.urlopen(f"http://{ADDRESS}:{port}/{path}", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


@dataclass(frozen=True)
class Pipeline:
    """What `complaints up` started below `data_dir`."""

    data_dir: Path

    def complaints(
        self, *arguments: str, stdin: bytes = b"", exit_code: int = 0, env: Mapping[str, str] | None = None
    ) -> str:
        """Run the command; its standard output. The exit code must be the one given."""
        done = subprocess.run(
            [COMPLAINTS, *arguments],
            input=stdin,
            capture_output=True,
            timeout=240,
            check=False,
            env={**os.environ, "COMPLAINTS_DATA_DIR": str(self.data_dir), **(env or {})},
        )
        told = (done.stdout + done.stderr).decode()
        assert done.returncode == exit_code, told
        return told if exit_code else done.stdout.decode()

    def start(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start the command and leave it running."""
        env = {**os.environ, "COMPLAINTS_DATA_DIR": str(self.data_dir), **(env or {})}
        return subprocess.Popen([COMPLAINTS, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.data_dir, _env_file=self.data_dir / "instance.env")

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The answer to a query."""
        client = connect(admin(self.settings))
        try:
            answer: list[tuple[Any, ...]] = client.execute(query, dict(parameters or {}))
            return answer
        finally:
            client.disconnect()

    def await_rows(
        self, query: str, expected: list[tuple[Any, ...]], parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Wait until a query has this answer; fail with the last one otherwise."""
        deadline = time.monotonic() + WAIT_SECONDS
        while (found := self.rows(query, parameters)) != expected:
            assert time.monotonic() < deadline, f"{found} is not {expected}"
            time.sleep(0.2)

    def status(self, name: str) -> ProgramStatus:
        """What is known of one program: its process, its log."""
        return next(row for row in local_instance(self.settings).status() if row.name == name)

    def metrics(self, stage: str) -> str:
        """What a stage answers at /metrics."""
        port = orjson.loads((self.data_dir / "metrics_ports.json").read_bytes())[stage]
        return get(port, "metrics")

    def stored_rows(self, table: str) -> int:
        """Rows that the sink says it has stored in a table since it started, repeats included."""
        name = f'complaints_stored_rows_total{{table="{table}"}} '
        found = [line for line in self.metrics("sink").splitlines() if line.startswith(name)]
        return int(float(found[0].removeprefix(name))) if found else 0

    def await_stored_rows(self, table: str, rows: int) -> None:
        """Wait until the sink has stored so many."""
        deadline = time.monotonic() + WAIT_SECONDS
        while (found := self.stored_rows(table)) < rows:
            assert time.monotonic() < deadline, f"{found} rows stored, not {rows}"
            time.sleep(0.2)

    def publish(self, events: Iterable[Mapping[str, Any]], *options: str) -> None:
        """`complaints publish -`."""
        self.complaints("publish", "-", *options, stdin=b"".join(orjson.dumps(event) + b"\n" for event in events))

    def send(self, topic: str, value: bytes, headers: Headers = (), key: bytes | None = None) -> None:
        """Write one record as any Kafka client would."""
        producer = Producer(
            {"bootstrap.servers": self.settings.kafka_bootstrap_servers, "message.max.bytes": 8_000_000}
        )
        producer.produce(topic, value, key, headers=list(headers))
        assert producer.flush(20) == 0

    def send_all(self, topic: str, values: Iterable[bytes]) -> None:
        """Write many records without keys."""
        producer = make_producer(self.settings.kafka_bootstrap_servers, client_id="test")
        for value in values:
            producer.produce(topic, value)
        assert producer.flush(20) == 0

    def records(self, topic: str) -> list[Any]:
        """Every record of a topic."""
        servers = self.settings.kafka_bootstrap_servers
        consumer = Consumer(
            {
                "bootstrap.servers": servers,
                "group.id": "test",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        try:
            found = []
            partitions = [TopicPartition(topic, number) for number in range(existing_topics(servers)[topic])]
            extents = [consumer.get_watermark_offsets(partition, timeout=10) for partition in partitions]
            for number, (low, high) in enumerate(extents):
                consumer.assign([TopicPartition(topic, number, low)])
                while low < high:
                    message = consumer.poll(10)
                    assert message is not None
                    if (error := message.error()) is not None:
                        assert error.code() == KafkaError._PARTITION_EOF  # behind the marks of a transaction
                        break
                    found.append(message)
                    low = (message.offset() or 0) + 1
            return found
        finally:
            consumer.close()
