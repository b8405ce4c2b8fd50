"""Where few complain, few are more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.detector import NORMAL, Detector, Report
from insight.detector.evidence import Evidence
from insight.detector.readiness import readiness
from insight.detector.report import AREA, Kind
from tests.insight.test_detector import MINUTE, START, city, opened, played

INCOMERS = "abcdefghijkl"
BELOW = 14
"""Transformers of each feeder."""

CITY = city(INCOMERS, substations=1, feeders=2, transformers=BELOW)
FEEDERS = [f"{incomer}00" for incomer in INCOMERS]
"""One of the two of each incomer."""


def calls(feeder: str, customers: int, at: float, minutes: float) -> list[Report]:
    """As many customers of a feeder, of one transformer after the other, evenly over some minutes."""
    return [
        Report(f"{feeder}-c{n}", f"{feeder}{n % BELOW}", at + minutes * MINUTE * n / customers, Kind.SUPPLY, AREA)
        for n in range(customers)
    ]


@pytest.mark.parametrize(("of_others", "found"), [(12, True), (34, False)])
def test_a_feeder_that_few_complain_of_is_found_where_few_complained_of_others(of_others: int, found: bool) -> None:
    before = [report for feeder in FEEDERS[:10] for report in calls(feeder, of_others, START, 12)]
    later = START + 50 * MINUTE
    few = calls(FEEDERS[11], 8, later, 16)
    assert not played(Detector(CITY), few, later + 30 * MINUTE, begins=later)
    named = opened(played(Detector(CITY), before + few, later + 30 * MINUTE))
    assert named == [*FEEDERS[:10], *([FEEDERS[11]] if found else [])]


def evidence_of(customers: list[int], at: float) -> tuple[Evidence, list[tuple[int, float]]]:
    """One outage of each feeder in turn that began at a time, and how many complained of it within ten minutes."""
    evidence = Evidence(CITY, NORMAL)
    for feeder, number in zip(FEEDERS, customers, strict=False):
        for report in calls(feeder, number, at, 10):
            evidence.add(report)
    return evidence, [(CITY.number[feeder], at) for feeder in FEEDERS[: len(customers)]]


counts = st.lists(st.integers(0, 200), max_size=12)


@given(counts, st.data())
def test_the_more_complain_the_readier_they_are_within_the_range(customers: list[int], data: st.DataObject) -> None:
    least, most = NORMAL.readiness_range
    now = START + 30 * MINUTE
    found = readiness(NORMAL, *evidence_of(customers, START), now)
    assert least <= found <= most
    more = [number + data.draw(st.integers(0, 50)) for number in customers]
    assert readiness(NORMAL, *evidence_of(more, START), now) >= found


def test_what_cannot_be_known_yet_or_any_more_tells_nothing() -> None:
    evidence, feeders = evidence_of([3] * 12, START)
    assert readiness(NORMAL, evidence, feeders, START + 30 * MINUTE) < 1
    assert readiness(NORMAL, evidence, feeders, START + (NORMAL.readiness_minutes - 1) * MINUTE) == 1
    evidence.expire(START + MINUTE)
    assert readiness(NORMAL, evidence, feeders, START + 181 * MINUTE) == 1


def test_outages_of_which_as_many_complain_as_is_usual_change_nothing() -> None:
    usual = round(BELOW * 100 * NORMAL.readiness_share)
    assert readiness(NORMAL, *evidence_of([usual] * 12, START), START + 30 * MINUTE) == 1
