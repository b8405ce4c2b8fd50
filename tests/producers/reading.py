"""Reading back what was published."""

from __future__ import annotations

from typing import cast

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from deploy.local.process import await_true
from schemas.record import RawRecord
from schemas.topics import CATALOGUE, RAW_TOPICS


class Topics:
    """The raw topics of a broker, from the moment at which this is made."""

    def __init__(self, bootstrap: str) -> None:
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "reader",
                "enable.auto.commit": False,
                "fetch.max.bytes": 8 << 20,
            }
        )
        self._from: list[TopicPartition] = []
        if not await_true(self._begin, 60):
            raise TimeoutError("the broker does not lead its partitions")

    def _begin(self) -> bool:
        try:
            self._from = self._ends()
        except KafkaException:
            return False
        return True

    def _ends(self) -> list[TopicPartition]:
        return [
            TopicPartition(
                topic.name, number, self._consumer.get_watermark_offsets(TopicPartition(topic.name, number), 30)[1]
            )
            for topic in CATALOGUE
            if topic.name in RAW_TOPICS
            for number in range(topic.partitions)
        ]

    def records(self) -> list[RawRecord]:
        """Every record written so far, in the order of each partition."""
        ends = self._ends()
        wanted = sum(end.offset - begin.offset for begin, end in zip(self._from, ends, strict=True))
        self._consumer.assign(self._from)
        found: list[RawRecord] = []
        while len(found) < wanted:
            batch = self._consumer.consume(min(1000, wanted - len(found)), 30)
            assert batch, "the broker gives no more records"
            found += [_plain(message) for message in batch]
        self._consumer.unassign()
        return found

    def close(self) -> None:
        self._consumer.close()


def _plain(message: Message) -> RawRecord:
    assert message.error() is None
    topic, partition, offset = message.topic(), message.partition(), message.offset()
    assert topic is not None
    assert partition is not None
    assert offset is not None
    headers = cast("list[tuple[str, bytes]]", message.headers() or [])
    stamp = message.timestamp()[1]
    return RawRecord(topic, partition, offset, stamp, message.key(), message.value(), tuple(headers))
