"""One event in, one row out: place, customer, urgency, and nothing personal."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.lookup import Reference
from schemas.complaint import MAX_TEXT_CHARACTERS, ComplaintEvent, complaint_event
from schemas.enriched import ComplaintEnriched, event_version
from schemas.envelope import structured
from schemas.record import RawRecord
from schemas.vocabulary import SUPPLY_CATEGORIES, Category, Extent, RoutedBy, SpecialNeed
from stream_processors.enrichment import ENRICHER_REVISION, Pseudonymiser, enrich
from stream_processors.enrichment.consequence import said_before, urgency_of

REPORTED_AT: Final = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
RECEIVED_MS: Final = int(REPORTED_AT.timestamp() * 1000) + 2000
ENRICHED_AT: Final = REPORTED_AT + timedelta(seconds=3)
KEYS: Final = Pseudonymiser(b"0123456789abcdef")


def event_of(data: dict[str, Any], event_id: str = "e-1") -> ComplaintEvent:
    envelope = {
        "specversion": "1.0",
        "id": event_id,
        "source": "/test/centre",
        "type": "in.co.kesco.complaint.registered.v1",
        "time": REPORTED_AT.isoformat(),
        "data": {"channel": "call", "text": "bijli nahi hai", **data},
    }
    return complaint_event(structured(orjson.dumps(envelope)), None)


def enriched(reference: Reference, data: dict[str, Any], event_id: str = "e-1") -> ComplaintEnriched:
    record = RawRecord("complaints.calls", 3, 41, RECEIVED_MS, None, b"")
    return enrich(event_of(data, event_id), record, reference=reference, pseudonymiser=KEYS, enriched_at=ENRICHED_AT)


def test_the_whole_row(town: Reference) -> None:
    row = enriched(
        town,
        {
            "account_no": "0000000143",
            "phone": "098765-43210",
            "customer_name": "Somebody Important",
            "text": "khambe se\x00chingari, main somebody  important, mera no 98765 43210",
            "neighbours_out": True,
            "call": {"queue_seconds": 12},
        },
    )
    assert (row.category, row.hazard, row.priority, row.extent) == (Category.SPARKING_FIRE, True, 1, Extent.AREA)
    assert row.text == "khambe se chingari, main [name], mera no [number]"
    assert (row.phone_last3, row.special_need, row.queue_seconds) == ("210", SpecialNeed.HOSPITAL, 12)
    assert (row.substation_id, row.feeder_id, row.transformer_id) == ("lake_2", "f21", "t210")
    assert (row.routed_by, row.locality, row.pincode) == (RoutedBy.ACCOUNT, "Far Farms", "313003")
    assert (row.kafka_topic, row.kafka_partition, row.kafka_offset) == ("complaints.calls", 3, 41)
    assert row.received_at == REPORTED_AT + timedelta(seconds=2)
    assert row.event_version == event_version(ENRICHER_REVISION, RECEIVED_MS)
    assert row.reference_version == town.version
    assert row.notes == ()
    assert b"somebody" not in row.to_json().lower()


@pytest.mark.parametrize(
    ("data", "routed_by", "node_id", "notes"),
    [
        (
            {"location": {"transformer_id": "t200"}, "account_no": "0000000003"},
            RoutedBy.TRANSFORMER,
            "t200",
            ("account_no:conflict",),
        ),
        ({"location": {"transformer_id": "f20"}}, RoutedBy.NONE, "", ("location.transformer_id:unknown",)),
        ({"account_no": "00000005"}, RoutedBy.ACCOUNT, "t100", ()),
        ({"account_no": "0000000024", "phone": "+919876500001"}, RoutedBy.ACCOUNT, "t100", ()),
        ({"account_no": "0000000024", "phone": "+919876500016"}, RoutedBy.ACCOUNT, "t100", ("phone:conflict",)),
        ({"account_no": "9999999999", "phone": "98765 00016"}, RoutedBy.PHONE, "t200", ("account_no:unknown",)),
        ({"account_no": "12AB", "phone": "98765 00016"}, RoutedBy.PHONE, "t200", ("account_no:not_8_or_10_digits",)),
        ({"phone": "+919876500000"}, RoutedBy.PHONE, "t100", ()),
        ({"phone": "+919876500003"}, RoutedBy.PHONE, "f10", ()),
        ({"phone": "+919876500026"}, RoutedBy.NONE, "", ()),
        ({"phone": "12"}, RoutedBy.NONE, "", ("phone:not_e164",)),
        ({"channel": "helpdesk", "help_desk": {"substation_id": "mill.1"}}, RoutedBy.HELP_DESK, "mill.1", ()),
        (
            {"channel": "helpdesk", "help_desk": {"substation_id": "t100"}},
            RoutedBy.NONE,
            "",
            ("help_desk.substation_id:unknown",),
        ),
        (
            {"channel": "helpdesk", "help_desk": {"substation_id": "mill.1"}, "account_no": "0000000116"},
            RoutedBy.HELP_DESK,
            "mill.1",
            ("account_no:unknown",),
        ),
        (
            {"channel": "helpdesk", "help_desk": {"substation_id": "mill.1"}, "account_no": "0000000115"},
            RoutedBy.ACCOUNT,
            "t200",
            ("help_desk:conflict",),
        ),
        ({"channel": "helpdesk", "help_desk": {"substation_id": " mill.1\t"}}, RoutedBy.HELP_DESK, "mill.1", ()),
        ({"location": {"transformer_id": "t100 "}}, RoutedBy.TRANSFORMER, "t100", ()),
        ({"location": {"locality": "रंगाई कॉलोनी"}}, RoutedBy.LOCALITY, "t110", ()),
        ({"location": {"locality": "two banks"}}, RoutedBy.LOCALITY, "lake_2", ()),
        ({"location": {"locality": "Old Town"}}, RoutedBy.LOCALITY, "in1", ()),
        ({"location": {"locality": "nowhere"}}, RoutedBy.NONE, "", ()),
        ({"location": {"locality": "NULL"}, "text": "weavers lane me andhera"}, RoutedBy.LOCALITY, "f10", ()),
        ({"text": "Dye-Works Colony me bijli nahi"}, RoutedBy.LOCALITY, "t110", ()),
        (
            {"location": {"locality": "Two Banks"}, "account_no": "0000000003"},
            RoutedBy.ACCOUNT,
            "t100",
            ("location.locality:conflict",),
        ),
        (
            {
                "channel": "helpdesk",
                "help_desk": {"substation_id": "mill.1"},
                "location": {"locality": "Weavers Lane"},
            },
            RoutedBy.LOCALITY,
            "f10",
            (),
        ),
        ({"location": {"locality": "Old Town"}, "text": "weaver lane me andhera"}, RoutedBy.LOCALITY, "f10", ()),
        ({"location": {"address": "12/4 Bunkar Gali"}}, RoutedBy.LOCALITY, "f10", ()),
        ({"account_no": "0000000003", "text": "two banks me light nahi"}, RoutedBy.ACCOUNT, "t100", ("text:conflict",)),
        ({"location": {"latitude": 24.61, "longitude": 73.72}}, RoutedBy.COORDINATES, "t210", ()),
        ({"location": {"latitude": 24.58055, "longitude": 73.6816}}, RoutedBy.COORDINATES, "t100", ()),
        ({"location": {"latitude": 24.5808, "longitude": 73.6823}}, RoutedBy.COORDINATES, "mill.1", ()),
        (
            {"location": {"latitude": 24.61, "longitude": 73.72, "locality": "Weavers Lane"}},
            RoutedBy.LOCALITY,
            "f10",
            ("location.latitude:conflict",),
        ),
        ({"location": {"locality": "Town and Port"}}, RoutedBy.LOCALITY, "mill.1", ()),
        ({"text": "town and port me light nahi"}, RoutedBy.LOCALITY, "mill.1", ()),
        (
            {"location": {"locality": "Town and Port", "latitude": 24.61, "longitude": 73.72}},
            RoutedBy.COORDINATES,
            "t210",
            ("location.locality:conflict",),
        ),
        (
            {"location": {"locality": "Town and Port"}, "text": "fire brigade feeder me light nahi"},
            RoutedBy.LOCALITY,
            "f30",
            (),
        ),
        (
            {"text": "fire brigade feeder me light nahi", "location": {"pincode": "313001"}},
            RoutedBy.LOCALITY,
            "f30",
            ("location.pincode:conflict",),
        ),
        ({"text": "two banks me light nahi", "location": {"pincode": "313001"}}, RoutedBy.LOCALITY, "lake_2", ()),
        ({"account_no": "0000000003", "location": {"pincode": "313009"}}, RoutedBy.ACCOUNT, "t100", ()),
        ({"location": {"latitude": 0, "longitude": 0}}, RoutedBy.NONE, "", ("location.latitude:zero",)),
        ({"location": {"latitude": 73.68, "longitude": 24.58}}, RoutedBy.NONE, "", ("location.latitude:swapped",)),
        ({"location": {"latitude": 28.6, "longitude": 77.2}}, RoutedBy.NONE, "", ("location.latitude:outside_area",)),
        ({"location": {"latitude": 24.58}}, RoutedBy.NONE, "", ("location.latitude:incomplete",)),
        (
            {"location": {"latitude": 24.6, "longitude": 73.66}},
            RoutedBy.NONE,
            "",
            ("location.latitude:no_transformer_near",),
        ),
        ({"location": {"pincode": "313001"}}, RoutedBy.PINCODE, "in1", ()),
        ({"location": {"pincode": "313009"}}, RoutedBy.NONE, "", ()),
        (
            {"location": {"pincode": "313001", "latitude": 24.61, "longitude": 73.72}},
            RoutedBy.COORDINATES,
            "t210",
            (),
        ),
        ({}, RoutedBy.NONE, "", ()),
    ],
)
def test_place(
    town: Reference, data: dict[str, Any], routed_by: RoutedBy, node_id: str, notes: tuple[str, ...]
) -> None:
    row = enriched(town, data)
    deepest = row.transformer_id or row.feeder_id or row.substation_id or row.incomer_id
    assert (row.routed_by, deepest, row.notes) == (routed_by, node_id, notes)
    assert (row.routing_confidence > 0) == (routed_by is not RoutedBy.NONE)


def test_conflicts_are_noted_in_the_stated_order(town: Reference) -> None:
    row = enriched(
        town,
        {
            "channel": "helpdesk",
            "account_no": "0000000003",
            "phone": "+919876500016",
            "text": "account 0000000115, two banks me light nahi",
            "help_desk": {"substation_id": "mill.1"},
            "location": {
                "transformer_id": "t300",
                "locality": "Weavers Lane",
                "latitude": 24.61,
                "longitude": 73.72,
                "pincode": "313001",
            },
        },
    )
    fields = "account_no text phone help_desk location.locality location.latitude location.pincode"
    assert row.transformer_id == "t300"
    assert row.notes == tuple(f"{field}:conflict" for field in fields.split())


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("mera account number 0000000115 hai, light nahi", "t200"),
        ("खाता संख्या ०००००००११५, बिजली नहीं", "t200"),
        ("light nahi hai, khata no. 0000-000-115", "t200"),
        ("account 0 0 0 0 0 0 0 1 1 5 bijli gul", "t200"),
        ("barra 2 0000000115 light nahi", "t200"),
        ("0000000115 ki light nahi hai", "t200"),
        ("connection 00000181 dead", "t200"),
        ("0000 0181 mera account hai", "t200"),
        ("00000181 ki light nahi", ""),
        ("complaint no 0000000115 ka kya hua", ""),
        ("mera mobile 0000000115 hai, account yaad nahi", ""),
        ("account 9999999999 light nahi", ""),
        ("+0000000115 light nahi", ""),
        ("account 00000001151 light nahi", ""),
        ("mera number 98765 00016", ""),
    ],
)
def test_an_account_number_in_the_text(town: Reference, text: str, node_id: str) -> None:
    row = enriched(town, {"text": text})
    assert (row.transformer_id, row.notes) == (node_id, ("account_no:from_text",) if node_id else ())
    assert row.routed_by is (RoutedBy.ACCOUNT if node_id else RoutedBy.NONE)
    same_customer = enriched(town, {"account_no": "0000000115"}).customer_key
    assert (row.customer_key == same_customer) == bool(node_id)
    if node_id:
        assert "115" not in row.text and "0181" not in row.text and "११५" not in row.text


@pytest.mark.parametrize(
    ("data", "routed_by", "node_id", "notes"),
    [
        ({"account_no": "0000000003"}, RoutedBy.ACCOUNT, "t100", ("text:conflict",)),
        ({"account_no": "0000000115"}, RoutedBy.ACCOUNT, "t200", ()),
        ({"account_no": "9999999999"}, RoutedBy.ACCOUNT, "t200", ("account_no:unknown", "account_no:from_text")),
        ({"phone": "+919876500000"}, RoutedBy.ACCOUNT, "t200", ("account_no:from_text", "phone:conflict")),
        (
            {"location": {"transformer_id": "t100"}},
            RoutedBy.TRANSFORMER,
            "t100",
            ("account_no:from_text", "text:conflict"),
        ),
    ],
)
def test_an_account_in_the_text_counts_after_the_field(
    town: Reference, data: dict[str, Any], routed_by: RoutedBy, node_id: str, notes: tuple[str, ...]
) -> None:
    row = enriched(town, {"text": "account 0000000115, light nahi", **data})
    assert (row.routed_by, row.transformer_id, row.notes) == (routed_by, node_id, notes)


def test_a_fire_brigade_feeder_is_no_fire(town: Reference) -> None:
    row = enriched(town, {"text": "Fire Brigade feeder ki light gayi hai"})
    assert (row.category, row.hazard, row.substation_id) == (Category.NO_SUPPLY_AREA, False, "port-3")


def test_one_customer_has_one_key(town: Reference) -> None:
    same = [
        {"account_no": "0000000115"},
        {"account_no": "00000181"},
        {"account_no": "0000 000-115"},
        {"phone": "098765 00016"},
        {"phone": "९८७६५०००१६"},
        {"account_no": "not known", "phone": "+91 98765 00016"},
    ]
    assert len({enriched(town, data, event_id=str(index)).customer_key for index, data in enumerate(same)}) == 1
    different: list[dict[str, Any]] = [
        {"account_no": "0000000115"},
        {"account_no": "0000000116"},
        {"phone": "+919876500003"},
        {"phone": "+919123456789"},
        {},
        {},
    ]
    keys = {enriched(town, data, event_id=str(index)).customer_key for index, data in enumerate(different)}
    assert len(keys) == len(different)


def test_time_limit_and_planned_shutdown(town: Reference) -> None:
    planned = enriched(town, {"account_no": "0000000003", "reported_at": "2026-06-20T10:30:00+05:30"})
    assert planned.planned
    assert planned.due_at == datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
    later = enriched(town, {"account_no": "0000000003", "reported_at": "2026-06-20T13:00:00+05:30"})
    assert not later.planned
    rural = enriched(town, {"account_no": "0000000143"})
    assert rural.due_at == REPORTED_AT + timedelta(hours=8)
    assert enriched(town, {"text": "app nahi khul raha"}).due_at is None


def test_a_place_is_out_as_planned_when_all_that_feeds_it_is(kanpur: Reference) -> None:
    said = {"text": "Lavkush Puram me light nahi", "reported_at": "2026-01-24T12:00:00+05:30"}
    assert enriched(kanpur, said).planned
    assert not enriched(kanpur, {**said, "reported_at": "2026-01-24T18:00:00+05:30"}).planned
    assert not enriched(kanpur, {**said, "text": "Dayanand Vihar me light nahi"}).planned


def test_a_locality_that_nobody_knows_keeps_no_name_and_no_number(town: Reference) -> None:
    said = {"customer_name": "Somebody Important", "location": {"locality": "near somebody  important, 98765 43210"}}
    assert enriched(town, said).locality == "near [name], [number]"


def test_a_time_after_it_was_received_is_noted(town: Reference) -> None:
    late = (REPORTED_AT + timedelta(hours=2)).isoformat()
    assert enriched(town, {"reported_at": late}).notes == ("reported_at:after_received_at",)
    assert enriched(town, {"reported_at": (REPORTED_AT + timedelta(minutes=50)).isoformat()}).notes == ()


@pytest.mark.parametrize(
    ("data", "category", "hazard", "extent"),
    [
        ({"text": None, "category": "Line Down"}, Category.LINE_BROKEN, True, Extent.UNKNOWN),
        ({"text": None, "category": "zz9"}, Category.UNCLEAR, False, Extent.UNKNOWN),
        ({"text": "bill galat hai", "category": "zz9"}, Category.BILLING, False, Extent.UNKNOWN),
        ({"text": "kuch bhi", "category": "no_supply"}, Category.NO_SUPPLY, False, Extent.UNKNOWN),
        ({"text": "khambe me aag lagi hai", "category": "billing"}, Category.SPARKING_FIRE, True, Extent.UNKNOWN),
        ({"text": "bijli nahi", "neighbours_out": True}, Category.NO_SUPPLY, False, Extent.AREA),
        ({"text": "bijli nahi", "neighbours_out": False}, Category.NO_SUPPLY, False, Extent.SINGLE),
        ({"text": "sirf mere ghar ki light gayi", "neighbours_out": True}, Category.NO_SUPPLY, False, Extent.SINGLE),
        ({"text": "bill galat hai", "neighbours_out": True}, Category.BILLING, False, Extent.UNKNOWN),
    ],
)
def test_category_and_extent(
    town: Reference, data: dict[str, Any], category: Category, hazard: bool, extent: Extent
) -> None:
    row = enriched(town, data)
    assert (row.category, row.hazard, row.extent) == (category, hazard, extent)


@pytest.mark.parametrize(
    ("category", "hazard", "extent", "need", "priority"),
    [
        (Category.SPARKING_FIRE, True, Extent.UNKNOWN, SpecialNeed.NONE, 1),
        (Category.TRANSFORMER_FAULT, True, Extent.UNKNOWN, SpecialNeed.NONE, 1),
        (Category.NO_SUPPLY, False, Extent.SINGLE, SpecialNeed.LIFE_SUPPORT, 1),
        (Category.BILLING, False, Extent.UNKNOWN, SpecialNeed.HOSPITAL, 5),
        (Category.NO_SUPPLY, False, Extent.SINGLE, SpecialNeed.WATER_WORKS, 2),
        (Category.NO_SUPPLY_AREA, False, Extent.AREA, SpecialNeed.NONE, 2),
        (Category.LOW_VOLTAGE, False, Extent.AREA, SpecialNeed.NONE, 2),
        (Category.NO_SUPPLY, False, Extent.UNKNOWN, SpecialNeed.NONE, 3),
        (Category.LOW_VOLTAGE, False, Extent.UNKNOWN, SpecialNeed.NONE, 4),
        (Category.UNCLEAR, False, Extent.UNKNOWN, SpecialNeed.NONE, 4),
        (Category.STREET_LIGHT, False, Extent.UNKNOWN, SpecialNeed.NONE, 5),
    ],
)
def test_priority(category: Category, hazard: bool, extent: Extent, need: SpecialNeed, priority: int) -> None:
    first = urgency_of(category, hazard=hazard, extent=extent, special_need=need)
    again = urgency_of(category, hazard=hazard, extent=extent, special_need=need, repeat=True)
    assert (first.priority, again.priority) == (priority, priority if priority < 3 else priority - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("teesri baar shikayat kar raha hu", True),
        ("3 baar phone kiya koi nahi aaya", True),
        ("complaint closed, still no light", True),
        ("दोबारा शिकायत कर रहे हैं", True),
        ("baar baar light jaati hai", False),
        ("complaint likh lijiye", False),
        ("tripping 5 times a shift", False),
        ("phone 3 " * 400, False),
    ],
)
def test_a_repeat_is_what_the_caller_says(text: str, expected: bool) -> None:
    assert said_before(text) is expected


def test_a_device_that_keeps_somebody_alive_is_a_special_need(town: Reference) -> None:
    row = enriched(town, {"text": "light nahi hai, mummy oxygen machine par hain"})
    assert (row.special_need, row.priority) == (SpecialNeed.LIFE_SUPPORT, 1)


def test_a_prepaid_meter_without_balance_is_no_outage(town: Reference) -> None:
    row = enriched(town, {"text": "smart meter ka balance khatam, recharge kiya par light nahi aayi"})
    assert row.category is Category.PREPAID_SMART_METER and row.category not in SUPPLY_CATEGORIES
    assert (row.extent, row.priority, row.hazard) == (Extent.UNKNOWN, 4, False)


LETTERS = st.characters(codec="utf-8")
ODD = (
    st.none() | st.text(LETTERS, max_size=30) | st.sampled_from(["0000000003", "+919876500003", "९८७६५०००१६", "²" * 10])
)


@given(
    text=st.text(LETTERS, max_size=MAX_TEXT_CHARACTERS) | st.just("₨😀" * 2000),
    account_no=ODD,
    phone=ODD,
    category=ODD,
    locality=ODD,
    pincode=ODD,
    transformer_id=ODD,
    latitude=st.none() | st.floats(-90, 90) | st.floats(24.5, 24.7),
    longitude=st.none() | st.floats(-180, 180) | st.floats(73.6, 73.8),
    neighbours_out=st.none() | st.booleans(),
)
def test_any_valid_event_has_a_row(
    town: Reference,
    text: str,
    account_no: str | None,
    phone: str | None,
    category: str | None,
    locality: str | None,
    pincode: str | None,
    transformer_id: str | None,
    latitude: float | None,
    longitude: float | None,
    neighbours_out: bool | None,
) -> None:
    data: dict[str, Any] = {
        "text": text if text.strip() else "x",
        "account_no": account_no,
        "phone": phone,
        "category": category,
        "customer_name": "Zq Unmistakable",
        "neighbours_out": neighbours_out,
        "location": {
            "locality": locality,
            "pincode": pincode,
            "transformer_id": transformer_id,
            "latitude": latitude,
            "longitude": longitude,
        },
    }
    row = enriched(town, data)
    assert ComplaintEnriched.model_validate_json(row.to_json(), strict=False) == row
    assert b"Unmistakable" not in row.to_json()
    assert all(note.replace("_", "").replace(":", "").replace(".", "").isalnum() for note in row.notes)
    composed = unicodedata.normalize("NFC", data["text"])
    if len(composed) <= MAX_TEXT_CHARACTERS:
        same = enriched(town, {**data, "text": composed})
        assert (same.category, same.hazard, same.extent) == (row.category, row.hazard, row.extent)
        assert (same.substation_id, same.feeder_id, same.routed_by) == (row.substation_id, row.feeder_id, row.routed_by)
