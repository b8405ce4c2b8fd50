"""The file's clock, when lines are due, and reading lines."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producers.lines import read_lines
from producers.pacing import FileClock, Pace
from runtime.kafka import MAX_MESSAGE_BYTES

T = int(datetime(2026, 6, 20, 15, 44, 5, tzinfo=UTC).timestamp() * 1000)

NOW = T + 10**9


def at(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


@given(st.lists(st.integers(0, 10**7), min_size=1))
def test_the_file_clock_is_the_running_maximum(offsets: list[int]) -> None:
    clock = FileClock()
    shown = [clock.advance({"time": at(T + offset)}, NOW) for offset in offsets]
    assert shown == [T + max(offsets[: end + 1]) for end in range(len(offsets))]


@pytest.mark.parametrize("time_of_it", [None, 5, "soon", "1970-01-01T00:00:00Z", "2090-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_read_does_not_move_the_clock(time_of_it: Any) -> None:
    clock = FileClock()
    clock.advance({"time": at(T)}, NOW)
    assert clock.advance({"time": time_of_it, "data": {"reported_at": at(T + 9000)}}, NOW) == T


def test_before_the_first_time_the_clock_goes_by_what_the_data_say() -> None:
    clock = FileClock()
    assert clock.advance({"data": {"reported_at": at(T + 5000)}}, NOW) == T + 5000
    assert clock.advance({"data": {"at": at(T)}}, NOW) == T + 5000
    assert clock.advance({"time": at(T + 1000)}, NOW) == T + 1000
    assert FileClock().advance({"data": []}, NOW) == NOW


def test_rate_and_speed() -> None:
    by_rate = Pace(10, None)
    assert [round(by_rate.next_due(0, 100.0) - 100.0, 1) for _ in range(4)] == [0.0, 0.1, 0.2, 0.3]
    by_speed = Pace(None, 60)
    assert [round(by_speed.next_due(T + late, 100.0), 1) for late in (0, 60_000, 3_600_000)] == [100.0, 101.0, 160.0]
    at_once = Pace(None, None)
    assert not at_once.paced
    for wrong in ((1.0, 1.0), (0.0, None), (None, -1.0)):
        with pytest.raises(ValueError, match="rate and speed"):
            Pace(*wrong)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=30).map(lambda text: text.replace(b"\n", b"")), max_size=20), st.booleans())
def test_lines_of_a_pipe(lines: list[bytes], ended: bool) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"\n".join(lines) + (b"\n" if ended and lines else b""))
    os.close(writer)
    expected = lines if ended or not lines or lines[-1] else lines[:-1]
    assert list(read_lines(reader)) == expected
    os.close(reader)


def test_waiting_for_more_ends_with_a_stop() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"one\ntwo")
    asked = threading.Event()
    lines = read_lines(reader, asked.is_set)
    assert next(lines) == b"one"
    asked.set()
    assert list(lines) == []
    os.close(reader)
    os.close(writer)


def test_an_endless_line_is_cut_and_the_next_one_is_whole() -> None:
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb") as file:
            for _ in range(30):
                file.write(b"x" * (1 << 20))
            file.write(b"\nnext\n")

    thread = threading.Thread(target=write)
    thread.start()
    long, following = list(read_lines(reader))
    thread.join()
    os.close(reader)
    assert MAX_MESSAGE_BYTES < len(long) <= MAX_MESSAGE_BYTES + (1 << 20)
    assert following == b"next"
