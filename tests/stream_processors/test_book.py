"""A model of a crash at any moment: whatever is committed, everything before it was processed."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from stream_processors.book import Batch, DeliveryBook


@dataclass
class Record:
    offset: int


class Partition:
    """One partition as the broker and the worker see it; batches have gaps, as after a transaction's markers."""

    def __init__(self) -> None:
        self.book: DeliveryBook[str, Record] = DeliveryBook()
        self.position = self.committed = 0
        self.in_hand: list[Batch[Record]] = []
        self.processed: set[int] = set()
        self.existing: set[int] = set()

    def deliver(self, size: int, gap: int) -> None:
        """The next records: those that are in the log already, else new ones behind a gap."""
        known = sorted(offset for offset in self.existing if offset >= self.position)[:size]
        new = range(self.position + gap, self.position + gap + size)
        records = [Record(offset) for offset in known or new]
        self.existing.update(record.offset for record in records)
        self.position = records[-1].offset + 1
        batch = Batch(records)
        self.book.deliver("p", batch)
        self.in_hand.append(batch)

    def process(self, index: int) -> None:
        if self.in_hand:
            batch = self.in_hand.pop(index % len(self.in_hand))
            self.processed.update(record.offset for record in batch.records)
            batch.processed = True

    def commit(self) -> None:
        offset = self.book.committable("p")
        if offset is not None:
            assert offset > self.committed
            self.committed = offset

    def rebalance(self) -> None:
        """Back to the committed offset; what is in hand may still be finished afterwards, and counts for nothing."""
        self.book.clear()
        self.position = self.committed


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.integers(1, 5), st.integers(0, 3)),
        st.tuples(st.just("process"), st.integers(0, 9)),
        st.tuples(st.just("commit")),
        st.tuples(st.just("rebalance")),
    ),
    max_size=60,
)


@given(STEPS)
def test_a_commit_never_passes_an_unprocessed_record(steps: list[tuple[str, *tuple[int, ...]]]) -> None:
    partition = Partition()
    for name, *arguments in steps:
        getattr(partition, name)(*arguments)
        unprocessed = {offset for offset in partition.existing if offset < partition.committed} - partition.processed
        assert not unprocessed


@given(st.lists(st.integers(1, 5), min_size=1, max_size=10))
def test_everything_processed_can_be_committed_at_once(sizes: list[int]) -> None:
    partition = Partition()
    for size in sizes:
        partition.deliver(size, 0)
    while partition.in_hand:
        partition.process(0)
    assert partition.book.partitions() == ["p"]
    assert partition.book.committable("p") == sum(sizes)
    assert partition.book.partitions() == []
    assert partition.book.committable("p") is None
