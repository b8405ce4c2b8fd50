"""ClickHouse as the commands that only read it see it."""

from __future__ import annotations

from clickhouse_driver import Client

from runtime.clickhouse import address_of, connect
from runtime.settings import Settings


def detector(settings: Settings, name: str) -> Client:
    """A client that may read what the detector is told of, as often as it wants."""
    address = address_of(settings, settings.clickhouse_detector_user, settings.clickhouse_detector_password)
    return connect(address, client_name=f"complaints-{name}")


def reader(settings: Settings, name: str) -> Client:
    """A client that may read everything but people's own words; `name` is what ClickHouse's logs call it."""
    address = address_of(settings, settings.clickhouse_analyst_user, settings.clickhouse_analyst_password)
    return connect(address, client_name=f"complaints-{name}")
