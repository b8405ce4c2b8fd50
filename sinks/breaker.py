"""A breaker before ClickHouse: while the server is down nothing is inserted, and one cheap question asks for it. Pure.

    closed --THRESHOLD failures in a row--> open --the question is answered--> half open --an INSERT succeeds--> closed
                                             ^                                    |
                                             +----------- an INSERT fails --------+

Only errors that every other INSERT would meet as well count (errors.py: `is_of_server`), so that a table which is
missing or has too many parts does not stop the others.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

THRESHOLD: Final = 3
"""So many failures in a row, of whatever partition, open it."""

PROBE_SECONDS: Final = (0.5, 1.0, 2.0, 5.0)
"""Waits before the questions; the last one repeats. They grow until an INSERT succeeds, not just a question."""


class BreakerState(StrEnum):
    """Which INSERTs may go."""

    CLOSED = "closed"
    """All."""
    OPEN = "open"
    """None; the server is asked now and then."""
    HALF_OPEN = "half_open"
    """One at a time: the server answers, but has not yet stored anything."""


class Breaker:
    """Counts failures in a row. Times are of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self.state = BreakerState.CLOSED
        self._failures = 0
        self._waits = 0
        self._probe_at = 0.0

    def probe_due(self, now: float) -> bool:
        """Is it time to ask the server."""
        return self.state is BreakerState.OPEN and now >= self._probe_at

    def probed(self, answers: bool, now: float) -> None:
        """The server was asked."""
        if answers:
            self.state = BreakerState.HALF_OPEN
        else:
            self._wait(now)

    def failed(self, now: float) -> bool:
        """An INSERT met an error of the whole server. True when that has opened a breaker that was closed."""
        self._failures += 1
        was_closed = self.state is BreakerState.CLOSED
        if was_closed and self._failures < THRESHOLD:
            return False
        self.state = BreakerState.OPEN
        self._wait(now)
        return was_closed

    def succeeded(self) -> bool:
        """The server took or judged an INSERT. True when that has closed the breaker."""
        was_closed = self.state is BreakerState.CLOSED
        self.state = BreakerState.CLOSED
        self._failures = self._waits = 0
        return not was_closed

    def _wait(self, now: float) -> None:
        self._probe_at = now + PROBE_SECONDS[min(self._waits, len(PROBE_SECONDS) - 1)]
        self._waits += 1
