"""Dead letters: the original bytes and headers untouched, with headers that say where, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from schemas.record import Headers, OutRecord, RawRecord
from schemas.refusal import Refusal
from schemas.times import from_milliseconds
from schemas.topics import CATALOGUE_BY_NAME, DEADLETTERS
from schemas.vocabulary import DeadLetterStage, RefusalReason

PREFIX: Final = "dl."

MOST_BYTES: Final = CATALOGUE_BY_NAME[DEADLETTERS].max_message_bytes - (64 << 10)
"""Of key, value and headers, not compressed: so much the topic takes, with room for the headers of a letter."""

_FRAMING_BYTES: Final = 10
"""What a header takes beside its name and value, at most."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Where a refused record came from, which stage refused it and why; the `dl.…` headers as one value.

    `first_seen_at` is the broker's time of the refused record, `attempts` counts the times it was tried.
    """

    topic: str
    partition: int
    offset: int
    stage: DeadLetterStage
    reason: RefusalReason
    field: str
    first_seen_at: datetime
    attempts: int

    def headers(self) -> Headers:
        """The `dl.…` headers of the contract."""
        return (
            ("dl.topic", self.topic.encode()),
            ("dl.partition", b"%d" % self.partition),
            ("dl.offset", b"%d" % self.offset),
            ("dl.stage", self.stage.encode()),
            ("dl.reason", self.reason.encode()),
            ("dl.field", self.field.encode()),
            ("dl.first_seen", self.first_seen_at.isoformat().encode()),
            ("dl.attempts", b"%d" % self.attempts),
        )

    @classmethod
    def from_headers(cls, headers: Headers) -> Self:
        """The reverse of `headers`. Raises KeyError or ValueError when they are not those of a dead letter."""
        found = {name: value.decode() for name, value in headers if name.startswith(PREFIX) and value is not None}
        return cls(
            topic=found["dl.topic"],
            partition=int(found["dl.partition"]),
            offset=int(found["dl.offset"]),
            stage=DeadLetterStage(found["dl.stage"]),
            reason=RefusalReason(found["dl.reason"]),
            field=found["dl.field"],
            first_seen_at=datetime.fromisoformat(found["dl.first_seen"]),
            attempts=int(found["dl.attempts"]),
        )


def dead_letter(record: RawRecord, refusal: Refusal) -> OutRecord:
    """The dead letter of a refused record: same key, value and headers, plus `dl.…` headers.

    A record that was a dead letter before (a replay) keeps its first place and time, and its attempts go up by one.
    Topics bound what is compressed, so a record may be larger than any letter. Of such a one only the place is kept.
    """
    kept = tuple((name, value) for name, value in record.headers if not name.startswith(PREFIX))
    earlier = _earlier(record.headers)
    letter = DeadLetter(
        topic=earlier.topic if earlier else record.topic,
        partition=earlier.partition if earlier else record.partition,
        offset=earlier.offset if earlier else record.offset,
        stage=refusal.stage,
        reason=refusal.reason,
        field=refusal.field,
        first_seen_at=earlier.first_seen_at if earlier else from_milliseconds(record.timestamp_ms),
        attempts=earlier.attempts + 1 if earlier else 1,
    )
    if _bytes(record.key, record.value, kept) > MOST_BYTES:
        return OutRecord(DEADLETTERS, None, b"", letter.headers())
    return OutRecord(DEADLETTERS, record.key, record.value or b"", kept + letter.headers())


def _bytes(key: bytes | None, value: bytes | None, headers: Headers) -> int:
    named = sum(len(name.encode()) + len(content) + _FRAMING_BYTES for name, content in headers)
    return len(key or b"") + len(value or b"") + named


def _earlier(headers: Headers) -> DeadLetter | None:
    try:
        return DeadLetter.from_headers(headers)
    except (KeyError, ValueError):
        return None
