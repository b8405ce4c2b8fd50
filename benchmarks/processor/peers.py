"""Two stream processing libraries around the same function, each as its documentation has it, at least once.

`.venv/bench/bin/python -m benchmarks.processor.peers KIND WORK SERVERS GROUP STORE`, KIND being `quixstreams` or
`bytewax`.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.processor.work import handle_of
from schemas.record import OutRecord, RawRecord
from schemas.topics import CALLS
from stream_processors.handled import Handle

COMMIT_SECONDS = 0.3
"""As the processor's own."""


def quixstreams(bootstrap_servers: str, group: str, handle: Handle) -> None:
    """Read, expand to the records to write, write each to its topic; offsets are committed with a flush before."""
    from quixstreams import Application
    from quixstreams.models.serializers import Serializer

    class ValueOf(Serializer):  # type: ignore[misc] # not installed where the types are checked
        def __call__(self, value: OutRecord, ctx: object) -> bytes:  # noqa: ARG002 - named by the caller
            return value.value

    app = Application(
        broker_address=bootstrap_servers,
        consumer_group=group,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        commit_interval=COMMIT_SECONDS,
        producer_extra_config={"enable.idempotence": True, "linger.ms": 1},
        loglevel="WARNING",
        state_dir=Path(tempfile.gettempdir()) / group,
    )
    raw = {"value_deserializer": "bytes", "key_deserializer": "bytes"}
    source = app.topic(CALLS, **raw)
    sinks: dict[str, Any] = {}

    def sink(record: OutRecord, _key: object, _at: int, _headers: object) -> Any:
        if record.topic not in sinks:
            sinks[record.topic] = app.topic(record.topic, value_serializer=ValueOf(), key_serializer="bytes")
        return sinks[record.topic]

    offset = iter(range(sys.maxsize))

    def expand(value: bytes, key: bytes | None, at_ms: int, headers: Any) -> Iterable[OutRecord]:
        record = RawRecord(CALLS, 0, next(offset), at_ms, key, value, tuple(headers or ()))
        return handle(record, datetime.now(UTC)).records

    frame = app.dataframe(source).apply(expand, expand=True, metadata=True)
    frame.to_topic(sink, key=lambda record: record.key)
    app.run()


def bytewax(bootstrap_servers: str, _group: str, handle: Handle) -> None:
    """One worker; the place of each partition is kept in bytewax's own recovery store, once an epoch."""
    from bytewax import operators
    from bytewax.connectors.kafka import KafkaSink, KafkaSinkMessage, KafkaSource
    from bytewax.dataflow import Dataflow
    from bytewax.errors import BytewaxRuntimeError
    from bytewax.recovery import RecoveryConfig, init_db_dir
    from bytewax.testing import run_main

    def expand(message: Any) -> Iterable[Any]:
        record = RawRecord(
            CALLS,
            message.partition,
            message.offset,
            message.timestamp[1],
            message.key,
            message.value,
            tuple(message.headers),
        )
        return [
            KafkaSinkMessage(out.key, out.value, topic=out.topic, headers=list(out.headers))
            for out in handle(record, datetime.now(UTC)).records
        ]

    flow = Dataflow("processor")
    read = operators.input("read", flow, KafkaSource([bootstrap_servers], [CALLS]))
    written = operators.flat_map("handle", read, expand)
    operators.output("write", written, KafkaSink([bootstrap_servers], None, {"enable.idempotence": "true"}))
    with tempfile.TemporaryDirectory() as folder:
        init_db_dir(Path(folder), 1)
        kept = RecoveryConfig(Path(folder))
        with contextlib.suppress(BytewaxRuntimeError, SystemExit):  # how it ends on SIGTERM
            run_main(flow, epoch_interval=timedelta(seconds=COMMIT_SECONDS), recovery_config=kept)


PEERS: dict[str, Callable[[str, str, Handle], None]] = {"quixstreams": quixstreams, "bytewax": bytewax}


def main() -> int:
    """Run one until SIGTERM."""
    kind, work, bootstrap_servers, group, store = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    PEERS[kind](bootstrap_servers, group, handle_of(work, Path(store)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
