"""The process `complaints sink`: settings in, exit code out."""

from __future__ import annotations

import logging
import os
import threading
from typing import Final

from runtime.clickhouse import address_of
from runtime.health import HealthServer
from runtime.metrics import publish_build_info
from runtime.settings import Settings
from runtime.shutdown import StopRequest
from sinks.inserter import Inserter
from sinks.intent_store import choose_store
from sinks.kafka_errors import FatalKafkaError
from sinks.letters import LetterNotWrittenError
from sinks.partition import Limits
from sinks.sink import Sink
from sinks.source import GROUP
from sinks.watch import Watch

EXIT_OK: Final = 0
EXIT_NOT_DRAINED: Final = 1
"""Something was left to store, or the sink could not go on. Nothing is lost: a restart begins where it ended."""

CLOSING_SECONDS: Final = 3.0
"""For leaving the group, after the time for storing is over."""

_log: Final = logging.getLogger(__name__)


def run_sink(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code. To be called from the main thread, logs being configured."""
    stop = StopRequest()
    stop.install()
    group = settings.kafka_group_prefix + GROUP
    watch = Watch(group)
    results: list[int] = []

    def work() -> None:
        try:
            results.append(_work(settings, group, watch, stop))
        finally:
            stop.set()

    worker = threading.Thread(target=work, name="sink", daemon=True)
    with (
        watch.detector() as detector,
        HealthServer(settings.metrics_host, settings.metrics_port, live=detector.live, ready=watch.ready),
    ):
        _log.info("sink started", extra={"group": group, "version": publish_build_info()})
        worker.start()
        stop.wait()
        worker.join(settings.shutdown_seconds + CLOSING_SECONDS)
    if worker.is_alive():
        _log.error("not everything could be stored before the end, and a call hangs: hard exit; a restart goes on")
        os._exit(EXIT_NOT_DRAINED)
    return results[0] if results else EXIT_NOT_DRAINED


def _work(settings: Settings, group: str, watch: Watch, stop: StopRequest) -> int:
    try:
        intents = choose_store(
            settings.sink_intent_store,
            bootstrap_servers=settings.kafka_bootstrap_servers,
            group=group,
            instance_id=settings.kafka_instance_id,
            replication_factor=settings.kafka_replication_factor,
            stop=stop,
            waits=watch.waits,
        )
    except FatalKafkaError as error:
        _log.error("the sink cannot start: %s", error)
        return EXIT_NOT_DRAINED
    if intents is None:
        _log.info("sink stopped before Kafka answered; nothing was read")
        return EXIT_OK
    inserter = Inserter(address_of(settings, settings.clickhouse_user, settings.clickhouse_password))
    try:
        sink = Sink(
            bootstrap_servers=settings.kafka_bootstrap_servers,
            group=group,
            instance_id=settings.kafka_instance_id,
            inserter=inserter,
            limits=Limits(settings.sink_batch_rows, settings.sink_batch_bytes, settings.sink_batch_seconds),
            buffer_bytes=settings.sink_buffer_bytes,
            watch=watch,
            intents=intents,
        )
        if sink.run(stop, settings.shutdown_seconds):
            _log.info("sink stopped; it holds nothing more to store")
            return EXIT_OK
        _log.error("not everything could be stored in time; what is left is stored after a restart")
    except (FatalKafkaError, LetterNotWrittenError) as error:
        _log.error("the sink cannot go on: %s", error)
    finally:
        inserter.close()
    return EXIT_NOT_DRAINED
