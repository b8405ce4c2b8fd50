"""Orderly shutdown: one stop request, one deadline shared by everything that still has to be drained."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType


class Deadline:
    """A point in time that several steps share."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    def passed(self) -> bool:
        """Is no time left."""
        return self.remaining() == 0.0


class StopRequest:
    """Set by SIGTERM or SIGINT. A second SIGINT interrupts at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def install(self) -> None:
        """Take over SIGTERM and SIGINT. To be called from the main thread."""
        signal.signal(signal.SIGTERM, self._handle)
        signal.signal(signal.SIGINT, self._handle)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and self._event.is_set():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            raise KeyboardInterrupt
        self._event.set()

    def set(self) -> None:
        """Ask for the stop from within."""
        self._event.set()

    def is_set(self) -> bool:
        """Was a stop asked for."""
        return self._event.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the stop; True when it was asked for."""
        return self._event.wait(seconds)
