"""quixstreams' batching sink in front of ClickHouse: at least once, no dead letters. Runs in `.venv/bench`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from quixstreams import Application
from quixstreams.sinks import BatchingSink, SinkBatch

from benchmarks.sink.rows import client_of, insert
from schemas.topics import ENRICHED

BATCH_ROWS: Final = 20_000


class ClickHouseSink(BatchingSink):  # type: ignore[misc] # not installed where the types are checked
    """Called with each partition's batch at a checkpoint, before the offsets are committed."""

    def __init__(self, port: int, password: str) -> None:
        super().__init__()
        self._address = (port, password)

    def setup(self) -> None:
        self._client = client_of(*self._address)

    def write(self, batch: SinkBatch) -> None:
        insert(self._client, "quixstreams", [item.value for item in batch])


def main(bootstrap_servers: str, port: int, password: str) -> None:
    app = Application(
        broker_address=bootstrap_servers,
        consumer_group=f"quix-{os.getpid()}",
        auto_offset_reset="earliest",
        auto_create_topics=False,
        commit_every=BATCH_ROWS,
        commit_interval=0.5,
        loglevel="WARNING",
        state_dir=Path(tempfile.gettempdir()) / f"quix-{os.getpid()}",
    )
    raw: dict[str, Any] = {"value_deserializer": "bytes", "key_deserializer": "bytes"}
    app.dataframe(app.topic(ENRICHED, **raw)).sink(ClickHouseSink(port, password))
    app.run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
