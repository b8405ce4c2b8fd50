"""The detector names the node that failed, and nothing else moves it but the evidence."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.detector import NORMAL, Detector, Outage, Report, Shutdown, SwitchEvent, Tree, stored_outage, tree_of
from insight.detector.likelihood import negative_binomial
from insight.detector.report import AREA, OTHER_TROUBLE, SINGLE, UNKNOWN, Kind
from reference.network import Node, NodePath
from schemas.vocabulary import NodeKind, OutageState

START = 1_000_000.0
MINUTE = 60.0


def city(incomers: str = "ab", substations: int = 2, feeders: int = 3, transformers: int = 5) -> Tree:
    """Incomers, each with so many substations of so many feeders of so many transformers of 100 consumers."""
    nodes = []
    for i in incomers:
        nodes.append(Node(i, NodeKind.INCOMER, i, NodePath(i)))
        for s in (f"{i}{n}" for n in range(substations)):
            nodes.append(Node(s, NodeKind.SUBSTATION, s, NodePath(i, s)))
            for f in (f"{s}{n}" for n in range(feeders)):
                nodes.append(Node(f, NodeKind.FEEDER, f, NodePath(i, s, f)))
                for t in (f"{f}{n}" for n in range(transformers)):
                    nodes.append(Node(t, NodeKind.TRANSFORMER, t, NodePath(i, s, f, t), 100))
    return tree_of(nodes)


def long_feeder() -> Tree:
    """One feeder of 14 transformers of 100 consumers."""
    above = [
        Node("i", NodeKind.INCOMER, "i", NodePath("i")),
        Node("s", NodeKind.SUBSTATION, "s", NodePath("i", "s")),
        Node("f", NodeKind.FEEDER, "f", NodePath("i", "s", "f")),
    ]
    below = [Node(f"t{n}", NodeKind.TRANSFORMER, f"t{n}", NodePath("i", "s", "f", f"t{n}"), 100) for n in range(14)]
    return tree_of([*above, *below])


CITY = city()
TRANSFORMERS = [CITY.ids[node] for node in range(len(CITY.ids)) if CITY.depth[node] == 3]

reports = st.builds(
    Report,
    customer=st.sampled_from([f"c{n}" for n in range(40)]),
    node_id=st.sampled_from([*TRANSFORMERS[:12], "a00", "a0"]),
    at=st.integers(0, 40).map(lambda minutes: START + minutes * MINUTE),
    kind=st.sampled_from([Kind.SUPPLY, Kind.SUPPLY, Kind.SUPPLY, Kind.QUERY, Kind.RESTORED]),
    says=st.sampled_from([UNKNOWN, AREA, SINGLE, OTHER_TROUBLE]),
    received=st.just(0.0),
)
late_by = st.sampled_from([0, 0, 0, 40, 7 * 60, 55 * 60])
late_reports = st.builds(lambda report, late: report._replace(received=report.at + late), reports, late_by)
evenings = st.lists(reports | late_reports, max_size=60)


def below(node_id: str, customers: int, at: float = START, says: int = AREA, prefix: str = "") -> list[Report]:
    """Customers of all transformers below a node in turn, one every 20 s."""
    transformers = [name for name in TRANSFORMERS if name.startswith(node_id)]
    return [
        Report(f"{prefix}{node_id}-{n}", transformers[n % len(transformers)], at + 20 * n, Kind.SUPPLY, says)
        for n in range(customers)
    ]


def played(
    detector: Detector, reported: list[Report], until: float, begins: float = START, step: float = 30.0
) -> list[Outage]:
    """All changes of a run."""
    changes = []
    at = begins
    while at <= until:
        changes += detector.step(at, [report for report in reported if at - step < report.known_at <= at])
        at += step
    return changes


def opened(changes: list[Outage]) -> list[str]:
    """The nodes of the outages that were opened, in order."""
    seen: dict[str, str] = {}
    for change in changes:
        seen.setdefault(change.outage_id, change.node_id)
    return list(seen.values())


@pytest.mark.parametrize(("node_id", "customers"), [("a000", 5), ("a00", 10), ("a0", 24), ("a", 48)])
def test_the_node_that_failed_is_named_at_every_level(node_id: str, customers: int) -> None:
    detector = Detector(CITY)
    played(detector, below(node_id, customers), START + 15 * MINUTE)
    assert [outage.node_id for outage in detector.outages.values()] == [node_id]


def test_an_incomer_that_dies_is_named_beside_those_of_its_feeders_that_were_dark_before() -> None:
    dies, dark = START + 13 * MINUTE, ("a00", "a11")
    others = [name for name in TRANSFORMERS if name.startswith("a") and not name.startswith(dark)]
    calls = [Report(f"c{n}", others[7 * n % 20], dies + 6 * n, Kind.SUPPLY, AREA) for n in range(40)]
    detector = Detector(CITY)
    changes = played(detector, below("a00", 20) + below("a11", 20) + calls, dies + 5 * MINUTE)
    assert opened(changes) == ["a00", "a11", "a"]
    starts = {outage.node_id: outage.started_at for outage in detector.outages.values()}
    assert starts == {"a00": START, "a11": START, "a": pytest.approx(dies, abs=MINUTE)}


def test_two_transformers_far_apart_are_two_outages() -> None:
    detector = Detector(CITY)
    played(detector, below("a000", 6) + below("b120", 6), START + 15 * MINUTE)
    assert {outage.node_id for outage in detector.outages.values()} == {"a000", "b120"}


def test_two_transformers_of_one_long_feeder_are_not_the_feeder() -> None:
    both = [
        Report(f"{node_id}-{n}", node_id, START + (2 * n + late) * MINUTE, Kind.SUPPLY, AREA)
        for late, node_id in enumerate(("t3", "t8"))
        for n in range(6)
    ]
    changes = played(Detector(long_feeder()), both, START + 15 * MINUTE)
    assert set(opened(changes)) == {"t3", "t8"}


def test_single_houses_all_over_the_city_are_no_outage() -> None:
    scattered = [Report(f"c{n}", name, START + n * 30, Kind.SUPPLY, SINGLE) for n, name in enumerate(TRANSFORMERS[::7])]
    assert not played(Detector(CITY), scattered, START + 30 * MINUTE)


@pytest.mark.parametrize(("says", "found"), [(UNKNOWN, {"a000"}), (OTHER_TROUBLE, set())])
def test_neighbours_with_trouble_that_leaves_supply_on_are_no_outage(says: int, found: set[str]) -> None:
    three = below("a000", 3, says=says)
    assert set(opened(played(Detector(CITY), three, START + 30 * MINUTE))) == found


def test_one_customer_again_and_again_is_no_outage() -> None:
    nervous = [Report("c", TRANSFORMERS[0], START + n * 30, Kind.SUPPLY, AREA) for n in range(60)]
    assert not played(Detector(CITY), nervous, START + 40 * MINUTE)


def test_planned_work_raises_nothing_below_it_and_others_still_count() -> None:
    work = [Shutdown("a0", START - MINUTE, START + 60 * MINUTE)]
    detector = Detector(CITY, NORMAL, work)
    changes = played(detector, below("a0", 30) + below("b00", 10), START + 20 * MINUTE)
    assert set(opened(changes)) == {"b00"}


def test_planned_work_that_overruns_is_an_outage_only_after_hours() -> None:
    detector = Detector(CITY, NORMAL, [Shutdown("a00", START, START + 60 * MINUTE)])
    detector.step(START + 5 * MINUTE, [], [SwitchEvent("a00", START + 5 * MINUTE, is_open=True)])
    assert not played(detector, [], START + 179 * MINUTE, START + 10 * MINUTE, 60)
    assert opened(played(detector, [], START + 181 * MINUTE, START + 180 * MINUTE, 60)) == ["a00"]


def test_a_live_feeder_stops_the_roll_up() -> None:
    detector = Detector(CITY)
    live = [SwitchEvent("a02", START + 7 * MINUTE, is_open=False)]
    detector.step(START, [], live)
    played(detector, below("a00", 10) + below("a01", 10), START + 8 * MINUTE)
    assert {outage.node_id for outage in detector.outages.values()} == {"a00", "a01"}


@pytest.mark.parametrize(("switches", "named"), [([], ["a00"]), ([SwitchEvent("a00", START - 3600, False)], [])])
def test_a_closed_switch_speaks_against_its_feeder(switches: list[SwitchEvent], named: list[str]) -> None:
    detector = Detector(CITY)
    detector.step(START, [], switches)
    assert opened(played(detector, below("a00", 5), START + 10 * MINUTE)) == named


def test_planned_work_below_what_comes_back_is_no_outage() -> None:
    detector = Detector(CITY, NORMAL, [Shutdown("a00", START, START + 180 * MINUTE)])
    at = START + 20 * MINUTE
    detector.step(at, [], [SwitchEvent("a00", START, is_open=True), SwitchEvent("a0", at, is_open=True)])
    assert opened(detector.step(at + 10 * MINUTE)) == ["a0"]
    changes = detector.step(at + 30 * MINUTE, [], [SwitchEvent("a0", at + 29 * MINUTE, is_open=False)])
    assert [(change.node_id, change.state) for change in changes] == [("a0", OutageState.RESTORED)]


def test_an_open_switch_confirms_and_a_momentary_trip_is_nothing() -> None:
    detector = Detector(CITY)
    assert not detector.step(START, [], [SwitchEvent("a00", START, is_open=True)])
    assert not detector.step(START + 60, [], [SwitchEvent("a00", START + 50, is_open=False)])
    detector.step(START + 600, [], [SwitchEvent("b00", START + 600, is_open=True)])
    [outage] = detector.step(START + 900)
    assert (outage.node_id, outage.state, outage.started_at) == ("b00", OutageState.CONFIRMED, START + 600)
    [back] = detector.step(START + 1000, [], [SwitchEvent("b00", START + 990, is_open=False)])
    assert (back.outage_id, back.state, back.at) == (outage.outage_id, OutageState.RESTORED, START + 990)


def test_silence_ends_an_outage_sooner_the_more_reported() -> None:
    lengths = []
    for customers in (8, 40):
        changes = played(Detector(CITY), below("a00", customers), START + 150 * MINUTE)
        [end] = [change for change in changes if change.state is OutageState.RESTORED]
        assert end.at <= START + 20 * customers
        closed = next(at for at in range(0, 9000, 30) if _is_closed(customers, START + at))
        lengths.append(closed - 20 * customers)
    assert lengths[0] > lengths[1] > 20 * MINUTE


def _is_closed(customers: int, at: float) -> bool:
    detector = Detector(CITY)
    played(detector, below("a00", customers), at)
    return at > START + 20 * customers + 60 and not detector.outages


def test_what_stays_dark_after_a_restoration_keeps_the_first_start() -> None:
    first = below("a0", 24)
    later = [Report(f"late{n}", f"a00{n % 5}", START + (25 + n / 3) * MINUTE, Kind.SUPPLY, AREA) for n in range(12)]
    changes = played(Detector(CITY), first + later, START + 40 * MINUTE)
    nested = [change for change in changes if change.parent_outage_id]
    whole = next(change for change in changes if change.node_id == "a0")
    assert nested and {change.started_at for change in nested} == {whole.started_at}
    assert {change.parent_outage_id for change in nested} == {whole.outage_id}


@given(evenings, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_within_a_step_does_not_matter(evening: list[Report], order: object) -> None:
    shuffled = list(evening)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert played(Detector(CITY), evening, START + 60 * MINUTE, step=120) == played(
        Detector(CITY), shuffled, START + 60 * MINUTE, step=120
    )


@given(evenings)
@settings(max_examples=30, deadline=None)
def test_the_same_report_twice_changes_nothing(evening: list[Report]) -> None:
    again = evening + evening[::2]
    assert played(Detector(CITY), evening, START + 60 * MINUTE, step=120) == played(
        Detector(CITY), again, START + 60 * MINUTE, step=120
    )


@given(evenings, st.integers(2, 25))
@settings(max_examples=60, deadline=None)
def test_a_detector_made_anew_from_what_is_stored_goes_on_the_same(evening: list[Report], steps: int) -> None:
    evening = evening + below("b00", 8, START + 3 * MINUTE)
    cut = START + steps * 2 * MINUTE
    whole = Detector(CITY)
    before = played(whole, evening, cut, step=120)
    after = played(whole, evening, START + 70 * MINUTE, cut + 120, step=120)
    latest = {change.outage_id: stored_outage(change.event()) for change in before}
    resumed = Detector(CITY)
    resumed.resume([report for report in evening if report.known_at <= cut], [], latest.values(), cut)
    told = [change.event() for change in played(resumed, evening, START + 70 * MINUTE, cut + 120, step=120)]
    assert told == [change.event() for change in after]


def test_the_same_outage_has_the_same_id_in_every_run() -> None:
    runs = [played(Detector(city()), below("a00", 10), START + 10 * MINUTE) for _ in range(2)]
    assert runs[0] == runs[1]
    assert opened(runs[0]) == ["a00"]


def test_every_outage_names_its_rule_set() -> None:
    changes = played(Detector(CITY, replace(NORMAL, name="trial")), below("a00", 10), START + 10 * MINUTE)
    assert {change.rule_set for change in changes} == {"trial"}


@pytest.mark.parametrize(("mean", "size"), [(0.7, 1.0), (2.5, 2.0), (4.0, 0.3)])
def test_the_negative_binomial_has_the_mean_and_the_variance_it_says(mean: float, size: float) -> None:
    chances = [exp(negative_binomial(count, mean, size)) for count in range(2000)]
    assert sum(chances) == pytest.approx(1)
    assert sum(count * chance for count, chance in enumerate(chances)) == pytest.approx(mean)
    variance = sum((count - mean) ** 2 * chance for count, chance in enumerate(chances))
    assert variance == pytest.approx(mean + mean**2 / size)
