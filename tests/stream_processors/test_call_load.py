"""The helpline's load counts the last hour and forgets the one before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stream_processors.call_load import CALLS_AN_HOUR, CallLoad

HOUR_MS = 3_600_000
NOW_MS = 1_781_970_245_412


def test_a_full_hour_is_one() -> None:
    load = CallLoad()
    load.add(NOW_MS - number * HOUR_MS // (CALLS_AN_HOUR + 200) for number in range(CALLS_AN_HOUR))
    assert load.ratio(NOW_MS) == 1.0
    assert load.ratio(NOW_MS + 2 * HOUR_MS) == 0.0


@given(st.lists(st.integers(-3 * HOUR_MS, HOUR_MS), max_size=50))
def test_calls_older_than_an_hour_or_from_the_future_do_not_count(ages_ms: list[int]) -> None:
    load = CallLoad()
    load.add(NOW_MS - age_ms for age_ms in ages_ms)
    surely = sum(60_000 <= age < HOUR_MS - 60_000 for age in ages_ms)
    perhaps = sum(-60_000 <= age < HOUR_MS + 60_000 for age in ages_ms)
    assert surely <= round(load.ratio(NOW_MS) * CALLS_AN_HOUR) <= perhaps
