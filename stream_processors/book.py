"""What was handed out to be processed, and so what may be committed. Pure; used from one thread.

The invariant that keeps records from being lost: a partition's commit never passes a batch that is not processed, since
only the order of delivery decides, never the offsets themselves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from typing import Generic, Protocol, TypeVar


class Positioned(Protocol):
    """A record that knows its offset."""

    @property
    def offset(self) -> int: ...


RecordT = TypeVar("RecordT", bound=Positioned)
PartitionT = TypeVar("PartitionT", bound=Hashable)


class Batch(Generic[RecordT]):
    """Consecutive records of one partition, at least one, in offset order.

    Whoever processes it sets `processed` once the outcome of every record is durable, and not before.
    """

    __slots__ = ("processed", "records")

    def __init__(self, records: Sequence[RecordT]) -> None:
        self.records = records
        self.processed = False


class DeliveryBook(Generic[PartitionT, RecordT]):
    """Per partition, the batches handed out and not yet given to be committed, in the order of delivery."""

    def __init__(self) -> None:
        self._delivered: dict[PartitionT, deque[Batch[RecordT]]] = {}

    def deliver(self, partition: PartitionT, batch: Batch[RecordT]) -> None:
        """Note that a batch was handed out."""
        self._delivered.setdefault(partition, deque()).append(batch)

    def partitions(self) -> list[PartitionT]:
        """The partitions that have something handed out. May be asked from any thread."""
        return [partition for partition, batches in list(self._delivered.items()) if batches]

    def committable(self, partition: PartitionT) -> int | None:
        """The offset to commit: the one behind all batches before the first that is not processed. Forgets those.

        None when the oldest batch is not processed yet, or none is there.
        """
        batches = self._delivered.get(partition, deque())
        offset = None
        while batches and batches[0].processed:
            offset = batches.popleft().records[-1].offset + 1
        return offset

    def clear(self) -> None:
        """Forget everything: what was handed out is read again, and marking it processed no longer commits anything."""
        self._delivered.clear()
