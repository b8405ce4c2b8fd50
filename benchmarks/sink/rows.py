"""How most people would put JSON events into ClickHouse: decode, convert, insert columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from clickhouse_driver import Client

from schemas.clickhouse.tables import COMPLAINTS, Origin

_COLUMNS: Final = COMPLAINTS.of_origin(Origin.VALUE)
_NAMES: Final = ", ".join([*(column.name for column in _COLUMNS), "stored_at"])


def client_of(port: int, password: str) -> Client:
    """A connection with the driver's usual compression."""
    return Client("127.0.0.1", port=port, user="complaints_admin", password=password, compression="lz4")


def insert(client: Client, table: str, values: Sequence[bytes]) -> None:
    """One INSERT of events of `complaints.enriched`."""
    rows = [orjson.loads(value) for value in values]
    columns = [[_converted(row[column.name], column.type) for row in rows] for column in _COLUMNS]
    columns.append([datetime.now().astimezone()] * len(rows))
    client.execute(f"INSERT INTO complaints.{table} ({_NAMES}) VALUES", columns, columnar=True)


def _converted(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if "DateTime64" in kind:
        return datetime.fromisoformat(value)
    return UUID(value) if kind == "UUID" else value
