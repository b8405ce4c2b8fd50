"""`publish_lines` on a real broker: accepted means that it is there, once; everything else is listed."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator

import orjson
import pytest

from producers.content_mode import ContentMode
from producers.publish_file import Clock, Progress, publish_lines
from producers.publisher import ConfirmedPublisher
from schemas.envelope import decode, structured
from schemas.identity import complaint_id
from schemas.record import RawRecord
from schemas.topics import CALLS, HELPDESK, NETWORK_EVENTS, STATUS, WEB
from tests.producers.conftest import Broker
from tests.producers.events import complaint, line, network, new_source, status
from tests.producers.reading import Topics


def source_ids(records: list[RawRecord]) -> list[str]:
    return [decode(record).id for record in records]


@pytest.mark.parametrize("mode", ContentMode)
def test_every_line_arrives_once_where_it_belongs(broker: Broker, topics: Topics, mode: ContentMode) -> None:
    source = new_source()
    channels = {"call": CALLS, "web": WEB, "helpdesk": HELPDESK}
    events = [complaint(source, f"c{n}", channel) for n, channel in zip(range(3000), itertools.cycle(channels))]
    events += [status(source, f"s{n}", complaint={"source": source, "id": f"c{n}"}) for n in range(50)]
    events += [network(source, f"n{n}", f"F-{n}") for n in range(50)]
    lines = [line(event) + b"\r\n" for event in events]

    report = publish_lines([*lines, b"", b"\n"], bootstrap_servers=broker.bootstrap, content_mode=mode)

    assert (report.accepted, report.failed, report.interrupted) == (3100, (), False)
    records = topics.records()
    assert len(records) == 3100
    found = {decode(record).id: record for record in records}
    for event in events:
        record = found[event["id"]]
        assert decode(record) == structured(line(event))
        if mode is ContentMode.STRUCTURED:
            assert record.value == line(event)
            assert record.headers == (("content-type", b"application/cloudevents+json"),)
        else:
            assert record.value == line(event["data"])
        if event["id"].startswith("c"):
            assert record.topic == channels[event["data"]["channel"]]
            assert record.key == str(complaint_id(source, event["id"])).encode()
    assert {record.topic for record in records} == {*channels.values(), STATUS, NETWORK_EVENTS}


def test_the_same_events_in_both_modes_are_the_same_complaints(broker: Broker, topics: Topics) -> None:
    source = new_source()
    lines = [line(complaint(source, f"{n}", phone="+919812345678", neighbours_out=n % 2 == 0)) for n in range(1000)]
    for mode in ContentMode:
        assert publish_lines(lines, bootstrap_servers=broker.bootstrap, content_mode=mode).accepted == 1000
    records = topics.records()
    assert Counter(source_ids(records)) == {f"{n}": 2 for n in range(1000)}
    assert len({(record.topic, record.partition, record.key) for record in records}) == 1000


def test_a_line_that_is_not_taken_fails_alone_and_is_named_by_its_number(broker: Broker, topics: Topics) -> None:
    source = new_source()
    secret = "9812345678"
    lines = [line(complaint(source, f"{n}")) for n in range(200)]
    bad = {
        10: secret.encode() + b" nahi",
        20: b"\xff\xfe",
        30: line(complaint(source, "x", "fax", phone=secret)),
        40: line({"type": "x", "data": {"phone": secret}}),
        50: line(complaint(source, "y", text=os.urandom(3_000_000).hex())),
    }
    for number, text in bad.items():
        lines.insert(number - 1, text)

    report = publish_lines(lines, bootstrap_servers=broker.bootstrap)

    assert report.accepted == 200
    assert [failure.line for failure in report.failed] == list(bad)
    assert [failure.reason for failure in report.failed] == [
        "not_json",
        "not_utf8",
        "not_allowed (data.channel)",
        "missing_field (data.channel)",
        "kafka:msg_size_too_large",
    ]
    assert secret not in str(report)
    assert sorted(source_ids(topics.records()), key=int) == [f"{n}" for n in range(200)]


def test_what_the_pipeline_will_refuse_goes_out_byte_for_byte(broker: Broker, topics: Topics) -> None:
    source = new_source()
    events = [complaint(source, "1", text=None), complaint(source, "2", text="x" * 5000), complaint(source, 3)]
    lines = [line(event) for event in events] + [b'{"data": {"channel":"web"} }']
    for mode in ContentMode:
        assert publish_lines(lines, bootstrap_servers=broker.bootstrap, content_mode=mode).accepted == 4
    assert sum(record.value in lines for record in topics.records()) == 6


def test_the_wall_clock(broker: Broker, topics: Topics) -> None:
    began = time.time() * 1000
    publish_lines([line(complaint(new_source(), "1"))], bootstrap_servers=broker.bootstrap)
    (record,) = topics.records()
    assert began - 1 <= record.timestamp_ms <= time.time() * 1000 + 1


def test_the_files_own_clock_far_behind_and_far_ahead(broker: Broker, topics: Topics) -> None:
    source = new_source()
    times = ["2031-06-20T10:00:00Z", "2031-06-20T09:00:00Z", "2031-06-20T11:00:00+00:00", "2031-06-20T16:30:00+05:30"]
    events = [complaint(source, f"{n}") | {"time": at} for n, at in enumerate(times)]
    report = publish_lines(map(line, events), bootstrap_servers=broker.bootstrap, clock=Clock.FILE)
    assert report.accepted == 4
    ten, eleven = 1_939_716_000_000, 1_939_719_600_000
    stamps = {decode(record).id: record.timestamp_ms for record in topics.records()}
    assert stamps == {"0": ten, "1": ten, "2": eleven, "3": eleven}


def test_order_is_kept_within_a_key(broker: Broker, topics: Topics) -> None:
    source = new_source()
    events = [status(source, f"{n}", complaint={"source": source, "id": "1"}) for n in range(2000)]
    publish_lines(map(line, events), bootstrap_servers=broker.bootstrap)
    assert source_ids(topics.records()) == [f"{n}" for n in range(2000)]


def test_rate(broker: Broker, topics: Topics) -> None:
    source = new_source()
    began = time.monotonic()
    report = publish_lines(
        (line(complaint(source, f"{n}")) for n in range(60)), bootstrap_servers=broker.bootstrap, rate=50
    )
    assert time.monotonic() - began > 59 / 50 - 0.01
    assert report.accepted == len(topics.records()) == 60


def test_speed_plays_the_files_clock(broker: Broker, topics: Topics) -> None:
    source = new_source()
    events = [complaint(source, f"{n}") | {"time": f"2026-06-20T21:{n:02}:00+05:30"} for n in range(11)]
    began = time.monotonic()
    publish_lines(map(line, events), bootstrap_servers=broker.bootstrap, speed=600)
    assert time.monotonic() - began > 1 - 0.01
    assert len(topics.records()) == 11


def test_kafka_killed_and_back_loses_and_doubles_nothing(broker: Broker, topics: Topics) -> None:
    source = new_source()
    count, killed_at = 20_000, 5_000

    def lines() -> Iterator[bytes]:
        for n in range(count):
            if n == killed_at:
                os.kill(broker.pid(), signal.SIGKILL)
            yield line(complaint(source, f"{n}"))

    report = publish_lines(lines(), bootstrap_servers=broker.bootstrap, rate=10_000)
    assert (report.accepted, report.failed) == (count, ())
    assert Counter(source_ids(topics.records())) == {f"{n}": 1 for n in range(count)}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_without_kafka_every_line_is_listed_after_the_delivery_timeout() -> None:
    lines = [b"not json", *(line(complaint("/s", f"{n}")) for n in range(5))]
    report = publish_lines(lines, bootstrap_servers=f"127.0.0.1:{free_port()}", delivery_timeout_seconds=1)
    assert report.accepted == 0
    assert [tuple(failure) for failure in report.failed] == [
        (1, "not_json"),
        *((number, "kafka:msg_timed_out") for number in range(2, 7)),
    ]


def test_a_stop_reports_what_was_confirmed(broker: Broker, topics: Topics) -> None:
    source = new_source()
    seen: list[Progress] = []
    report = publish_lines(
        (line(complaint(source, f"{n}")) for n in itertools.count()),
        bootstrap_servers=broker.bootstrap,
        rate=200,
        stop=lambda: any(progress.accepted for progress in seen),
        progress=seen.append,
    )
    assert report.interrupted
    assert report.failed == ()
    assert report.accepted == len(topics.records()) == seen[-1].accepted > 0


def test_a_stop_while_kafka_is_away_drops_and_lists_what_is_unconfirmed() -> None:
    asked = time.monotonic() + 0.5
    lines = [line(complaint("/s", f"{n}")) for n in range(3)]
    report = publish_lines(lines, bootstrap_servers=f"127.0.0.1:{free_port()}", stop=lambda: time.monotonic() > asked)
    assert report.interrupted
    assert report.accepted == 0
    assert [failure.line for failure in report.failed] == [1, 2, 3]


def test_more_than_fits_in_flight_waits_and_loses_nothing(broker: Broker, topics: Topics) -> None:
    source = new_source()
    text = orjson.dumps("x" * 3500)[1:-1].decode()
    report = publish_lines(
        (line(complaint(source, f"{n}", text=text)) for n in range(30_000)), bootstrap_servers=broker.bootstrap
    )
    assert report.accepted == 30_000
    assert len(set(source_ids(topics.records()))) == 30_000


def test_a_topic_that_is_not_there_fails_its_records_only(broker: Broker, topics: Topics) -> None:
    failures: list[tuple[int, str]] = []
    publisher = ConfirmedPublisher(
        broker.bootstrap, lambda ref, reason: failures.append((ref, reason)), delivery_timeout_seconds=3
    )
    publisher.send(1, "no.such.topic", None, b"{}", [])
    publisher.send(2, CALLS, None, line(complaint(new_source(), "1")), [])
    publisher.finish()
    assert publisher.accepted == len(topics.records()) == 1
    assert [ref for ref, _ in failures] == [1]
