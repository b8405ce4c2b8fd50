"""The breaker's states under arbitrary answers of the server, and in front of one that is down."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from schemas.topics import ENRICHED
from sinks.breaker import PROBE_SECONDS, THRESHOLD, Breaker, BreakerState
from tests.sinks.door import Door
from tests.sinks.seen import get, is_ready, metrics_port
from tests.sinks.stage import Stage, await_that
from tests.sinks.test_sink import assert_each_once, complaints


def opened(now: float = 0.0) -> Breaker:
    breaker = Breaker()
    assert [breaker.failed(now) for _ in range(THRESHOLD)] == [False] * (THRESHOLD - 1) + [True]
    return breaker


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker()
    for _ in range(5):
        for _ in range(THRESHOLD - 1):
            assert not breaker.failed(0.0)
        assert not breaker.succeeded()
    assert breaker.state is BreakerState.CLOSED
    assert opened().state is BreakerState.OPEN


def test_questions_become_rarer_until_an_insert_succeeds() -> None:
    breaker, now, waits = opened(), 0.0, []
    for answers in (False, False, True, False, False):
        asked = now
        while not breaker.probe_due(now):
            now += 0.125
        waits.append(now - asked)
        breaker.probed(answers, now)
        if answers:
            assert breaker.state is BreakerState.HALF_OPEN
            assert not breaker.failed(now)
    assert waits == [*PROBE_SECONDS, PROBE_SECONDS[-1]]
    breaker.probed(True, now)
    assert breaker.succeeded()
    assert breaker.state is BreakerState.CLOSED
    breaker = opened(100.0)
    assert breaker.probe_due(100.0 + PROBE_SECONDS[0])


@given(st.lists(st.sampled_from(["fail", "success", "answer", "silence"]), max_size=60))
def test_whatever_happens_a_working_server_is_used_again(steps: list[str]) -> None:
    breaker, now = Breaker(), 0.0
    for step in steps:
        now += 0.25
        if breaker.probe_due(now):
            breaker.probed(step == "answer", now)
        elif breaker.state is not BreakerState.OPEN and step == "fail":
            breaker.failed(now)
        elif breaker.state is not BreakerState.OPEN and step == "success":
            breaker.succeeded()
    now += PROBE_SECONDS[-1]
    if breaker.probe_due(now):
        breaker.probed(True, now)
    assert breaker.state is not BreakerState.OPEN
    breaker.succeeded()
    assert breaker.state is BreakerState.CLOSED


def test_a_server_that_is_down_is_asked_and_not_stormed(stage: Stage) -> None:
    with Door(stage.endpoints.clickhouse_host, stage.endpoints.clickhouse_native_port) as door:
        sink = stage.start(COMPLAINTS_CLICKHOUSE_HOST="127.0.0.1", COMPLAINTS_CLICKHOUSE_PORT=str(door.port))
        stage.publish(ENRICHED, complaints(60))
        stage.await_count("complaints", 60)
        port = metrics_port(sink)
        assert "complaints_clickhouse_breaker_open 0.0" in get(port, "/metrics")
        door.shut()
        knocks = door.knocks
        stage.publish(ENRICHED, complaints(60, first=60))
        await_that(lambda: "complaints_clickhouse_breaker_open 1.0" in get(port, "/metrics"), "the breaker opens")
        assert not is_ready(port)
        time.sleep(3)
        assert door.knocks - knocks <= THRESHOLD + 5
        door.open()
        stage.await_count("complaints", 120)
        await_that(lambda: "complaints_clickhouse_breaker_open 0.0" in get(port, "/metrics"), "the breaker closes")
        await_that(lambda: is_ready(port), "the sink is ready")
        whole = 'complaints_deduplication_headroom_ratio{table="complaints"} 1.0'
        await_that(lambda: whole in get(port, "/metrics"), "no batch is pending any more")
        sink.terminate()
        assert sink.wait() == 0
    assert sink.log.read_text().count("ClickHouse takes nothing") == 1
    assert_each_once(stage, 120)


def test_partitions_are_given_up_in_time_while_nothing_can_be_stored(stage: Stage) -> None:
    with Door(stage.endpoints.clickhouse_host, stage.endpoints.clickhouse_native_port) as door:
        first = stage.start(
            instance_id="1", COMPLAINTS_CLICKHOUSE_HOST="127.0.0.1", COMPLAINTS_CLICKHOUSE_PORT=str(door.port)
        )
        port = metrics_port(first)
        await_that(lambda: is_ready(port), "the first sink is ready")
        door.shut()
        stage.publish(ENRICHED, complaints(60))
        await_that(lambda: "complaints_clickhouse_breaker_open 1.0" in get(port, "/metrics"), "the breaker opens")
        second = stage.start(
            instance_id="2", COMPLAINTS_CLICKHOUSE_HOST="127.0.0.1", COMPLAINTS_CLICKHOUSE_PORT=str(door.port)
        )
        await_that(lambda: "partitions taken" in second.log.read_text(), "the second sink has its share", seconds=20)
        assert "partitions given up" in first.log.read_text()
        door.open()
        stage.await_count("complaints", 60)
        for sink in (first, second):
            sink.terminate()
        assert [sink.wait() for sink in (first, second)] == [0, 0]
    assert_each_once(stage, 60)
