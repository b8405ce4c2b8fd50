"""What enrichment asks of River Town."""

from __future__ import annotations

from datetime import datetime

import pytest

from reference.consumers import KnownConsumer, SharedPhone
from reference.lookup import Reference
from reference.network import NOWHERE, NodePath
from schemas.reference import FeederKind
from schemas.vocabulary import Category, SpecialNeed

T100 = NodePath("in1", "mill.1", "f10", "t100")


def test_a_consumer_by_new_and_old_account_and_phone(town: Reference) -> None:
    expected = KnownConsumer("0000000010", T100, "Weavers Lane", "313001", SpecialNeed.LIFE_SUPPORT, "residential")
    assert town.consumer_by_account("0000000010") == expected
    assert town.consumer_by_account("00000016") == expected
    assert town.consumer_by_phone("+919876500001") == expected


def test_a_phone_is_stored_as_e164_however_the_file_writes_it(town: Reference) -> None:
    consumer = town.consumer_by_phone("+919876500004")
    assert isinstance(consumer, KnownConsumer) and consumer.account_no == "0000000031"


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("+919876500000", SharedPhone(2, T100)),
        ("+919876500003", SharedPhone(3, NodePath("in1", "mill.1", "f10"))),
        ("+919876500026", SharedPhone(2, NOWHERE)),
    ],
)
def test_a_phone_of_several_is_said_to_be_shared(town: Reference, phone: str, expected: SharedPhone) -> None:
    assert town.consumer_by_phone(phone) == expected


@pytest.mark.parametrize("unknown", ["", "1", "0000000011", "x" * 10, "९" * 10, "0" * 5000, "\0" * 8, "\ud800" * 8])
def test_unknown_numbers(town: Reference, unknown: str) -> None:
    assert town.consumer_by_account(unknown) is None
    assert town.consumer_by_phone(unknown) is None
    assert town.consumer_by_phone(f"+{unknown}") is None


@pytest.mark.parametrize(
    ("path", "at", "planned_id"),
    [
        (T100, "2026-06-20T10:00:00+05:30", "p1"),
        (T100, "2026-06-20T07:29:59+00:00", "p1"),
        (T100, "2026-06-20T13:00:00+05:30", None),
        (NodePath("in1", "mill.1"), "2026-06-20T11:00:00+05:30", None),
        (NodePath("in1", "lake_2", "f21"), "2026-06-21T12:00:00+05:30", "p2"),
        (NOWHERE, "2026-06-20T11:00:00+05:30", None),
    ],
)
def test_a_planned_outage_holds_for_its_node_and_below(
    town: Reference, path: NodePath, at: str, planned_id: str | None
) -> None:
    planned = town.planned_outage(path, datetime.fromisoformat(at))
    assert (planned and planned.planned_id) == planned_id


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (NodePath("in1", "lake_2", "f21", "t210"), FeederKind.RURAL),
        (NodePath("in1", "mill.1", "f11"), FeederKind.INDUSTRIAL),
        (NodePath("in2", "port-3"), FeederKind.URBAN),
        (NodePath("in1", "lake_2"), FeederKind.URBAN),
        (NOWHERE, FeederKind.URBAN),
    ],
)
def test_area_class(town: Reference, path: NodePath, expected: FeederKind) -> None:
    assert town.area_class(path) is expected


@pytest.mark.parametrize(
    ("category", "area", "hours"),
    [
        (Category.NO_SUPPLY, FeederKind.RURAL, 8),
        (Category.NO_SUPPLY, FeederKind.INDUSTRIAL, 4),
        (Category.TRANSFORMER_FAULT, FeederKind.INDUSTRIAL, 3),
        (Category.TRANSFORMER_FAULT, FeederKind.RURAL, 24),
        (Category.BILLING, FeederKind.URBAN, 168),
        (Category.STREET_LIGHT, FeederKind.URBAN, None),
    ],
)
def test_the_nearest_service_limit(town: Reference, category: Category, area: FeederKind, hours: float | None) -> None:
    limit = town.service_limit(category, area)
    assert (limit and limit.limit_hours) == hours


def test_help_desks_and_substations(town: Reference) -> None:
    assert [desk.substation_id for desk in town.help_desks()] == ["mill.1", "port-3"]
    mill = town.substation("mill.1")
    assert mill is not None and mill.aliases == ("Mill Road", "मिल रोड")
    assert town.substation("f10") is None
