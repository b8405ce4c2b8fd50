"""Intents in the compacted topic `complaints.sink.intents`, for brokers that keep no metadata of commits.

One transaction commits the offsets and writes the intents, so that both happen or neither. The group's coordinator
takes part: it refuses the offsets of a member or generation that is not the current one, and with them the intents.
And it tells nobody the offset of a partition while a transaction on it is undecided. docs/delivery.md has the whole
argument.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition

from runtime.kafka import answered, client_config, make_producer
from schemas.topics import SINK_INTENTS
from sinks.intents import IN_TOPIC, NOTHING_PENDING, Place, read_record, record_key, record_value
from sinks.kafka_errors import CommitFailedError, FatalKafkaError, commit_error

CALL_SECONDS: Final = 10.0
ABORT_SECONDS: Final = 3.0
TRANSACTION_SECONDS: Final = 10
"""The broker aborts what a sink that hangs left undecided, after at most so long and its own round of 10 s."""

READ_SECONDS: Final = 40.0
"""For reading the topic to its end: twice as long as a transaction can stay undecided."""

_PLACE: Final = TopicPartition(SINK_INTENTS, 0)


class TopicIntents:
    """The intents of one sink: a transactional producer of its own, and the whole topic read at each assignment."""

    def __init__(self, bootstrap_servers: str, group: str, instance_id: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._group = group
        self._transactional_id = f"{group}-{instance_id}"
        self._producer: Producer | None = None

    def connect(self) -> Producer:
        """Begin a new epoch, which ends what our predecessor, or we before an error, left undecided.

        Raises KafkaException.
        """
        producer = make_producer(
            self._bootstrap_servers,
            client_id="complaints-sink-intents",
            transactional_id=self._transactional_id,
            transaction_timeout_ms=TRANSACTION_SECONDS * 1000,
            linger_ms=0,
        )
        producer.init_transactions(CALL_SECONDS)
        self._producer = producer
        return producer

    def commit(self, consumer: Consumer, places: Mapping[Place, tuple[int, str]]) -> None:
        """As IntentStore. The offsets go first, so that a zombie writes nothing."""
        offsets = [
            TopicPartition(*place, offset, IN_TOPIC if metadata else NOTHING_PENDING)
            for place, (offset, metadata) in places.items()
        ]
        try:
            producer = self._producer or self.connect()
            producer.begin_transaction()
            producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata(), CALL_SECONDS)
            for place, (offset, metadata) in places.items():
                key = record_key(self._group, place)
                producer.produce(SINK_INTENTS, key=key, value=record_value(offset, metadata), partition=0)
            producer.commit_transaction(CALL_SECONDS)
        except KafkaException as error:
            problem = error.args[0]
            self._end_transaction(problem)
            if problem.fatal():  # of the producer alone: whether we are a zombie the consumer's group will say
                raise CommitFailedError(problem.name()) from error
            raise commit_error(problem) from error

    def metadata_of(self, committed: Sequence[TopicPartition]) -> Mapping[Place, str]:
        """As IntentStore. What a sink with the other store wrote into the commit itself counts as well."""
        try:
            records = latest_records(self._bootstrap_servers)
        except KafkaException as error:
            raise FatalKafkaError(f"{SINK_INTENTS} cannot be read: {error.args[0].name()}") from error
        found: dict[Place, str] = {}
        for each in committed:
            place, metadata = (each.topic, each.partition), each.metadata or ""
            if metadata in (NOTHING_PENDING, IN_TOPIC):
                intent = read_record(records.get(record_key(self._group, place)), each.offset)
                if metadata == IN_TOPIC and not intent:
                    raise FatalKafkaError(
                        f"{each.topic}/{each.partition}: the batch declared at offset {each.offset} is gone from "
                        f"{SINK_INTENTS}: was the topic deleted?"
                    )
                metadata = intent
            found[place] = metadata
        return found

    def _end_transaction(self, problem: KafkaError) -> None:
        """Abort it, or leave that to the next producer's beginning."""
        producer, self._producer = self._producer, None
        if producer is not None and problem.txn_requires_abort():
            with contextlib.suppress(KafkaException):
                producer.abort_transaction(ABORT_SECONDS)
                self._producer = producer


def latest_records(bootstrap_servers: str) -> Mapping[bytes, bytes]:
    """The latest record of each key of the topic, once all that was in it at the call is decided.

    The end is asked for without regard to transactions, then everything up to it is read with regard to them: so what
    was decided before the call is seen, even when the topic's own partition has not heard of it yet.

    Raises KafkaException, also when a transaction stays undecided too long.
    """
    until = time.monotonic() + READ_SECONDS
    end = _end(bootstrap_servers, until)
    reader = _reader(bootstrap_servers, "read_committed")
    records: dict[bytes, bytes] = {}
    reached = 0
    try:
        reader.assign([TopicPartition(SINK_INTENTS, 0, OFFSET_BEGINNING)])
        while reached < end:
            if time.monotonic() > until:
                raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
            for message in reader.consume(5_000, 0.1):
                error, offset = message.error(), message.offset() or 0
                if error is None:
                    reached = max(reached, offset + 1)
                    _keep(records, message.key() or b"", message.value())
                elif error.code() == KafkaError._PARTITION_EOF:
                    reached = max(reached, offset)
    finally:
        reader.close()
    return records


def _keep(records: dict[bytes, bytes], key: bytes, value: bytes | None) -> None:
    if value is None:
        records.pop(key, None)
    else:
        records[key] = value


def _end(bootstrap_servers: str, until: float) -> int:
    """The offset after the topic's last record, decided or not; a topic just made has no leader for a moment."""
    reader = _reader(bootstrap_servers, "read_uncommitted")
    try:
        _, end = answered(
            lambda: reader.get_watermark_offsets(_PLACE, timeout=CALL_SECONDS, cached=False),
            until,
        )
        return int(end)
    finally:
        reader.close()


def _reader(bootstrap_servers: str, isolation: str) -> Consumer:
    config: dict[str, Any] = {
        **client_config(bootstrap_servers),
        "client.id": "complaints-sink-intents",
        "group.id": "complaints-sink-intents",
        "enable.auto.commit": False,
        "enable.partition.eof": True,
        "isolation.level": isolation,
    }
    return Consumer(config)
