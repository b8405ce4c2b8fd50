"""How far the detector may go: live, from a file, in silence, and while something is stuck."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from insight.detection.clock import MARGIN_SECONDS, Clock, Newest

NOW = 1_800_000_000.0
DAY = 86_400.0


def test_a_live_stream_goes_with_the_wall_clock_as_far_as_all_has_arrived() -> None:
    clock = Clock()
    for second in range(300):
        limit = clock.limit(NOW + second, NOW + second - 2, Newest(NOW + second - 3, NOW + second - 1))
        assert limit == NOW + second - 2 - MARGIN_SECONDS


def test_silence_after_live_complaints_does_not_stop_it() -> None:
    clock = Clock()
    last = Newest(NOW, NOW + 1)
    limits = [clock.limit(NOW + second, NOW + second - 2, last) for second in range(2, 7200)]
    assert limits[-1] == NOW + 7199 - 2 - MARGIN_SECONDS
    assert all(limit is not None and limit >= NOW + second - 5 for second, limit in enumerate(limits, 2))


def test_what_waits_to_be_stored_holds_it_and_is_not_silence() -> None:
    clock = Clock()
    clock.limit(NOW, NOW - 2, Newest(NOW - 3, NOW - 2))
    limits = {clock.limit(NOW + second, NOW - 2, Newest(NOW - 3, NOW - 2)) for second in range(1, 3600)}
    assert limits == {NOW - 2 - MARGIN_SECONDS}


def test_a_file_at_any_speed_moves_it_by_its_own_times_and_its_end_stops_it() -> None:
    for speed in (1, 60, 5_000):
        clock = Clock()
        begin = NOW - 100 * DAY
        limits = []
        for second in range(400):
            played = begin + min(second, 200) * speed
            limits.append(clock.limit(NOW + second, NOW + second - 2, Newest(played, NOW + second)))
        assert limits[100] == begin + 98 * speed
        assert limits[-1] == begin + 200 * speed


def test_without_a_word_from_the_broker_nothing_is_known() -> None:
    clock = Clock()
    assert clock.limit(NOW, None, Newest(NOW, NOW)) is None
    assert Clock().limit(NOW, NOW, None) is None


@given(
    st.lists(st.tuples(st.floats(0.5, 5), st.floats(0, 200), st.floats(0, 40), st.booleans()), min_size=1, max_size=60)
)
def test_it_never_passes_what_has_arrived_nor_what_is_yet_to_be_seen(
    looks: list[tuple[float, float, float, bool]],
) -> None:
    clock, now, received, arrived = Clock(), NOW, NOW - 50 * DAY, NOW - 1
    for pause, forward, behind, live in looks:
        now += pause
        received = min(now, now - behind if live else received + forward)
        arrived = max(arrived, now - 1 - behind)
        limit = clock.limit(now, arrived, Newest(received, now))
        assert limit is None or limit <= max(now - MARGIN_SECONDS, received)
        assert limit is None or limit <= now
