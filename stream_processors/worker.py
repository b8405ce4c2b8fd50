"""Runs the app until it is told to stop or crashes, and turns the end into an exit code."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

import faust

from runtime.shutdown import StopRequest
from stream_processors.app import WorkerSettings, make_app
from stream_processors.handled import Handle
from stream_processors.output import ConfirmedOutput
from stream_processors.processing import BatchProcessor
from stream_processors.watchdog import Watchdog

EXIT_CRASHED: Final = 1
"""Something failed that is not a record's fault; nothing unfinished was committed, and a restart goes on from there."""

_BEAT_SECONDS: Final = 1.0
_DEAD_SECONDS: Final = 30.0
"""The loop is blocked by a batch for less than a second; this long means that it does not come back."""

_log: Final = logging.getLogger(__name__)


class WorkerState:
    """What a running worker says of itself; its methods may be called from any thread."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._topics = topics
        self._app: faust.App | None = None
        self._beat_at = time.monotonic()

    def started(self, app: faust.App) -> None:
        """The app has its first assignment."""
        self._app = app

    def ended(self) -> None:
        """The app stops."""
        self._app = None

    async def beat(self) -> None:
        """Note, for as long as it runs, that the event loop runs."""
        while True:
            self._beat_at = time.monotonic()
            await asyncio.sleep(_BEAT_SECONDS)

    def ready(self) -> tuple[bool, str]:
        """Are records being read: the worker has its assignment, and may read every topic."""
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
        """Does the event loop make progress."""
        silent = time.monotonic() - self._beat_at
        return silent < _DEAD_SECONDS, "" if silent < _DEAD_SECONDS else f"event loop blocked for {silent:.0f} s"


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
    with Watchdog(stop, settings.shutdown_seconds, lambda: _call(loop, stop_requested.set)):
        output = ConfirmedOutput(settings.bootstrap_servers, f"{settings.group}-{settings.instance_id}")
        processor = BatchProcessor(current_handle, output)
        app = make_app(settings, processor)
        beating = asyncio.create_task(state.beat())
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
            beating.cancel()
        if app.crash_reason is not None:
            _log.error("the worker crashed: %s", type(app.crash_reason).__name__)
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
