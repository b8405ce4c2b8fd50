"""A worker with a test's own function in place of enrichment: `python -m …worker_process JSON`.

The function writes `partition:offset` of each record to the topic `out`, with the record's key. A record's value tells
when it should go wrong.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from runtime.health import HealthServer
from runtime.shutdown import StopRequest
from schemas.record import OutRecord, RawRecord
from stream_processors.app import WorkerSettings
from stream_processors.handled import Handle, Handled
from stream_processors.lag import LagWatcher
from stream_processors.worker import WorkerState, run_worker

RAISE = b"raise"
HANG = b"hang"
SLOW = b"a quarter of a second"
TOO_LARGE = b"too large for its topic"


def main() -> int:
    options = json.loads(sys.argv[1])
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("stream_processors").setLevel(logging.INFO)
    out, small = options["out"], options.get("small", "")
    batches = iter(range(1, sys.maxsize))

    def current_handle() -> Handle:
        batch = next(batches)
        if batch == options.get("fail_at_batch"):
            raise RuntimeError("no function for this batch")
        name = b"%d" % batch

        def handle(record: RawRecord, _at: datetime) -> Handled:
            if record.value == RAISE:
                raise ValueError(f"failed on {record.value!r}")
            if record.value == HANG:
                threading.Event().wait()
            if record.value == SLOW:
                time.sleep(0.25)
            place = f"{record.topic}:{record.partition}:{record.offset}".encode()
            written = OutRecord(out, record.key, place, (("batch", name), ("bytes", b"%d" % len(record.value or b""))))
            if record.value == TOO_LARGE:
                return Handled((written, OutRecord(small, record.key, os.urandom(100_000))))
            return Handled((written,))

        return handle

    settings = WorkerSettings(
        bootstrap_servers=options["bootstrap_servers"],
        group=options["group"],
        instance_id=options["instance_id"],
        topics=options["topics"],
        data_dir=Path(options["data_dir"]),
        shutdown_seconds=options.get("shutdown_seconds", 10.0),
        session_seconds=6.0,
        max_poll_records=options.get("max_poll_records", 500),
    )
    stop = StopRequest()
    stop.install()
    lag = LagWatcher(settings.bootstrap_servers, settings.group, settings.topics, period_seconds=1.0)
    state = WorkerState(settings.topics, lag.latest, options.get("stuck_seconds", 60.0))
    with HealthServer("127.0.0.1", options.get("port", 0), live=state.live, ready=state.ready), lag:
        return run_worker(settings, current_handle, stop=stop, state=state)


if __name__ == "__main__":
    sys.exit(main())
