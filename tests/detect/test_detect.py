"""What the live detector finds is what the backtest finds, whatever is killed and whatever comes twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import orjson
import pytest
from confluent_kafka import KafkaException

from insight.detection.writer import Writer
from tests.detect.conftest import Played, awaited
from tests.detect.town import BEGIN, DARK, END, drama, late_hour, one_more
from tests.pipeline.running import Pipeline

STEP_SECONDS = 10

Found = dict[str, tuple[str, float, float | None]]
"""Node to the outage's id, and when it was detected and ended."""


def stored(pipeline: Pipeline) -> Found:
    """Every outage in ClickHouse."""
    times = "toUnixTimestamp64Milli(detected_at) / 1000, toUnixTimestamp64Milli(restored_at) / 1000"
    rows = pipeline.rows(f"SELECT node_id, outage_id, {times} FROM outages_current")
    return {node: (outage_id, detected, ended) for node, outage_id, detected, ended in rows}


def backtested(pipeline: Pipeline) -> Found:
    """Every outage of the backtest."""
    begin, end = ((BEGIN - timedelta(hours=2)).isoformat(), END.isoformat())
    told = pipeline.complaints("backtest", "--from", begin, "--to", end, "--step", f"{STEP_SECONDS}s", "--out", "-")
    return {
        row["node_id"]: (row["outage_id"], seconds(row["detected_at"]), row["ended_at"] and seconds(row["ended_at"]))
        for row in map(orjson.loads, told.splitlines())
    }


@pytest.fixture(scope="module")
def found(played: Played) -> Found:
    """What the backtest found after the drama."""
    return backtested(played.pipeline)


def seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_a_live_run_finds_what_the_backtest_finds_though_one_is_killed(played: Played, found: Found) -> None:
    assert len(set(played.at_work)) == 2
    assert found.keys() == DARK
    awaited(lambda: True if _are_the_same(stored(played.pipeline), found) else None, "the same is stored")


def _are_the_same(live: Found, found: Found) -> bool:
    return live.keys() == found.keys() and all(
        live[node][0] == outage_id and abs(live[node][1] - detected) <= 2 * STEP_SECONDS and live[node][2] == ended
        for node, (outage_id, detected, ended) in found.items()
    )


def test_each_change_was_written_once(played: Played) -> None:
    ids = [dict(record.headers() or [])["ce_id"] for record in played.pipeline.records("outages")]
    assert len(ids) == len(set(ids)) > len(DARK)


def test_what_is_dark_now_is_counted_by_kind(played: Played) -> None:
    kinds = ("incomer", "substation", "feeder", "transformer")
    dark = [played.detectors.metric(f'complaints_hotspots_open{{node_kind="{kind}"}}') for kind in kinds]
    assert dark == [0, 0, 1, 0]


def test_what_the_transactions_leave_behind_is_no_lag(played: Played) -> None:
    def lags() -> set[str]:
        name = 'complaints_consumer_lag_records{group="complaints-sink",partition='
        lines = [line for line in played.pipeline.metrics("sink").splitlines() if line.startswith(name)]
        return {line.split()[-1] for line in lines if 'topic="outages"' in line}

    awaited(lambda: lags() == {"0.0"} or None, "no lag is left on the topic of outages")


def test_one_that_was_frozen_and_comes_back_writes_nothing_more(played: Played) -> None:
    servers = played.pipeline.settings.kafka_bootstrap_servers
    frozen = Writer(servers, "test-detectors")
    frozen.write([], 10)
    next_one = Writer(servers, "test-detectors")
    assert next_one.clock() == 10
    next_one.write([], 20)
    with pytest.raises(KafkaException):
        frozen.write([], 30)
    assert next_one.clock() == 20
    assert Writer(servers, "others").clock() is None


def test_all_events_twice_and_a_late_hour_change_nothing(played: Played, found: Found) -> None:
    pipeline = played.pipeline
    before = (stored(pipeline), found, len(pipeline.records("outages")))
    pipeline.publish([*drama(), *late_hour(), one_more()], "--clock", "file")
    played.detectors.await_clock(END.timestamp() + 60)
    assert (played.detectors.metric("complaints_detector_late_total") or 0) >= len(late_hour()) // 2
    assert (stored(pipeline), backtested(pipeline), len(pipeline.records("outages"))) == before
