"""The write-ahead intent: what a batch is, noted in Kafka with an offset commit before the batch is stored.

A commit with offset `first` and metadata `v1|last|salt` says two things at once: everything below `first` is durable,
and `first..last` is about to be stored as one batch under the token made from it. Whoever is given the partition next
stores exactly that range again under exactly that token, and ClickHouse keeps it once.

Where the broker keeps no metadata of commits, offset and metadata are a record of the topic `complaints.sink.intents`,
written in one transaction with the commit (intent_topic.py). It counts only while its offset is the committed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas.topics import SINK_INTENTS

Place = tuple[str, int]
"""Topic and partition."""

NOTHING_PENDING: Final = ""
"""Metadata of a commit that declares no batch."""

IN_TOPIC: Final = "topic"
"""Metadata of a commit whose intent is in the topic, for the eyes of a sink that does not look there."""

_RECORD: Final = re.compile(rb"(\d{1,19})\|(.+)")
_INTENT: Final = re.compile(r"v1\|(\d{1,19})\|([A-Za-z0-9-]{1,64})", re.ASCII)


class UnreadableIntentError(ValueError):
    """Commit metadata that this program did not write: the group is used by something else, or by a newer version."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Offsets `first..last`, both included, and the salt of the token.

    The salt keeps the tokens of a topic that was deleted and made anew, whose offsets start from 0 again, from those of
    the topic before it. It also holds the version of the mapping, so that a newer program stores a pending batch under
    the old token.
    """

    first: int
    last: int
    salt: str

    def metadata(self) -> str:
        """The commit metadata; `first` is the offset of the same commit."""
        return f"v1|{self.last}|{self.salt}"

    def token(self, topic: str, partition: int, table: str) -> str:
        """The `insert_deduplication_token` of the batch."""
        return f"{topic}:{partition}:{self.first}-{self.last}:{table}:{self.salt}"


def read_intent(offset: int, metadata: str | None) -> Intent | None:
    """The pending intent of a committed offset, or None. Raises UnreadableIntentError."""
    if not metadata:
        return None
    if metadata == IN_TOPIC:
        raise UnreadableIntentError(
            f"a batch is declared in {SINK_INTENTS}, which is not looked at: set COMPLAINTS_SINK_INTENT_STORE=topic"
        )
    match = _INTENT.fullmatch(metadata)
    if not match or int(match[1]) < offset:
        raise UnreadableIntentError("commit metadata is not an intent of this program")
    return Intent(offset, int(match[1]), match[2])


def record_key(group: str, place: Place) -> bytes:
    """The key of a partition's record in the topic."""
    topic, partition = place
    return f"{group}/{topic}-{partition}".encode()


def record_value(offset: int, metadata: str) -> bytes | None:
    """The record that says what a commit of `offset` with `metadata` would; None, a tombstone, when nothing pends."""
    return f"{offset}|{metadata}".encode() if metadata else None


def read_record(value: bytes | None, offset: int) -> str:
    """The metadata of a record, if it belongs to that committed offset; else NOTHING_PENDING: the record is of old."""
    match = _RECORD.fullmatch(value or b"")
    return match[2].decode(errors="replace") if match and int(match[1]) == offset else NOTHING_PENDING
