"""The whole processor as a process: events in, rows and dead letters out, health, metrics, a new reference pack."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from confluent_kafka import Producer

from reference.active import activate
from runtime.kafka import ensure_topics
from schemas.examples import REGISTERED, STATUS
from schemas.topics import CALLS, DEADLETTERS, ENRICHED, STATUS_ACCEPTED, all_topics
from schemas.topics import STATUS as STATUS_TOPIC
from tests.conftest import Servers
from tests.stream_processors.pipes import ROOT, Pipe, answer, until

PACK = ROOT / "tests/reference/packs/river_town"
RUN = """
import sys
from pathlib import Path
from runtime.logs import configure_logs
from runtime.settings import load_settings
from stream_processors.main import run

configure_logs("INFO", "text")
sys.exit(run(load_settings(), Path(sys.argv[1]), b"a secret for tests"))
"""


class Processor:
    """A running processor whose consumer group and event source are this test's own."""

    def __init__(self, servers: Servers, folder: Path) -> None:
        self.name = uuid4().hex[:8]
        self.store = folder / "reference"
        self.version = activate(PACK, self.store).version
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.pipe = Pipe(servers.kafka, folder, [], "", "", "", 0)
        self.producer = Producer({"bootstrap.servers": servers.kafka, "message.max.bytes": 9 << 20})
        ensure_topics(servers.kafka, all_topics([]))
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(self.store)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("COMPLAINTS_")},
                "COMPLAINTS_DATA_DIR": str(folder),
                "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": servers.kafka,
                "COMPLAINTS_KAFKA_GROUP_PREFIX": f"{self.name}.",
                "COMPLAINTS_METRICS_PORT": str(self.port),
            },
        )

    def send(self, topic: str, event: object) -> None:
        value = event if isinstance(event, bytes) else orjson.dumps(event)
        self.producer.produce(topic, value, headers=[("from", self.name.encode())])
        assert self.producer.flush(30) == 0

    def registered(self, number: int, **data: object) -> dict[str, object]:
        return {**REGISTERED, "source": self.name, "id": str(number), "data": {**REGISTERED["data"], **data}}

    def rows(self, topic: str) -> list[dict[str, object]]:
        found = [orjson.loads(message.value() or b"") for message in self.pipe.read(topic)]
        return [row for row in found if row["source"] == self.name]

    def dead_letters(self) -> list[dict[str, bytes]]:
        found = [dict(message.headers() or []) for message in self.pipe.read(DEADLETTERS)]
        return [
            {name: value for name, value in headers.items() if isinstance(value, bytes)}
            for headers in found
            if headers.get("from") == self.name.encode()
        ]

    def get(self, path: str) -> tuple[int, str]:
        assert self.process.poll() is None
        return answer(self.port, path)


@pytest.fixture
def processor(servers: Servers, tmp_path: Path) -> Iterator[Processor]:
    processor = Processor(servers, tmp_path)
    yield processor
    processor.process.kill()
    processor.process.communicate()


def test_events_become_rows_and_dead_letters_and_a_new_pack_is_used_at_once(
    processor: Processor, tmp_path: Path
) -> None:
    until(lambda: processor.get("/readyz")[0] == 200)
    assert processor.get("/livez")[0] == 200
    for number in range(5):
        processor.send(CALLS, processor.registered(number, account_no="0000000003"))
        processor.send(CALLS, b"\0not an event" + b"\xff" * (2 << 20 if number == 4 else 1))
    processor.send(STATUS_TOPIC, {**STATUS, "source": processor.name})
    until(lambda: len(processor.rows(ENRICHED)) == 5 and len(processor.rows(STATUS_ACCEPTED)) == 1)
    assert len(processor.rows("desks.mill.1")) == 5
    letters = until(lambda: len(found := processor.dead_letters()) == 5 and found)
    assert letters
    assert {letter["dl.reason"] for letter in letters} == {b"not_utf8", b"too_large"}
    assert {row["reference_version"] for row in processor.rows(ENRICHED)} == {processor.version}

    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack)
    substations = pack / "substations.csv"
    substations.write_text(substations.read_text().replace("73.6950,false", "73.6950,true"))
    version = activate(pack, processor.store).version
    lake = {"locality": "Two Banks"}

    def moved_on() -> bool:
        processor.send(CALLS, processor.registered(uuid4().int, account_no=None, location=lake))
        return any(row["reference_version"] == version for row in processor.rows(ENRICHED))

    until(moved_on)
    until(lambda: processor.rows("desks.lake_2"))

    def lag_is_there() -> str:
        text = processor.get("/metrics")[1]
        return text if f'complaints_consumer_lag_records{{group="{processor.name}.complaints-processor"' in text else ""

    metrics = until(lag_is_there)
    assert 'complaints_deadletters_total{reason="too_large",stage="decode"}' in metrics
    assert f'complaints_reference_info{{version="{version}"}} 1.0' in metrics
    assert 'complaints_enriched_total{category="no_supply_area",routed_by="account"}' in metrics

    processor.process.send_signal(signal.SIGTERM)
    _, log = processor.process.communicate(timeout=20)
    assert processor.process.returncode == 0, log
    assert "Traceback" not in log
    assert "9812345678" not in log
