"""Where intents are kept: chosen by a test of the broker, and safe from sinks that the group went on without."""

from __future__ import annotations

import signal
import threading
import uuid
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, KafkaException, TopicPartition

from runtime.kafka import ensure_topics, make_producer
from runtime.shutdown import StopRequest
from schemas.topics import CATALOGUE_BY_NAME, ENRICHED, SINK_INTENTS, STATUS_ACCEPTED
from sinks import intent_store
from sinks.intent_store import CommitMetadata, IntentStore, choose_store
from sinks.intent_topic import TopicIntents, latest_records
from sinks.intents import NOTHING_PENDING, record_key
from sinks.kafka_errors import FatalKafkaError, ZombieError
from tests.sinks.conftest import Backends
from tests.sinks.forgetful import ForgetfulConsumer
from tests.sinks.stage import Stage, await_that
from tests.sinks.test_sink import assert_each_once, complaints

PLACE = (ENRICHED, 0)
INTENT = "v1|9|1-salt"


@pytest.fixture
def group() -> str:
    return f"test-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def servers(backends: Backends) -> str:
    ensure_topics(backends.endpoints.kafka_bootstrap, [CATALOGUE_BY_NAME[SINK_INTENTS]])
    return backends.endpoints.kafka_bootstrap


@pytest.fixture
def join(servers: str, group: str) -> Iterator[Callable[[], Consumer]]:
    """Makes members of the group."""
    members: list[Consumer] = []

    def joined() -> Consumer:
        config = {"bootstrap.servers": servers, "group.id": group, "enable.auto.commit": False}
        members.append(Consumer({**config, "heartbeat.interval.ms": 300, "auto.offset.reset": "earliest"}))
        members[-1].subscribe([ENRICHED, STATUS_ACCEPTED])

        def assigned() -> bool:
            for each in members:
                each.poll(0.05)
            return bool(members[-1].assignment())

        await_that(assigned, "partitions are assigned")
        return members[-1]

    yield joined
    for each in members:
        each.close()


def seen(store: IntentStore, member: Consumer) -> tuple[int, str]:
    """Offset and metadata as the next owner finds them."""
    committed = member.committed([TopicPartition(*PLACE)], timeout=30)
    return committed[0].offset, store.metadata_of(committed)[PLACE]


class Before:
    """A member as it was before the group went on: what it says of itself is of old."""

    def __init__(self, member: Consumer) -> None:
        self._metadata = member.consumer_group_metadata()

    def consumer_group_metadata(self) -> object:
        return self._metadata


def test_a_zombie_declares_nothing_in_the_topic(servers: str, group: str, join: Callable[[], Consumer]) -> None:
    member, store = join(), TopicIntents(servers, group, "1")
    for offset, metadata in ((0, "v1|4|1-salt"), (5, NOTHING_PENDING), (5, INTENT)):
        store.commit(member, {PLACE: (offset, metadata), (ENRICHED, 1): (7, NOTHING_PENDING)})
        assert seen(store, member) == (offset, metadata)
    zombie, newer = Before(member), join()
    with pytest.raises(ZombieError):
        store.commit(zombie, {PLACE: (10, "v1|19|1-zombie")})  # type: ignore[arg-type]
    assert seen(TopicIntents(servers, group, "2"), newer) == (5, INTENT)
    store.commit(newer, {PLACE: (10, "v1|19|1-salt")})
    assert seen(store, newer) == (10, "v1|19|1-salt")


def test_the_next_owner_waits_until_a_commit_in_the_air_is_decided(
    servers: str, group: str, join: Callable[[], Consumer]
) -> None:
    member, store = join(), TopicIntents(servers, group, "1")
    store.commit(member, {PLACE: (5, INTENT)})
    hanging = make_producer(servers, client_id="test", transactional_id=f"{group}-2", linger_ms=0)
    hanging.init_transactions(20)
    for commits in (False, True):
        hanging.begin_transaction()
        hanging.send_offsets_to_transaction([TopicPartition(*PLACE, 10)], member.consumer_group_metadata(), 20)
        hanging.produce(SINK_INTENTS, key=record_key(group, PLACE), value=b"10|v1|19|1-hanging", partition=0)
        hanging.flush(20)
        with pytest.raises(KafkaException, match="_TIMED_OUT"):
            member.committed([TopicPartition(*PLACE)], timeout=0.3)
        found: list[tuple[int, str]] = []
        reading = threading.Thread(target=lambda found=found: found.append(seen(store, member)))
        reading.start()
        reading.join(0.5)
        assert not found
        if commits:
            hanging.commit_transaction(20)
        else:
            hanging.abort_transaction(20)
        reading.join(20)
        assert found == [(10, "v1|19|1-hanging") if commits else (5, INTENT)]


def test_the_topic_is_read_to_an_end_that_is_decided(servers: str, group: str) -> None:
    hanging = make_producer(servers, client_id="test", transactional_id=group, linger_ms=0)
    hanging.init_transactions(20)
    hanging.begin_transaction()
    hanging.produce(SINK_INTENTS, key=record_key(group, PLACE), value=b"10|v1|19|1-hanging", partition=0)
    hanging.flush(20)
    found: list[bytes | None] = []
    reading = threading.Thread(target=lambda: found.append(latest_records(servers).get(record_key(group, PLACE))))
    reading.start()
    reading.join(0.5)
    assert not found
    hanging.commit_transaction(20)
    reading.join(20)
    assert found == [b"10|v1|19|1-hanging"]


def test_the_store_is_chosen_by_what_the_broker_can(
    servers: str, group: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def chosen(choice: str) -> IntentStore | None:
        return choose_store(
            choice,  # type: ignore[arg-type]
            bootstrap_servers=servers,
            group=group,
            instance_id="1",
            replication_factor=1,
            stop=StopRequest(),
            waits=lambda _problem: None,
        )

    caplog.set_level("INFO")
    assert isinstance(chosen("auto"), CommitMetadata)
    assert isinstance(chosen("topic"), TopicIntents)
    monkeypatch.setattr(intent_store, "Consumer", ForgetfulConsumer)
    assert isinstance(chosen("auto"), TopicIntents)
    with pytest.raises(FatalKafkaError, match="COMPLAINTS_SINK_INTENT_STORE=topic"):
        chosen("commit_metadata")
    told = [record.getMessage() for record in caplog.records if "intents are kept" in record.getMessage()]
    assert len(told) == 3
    assert told[2].endswith("the broker does not keep the metadata of commits")


def test_a_declared_batch_is_not_passed_over_when_the_store_changes(stage: Stage) -> None:
    stage.publish(ENRICHED, complaints(200))
    assert stage.start(crash="after:commit:1").wait() == -signal.SIGKILL
    stage.publish(ENRICHED, complaints(200, first=200))
    second = stage.start(crash="after:insert:8", COMPLAINTS_SINK_INTENT_STORE="topic")
    assert second.wait() == -signal.SIGKILL
    refused = stage.start()
    assert refused.wait() == 1
    assert "COMPLAINTS_SINK_INTENT_STORE=topic" in refused.log.read_text()
    stage.start(COMPLAINTS_SINK_INTENT_STORE="topic")
    stage.await_count("complaints", 400)
    assert_each_once(stage, 400)
