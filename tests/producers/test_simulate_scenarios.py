"""Calm, evening, storm and crisis: what breaks, who says so, and that nothing is said before it happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from producers.simulate import Scenario, Simulated, simulate
from producers.simulate.callers import lane_wishes
from producers.simulate.city import City, Customer, read_city
from producers.simulate.darkness import Darkness, darknesses
from producers.simulate.delivery import in_order_of_receipt
from producers.simulate.dice import Dice
from producers.simulate.events import Span
from producers.simulate.faults import Cause, Fault
from producers.simulate.households import household
from producers.simulate.scenarios import PLANS
from producers.simulate.simulation import DAY
from schemas.envelope import COMPLAINT_REGISTERED, NETWORK_EVENT
from schemas.vocabulary import NodeKind
from tests.producers.conftest import KANPUR
from tests.producers.test_simulate import content, read, rows

SCENARIOS = (Scenario.CALM, Scenario.EVENING, Scenario.STORM, Scenario.CRISIS)
Row = dict[str, Any]
Make = Callable[..., Simulated]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenarios")


@pytest.fixture(scope="module")
def make(folder: Path) -> Make:
    """Simulations in one small Kanpur, with every feeder and a twentieth of the people."""

    def one(name: str, scenario: Scenario, seed: int = 1, **options: Any) -> Simulated:
        return simulate(
            folder / name,
            KANPUR,
            scenario=scenario,
            seed=seed,
            consumers=35_000,
            transformers=700,
            reference_dir=folder / "pack",
            **options,
        )

    return one


@pytest.fixture(scope="module")
def made(make: Make) -> dict[Scenario, Simulated]:
    return {scenario: make(scenario.value, scenario) for scenario in SCENARIOS}


@pytest.fixture(scope="module")
def city(made: dict[Scenario, Simulated]) -> City:
    return read_city(made[Scenario.CALM].reference_dir)


def times(outage: Row) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(outage["started_at"]), datetime.fromisoformat(outage["ended_at"])


def complaints(simulated: Simulated) -> list[Row]:
    return [event for event in rows(simulated.events_file) if event["type"] == COMPLAINT_REGISTERED]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_truth_is_possible(scenario: Scenario, made: dict[Scenario, Simulated], city: City) -> None:
    truth = rows(made[scenario].truth_file)
    plan = PLANS[scenario]
    span = Span.of(DAY, plan.first_hour, plan.hours)
    assert len({outage["outage_id"] for outage in truth}) == len(truth) == made[scenario].outages
    by_node: dict[str, list[Row]] = defaultdict(list)
    for outage in truth:
        node = city.nodes[outage["node_id"]]
        starts, ends = map(span.moment, times(outage))
        assert outage["node_kind"] == node.kind
        assert outage["customers"] == sum(
            city.nodes[below].consumers for below in city.transformers_below[node.node_id]
        )
        assert starts < ends
        assert outage["planned"] or 0 <= starts <= span.seconds - 1800
        by_node[outage["node_id"]].append(outage)
    for node_id, outages in by_node.items():
        outages.sort(key=times)
        for earlier, later in pairwise(outages):
            assert times(earlier)[1] < times(later)[0]
        above = [up for up in city.nodes[node_id].path if up != node_id]
        for outage in outages:
            started = times(outage)[0]
            around = [
                up for parent in above for up in by_node.get(parent, ()) if times(up)[0] <= started < times(up)[1]
            ]
            assert outage["planned"] or all(
                times(up)[0] == started or times(up)[1] < times(outage)[1] for up in around
            ), "a node below a dead one fails only with it, or to stay dead beyond it"


def test_each_scenario_is_what_its_name_says(made: dict[Scenario, Simulated]) -> None:
    unplanned = {
        scenario: [
            outage
            for outage in rows(made[scenario].truth_file)
            if not outage["planned"] and (times(outage)[1] - times(outage)[0]).total_seconds() > 300
        ]
        for scenario in SCENARIOS
    }
    numbers = {scenario: len(outages) for scenario, outages in unplanned.items()}
    assert 2 <= numbers[Scenario.CALM] <= 15
    assert 10 <= numbers[Scenario.EVENING] <= 60
    assert 50 <= numbers[Scenario.STORM] <= 250
    assert 100 <= numbers[Scenario.CRISIS] <= 500
    for scenario in (Scenario.STORM, Scenario.CRISIS):
        assert {outage["node_kind"] for outage in unplanned[scenario]} == set(NodeKind)

    starts = sorted(times(outage)[0] for outage in unplanned[Scenario.STORM] if outage["node_kind"] == NodeKind.FEEDER)
    most = max(sum(0 <= (other - first).total_seconds() <= 7200 for other in starts) for first in starts)
    assert most > len(starts) * 0.6

    feeders = Counter(outage["node_id"] for outage in unplanned[Scenario.CRISIS])
    assert sum(number > 1 for number in feeders.values()) > 10
    at_once = Counter(outage["started_at"] for outage in unplanned[Scenario.CRISIS])
    assert max(at_once.values()) >= 3


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_pipeline_takes_every_event(scenario: Scenario, made: dict[Scenario, Simulated]) -> None:
    events = rows(made[scenario].events_file)
    simulated = made[scenario]
    assert len(events) == simulated.complaints + simulated.status_events + simulated.sent_twice
    newest = ""
    for event in events:
        read(event)
        newest = max(newest, event["time"])
    names = Counter((event["source"], event["id"]) for event in events)
    assert sum(names.values()) - len(names) == simulated.sent_twice


def test_what_comes_late_comes_from_a_desk_or_comes_again(city: City) -> None:
    plan = replace(PLANS[Scenario.EVENING], desk_offline=1.0, sent_twice=0.1)
    span = Span.of(DAY, plan.first_hour, plan.hours)
    desk = f"/kesco/help-desk/{min(city.desks)}"
    events = [
        (float(moment), span.event("", source, f"{moment}", moment, {}))
        for moment in range(0, int(span.seconds), 20)
        for source in (desk, "/kesco/web-portal")
    ]
    newest: dict[str, int] = {}
    late: Counter[str] = Counter()
    received = in_order_of_receipt(events, city, plan, span, Dice(1, "delivery"))
    seen = set()
    for event in received:
        moment = int(event["id"])
        if (event["source"], moment) not in seen:
            assert moment >= newest.get(event["source"], 0)
            newest[event["source"]] = moment
            late[event["source"]] += moment < max(newest.values()) - 60
        seen.add((event["source"], moment))
    assert len(seen) == len(events)
    assert 0.05 < (len(received) - len(events)) / len(events) < 0.15
    assert 10 * 3 < late[desk] < 50 * 3
    assert late["/kesco/web-portal"] == 0


@pytest.mark.usefixtures("made")
def test_seeds_repeat_and_leave_the_pack_alone(folder: Path, make: Make) -> None:
    pack = content(folder / "pack")
    again, other = make("again", Scenario.STORM), make("other", Scenario.STORM, 2)
    assert content(folder / "again") == content(folder / "storm")
    ours, theirs = rows(again.truth_file), rows(other.truth_file)
    assert len({row["node_id"] for row in ours} & {row["node_id"] for row in theirs}) < len(ours) / 2
    assert content(folder / "pack") == pack
    with pytest.raises(FileExistsError):
        make("again", Scenario.CALM)


def test_a_full_switchboard_drops_callers(make: Make, made: dict[Scenario, Simulated]) -> None:
    wide, narrow = made[Scenario.CRISIS], make("narrow", Scenario.CRISIS, lines=4)
    assert narrow.lost_calls > 100 > wide.lost_calls
    assert narrow.unanswered_calls > narrow.lost_calls
    assert narrow.complaints < wide.complaints
    calls = Counter(event["time"][:13] for event in complaints(narrow) if event["data"]["channel"] == "call")
    assert max(calls.values()) < 4 * 3600 / 120 * 1.4
    elsewhere = sum(event["data"]["channel"] != "call" for event in complaints(narrow)) / narrow.complaints
    before = sum(event["data"]["channel"] != "call" for event in complaints(wide)) / wide.complaints
    assert elsewhere > before


def test_planned_shutdowns_stand_in_the_pack_and_have_callers(made: dict[Scenario, Simulated], city: City) -> None:
    announced = {row.planned_id: row for row in city.tables.planned_outages}
    planned = [outage for outage in rows(made[Scenario.CALM].truth_file) if outage["planned"]]
    assert 10 <= len(planned) <= 25
    for outage in planned:
        row = announced[outage["outage_id"]]
        assert row.node_id == outage["node_id"]
        assert all(
            abs((a - b).total_seconds()) <= 4 * 3600
            for a, b in zip(times(outage), (row.starts_at, row.ends_at), strict=True)
        )


def test_the_truth_says_how_many_complained_and_another_plan_changes_that(
    make: Make, made: dict[Scenario, Simulated]
) -> None:
    truth = rows(made[Scenario.STORM].truth_file)
    assert all(0 <= outage["complainers"] <= outage["customers"] for outage in truth)
    heard = sum(outage["complainers"] for outage in truth)
    assert 0 < heard < made[Scenario.STORM].complaints
    plan = replace(PLANS[Scenario.STORM], mood=PLANS[Scenario.STORM].mood / 2)
    quiet = rows(make("quiet", Scenario.STORM, plan=plan).truth_file)
    assert [outage["outage_id"] for outage in quiet] == [outage["outage_id"] for outage in truth]
    assert 0.3 * heard < sum(outage["complainers"] for outage in quiet) < 0.8 * heard


def test_switches_tell_what_was_asked_of_them(make: Make, made: dict[Scenario, Simulated]) -> None:
    assert made[Scenario.STORM].network_events == 0
    simulated = make("telemetry", Scenario.STORM, telemetry=1.0)
    assert rows(simulated.truth_file) == rows(made[Scenario.STORM].truth_file)
    told = [event["data"] for event in rows(simulated.events_file) if event["type"] == NETWORK_EVENT]
    opened = {(data["node_id"], data["at"]) for data in told if data["state"] == "open"}
    for outage in rows(simulated.truth_file):
        switch = outage["node_kind"] != NodeKind.TRANSFORMER and not outage["planned"]
        assert ((outage["node_id"], outage["started_at"]) in opened) == (switch or outage["planned"])
    some = make("some", Scenario.STORM, telemetry=0.5)
    assert 0.3 < some.network_events / simulated.network_events < 0.7


def test_the_data_has_the_defects_of_real_complaint_data(made: dict[Scenario, Simulated]) -> None:
    data = [event["data"] for event in complaints(made[Scenario.CRISIS])]
    texts = [row["text"] for row in data if row["text"]]
    assert any("\n" in text for text in texts)
    assert any(row["customer_name"] == "null" for row in data)
    assert any(row["reported_at"] is None for row in data)
    assert {"NO SUPPLY", "No Supply", "NO_SUPPLY"} <= {row["category"] for row in data}
    half_days = [
        row
        for row in complaints(made[Scenario.CALM])
        if row["data"]["reported_at"]
        and (datetime.fromisoformat(row["time"]) - datetime.fromisoformat(row["data"]["reported_at"])).total_seconds()
        > 10 * 3600
    ]
    assert half_days


def homes_of(number: int) -> list[Any]:
    dice = Dice(1, "homes")
    customers = [
        Customer(f"{at:010}", f"{at:08}", f"+9198{at:08}", "T-1", "Juhi", "208014", "residential")
        for at in range(number)
    ]
    return [household(customer, (), 0.4, dice) for customer in customers]


@pytest.mark.parametrize("first_hour", [2, 10, 20])
def test_nobody_complains_before_it_is_dark_and_few_do_at_all(first_hour: int) -> None:
    plan, span = PLANS[Scenario.EVENING], Span.of(DAY, first_hour, 8)
    fault = Fault("SIM-1", "T-1", NodeKind.TRANSFORMER, Cause.DO_FUSE, 3600, 10_800)
    homes = homes_of(4000)
    wishes = list(lane_wishes([Darkness(3600, 10_800, (fault,))], homes, {"SIM-1": 1.0}, plan, span, Dice(2, "lane")))
    assert all(3600 < wish.at < span.seconds for wish in wishes)
    complaining = {wish.household.customer.account_no for wish in wishes if wish.several}
    assert 0 < len(complaining) < 0.2 * len(homes)
    assert max(Counter(wish.household.customer.account_no for wish in wishes).values()) <= 12
    first = sorted(min(w.at for w in wishes if w.household.customer.account_no == one) for one in complaining)
    assert sum(at > 10_800 for at in first) < 0.2 * len(first)


def test_who_hears_of_a_neighbours_complaint_leaves_it_to_them() -> None:
    plan, span = PLANS[Scenario.EVENING], Span.of(DAY, 19, 6)
    fault = Fault("SIM-1", "F-1", NodeKind.FEEDER, Cause.FEEDER_FAULT, 600, 12_000)
    homes, dark = homes_of(400), [Darkness(600, 12_000, (fault,))]

    def share(lanes: int) -> float:
        size = len(homes) // lanes
        found = set()
        for seed in range(30):
            for lane in range(lanes):
                below = homes[lane * size : (lane + 1) * size]
                wishes = lane_wishes(dark, below, {"SIM-1": 1.0}, plan, span, Dice(seed, f"lane {lane}"))
                found |= {(seed, wish.household.customer.account_no) for wish in wishes}
        return len(found) / 30 / len(homes)

    assert share(1) < 0.7 * share(20)


def test_overlapping_faults_are_one_darkness(city: City) -> None:
    feeder = next(row.feeder_id for row in city.tables.feeders)
    below = city.transformers_below[feeder]
    first = Fault("a", feeder, NodeKind.FEEDER, Cause.OVERLOAD, 100, 900, back={below[0]: 500})
    stays = Fault("b", below[0], NodeKind.TRANSFORMER, Cause.STILL_DEAD, 100, 2000)
    again = Fault("c", feeder, NodeKind.FEEDER, Cause.OVERLOAD, 3000, 4000)
    dark = darknesses(city, (again, stays, first))
    assert [(one.starts, one.ends) for one in dark[below[0]]] == [(100, 2000), (3000, 4000)]
    assert dark[below[0]][0].fault_at(200) is stays
