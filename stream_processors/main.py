"""The processor as a process: settings and reference data in, an exit code out."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from reference.active import ActiveReference
from reference.lookup import Reference
from runtime.health import HealthServer
from runtime.kafka import ensure_topics
from runtime.metrics import REFERENCE_INFO, publish_build_info
from runtime.settings import Settings
from runtime.shutdown import StopRequest
from schemas.topics import RAW_TOPICS, all_topics
from stream_processors.app import WorkerSettings
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.handled import Handle
from stream_processors.lag import LagWatcher
from stream_processors.worker import WorkerState, run_worker

GROUP: Final = "complaints-processor"
_log: Final = logging.getLogger(__name__)


class CurrentHandle:
    """The function for the reference data in use; made anew, with the topics of its help desks, when another is."""

    def __init__(self, settings: Settings, active: ActiveReference, pseudonymiser: Pseudonymiser) -> None:
        self._settings = settings
        self._active = active
        self._pseudonymiser = pseudonymiser
        self._reference = active.current()
        self._handle = self._take(self._reference)

    def __call__(self) -> Handle:
        """The function to be used now. Raises KafkaUnavailableError when a new desk's topic cannot be made."""
        reference = self._active.current()
        if reference is not self._reference:
            handle = self._take(reference)
            REFERENCE_INFO.labels(self._reference.version).set(0)
            self._reference, self._handle = reference, handle
        return self._handle

    def _take(self, reference: Reference) -> Handle:
        desks = [desk.substation_id for desk in reference.help_desks()]
        ensure_topics(
            self._settings.kafka_bootstrap_servers,
            all_topics(desks, by_size=self._settings.kafka_retention == "size"),
            self._settings.kafka_replication_factor,
        )
        REFERENCE_INFO.labels(reference.version).set(1)
        _log.info("reference data in use", extra={"version": reference.version, "help_desks": len(desks)})
        return make_handle(reference, self._pseudonymiser)


def run(settings: Settings, reference_store: Path, customer_secret: bytes) -> int:
    """Process raw events until SIGTERM or SIGINT; returns the exit code (see `worker.run_worker`).

    `reference_store` is the folder with the reference data in use, `customer_secret` the key behind `customer_key`.
    Raises ReferenceMissing and KafkaUnavailableError before anything is read.
    """
    publish_build_info()
    stop = StopRequest()
    stop.install()
    current_handle = CurrentHandle(settings, ActiveReference(reference_store), Pseudonymiser(customer_secret))
    group = settings.kafka_group_prefix + GROUP
    lag = LagWatcher(settings.kafka_bootstrap_servers, group, RAW_TOPICS)
    state = WorkerState(RAW_TOPICS, lag.latest, settings.stuck_seconds)
    worker = WorkerSettings(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=group,
        instance_id=settings.kafka_instance_id,
        topics=RAW_TOPICS,
        data_dir=settings.data_dir / "faust" / settings.kafka_instance_id,
        shutdown_seconds=settings.shutdown_seconds,
    )
    with (
        HealthServer(settings.metrics_host, settings.metrics_port, live=state.live, ready=state.ready),
        lag,
    ):
        return run_worker(worker, current_handle, stop=stop, state=state)
