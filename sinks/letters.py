"""Dead letters of the sink: written and confirmed before the offset of the record is passed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from confluent_kafka import Message, Producer

from runtime.kafka import headers_of, make_producer
from runtime.metrics import DEADLETTERS
from schemas.dead_letter import dead_letter
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.vocabulary import DeadLetterStage, RefusalReason

CONFIRM_SECONDS: Final = 15.0


class LetterNotWrittenError(Exception):
    """A dead letter could not be confirmed, so its partition must not go on."""


class DeadLetterWriter:
    """Writes records that cannot be stored to the dead letters. Connects at the first one."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._producer: Producer | None = None

    def write(self, records: Iterable[Message], reason: RefusalReason) -> None:
        """Returns when the broker has confirmed every one. Raises LetterNotWrittenError."""
        if self._producer is None:
            self._producer = make_producer(self._bootstrap_servers, client_id="complaints-sink")
        failed: list[str] = []
        refusal = Refusal(reason, stage=DeadLetterStage.SINK)
        count = 0
        for record in records:
            letter = dead_letter(raw_record(record), refusal)
            self._producer.produce(
                letter.topic,
                key=letter.key,
                value=letter.value,
                headers=list(letter.headers),
                on_delivery=lambda error, _message: failed.append(error.name()) if error else None,
            )
            count += 1
        unconfirmed = self._producer.flush(CONFIRM_SECONDS)
        if unconfirmed or failed:
            raise LetterNotWrittenError(f"{unconfirmed or len(failed)} dead letters are not confirmed")
        DEADLETTERS.labels(refusal.stage, reason).inc(count)


def raw_record(record: Message) -> RawRecord:
    """The record as a plain value; without headers when they cannot be read."""
    return RawRecord(
        topic=record.topic() or "",
        partition=record.partition() or 0,
        offset=record.offset() or 0,
        timestamp_ms=record.timestamp()[1],
        key=record.key(),
        value=record.value(),
        headers=headers_of(record) or (),
    )
