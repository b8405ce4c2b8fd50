"""Where intents are kept: in the metadata of the offset commits, or in a topic where the broker keeps no metadata."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from runtime.kafka import KafkaUnavailableError, client_config, ensure_topics
from runtime.settings import IntentStoreChoice
from runtime.shutdown import StopRequest
from schemas.topics import CATALOGUE_BY_NAME, ENRICHED, SINK_INTENTS
from sinks.intent_topic import TopicIntents
from sinks.intents import Place
from sinks.kafka_errors import FatalKafkaError, commit_error

CALL_SECONDS: Final = 10.0
AGAIN_SECONDS: Final = 1.0
"""Between two tries of the self-test while Kafka, its coordinator or the topics are not there yet."""

_HOPELESS: Final = frozenset(
    {
        KafkaError.GROUP_AUTHORIZATION_FAILED,
        KafkaError.TOPIC_AUTHORIZATION_FAILED,
        KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
        KafkaError._UNSUPPORTED_FEATURE,
    }
)

_log: Final = logging.getLogger(__name__)


class IntentStore(Protocol):
    """Offset and metadata of each partition, written and confirmed together."""

    def commit(self, consumer: Consumer, places: Mapping[Place, tuple[int, str]]) -> None:
        """Commit offsets with metadata, all confirmed. Raises ZombieError, CommitFailedError or FatalKafkaError."""
        ...

    def metadata_of(self, committed: Sequence[TopicPartition]) -> Mapping[Place, str]:
        """The metadata that belongs to the committed offset of each partition. Raises FatalKafkaError."""
        ...


class CommitMetadata:
    """Intents in the metadata of the commits: one call to the group's coordinator, which refuses a zombie's."""

    def commit(self, consumer: Consumer, places: Mapping[Place, tuple[int, str]]) -> None:
        """As IntentStore."""
        offsets = [TopicPartition(*place, offset, metadata) for place, (offset, metadata) in places.items()]
        try:
            done = consumer.commit(offsets=offsets, asynchronous=False)
        except KafkaException as error:
            raise commit_error(error.args[0]) from error
        for each in done or ():
            if each.error is not None:
                raise commit_error(each.error)

    def metadata_of(self, committed: Sequence[TopicPartition]) -> Mapping[Place, str]:
        """As IntentStore."""
        return {(each.topic, each.partition): each.metadata or "" for each in committed}


def choose_store(
    choice: IntentStoreChoice,
    *,
    bootstrap_servers: str,
    group: str,
    instance_id: str,
    replication_factor: int,
    stop: StopRequest,
    waits: Callable[[str], None],
) -> IntentStore | None:
    """The store to use, as set or as the broker can; None when `stop` came first. Says once which one and why.

    While Kafka does not answer it is tried again, and `waits` is told why. Raises FatalKafkaError when the broker
    cannot do what is set, or neither of the two.
    """
    told = ""
    while not stop.is_set():
        try:
            if choice != "topic" and keeps_commit_metadata(bootstrap_servers, f"{group}-probe-{instance_id}"):
                _log.info("intents are kept in the metadata of commits: the broker gives it back as it was written")
                return CommitMetadata()
            if choice == "commit_metadata":
                raise FatalKafkaError(
                    "the broker does not keep the metadata of commits: set COMPLAINTS_SINK_INTENT_STORE=topic"
                )
            ensure_topics(bootstrap_servers, [CATALOGUE_BY_NAME[SINK_INTENTS]], replication_factor)
            store = TopicIntents(bootstrap_servers, group, instance_id)
            store.connect()
        except KafkaException as error:
            problem = error.args[0]
            if problem.code() in _HOPELESS:
                raise FatalKafkaError(f"intents cannot be kept: {problem.name()}: {problem.str()}") from error
            told = _tell_once(told, problem.name())
        except KafkaUnavailableError as error:
            told = _tell_once(told, str(error))
        else:
            why = "so it is set" if choice == "topic" else "the broker does not keep the metadata of commits"
            _log.info("intents are kept in the topic %s: %s", SINK_INTENTS, why)
            return store
        waits(f"Kafka does not answer yet: {told}")
        stop.wait(AGAIN_SECONDS)
    return None


def keeps_commit_metadata(bootstrap_servers: str, group: str) -> bool:
    """Does the broker give back what was written with a commit. `group` is used for nothing else.

    Raises KafkaException when that could not be found out.
    """
    config: dict[str, Any] = {
        **client_config(bootstrap_servers),
        "client.id": "complaints-sink-probe",
        "group.id": group,
        "session.timeout.ms": 6_000,
        "enable.auto.commit": False,
    }
    consumer = Consumer(config)
    written = secrets.token_hex(8)
    try:
        done = consumer.commit(offsets=[TopicPartition(ENRICHED, 0, 0, written)], asynchronous=False)
        found = consumer.committed([TopicPartition(ENRICHED, 0)], timeout=CALL_SECONDS)
    finally:
        consumer.close()
    for each in (*(done or ()), *found):
        if each.error is not None:
            raise KafkaException(each.error)
    return found[0].metadata == written


def _tell_once(told: str, problem: str) -> str:
    if told != problem:
        _log.warning("where intents can be kept is not known yet", extra={"error": problem})
    return problem
