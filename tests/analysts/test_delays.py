"""The delay of a picture counts from the third customer, and only for faults that could have been found."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.pictures.delays import Fault, Report, delays

PARENTS = dict(pairwise(("DT-1", "F-1", "SS-1", "IN-1")))
HOUR = 3600.0


def called(*minutes: float, node_id: str = "DT-1") -> list[Report]:
    """A customer at each of these minutes, known a minute later."""
    return [Report(number, node_id, 60 * each, 60 * each + 60) for number, each in enumerate(minutes)]


FAULT = Fault("F-1", 0, HOUR)


@pytest.mark.parametrize(
    ("faults", "reports", "found", "expected"),
    [
        ([FAULT], called(1, 2, 3, 9), [("F-1", 300.0)], [1.0]),
        ([FAULT], called(1, 2, 3), [("F-1", 60.0)], [-3.0]),
        ([FAULT], called(1, 2, 3), [("SS-1", 300.0)], [1.0]),
        ([FAULT], called(1, 2, 3), [("DT-1", 300.0)], [1.0]),
        ([FAULT], called(1, 2, 3), [("IN-1", 300.0)], [None]),
        ([FAULT], called(1, 2, 3), [("F-1", 2 * HOUR)], [None]),
        ([FAULT], called(1, 2), [("F-1", 300.0)], []),
        ([FAULT], called(-5, 1, 2), [("F-1", 300.0)], []),
        ([FAULT], called(1, 2, 3, node_id="SS-1"), [("F-1", 300.0)], []),
        ([Fault("F-1", 0, 200)], called(1, 2, 3), [("F-1", 300.0)], []),
    ],
)
def test_delays(
    faults: list[Fault], reports: list[Report], found: list[tuple[str, float]], expected: list[float | None]
) -> None:
    assert delays(faults, reports, found, PARENTS) == expected


def test_one_customer_who_calls_thrice_is_one() -> None:
    reports = [Report(7, "DT-1", 60.0 * each, 60.0 * each) for each in range(9)]
    assert delays([FAULT], reports, [("F-1", 300.0)], PARENTS) == []


def test_a_fault_that_its_parent_swallows_is_the_parents() -> None:
    faults = [FAULT, Fault("SS-1", 600, HOUR)]
    assert delays(faults, called(1, 2, 3, 11, 12, 13), [("SS-1", 840.0)], PARENTS) == [0.0]
