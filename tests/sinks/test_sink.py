"""The sink as a process between real servers: what is written arrives, once, whatever dies."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import UTC, datetime, timedelta

import orjson
import psutil
import pytest
from confluent_kafka import Consumer, Message, TopicPartition

from runtime.kafka import make_producer
from schemas.dead_letter import DeadLetter, dead_letter
from schemas.network import NetworkEventAccepted
from schemas.outage import OutageStateChanged
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.status import StatusAccepted
from schemas.topics import DEADLETTERS, ENRICHED, NETWORK_EVENTS_ACCEPTED, OUTAGES, STATUS_ACCEPTED
from schemas.vocabulary import (
    ComplaintStatus,
    DeadLetterStage,
    NetworkState,
    NodeKind,
    OutageReason,
    OutageState,
    RefusalReason,
)
from schemas.vocabulary import ReportedBy as By
from sinks.intent_store import CommitMetadata
from sinks.main import CLOSING_SECONDS
from sinks.source import Source, Taken
from tests.sinks.conftest import Backends
from tests.sinks.events import START_AT, enriched
from tests.sinks.seen import buffered, get, is_ready, lag, metrics_port
from tests.sinks.stage import Stage, await_that
from tests.stream_processors.wire import batch, send

SEED = int(os.environ.get("TEST_SEED", "20260620"))


def complaints(count: int, first: int = 0) -> list[bytes]:
    return [enriched(number).to_json() for number in range(first, first + count)]


def assert_each_once(stage: Stage, wanted: int) -> None:
    """Exactly so many rows in the table itself, without FINAL, and in what is made of it."""
    distinct, rows = stage.query("SELECT uniqExact(complaint_id), count() FROM complaints.complaints")[0]
    assert (distinct, rows) == (wanted, wanted)
    assert stage.count("complaints_by_minute", "sumIf(complaints, node_kind = 'substation')") == wanted


def letters(stage: Stage, count: int) -> list[Message]:
    """The first `count` records of the dead letters."""
    group = f"{stage.prefix}look"
    consumer = Consumer(
        {"bootstrap.servers": stage.endpoints.kafka_bootstrap, "group.id": group, "auto.offset.reset": "earliest"}
    )
    found: list[Message] = []
    try:
        consumer.subscribe([DEADLETTERS])
        until = time.monotonic() + 20
        while len(found) < count and time.monotonic() < until:
            found += [message for message in consumer.consume(count, 0.2) if message.error() is None]
    finally:
        consumer.close()
    return found


def test_every_column_arrives_as_it_was_sent(stage: Stage) -> None:
    events = [enriched(number) for number in range(120)]
    stage.publish(ENRICHED, [event.to_json() for event in events])
    stage.start()
    stage.await_count("complaints", 120)
    names = list(type(events[0]).model_fields)
    rows = stage.query(f"SELECT {', '.join(names)} FROM complaints.complaints ORDER BY kafka_offset")
    for event, row in zip(events, rows, strict=True):
        for name, stored in zip(names, row, strict=True):
            sent = getattr(event, name)
            if isinstance(sent, datetime):
                assert abs(stored - sent) < timedelta(milliseconds=1), name
            else:
                assert (tuple(stored) if isinstance(stored, list) else stored) == sent, name
    assert stage.count("complaints", "uniqExact(kafka_offset)") == 120
    assert 0 <= stage.count("complaints", "max(dateDiff('second', stored_at, now()))") < 60


def test_records_of_all_topics_are_stored(stage: Stage) -> None:
    now = datetime.now(UTC)
    raw = {"received_at": now, "kafka_topic": "t", "kafka_partition": 1, "kafka_offset": 2}
    status = StatusAccepted(
        complaint_id=enriched(1).complaint_id,
        status=ComplaintStatus.RESTORED,
        at=START_AT,
        substation_id="",
        crew="",
        cause="",
        estimated_restoration_at=now,
        note="",
        source="/oms",
        source_id="1",
        **raw,
    )
    network = NetworkEventAccepted(
        node_id="FD-1",
        state=NetworkState.OPEN,
        at=START_AT,
        reported_by=By.SCADA,
        note="",
        source="/scada",
        source_id="1",
        **raw,
    )
    outage = OutageStateChanged(
        outage_id="o",
        node_id="FD-1",
        node_kind=NodeKind.FEEDER,
        state=OutageState.PREDICTED,
        at=START_AT,
        started_at=START_AT,
        detected_at=START_AT,
        customers_reporting=3,
        customers_affected=900,
        score=1,
        rule_set="1",
        planned=False,
        parent_outage_id="",
        confidence=0.9,
        children=4,
        children_reporting=2,
        reason=OutageReason.COMPLAINTS,
        restored_at=None,
        decided_at=START_AT,
    )
    stage.publish(STATUS_ACCEPTED, [status.to_json()])
    stage.publish(NETWORK_EVENTS_ACCEPTED, [network.to_json()])
    stage.publish(OUTAGES, [outage.to_json()])
    refused = RawRecord("complaints.calls", 2, 77, 1_750_000_000_000, b"k", b"\xff private", (("ce_id", b"x"),))
    letter = dead_letter(refused, Refusal(RefusalReason.NOT_UTF8, "data", DeadLetterStage.DECODE))
    stage.publish(DEADLETTERS, [letter.value], headers=list(letter.headers))
    stage.publish(DEADLETTERS, [b"written by something else"])
    stage.start()
    for table, wanted in (("complaint_status", 1), ("network_events", 1), ("outages", 1), ("dead_letters", 2)):
        stage.await_count(table, wanted)
    rows = stage.query(
        "SELECT kafka_topic, kafka_partition, kafka_offset, stage, reason, field, attempts, value_bytes "
        "FROM complaints.dead_letters ORDER BY kafka_topic"
    )
    assert rows[0] == ("complaints.calls", 2, 77, "decode", "not_utf8", "data", 1, 9)
    assert rows[1][:1] + rows[1][3:6] == (DEADLETTERS, "sink", "schema_mismatch", "headers")
    assert stage.query("SELECT estimated_restoration_at IS NOT NULL FROM complaints.complaint_status") == [(1,)]


def test_poison_among_good_records_becomes_dead_letters(stage: Stage) -> None:
    good = orjson.loads(enriched(0).to_json())
    poison = [
        b"not json",
        b"",
        orjson.dumps({**good, "priority": "high"}),
        orjson.dumps({name: good[name] for name in good if name != "customer_key"}),
    ]
    refused = [
        orjson.dumps({**good, "complaint_id": "not a uuid"}),
        orjson.dumps({**good, "due_at": "tomorrow"}),
        orjson.dumps({**good, "priority": 4000}),
        orjson.dumps({**good, "queue_seconds": -1}),
        orjson.dumps({**good, "received_at": "2026-06-31T00:00:00Z"}),
    ]
    values = complaints(500)
    for place, bad in enumerate(poison + refused):
        values.insert(17 + 50 * place, bad)
    stage.publish(ENRICHED, values, key=b"SS-1")
    sink = stage.start()
    stage.await_count("complaints", 500)
    stage.await_count("dead_letters", 9)
    assert_each_once(stage, 500)
    found = letters(stage, 9)
    assert sorted(message.value() or b"" for message in found) == sorted(poison + refused)
    assert {message.key() for message in found} == {b"SS-1"}
    reasons = [DeadLetter.from_headers(tuple(message.headers() or ())).reason for message in found]  # type: ignore[arg-type]
    assert reasons.count(RefusalReason.SCHEMA_MISMATCH) == 4
    assert reasons.count(RefusalReason.REFUSED_BY_STORE) == 5
    sink.terminate()
    assert sink.wait() == 0
    log = sink.log.read_text()
    assert "not a uuid" not in log
    assert "tomorrow" not in log


def test_records_as_only_a_foreign_client_writes_them_stop_nothing(stage: Stage) -> None:
    servers = stage.endpoints.kafka_bootstrap
    for topic in (DEADLETTERS, ENRICHED):
        assert send(servers, topic, batch([(b"no such year", [])], timestamp_ms=1 << 60)) == 0
        assert send(servers, topic, batch([(b"no such name", [(b"\xff", b"x")])])) == 0
    stage.publish(ENRICHED, complaints(10), partition=0)
    sink = stage.start()
    stage.await_count("complaints", 10)
    stage.await_count("dead_letters", 4)
    assert stage.count("dead_letters", "uniqExact(kafka_topic, kafka_offset)") == 4
    assert stage.count("dead_letters", "countIf(refused_at < '2070-01-01' AND first_seen_at < '2070-01-01')") == 4
    sink.terminate()
    assert sink.wait() == 0


POINTS = [
    "before:commit:1",
    "after:commit:1",
    "before:insert:1",
    "after:insert:1",
    "before:commit:2",
    "after:insert:4",
    "before:letter:1",
    "after:letter:1",
]
TOPIC_POINTS = ["before:decide:2", "after:decide:2"]
"""With the intents in a topic; `decide` is the end of the transaction."""


@pytest.mark.parametrize(
    ("point", "keeps_metadata"), [*((point, True) for point in POINTS), *((point, False) for point in TOPIC_POINTS)]
)
def test_a_sink_killed_at_any_step_leaves_everything_once(stage: Stage, point: str, keeps_metadata: bool) -> None:
    values = complaints(400)
    values[100:100] = [b"poison"]
    stage.publish(ENRICHED, values)
    first = stage.start(crash=point, keeps_metadata=keeps_metadata, COMPLAINTS_SINK_BATCH_ROWS="37")
    assert first.wait() == -signal.SIGKILL
    stage.publish(ENRICHED, complaints(50, first=400))
    second = stage.start(keeps_metadata=keeps_metadata, COMPLAINTS_SINK_BATCH_ROWS="53")
    stage.await_count("complaints", 450)
    stage.await_count("dead_letters", 1, "uniqExact(kafka_partition, kafka_offset)")
    second.terminate()
    assert second.wait() == 0
    assert_each_once(stage, 450)
    assert {metadata for _, metadata in stage.committed()} == {""}
    assert ("kept in the topic" in second.log.read_text()) is not keeps_metadata


def test_sinks_killed_again_and_again_lose_and_double_nothing(stage: Stage) -> None:
    chance = random.Random(SEED)  # noqa: S311 - to be repeatable
    sent = 0
    for _ in range(6):
        stage.publish(ENRICHED, complaints(300, first=sent))
        sent += 300
        step, when = chance.choice(["insert", "commit"]), chance.choice(["before", "after"])
        point = f"{when}:{step}:{chance.randint(1, 5)}"
        assert stage.start(crash=point, COMPLAINTS_SINK_BATCH_ROWS="40").wait() == -signal.SIGKILL, point
    stage.start()
    stage.await_count("complaints", sent)
    assert_each_once(stage, sent)


def test_a_store_that_is_killed_and_one_that_hangs_are_waited_for(stage: Stage, backends: Backends) -> None:
    sink = stage.start(COMPLAINTS_SINK_BATCH_ROWS="100")
    stage.publish(ENRICHED, complaints(500))
    stage.await_count("complaints", 500)
    psutil.Process(backends.pid_of("clickhouse")).kill()
    stage.publish(ENRICHED, complaints(500, first=500))
    stage.await_count("complaints", 1000)
    hanging = psutil.Process(backends.pid_of("clickhouse"))
    hanging.suspend()
    stage.publish(ENRICHED, complaints(500, first=1000))
    await_that(lambda: all("|" in metadata for _, metadata in stage.committed()), "batches are declared")
    hanging.resume()
    stage.await_count("complaints", 1500)
    assert sink.process.poll() is None
    assert_each_once(stage, 1500)


def test_a_broker_that_is_killed_is_waited_for(stage: Stage, backends: Backends) -> None:
    sink = stage.start()
    stage.publish(ENRICHED, complaints(300))
    stage.await_count("complaints", 300)
    psutil.Process(backends.pid_of("kafka")).kill()
    stage.publish(ENRICHED, complaints(300, first=300), within_seconds=60)
    stage.await_count("complaints", 600)
    assert sink.process.poll() is None
    sink.terminate()
    assert sink.wait() == 0
    assert_each_once(stage, 600)


def test_partitions_that_are_given_while_the_broker_restarts_are_taken(stage: Stage, backends: Backends) -> None:
    """Just restarted, it coordinates no group yet and leads no partition, and says so for some tenths of a second."""
    stage.publish(ENRICHED, complaints(60))
    taken: list[Taken] = []
    for number in range(2):
        servers, group = stage.endpoints.kafka_bootstrap, f"{stage.prefix}{number}"
        source = Source(servers, group, "1", [ENRICHED], CommitMetadata(), taken.extend, lambda _places, _may: None)
        consumer = source._consumer
        await_that(lambda source=source: bool(source.read(1, 0.1)), "records are read")  # type: ignore[misc]
        psutil.Process(backends.pid_of("kafka")).kill()
        until, places = time.monotonic() + 12, [TopicPartition(ENRICHED, number) for number in range(6)]
        while time.monotonic() < until:
            taken.clear()
            source._assigned(consumer, places)
            assert [each.place for each in taken] == [(ENRICHED, number) for number in range(6)]
        source.close()


def test_sigterm_stores_what_was_read(stage: Stage) -> None:
    sink = stage.start(COMPLAINTS_SINK_BATCH_SECONDS="3600")
    stage.publish(ENRICHED, complaints(600))
    port = metrics_port(sink)
    await_that(lambda: "complaints_consumer_lag_seconds{" in get(port, "/metrics"), "lag is measured")
    await_that(lambda: buffered(port) == 600, "everything is read")
    assert stage.count("complaints") == 0
    sink.terminate()
    assert sink.wait() == 0
    assert_each_once(stage, 600)


def test_a_sink_that_was_frozen_too_long_and_told_to_stop_ends_and_leaves_all_to_the_next_one(stage: Stage) -> None:
    sink = stage.start(COMPLAINTS_SINK_BATCH_SECONDS="3600")
    port = metrics_port(sink)
    await_that(lambda: is_ready(port), "the sink is ready")
    stage.publish(ENRICHED, complaints(120))
    await_that(lambda: buffered(port) == 120, "everything is read")
    frozen = psutil.Process(sink.process.pid)
    frozen.suspend()
    await_that(lambda: not stage.members(), "its session is over", seconds=60)
    sink.terminate()
    frozen.resume()
    assert sink.wait() == 0
    stage.start()
    stage.await_count("complaints", 120)
    assert_each_once(stage, 120)


@pytest.mark.parametrize("hanging", ["clickhouse", "kafka"])
def test_a_sink_that_cannot_drain_says_so_and_the_next_one_goes_on(
    stage: Stage, backends: Backends, hanging: str
) -> None:
    sink = stage.start(COMPLAINTS_SHUTDOWN_SECONDS="2", COMPLAINTS_SINK_BATCH_SECONDS="3600")
    port = metrics_port(sink)
    await_that(lambda: is_ready(port), "the sink is ready")
    stage.publish(ENRICHED, complaints(120))
    await_that(lambda: buffered(port) == 120, "everything is read")
    server = psutil.Process(backends.pid_of(hanging))
    server.suspend()
    try:
        asked_at = time.monotonic()
        sink.terminate()
        assert sink.wait() == 1
        assert time.monotonic() - asked_at < 2 + CLOSING_SECONDS + 2
    finally:
        server.resume()
    assert '"level":"ERROR"' in sink.log.read_text()
    stage.start()
    stage.await_count("complaints", 120)
    assert_each_once(stage, 120)


def test_a_second_sink_takes_over_a_share_and_nothing_is_doubled(stage: Stage) -> None:
    sinks = [stage.start(instance_id="1", COMPLAINTS_SINK_BATCH_ROWS="50")]
    first_port = metrics_port(sinks[0])
    await_that(lambda: is_ready(first_port), "the first sink is ready")
    for wave in range(4):
        stage.publish(ENRICHED, complaints(400, first=400 * wave))
        if wave == 1:
            sinks.append(stage.start(instance_id="2", COMPLAINTS_SINK_BATCH_ROWS="50"))
            port = metrics_port(sinks[1])
            await_that(lambda port=port: is_ready(port), "the second sink is ready")  # type: ignore[misc]
    stage.await_count("complaints", 1600)
    for sink in sinks:
        sink.terminate()
    assert [sink.wait() for sink in sinks] == [0, 0]
    assert "partitions given up" in sinks[0].log.read_text()
    assert_each_once(stage, 1600)


def test_two_sinks_of_one_name_do_not_run_at_once(stage: Stage) -> None:
    first = stage.start()
    port = metrics_port(first)
    await_that(lambda: is_ready(port), "the first sink is ready")
    stage.start()
    assert first.wait() == 1
    assert "COMPLAINTS_KAFKA_INSTANCE_ID" in first.log.read_text()


def test_health_and_metrics_are_told(stage: Stage) -> None:
    sink = stage.start()
    stage.publish(ENRICHED, complaints(90))
    port = metrics_port(sink)
    await_that(lambda: is_ready(port), "the sink is ready")
    assert get(port, "/livez").strip() == "ok"
    stage.await_count("complaints", 90)
    await_that(lambda: 'complaints_stored_rows_total{table="complaints"} 90.0' in get(port, "/metrics"), "rows counted")
    text = get(port, "/metrics")
    assert 'complaints_end_to_end_latency_seconds_count{channel="call"} 90.0' in text
    assert 'complaints_stage_latency_seconds_count{stage="sink"} 90.0' in text
    assert 'complaints_batch_rows_sum{table="complaints"} 90.0' in text
    await_that(lambda: lag(get(port, "/metrics").splitlines()) == 0, "lag is zero")


def test_what_a_transaction_leaves_behind_the_last_record_is_no_lag(stage: Stage) -> None:
    producer = make_producer(stage.endpoints.kafka_bootstrap, client_id="test", transactional_id=stage.prefix)
    producer.init_transactions(20)
    port = metrics_port(stage.start())
    await_that(lambda: is_ready(port), "the sink is ready")
    stage.publish(OUTAGES, [b"not JSON"], partition=1)
    stage.await_count("dead_letters", 1)
    producer.begin_transaction()
    producer.produce(OUTAGES, value=b"of nobody", partition=1)
    producer.flush(20)
    await_that(lambda: buffered(port) > 0, "an undecided transaction is lag")
    producer.abort_transaction(20)
    await_that(lambda: buffered(port) == 0, "lag is zero")
