"""Both content modes give the same event, and whatever the bytes are, only a Refusal comes out."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.complaint import complaint_event
from schemas.envelope import COMPLAINT_REGISTERED, STRUCTURED_CONTENT_TYPE, Envelope, binary_headers, decode, structured
from schemas.network import network_event
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.status import status_changed
from schemas.vocabulary import DeadLetterStage, RefusalReason
from tests.schemas.events import binary_record, record, registered, structured_record

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
identifiers = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40)
times = st.datetimes(datetime(2000, 1, 2), datetime(2069, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_example_in_both_modes() -> None:
    event = registered()
    envelope = decode(structured_record(event))
    assert envelope == decode(binary_record(event))
    assert (envelope.source, envelope.id) == ("/kesco/call-centre/acd-1", "CC-2026-06-20-000123")
    assert envelope.data == event["data"]


@settings(deadline=None)
@given(identifiers, identifiers, times, st.dictionaries(st.text(max_size=8), json_values, max_size=5))
def test_any_event_in_both_modes(source: str, event_id: str, time: datetime, data: dict[str, Any]) -> None:
    event = registered(source=source, id=event_id, time=time.isoformat(), data=data)
    assert decode(structured_record(event)) == decode(binary_record(event))


def test_what_we_write_in_binary_mode_can_be_read() -> None:
    at = datetime(2026, 6, 20, 15, 44, 5, tzinfo=UTC)
    headers = binary_headers(event_type="t", source="/s", event_id="é1", time=at)
    envelope = decode(record(b'{"a":1}', headers))
    assert envelope == Envelope(specversion="1.0", id="é1", source="/s", type="t", time=at, data={"a": 1})


def test_a_value_without_headers_is_read_as_structured() -> None:
    assert decode(record(orjson.dumps(registered()))) == decode(structured_record(registered()))


def test_content_type_decides_over_ce_headers_and_may_have_parameters() -> None:
    headers = (("Content-Type", b"application/cloudevents+json; charset=UTF-8"), ("ce_specversion", b"1.0"))
    assert decode(record(orjson.dumps(registered()), headers)).id == registered()["id"]


def test_base64_data() -> None:
    event = registered(data=...) | {"data_base64": base64.b64encode(orjson.dumps(registered()["data"])).decode()}
    assert decode(structured_record(event)).data == registered()["data"]


def test_unknown_attributes_and_fields_are_left_out() -> None:
    event = registered() | {"traceparent": "00-ab", "sequence": 7}
    assert decode(structured_record(event)) == decode(structured_record(registered()))


REFUSED: list[tuple[RawRecord, RefusalReason, str]] = [
    (record(None), RefusalReason.EMPTY_VALUE, ""),
    (record(b""), RefusalReason.EMPTY_VALUE, ""),
    (record(b"light nahi hai"), RefusalReason.NOT_JSON, ""),
    (record(b'{"id":"1"'), RefusalReason.NOT_JSON, ""),
    (record(b'{"id":NaN}'), RefusalReason.NOT_JSON, ""),
    (record(b"[]"), RefusalReason.NOT_AN_OBJECT, ""),
    (record(b"null"), RefusalReason.NOT_AN_OBJECT, ""),
    (record(b"\x00\x00\x00"), RefusalReason.NOT_JSON, ""),
    (record(orjson.dumps(registered())[:-2] + b"\xff\xfe"), RefusalReason.NOT_UTF8, ""),
    (record(b'{"a":"' + b"x" * 2_000_000 + b'"}'), RefusalReason.TOO_LARGE, ""),
    (structured_record(registered(type=...)), RefusalReason.MISSING_FIELD, "type"),
    (structured_record(registered(id=...)), RefusalReason.MISSING_FIELD, "id"),
    (structured_record(registered(source=...)), RefusalReason.MISSING_FIELD, "source"),
    (structured_record(registered(data=...)), RefusalReason.MISSING_FIELD, "data"),
    (structured_record(registered(specversion=...)), RefusalReason.MISSING_FIELD, "specversion"),
    (structured_record(registered(specversion="0.3")), RefusalReason.NOT_CLOUDEVENTS, "specversion"),
    (structured_record(registered(id=7)), RefusalReason.WRONG_TYPE, "id"),
    (structured_record(registered(id="")), RefusalReason.NOT_ALLOWED, "id"),
    (structured_record(registered(id="a\x00b")), RefusalReason.NOT_ALLOWED, "id"),
    (structured_record(registered(source="x" * 1025)), RefusalReason.TOO_LONG, "source"),
    (structured_record(registered(data="text")), RefusalReason.WRONG_TYPE, "data"),
    (structured_record(registered(time="yesterday")), RefusalReason.WRONG_TYPE, "time"),
    (structured_record(registered(time="2026-06-20T21:14:05")), RefusalReason.WRONG_TYPE, "time"),
    (structured_record(registered(time="2026-13-20T21:14:05Z")), RefusalReason.WRONG_TYPE, "time"),
    (structured_record(registered(time=1_781_970_245)), RefusalReason.WRONG_TYPE, "time"),
    (structured_record(registered(time="1970-01-01T00:00:00Z")), RefusalReason.TIME_OUT_OF_RANGE, "time"),
    (structured_record(registered(time="2090-01-01T00:00:00+05:30")), RefusalReason.TIME_OUT_OF_RANGE, "time"),
    (structured_record(registered(data=...) | {"data_base64": "*"}), RefusalReason.WRONG_TYPE, "data_base64"),
    (record(b"{}", (("ce_specversion", b"1.0"), ("ce_id", b"\xff"))), RefusalReason.NOT_UTF8, "headers"),
    (
        record(b"<a/>", (("ce_specversion", b"1.0"), ("content-type", b"text/xml"))),
        RefusalReason.NOT_ALLOWED,
        "datacontenttype",
    ),
    (record(b"nope", (("ce_specversion", b"1.0"), ("ce_id", b"1"))), RefusalReason.NOT_JSON, "data"),
]


@pytest.mark.parametrize(
    ("raw", "reason", "field"), REFUSED, ids=[f"{row[1]}-{row[2]}-{n}" for n, row in enumerate(REFUSED)]
)
def test_refusals_name_the_reason_and_the_field(raw: RawRecord, reason: RefusalReason, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        decode(raw)
    refusal = caught.value
    assert (refusal.reason, refusal.field, refusal.stage) == (reason, field, DeadLetterStage.DECODE)


@pytest.mark.parametrize("make", [structured_record, binary_record])
def test_the_senders_identity_is_kept_in_a_refusal(make: Any) -> None:
    with pytest.raises(Refusal) as caught:
        decode(make(registered(time="1970-01-01T00:00:00Z")))
    assert (caught.value.source, caught.value.source_id) == ("/kesco/call-centre/acd-1", "CC-2026-06-20-000123")


def read_as_the_pipeline_does(raw: RawRecord) -> None:
    envelope = decode(raw)
    for read in (lambda e: complaint_event(e, None), status_changed, network_event):
        try:
            read(envelope)
        except Refusal:
            continue


mutated = st.builds(
    lambda text, at, junk: text[: at % len(text)] + junk + text[at % len(text) :],
    st.just(orjson.dumps(registered())),
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=3),
)
header_lists = st.lists(
    st.tuples(
        st.sampled_from(["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "x"]),
        st.binary(max_size=8)
        | st.sampled_from([b"1.0", STRUCTURED_CONTENT_TYPE.encode(), COMPLAINT_REGISTERED.encode()]),
    ),
    max_size=6,
).map(tuple)


@settings(deadline=None)
@given(st.none() | st.binary(max_size=200) | mutated, header_lists)
def test_any_bytes_give_an_event_or_a_refusal(value: bytes | None, headers: Any) -> None:
    try:
        read_as_the_pipeline_does(record(value, headers))
    except Refusal as refusal:
        assert refusal.reason in RefusalReason


@settings(deadline=None)
@given(st.sampled_from(sorted(registered())), json_values)
def test_any_attribute_value_gives_an_event_or_a_refusal(name: str, value: object) -> None:
    try:
        read_as_the_pipeline_does(structured_record(registered(**{name: value})))
    except Refusal as refusal:
        assert refusal.reason in RefusalReason


secrets = st.text(st.sampled_from("QZJXK0918§é"), min_size=6, max_size=30)


@settings(deadline=None)
@given(st.sampled_from([*registered(), *registered()["data"]]), secrets, st.booleans())
def test_no_value_of_the_input_appears_in_a_refusal(name: str, secret: str, nested: bool) -> None:
    value = {"inner": secret} if nested else secret
    for make in (structured_record, binary_record):
        try:
            complaint_event(decode(make(registered(**{name: value}))), None)
        except Refusal as refusal:
            assert secret not in f"{refusal} {refusal.reason} {refusal.field}"


def test_a_null_byte_inside_a_text_is_no_fault() -> None:
    assert structured(orjson.dumps(registered(text="light\x00nahi"))).data["text"] == "light\x00nahi"
