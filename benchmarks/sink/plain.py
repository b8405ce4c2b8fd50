"""The loop that most people would write: consume, decode, insert columns, commit. At least once, no dead letters."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from clickhouse_driver import Client
from confluent_kafka import Consumer

from schemas.clickhouse.tables import COMPLAINTS, Origin
from schemas.topics import ENRICHED

BATCH_ROWS: Final = 20_000
_COLUMNS: Final = COMPLAINTS.of_origin(Origin.VALUE)


def converted(value: Any, kind: str) -> Any:
    """A JSON value as the driver wants it."""
    if value is None:
        return None
    if "DateTime64" in kind:
        return datetime.fromisoformat(value)
    return UUID(value) if kind == "UUID" else value


def main(bootstrap_servers: str, port: int, password: str) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": f"plain-{os.getpid()}",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([ENRICHED])
    client = Client("127.0.0.1", port=port, user="complaints_admin", password=password, compression="lz4")
    names = ", ".join([*(column.name for column in _COLUMNS), "stored_at"])
    while not stop.is_set():
        messages = [message for message in consumer.consume(BATCH_ROWS, 0.5) if message.error() is None]
        if not messages:
            continue
        rows = [orjson.loads(message.value() or b"") for message in messages]
        columns = [[converted(row[column.name], column.type) for row in rows] for column in _COLUMNS]
        columns.append([datetime.now().astimezone()] * len(rows))
        client.execute(f"INSERT INTO complaints.plain_loop ({names}) VALUES", columns, columnar=True)
        consumer.commit(asynchronous=False)
    client.disconnect()
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
