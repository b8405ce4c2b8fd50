"""The rules of one partition, under arbitrary arrivals, batch ends and deaths."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from schemas.clickhouse.tables import COMPLAINTS
from schemas.topics import ENRICHED
from sinks.intents import read_intent
from sinks.partition import Limits, Partition, Phase
from sinks.rows import ROW_BYTES, Row


def row(offset: int, size: int = 10) -> Row:
    return Row(offset, 0, b"x" * size, "call", 0.0, None)


def partition(limits: Limits, committed: tuple[int, str] | None = None, share: int = 1_000_000) -> Partition:
    offset, metadata = committed or (0, "")
    pending = read_intent(offset, metadata)
    return Partition(ENRICHED, 0, COMPLAINTS, limits, share, next=offset, pending=pending, committed=committed)


DEATHS = st.sampled_from(["before commit", "after commit", "after insert", None])


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(1, 9), DEATHS), max_size=40),
    st.integers(1, 7),
    st.integers(10, 95),
)
def test_every_record_is_stored_once_whatever_dies_when(
    gaps: list[int], steps: list[tuple[int, str | None]], most_rows: int, most_bytes: int
) -> None:
    offsets = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    limits = Limits(most_rows, most_bytes, 0.5)
    broker: tuple[int, str] | None = None
    store: dict[str, list[int]] = {}
    state = partition(limits)
    read_to = 0

    def restart() -> None:
        nonlocal state, read_to
        state = partition(limits, broker)
        read_to = next(
            (at for at, offset in enumerate(offsets) if offset >= (broker[0] if broker else 0)), len(offsets)
        )

    for size, death in [*steps, *[(len(offsets), None)] * (2 * len(offsets))]:
        for offset in offsets[read_to : read_to + size]:
            state.add(row(offset), 0.0)
        read_to = min(read_to + size, len(offsets))
        batch = state.cut("salt", 1.0)
        if batch is None:
            continue
        if batch.phase is Phase.CUT:
            if death == "before commit":
                restart()
                continue
            broker = (batch.intent.first, batch.intent.metadata())
            state.declared()
            if death == "after commit":
                restart()
                continue
        held = [each.offset for each in batch.rows]
        token = batch.intent.token(ENRICHED, 0, "complaints")
        assert store.setdefault(token, held) == held, "one token, two contents"
        if death == "after insert":
            restart()
            continue
        state.stored(2.0)
        assert broker is not None
        assert broker[0] <= state.next

    assert Counter(offset for held in store.values() for offset in held) == Counter(offsets)
    assert state.owed_commit() == offsets[-1] + 1


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(1, 8), st.integers(20, 120))
def test_batches_keep_to_their_limits(sizes: list[int], most_rows: int, most_bytes: int) -> None:
    state = partition(Limits(most_rows, most_bytes, 0.5))
    for offset, size in enumerate(sizes):
        state.add(row(offset, size), 0.0)
    while (batch := state.cut("salt", 0.0)) is not None:
        assert len(batch.rows) <= most_rows
        assert len(batch.rows) == 1 or sum(len(each.payload or b"") for each in batch.rows) <= most_bytes
        state.declared()
        state.stored(0.0)
    assert state.next == len(sizes)


def test_poison_counts_with_all_the_bytes_that_it_holds() -> None:
    state = partition(Limits(100, 1000, 0.5), share=4 * (600 + ROW_BYTES))
    for offset in range(4):
        assert not state.full()
        state.add(row(offset)._replace(payload=None, record=b"x" * 600), 0.0)
    assert state.full()
    batch = state.cut("salt", 0.0)
    assert batch is not None
    assert len(batch.rows) == 1


def test_a_batch_that_waits_takes_its_part_of_the_share() -> None:
    state = partition(Limits(100, 250, 3600), share=4 * (100 + ROW_BYTES))
    for offset in range(3):
        state.add(row(offset, size=100), 0.0)
    batch = state.cut("salt", 0.0)
    assert batch is not None
    assert len(batch.rows) == 2
    assert not state.full()
    state.add(row(3, size=100), 0.0)
    assert state.held_bytes() == 4 * (100 + ROW_BYTES)
    assert state.full()
    state.declared()
    state.stored(0.0)
    assert state.held_bytes() == 2 * (100 + ROW_BYTES)
    assert not state.full()


def test_a_full_share_is_cut_at_once_whatever_the_limits_of_a_batch() -> None:
    state = partition(Limits(100, 1000, 3600), share=300)
    state.add(row(0), now=10.0)
    assert state.full()
    assert state.due_at() == 10.0


def test_a_lonely_record_waits_for_its_age_and_no_longer() -> None:
    state = partition(Limits(100, 1000, 0.5))
    assert state.due_at() is None
    state.add(row(0), now=10.0)
    state.add(row(1), now=10.4)
    assert state.due_at() == 10.5


def test_a_pending_range_waits_for_its_last_record_and_takes_no_other() -> None:
    state = partition(Limits(2, 1000, 0.5), (5, "v1|8|salt"))
    for offset in (5, 6, 7):
        state.add(row(offset), 0.0)
    assert state.due_at() is None
    assert state.cut("other", 9.0) is None
    for offset in (8, 9):
        state.add(row(offset), 0.0)
    batch = state.cut("other", 9.0)
    assert batch is not None
    assert batch.replayed
    assert [each.offset for each in batch.rows] == [5, 6, 7, 8]
    assert batch.intent.salt == "salt"


def test_a_pending_range_greater_than_the_limits_is_read_to_its_end() -> None:
    state = partition(Limits(2, 1000, 0.5), (5, "v1|50|salt"))
    for offset in range(5, 50):
        state.add(row(offset), 0.0)
        assert not state.full()
    state.add(row(50), 0.0)
    batch = state.cut("other", 9.0)
    assert batch is not None
    assert len(batch.rows) == 46


def test_a_pending_range_that_expired_is_passed() -> None:
    state = partition(Limits(2, 1000, 0.5), (5, "v1|8|salt"))
    state.add(row(20), 0.0)
    batch = state.cut("other", 9.0)
    assert batch is not None
    assert batch.rows == []
    state.stored(9.0)
    assert state.next == 9
