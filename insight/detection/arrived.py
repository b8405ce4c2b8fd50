"""Up to when everything that reached Kafka has reached ClickHouse: what the detector may rely on having seen.

Asked of the broker alone. A mark is the end of every raw topic at some moment. Once the processor has handled all of
it, the ends of the topics that it writes to take their place; once the sink has stored those, everything up to that
moment is in ClickHouse. So a sink that is down, a backlog or a burst holds the detector's clock; silence does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from insight.detection.offsets import ANSWER_SECONDS, Partition, end_offsets
from runtime.kafka import KafkaUnavailableError, admin_client, client_config
from schemas.topics import CATALOGUE_BY_NAME, ENRICHED, NETWORK_EVENTS_ACCEPTED, RAW_TOPICS, STATUS_ACCEPTED

_HANDED_ON: Final = (ENRICHED, STATUS_ACCEPTED, NETWORK_EVENTS_ACCEPTED)
_RECORD_SECONDS: Final = 2.0
_MOST_MARKS: Final = 600
_MOST_MARKERS: Final = 100

Offsets = Mapping[Partition, int]


@dataclass(frozen=True, slots=True)
class _Mark:
    """`at`: when the topics ended at `ends`, on the caller's clock."""

    at: float
    ends: Offsets


class Arrived:
    """Reads only, and joins no group. A context manager."""

    def __init__(self, bootstrap_servers: str, *, processor_group: str, sink_group: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._groups = (processor_group, sink_group)
        self._connect()
        self._raw: list[_Mark] = []
        self._handed_on: list[_Mark] = []
        self._upto: float | None = None
        self.stored: Offsets | None = None
        """Up to these offsets of the topics that the sink reads, all is stored, as the last call found."""

    def __enter__(self) -> Arrived:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _connect(self) -> None:
        processor_group, sink_group = self._groups
        self._processor = _Group(self._bootstrap_servers, processor_group, RAW_TOPICS)
        self._sink = _Group(self._bootstrap_servers, sink_group, _HANDED_ON)

    def _close(self) -> None:
        self._processor.close()
        self._sink.close()

    def upto(self, now: float) -> float | None:
        """The latest `now` of an earlier call by which everything in Kafka is stored; None while none is known.

        `now` must not go back. Raises KafkaUnavailableError.
        """
        try:
            if handled := self._processor.reached(self._raw):
                self._handed_on.append(_Mark(handled.at, self._sink.ends()))
            if stored := self._sink.reached(self._handed_on):
                self._upto, self.stored = stored.at, stored.ends
            self._raw.append(_Mark(now, self._processor.ends()))
        except KafkaException as error:
            self._close()  # clients that only ask do not look for a new leader by themselves
            self._connect()
            name = error.args[0].name()
            raise KafkaUnavailableError(
                f"Kafka did not say how far complaints have come: {name}. Does it run? complaints status"
            ) from error
        for marks in (self._raw, self._handed_on):
            if len(marks) > _MOST_MARKS:
                del marks[1::2]
        return self._upto


class _Group:
    """How far a group has come in its topics. Every call raises KafkaException."""

    def __init__(self, bootstrap_servers: str, group: str, topics: Sequence[str]) -> None:
        config: dict[str, Any] = {
            **client_config(bootstrap_servers),
            "client.id": "complaints-detector",
            "group.id": group,
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "enable.partition.eof": True,
            "isolation.level": "read_uncommitted",
        }
        self._consumer = Consumer(config)
        self._admin = admin_client(bootstrap_servers)
        self._partitions = [
            (topic, number) for topic in topics for number in range(CATALOGUE_BY_NAME[topic].partitions)
        ]
        self._empty: dict[Partition, tuple[int, int, bool]] = {}

    def close(self) -> None:
        """Let the connections go."""
        self._consumer.close()

    def ends(self) -> Offsets:
        """The offset behind the last record of each partition."""
        return end_offsets(self._admin, self._partitions)

    def reached(self, marks: list[_Mark]) -> _Mark | None:
        """Take out the marks, oldest first, that the group has reached; gives the last of them."""
        if not marks:
            return None
        committed = self._committed()
        reached = None
        while marks and all(self._is_at(each, committed[each], end) for each, end in marks[0].ends.items()):
            reached = marks.pop(0)
        return reached

    def _committed(self) -> Offsets:
        found = self._consumer.committed([TopicPartition(*each) for each in self._partitions], timeout=ANSWER_SECONDS)
        for each in found:
            if each.error is not None:
                raise KafkaException(each.error)
        return {(each.topic, each.partition): each.offset for each in found}

    def _is_at(self, partition: Partition, committed: int, end: int) -> bool:
        if committed >= end or end == 0:
            return True
        if committed < 0:
            committed = self._consumer.get_watermark_offsets(TopicPartition(*partition), timeout=ANSWER_SECONDS)[0]
        return committed >= end or (end - committed <= _MOST_MARKERS and self._is_empty(partition, committed, end))

    def _is_empty(self, partition: Partition, first: int, end: int) -> bool:
        """Is there no record in these offsets: then they hold the marks of somebody's transactions."""
        before = self._empty.get(partition)
        if before is None or before[:2] != (first, end):
            self._empty[partition] = (first, end, False)  # most lag is gone at the next look
            return False
        if not before[2]:
            self._empty[partition] = (first, end, self._no_record(partition, first, end))
        return self._empty[partition][2]

    def _no_record(self, partition: Partition, first: int, end: int) -> bool:
        self._consumer.assign([TopicPartition(*partition, first)])
        try:
            message = self._consumer.poll(_RECORD_SECONDS)
            error = None if message is None else message.error()
            ended = error is not None and error.code() == KafkaError._PARTITION_EOF
            return message is not None and (ended or (error is None and (message.offset() or 0) >= end))
        finally:
            self._consumer.unassign()
