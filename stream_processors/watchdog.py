"""Ends a process that cannot end itself: a stop that takes too long is cut short, and says where it hung."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from runtime.shutdown import StopRequest
from runtime.stuck import dump_stacks

EXIT_NOT_DRAINED: Final = 75
"""EX_TEMPFAIL of sysexits.h: the stop took too long; what was not committed is read again by the next worker."""

_log: Final = logging.getLogger(__name__)


class Watchdog:
    """Waits for the stop request in a thread of its own, passes it on, and allows `seconds` from then.

    A context manager around everything that has to end. When the time is up inside it, the stacks of all threads go to
    standard error and the process exits at once with EXIT_NOT_DRAINED, whatever the other threads do.
    """

    def __init__(self, stop: StopRequest, seconds: float, on_stop: Callable[[], None]) -> None:
        self._stop = stop
        self._seconds = seconds
        self._on_stop = on_stop
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    def _watch(self) -> None:
        self._stop.wait()
        if self._ended.is_set():
            return
        self._on_stop()
        if not self._ended.wait(self._seconds):
            _log.critical("the stop took longer than %.0f s; the stacks of all threads follow", self._seconds)
            dump_stacks()
            os._exit(EXIT_NOT_DRAINED)
