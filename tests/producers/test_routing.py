"""Which topic a line goes to and under which key; and that a content mode never changes what an event is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producers.content_mode import ContentMode, in_mode
from producers.routing import route
from schemas.complaint import complaint_event
from schemas.envelope import COMPLAINT_REGISTERED, Envelope, decode
from schemas.identity import complaint_id
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import CALLS, HELPDESK, NETWORK_EVENTS, STATUS, WEB
from schemas.vocabulary import RefusalReason
from tests.producers.events import complaint, line, network, status

SOURCE = "/test"
KEY = str(complaint_id(SOURCE, "1")).encode()


@pytest.mark.parametrize(("channel", "topic"), [("call", CALLS), ("web", WEB), ("helpdesk", HELPDESK)])
def test_a_complaint_goes_to_its_channel_under_its_complaint_id(channel: str, topic: str) -> None:
    routed = route(line(complaint(SOURCE, "1", channel)))
    assert (routed.topic, routed.key) == (topic, KEY)
    event = complaint_event(Envelope.model_validate(routed.event), None)
    assert routed.key == str(event.complaint_id).encode()


def test_a_status_goes_under_the_complaint_it_is_about() -> None:
    named = route(line(status("/dispatch", "S1", complaint={"source": SOURCE, "id": "1"})))
    by_id = route(line(status("/dispatch", "S2", complaint_id=KEY.decode().upper())))
    assert (named.topic, named.key) == (by_id.topic, by_id.key) == (STATUS, KEY)


def test_a_network_event_goes_under_its_node() -> None:
    routed = route(line(network(SOURCE, "1", "F-É")))
    assert (routed.topic, routed.key) == (NETWORK_EVENTS, "F-É".encode())


@pytest.mark.parametrize(
    ("event", "topic"),
    [
        (complaint(SOURCE, None), CALLS),
        (complaint(SOURCE, 5), CALLS),
        ({"data": {"channel": "web"}}, WEB),
        (status(SOURCE, "1", complaint_id="nonsense"), STATUS),
        (status(SOURCE, "1", complaint="nonsense"), STATUS),
        (network(SOURCE, "1", 7), NETWORK_EVENTS),
        ({**network(SOURCE, "1", "x"), "data": 5}, NETWORK_EVENTS),
    ],
)
def test_what_can_be_routed_goes_out_even_when_it_will_be_refused(event: Any, topic: str) -> None:
    routed = route(line(event))
    assert (routed.topic, routed.key) == (topic, None)


@pytest.mark.parametrize(
    ("text", "reason", "field"),
    [
        (b"light nahi hai", RefusalReason.NOT_JSON, ""),
        (b'{"data":', RefusalReason.NOT_JSON, ""),
        (b'{"data":{"channel":"call","text":"\xff"}}', RefusalReason.NOT_UTF8, ""),
        (b"[1]", RefusalReason.NOT_AN_OBJECT, ""),
        (b"{}", RefusalReason.MISSING_FIELD, "data.channel"),
        (line(complaint(SOURCE, "1", "fax")), RefusalReason.NOT_ALLOWED, "data.channel"),
        (line(complaint(SOURCE, "1", ["call"])), RefusalReason.NOT_ALLOWED, "data.channel"),
    ],
)
def test_what_names_no_topic_is_refused(text: bytes, reason: RefusalReason, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        route(text)
    assert (caught.value.reason, caught.value.field) == (reason, field)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.binary(max_size=60) | json_values.map(line))
def test_any_bytes_are_routed_or_refused(text: bytes) -> None:
    try:
        route(text)
    except Refusal as refusal:
        assert refusal.reason in RefusalReason


def outcome(value: bytes, headers: list[tuple[str, Any]]) -> object:
    try:
        return decode(RawRecord("t", 0, 0, 0, None, value, tuple(headers)))
    except Refusal as refusal:
        return refusal.reason, refusal.field.removeprefix("data.")


odd_texts = st.sampled_from(
    ["", "1.0", "0.3", "1\n2", "é", COMPLAINT_REGISTERED, "2026-06-20T21:14:05Z", "\x00", "x" * 2000]
)
attributes = st.dictionaries(
    st.sampled_from(
        [
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "datacontenttype",
            "data",
            "data_base64",
            "subject",
            "Extra",
            "é",
        ]
    ),
    odd_texts | json_values,
    max_size=5,
)


@settings(deadline=None)
@given(attributes, st.booleans())
def test_the_content_mode_never_changes_what_an_event_is(changes: dict[str, Any], in_data: bool) -> None:
    event = complaint(SOURCE, "1")
    (event["data"] if in_data else event).update(changes)
    text = line(event)
    forms = [in_mode(mode, text, event) for mode in ContentMode]
    assert forms[0][0] == text
    assert outcome(*forms[0]) == outcome(*forms[1])


def test_binary_mode_carries_data_alone() -> None:
    event = complaint(SOURCE, "1") | {"traceparent": "00-ab"}
    value, headers = in_mode(ContentMode.BINARY, line(event), event)
    assert value == line(event["data"])
    assert dict(headers)["ce_traceparent"] == b"00-ab"
    assert dict(headers)["content-type"] == b"application/json"
