"""Who reports again, or asks when supply comes back, has none: the detector takes that for what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.detector import NORMAL, Detector, Report, Shutdown
from insight.detector.again import Again
from insight.detector.report import AREA, Kind
from tests.insight.test_detector import CITY, MINUTE, START, long_feeder, opened, played


@pytest.mark.parametrize("kind", [Kind.SUPPLY, Kind.QUERY])
def test_few_who_report_again_are_a_dead_feeder_and_few_who_do_not_are_a_trip(kind: Kind) -> None:
    once = [Report(f"c{n}", f"t{n}", START + 3 * n * MINUTE, Kind.SUPPLY, AREA) for n in range(8)]
    again = [Report(f"c{n}", f"t{n}", START + (3 * n + 12) * MINUTE, kind) for n in range(0, 8, 2)]
    assert not played(Detector(long_feeder()), once, START + 60 * MINUTE)
    assert opened(played(Detector(long_feeder()), once + again, START + 60 * MINUTE)) == ["f"]


def test_customers_who_only_ask_when_supply_comes_back_are_without_it() -> None:
    asking = [Report(f"c{n}", "a000", START + 20 * n, Kind.QUERY) for n in range(5)]
    assert opened(played(Detector(CITY), asking, START + 15 * MINUTE)) == ["a000"]


def test_who_asks_after_planned_work_means_that_work_and_who_complains_does_not() -> None:
    work = [Shutdown("a00", START - 120 * MINUTE, START - 30 * MINUTE)]
    asking = [Report(f"c{n}", "a000", START + 20 * n, Kind.QUERY) for n in range(6)]
    complaining = [report._replace(kind=Kind.SUPPLY, says=AREA) for report in asking]
    assert not played(Detector(CITY, NORMAL, work), asking, START + 15 * MINUTE)
    assert opened(played(Detector(CITY, NORMAL, work), complaining, START + 15 * MINUTE)) == ["a000"]


times = st.floats(0, 130).map(lambda minutes: START - minutes * MINUTE)


@given(firsts=st.lists(times, max_size=20), last=times, other=times)
def test_another_who_reports_again_never_speaks_for_a_trip(firsts: list[float], last: float, other: float) -> None:
    once = [(first, first, 0) for first in firsts]
    silent = Again.of(NORMAL, once, START)
    assert silent.against_trip <= 0 == silent.against_single
    with_one = Again.of(NORMAL, [*once, (min(last, other), max(last, other), 0)], START)
    if abs(last - other) >= NORMAL.again_minutes * MINUTE:
        assert with_one.against_trip > silent.against_trip and with_one.against_single > 0
    else:
        assert with_one.against_trip <= silent.against_trip and with_one.against_single == 0
