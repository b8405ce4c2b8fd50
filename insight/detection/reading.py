"""A topic read to its end, by those who must know all that was ever decided in it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from insight.detection.offsets import end_offsets
from runtime.kafka import admin_client, reader_config

_READ_SECONDS: Final = 60.0
_BATCH: Final = 5_000


def committed_records(bootstrap_servers: str, topic: str, firsts: Mapping[int, int]) -> Iterator[Message]:
    """The records of decided transactions from these offsets on, by partition, to the ends that there are now.

    Raises KafkaException, also when a transaction stays undecided too long.
    """
    config: dict[str, Any] = {
        **reader_config(bootstrap_servers, client_id="complaints-detector"),
        "group.id": "complaints-detector-reader",
        "enable.partition.eof": True,
        "isolation.level": "read_committed",
    }
    ends = end_offsets(admin_client(bootstrap_servers), [(topic, number) for number in firsts])
    until = time.monotonic() + _READ_SECONDS
    consumer = Consumer(config)
    try:
        for (_, number), end in ends.items():
            yield from _partition(consumer, TopicPartition(topic, number, firsts[number]), end, until)
    finally:
        consumer.close()


def _partition(consumer: Consumer, start: TopicPartition, end: int, until: float) -> Iterator[Message]:
    reached = start.offset
    if reached >= end:
        return
    consumer.assign([start])
    while reached < end:
        if time.monotonic() > until:
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
        for message in consumer.consume(_BATCH, 0.1):
            error, offset = message.error(), message.offset() or 0
            if error is None:
                reached = offset + 1
                yield message
            elif error.code() == KafkaError._PARTITION_EOF:
                reached = max(reached, offset)
    consumer.unassign()
