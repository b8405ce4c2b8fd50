"""Runs the app until it is told to stop or crashes, and turns the end into an exit code."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import faust

from runtime.shutdown import StopRequest
from runtime.stuck import StuckDetector
from stream_processors.app import WorkerSettings, make_app
from stream_processors.fencing import FencedError
from stream_processors.handled import Handle
from stream_processors.lag import Lag
from stream_processors.output import ConfirmedOutput
from stream_processors.processing import BatchProcessor
from stream_processors.watchdog import Watchdog

EXIT_CRASHED: Final = 1
"""Something failed that is not a record's fault; nothing unfinished was committed, and a restart goes on from there."""

_log: Final = logging.getLogger(__name__)


class WorkerState:
    """What a running worker says of itself; its methods may be called from any thread.

    `lags` gives what the brokers say that the group has not committed, None when they do not answer. `stuck_seconds`
    may pass without a record processed or a batch made durable while some of that is this worker's.
    """

    def __init__(
        self,
        topics: Sequence[str],
        lags: Callable[[], Mapping[tuple[str, int], Lag] | None],
        stuck_seconds: float,
    ) -> None:
        self._topics = topics
        self._lags = lags
        self._app: faust.App | None = None
        self._ended = False
        self._moves = 0
        self.detector: Final = StuckDetector(stuck_seconds, lambda: self._moves, self._waiting)

    def started(self, app: faust.App) -> None:
        """The app has its first assignment."""
        self._app = app

    def ended(self) -> None:
        """The app stops."""
        self._app, self._ended = None, True

    def moved(self) -> None:
        """Something got done."""
        self._moves += 1

    def ready(self) -> tuple[bool, str]:
        """Are records being read: Kafka answers, the worker has its assignment, and may read every topic."""
        if self._lags() is None:
            return False, "Kafka does not answer"
        app = self._app
        if app is None:
            return False, "no assignment yet, or stopping"
        if app.rebalancing:
            return False, "the consumer group is rebalancing"
        unseen = [topic for topic in self._topics if not app.consumer.topic_partitions(topic)]
        if unseen:
            return False, f"topics not there or not permitted: {', '.join(unseen)}"
        return True, ""

    def live(self) -> tuple[bool, str]:
        """Does work that waits get done."""
        return self.detector.live()

    def _waiting(self) -> str:
        lags, app = self._lags(), self._app
        if lags is None or self._ended:
            return ""
        if app is None or app.rebalancing:
            records = sum(lag.records for lag in lags.values())
            return f"{records} records wait and a rebalance does not end" if records else ""
        consumer: Any = app.consumer
        records = consumer.behind(lags)
        return f"{records} records wait in this worker's partitions" if records else ""


def run_worker(
    settings: WorkerSettings, current_handle: Callable[[], Handle], *, stop: StopRequest, state: WorkerState
) -> int:
    """Process until `stop` is set; returns the exit code: 0 after an orderly stop, else EXIT_CRASHED.

    An orderly stop finishes the batch in hand and commits. When it takes longer than `settings.shutdown_seconds`, the
    process ends within this call (EXIT_NOT_DRAINED). `current_handle` is asked once a batch.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_run(settings, current_handle, stop, state))


async def _run(
    settings: WorkerSettings, current_handle: Callable[[], Handle], stop: StopRequest, state: WorkerState
) -> int:
    loop = asyncio.get_running_loop()
    stop_requested = asyncio.Event()
    with Watchdog(stop, settings.shutdown_seconds, lambda: _call(loop, stop_requested.set)), state.detector:
        output = ConfirmedOutput(settings.bootstrap_servers, f"{settings.group}-{settings.instance_id}")
        processor = BatchProcessor(current_handle, output, state.moved)
        app = make_app(settings, processor)
        try:
            await _until_told(app, stop_requested, state)
        except Exception:  # noqa: BLE001 - whatever it is, it ends the worker
            _log.exception("the worker could not start")
            return EXIT_CRASHED
        finally:
            state.ended()
            stop.set()
            await app.stop()
            processor.close()
        if app.crash_reason is not None:
            fenced = isinstance(app.crash_reason, FencedError)
            _log.error("the worker crashed: %s", app.crash_reason if fenced else type(app.crash_reason).__name__)
            return EXIT_CRASHED
    _log.info("the worker stopped in order")
    return 0


async def _until_told(app: faust.App, stop_requested: asyncio.Event, state: WorkerState) -> None:
    """Start the app; returns when a stop is requested or the app has crashed. Raises what the start raises."""
    starting = asyncio.create_task(app.start())
    told = asyncio.create_task(stop_requested.wait())
    crashed = asyncio.create_task(app.wait_until_stopped())
    try:
        await asyncio.wait({starting, told, crashed}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            state.started(app)
            _log.info("the worker is ready")
            await asyncio.wait({told, crashed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (starting, told, crashed):
            task.cancel()


def _call(loop: asyncio.AbstractEventLoop, callback: Callable[[], object]) -> None:
    """Call in the loop's thread, unless the loop has ended."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(callback)
