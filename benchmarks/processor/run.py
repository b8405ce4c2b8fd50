"""Events a second and CPU an event of the processor, beside a bare loop and two libraries around the same function.

`python -m benchmarks.processor.run [--events N] [--rounds N] [--bootstrap-servers …]`. Prints one JSON object. Starts
Kafka in a folder of its own unless it is told of a broker, whose raw topics must then be empty. Progress is on stderr.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import orjson
import psutil
from confluent_kafka import Consumer, Message, Producer, TopicPartition

from benchmarks.environment import peers_python
from benchmarks.processor.consumers import KINDS as OURS
from benchmarks.processor.peers import PEERS
from benchmarks.processor.work import WORKS
from cli.pipeline import local_instance
from producers.simulate import simulate
from reference.active import ActiveReference, activate
from runtime.kafka import ensure_topics, producer_config
from runtime.settings import PROJECT_DIR, Settings
from schemas.envelope import STRUCTURED_CONTENT_TYPE
from schemas.topics import CALLS, CATALOGUE_BY_NAME, DEADLETTERS, ENRICHED, all_topics

KINDS: Final = (*OURS, *PEERS)
LATENCY_RATE: Final = 200
LATENCY_SECONDS: Final = 10
_WAIT_SECONDS: Final = 120.0
_HEADERS: Final[list[tuple[str, str | bytes | None]]] = [("content-type", STRUCTURED_CONTENT_TYPE.encode())]


class Topics:
    """The raw topic and what came out of it."""

    def __init__(self, bootstrap_servers: str) -> None:
        self.bootstrap_servers = bootstrap_servers
        self._reader = Consumer({"bootstrap.servers": bootstrap_servers, "group.id": "benchmark"})

    def end(self, *topics: str) -> int:
        """The number of records in topics."""
        places = [TopicPartition(name, part) for name in topics for part in range(CATALOGUE_BY_NAME[name].partitions)]
        return sum(self._reader.get_watermark_offsets(place, timeout=10)[1] for place in places)

    def send(self, values: Iterator[bytes], pause_seconds: float = 0.0) -> int:
        """Write raw events; returns how many."""
        producer = Producer(producer_config(self.bootstrap_servers, client_id="benchmark"))
        count = 0
        for count, value in enumerate(values, 1):
            producer.produce(CALLS, value, b"%d" % count, headers=_HEADERS)
            if count == 1:
                producer.flush(60)  # the first waits for connections; the others are then timed without that
            producer.poll(0)
            time.sleep(pause_seconds)
        assert producer.flush(60) == 0
        return count

    def latencies_ms(self, known: int) -> list[int]:
        """From a raw record's time to that of its row, of every row after the first `known`."""
        reader = Consumer({"bootstrap.servers": self.bootstrap_servers, "group.id": "benchmark.latency"})
        parts = range(CATALOGUE_BY_NAME[ENRICHED].partitions)
        reader.assign([TopicPartition(ENRICHED, part, 0) for part in parts])
        total = self.end(ENRICHED)
        found: list[Message] = []
        while len(found) < total:
            found += reader.consume(min(5000, total - len(found)), 10)
        reader.close()
        found.sort(key=lambda message: message.timestamp()[1])
        return [message.timestamp()[1] - _received_ms(message.value() or b"") for message in found[known:]]


def _received_ms(row: str | bytes) -> int:
    received: str = orjson.loads(row)["received_at"]
    return round(datetime.fromisoformat(received).timestamp() * 1000)


@contextmanager
def consumer(kind: str, work: str, bootstrap_servers: str, group: str, store: Path) -> Iterator[psutil.Process]:
    """A running consumer; stopped in order at the end."""
    python, module = (sys.executable, "consumers") if kind in OURS else (str(peers_python()), "peers")
    arguments = [f"benchmarks.processor.{module}", kind, work, bootstrap_servers, group, str(store)]
    process = subprocess.Popen([python, "-m", *arguments], cwd=PROJECT_DIR)
    try:
        yield psutil.Process(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0 or kind in PEERS
    finally:
        process.kill()
        process.wait()


def throughput(topics: Topics, kind: str, work: str, store: Path, events: int) -> dict[str, float]:
    """Events a second and CPU microseconds an event, from the first output on to the last."""

    def goes_on() -> bool:
        return process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline

    before = topics.end(ENRICHED, DEADLETTERS)
    with consumer(kind, work, topics.bootstrap_servers, f"{kind}.{uuid4().hex}", store) as process:
        deadline = time.monotonic() + _WAIT_SECONDS
        while (first := topics.end(ENRICHED, DEADLETTERS) - before) == 0:
            assert goes_on(), f"{kind} wrote nothing"
        started, cpu = time.monotonic(), sum(process.cpu_times()[:2])
        while (done := topics.end(ENRICHED, DEADLETTERS) - before) < events:
            assert goes_on(), f"{kind} did not finish"
            time.sleep(0.02)
        seconds, cpu = time.monotonic() - started, sum(process.cpu_times()[:2]) - cpu
    assert done == events, "something was written twice"
    return {"events_per_second": (events - first) / seconds, "cpu_us_per_event": cpu / (events - first) * 1e6}


def latency(topics: Topics, store: Path, lines: Sequence[bytes]) -> dict[str, float]:
    """Milliseconds from the raw record to its row at a low rate."""
    group = f"worker.{uuid4().hex}"
    raw, before = topics.end(CALLS), topics.end(ENRICHED, DEADLETTERS)
    with consumer("worker", "enrich", topics.bootstrap_servers, group, store):
        _await(topics, before + raw)
        known = topics.end(ENRICHED)
        sent = topics.send(iter(lines[: LATENCY_RATE * LATENCY_SECONDS]), 1 / LATENCY_RATE)
        _await(topics, before + raw + sent)
        found = sorted(topics.latencies_ms(known + 1))
    return {"p50_ms": statistics.median(found), "p99_ms": found[len(found) * 99 // 100], "max_ms": found[-1]}


def _await(topics: Topics, records: int) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while topics.end(ENRICHED, DEADLETTERS) < records:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def call_events(folder: Path, count: int) -> list[bytes]:
    """Simulated complaints by telephone, each with an id of its own."""
    kanpur = PROJECT_DIR / "deploy" / "reference" / "kanpur"
    simulated = simulate(folder, kanpur, consumers=50_000, transformers=700, everyday_per_hour=2000)
    with simulated.events_file.open("rb") as lines:
        calls = [event for line in lines if (event := orjson.loads(line)).get("data", {}).get("channel") == "call"]
    return [
        orjson.dumps({**event, "id": f"B-{number:07}"})
        for number, event in zip(range(count), itertools.cycle(calls), strict=False)
    ]


def measure(bootstrap_servers: str, folder: Path, events: int, rounds: int) -> dict[str, Any]:
    """The whole benchmark, on a broker without records."""
    lines = call_events(folder / "simulated", events)
    store = folder / "store"
    activate(folder / "simulated" / "reference", store)
    desks = [desk.substation_id for desk in ActiveReference(store).current().help_desks()]
    ensure_topics(bootstrap_servers, all_topics(desks))
    topics = Topics(bootstrap_servers)
    topics.send(iter(lines))
    assert topics.end(CALLS) == events, "the broker's raw topics must be empty at the start"
    results: dict[str, Any] = {
        "events": events,
        "bytes_per_event": round(statistics.mean(map(len, lines))),
        "python": platform.python_version(),
        "cpus": psutil.cpu_count(),
    }
    for work in WORKS:
        runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
        for _ in range(rounds):
            for kind in KINDS:
                runs[kind].append(throughput(topics, kind, work, store, events))
                print(work, kind, {name: round(value, 1) for name, value in runs[kind][-1].items()}, file=sys.stderr)
        best = {kind: max(found, key=lambda run: run["events_per_second"]) for kind, found in runs.items()}
        results[work] = {
            **{kind: {name: round(value, 1) for name, value in run.items()} for kind, run in best.items()},
            "worker_to": {
                kind: {name: round(best["worker"][name] / best[kind][name], 2) for name in best[kind]}
                for kind in KINDS
                if kind != "worker"
            },
        }
    results["latency_at_200_per_second"] = latency(topics, store, lines)
    return results


@contextmanager
def broker(folder: Path, bootstrap_servers: str | None) -> Iterator[str]:
    """The broker that was named, or one of this run's own."""
    if bootstrap_servers is not None:
        yield bootstrap_servers
        return
    instance = local_instance(Settings(data_dir=folder / "data"))
    try:
        yield instance.start_servers(_quiet).kafka_bootstrap
    finally:
        instance.stop(_quiet)


def _quiet(_what: str, _done: int, _of: int) -> None:
    """No progress is shown."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--bootstrap-servers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with broker(folder, options.bootstrap_servers) as bootstrap_servers:
            print(json.dumps(measure(bootstrap_servers, folder, options.events, options.rounds), indent=2))


if __name__ == "__main__":
    main()
