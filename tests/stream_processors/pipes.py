"""Topics, workers and what came out of them, for tests on a real broker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition

from runtime.kafka import ensure_topics
from schemas.topics import DEADLETTERS, Topic
from tests.conftest import COORDINATOR_STARTS

ROOT = Path(__file__).resolve().parent.parent.parent
ResultT = TypeVar("ResultT")


def until(condition: Callable[[], ResultT], seconds: float = 30.0) -> ResultT:
    """What `condition` returns as soon as it is true; fails when it never is."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.05)
    return result


@dataclass
class Pipe:
    """Input topics, the output topic, and the workers between them; all names are this test's own."""

    bootstrap_servers: str
    folder: Path
    inputs: Sequence[str]
    out: str
    small: str
    group: str
    partitions: int
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    @classmethod
    def make(cls, bootstrap_servers: str, folder: Path, inputs: int = 1, partitions: int = 3) -> Pipe:
        name = uuid4().hex[:8]
        pipe = cls(
            bootstrap_servers,
            folder,
            [f"in.{name}.{number}" for number in range(inputs)],
            f"out.{name}",
            f"small.{name}",
            f"group.{name}",
            partitions,
        )
        topics = [Topic(topic, "any", partitions, 3_600_000, "test") for topic in pipe.inputs]
        topics.append(Topic(pipe.out, "any", 1, 3_600_000, "test"))
        topics.append(Topic(pipe.small, "any", 1, 3_600_000, "test", max_message_bytes=10_000))
        topics.append(Topic(DEADLETTERS, "any", 3, 3_600_000, "test", max_message_bytes=8 << 20))
        ensure_topics(bootstrap_servers, topics)
        return pipe

    def start(self, instance_id: str = "1", **options: Any) -> subprocess.Popen[str]:
        """Start a worker; it need not be ready yet."""
        config = {
            "bootstrap_servers": self.bootstrap_servers,
            "group": self.group,
            "instance_id": instance_id,
            "topics": self.inputs,
            "out": self.out,
            "small": self.small,
            "data_dir": str(self.folder / instance_id),
            **options,
        }
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.stream_processors.worker_process", json.dumps(config)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.communicate()

    def send(
        self,
        values: Iterable[bytes],
        *,
        topic: int = 0,
        headers: Sequence[tuple[str, str | bytes | None]] = (),
        compression: str = "none",
        timestamp_ms: int = 0,
    ) -> int:
        """Send values to one input topic, spread over its partitions by number; returns how many."""
        producer = Producer(
            {
                "bootstrap.servers": self.bootstrap_servers,
                "compression.type": compression,
                "enable.idempotence": True,
                "message.max.bytes": 9 << 20,
                "linger.ms": 20,
            }
        )
        count = 0
        for count, value in enumerate(values, 1):
            producer.produce(
                self.inputs[topic],
                value,
                b"%d" % count,
                partition=count % self.partitions,
                headers=list(headers),
                timestamp=timestamp_ms,
            )
        assert producer.flush(30) == 0
        return count

    def places(self) -> list[str]:
        """`topic:partition:offset` of each record that came out, in order."""
        return [(message.value() or b"").decode() for message in self.read(self.out)]

    def read(self, topic: str) -> list[Message]:
        """Everything that is in a topic now."""
        reader = self._consumer(f"reader.{uuid4().hex}")
        try:
            found = reader.list_topics(topic, timeout=10).topics[topic].partitions
            ends = {number: reader.get_watermark_offsets(TopicPartition(topic, number))[1] for number in found}
            reader.assign([TopicPartition(topic, number, 0) for number, end in ends.items() if end])
            messages: list[Message] = []
            while missing := sum(ends.values()) - len(messages):
                batch = reader.consume(min(missing, 5000), timeout=10)
                assert batch, "the topic cannot be read"
                messages += batch
            return messages
        finally:
            reader.close()

    def dead_letters(self) -> list[Message]:
        """Dead letters of this pipe's input topics."""
        origins = [topic.encode() for topic in self.inputs]
        return [message for message in self.read(DEADLETTERS) if dict(message.headers() or [])["dl.topic"] in origins]

    def committed(self) -> dict[tuple[str, int], int]:
        """The committed offset of each partition that has one."""
        reader = self._consumer(self.group)
        try:
            asked = [TopicPartition(topic, number) for topic in self.inputs for number in range(self.partitions)]
            return {
                (found.topic, found.partition): found.offset
                for found in reader.committed(asked, timeout=10)
                if found.offset >= 0
            }
        except KafkaException as error:
            if error.args[0].code() in COORDINATOR_STARTS:
                return {}
            raise
        finally:
            reader.close()

    def expected(self, counts: Sequence[int]) -> set[str]:
        """The places of `counts[topic]` records sent with `send` to each input topic, all partitions."""
        return {
            f"{topic}:{number}:{offset}"
            for topic, count in zip(self.inputs, counts, strict=True)
            for number in range(self.partitions)
            for offset in range(len(range(number or self.partitions, count + 1, self.partitions)))
        }

    def _consumer(self, group: str) -> Consumer:
        return Consumer({"bootstrap.servers": self.bootstrap_servers, "group.id": group, "enable.auto.commit": False})


def assert_ordered_without_gap(places: Iterable[str]) -> None:
    """Each partition's records came out one after the other; a repeat may go back, but nothing is skipped."""
    newest: dict[str, int] = {}
    for place in places:
        partition, _, offset = place.rpartition(":")
        assert int(offset) <= newest.get(partition, -1) + 1, f"{place} came before the record ahead of it"
        newest[partition] = max(newest.get(partition, -1), int(offset))


def end(worker: subprocess.Popen[str], seconds: float = 20.0) -> tuple[int, str]:
    """Ask a worker to stop; returns its exit code and what it logged."""
    until(lambda: worker.poll() is not None or catches_sigterm(worker.pid))
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=seconds)
    return worker.returncode, log


def kill(worker: subprocess.Popen[str]) -> None:
    """End a worker with kill -9."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate(timeout=10)


def catches_sigterm(pid: int) -> bool:
    """Has the process come so far that it ends in order."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def answer(port: int, path: str) -> tuple[int, str]:
    """Status and text of what a process's health server says; status 0 when it does not listen yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""
