"""Dead letters back to the topics they came from: confirmed by the broker first, noted second.

A letter that was sent and not noted stays open. To send it once more does no harm: its event has the same identity.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from confluent_kafka import KafkaError, KafkaException, Message, Producer

from insight.balance import Place
from insight.deadletters import Letter, Outcome, State
from runtime.kafka import make_producer
from schemas.clickhouse.tables import TABLE_BY_TOPIC
from schemas.dead_letter import DeadLetter
from schemas.envelope import decode
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import DEADLETTERS, OUTAGES, RAW_TOPICS
from schemas.vocabulary import DeadLetterStage, RefusalReason

DELIVERY_SECONDS: Final = 30.0
_CONFIRM_SECONDS: Final = DELIVERY_SECONDS + 5.0
_BATCH: Final = 500
_BATCH_BYTES: Final = 32 << 20
"""So many letters, or bytes of them, are confirmed and noted together."""

GONE: Final = "their bytes have expired from the topic of dead letters"
NOT_KEPT: Final = "they were too large for a letter; what they hold stands in the topic they came from alone"
NOWHERE: Final = "they came from no topic that their stage reads"
UNCONFIRMED: Final = "Kafka did not confirm them in time"
_ROW_TOPICS: Final = TABLE_BY_TOPIC.keys() - {DEADLETTERS}
_AWAY: Final = (KafkaError._MSG_TIMED_OUT, KafkaError._ALL_BROKERS_DOWN, KafkaError._TRANSPORT)


@dataclass(slots=True)
class ReplayReport:
    """`accepted` by the reason of the refusal, `refused` by why they were not sent, `ended` early: Kafka is away."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    ended: bool = False

    @property
    def handled(self) -> int:
        """Letters done with, either way."""
        return self.accepted.total() + self.refused.total()


def replay_letters(
    records: Iterable[tuple[Letter, RawRecord | None]],
    *,
    bootstrap_servers: str,
    client_id: str,
    note: Callable[[Sequence[Outcome]], None],
    dry_run: bool,
    stop: Callable[[], bool],
    progress: Callable[[ReplayReport], None],
) -> ReplayReport:
    """Send each record with its key, bytes and headers to where it came from, under the time it was first seen.

    `note` is called with what the broker has confirmed; what it raises ends the replay. `stop` is asked after each
    letter; what was sent until then is confirmed and noted.
    """
    report = ReplayReport()
    sender = None if dry_run else _Sender(make_producer(bootstrap_servers, client_id=client_id, **_TIMES))
    for letter, record in records:
        if (reason := _refused(letter, record)) is not None or record is None:
            report.refused[reason or GONE] += 1
        elif sender is None:
            report.accepted[letter.reason] += 1
        else:
            sender.send(letter, record)
            if sender.full():
                sender.confirm(report, note)
        progress(report)
        if report.ended or stop():
            report.interrupted = not report.ended
            break
    if sender is not None:
        sender.confirm(report, note)
        progress(report)
    return report


_TIMES: Final = {"delivery_timeout_ms": int(DELIVERY_SECONDS * 1000)}


def _refused(letter: Letter, record: RawRecord | None) -> str | None:
    """Why a letter is not sent; None when it may be.

    What the processor refused goes back to a raw topic, so that it is checked as any other; only a row that the sink
    refused goes to a topic of rows. The headers of a letter are anybody's word, so they must not get past that.
    """
    if letter.at.topic not in (_ROW_TOPICS if letter.stage == DeadLetterStage.SINK else RAW_TOPICS):
        return NOWHERE
    if record is None:
        return GONE
    return NOT_KEPT if letter.reason == RefusalReason.TOO_LARGE and not record.value else None


class _Sender:
    """Sends letters and keeps book of what the broker says of each."""

    def __init__(self, producer: Producer) -> None:
        self._producer = producer
        self._waiting: dict[Place, tuple[Letter, RawRecord]] = {}
        self._bytes = 0
        self._told: list[tuple[Letter, KafkaError | None, Place]] = []

    def send(self, letter: Letter, record: RawRecord) -> None:
        """Hand one to the producer."""
        told = DeadLetter.from_headers(record.headers)
        self._waiting[letter.at] = (letter, record)
        self._bytes += len(record.value or b"")
        try:
            self._produce(letter, record, round(told.first_seen_at.timestamp() * 1000))
        except KafkaException as error:
            self._told.append((letter, error.args[0], letter.at))

    def full(self) -> bool:
        """Is it time to confirm."""
        return len(self._waiting) >= _BATCH or self._bytes >= _BATCH_BYTES

    def confirm(self, report: ReplayReport, note: Callable[[Sequence[Outcome]], None]) -> None:
        """Wait for the broker's word on everything sent, note what it took, and count."""
        self._producer.flush(_CONFIRM_SECONDS)
        outcomes = []
        for letter, error, replayed in self._told:
            if letter.at not in self._waiting:
                continue
            _, record = self._waiting.pop(letter.at)
            if error is None:
                report.accepted[letter.reason] += 1
                outcomes.append(_outcome(letter, record, replayed))
            else:
                report.refused[UNCONFIRMED if error.code() in _AWAY else f"Kafka refused them: {error.name()}"] += 1
                report.ended = report.ended or error.code() in _AWAY
        if self._waiting:
            report.refused[UNCONFIRMED] += len(self._waiting)
            report.ended = True
        self._waiting, self._bytes, self._told = {}, 0, []
        note(outcomes)

    def _produce(self, letter: Letter, record: RawRecord, timestamp_ms: int) -> None:
        def told(error: KafkaError | None, message: Message) -> None:
            place = Place(letter.at.topic, message.partition() or 0, message.offset() or 0)
            self._told.append((letter, error, place))

        deadline = time.monotonic() + _CONFIRM_SECONDS
        while True:
            try:
                self._producer.produce(
                    letter.at.topic,
                    value=record.value,
                    key=record.key,
                    headers=list(record.headers),
                    timestamp=timestamp_ms,
                    on_delivery=told,
                )
            except BufferError:
                if time.monotonic() > deadline:
                    raise KafkaException(KafkaError(KafkaError._MSG_TIMED_OUT)) from None
                self._producer.poll(0.1)
            else:
                return


def _outcome(letter: Letter, record: RawRecord, replayed: Place) -> Outcome:
    if letter.at.topic in RAW_TOPICS:
        source, source_id = event_identity(letter, record)
        return Outcome(letter, State.REPLAYED, "", source, source_id, replayed, replayed)
    row = _row(record)
    source, source_id = (value if isinstance(value := row.get(name), str) else "" for name in ("source", "source_id"))
    landing = replayed if letter.at.topic == OUTAGES else _raw_place(row)
    return Outcome(letter, State.REPLAYED, "", source, source_id, replayed, landing)


def event_identity(letter: Letter, record: RawRecord) -> tuple[str, str]:
    """The event's source and id when its envelope is whole, else two empty texts."""
    try:
        envelope = decode(record._replace(topic=letter.at.topic))
    except Refusal:
        return "", ""
    return envelope.source, envelope.id


def _row(record: RawRecord) -> dict[str, Any]:
    try:
        found = orjson.loads(record.value or b"")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _raw_place(row: dict[str, Any]) -> Place | None:
    topic, partition, offset = (row.get(f"kafka_{name}") for name in ("topic", "partition", "offset"))
    if topic in RAW_TOPICS and isinstance(partition, int) and isinstance(offset, int):
        return Place(str(topic), partition, offset) if 0 <= partition < 1 << 31 and 0 <= offset < 1 << 63 else None
    return None
