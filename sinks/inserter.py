"""Batches into ClickHouse: one INSERT a batch, one block an INSERT."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any, Final

from clickhouse_driver import Client
from clickhouse_driver.errors import Error

from runtime.clickhouse import ClickHouseAddress, connect
from runtime.metrics import BATCH_ROWS, INSERT_DURATION, INSERT_ERRORS
from schemas.clickhouse.tables import Table
from sinks.errors import ErrorKind, code_of, is_of_server, kind_of, meaning_of
from sinks.headroom import TokenCount
from sinks.rows import Row
from sinks.statement import insert_settings, insert_statement, record_columns

CONNECT_SECONDS: Final = 3.0
ANSWER_SECONDS: Final = 20.0
"""Far below Kafka's `max.poll.interval.ms`, and not above the time for a shutdown."""

PROBE_SECONDS: Final = 2.0
"""A server that is well answers SELECT 1 within this."""

_log: Final = logging.getLogger(__name__)


class InsertError(Exception):
    """A batch was not stored, or nobody knows. `cause` is the driver's error; the message has no word of a record."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(meaning_of(cause))
        self.cause = cause
        self.kind = kind_of(cause)
        self.of_server = is_of_server(cause)


class Inserter:
    """A connection to ClickHouse for rows and one for questions, made again after every error. Not for several threads.

    `tokens` counts the INSERTs of each table.
    """

    def __init__(self, address: ClickHouseAddress) -> None:
        self._client: Client = connect(
            address,
            client_name="complaints-sink",
            connect_timeout_seconds=CONNECT_SECONDS,
            send_receive_timeout_seconds=ANSWER_SECONDS,
            settings={"strings_as_bytes": True},
        )
        self._asking: Client = connect(
            address,
            client_name="complaints-sink-probe",
            connect_timeout_seconds=PROBE_SECONDS,
            send_receive_timeout_seconds=PROBE_SECONDS,
        )
        self.tokens = TokenCount()

    def insert(self, table: Table, partition: int, rows: Sequence[Row], token: str) -> None:
        """Store rows under a token; when it returns they are durable. The same call again stores nothing twice.

        Raises InsertError.
        """
        started = time.monotonic()
        own: dict[str, list[int]] = {
            "kafka_partition": [partition] * len(rows),
            "kafka_offset": [row.offset for row in rows],
        }
        columns: list[list[Any]] = [[row.payload for row in rows], *(own[name] for name in record_columns(table))]
        statement = insert_statement(table, time.time_ns() // 1_000_000)
        self.tokens.add(table.name)
        try:
            self._client.execute(statement, columns, columnar=True, settings=insert_settings(token))
        except (Error, OSError, EOFError) as error:
            self._client.disconnect()
            failure = InsertError(error)
            INSERT_ERRORS.labels(table.name, failure.kind).inc()
            raise failure from None
        INSERT_DURATION.labels(table.name).observe(time.monotonic() - started)
        BATCH_ROWS.labels(table.name).observe(len(rows))

    def stored(self, table: Table, partition: int, rows: Sequence[Row], token: str) -> bool:
        """As `insert`, but answers False when the rows are refused. Raises InsertError for anything else."""
        try:
            self.insert(table, partition, rows, token)
        except InsertError as error:
            if error.kind is ErrorKind.REFUSED:
                return False
            raise
        return True

    def answers(self) -> bool:
        """Does ClickHouse answer us."""
        try:
            self._asking.execute("SELECT 1")
        except (Error, OSError, EOFError) as error:
            self._asking.disconnect()
            _log.warning("ClickHouse does not answer", extra={"error": meaning_of(error), "code": code_of(error)})
            return False
        return True

    def close(self) -> None:
        """Close the connections."""
        self._client.disconnect()
        self._asking.disconnect()
