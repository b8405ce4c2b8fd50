"""Everything is killed while complaints come in; afterwards each is there once."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from tests.pipeline.events import complaint
from tests.pipeline.running import Pipeline

EVENTS = 3_000


@pytest.mark.timeout(240)
def test_each_process_is_killed_in_turn_and_nothing_is_lost_or_doubled(pipeline: Pipeline, source: str) -> None:
    sending = threading.Thread(
        target=pipeline.publish,
        args=([complaint(source, str(n), account_no="0000000003") for n in range(EVENTS)], "--rate", "200"),
    )
    in_minutes = "SELECT sum(complaints) FROM complaints_by_minute WHERE node_id = 't100'"
    [(before,)] = pipeline.rows(in_minutes)
    sending.start()
    for victim in ("sink", "clickhouse", "process", "kafka", "sink", "process"):
        sending.join(2)
        pid = pipeline.status(victim).pid
        assert pid, f"{victim} is not up"
        os.kill(pid, signal.SIGKILL)
    sending.join()
    pipeline.complaints("up")
    pipeline.await_rows(
        "SELECT count(), uniqExact(source_id) FROM complaints_current WHERE source = %(source)s",
        [(EVENTS, EVENTS)],
        {"source": source},
    )
    assert pipeline.rows(in_minutes) == [(before + EVENTS,)]


def test_a_stage_that_crashes_outside_python_tells_where_it_stood(pipeline: Pipeline) -> None:
    sink = pipeline.status("sink")
    os.kill(sink.pid, signal.SIGABRT)
    pipeline.complaints("up")
    told = sink.log.read_text()
    assert "Fatal Python error: Aborted" in told
    assert "sinks/sink.py" in told
