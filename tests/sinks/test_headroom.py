"""The margin of the deduplication window."""

from hypothesis import given
from hypothesis import strategies as st

from sinks.headroom import TokenCount, headroom_ratio


@given(st.integers(0, 50_000), st.lists(st.integers(0, 50_000)))
def test_the_oldest_pending_batch_decides(now: int, marks: list[int]) -> None:
    marks = [min(mark, now) for mark in marks]
    ratio = headroom_ratio(now, marks, 10_000)
    assert 0 <= ratio <= 1
    assert ratio == min((headroom_ratio(now, [mark], 10_000) for mark in marks), default=1.0)


def test_each_insert_of_the_table_uses_a_token() -> None:
    tokens = TokenCount()
    mark = tokens.of("complaints")
    for _ in range(2_500):
        tokens.add("complaints")
    tokens.add("outages")
    assert headroom_ratio(tokens.of("complaints"), [mark], 10_000) == 0.75
    assert headroom_ratio(tokens.of("outages"), [], 10_000) == 1.0
