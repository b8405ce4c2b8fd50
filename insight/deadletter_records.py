"""The records behind dead letters, read from their topic by place: bytes and headers as they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from insight.balance import Place
from insight.deadletters import Letter
from runtime.kafka import KafkaUnavailableError, headers_of, reader_config
from schemas.dead_letter import DeadLetter
from schemas.record import RawRecord
from schemas.topics import DEADLETTERS

CLIENT_ID: Final = "complaints-deadletters"
_ANSWER_SECONDS: Final = 10.0
_READ_SECONDS: Final = 30.0
_STRIDE: Final = 500
"""Up to so many records between two wanted ones are read over; a wider gap is jumped."""


def read_records(bootstrap_servers: str, letters: Sequence[Letter]) -> Iterator[tuple[Letter, RawRecord | None]]:
    """Each letter with its record, in the order of the topic; None where the bytes are there no more.

    The record is as it stands in the topic of dead letters, `dl.…` headers included. Joins no group. Raises
    KafkaUnavailableError.
    """
    wanted: dict[int, dict[int, Letter]] = defaultdict(dict)
    for letter in letters:
        wanted[letter.kept_at.partition][letter.kept_at.offset] = letter
    consumer = Consumer(reader_config(bootstrap_servers, client_id=CLIENT_ID))
    try:
        # All before the first record is read: a fetch that waits would hold each of these questions up.
        extents = {
            partition: consumer.get_watermark_offsets(TopicPartition(DEADLETTERS, partition), timeout=_ANSWER_SECONDS)
            for partition in wanted
        }
        for partition, by_offset in sorted(wanted.items()):
            yield from _read_partition(consumer, partition, extents[partition], by_offset)
    except KafkaException as error:
        raise KafkaUnavailableError(
            f"the dead letters could not be read: {error.args[0].str()}. Does Kafka run? complaints status"
        ) from error
    finally:
        consumer.close()


def _read_partition(
    consumer: Consumer, partition: int, extent: tuple[int, int], by_offset: dict[int, Letter]
) -> Iterator[tuple[Letter, RawRecord | None]]:
    low, high = extent
    position = -1
    message: Message | None = None
    for offset, letter in sorted(by_offset.items()):
        if not low <= offset < high:
            yield letter, None
            continue
        if message is None or not 0 <= offset - position <= _STRIDE:
            consumer.assign([TopicPartition(DEADLETTERS, partition, offset)])
            message = None
        while message is None or position < offset:
            message = _poll(consumer)
            position = message.offset() or 0
        yield letter, _record_of(letter, message) if position == offset else None


def _poll(consumer: Consumer) -> Message:
    message = consumer.poll(_READ_SECONDS)
    if message is None:
        raise KafkaUnavailableError("Kafka did not hand over a dead letter in time. Does it run? complaints status")
    if (error := message.error()) is not None:
        raise KafkaException(error)
    return message


def _record_of(letter: Letter, message: Message) -> RawRecord | None:
    """The message as a plain record when it is this letter's, and not another's under the same offset.

    A letter with unreadable headers has the place where it is kept.
    """
    headers = headers_of(message) or ()
    if letter.at != letter.kept_at:
        try:
            told = DeadLetter.from_headers(headers)
        except (KeyError, ValueError):
            return None
        if Place(told.topic, told.partition, told.offset) != letter.at:
            return None
    return RawRecord(
        DEADLETTERS,
        message.partition() or 0,
        message.offset() or 0,
        message.timestamp()[1],
        message.key(),
        message.value(),
        headers,
    )
