"""A ClickHouse that holds one small day, made by hand, and an analyst who asks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from clickhouse_driver import Client

from cli.migrate import deployment
from cli.pipeline import password
from insight.reference_rows import store_reference
from runtime.clickhouse import ClickHouseAddress, connect
from schemas.clickhouse.tables import (
    COMPLAINT_STATUS,
    COMPLAINTS,
    DEAD_LETTERS,
    FILLED_BY_VIEWS,
    NETWORK_EVENTS,
    OUTAGES,
    TABLES,
    Table,
)
from sinks import migrations
from sinks.inserter import Inserter
from sinks.rows import Row
from tests.analysts.day import made
from tests.analysts.network import reference
from tests.analysts.rows import Day
from tests.conftest import Servers


@dataclass(frozen=True)
class Analyst:
    """Somebody with the role `complaints_analyst`."""

    client: Client

    def ask(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of the columns, and the rows."""
        rows, columns = self.client.execute(query, with_column_types=True)
        return [name for name, _ in columns], rows


@pytest.fixture(scope="session")
def analyst(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """The day is stored as the sink stores it, in a schema without other rows, and read as analysts may."""
    migrations.up(_address(servers, "admin"), deployment(servers.settings))
    admin = connect(_address(servers, "admin"))
    for name in ("ledger", *FILLED_BY_VIEWS, *(table.name for table in TABLES)):
        admin.execute(f"TRUNCATE TABLE {name}")
    store_reference(admin, reference(tmp_path_factory.mktemp("network")), datetime.now(UTC))
    admin.disconnect()
    store(servers, made())
    client = connect(_address(servers, "analyst"))
    yield Analyst(client)
    client.disconnect()


def store(servers: Servers, day: Day, run: str = "first") -> None:
    """Through the sink's own INSERT; neighbours go into different parts, so that versions of a complaint meet late."""
    inserter = Inserter(_address(servers, "writer"))
    tables: dict[str, tuple[Table, Sequence[bytes]]] = {
        "complaints": (COMPLAINTS, day.complaints),
        "statuses": (COMPLAINT_STATUS, day.statuses),
        "network": (NETWORK_EVENTS, day.network),
        "outages": (OUTAGES, day.outages),
        "letters": (DEAD_LETTERS, day.letters),
    }
    for token, (table, payloads) in tables.items():
        rows = [Row(offset, 0, payload, "", 0.0, None) for offset, payload in enumerate(payloads)]
        for part in range(2):
            inserter.insert(table, 0, rows[part::2], f"analysts-{run}-{token}-{part}")
    inserter.close()


def _address(servers: Servers, role: str) -> ClickHouseAddress:
    user = f"complaints_{role}"
    return ClickHouseAddress(servers.clickhouse_host, servers.clickhouse_port, user, password(servers.settings, role))
