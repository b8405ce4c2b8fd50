"""When an outage is over by what customers say, and when it is another one."""

from __future__ import annotations

from insight.detector import Detector, Report
from insight.detector.report import AREA, Kind
from schemas.vocabulary import OutageReason, OutageState
from tests.insight.test_detector import CITY, MINUTE, START, TRANSFORMERS, below, opened, played


def all_over(node_id: str, customers: int) -> list[Report]:
    """Customers of transformers all over a node, one every 20 s."""
    transformers = [name for name in TRANSFORMERS if name.startswith(node_id)]
    return [
        Report(f"{node_id}-{n}", transformers[n * 7 % len(transformers)], START + 20 * n, Kind.SUPPLY, AREA)
        for n in range(customers)
    ]


def test_an_ordinary_complaint_does_not_keep_a_large_outage_open() -> None:
    outage = all_over("a", 60)
    stray = Report("stray", "a123", START + 45 * MINUTE)
    changes = played(Detector(CITY), [*outage, stray], START + 62 * MINUTE)
    [end] = [change for change in changes if change.state is OutageState.RESTORED]
    assert (end.reason, end.at) == (OutageReason.SILENCE, outage[-1].at)


def test_of_a_transformer_every_complaint_counts() -> None:
    outage = below("a000", 20)
    stray = Report("stray", "a000", START + 45 * MINUTE)
    detector = Detector(CITY)
    played(detector, [*outage, stray], START + 62 * MINUTE)
    assert [each.node_id for each in detector.outages.values()] == ["a000"]


def test_a_feeder_below_an_outage_that_nobody_ended_is_an_outage_of_its_own() -> None:
    again = below("a00", 20, START + 34 * MINUTE, prefix="again")
    changes = played(Detector(CITY), all_over("a0", 24) + again, START + 45 * MINUTE)
    assert opened(changes)[-2:] == ["a0", "a00"]
    assert OutageReason.BURST in {change.reason for change in changes if change.node_id == "a0"}


def test_complaints_that_gather_deep_below_are_of_what_stays_dark_there() -> None:
    later = [Report(f"late{n}", "a000", START + (40 + n) * MINUTE, Kind.SUPPLY, AREA) for n in range(9)]
    elsewhere = Report("other house", "a112", START + 47 * MINUTE)
    changes = played(Detector(CITY), [*all_over("a", 60), *later, elsewhere], START + 60 * MINUTE)
    [whole] = {change.outage_id for change in changes if change.state is OutageState.PARTIALLY_RESTORED}
    assert {change.node_id for change in changes if change.parent_outage_id == whole} == {"a000"}


def test_the_start_is_of_the_wave_and_not_of_a_stray_call_before_it() -> None:
    stray = Report("early", "a003", START - 90 * MINUTE)
    [outage] = played(Detector(CITY), [stray, *below("a00", 10)], START + 4 * MINUTE, START - 120 * MINUTE)[:1]
    assert outage.started_at == START
