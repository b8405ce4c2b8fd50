"""A million complaints through both stages, one of which is killed every five seconds."""

from __future__ import annotations

import os

import pytest

from tests.chaos.cases import Case
from tests.chaos.plant import running_plant
from tests.chaos.run import run_case
from tests.chaos.table import Outcome
from tests.chaos.test_matrix import assert_exact
from tests.conftest import BASE

EVENTS = int(os.environ.get("EVENTS") or 1_000_000)
MILLION = Case(
    "a process killed every 5 s",
    kill_seconds=5.0,
    poison_every=1_000,
    events=EVENTS,
    chunk=1_000,
    pause_seconds=0.3,
    limit_seconds=3_600.0,
)


@pytest.mark.million
@pytest.mark.timeout(5_000)
def test_a_million_events_arrive_once(seed: int, keep: list[Outcome]) -> None:
    with running_plant(BASE / "million", sink_batch_rows=5_000, sink_batch_seconds=0.5) as plant:
        outcome = run_case(plant, MILLION, seed)
    keep.append(outcome)
    assert_exact(outcome)
