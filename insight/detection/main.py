"""The detector as a process: settings in, exit code out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from clickhouse_driver import Client
from clickhouse_driver.errors import Error, ServerException
from confluent_kafka import KafkaException

from insight.detection.arrived import Arrived
from insight.detection.lease import Lease
from insight.detection.live import Live
from insight.detection.watch import Watch
from insight.detector import RuleSet
from reference.active import ActiveReference
from runtime.health import HealthServer
from runtime.kafka import KafkaUnavailableError
from runtime.metrics import publish_build_info
from runtime.settings import Settings
from runtime.shutdown import StopRequest

GROUP: Final = "complaints-detector"
EXIT_OK: Final = 0

LOOK_SECONDS: Final = 1.0
"""Between two looks at what has come in."""

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the detector reads: ClickHouse, and the groups whose progress says what has been stored."""

    client: Client
    reference: ActiveReference
    processor_group: str
    sink_group: str


def run(settings: Settings, sources: Sources, rules: RuleSet, step_seconds: int) -> int:
    """Detect until SIGTERM or SIGINT, or stand in line while another detector is at work; returns the exit code.

    To be called from the main thread.
    """
    stop = StopRequest()
    stop.install()
    servers, group = settings.kafka_bootstrap_servers, settings.kafka_group_prefix + GROUP
    watch = Watch()
    with (
        watch.stuck() as stuck,
        HealthServer(settings.metrics_host, settings.metrics_port, live=stuck.live, ready=watch.ready),
        Lease(servers, group, settings.detector_session_seconds) as lease,
        Arrived(servers, processor_group=sources.processor_group, sink_group=sources.sink_group) as arrived,
    ):
        _log.info("detector started", extra={"group": group, "version": publish_build_info()})

        def resume() -> Live:
            return Live(
                client=sources.client,
                arrived=arrived,
                bootstrap_servers=servers,
                group=group,
                reference=sources.reference.current(),
                rules=rules,
                step_seconds=step_seconds,
            )

        work = _Work(resume, sources, watch)
        pause = 0.0
        while not stop.is_set():
            held = lease.held(pause)
            begun = time.monotonic()
            work.turn() if held else work.rest(joined=lease.joined)
            pause = max(0.0, LOOK_SECONDS - (time.monotonic() - begun))
        work.close()
    return EXIT_OK


class _Work:
    """The detector of this process while it holds the lease, made anew whenever what it knows may not be all."""

    def __init__(self, resume: Callable[[], Live], sources: Sources, watch: Watch) -> None:
        self._resume = resume
        self._sources = sources
        self._watch = watch
        self._live: Live | None = None

    def turn(self) -> None:
        """One turn; an error is told and the next turn tries again."""
        try:
            if self._live is None:
                self._live = self._resume()
            self._watch.turned(self._live, self._live.turn(self._sources.reference.current()))
        except KafkaUnavailableError as error:
            self._watch.failed(str(error))
        except KafkaException as error:
            self._live = None
            self._watch.failed(
                f"Kafka: {error.args[0].name()}. Is another detector at work? Does it run? complaints status"
            )
        except ServerException as error:
            self._sources.client.disconnect()
            self._watch.failed(
                f"ClickHouse refused (error {error.code}). Is the schema there? complaints migrate verify"
            )
        except (Error, OSError, EOFError):
            self._sources.client.disconnect()
            self._watch.failed("ClickHouse did not answer. Does it run? complaints status")

    def rest(self, *, joined: bool) -> None:
        """Another detector is at work: forget what this one knew."""
        self._live = None
        self._watch.in_line(joined=joined)

    def close(self) -> None:
        """Leave the clock to the next one."""
        try:
            if self._live is not None:
                self._live.close()
        except KafkaException as error:
            _log.info("the clock was not written: %s; the next one takes some steps again", error.args[0].name())
