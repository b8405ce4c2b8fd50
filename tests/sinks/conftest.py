"""A Kafka and a ClickHouse of the sink's tests alone: they are emptied, stopped and killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.clickhouse.desks import desk_users_xml
from deploy.clickhouse.passwords import USERS_XML, password_environment, sha256_hex
from deploy.local import Endpoints, LocalInstance
from runtime.clickhouse import ClickHouseAddress
from runtime.kafka import ensure_topics
from runtime.settings import Settings
from schemas.clickhouse.tables import Table
from schemas.topics import CATALOGUE
from sinks import migrations
from sinks.inserter import Inserter
from sinks.rows import Row
from tests.sinks.stage import PASSWORDS, Stage

DEPLOYMENT = migrations.Deployment(text_retention_days=90, row_retention_months=18)


Store = Callable[[Table, Sequence[bytes]], None]


@dataclass(frozen=True)
class Backends:
    """The servers and who administers them."""

    instance: LocalInstance
    endpoints: Endpoints
    admin: ClickHouseAddress

    def pid_of(self, name: str) -> int:
        """The process that is this server now."""
        return next(row.pid for row in self.instance.status() if row.name == name)


@pytest.fixture(scope="session")
def backends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    folder = tmp_path_factory.mktemp("s")
    users = folder / "users" / "users.xml"
    (users.parent / "users.d").mkdir(parents=True)
    users.write_text(USERS_XML.read_text())
    (users.parent / "users.d" / "desks.xml").write_text(
        desk_users_xml({"SS-1": sha256_hex("desk-pw"), "SS-2": sha256_hex("desk-pw")})
    )
    cache = Settings.model_fields["cache_dir"].get_default(call_default_factory=True)
    instance = LocalInstance(folder / "i", cache, users, password_environment(**PASSWORDS))
    try:
        endpoints = instance.start_servers(lambda _message, _done, _total: None)
        admin = ClickHouseAddress(
            endpoints.clickhouse_host, endpoints.clickhouse_native_port, "complaints_admin", PASSWORDS["admin"]
        )
        migrations.up(admin, DEPLOYMENT)
        ensure_topics(endpoints.kafka_bootstrap, CATALOGUE)
        yield Backends(instance, endpoints, admin)
    finally:
        instance.stop(lambda _message, _done, _total: None)


@pytest.fixture
def stage(backends: Backends, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(backends.endpoints, tmp_path)
    try:
        made.empty()
        yield made
    finally:
        made.close()


@pytest.fixture
def store(backends: Backends, stage: Stage) -> Iterator[Store]:
    """Stores payloads in a table as the sink does, each call at offsets of its own."""
    address = ClickHouseAddress(
        backends.endpoints.clickhouse_host,
        backends.endpoints.clickhouse_native_port,
        "complaints_writer",
        PASSWORDS["writer"],
    )
    inserter = Inserter(address)
    calls = 0

    def insert(table: Table, payloads: Sequence[bytes]) -> None:
        nonlocal calls
        calls += 1
        rows = [Row(calls * 10_000 + place, 0, payload, "", 0.0, None) for place, payload in enumerate(payloads)]
        inserter.insert(table, 0, rows, f"{stage.prefix}{calls}")

    yield insert
    inserter.close()
