"""The processor's own worker and a bare loop, each as a process.

`python -m benchmarks.processor.consumers KIND WORK SERVERS GROUP STORE`; KIND is `worker` (the processor's own) or
`bare`, WORK is `copy` or `enrich`.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from confluent_kafka import Consumer, Message

from benchmarks.processor.work import handle_of
from runtime.shutdown import StopRequest
from schemas.record import RawRecord
from schemas.topics import CALLS
from stream_processors.app import COMMIT_SECONDS, FETCH_BYTES, MAX_POLL_RECORDS, WorkerSettings
from stream_processors.handled import Handle
from stream_processors.output import ConfirmedOutput
from stream_processors.worker import WorkerState, run_worker

KINDS: Final = ("bare", "worker")


def bare_loop(bootstrap_servers: str, group: str, handle: Handle, stop: StopRequest) -> int:
    """Read, handle, write, confirm, commit, without any framework; the same promise as the worker gives."""
    output = ConfirmedOutput(bootstrap_servers, group)
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "max.partition.fetch.bytes": FETCH_BYTES,
        }
    )
    consumer.subscribe([CALLS])
    committed_at = time.monotonic()
    while not stop.is_set():
        messages = consumer.consume(MAX_POLL_RECORDS, 0.01)
        at = datetime.now(UTC)
        for message in messages:
            output.write(handle(raw_record(message), at).records)
        output.confirm()
        if messages and time.monotonic() - committed_at > COMMIT_SECONDS:
            consumer.commit(asynchronous=True)
            committed_at = time.monotonic()
    consumer.close()
    return 0


def raw_record(message: Message) -> RawRecord:
    """A record of the client library as the pure core takes it."""
    topic, partition, offset = message.topic(), message.partition(), message.offset()
    assert topic is not None
    assert partition is not None
    assert offset is not None
    key, value = message.key(), message.value()
    headers: Any = message.headers() or []
    return RawRecord(
        topic,
        partition,
        offset,
        message.timestamp()[1],
        key if isinstance(key, bytes) else None,
        value if isinstance(value, bytes) else None,
        tuple(headers),
    )


def main() -> int:
    """Run one consumer until SIGTERM."""
    kind, work, bootstrap_servers, group, store = sys.argv[1:]
    logging.basicConfig(level=logging.WARNING)
    handle = handle_of(work, Path(store))
    stop = StopRequest()
    stop.install()
    if kind == "bare":
        return bare_loop(bootstrap_servers, group, handle, stop)
    with tempfile.TemporaryDirectory() as folder:
        settings = WorkerSettings(bootstrap_servers, group, "1", [CALLS], Path(folder) / "faust")
        return run_worker(settings, lambda: handle, stop=stop, state=WorkerState([CALLS], lambda: None, 60.0))


if __name__ == "__main__":
    sys.exit(main())
