"""Where partitions begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from confluent_kafka import KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]

ANSWER_SECONDS: Final = 5.0
_LATEST_SECONDS: Final = 2 * ANSWER_SECONDS
"""The client itself gives up before that."""

Partition = tuple[str, int]


def end_offsets(admin: AdminClient, partitions: Iterable[Partition]) -> dict[Partition, int]:
    """The offset behind the last record of each partition, decided or not. Raises KafkaException."""
    latest = OffsetSpec.latest()  # type: ignore[no-untyped-call]
    asked = {TopicPartition(*each): latest for each in partitions}
    found = admin.list_offsets(asked, request_timeout=ANSWER_SECONDS)
    try:
        return {(each.topic, each.partition): future.result(_LATEST_SECONDS).offset for each, future in found.items()}
    except TimeoutError:
        raise KafkaException(KafkaError(KafkaError._TIMED_OUT)) from None
