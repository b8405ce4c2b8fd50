"""What a sink holds has a bound in bytes, however large the records are."""

from __future__ import annotations

import os
import time

from schemas.topics import DEADLETTERS, ENRICHED
from sinks.inserter import Inserter
from sinks.intent_store import CommitMetadata
from sinks.partition import Limits
from sinks.sink import READ_BYTES, READ_CHUNK, Sink
from sinks.watch import Watch
from tests.sinks.conftest import Backends
from tests.sinks.events import enriched
from tests.sinks.seen import held, metrics_port
from tests.sinks.stage import Stage, await_that

SHARE = 4_000_000
RECORD = 1 << 20


def test_what_is_held_keeps_to_its_bytes_while_nothing_can_be_stored(stage: Stage) -> None:
    sink = stage.start(COMPLAINTS_CLICKHOUSE_PASSWORD="wrong", COMPLAINTS_SINK_BUFFER_BYTES=str(18 * SHARE))
    stage.publish(ENRICHED, [enriched(number).to_json() for number in range(6)])
    await_that(lambda: "ClickHouse takes nothing" in sink.log.read_text(), "the breaker is open")
    port = metrics_port(sink)
    for topic, not_failed in ((DEADLETTERS, 2), (ENRICHED, 5)):
        stage.publish(topic, [os.urandom(RECORD)] * 100, partition=not_failed)
    await_that(lambda: held(port) >= SHARE, "the share is filled")
    until = time.monotonic() + 6
    while time.monotonic() < until:
        assert held(port) < SHARE + READ_BYTES + READ_CHUNK * RECORD
        time.sleep(0.5)


def test_one_read_keeps_to_its_bytes_however_much_has_come(stage: Stage, backends: Backends) -> None:
    stage.publish(ENRICHED, [os.urandom(RECORD)] * 100)
    sink = Sink(
        bootstrap_servers=stage.endpoints.kafka_bootstrap,
        group=stage.prefix,
        instance_id="1",
        inserter=Inserter(backends.admin),
        limits=Limits(1000, 1 << 30, 3600),
        buffer_bytes=1 << 30,
        watch=Watch(stage.prefix),
        intents=CommitMetadata(),
    )
    try:
        await_that(lambda: sink._read() or bool(sink._partitions), "partitions are taken")  # type: ignore[func-returns-value]
        for _ in range(3):
            time.sleep(1)  # the client goes on to fetch what the next read could take
            before = sum(each.held_bytes() for each in sink._partitions.values())
            sink._read()
            taken = sum(each.held_bytes() for each in sink._partitions.values()) - before
            assert READ_BYTES <= taken < READ_BYTES + (READ_CHUNK + 1) * RECORD
    finally:
        sink._source.close()


def test_records_larger_than_a_share_are_stored_all_the_same(stage: Stage) -> None:
    stage.publish(ENRICHED, [enriched(number, text="x" * 200_000).to_json() for number in range(60)])
    stage.start(COMPLAINTS_SINK_BUFFER_BYTES="1000000", COMPLAINTS_SINK_BATCH_SECONDS="3600")
    stage.await_count("complaints", 60)
