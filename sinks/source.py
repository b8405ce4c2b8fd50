"""The Kafka side of the sink: its consumer group, and its commits."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from runtime.kafka import answered, client_config
from sinks.intent_store import IntentStore
from sinks.intents import Place
from sinks.kafka_errors import FatalKafkaError, fatal, is_fatal

GROUP: Final = "complaints-sink"
CALL_SECONDS: Final = 10.0
COMMITTED_SECONDS: Final = 40.0
"""The broker tells no offset while a transaction on it is undecided (intent_topic.py), nor until it has restarted."""

MAX_POLL_INTERVAL_SECONDS: Final = 300
"""Above the longest round: one INSERT that times out (20 s) and a dead letter that is not confirmed (15 s)."""

FETCH_BYTES: Final = 8 << 20
"""Of one answer of one broker, as it comes: compressed. A batch that is larger comes alone."""

QUEUE_BYTES: Final = 32 << 20
"""No more is fetched while so much, no longer compressed, waits to be read."""

BEGINS_AGAIN: Final = "records come under offsets that were read before: the topic was made anew, or lost its end"
"""The client follows a topic that was made anew to its start, where every offset seems to be stored already."""

_log: Final = logging.getLogger(__name__)


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
        intents: IntentStore,
        on_taken: Callable[[Sequence[Taken]], None],
        on_given_up: Callable[[Sequence[Place], bool], None],
    ) -> None:
        """`on_given_up` gets True when commits are still allowed (an orderly rebalance), False when it is too late."""
        self._intents = intents
        self._on_taken = on_taken
        self._on_given_up = on_given_up
        self._paused: set[Place] = set()
        self._read_upto: dict[Place, int] = {}
        self._ended_at: dict[Place, int] = {}
        self._consumer = Consumer(_config(bootstrap_servers, group, instance_id))
        self._consumer.subscribe(list(topics), on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._lost)

    def read(self, most: int, seconds: float) -> list[Message]:
        """Records that came within `seconds`; at once when `most` are there. Raises FatalKafkaError."""
        try:
            messages = self._consumer.consume(most, seconds)
        except KafkaException as error:
            raise fatal(error.args[0]) from error
        return [message for message in messages if self._is_record(message)]

    def commit(self, places: Mapping[Place, tuple[int, str]]) -> None:
        """Commit offsets with metadata, confirmed. Raises ZombieError, CommitFailedError or FatalKafkaError."""
        self._intents.commit(self._consumer, places)

    def pause_only(self, places: Iterable[Place]) -> None:
        """Pause these partitions and no others."""
        wanted = set(places)
        if stop := wanted - self._paused:
            self._consumer.pause([TopicPartition(*place) for place in stop])
        if go := self._paused - wanted:
            self._consumer.resume([TopicPartition(*place) for place in go])
        self._paused = wanted

    def end_offset(self, place: Place) -> int:
        """The offset after the partition's last record, as last heard from the broker; -1 while nothing was heard.

        The marks with which transactions end take offsets as well: behind the last record they do not count.
        """
        try:
            _, high = self._consumer.get_watermark_offsets(TopicPartition(*place), cached=True)
        except KafkaException:
            return -1
        return self._read_upto[place] if self._ended_at.get(place) == high else int(high)

    def close(self) -> None:
        """Leave. As a static member it keeps its partitions until the session ends, for a quick restart."""
        self._consumer.close()

    def _is_record(self, message: Message) -> bool:
        error, place = message.error(), (message.topic() or "", message.partition() or 0)
        if error is None:
            offset = message.offset() or 0
            if offset < self._read_upto.get(place, 0):
                raise FatalKafkaError(f"{place[0]}/{place[1]}: {BEGINS_AGAIN}")
            self._read_upto[place] = offset + 1
            return True
        if error.code() == KafkaError._PARTITION_EOF:
            self._ended_at[place] = message.offset() or 0
            return False
        if is_fatal(error):
            raise fatal(error)
        _log.warning("kafka: %s", error.name(), extra={"topic": message.topic()})
        return False

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        taken, starts = [], []
        until = time.monotonic() + COMMITTED_SECONDS
        committed = answered(lambda: _committed(consumer, partitions), until) if partitions else []
        metadata_of = self._intents.metadata_of(committed) if partitions else {}
        for found in committed:
            place, offset = (found.topic, found.partition), found.offset
            low, high = answered(partial(consumer.get_watermark_offsets, found, CALL_SECONDS, cached=False), until)
            extra = {"topic": found.topic, "partition": found.partition}
            if offset > high:
                _log.error("the topic was made anew; it is read from its start", extra=extra)
            elif 0 <= offset < low:
                _log.error("records expired before they were stored", extra={**extra, "records": low - offset})
            known = 0 <= offset <= high
            start = offset if known else low
            taken.append(Taken(place, start, metadata_of[place] if known else "", known))
            starts.append(TopicPartition(*place, start))
            self._read_upto[place] = start
            self._ended_at.pop(place, None)
        self._paused = set()
        self._on_taken(taken)
        consumer.assign(starts)
        consumer.resume(starts)  # a partition that was paused when it was given up would come back paused

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
        **client_config(bootstrap_servers),
        "client.id": "complaints-sink",
        "group.id": group,
        "group.instance.id": f"{group}-{instance_id}",
        "partition.assignment.strategy": "range",
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "enable.partition.eof": True,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 30_000,
        "heartbeat.interval.ms": 3_000,
        "max.poll.interval.ms": MAX_POLL_INTERVAL_SECONDS * 1000,
        "fetch.wait.max.ms": 100,
        "fetch.message.max.bytes": FETCH_BYTES,
        "fetch.max.bytes": FETCH_BYTES,
        "queued.max.messages.kbytes": QUEUE_BYTES // 1024,
        "fetch.queue.backoff.ms": 100,
        "topic.metadata.refresh.interval.ms": 10_000,
    }


def _committed(consumer: Consumer, partitions: list[TopicPartition]) -> list[TopicPartition]:
    """The committed offsets with their metadata. Raises KafkaException: without them nothing may be read."""
    found = consumer.committed(partitions, timeout=COMMITTED_SECONDS)
    for each in found:
        if each.error is not None:
            raise KafkaException(each.error)
    return list(found)
