"""The Kafka side of the sink: its consumer group, and commits that carry intents."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from runtime.kafka import log_client_error

GROUP: Final = "complaints-sink"
CALL_SECONDS: Final = 10.0
MAX_POLL_INTERVAL_SECONDS: Final = 300
"""Above the longest round: one INSERT that times out (20 s) and a dead letter that is not confirmed (15 s)."""

Place = tuple[str, int]
"""Topic and partition."""

_ZOMBIE: Final = frozenset(
    {
        KafkaError.UNKNOWN_MEMBER_ID,
        KafkaError.ILLEGAL_GENERATION,
        KafkaError.REBALANCE_IN_PROGRESS,
        KafkaError._ASSIGNMENT_LOST,
    }
)
_FATAL: Final = frozenset({KafkaError.FENCED_INSTANCE_ID, KafkaError._FATAL, KafkaError._FENCED})

_log: Final = logging.getLogger(__name__)


class ZombieError(Exception):
    """The group has gone on without us: what is buffered belongs to somebody else."""


class CommitFailedError(Exception):
    """A commit was not confirmed; whether it happened is not known. To be tried again unchanged."""


class FatalKafkaError(Exception):
    """This consumer cannot go on; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A partition that was given to us: where to go on, and the metadata committed there.

    `committed` is False when the group has committed nothing of it: then it begins at its first record.
    """

    place: Place
    offset: int
    metadata: str
    committed: bool


class Source:
    """The records of the group's topics. Single-threaded; the callbacks run inside `read` and `close`."""

    def __init__(
        self,
        bootstrap_servers: str,
        group: str,
        instance_id: str,
        topics: Sequence[str],
        on_taken: Callable[[Sequence[Taken]], None],
        on_given_up: Callable[[Sequence[Place], bool], None],
    ) -> None:
        """`on_given_up` gets True when commits are still allowed (an orderly rebalance), False when it is too late."""
        self._on_taken = on_taken
        self._on_given_up = on_given_up
        self._paused: set[Place] = set()
        self._consumer = Consumer(_config(bootstrap_servers, group, instance_id))
        self._consumer.subscribe(list(topics), on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._lost)

    def read(self, most: int, seconds: float) -> list[Message]:
        """Records that came within `seconds`; at once when `most` are there. Raises FatalKafkaError."""
        try:
            messages = self._consumer.consume(most, seconds)
        except KafkaException as error:
            raise _fatal(error.args[0]) from error
        return [message for message in messages if self._is_record(message)]

    def commit(self, places: Mapping[Place, tuple[int, str]]) -> None:
        """Commit offsets with metadata, confirmed. Raises ZombieError, CommitFailedError or FatalKafkaError."""
        offsets = [
            TopicPartition(topic, number, offset, metadata) for (topic, number), (offset, metadata) in places.items()
        ]
        try:
            done = self._consumer.commit(offsets=offsets, asynchronous=False)
        except KafkaException as error:
            raise _commit_error(error.args[0]) from error
        for each in done or ():
            if each.error is not None:
                raise _commit_error(each.error)

    def pause_only(self, places: Iterable[Place]) -> None:
        """Pause these partitions and no others."""
        wanted = set(places)
        if stop := wanted - self._paused:
            self._consumer.pause([TopicPartition(*place) for place in stop])
        if go := self._paused - wanted:
            self._consumer.resume([TopicPartition(*place) for place in go])
        self._paused = wanted

    def end_offset(self, place: Place) -> int:
        """The offset after the partition's last record, as last heard from the broker; -1 while nothing was heard."""
        try:
            _, high = self._consumer.get_watermark_offsets(TopicPartition(*place), cached=True)
        except KafkaException:
            return -1
        return int(high)

    def close(self) -> None:
        """Leave. As a static member it keeps its partitions until the session ends, for a quick restart."""
        self._consumer.close()

    def _is_record(self, message: Message) -> bool:
        error = message.error()
        if error is None:
            return True
        if error.fatal() or error.code() in _FATAL:
            raise _fatal(error)
        _log.warning("kafka: %s", error.name(), extra={"topic": message.topic()})
        return False

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        taken, starts = [], []
        for found in _committed(consumer, partitions) if partitions else ():
            place, offset = (found.topic, found.partition), found.offset
            low, high = consumer.get_watermark_offsets(found, timeout=CALL_SECONDS, cached=False)
            extra = {"topic": found.topic, "partition": found.partition}
            if offset > high:
                _log.error("the topic was made anew; it is read from its start", extra=extra)
            elif 0 <= offset < low:
                _log.error("records expired before they were stored", extra={**extra, "records": low - offset})
            known = 0 <= offset <= high
            start = offset if known else low
            taken.append(Taken(place, start, found.metadata or "" if known else "", known))
            starts.append(TopicPartition(*place, start))
        self._paused = set()
        self._on_taken(taken)
        consumer.assign(starts)

    def _revoked(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._on_given_up([(each.topic, each.partition) for each in partitions], True)
        self._paused = set()
        consumer.unassign()

    def _lost(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._on_given_up([(each.topic, each.partition) for each in partitions], False)
        self._paused = set()
        consumer.unassign()


def _config(bootstrap_servers: str, group: str, instance_id: str) -> dict[str, Any]:
    return {
        "bootstrap.servers": bootstrap_servers,
        "client.id": "complaints-sink",
        "group.id": group,
        "group.instance.id": f"{group}-{instance_id}",
        "partition.assignment.strategy": "range",
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 30_000,
        "heartbeat.interval.ms": 3_000,
        "max.poll.interval.ms": MAX_POLL_INTERVAL_SECONDS * 1000,
        "fetch.wait.max.ms": 100,
        "fetch.message.max.bytes": 8 * 1024 * 1024,
        "queued.max.messages.kbytes": 65_536,
        "topic.metadata.refresh.interval.ms": 10_000,
        "error_cb": log_client_error,
    }


def _committed(consumer: Consumer, partitions: list[TopicPartition]) -> list[TopicPartition]:
    """The committed offsets with their metadata. Raises FatalKafkaError: without them nothing may be read."""
    try:
        found = consumer.committed(partitions, timeout=CALL_SECONDS)
    except KafkaException as error:
        raise _fatal(error.args[0]) from error
    for each in found:
        if each.error is not None:
            raise _fatal(each.error)
    return list(found)


def _commit_error(error: KafkaError) -> Exception:
    if error.fatal() or error.code() in _FATAL:
        return _fatal(error)
    return ZombieError(error.name()) if error.code() in _ZOMBIE else CommitFailedError(error.name())


def _fatal(error: KafkaError) -> FatalKafkaError:
    if error.code() == KafkaError.FENCED_INSTANCE_ID or "fenced" in error.str().lower():
        return FatalKafkaError("another sink runs with the same COMPLAINTS_KAFKA_INSTANCE_ID: give each its own")
    return FatalKafkaError(f"Kafka: {error.name()}: {error.str()}")
