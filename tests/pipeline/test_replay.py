"""Raw records sent through enrichment again change nothing, or move to where newer reference data put them."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import orjson

from insight.detection.offsets import end_offsets
from runtime.kafka import admin_client, make_producer
from schemas.topics import CATALOGUE_BY_NAME, DEADLETTERS, ENRICHED
from tests.pipeline.events import complaint, network, status
from tests.pipeline.running import Pipeline
from tests.reference import RIVER_TOWN
from tests.reference.editing import edited
from tests.stream_processors.wire import batch, send

COUNT = "SELECT count() FROM complaints_current WHERE source = %(source)s"
WHERE = (
    "SELECT complaint_id, feeder_id, received_at, event_version, kafka_topic, kafka_partition, kafka_offset, status"
    " FROM complaints_current WHERE source = %(source)s ORDER BY complaint_id"
)
MINUTES = "SELECT * FROM complaints_by_minute WHERE minute < '2011-01-01 00:00:00' ORDER BY ALL"
COUNTS = (
    "SELECT (SELECT count() FROM complaint_status FINAL WHERE source = %(source)s),"
    " (SELECT count() FROM network_events FINAL WHERE source = %(source)s)"
)


def test_a_replay_doubles_nothing_and_moves_rows_with_the_reference(
    pipeline: Pipeline, source: str, tmp_path: Path
) -> None:
    began = datetime.now(UTC).isoformat()
    events = [
        complaint(source, f"{n}", account_no="0000000003", reported_at="2010-06-20T21:14:05+05:30") for n in range(50)
    ]
    events.append(status(source, "s", complaint={"source": source, "id": "1"}, status="assigned"))
    events.append(network(source, "n", node_id="f10", state="open", reported_by="scada"))
    pipeline.publish(events)
    pipeline.send("complaints.calls", b"not JSON")
    names = {"source": source}
    pipeline.await_rows(COUNT, [(50,)], names)
    pipeline.await_rows(COUNTS, [(1, 1)], names)
    ended = datetime.now(UTC).isoformat()
    before = pipeline.rows(WHERE, names), pipeline.rows(MINUTES)
    assert {row[1] for row in before[0]} == {"f10"}

    written = pipeline.stored_rows("complaints")
    told = pipeline.complaints("replay", "--from", began, "--to", ended)
    assert "53 records replayed" in told
    assert "52 written" in told
    assert "1 refused: not_json" in told
    pipeline.await_stored_rows("complaints", written + 50)
    assert (pipeline.rows(WHERE, names), pipeline.rows(MINUTES)) == before
    assert pipeline.rows(COUNTS, names) == [(1, 1)]

    account = "0000000003,00000005,+919876500000,"
    moved = edited(tmp_path / "pack", consumers=(f"{account}t100", f"{account}t200"))
    try:
        pipeline.complaints("reference", "load", str(moved))
        pipeline.complaints("replay", "--from", began, "--to", ended, "--topic", "complaints.calls")
        pipeline.await_rows(f"SELECT feeder_id, count() FROM ({WHERE}) GROUP BY ALL", [("f20", 50)], names)
        feeders = "SELECT node_id, sum(complaints) FROM complaints_by_minute WHERE node_kind = 'feeder'"
        of_2010 = f"{feeders} AND minute < '2011-01-01 00:00:00' GROUP BY node_id"
        assert pipeline.rows(of_2010) == [("f20", 50)]
    finally:
        pipeline.complaints("reference", "load", str(RIVER_TOWN))


def test_records_out_of_the_order_of_time_are_found_by_their_own_time(pipeline: Pipeline, source: str) -> None:
    producer = make_producer(pipeline.settings.kafka_bootstrap_servers, client_id="test")
    for number, hour in enumerate([5, 1, 3, 2, 9, 4, 0, 3]):
        at = datetime.fromisoformat(f"2011-02-03T0{hour}:30:00+05:30")
        value = orjson.dumps(complaint(source, f"{number}"))
        producer.produce("complaints.calls", value, partition=0, timestamp=int(at.timestamp() * 1000))
    assert producer.flush(20) == 0
    told = pipeline.complaints("replay", "--from", "2011-02-03T02:00", "--to", "2011-02-03T05:00")
    assert "4 records replayed" in told
    pipeline.await_rows(COUNT, [(8,)], {"source": source})


def test_desk_copies_and_dead_letters_are_written_again_only_when_asked(pipeline: Pipeline, source: str) -> None:
    began = datetime.now(UTC).isoformat()
    pipeline.publish([complaint(source, f"{n}", account_no="0000000003") for n in range(3)])
    pipeline.send("complaints.calls", b"not JSON either")
    bad = batch([(b"{}", [(b"caf\xe9\xff", b"x")])], timestamp_ms=time.time_ns() // 1_000_000)
    assert send(pipeline.settings.kafka_bootstrap_servers, "complaints.calls", bad) == 0
    pipeline.await_rows(COUNT, [(3,)], {"source": source})
    letters = "SELECT count() FROM dead_letters FINAL WHERE refused_at >= parseDateTime64BestEffort(%(began)s, 3)"
    pipeline.await_rows(letters, [(2,)], {"began": began})
    ended = datetime.now(UTC).isoformat()
    before = len(pipeline.records("desks.mill.1")), len(pipeline.records(DEADLETTERS))
    times = ("--from", began, "--to", ended)
    told = pipeline.complaints("replay", *times)
    assert "1 refused: not_json" in told
    assert "1 refused: not_utf8" in told
    assert (len(pipeline.records("desks.mill.1")), len(pipeline.records(DEADLETTERS))) == before
    pipeline.complaints("replay", *times, "--desks", "--deadletters")
    after = len(pipeline.records("desks.mill.1")), len(pipeline.records(DEADLETTERS))
    assert after == (before[0] + 3, before[1] + 1)
    pipeline.await_rows(letters, [(2,)], {"began": began})


def test_an_interrupted_replay_says_so_and_goes_on_when_run_again(pipeline: Pipeline, source: str) -> None:
    events = [complaint(source, f"{n}", account_no="0000000003") for n in range(6000)]
    began = datetime.now(UTC).isoformat()
    pipeline.publish(events)
    pipeline.await_rows(COUNT, [(6000,)], {"source": source})
    words = ("replay", "--from", began, "--to", datetime.now(UTC).isoformat())
    written = pipeline.stored_rows("complaints")
    admin = admin_client(pipeline.settings.kafka_bootstrap_servers)
    places = [(ENRICHED, number) for number in range(CATALOGUE_BY_NAME[ENRICHED].partitions)]
    before = end_offsets(admin, places)
    running = pipeline.start(*words)
    while end_offsets(admin, places) == before:
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=30)[1].decode()
    assert running.returncode == 1
    assert "Run the same command again" in told
    assert "6,000 records replayed" in pipeline.complaints(*words)
    pipeline.await_stored_rows("complaints", written + 6000)
    assert pipeline.rows(COUNT, {"source": source}) == [(6000,)]


def test_a_range_that_is_none_is_refused(pipeline: Pipeline) -> None:
    told = pipeline.complaints("replay", "--from", "2026-06-20", "--to", "2026-06-20", exit_code=2)
    assert "--from must lie before --to" in told
    told = pipeline.complaints("replay", "--from", "yesterday", "--to", "2026-06-20", exit_code=2)
    assert "must be a time like" in told
