"""Known errors in words: what happened and what to do."""

from __future__ import annotations

from typing import Final

from clickhouse_driver.errors import NetworkError, ServerException

from deploy.local import LocalError
from producers.spool_file import SpoolError
from reference.active import ReferenceMissing
from reference.problems import PackInvalid
from runtime.kafka import KafkaUnavailableError
from sinks.migrations import MigrationError

_LOGIN: Final = frozenset((192, 193, 194, 516))
"""ClickHouse's error codes for an unknown user and a wrong or missing password."""

_SAY_IT_THEMSELVES: Final = (
    LocalError,
    PackInvalid,
    ReferenceMissing,
    KafkaUnavailableError,
    MigrationError,
    SpoolError,
)


def told(error: Exception) -> str | None:
    """What to tell the person who typed the command; None for an error that nobody expected."""
    if isinstance(error, _SAY_IT_THEMSELVES):
        return str(error)
    if isinstance(error, NetworkError | EOFError):
        return "ClickHouse did not answer. Does it run? complaints status"
    if isinstance(error, ServerException) and error.code in _LOGIN:
        return "ClickHouse refused the user or the password. Look at COMPLAINTS_CLICKHOUSE_…_USER and …_PASSWORD"
    if isinstance(error, ServerException):
        return f"ClickHouse refused (error {error.code}). Is the schema there? complaints migrate verify"
    return None
