"""ClickHouse's native protocol, with time limits on everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from clickhouse_driver import Client
from pydantic import SecretStr

from runtime.settings import Settings

DATABASE: Final = "complaints"


@dataclass(frozen=True, slots=True)
class ClickHouseAddress:
    """Where ClickHouse is and who we are there."""

    host: str
    port: int
    user: str
    password: str

    def __repr__(self) -> str:
        return f"ClickHouseAddress({self.user}@{self.host}:{self.port})"


def address_of(settings: Settings, user: str, password: SecretStr) -> ClickHouseAddress:
    """ClickHouse of the settings, as one of the users that they name."""
    return ClickHouseAddress(settings.clickhouse_host, settings.clickhouse_port, user, password.get_secret_value())


def connect(
    address: ClickHouseAddress,
    *,
    database: str = DATABASE,
    client_name: str = "complaints",
    connect_timeout_seconds: float = 5.0,
    send_receive_timeout_seconds: float = 60.0,
    settings: dict[str, Any] | None = None,
) -> Client:
    """A client that connects at its first query. Blocks travel LZ4-compressed."""
    return Client(
        address.host,
        port=address.port,
        user=address.user,
        password=address.password,
        database=database,
        client_name=client_name,
        connect_timeout=connect_timeout_seconds,
        send_receive_timeout=send_receive_timeout_seconds,
        sync_request_timeout=5,
        compression="lz4",
        settings=settings or {},
    )
