"""An address that cannot be had is a mistake in the settings."""

from __future__ import annotations

import socket

import pytest

from runtime.health import HealthServer
from runtime.settings import ConfigurationError


def test_a_taken_port_is_told_by_its_setting() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(ConfigurationError, match="METRICS_PORT") as told,
    ):
        HealthServer("127.0.0.1", other.getsockname()[1], live=lambda: (True, ""), ready=lambda: (True, ""))
    assert "in use" in str(told.value)
