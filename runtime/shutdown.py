"""Orderly shutdown: one stop request, one deadline shared by everything that still has to be drained."""

from __future__ import annotations

import math
import signal
import time
from types import FrameType
from typing import Final

_LOOK_SECONDS: Final = 0.1


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
    """Set by SIGTERM or SIGINT. A second SIGINT interrupts at once.

    A plain flag, looked at again and again. Where another thread takes the signal (as after SIGSTOP and SIGCONT),
    Python runs the handler only once the main thread does anything; and a handler that set a `threading.Event` could
    hang on the lock of the very wait that it interrupts.
    """

    def __init__(self) -> None:
        self._is_set = False

    def install(self) -> None:
        """Take over SIGTERM and SIGINT. To be called from the main thread."""
        signal.signal(signal.SIGTERM, self._handle)
        signal.signal(signal.SIGINT, self._handle)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and self._is_set:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            raise KeyboardInterrupt
        self._is_set = True

    def set(self) -> None:
        """Ask for the stop from within."""
        self._is_set = True

    def is_set(self) -> bool:
        """Was a stop asked for."""
        return self._is_set

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the stop; True when it was asked for."""
        deadline = Deadline(math.inf if seconds is None else seconds)
        while not self._is_set and not deadline.passed():
            time.sleep(min(_LOOK_SECONDS, deadline.remaining()))
        return self._is_set
