"""What a stored complaint tells the detector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pytest

from insight.detector.report import AREA, OTHER_TROUBLE, SINGLE, TRANSFORMER_FAULT, UNKNOWN, Kind, report_of
from schemas.vocabulary import Category, Extent, RoutedBy

AT: Final = datetime(2026, 6, 20, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    category: Category
    extent: Extent = Extent.UNKNOWN
    neighbours_out: bool | None = None
    planned: bool = False
    customer_key: str = "c"
    reported_at: datetime = AT
    received_at: datetime = AT
    incomer_id: str = "I"
    substation_id: str = "S"
    feeder_id: str = "F"
    transformer_id: str = "T"
    routed_by: RoutedBy = RoutedBy.ACCOUNT
    routing_confidence: float = 1.0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (Row(Category.NO_SUPPLY), UNKNOWN),
        (Row(Category.NO_SUPPLY, neighbours_out=True), AREA),
        (Row(Category.NO_SUPPLY, neighbours_out=False), SINGLE),
        (Row(Category.NO_SUPPLY, Extent.SINGLE), SINGLE),
        (Row(Category.NO_SUPPLY, Extent.SINGLE, neighbours_out=True), AREA),
        (Row(Category.NO_SUPPLY_AREA), AREA),
        (Row(Category.TRANSFORMER_FAULT, Extent.SINGLE), TRANSFORMER_FAULT),
        (Row(Category.PHASE_MISSING), SINGLE),
        (Row(Category.PHASE_MISSING, Extent.AREA), AREA),
        (Row(Category.FUSE_BLOWN), OTHER_TROUBLE),
        (Row(Category.FUSE_BLOWN, neighbours_out=True), SINGLE),
        (Row(Category.LOW_VOLTAGE, Extent.AREA, neighbours_out=True), OTHER_TROUBLE),
        (Row(Category.LINE_BROKEN, neighbours_out=True), OTHER_TROUBLE),
        (Row(Category.RESTORATION_QUERY), AREA),
        (Row(Category.RESTORATION_QUERY, neighbours_out=False), UNKNOWN),
    ],
)
def test_what_a_customer_says_of_the_extent(row: Row, says: int) -> None:
    report = report_of(row)
    assert report is not None
    assert report.says == says


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        (Category.NO_SUPPLY, Kind.SUPPLY),
        (Category.RESTORATION_QUERY, Kind.QUERY),
        (Category.RESTORED_CONFIRMATION, Kind.RESTORED),
        (Category.BILLING, None),
    ],
)
def test_only_what_concerns_supply_is_evidence(category: Category, kind: Kind | None) -> None:
    report = report_of(Row(category))
    assert (report and report.kind) == kind
    assert report_of(Row(category, planned=True)) is None
