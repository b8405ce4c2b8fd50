"""The balance on a pipeline of its own: green after everything that is allowed, red for one record too few."""

from __future__ import annotations

import time
from collections.abc import Iterator

import orjson
import pytest
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition

from cli.pipeline import local_instance
from schemas.topics import CALLS, ENRICHED, RAW_TOPICS, STATUS
from stream_processors.main import GROUP
from tests.conftest import BASE, silent
from tests.pipeline.events import complaint, network, status
from tests.pipeline.running import Pipeline, river_town

SUMS = """
SELECT topic, sum(records_in), sum(stored), sum(repeats), sum(dead_letters), sum(waiting), sum(missing)
FROM balance FINAL GROUP BY topic ORDER BY topic
"""


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    with river_town(BASE / "balance") as running:
        yield running


def sums(pipeline: Pipeline) -> dict[str, tuple[int, ...]]:
    """Topic to records in, stored, repeats, dead letters, waiting, missing."""
    return {topic: tuple(numbers) for topic, *numbers in pipeline.rows(SUMS)}


def await_balanced(pipeline: Pipeline) -> dict[str, tuple[int, ...]]:
    """Check until nothing is on its way; the sums."""
    deadline = time.monotonic() + 30
    while True:
        told = pipeline.complaints("balance")
        assert "missing." in told
        if "on their way" not in told:
            return sums(pipeline)
        assert time.monotonic() < deadline, told


def test_it_is_watched_all_the_time(pipeline: Pipeline) -> None:
    told = pipeline.metrics("balance")
    for topic in RAW_TOPICS:
        assert f'complaints_balance_missing_records{{topic="{topic}"}}' in told
    assert "complaints_balance_checked_timestamp_seconds 1." in told


@pytest.mark.timeout(240)
def test_allowed_traffic_balances_and_what_is_lost_does_not(pipeline: Pipeline) -> None:
    events = [complaint("/balance", str(n), channel=("call", "web", "helpdesk")[n % 3]) for n in range(30)]
    pipeline.publish(events)
    pipeline.publish([{**event, "data": {**event["data"], "channel": "web"}} for event in events[:10]])
    pipeline.publish([network("/balance", "n", node_id="f10", state="open", reported_by="scada")] * 2)
    about = {"complaint": {"source": "/balance", "id": "1"}}
    pipeline.publish([status("/balance", f"s{n}", **about, status="assigned") for n in range(3)])
    pipeline.send(CALLS, b"no JSON")
    pipeline.send(STATUS, orjson.dumps(status("/balance", "x", status="restored")))
    pipeline.send(ENRICHED, b"of nobody")

    found = await_balanced(pipeline)
    assert {topic: numbers[4:] for topic, numbers in found.items()} == dict.fromkeys(RAW_TOPICS, (0, 0))
    assert [sum(numbers[place] for numbers in found.values()) for place in range(4)] == [47, 34, 11, 2]
    pipeline.rows("OPTIMIZE TABLE complaints FINAL")
    pipeline.complaints("balance")
    assert sums(pipeline)["network.events"] == (2, 1, 1, 0, 0, 0)
    assert sum(numbers[1] for numbers in sums(pipeline).values()) == 34

    gone = pipeline.rows("SELECT kafka_topic, kafka_partition, kafka_offset FROM complaints WHERE source_id = '29'")
    pipeline.rows("DELETE FROM complaints WHERE source_id = '29' SETTINGS lightweight_deletes_sync = 2")
    told = pipeline.complaints("balance", exit_code=1)
    assert "1 records are missing." in told
    assert "{} partition {} offset {}".format(*gone[0]) in told
    assert "complaints replay --from" in told

    place = passed_over(pipeline)
    deadline = time.monotonic() + 30
    while "2 records are missing." not in (told := pipeline.complaints("balance", exit_code=1)):
        assert time.monotonic() < deadline, told
    assert f"{CALLS} partition {place.partition} offset {place.offset}" in told


def passed_over(pipeline: Pipeline) -> TopicPartition:
    """A complaint that the processor's group was moved past while no processor ran."""
    pipeline.complaints("down")
    local_instance(pipeline.settings).start_servers(silent)
    servers = pipeline.settings.kafka_bootstrap_servers
    delivered: list[Message] = []
    producer = Producer({"bootstrap.servers": servers})
    value = orjson.dumps(complaint("/balance", "skipped"))
    producer.produce(CALLS, value, on_delivery=lambda _error, message: delivered.append(message))
    assert producer.flush(20) == 0
    [(partition, offset)] = [(message.partition() or 0, message.offset() or 0) for message in delivered]
    consumer = Consumer({"bootstrap.servers": servers, "group.id": GROUP})
    deadline = time.monotonic() + 30
    while True:
        try:
            consumer.commit(offsets=[TopicPartition(CALLS, partition, offset + 1)], asynchronous=False)
            break
        except KafkaException:
            assert time.monotonic() < deadline, "the broker's groups are not back"
            time.sleep(0.2)
    consumer.close()
    return TopicPartition(CALLS, partition, offset)
