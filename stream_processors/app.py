"""The Faust app: one agent over the raw topics that processes batch after batch and acknowledges in order."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import faust
from yarl import URL

from stream_processors.processing import BatchProcessor
from stream_processors.transport import BatchScheduler, BatchTransport

SESSION_SECONDS: Final = 10.0
"""Time without a heartbeat after which the group gives a worker's partitions to others."""

COMMIT_SECONDS: Final = 0.3
"""Time between commits: what a killed worker did since the last one is done again."""

MAX_POLL_RECORDS: Final = 1000
"""Most records of one batch. A batch is not interrupted, so this times the cost of a record (0.2 ms) is how long a
rebalance or a stop may have to wait."""

FETCH_BYTES: Final = 4 << 20
"""Most bytes of one partition in one fetch; a single larger record is still fetched. Throughput hangs on it."""

METADATA_SECONDS: Final = 30
"""A topic or partition that was made later is noticed within this time."""

_BUFFERED_BATCHES: Final = 8


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker must know. `group` is the consumer group, `instance_id` its name as a static member of it.

    Times are seconds. `data_dir` is a folder for Faust's own use; nothing of value is kept there.
    """

    bootstrap_servers: str
    group: str
    instance_id: str
    topics: Sequence[str]
    data_dir: Path
    shutdown_seconds: float = 20.0
    session_seconds: float = SESSION_SECONDS
    max_poll_records: int = MAX_POLL_RECORDS


def make_app(settings: WorkerSettings, processor: BatchProcessor) -> faust.App:
    """The app, not started. To be called inside the event loop that runs it.

    The agent must not acknowledge on its own, and an exception in it must end the process: both are what keeps an event
    that failed from being committed.
    """
    logging.getLogger("mode.timers").setLevel(logging.ERROR)  # warns of each commit that waited for a batch
    app = faust.App(
        settings.group,
        broker=[URL(f"kafka://{server.strip()}") for server in settings.bootstrap_servers.split(",")],
        datadir=settings.data_dir,
        autodiscover=False,
        agent_supervisor="mode.CrashingSupervisor",
        broker_client_id=f"{settings.group}-{settings.instance_id}",
        broker_commit_interval=COMMIT_SECONDS,
        broker_heartbeat_interval=settings.session_seconds / 4,
        broker_max_poll_records=settings.max_poll_records,
        broker_request_timeout=max(30.0, settings.session_seconds),
        broker_session_timeout=settings.session_seconds,
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=settings.instance_id,
        consumer_max_fetch_size=FETCH_BYTES,
        consumer_metadata_max_age_ms=METADATA_SECONDS * 1000,
        ConsumerScheduler=BatchScheduler,
        key_serializer="raw",
        value_serializer="raw",
        stream_buffer_maxsize=_BUFFERED_BATCHES,
        stream_recovery_delay=0.0,
        stream_wait_empty=True,
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )
    app.transport = BatchTransport(app.conf.broker_consumer, app)

    async def process(stream: Any) -> None:
        async for event in stream.noack().events():
            batch: Any = event.value
            await processor.process(batch.records)
            batch.processed = True
            event.ack()

    app.agent(app.topic(*settings.topics, key_serializer="raw", value_serializer="raw"), name="process")(process)
    return app
