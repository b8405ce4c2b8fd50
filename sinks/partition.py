"""One topic-partition on its way into its table: what is buffered, what is declared, what is durable. Pure.

The invariant: an offset is committed only when every record below it is durable or a dead letter, and a batch is sent
to ClickHouse only while its intent (intents.py) is the last commit of the partition.

    collecting --cut--> CUT --declared--> DECLARED --stored--> collecting
                                             |  ^
                                             +--+ failed: the same batch again, under the same token

After a take-over with an intent pending, the batch cut first is exactly the intent's range, and is DECLARED at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.clickhouse.tables import Table
from sinks.intents import NOTHING_PENDING, Intent
from sinks.rows import ROW_BYTES, Row


@dataclass(frozen=True, slots=True)
class Limits:
    """When a batch is cut: so many rows, so many bytes (`Row.size`), or so old its first record, in seconds."""

    rows: int
    bytes: int
    seconds: float


class Phase(StrEnum):
    """What has become of a batch that was cut."""

    CUT = "cut"
    DECLARED = "declared"


@dataclass(slots=True)
class Batch:
    """Records of the offsets of `intent`, with so many bytes; `retry_at` is monotonic, 0 when nothing failed yet."""

    intent: Intent
    rows: Sequence[Row]
    bytes: int
    phase: Phase
    replayed: bool
    lettered: bool = False
    """Are the dead letters of its poison written. Those of a replayed batch were, before its intent was committed."""
    failures: int = 0
    retry_at: float = 0.0
    tokens_before: int = 0
    """So many INSERTs had gone into the table when the batch was declared, or taken over."""

    @property
    def good(self) -> list[Row]:
        """Rows for the table."""
        return [row for row in self.rows if row.payload is not None]

    @property
    def poison(self) -> list[Row]:
        """Records that do not fit the table."""
        return [row for row in self.rows if row.payload is None]


@dataclass(slots=True)
class Partition:
    """The state of one assigned topic-partition. Times are of a monotonic clock, in seconds.

    `share`: so many bytes may be held of it, those of its batch among them. `next` is the first offset not yet durable;
    `committed` is what the broker was last told, None if nothing ever.
    """

    topic: str
    number: int
    table: Table
    limits: Limits
    share: int
    next: int
    pending: Intent | None
    committed: tuple[int, str] | None
    batch: Batch | None = None
    buffer: list[Row] = field(default_factory=list)
    buffered_bytes: int = 0
    oldest_at: float = 0.0
    idle_since: float = 0.0

    def add(self, row: Row, now: float) -> None:
        """Take one record; those below `next` were read again and are durable already."""
        if row.offset < self.next:
            return
        if not self.buffer:
            self.oldest_at = now
        self.buffer.append(row)
        self.buffered_bytes += row.size

    def held_bytes(self) -> int:
        """What is held of it in memory: the records buffered and those of its batch."""
        rows, size = (len(self.batch.rows), self.batch.bytes) if self.batch is not None else (0, 0)
        return self.buffered_bytes + size + ROW_BYTES * (len(self.buffer) + rows)

    def full(self) -> bool:
        """Is so much held that reading on should wait; never before the last record of a pending range is here."""
        if self.pending is not None and self.batch is None:
            return False
        return len(self.buffer) >= 2 * self.limits.rows or self.held_bytes() >= self.share

    def due_at(self) -> float | None:
        """When a batch should be cut; None while there is nothing to cut, or a batch is on its way already."""
        if self.batch is not None or not self.buffer:
            return None
        if self.pending is not None:
            return self.oldest_at if self.buffer[-1].offset >= self.pending.last else None
        if len(self.buffer) >= self.limits.rows or self.buffered_bytes >= self.limits.bytes or self.full():
            return self.oldest_at
        return self.oldest_at + self.limits.seconds

    def cut(self, salt: str, now: float) -> Batch | None:
        """Make a batch of what is buffered, whatever its age; a pending intent's range first, and nothing but it."""
        if self.batch is not None or not self.buffer:
            return None
        if self.pending is not None:
            return self._cut_pending(self.pending, now)
        rows, size = self._take(self._count_within_limits(), now)
        self.batch = Batch(Intent(self.next, rows[-1].offset, salt), rows, size, Phase.CUT, replayed=False)
        return self.batch

    def _cut_pending(self, pending: Intent, now: float) -> Batch | None:
        if self.buffer[-1].offset < pending.last:
            return None
        rows, size = self._take(sum(1 for row in self.buffer if row.offset <= pending.last), now)
        self.batch = Batch(pending, rows, size, Phase.DECLARED, replayed=True)
        return self.batch

    def _count_within_limits(self) -> int:
        total = 0
        for count, row in enumerate(self.buffer):
            total += row.size
            if count and (count >= self.limits.rows or total > self.limits.bytes):
                return count
        return len(self.buffer)

    def _take(self, count: int, now: float) -> tuple[list[Row], int]:
        """The first rows of the buffer, and their bytes."""
        rows, self.buffer = self.buffer[:count], self.buffer[count:]
        before, self.buffered_bytes = self.buffered_bytes, sum(row.size for row in self.buffer)
        self.oldest_at = now
        return rows, before - self.buffered_bytes

    def declared(self, tokens: int = 0) -> None:
        """The batch's intent is committed; `tokens` INSERTs went into the table until now."""
        assert self.batch is not None  # noqa: S101 - a rule of the caller
        self.batch.phase = Phase.DECLARED
        self.batch.tokens_before = tokens
        self.committed = (self.batch.intent.first, self.batch.intent.metadata())

    def failed(self, retry_at: float) -> None:
        """The batch could not be stored; it will be tried again at `retry_at`."""
        assert self.batch is not None  # noqa: S101 - a rule of the caller
        self.batch.failures += 1
        self.batch.retry_at = retry_at

    def stored(self, now: float) -> None:
        """Every record of the batch is durable."""
        assert self.batch is not None  # noqa: S101 - a rule of the caller
        self.next = self.batch.intent.last + 1
        self.batch = self.pending = None
        self.idle_since = now

    def owed_commit(self) -> int | None:
        """The offset that the broker has not been told of yet, when nothing is under way; else None."""
        if self.batch is not None or self.pending is not None:
            return None
        return None if self.committed == (self.next, NOTHING_PENDING) else self.next

    def settled(self) -> bool:
        """Is everything durable and acknowledged that can be now; the rest of a pending range is still to be read."""
        return self.batch is None and self.owed_commit() is None and (self.pending is not None or not self.buffer)

    def told(self, offset: int) -> None:
        """The broker was told that everything below `offset` is durable and nothing is pending."""
        self.committed = (offset, NOTHING_PENDING)
