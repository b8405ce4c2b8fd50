"""What the broker knows of the raw topics: how many records there are, how far they were handled, and the records."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from runtime.kafka import KafkaUnavailableError, client_config
from schemas.topics import (
    CATALOGUE_BY_NAME,
    DEADLETTERS,
    ENRICHED,
    NETWORK_EVENTS_ACCEPTED,
    RAW_TOPICS,
    STATUS_ACCEPTED,
)

_ANSWER_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.2
_HANDED_ON: Final = (ENRICHED, STATUS_ACCEPTED, NETWORK_EVENTS_ACCEPTED, DEADLETTERS)
"""Where what becomes of a raw record waits for the sink."""

Partition = tuple[str, int]
"""Topic and number."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Offsets of one partition: `low` is the first still there, `handled` the first not yet handled, `high` the end."""

    low: int
    handled: int
    high: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The raw partitions at one moment. `decided`: everything below `handled` has reached ClickHouse by now."""

    extents: Mapping[Partition, Extent]
    decided: bool


class Broker:
    """Reads only, and joins no group. A context manager. Every call raises KafkaUnavailableError."""

    def __init__(self, bootstrap_servers: str, *, processor_group: str, sink_group: str) -> None:
        self._processor = _consumer(bootstrap_servers, processor_group)
        self._sink = _consumer(bootstrap_servers, sink_group)

    def __enter__(self) -> Broker:
        return self

    def __exit__(self, *_: object) -> None:
        self._processor.close()
        self._sink.close()

    def survey(self, patience_seconds: float) -> Survey:
        """Look at the raw partitions; wait so long for the sink to store what the processor had handed on."""
        with _told():
            handled = _committed(self._processor, _partitions(RAW_TOPICS))
            handed_on = {each: self._watermarks(each) for each in _partitions(_HANDED_ON)}
            until = time.monotonic() + patience_seconds
            while not (decided := self._stored(handed_on)) and time.monotonic() < until:
                time.sleep(_POLL_SECONDS)
            extents = {}
            for each in _partitions(RAW_TOPICS):
                low, high = self._watermarks(each)
                extents[each] = Extent(low, min(max(handled[each], low), high), high)
            return Survey(extents, decided)

    def first_at(self, at_ms: int, extents: Mapping[Partition, Extent]) -> dict[Partition, int]:
        """The first offset of each partition whose record has this time or a later one; the end where none has."""
        with _told():
            asked = [TopicPartition(topic, number, at_ms) for topic, number in extents]
            found = self._processor.offsets_for_times(asked, timeout=_ANSWER_SECONDS)
        first = {(each.topic, each.partition): each.offset for each in found}
        return {each: extent.high if first[each] < 0 else first[each] for each, extent in extents.items()}

    def records(self, topic: str, number: int, offsets: Sequence[int]) -> Iterator[Message]:
        """The records at these offsets, ascending; one that has expired is left out."""
        with _told():
            low, high = self._watermarks((topic, number))
            there = [offset for offset in offsets if low <= offset < high]
            for _, run in groupby(enumerate(there), lambda pair: pair[1] - pair[0]):
                wanted = [offset for _, offset in run]
                self._processor.assign([TopicPartition(topic, number, wanted[0])])
                yield from self._polled(wanted[-1])
            self._processor.unassign()

    def _polled(self, last: int) -> Iterator[Message]:
        while True:
            message = self._processor.poll(_ANSWER_SECONDS)
            if message is None:
                raise KafkaUnavailableError("Kafka did not hand over a record in time. Does it run? complaints status")
            if (error := message.error()) is not None:
                raise KafkaException(error)
            if (message.offset() or 0) <= last:
                yield message
            if (message.offset() or 0) >= last:
                return

    def _watermarks(self, partition: Partition) -> tuple[int, int]:
        low, high = self._processor.get_watermark_offsets(TopicPartition(*partition), timeout=_ANSWER_SECONDS)
        return low, high

    def _stored(self, handed_on: Mapping[Partition, tuple[int, int]]) -> bool:
        committed = _committed(self._sink, list(handed_on))
        return all(low == high or committed[each] >= high for each, (low, high) in handed_on.items())


@contextmanager
def _told() -> Iterator[None]:
    """Turns errors of the client into KafkaUnavailableError."""
    try:
        yield
    except KafkaException as error:
        raise KafkaUnavailableError(
            f"the balance could not ask Kafka: {error.args[0].str()}. Does it run? complaints status"
        ) from error


def _consumer(bootstrap_servers: str, group: str) -> Consumer:
    config: dict[str, Any] = {
        **client_config(bootstrap_servers),
        "client.id": "complaints-balance",
        "group.id": group,
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "auto.offset.reset": "error",
    }
    return Consumer(config)


def _partitions(topics: Iterable[str]) -> list[Partition]:
    return [(topic, number) for topic in topics for number in range(CATALOGUE_BY_NAME[topic].partitions)]


def _committed(consumer: Consumer, partitions: Sequence[Partition]) -> dict[Partition, int]:
    """The group's committed offsets, below 0 where there is none."""
    found = consumer.committed([TopicPartition(*each) for each in partitions], timeout=_ANSWER_SECONDS)
    return {(each.topic, each.partition): each.offset for each in found}
