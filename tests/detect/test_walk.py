"""Steps lie on one grid, know only what was received by then, and find the same however the time is cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.detection.inputs import Input, Known
from insight.detection.walk import QUIET_SECONDS, Walk, on_grid
from insight.detector import Detector, Outage, SwitchEvent
from tests.insight.test_detector import CITY, MINUTE, START, below

STEP = 30
BEGIN = on_grid(START, 600)


def known() -> list[Known]:
    """Two faults and an open switch, each report received a while after it was made."""
    inputs: list[Input] = [
        *below("a00", 10, BEGIN + 60),
        *below("b120", 6, BEGIN + 300),
        SwitchEvent("b00", BEGIN + 120, True),
        SwitchEvent("b00", BEGIN + 900, False),
    ]
    return [Known(each.at + 45, each) for each in inputs]


def walked(inputs: list[Known], cuts: list[float], until: float = BEGIN + 40 * MINUTE) -> list[Outage]:
    """Every change when the walk is let on to each of the cuts in turn."""
    walk = Walk(Detector(CITY), STEP, BEGIN)
    walk.waiting.add(inputs)
    return [change for cut in (*sorted(cuts), until) for _, changes in walk.advance(cut) for change in changes]


@given(st.lists(st.floats(BEGIN - 100, BEGIN + 40 * MINUTE), max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_how_the_time_is_cut_and_the_order_of_what_waits_do_not_matter(cuts: list[float], order: object) -> None:
    shuffled = known()
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert walked(shuffled, cuts) == walked(known(), [])


def test_steps_are_whole_multiples_and_nothing_is_known_before_it_was_received() -> None:
    changes = walked(known(), [])
    assert {outage.node_id for outage in changes} == {"a00", "b120", "b00"}
    assert all(change.decided_at % STEP == 0 for change in changes)
    first = min(change.detected_at for change in changes)
    assert first >= BEGIN + 60 + 45


@pytest.mark.parametrize("days", [1, 30])
def test_a_long_quiet_time_is_passed_over_and_what_follows_is_found_as_ever(days: int) -> None:
    later = days * 24 * 60 * MINUTE
    again = [
        Known(each.at + later + 45, each._replace(at=each.at + later, customer=f"{each.customer}x"))
        for each in below("a00", 10, BEGIN)
    ]
    walk = Walk(Detector(CITY), STEP, BEGIN)
    walk.waiting.add([*known(), *again])
    steps = list(walk.advance(BEGIN + later + 20 * MINUTE))
    found = {change.node_id for now, changes in steps for change in changes if now > BEGIN + later}
    assert found == {"a00"}
    assert len(steps) < 2 * QUIET_SECONDS / STEP
