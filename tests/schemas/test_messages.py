"""Status and network events, dead letters, the version of an enriched row, and the topic catalogue."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import examples
from schemas.dead_letter import MOST_BYTES, DeadLetter, dead_letter
from schemas.enriched import event_version
from schemas.envelope import structured
from schemas.identity import complaint_id
from schemas.network import NetworkEvent, network_event
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.status import StatusChanged, status_changed
from schemas.times import EARLIEST_AT, LATEST_AT, from_milliseconds
from schemas.topics import CATALOGUE, DEADLETTERS, all_topics
from schemas.vocabulary import DeadLetterStage, RefusalReason


def with_data(example: dict[str, Any], **changes: Any) -> dict[str, Any]:
    event = deepcopy(example)
    for name, value in changes.items():
        if value is ...:
            del event["data"][name]
        else:
            event["data"][name] = value
    return event


def status(**changes: Any) -> tuple[UUID, StatusChanged]:
    return status_changed(structured(orjson.dumps(with_data(examples.STATUS, **changes))))


def network(**changes: Any) -> NetworkEvent:
    return network_event(structured(orjson.dumps(with_data(examples.NETWORK, **changes))))


def test_status_names_its_complaint_either_way() -> None:
    by_identity, data = status()
    assert by_identity == complaint_id("/kesco/call-centre/acd-1", "CC-2026-06-20-000123")
    assert data.crew == "G-12"
    assert status(complaint=..., complaint_id=str(by_identity))[0] == by_identity


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"complaint": ...}, RefusalReason.MISSING_FIELD, "data.complaint_id"),
        ({"complaint": {"source": "/s"}}, RefusalReason.MISSING_FIELD, "data.complaint.id"),
        ({"complaint_id": "12"}, RefusalReason.NOT_ALLOWED, "data.complaint_id"),
        ({"status": "gone"}, RefusalReason.NOT_ALLOWED, "data.status"),
        ({"status": ...}, RefusalReason.MISSING_FIELD, "data.status"),
        ({"at": ...}, RefusalReason.MISSING_FIELD, "data.at"),
        ({"at": "1970-01-01T00:00:00Z"}, RefusalReason.TIME_OUT_OF_RANGE, "data.at"),
        ({"crew": 12}, RefusalReason.WRONG_TYPE, "data.crew"),
    ],
)
def test_status_refused(changes: dict[str, Any], reason: RefusalReason, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        status(**changes)
    assert (caught.value.reason, caught.value.field) == (reason, field)
    assert caught.value.source_id == examples.STATUS["id"]


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"node_id": ""}, RefusalReason.NOT_ALLOWED, "data.node_id"),
        ({"node_id": ...}, RefusalReason.MISSING_FIELD, "data.node_id"),
        ({"state": "half"}, RefusalReason.NOT_ALLOWED, "data.state"),
        ({"at": "now"}, RefusalReason.WRONG_TYPE, "data.at"),
        ({"reported_by": "rumour"}, RefusalReason.NOT_ALLOWED, "data.reported_by"),
    ],
)
def test_network_event_refused(changes: dict[str, Any], reason: RefusalReason, field: str) -> None:
    assert network().node_id == "SS-HORSEMAN-BAGH"
    with pytest.raises(Refusal) as caught:
        network(**changes)
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_each_type_is_refused_as_another() -> None:
    for read, example in ((status_changed, examples.NETWORK), (network_event, examples.STATUS)):
        with pytest.raises(Refusal) as caught:
            read(structured(orjson.dumps(example)))
        assert caught.value.reason is RefusalReason.UNKNOWN_TYPE


letters = st.builds(
    DeadLetter,
    topic=st.sampled_from([topic.name for topic in CATALOGUE]),
    partition=st.integers(0, 99),
    offset=st.integers(0, 2**62),
    stage=st.sampled_from(DeadLetterStage),
    reason=st.sampled_from(RefusalReason),
    field=st.text("abc._é", max_size=20),
    first_seen_at=st.integers(0, 3_000_000_000_000).map(from_milliseconds),
    attempts=st.integers(1, 99),
)


@settings(deadline=None)
@given(letters)
def test_dead_letter_headers_round_trip(letter: DeadLetter) -> None:
    assert DeadLetter.from_headers(letter.headers()) == letter
    assert DeadLetter.from_headers((("x", b"\xff"), *letter.headers())) == letter


@settings(deadline=None)
@given(
    st.none() | st.binary(max_size=50), st.none() | st.binary(max_size=10), st.lists(st.binary(max_size=5), max_size=3)
)
def test_dead_letter_keeps_bytes_and_headers(value: bytes | None, key: bytes | None, extra: list[bytes]) -> None:
    headers = tuple((f"h{number}", content) for number, content in enumerate(extra))
    raw = RawRecord("complaints.web", 1, 88, 1_781_970_245_412, key, value, headers)
    letter = dead_letter(raw, Refusal(RefusalReason.NOT_JSON, "", DeadLetterStage.DECODE))
    assert (letter.topic, letter.key, letter.value) == (DEADLETTERS, key, value or b"")
    assert letter.headers[: len(headers)] == headers
    first = DeadLetter.from_headers(letter.headers)
    assert (first.topic, first.partition, first.offset, first.attempts) == ("complaints.web", 1, 88, 1)
    assert first.first_seen_at == datetime(2026, 6, 20, 15, 44, 5, 412_000, tzinfo=UTC)

    again = dead_letter(
        RawRecord("complaints.web", 1, 900, 1_781_999_999_999, key, letter.value, letter.headers),
        Refusal(RefusalReason.MISSING_FIELD, "type", DeadLetterStage.DECODE),
    )
    second = DeadLetter.from_headers(again.headers)
    assert (second.offset, second.first_seen_at, second.attempts) == (88, first.first_seen_at, 2)
    assert second.reason is RefusalReason.MISSING_FIELD
    assert len(again.headers) == len(letter.headers)


@pytest.mark.parametrize("grown", ["key", "value", "headers"])
def test_of_a_record_that_no_letter_can_hold_only_the_place_is_kept(grown: str) -> None:
    raw = RawRecord("complaints.web", 1, 88, 1_781_970_245_412, b"key", b"value", (("h", b"x"),))
    much: dict[str, Any] = {"key": b"x" * MOST_BYTES, "value": b"x" * MOST_BYTES, "headers": raw.headers * 800_000}
    letter = dead_letter(raw._replace(**{grown: much[grown]}), Refusal(RefusalReason.TOO_LARGE))
    assert (letter.key, letter.value) == (None, b"")
    found = DeadLetter.from_headers(letter.headers)
    assert letter.headers == found.headers()
    assert (found.topic, found.partition, found.offset) == ("complaints.web", 1, 88)


milliseconds = st.integers(946_684_800_000, 3_155_760_000_000)
revisions = st.integers(1, 1000)


@given(revisions, milliseconds, revisions, milliseconds)
def test_a_newer_enricher_wins_and_else_the_first_known(r1: int, t1: int, r2: int, t2: int) -> None:
    one, two = event_version(r1, t1), event_version(r2, t2)
    assert 0 <= one < 1 << 64
    if r1 != r2:
        assert (one > two) == (r1 > r2)
    else:
        assert (one > two) == (t1 < t2)


@given(st.integers(-(2**63), 2**63 - 1))
def test_any_timestamp_of_kafka_is_a_time_that_can_be(timestamp_ms: int) -> None:
    at = from_milliseconds(timestamp_ms)
    assert EARLIEST_AT <= at < LATEST_AT
    if EARLIEST_AT.timestamp() * 1000 <= timestamp_ms < (LATEST_AT.timestamp() - 86_400) * 1000:
        assert round(at.timestamp() * 1000) == timestamp_ms


def test_topics_are_unique_and_one_comes_with_each_desk() -> None:
    names = [topic.name for topic in all_topics(["SS-B", "SS-A"])]
    assert len(names) == len(set(names))
    assert names[-2:] == ["desks.SS-A", "desks.SS-B"]
    dead_letters = next(topic for topic in CATALOGUE if topic.name == DEADLETTERS)
    assert all(topic.max_message_bytes < dead_letters.max_message_bytes for topic in CATALOGUE if topic != dead_letters)
