"""Both stages and both servers fail at every step; sent and stored are compared one by one."""

from __future__ import annotations

import pytest

from tests.chaos.cases import Case, Point, cluster_cases, crash_cases, other_cases
from tests.chaos.faults import EARLY_COMMIT, KILL, NO_TOKEN
from tests.chaos.plant import Plant, on_three_brokers
from tests.chaos.run import run_case
from tests.chaos.table import Outcome

QUICK = Case(
    "kill: sink after insert, processor before report",
    {"sink": Point("insert", "after", KILL, 3), "process": Point("report", "before", KILL, 3)},
)


def assert_exact(outcome: Outcome) -> None:
    """Nothing is lost, nothing is there twice, and every view of it agrees."""
    assert (outcome.lost, outcome.doubled, outcome.faults) == (0, 0, ()), outcome


@pytest.mark.timeout(200)
def test_a_few_crashes_lose_and_double_nothing(plant: Plant, seed: int) -> None:
    outcome = run_case(plant, QUICK, seed)
    assert_exact(outcome)
    assert outcome.crashes >= 6


@pytest.mark.chaos
@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", [*crash_cases(), *other_cases()], ids=lambda case: case.name)
def test_whatever_fails_nothing_is_lost_or_doubled(plant: Plant, seed: int, case: Case, keep: list[Outcome]) -> None:
    outcome = run_case(plant, case, seed)
    keep.append(outcome)
    assert_exact(outcome)


@pytest.mark.chaos
@pytest.mark.timeout(200)
@pytest.mark.parametrize(("broken", "when", "sign"), [(NO_TOKEN, "after", "doubled"), (EARLY_COMMIT, "before", "lost")])
def test_the_matrix_sees_a_broken_sink(plant: Plant, seed: int, broken: str, when: str, sign: str) -> None:
    outcome = run_case(plant, Case(f"broken: {broken}", {"sink": Point("insert", when, KILL, 9)}), seed, broken)
    assert getattr(outcome, sign) > 0, outcome


@pytest.mark.chaos
@pytest.mark.timeout(500)
def test_one_broker_of_three_may_die(plant: Plant, seed: int, keep: list[Outcome]) -> None:
    with on_three_brokers(plant) as three:
        for case in cluster_cases():
            outcome = run_case(three, case, seed)
            keep.append(outcome)
            assert_exact(outcome)
