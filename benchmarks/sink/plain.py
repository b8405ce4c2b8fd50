"""The loop that most people would write: consume, insert, commit. At least once, no dead letters."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Final

from confluent_kafka import Consumer

from benchmarks.sink.rows import client_of, insert
from schemas.topics import ENRICHED

BATCH_ROWS: Final = 20_000


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
    client = client_of(port, password)
    while not stop.is_set():
        messages = [message for message in consumer.consume(BATCH_ROWS, 0.5) if message.error() is None]
        if messages:
            insert(client, "plain_loop", [message.value() or b"" for message in messages])
            consumer.commit(asynchronous=False)
    client.disconnect()
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
