"""Ends a process that cannot end itself: a stop that takes too long is cut short, and says where it hung."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Final

from runtime.background import Background
from runtime.shutdown import StopRequest
from runtime.stuck import dump_stacks

EXIT_NOT_DRAINED: Final = 75
"""EX_TEMPFAIL of sysexits.h: the stop took too long; what was not committed is read again by the next worker."""

_log: Final = logging.getLogger(__name__)


class Watchdog(Background):
    """Waits for the stop request in a thread of its own, passes it on, and allows `seconds` from then.

    A context manager around everything that has to end. When the time is up inside it, the stacks of all threads go to
    standard error and the process exits at once with EXIT_NOT_DRAINED, whatever the other threads do.
    """

    def __init__(self, stop: StopRequest, seconds: float, on_stop: Callable[[], None]) -> None:
        self._stop = stop
        self._seconds = seconds
        self._on_stop = on_stop
        super().__init__("watchdog")

    def _run(self) -> None:
        self._stop.wait()
        if self._ended.is_set():
            return
        self._on_stop()
        if not self._ended.wait(self._seconds):
            _log.critical("the stop took longer than %.0f s; the stacks of all threads follow", self._seconds)
            dump_stacks()
            os._exit(EXIT_NOT_DRAINED)
