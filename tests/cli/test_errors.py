"""What the person who typed a command is told."""

from __future__ import annotations

from clickhouse_driver.errors import ServerException

from cli.errors import told


def test_a_wrong_password_is_not_taken_for_a_missing_schema() -> None:
    assert "password" in str(told(ServerException("", 516)))
    assert "migrate verify" in str(told(ServerException("", 60)))
