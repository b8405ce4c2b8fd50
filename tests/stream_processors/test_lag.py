"""Lag in records and in seconds, from offsets alone and against a real group."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from stream_processors.lag import EndMarks, LagWatcher
from tests.stream_processors.pipes import Pipe, end, until


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50), st.integers(0, 60)), min_size=1, max_size=80))
def test_lag_is_the_age_of_the_first_record_that_waits(steps: list[tuple[int, int, int]]) -> None:
    marks, at, end_offset, committed = EndMarks(), 0.0, 0, 0
    seen: list[tuple[float, int]] = []
    for seconds, produced, consumed in steps:
        at += seconds
        end_offset += produced
        committed = min(end_offset, committed + consumed)
        seen.append((at, end_offset))
        first_seen = next((then for then, end_then in seen if end_then > committed), at)
        assert marks.lag(at, end_offset, committed) == (end_offset - committed, at - first_seen)


def test_the_lag_of_a_group_is_all_there_is_and_then_none(make_pipe: Callable[..., Pipe]) -> None:
    pipe = make_pipe(partitions=2)
    sent = pipe.send([b"x"] * 50)
    watcher = LagWatcher(pipe.bootstrap_servers, pipe.group, [*pipe.inputs, "a topic that is not there"])

    def lag(unit: str) -> float:
        watcher.measure()
        values = [
            REGISTRY.get_sample_value(
                f"complaints_consumer_lag_{unit}",
                {"group": pipe.group, "topic": pipe.inputs[0], "partition": partition},
            )
            for partition in ("0", "1")
        ]
        return sum(value or 0 for value in values)

    assert lag("records") == sent
    assert lag("seconds") > 0
    worker = pipe.start()
    until(lambda: lag("records") == 0)
    assert lag("seconds") == 0
    assert end(worker)[0] == 0
