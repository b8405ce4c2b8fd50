"""What becomes of an outage: its states, its parts, and that nothing but news changes them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from insight.detector import Detector, Outage, Report, StatusEvent, SwitchEvent, stored_outage
from insight.detector.report import Kind
from schemas.vocabulary import OutageReason, OutageState
from tests.insight.test_detector import CITY, MINUTE, START, below, evenings, played

STEP = 60.0
HOURS = 180 * MINUTE
minutes = st.integers(0, 60).map(lambda minute: START + minute * MINUTE)
switches = st.builds(SwitchEvent, st.sampled_from(["a", "a0", "a00", "a01", "a000", "b00"]), minutes, st.booleans())
statuses = st.builds(
    StatusEvent, st.sampled_from([f"c{n}" for n in range(40)] + [f"b00-{n}" for n in range(8)]), minutes, st.booleans()
)


class Inputs(NamedTuple):
    """All that a detector is told; switches and statuses with when they became known."""

    reports: list[Report]
    switches: list[tuple[float, SwitchEvent]]
    statuses: list[tuple[float, StatusEvent]]

    def known(self, after: float, upto: float) -> tuple[list[Report], list[SwitchEvent], list[StatusEvent]]:
        return (
            [report for report in self.reports if after < report.known_at <= upto],
            [event for at, event in self.switches if after < at <= upto],
            [event for at, event in self.statuses if after < at <= upto],
        )


def told_late(event: st.SearchStrategy[SwitchEvent]) -> st.SearchStrategy[tuple[float, SwitchEvent]]:
    return st.builds(lambda found, late: (found.at + late, found), event, st.sampled_from([0, 0, 5, 15 * MINUTE]))


nights = st.builds(
    Inputs,
    evenings.map(lambda evening: evening + below("b00", 8, START + 3 * MINUTE)),
    st.lists(told_late(switches), max_size=6),
    st.lists(told_late(statuses), max_size=20),  # type: ignore[arg-type]
)


def run(detector: Detector, inputs: Inputs, begins: float, until: float) -> list[Outage]:
    """All changes of the steps in (begins, until], each of which gives an outage once."""
    changes = []
    now = begins + STEP
    while now <= until:
        found = detector.step(now, *inputs.known(now - STEP, now))
        assert len({change.outage_id for change in found}) == len(found)
        changes += found
        now += STEP
    return changes


def latest(changes: list[Outage]) -> dict[str, Outage]:
    return {change.outage_id: stored_outage(change.event()) for change in changes}


@given(nights, st.integers(1, 170))
@settings(max_examples=40, deadline=None)
def test_it_goes_on_the_same_after_a_restart_with_switches_and_statuses(night: Inputs, minute: int) -> None:
    cut, begins = START + minute * MINUTE, START - STEP
    whole, resumed = Detector(CITY), Detector(CITY)
    before = run(whole, night, begins, cut)
    reports, turned, noted = night.known(0, cut)
    resumed.resume(reports, turned, latest(before).values(), cut, noted)
    assert run(resumed, night, cut, START + HOURS) == run(whole, night, cut, START + HOURS)


@given(nights)
@settings(max_examples=30, deadline=None)
def test_states_follow_one_another_and_the_start_never_changes(night: Inputs) -> None:
    rank = {OutageState.PREDICTED: 0, OutageState.CONFIRMED: 1, OutageState.PARTIALLY_RESTORED: 2}
    last: dict[str, Outage] = {}
    for row in run(Detector(CITY), night, START - STEP, START + HOURS):
        known = last.get(row.outage_id, row)
        assert (known.node_id, known.started_at, known.detected_at) == (row.node_id, row.started_at, row.detected_at)
        assert row.started_at.is_integer() and known.decided_at <= row.decided_at
        reopened = known.reason is OutageReason.TAKEN_OVER and row.is_open
        assert reopened or rank.get(known.state, 3) <= rank.get(row.state, 3)
        assert (row.restored_at is None) == (row.is_open or row.reason is OutageReason.TAKEN_OVER)
        last[row.outage_id] = row


@given(nights)
@settings(max_examples=30, deadline=None)
def test_the_outages_of_one_node_do_not_overlap(night: Inputs) -> None:
    changes = run(Detector(CITY), night, START - STEP, START + HOURS)
    by_node: dict[str, list[Outage]] = {}
    for outage in latest(changes).values():
        if outage.restored_at is not None:
            by_node.setdefault(outage.node_id, []).append(outage)
    for outages in by_node.values():
        outages.sort(key=lambda outage: outage.started_at)
        for one, other in pairwise(outages):
            assert one.restored_at is not None and one.restored_at < other.started_at


@given(nights, st.integers(20, 120), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_what_was_told_before_changes_nothing_when_told_again(night: Inputs, minute: int, order: object) -> None:
    again = START + minute * MINUTE
    once, twice = Detector(CITY), Detector(CITY)
    assert run(once, night, START - STEP, again) == run(twice, night, START - STEP, again)
    reports, turned, noted = night.known(0, again)
    for told in (reports, turned, noted):
        order.shuffle(told)  # type: ignore[attr-defined]
    now = again + STEP
    fresh = night.known(again, now)
    repeated = twice.step(now, reports + fresh[0], turned + fresh[1], noted + fresh[2])
    assert repeated == once.step(now, *fresh)
    assert run(twice, night, now, START + HOURS) == run(once, night, now, START + HOURS)


def test_the_complaints_of_a_closed_outage_open_none_when_they_are_replayed() -> None:
    detector, evening = Detector(CITY), below("a00", 20)
    assert latest(played(detector, evening, START + 150 * MINUTE))
    assert not detector.outages
    assert not detector.step(START + 151 * MINUTE, evening)
    assert not played(detector, [], START + 170 * MINUTE, START + 152 * MINUTE)


def test_what_was_said_while_thanks_came_in_stays_said_after_a_restart() -> None:
    """Neighbours who still complained of an outage that was over open none, an hour later and after a restart."""
    evening, back = below("a00", 12), START + 15 * MINUTE
    evening += [report._replace(at=back, kind=Kind.RESTORED, received=back + 14 * MINUTE) for report in evening]
    still = below("a00", 8, prefix="still")
    evening += [report._replace(at=back + 30 + 100 * n) for n, report in enumerate(still)]
    cut = START + 110 * MINUTE
    whole, resumed = Detector(CITY), Detector(CITY)
    before = run(whole, Inputs(evening, [], []), START - STEP, cut)
    assert [(row.state, row.reason) for row in before[-2:]] == [
        (OutageState.RESTORED, OutageReason.THANKED),
        (OutageState.CLOSED, OutageReason.THANKED),
    ]
    resumed.resume(evening, [], latest(before).values(), cut)
    assert not run(resumed, Inputs([], [], []), cut, START + HOURS)
    assert not run(whole, Inputs([], [], []), cut, START + HOURS)


def test_an_outage_is_over_when_crews_saw_to_most_of_its_complaints() -> None:
    detector, evening = Detector(CITY), below("a00", 9)
    played(detector, evening, START + 10 * MINUTE)
    assert detector.outages
    times = [START + (11 + n) * MINUTE for n in range(5)]
    seen_to = [StatusEvent(report.customer, at, True) for report, at in zip(evening, times, strict=False)]
    assert not detector.step(START + 16 * MINUTE, [], [], seen_to[:4])
    [back] = detector.step(START + 17 * MINUTE, [], [], seen_to[4:])
    assert (back.state, back.reason, back.restored_at) == (OutageState.RESTORED, OutageReason.STATUS, times[-1])


def test_a_complaint_after_the_crew_left_counts_against_it() -> None:
    detector, evening = Detector(CITY), below("a00", 9)
    played(detector, evening, START + 10 * MINUTE)
    seen_to = [StatusEvent(report.customer, START + 11 * MINUTE, True) for report in evening[:5]]
    still = [evening[0]._replace(at=START + 12 * MINUTE)]
    assert not detector.step(START + 13 * MINUTE, still, [], seen_to)
    assert not detector.step(START + 14 * MINUTE, [], [], [seen_to[1]._replace(at=START + 14 * MINUTE, restored=False)])
    assert detector.outages


def test_a_switch_that_stays_open_below_is_a_part_that_goes_on_and_ends_the_whole() -> None:
    detector = Detector(CITY)
    detector.step(START, [], [SwitchEvent("a0", START, True), SwitchEvent("a01", START + 60, True)])
    [whole] = detector.step(START + 6 * MINUTE)
    rows = detector.step(START + 20 * MINUTE, [], [SwitchEvent("a0", START + 19 * MINUTE, False)])
    partly, part = rows
    assert (partly.outage_id, partly.state, partly.at) == (
        whole.outage_id,
        OutageState.PARTIALLY_RESTORED,
        START + 19 * MINUTE,
    )
    assert (part.node_id, part.state, part.started_at, part.parent_outage_id) == (
        "a01",
        OutageState.CONFIRMED,
        whole.started_at,
        whole.outage_id,
    )
    back = START + 40 * MINUTE
    rows = detector.step(START + 41 * MINUTE, [], [SwitchEvent("a01", back, False)])
    assert [(row.node_id, row.state, row.restored_at) for row in rows] == [
        ("a01", OutageState.RESTORED, back),
        ("a0", OutageState.RESTORED, back),
    ]
    closed = detector.step(START + 102 * MINUTE)
    assert {(row.state, row.restored_at) for row in closed} == {(OutageState.CLOSED, back)} and len(closed) == 2


def test_a_part_that_is_taken_over_names_the_outage_it_belongs_to() -> None:
    detector = Detector(CITY)
    changes = played(detector, below("a00", 8), START + 5 * MINUTE)
    assert [outage.node_id for outage in detector.outages.values()] == ["a00"]
    changes += detector.step(START + 6 * MINUTE, [], [SwitchEvent("a0", START + MINUTE, True)])
    taken = [change for change in changes if change.state is OutageState.CLOSED]
    [whole] = detector.outages.values()
    assert {(change.reason, change.parent_outage_id) for change in taken} == {
        (OutageReason.TAKEN_OVER, whole.outage_id)
    }
    assert whole.node_id == "a0"
