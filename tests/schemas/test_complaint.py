"""A registered complaint: what refuses it, what is only noted, and which time counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.complaint import MAX_TEXT_CHARACTERS, ComplaintEvent, complaint_event
from schemas.envelope import NETWORK_EVENT, structured
from schemas.identity import COMPLAINT_NAMESPACE, complaint_id, complaint_key
from schemas.refusal import Refusal
from schemas.vocabulary import Channel, DeadLetterStage, RefusalReason
from tests.schemas.events import registered


def read(event: dict[str, Any], channel: Channel | None = Channel.CALL) -> ComplaintEvent:
    return complaint_event(structured(orjson.dumps(event)), channel)


def test_the_example() -> None:
    event = read(registered())
    assert event.reported_at == datetime(2026, 6, 20, 15, 44, 5, tzinfo=UTC)
    assert event.notes == ()
    assert event.data.location is not None
    assert event.data.location.locality == "Kidwai Nagar"
    assert event.data.call is not None
    assert event.data.call.queue_seconds == 12


REFUSED: list[tuple[dict[str, Any], RefusalReason, str]] = [
    (registered(channel="web", call=None), RefusalReason.WRONG_CHANNEL, "data.channel"),
    (registered(channel="fax"), RefusalReason.NOT_ALLOWED, "data.channel"),
    (registered(channel=...), RefusalReason.MISSING_FIELD, "data.channel"),
    (registered(channel=3), RefusalReason.NOT_ALLOWED, "data.channel"),
    (registered(text=None), RefusalReason.MISSING_FIELD, "data.text"),
    (registered(text=..., category=...), RefusalReason.MISSING_FIELD, "data.text"),
    (registered(text=" \n ", category=""), RefusalReason.MISSING_FIELD, "data.text"),
    (registered(text="बि" * 2500), RefusalReason.TOO_LONG, "data.text"),
    (registered(text=["light"]), RefusalReason.WRONG_TYPE, "data.text"),
    (registered(reported_at="1970-01-01T05:30:00+05:30"), RefusalReason.TIME_OUT_OF_RANGE, "data.reported_at"),
    (registered(reported_at="2090-06-20T21:14:05+05:30"), RefusalReason.TIME_OUT_OF_RANGE, "data.reported_at"),
    (registered(time=..., reported_at=...), RefusalReason.MISSING_FIELD, "time"),
    (registered(type=NETWORK_EVENT), RefusalReason.UNKNOWN_TYPE, "type"),
    (registered(type="in.co.kesco.complaint.registered.v2"), RefusalReason.UNKNOWN_TYPE, "type"),
]


@pytest.mark.parametrize(("event", "reason", "field"), REFUSED, ids=[f"{row[1]}-{n}" for n, row in enumerate(REFUSED)])
def test_refused(event: dict[str, Any], reason: RefusalReason, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(event)
    refusal = caught.value
    assert (refusal.reason, refusal.field, refusal.stage) == (reason, field, DeadLetterStage.VALIDATE)
    assert (refusal.source, refusal.source_id) == (event["source"], event["id"])


NOTED: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    (registered(account_no=12345678), ("account_no:wrong_type",)),
    (registered(account_no=["12345678"]), ("account_no:wrong_type",)),
    (registered(phone=9812345678), ("phone:wrong_type",)),
    (registered(phone="9" * 201), ("phone:too_long",)),
    (registered(neighbours_out="yes"), ("neighbours_out:wrong_type",)),
    (registered(reported_at="21:14"), ("reported_at:wrong_type",)),
    (registered(location="Kidwai Nagar"), ("location:wrong_type",)),
    (registered(location={"pincode": "20801", "locality": "Juhi"}), ("location.pincode:not_allowed",)),
    (registered(location={"pincode": 208011}), ("location.pincode:wrong_type",)),
    (registered(location={"latitude": 126.4, "longitude": 80.3}), ("location.latitude:not_allowed",)),
    (registered(call={"line": "7", "queue_seconds": -3}), ("call.line:wrong_type", "call.queue_seconds:wrong_type")),
    (registered(web={"form": "bill"}), ("web:wrong_channel",)),
]


@pytest.mark.parametrize(("event", "notes"), NOTED, ids=[row[1][0] for row in NOTED])
def test_what_is_wrong_with_an_optional_field_is_noted(event: dict[str, Any], notes: tuple[str, ...]) -> None:
    found = read(event)
    assert set(found.notes) == set(notes)
    assert found.data.text == "poore mohalle ki light gayi hui hai"


def test_an_account_sent_as_a_number_is_kept_as_text() -> None:
    assert read(registered(account_no=12345678)).data.account_no == "12345678"


def test_an_account_with_letters_is_kept() -> None:
    assert read(registered(account_no="12AB5678")).data.account_no == "12AB5678"


def test_the_rest_of_a_location_survives_a_bad_part() -> None:
    location = read(registered(location={"pincode": "20801", "locality": "Juhi"})).data.location
    assert location is not None
    assert (location.locality, location.pincode) == ("Juhi", None)


@pytest.mark.parametrize("written", ["208011", "208 011", " 208011 ", "२०८ ०११", 208011])
def test_a_pin_code_is_read_as_people_and_forms_write_it(written: str | int) -> None:
    location = read(registered(location={"pincode": written})).data.location
    assert location is not None and location.pincode == "208011"


def test_category_alone_is_enough_and_the_longest_text_passes() -> None:
    assert read(registered(text=None, category="NO_SUPPLY")).data.category == "NO_SUPPLY"
    assert read(registered(text="x" * MAX_TEXT_CHARACTERS)).data.text == "x" * MAX_TEXT_CHARACTERS


def test_reported_at_else_the_envelopes_time() -> None:
    later = "2026-06-20T23:00:00+05:30"
    assert read(registered(time=later)).reported_at == datetime(2026, 6, 20, 15, 44, 5, tzinfo=UTC)
    assert read(registered(time=later, reported_at=None)).reported_at == datetime(2026, 6, 20, 17, 30, tzinfo=UTC)
    assert read(registered(time=...)).reported_at == datetime(2026, 6, 20, 15, 44, 5, tzinfo=UTC)


optional = sorted(set(registered()["data"]) - {"channel", "text", "category", "reported_at"} | {"web", "help_desk"})
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(max_size=300),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["locality", "pincode", "latitude", "line", "queue_seconds", "x"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(optional), junk, max_size=6))
def test_no_optional_field_ever_refuses_a_complaint(fields: dict[str, Any]) -> None:
    event = registered()
    event["data"].update(fields)
    found = read(event)
    assert found.data.text == event["data"]["text"]
    for note in found.notes:
        name, _, reason = note.rpartition(":")
        assert name.split(".")[0] in fields or name == "call"
        assert reason in set(RefusalReason)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_identity_is_uuid5_of_source_and_id(source: str, event_id: str) -> None:
    expected = uuid5(COMPLAINT_NAMESPACE, f"{source}\n{event_id}")
    assert complaint_id(source, event_id) == expected
    assert complaint_key(source, event_id) == str(expected).encode()


def test_identity_never_changes() -> None:
    assert complaint_id("/kesco/call-centre/acd-1", "CC-2026-06-20-000123") == UUID(
        "4a81ca4c-0697-5e5a-9766-9d9e48c14183"
    )
