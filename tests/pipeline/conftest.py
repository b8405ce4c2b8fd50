"""A running pipeline with an invented pack, shared by the tests of this folder; each uses sources of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import BASE
from tests.pipeline.running import Pipeline, river_town


@pytest.fixture(scope="session")
def pipeline() -> Iterator[Pipeline]:
    """Up with River Town: the pack that ships is not used."""
    with river_town(BASE / "pipeline") as running:
        yield running
