"""What counts as found, as false and as a headline fault in `make evaluate-hotspots`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.hotspots.baseline import Setting, baseline
from benchmarks.hotspots.bounds import bounds
from benchmarks.hotspots.matching import Detection, Tally, customers_of, headline, left_dark, p90, tally
from benchmarks.hotspots.replay import Day, Fault
from insight.detector import Report, Shutdown
from insight.detector.report import Kind
from tests.insight.test_detector import CITY, MINUTE, START

HOUR = 60 * MINUTE
FEEDER, TRANSFORMER, SUBSTATION = "a00", "a000", "a0"


def fault(
    node_id: str, minutes: float = 60, start: float = 0, *, planned: bool = False, complainers: int | None = None
) -> Fault:
    """An outage from `start` minutes on, named after its node and start."""
    begins = START + start * MINUTE
    return Fault(f"{node_id}@{start:g}", CITY.number[node_id], begins, begins + minutes * MINUTE, planned, complainers)


def calls(node_id: str, *minutes: float, late: float = 0, prefix: str = "c") -> list[tuple[float, Report]]:
    """One customer after the other, each heard of `late` minutes after the call."""
    return [
        (START + (at + late) * MINUTE, Report(f"{prefix}{node_id}{number}", node_id, START + at * MINUTE))
        for number, at in enumerate(minutes)
    ]


def day(truth: list[Fault], *reports: list[tuple[float, Report]], shutdowns: tuple[Shutdown, ...] = ()) -> Day:
    """Six hours."""
    known = sorted(each for some in reports for each in some)
    return Day(CITY, known, [], list(shutdowns), truth, len(known), 0, START, START + 6 * HOUR)


def found(node_id: str, minute: float) -> Detection:
    return Detection(CITY.number[node_id], START + minute * MINUTE)


def result(played: Day, *detections: Detection) -> Tally:
    return tally(played, detections)[0]


ONE = day([fault(FEEDER)], calls("a001", 2, 4, 9))


@pytest.mark.parametrize(
    ("node_id", "near", "exact"),
    [("a00", 1, 1), ("a0", 1, 0), ("a000", 1, 0), ("a", 0, 0), ("a01", 0, 0), ("b000", 0, 0)],
    ids=["the node", "its parent", "its child", "its grandparent", "its sibling", "elsewhere"],
)
def test_a_detection_is_exact_at_the_node_and_near_one_step_from_it(node_id: str, near: int, exact: int) -> None:
    counts = result(ONE, found(node_id, 10))
    assert (counts.faults, counts.near, counts.exact) == (1, near, exact)
    assert (counts.detections, counts.right_near, counts.right_exact, counts.false) == (1, near, exact, 1 - near)


@pytest.mark.parametrize(("minute", "hit"), [(-0.1, False), (0, True), (75, True), (75.1, False)])
def test_it_matches_from_the_start_to_fifteen_minutes_after_the_end(minute: float, hit: bool) -> None:
    assert result(ONE, found(FEEDER, minute)).near == hit


def test_three_customers_make_a_headline_and_repeats_queries_and_thanks_do_not() -> None:
    twice = [*calls("a001", 2, 4), (START + HOUR / 2, Report("ca0010", "a001", START + HOUR / 2))]
    other = [(at, report._replace(kind=Kind.QUERY, customer="q")) for at, report in calls("a001", 5)]
    early, beyond = calls("a001", -1, prefix="e"), calls("a001", 60.1, prefix="l")
    elsewhere = calls("a010", 5, 6, 7, prefix="s")
    assert result(day([fault(FEEDER)], twice, other, early, beyond, elsewhere)).faults == 0
    assert result(day([fault(FEEDER)], twice, calls("a002", 30, late=300))).faults == 1


def test_who_truly_complained_counts_where_the_truth_says_so() -> None:
    assert result(day([fault(FEEDER, complainers=3)])).faults == 1
    assert result(day([fault(FEEDER, complainers=2)], calls("a001", 2, 4, 9))).faults == 0
    assert bounds(day([fault(FEEDER, complainers=3)])).unplaced == 1
    assert result(day([fault(FEEDER, complainers=3)])).placed == 0
    assert (result(ONE).placed, result(ONE, found(FEEDER, 10)).placed_exact) == (1, 1)


@pytest.mark.parametrize(("minutes", "planned", "faults"), [(5, False, 0), (5.1, False, 1), (60, True, 0)])
def test_short_and_planned_ones_are_no_headline(minutes: float, planned: bool, faults: int) -> None:
    played = day([fault(FEEDER, minutes, planned=planned)], calls("a001", 1, 2, 3))
    assert result(played).faults == faults


@pytest.mark.parametrize(
    ("parent", "faults"),
    [(fault(SUBSTATION, 60, 15), 1), (fault(SUBSTATION, 60, 15.1), 2), (fault("a", 60, -70), 1), (fault("b", 60), 1)],
    ids=["within 15 minutes", "later", "over before", "another branch"],
)
def test_a_fault_that_a_parent_swallows_is_the_parents(parent: Fault, faults: int) -> None:
    played = day([fault(FEEDER), parent], calls("a001", 2, 4, 9, 31, 32, 33))
    assert result(played).faults == faults


def test_planned_work_that_is_detected_is_false_even_beside_a_fault() -> None:
    work = fault(FEEDER, planned=True)
    alone = result(day([work]), found(FEEDER, 10), found(TRANSFORMER, 20))
    assert (alone.false, alone.planned, alone.right_near) == (2, 2, 0)
    beside = result(day([work, fault(TRANSFORMER, start=5)]), found(FEEDER, 10), found(TRANSFORMER, 10))
    assert (beside.false, beside.right_exact) == (1, 1)


def test_one_detection_stands_for_one_fault_and_the_second_for_over_reporting() -> None:
    two = day([fault(TRANSFORMER), fault("a001")], calls(TRANSFORMER, 1, 2, 3), calls("a001", 1, 2, 3))
    assert result(two, found(FEEDER, 5)).near == 1
    counts = result(ONE, found(TRANSFORMER, 5), found(FEEDER, 10), found("a001", 12))
    assert (counts.exact, counts.of_found, counts.right_near, counts.right_exact) == (1, 3, 3, 1)
    assert counts.row()["detections_a_fault"] == 3


def test_delays_run_from_the_start_and_from_when_the_third_became_known() -> None:
    late = day([fault(FEEDER)], calls("a001", 2, 4), calls("a002", 5, late=4))
    counts = result(late, found(TRANSFORMER, 10), found(FEEDER, 12))
    assert (counts.from_start, counts.delays, counts.delays_exact) == ([10], [1], [3])
    assert result(late, found(FEEDER, 6)).delays == [0], "earlier than the third is at once"


def test_what_stays_dark_below_is_counted_by_itself() -> None:
    child = fault(TRANSFORMER, 180)
    played = day([fault(FEEDER, 60), child], calls("a001", 2, 4, 9), calls(TRANSFORMER, 70, 80, 90))
    assert left_dark(played) == {child.outage_id: START + HOUR}
    assert [each.node for each in headline(played, customers_of(played))] == [CITY.number[FEEDER]]
    assert result(played, found(FEEDER, 10), found(TRANSFORMER, 50)).left_dark_found == 0
    assert result(played, found(FEEDER, 10), found(TRANSFORMER, 95)).left_dark_found == 1


def test_days_and_runs_add_up() -> None:
    total = result(ONE, found("b", 1))
    total.add(result(ONE, found(FEEDER, 10)))
    row = total.row()
    assert (row["recall_exact"], row["precision_near"], row["false_a_run"], row["false_a_day"]) == (0.5, 0.5, 0.5, 2)
    assert (p90([]), p90([3]), p90(list(range(1, 11)))) == (0, 3, 9)


def test_crowds_below_live_transformers_are_look_alikes() -> None:
    live, dark = calls("b000", 0, 10, 20, 31, 100, 101, 102), calls(TRANSFORMER, 1, 2, 3)
    assert bounds(day([fault(FEEDER)], live, dark)).look_alikes == 2


def test_the_fixed_rule_lifts_what_it_has_not_told_yet_and_keeps_out_planned_work() -> None:
    whole = [calls(f"a00{n}", n + 1, n + 2, n + 3) for n in range(3)]
    rule = Setting(calls=3, calls_of_child=3, share=0.5, unconfirmed_minutes=5)
    assert [each.node for each in baseline(day([], *whole), rule)] == [CITY.number[FEEDER]]
    at_once = baseline(day([], *whole), replace(rule, unconfirmed_minutes=0))
    assert len(at_once) > 1
    work = (Shutdown(FEEDER, START, START + HOUR),)
    assert baseline(day([], *whole, shutdowns=work), rule) == []
