"""The plant, the seed, and the table that a whole run leaves in the documentation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import pytest

from tests.chaos.plant import Plant, running_plant
from tests.chaos.table import Outcome, write_table

SEED: Final = int(os.environ.get("SEED") or 1)
TABLE: Final = "CHAOS_TABLE"
"""The command that the run is, when its table is to be kept."""
_outcomes: list[Outcome] = []


def pytest_report_header() -> str:
    """Told at the start of a run of these tests."""
    return f"chaos: SEED={SEED}"


@pytest.fixture(scope="session")
def seed() -> int:
    """`SEED` in the environment; `make chaos` draws a new one when none is given."""
    print(f"SEED={SEED}")
    return SEED


@pytest.fixture(scope="session")
def plant() -> Iterator[Plant]:
    """Servers and quick processes of these tests alone."""
    with running_plant() as made:
        yield made


@pytest.fixture
def keep() -> list[Outcome]:
    """Outcomes for the table."""
    return _outcomes


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the table of a whole run."""
    if _outcomes and (command := os.environ.get(TABLE)):
        write_table(f"{command} SEED={SEED}", _outcomes, session.testsfailed)
