"""The same event is one complaint, however often and however it comes."""

from __future__ import annotations

from schemas.identity import complaint_id
from schemas.topics import desk_topic
from tests.pipeline.events import complaint, network, status
from tests.pipeline.running import Pipeline

COUNT = "SELECT count(), uniqExact(complaint_id) FROM complaints_current WHERE source = %(source)s"


def test_a_thousand_events_twice_in_both_content_modes_are_a_thousand(pipeline: Pipeline, source: str) -> None:
    channels = ["call", "web", "helpdesk"]
    events = [complaint(source, f"{n}", channel=channels[n % 3], account_no="0000000003") for n in range(1000)]
    minutes = "SELECT sum(complaints), sum(customers) FROM complaints_by_minute WHERE node_id = 'f10'"
    before = pipeline.rows(minutes)[0][0]
    pipeline.publish(events, "--mode", "structured")
    pipeline.await_rows(COUNT, [(1000, 1000)], {"source": source})
    written = pipeline.stored_rows("complaints")
    pipeline.publish(events, "--mode", "binary")
    pipeline.await_stored_rows("complaints", written + 1000)
    assert pipeline.rows(COUNT, {"source": source}) == [(1000, 1000)]
    assert pipeline.rows(minutes) == [(before + 1000, 1)]
    by_channel = "SELECT channel, count() FROM complaints_current WHERE source = %(source)s GROUP BY 1"
    assert dict(pipeline.rows(by_channel, {"source": source})) == {"call": 334, "web": 333, "helpdesk": 333}
    headers = [dict(record.headers()) for record in pipeline.records(desk_topic("mill.1"))]
    desk = {header["ce_id"] for header in headers if header["ce_source"] == source.encode()}
    assert desk == {f"{n}".encode() for n in range(1000)}


def test_a_repeat_with_another_time_and_channel_is_the_same_complaint(pipeline: Pipeline, source: str) -> None:
    first = complaint(source, "1", reported_at="2026-05-31T23:59:00+05:30")
    second = complaint(source, "1", channel="web", reported_at="2026-06-01T00:10:00+05:30")
    pipeline.publish([first])
    pipeline.await_rows(COUNT, [(1, 1)], {"source": source})
    written = pipeline.stored_rows("complaints")
    pipeline.publish([second])
    pipeline.await_stored_rows("complaints", written + 1)
    stored = "SELECT channel, toString(reported_at) FROM complaints_current WHERE source = %(source)s"
    assert pipeline.rows(stored, {"source": source}) == [("call", "2026-05-31 23:59:00.000")]


def test_the_latest_status_is_current_whatever_order_they_come_in(pipeline: Pipeline, source: str) -> None:
    pipeline.publish([complaint(source, "1")])
    this = {"complaint": {"source": source, "id": "1"}}
    pipeline.publish(
        [
            status(source, "s2", **this, status="restored", at="2026-06-20T23:00:00+05:30", crew="G-7"),
            status(
                source, "s1", complaint_id=str(complaint_id(source, "1")), status="assigned", note="call 9812345678"
            ),
            network(source, "n1", node_id="f10", state="open", reported_by="scada"),
        ]
    )
    pipeline.await_rows(
        "SELECT status, crew FROM complaints_current WHERE source = %(source)s",
        [("restored", "G-7")],
        {"source": source},
    )
    history = "SELECT status, note FROM complaint_status WHERE source = %(source)s ORDER BY at"
    pipeline.await_rows(history, [("assigned", "call [number]"), ("restored", "")], {"source": source})
    pipeline.await_rows(
        "SELECT node_id, state, reported_by FROM network_events WHERE source = %(source)s",
        [("f10", "open", "scada")],
        {"source": source},
    )
