"""Raw records of a time range once more through the same function as in the processor.

A record keeps its coordinates, its time of receipt and its identity, so what it becomes is a newer version of the same
row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from runtime.kafka import KafkaUnavailableError, existing_topics, headers_of, reader_config
from schemas.record import OutRecord, RawRecord
from schemas.topics import DEADLETTERS, DESK_PREFIX
from schemas.vocabulary import RefusalReason
from stream_processors.handled import Handle
from stream_processors.handling import handle_any
from stream_processors.output import ConfirmedOutput

CLIENT_ID: Final = "complaints-replay"
_BATCH: Final = 1000
_CALL_SECONDS: Final = 10.0
_READ_SECONDS: Final = 30.0
"""A broker that gives nothing for so long, though records are there, is away."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From `from_ms` to before `to_ms`, in milliseconds since 1970: the timestamps that records must have."""

    from_ms: int
    to_ms: int

    def holds(self, timestamp_ms: int) -> bool:
        """Does the time lie in the range."""
        return self.from_ms <= timestamp_ms < self.to_ms


@dataclass(slots=True)
class ReplayReport:
    """What was done: records looked at, of so many to look at; of these in the range; refused by reason; written."""

    to_read: int = 0
    read: int = 0
    in_range: int = 0
    written: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False


def replay(
    handle: Handle,
    output: ConfirmedOutput,
    *,
    bootstrap_servers: str,
    topics: Sequence[str],
    times: TimeRange,
    desks: bool,
    deadletters: bool,
    stop: Callable[[], bool],
    progress: Callable[[ReplayReport], None],
) -> ReplayReport:
    """Handle the records of `topics` whose timestamp lies in `times`, and write what they become, confirmed.

    Each partition is read from the first record with such a timestamp to the end it had at the start. The copies for
    help desks are written only with `desks`, dead letters only with `deadletters`. Between two batches `stop` is
    asked. Joins no group and commits nothing. Raises DeliveryError, and KafkaUnavailableError when the topics cannot
    be read; all that was written up to then is confirmed or will be the same when it is written again.
    """
    report = ReplayReport()
    consumer = Consumer(reader_config(bootstrap_servers, client_id=CLIENT_ID))
    try:
        spans = _spans(consumer, bootstrap_servers, topics, times)
        report.to_read = sum(end - start for _, start, end in spans)
        progress(report)
        for place, start, end in spans:
            for batch in _batches(consumer, place, start, end):
                _write(batch, handle, output, times, report, desks=desks, deadletters=deadletters)
                progress(report)
                if stop():
                    report.interrupted = report.read < report.to_read
                    return report
    except KafkaException as error:
        raise KafkaUnavailableError(f"the raw topics cannot be read: {error.args[0].name()}") from error
    finally:
        consumer.close()
    return report


Span = tuple[tuple[str, int], int, int]
"""Topic and partition, first offset to read, offset to end before."""


def _spans(consumer: Consumer, bootstrap_servers: str, topics: Sequence[str], times: TimeRange) -> list[Span]:
    """What must be read: every record of the range lies at or behind the first offset whose time is in or past it."""
    there = existing_topics(bootstrap_servers)
    missing = [topic for topic in topics if topic not in there]
    if missing:
        raise KafkaUnavailableError(f"topics not there or not permitted: {', '.join(missing)}")
    asked = [TopicPartition(topic, number, times.from_ms) for topic in topics for number in range(there[topic])]
    found: list[Span] = []
    for partition in consumer.offsets_for_times(asked, timeout=_CALL_SECONDS):
        if partition.error is not None:
            raise KafkaException(partition.error)
        _, end = consumer.get_watermark_offsets(
            TopicPartition(partition.topic, partition.partition), timeout=_CALL_SECONDS
        )
        if 0 <= partition.offset < end:
            found.append(((partition.topic, partition.partition), partition.offset, end))
    return found


def _batches(consumer: Consumer, place: tuple[str, int], start: int, end: int) -> Iterator[list[Message]]:
    """The records of one partition from `start` to before `end`; offsets that are gone are passed over."""
    consumer.assign([TopicPartition(*place, start)])
    position = start
    while position < end:
        messages = consumer.consume(min(_BATCH, end - position), timeout=_READ_SECONDS)
        if not messages:
            raise KafkaUnavailableError(f"{place[0]}/{place[1]} gives no records. Does Kafka run? complaints status")
        for message in messages:
            error = message.error()
            if error is not None:
                raise KafkaException(error)
        position = (messages[-1].offset() or 0) + 1
        yield [message for message in messages if (message.offset() or 0) < end]


def _write(
    batch: list[Message],
    handle: Handle,
    output: ConfirmedOutput,
    times: TimeRange,
    report: ReplayReport,
    *,
    desks: bool,
    deadletters: bool,
) -> None:
    at = datetime.now(UTC)
    written = 0
    for message in batch:
        if not times.holds(message.timestamp()[1]):
            continue
        report.in_range += 1
        record = _raw_record(message)
        if record is None:
            report.refused[RefusalReason.NOT_UTF8] += 1
            continue
        handled = handle_any(handle, record, at)
        if handled.refusal is not None:
            report.refused[handled.refusal.reason] += 1
        records = [record for record in handled.records if _wanted(record, desks=desks, deadletters=deadletters)]
        output.write(records)
        written += len(records)
    output.confirm()
    report.written += written
    report.read += len(batch)


def _wanted(record: OutRecord, *, desks: bool, deadletters: bool) -> bool:
    if record.topic == DEADLETTERS:
        return deadletters
    return desks or not record.topic.startswith(DESK_PREFIX)


def _raw_record(message: Message) -> RawRecord | None:
    """None when its headers cannot be read."""
    headers = headers_of(message)
    if headers is None:
        return None
    return RawRecord(
        message.topic() or "",
        message.partition() or 0,
        message.offset() or 0,
        message.timestamp()[1],
        message.key(),
        message.value(),
        headers,
    )
