"""A Kafka of the producers' tests alone: it is killed and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.clickhouse.passwords import USERS_XML, password_environment
from deploy.local import LocalInstance
from producers.simulate import Simulated, simulate
from runtime.kafka import ensure_topics
from runtime.settings import Settings
from schemas.topics import CATALOGUE
from tests.producers.reading import Topics

RIVER_TOWN = Path(__file__).parent.parent / "reference" / "packs" / "river_town"
KANPUR = Path(__file__).parent.parent.parent / "deploy" / "reference" / "kanpur"


def _silent(_message: str, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class Broker:
    """One Kafka node under its supervisor."""

    instance: LocalInstance
    bootstrap: str

    def pid(self) -> int:
        return next(row.pid for row in self.instance.status() if row.name == "kafka")


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    cache = Settings.model_fields["cache_dir"].get_default(call_default_factory=True)
    passwords = password_environment(writer="w", admin="a", analyst="n", detector="t")
    instance = LocalInstance(tmp_path_factory.mktemp("p"), cache, USERS_XML, passwords)
    try:
        endpoints = instance.start_servers(_silent)
        ensure_topics(endpoints.kafka_bootstrap, CATALOGUE)
        yield Broker(instance, endpoints.kafka_bootstrap)
    finally:
        instance.stop(_silent)


@pytest.fixture
def topics(broker: Broker) -> Iterator[Topics]:
    """The records that are written from now on."""
    topics = Topics(broker.bootstrap)
    yield topics
    topics.close()


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    """An evening in a small Kanpur: every real name, a twentieth of the people."""
    return simulate(
        tmp_path_factory.mktemp("evening") / "out", KANPUR, consumers=35_000, transformers=700, everyday_per_hour=150
    )
