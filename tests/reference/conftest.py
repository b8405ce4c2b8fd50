"""River Town, prepared once."""

from __future__ import annotations

import pytest

from reference.active import ActiveReference, activate
from reference.lookup import Reference
from tests.reference import RIVER_TOWN


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    store = tmp_path_factory.mktemp("store")
    activate(RIVER_TOWN, store)
    return ActiveReference(store).current()
