"""One raw record in, what is written for it out: no broker needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.active import ActiveReference, activate
from schemas.envelope import STRUCTURED_CONTENT_TYPE, binary_headers
from schemas.examples import NETWORK, REGISTERED, STATUS
from schemas.identity import complaint_id
from schemas.record import OutRecord, RawRecord
from schemas.topics import (
    CALLS,
    DEADLETTERS,
    ENRICHED,
    HELPDESK,
    NETWORK_EVENTS,
    NETWORK_EVENTS_ACCEPTED,
    RAW_TOPICS,
    STATUS_ACCEPTED,
    WEB,
)
from schemas.topics import STATUS as STATUS_TOPIC
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.handled import Handle, Handled
from tests.stream_processors.pipes import ROOT

AT = datetime(2026, 6, 20, 15, 45, tzinfo=UTC)
RECEIVED_MS = 1_781_970_245_412


@pytest.fixture(scope="module")
def handle(tmp_path_factory: pytest.TempPathFactory) -> Handle:
    store = tmp_path_factory.mktemp("reference")
    activate(ROOT / "tests/reference/packs/river_town", store)
    return make_handle(ActiveReference(store).current(), Pseudonymiser(b"a secret for tests"))


def structured(event: dict[str, Any], topic: str = CALLS) -> RawRecord:
    headers = (("content-type", STRUCTURED_CONTENT_TYPE.encode()),)
    return RawRecord(topic, 2, 77, RECEIVED_MS, b"key", orjson.dumps(event), headers)


def binary(event: dict[str, Any], topic: str = CALLS) -> RawRecord:
    headers = binary_headers(
        event_type=event["type"],
        source=event["source"],
        event_id=event["id"],
        time=datetime.fromisoformat(event["time"]),
    )
    return RawRecord(topic, 2, 77, RECEIVED_MS, b"key", orjson.dumps(event["data"]), headers)


def complaint(**changes: Any) -> dict[str, Any]:
    return {**REGISTERED, "data": {**REGISTERED["data"], **changes}}


def row(record: OutRecord) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(record.value)
    return found


def test_a_complaint_goes_to_everyone_and_to_the_desk_of_its_substation(handle: Handle) -> None:
    handled = handle(structured(complaint(account_no="0000000003")), AT)
    everyone, desk = handled.records
    assert (everyone.topic, desk.topic) == (ENRICHED, "desks.mill.1")
    assert everyone.key == desk.key == b"mill.1"
    assert everyone.value == desk.value
    assert dict(everyone.headers)["ce_type"] == b"in.co.kesco.complaint.enriched.v1"
    enriched = row(everyone)
    assert enriched["complaint_id"] == str(complaint_id(REGISTERED["source"], REGISTERED["id"]))
    assert (enriched["kafka_topic"], enriched["kafka_partition"], enriched["kafka_offset"]) == (CALLS, 2, 77)
    assert "9812345678" not in everyone.value.decode()


def test_a_substation_without_a_desk_and_no_place_at_all(handle: Handle) -> None:
    (lake,) = handle(structured(complaint(account_no=None, location={"locality": "Two Banks"})), AT).records
    (nowhere,) = handle(structured(complaint(account_no=None, location=None)), AT).records
    assert (lake.key, nowhere.key) == (b"lake_2", b"unrouted")
    assert nowhere.topic == ENRICHED


def test_both_content_modes_give_the_same_row(handle: Handle) -> None:
    assert handle(structured(REGISTERED), AT) == handle(binary(REGISTERED), AT)


def test_status_and_network_events_pass_on_flat_with_their_origin(handle: Handle) -> None:
    note = {**STATUS, "data": {**STATUS["data"], "note": "call him on 98123 45678"}}
    (status,) = handle(structured(note, STATUS_TOPIC), AT).records
    (event,) = handle(binary(NETWORK, NETWORK_EVENTS), AT).records
    assert (status.topic, event.topic) == (STATUS_ACCEPTED, NETWORK_EVENTS_ACCEPTED)
    assert status.key == row(status)["complaint_id"].encode()
    assert event.key == row(event)["node_id"].encode() == NETWORK["data"]["node_id"].encode()
    assert "45678" not in row(status)["note"]
    for record, source in ((status, STATUS), (event, NETWORK)):
        found = row(record)
        assert (found["source"], found["source_id"]) == (source["source"], source["id"])
        assert (found["kafka_partition"], found["kafka_offset"]) == (2, 77)
        assert datetime.fromisoformat(found["received_at"]).timestamp() * 1000 == RECEIVED_MS


def without(event: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != name}


REFUSED: list[tuple[str, Callable[[], RawRecord], str, str]] = [
    ("no value", lambda: structured(REGISTERED)._replace(value=None), "decode", "empty_value"),
    ("not JSON", lambda: structured(REGISTERED)._replace(value=b"{not JSON"), "decode", "not_json"),
    ("null bytes", lambda: structured(REGISTERED)._replace(value=b"\0\0\0"), "decode", "not_json"),
    ("not UTF-8", lambda: structured(REGISTERED)._replace(value=b'{"id": "\xff"}'), "decode", "not_utf8"),
    ("2 MB", lambda: structured(complaint(text="a" * (2 << 20))), "decode", "too_large"),
    ("no type", lambda: structured(without(REGISTERED, "type")), "decode", "missing_field"),
    ("another type", lambda: structured(STATUS), "validate", "unknown_type"),
    ("wrong channel", lambda: structured(REGISTERED, WEB), "validate", "wrong_channel"),
    ("says nothing", lambda: structured(complaint(text=None)), "validate", "missing_field"),
    ("long text", lambda: structured(complaint(text="a" * 5000)), "validate", "too_long"),
    ("1970", lambda: structured({**REGISTERED, "time": "1970-01-01T00:00:00Z"}), "decode", "time_out_of_range"),
    ("2090", lambda: structured(complaint(reported_at="2090-01-01T00:00:00Z")), "validate", "time_out_of_range"),
    ("a bad status", lambda: structured({**STATUS, "data": {}}, STATUS_TOPIC), "validate", "missing_field"),
    ("a bad state", lambda: structured({**NETWORK, "data": {}}, NETWORK_EVENTS), "validate", "missing_field"),
]


@pytest.mark.parametrize(("make", "stage", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_breaks_the_contract_becomes_a_dead_letter(
    handle: Handle, make: Callable[[], RawRecord], stage: str, reason: str
) -> None:
    record = make()
    handled = handle(record, AT)
    (letter,) = handled.records
    headers = dict(letter.headers)
    assert (letter.topic, letter.key, letter.value) == (DEADLETTERS, record.key, record.value or b"")
    assert (headers["dl.stage"], headers["dl.reason"]) == (stage.encode(), reason.encode())
    assert set(record.headers) <= set(letter.headers)
    assert handled.refusal is not None


def test_an_account_with_letters_is_kept_and_noted(handle: Handle) -> None:
    handled = handle(structured(complaint(account_no="12AB")), AT)
    assert handled.refusal is None
    assert "account_no:not_8_or_10_digits" in row(handled.records[0])["notes"]


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text(max_size=40)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = st.sampled_from([*REGISTERED["data"], *STATUS["data"], *NETWORK["data"], "help_desk", "web"])
EVENTS = st.builds(
    lambda event, attributes, data: {**event, **attributes, "data": {**event["data"], **data}},
    st.sampled_from([REGISTERED, STATUS, NETWORK]),
    st.dictionaries(st.sampled_from(["id", "source", "type", "time", "specversion", "data_base64"]), JSON_VALUES),
    st.dictionaries(FIELDS, JSON_VALUES, max_size=3),
)


def assert_every_record_is_written_or_refused(handled: Handled, record: RawRecord) -> None:
    assert handled.records
    if handled.refusal is None:
        assert all(written.topic != DEADLETTERS and row(written) for written in handled.records)
    else:
        (letter,) = handled.records
        assert (letter.topic, letter.value) == (DEADLETTERS, record.value or b"")


@settings(max_examples=300)
@given(event=EVENTS, topic=st.sampled_from(RAW_TOPICS))
def test_any_event_is_written_or_refused_and_never_fails(handle: Handle, event: dict[str, Any], topic: str) -> None:
    record = structured(event, topic)
    assert_every_record_is_written_or_refused(handle(record, AT), record)


@settings(max_examples=200)
@given(
    value=st.one_of(st.none(), st.binary(max_size=200)),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "x"]),
            st.one_of(st.binary(max_size=20), st.just(b"1.0"), st.just(b"application/json")),
        ),
        max_size=8,
    ),
    topic=st.sampled_from([CALLS, HELPDESK, STATUS_TOPIC, NETWORK_EVENTS]),
)
def test_any_bytes_are_refused_with_their_bytes(
    handle: Handle, value: bytes | None, headers: list[tuple[str, bytes]], topic: str
) -> None:
    record = RawRecord(topic, 0, 0, RECEIVED_MS, None, value, tuple(headers))
    assert_every_record_is_written_or_refused(handle(record, AT), record)
