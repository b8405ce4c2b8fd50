"""The worker on a real broker: nothing lost and nothing skipped, whatever ends it."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable

from stream_processors.watchdog import EXIT_NOT_DRAINED
from stream_processors.worker import EXIT_CRASHED
from tests.stream_processors.pipes import Pipe, answer, assert_ordered_without_gap, end, kill, until
from tests.stream_processors.worker_process import HANG, RAISE, TOO_LARGE

MakePipe = Callable[..., Pipe]


def numbered(count: int, size: int = 300) -> list[bytes]:
    return [b"%d" % number + b" " * size for number in range(count)]


def test_five_topics_compressed_in_four_ways_with_a_record_of_2_mb_arrive_once_and_in_order(
    make_pipe: MakePipe,
) -> None:
    pipe = make_pipe(inputs=5)
    large = b"\xff" * (2 << 20)
    counts = [
        pipe.send([*numbered(700), large, *numbered(300)], topic=topic, compression=compression)
        for topic, compression in enumerate(("none", "gzip", "snappy", "lz4", "zstd"))
    ]
    worker = pipe.start()
    until(lambda: len(pipe.read(pipe.out)) == sum(counts))
    started = time.monotonic()
    exit_code, log = end(worker)
    assert (exit_code, time.monotonic() - started < 5) == (0, True), log
    places = pipe.places()
    assert sorted(places) == sorted(pipe.expected(counts))
    assert_ordered_without_gap(places)
    assert sum(pipe.committed().values()) == sum(counts)
    sizes = [int(dict(message.headers() or [])["bytes"] or 0) for message in pipe.read(pipe.out)]
    assert sizes.count(len(large)) == 5


def test_kill_9_again_and_again_loses_nothing_and_no_commit_goes_back(make_pipe: MakePipe) -> None:
    pipe = make_pipe()
    committed: dict[tuple[str, int], int] = {}
    sent = pipe.send(numbered(30_000))
    for _ in range(3):
        worker = pipe.start(max_poll_records=100)
        before = len(pipe.read(pipe.out))
        until(lambda before=before: len(pipe.read(pipe.out)) > before)  # type: ignore[misc]
        kill(worker)
        now = pipe.committed()
        assert all(now[place] >= offset for place, offset in committed.items())
        committed = now
    worker = pipe.start()
    until(lambda: sum(pipe.committed().values()) == sent)
    assert end(worker)[0] == 0
    places = pipe.places()
    assert set(places) == pipe.expected([sent])
    assert_ordered_without_gap(places)


def test_workers_that_join_and_leave_lose_nothing(make_pipe: MakePipe) -> None:
    pipe = make_pipe(inputs=2)
    first, sent = pipe.start("1"), 0
    until(lambda: pipe.send(numbered(100)) and pipe.committed())
    second = pipe.start("2")
    for _ in range(5):
        sent += pipe.send(numbered(1000), topic=1)
    assert end(first)[0] == 0
    third = pipe.start("3")
    sent += pipe.send(numbered(1000), topic=1)
    until(lambda: sum(offset for place, offset in pipe.committed().items() if place[0] == pipe.inputs[1]) == sent)
    assert [end(worker)[0] for worker in (second, third)] == [0, 0]
    there = {place for place in pipe.places() if place.startswith(f"{pipe.inputs[1]}:")}
    assert len(there) == sent


def test_a_worker_frozen_past_its_session_goes_on_without_loss(make_pipe: MakePipe) -> None:
    pipe = make_pipe()
    sent = pipe.send(numbered(500))
    frozen, other = pipe.start("1"), pipe.start("2")
    until(lambda: sum(pipe.committed().values()) == sent)
    frozen.send_signal(signal.SIGSTOP)
    sent += pipe.send(numbered(3000))
    until(lambda: sum(pipe.committed().values()) == sent)  # the other one has all partitions: the session is over
    frozen.send_signal(signal.SIGCONT)
    sent += pipe.send(numbered(3000))
    until(lambda: sum(pipe.committed().values()) == sent)
    assert [end(worker)[0] for worker in (frozen, other)] == [0, 0]
    places = pipe.places()
    assert len(set(places)) == sent


def test_the_older_of_two_workers_with_one_name_ends_and_says_why(make_pipe: MakePipe) -> None:
    pipe = make_pipe()
    older = pipe.start("1")
    sent = pipe.send(numbered(50))
    until(lambda: sum(pipe.committed().values()) == sent)
    newer = pipe.start("1")
    _, log = older.communicate(timeout=30)
    assert older.returncode == EXIT_CRASHED
    assert "another process has the same COMPLAINTS_KAFKA_INSTANCE_ID" in log
    sent += pipe.send(numbered(50))
    until(lambda: sum(pipe.committed().values()) == sent)
    assert end(newer)[0] == 0
    assert len(set(pipe.places())) == sent


def test_a_record_that_cannot_be_processed_becomes_a_dead_letter_and_those_around_it_pass(
    make_pipe: MakePipe,
) -> None:
    pipe = make_pipe()
    sent = pipe.send([*numbered(10), RAISE, *numbered(10)], headers=(("ce_id", b"7"),))
    worker = pipe.start()
    until(lambda: sum(pipe.committed().values()) == sent)
    exit_code, log = end(worker)
    assert exit_code == 0
    assert "ValueError" in log
    assert "failed on" not in log
    (letter,) = pipe.dead_letters()
    headers = dict(letter.headers() or [])
    assert letter.value() == RAISE
    assert headers["ce_id"] == b"7"
    assert (headers["dl.stage"], headers["dl.reason"]) == (b"process", b"processing_error")
    assert len(pipe.places()) == sent - 1


def test_odd_timestamps_and_headers_without_a_value_stop_nothing(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    year_10000_ms = 253_402_300_800_000
    for timestamp_ms in (1, year_10000_ms, 2**52):
        pipe.send([RAISE], timestamp_ms=timestamp_ms, headers=[("dl.topic", None), ("dl.offset", b"x"), ("x", None)])
    worker = pipe.start()
    until(lambda: sum(pipe.committed().values()) == 3)
    assert end(worker)[0] == 0
    years = {dict(letter.headers() or [])["dl.first_seen"][:4] for letter in pipe.dead_letters()}  # type: ignore[index]
    assert years == {time.strftime("%Y").encode()}


def test_a_worker_that_may_not_read_a_topic_is_alive_but_not_ready(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    pipe.send([b"1"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    missing = f"{pipe.group}.missing"
    worker = pipe.start(topics=[*pipe.inputs, missing], port=port)
    until(lambda: sum(pipe.committed().values()) == 1)
    assert answer(port, "/livez") == (200, "ok\n")
    status, why = answer(port, "/readyz")
    assert status == 503
    assert missing in why
    assert end(worker)[0] == 0


def test_what_cannot_be_written_is_not_committed(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    pipe.send([*numbered(40), TOO_LARGE, *numbered(5)])
    worker = pipe.start(max_poll_records=10)
    _, log = worker.communicate(timeout=30)
    assert worker.returncode == EXIT_CRASHED, log
    assert "MSG_SIZE_TOO_LARGE" in log
    assert all(offset <= 40 for offset in pipe.committed().values())
    again = pipe.start(max_poll_records=10)
    again.communicate(timeout=30)
    assert again.returncode == EXIT_CRASHED
    assert pipe.committed() == {(pipe.inputs[0], 0): 40}


def test_a_failure_between_two_batches_commits_the_first_only(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    pipe.send(numbered(30))
    worker = pipe.start(max_poll_records=10, fail_at_batch=2)
    worker.communicate(timeout=30)
    assert worker.returncode == EXIT_CRASHED
    assert pipe.committed() == {(pipe.inputs[0], 0): 10}
    batches = {dict(message.headers() or [])["batch"] for message in pipe.read(pipe.out)}
    assert batches == {b"1"}


def test_a_new_function_is_taken_at_the_next_batch(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    pipe.send(numbered(25))
    worker = pipe.start(max_poll_records=10)
    until(lambda: sum(pipe.committed().values()) == 25)
    assert end(worker)[0] == 0
    batches = [dict(message.headers() or [])["batch"] for message in pipe.read(pipe.out)]
    assert batches == [b"1"] * 10 + [b"2"] * 10 + [b"3"] * 5


def test_a_stop_that_hangs_is_cut_short_and_tells_where(make_pipe: MakePipe) -> None:
    pipe = make_pipe(partitions=1)
    pipe.send([*numbered(10), HANG])
    worker = pipe.start(max_poll_records=10, shutdown_seconds=2.0)
    until(lambda: len(pipe.places()) == 10)
    started = time.monotonic()
    exit_code, log = end(worker)
    assert exit_code == EXIT_NOT_DRAINED
    assert time.monotonic() - started < 5
    assert "in handle" in log
    assert pipe.committed().get((pipe.inputs[0], 0), 0) <= 10
