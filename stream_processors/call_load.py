"""How full the helpline is: calls of the last hour over what it can take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock
from typing import Final

CALLS_AN_HOUR: Final = 5_500
"""The helpline's capacity as KESCO announced it (Aaj, Kanpur): raised from about 1,000 calls an hour."""

_MINUTE_MS: Final = 60_000
_MINUTES: Final = 60


class CallLoad:
    """Counts calls by the minute in which they became known. Safe to use from several threads.

    A process counts the calls that it read itself, so the load of the helpline is the sum over the processes.
    """

    def __init__(self) -> None:
        self._calls: Counter[int] = Counter()
        self._lock = Lock()

    def add(self, timestamps_ms: Iterable[int]) -> None:
        """Count calls by the times at which they became known (milliseconds since 1970)."""
        minutes = Counter([timestamp_ms // _MINUTE_MS for timestamp_ms in timestamps_ms])
        with self._lock:
            self._calls.update(minutes)

    def ratio(self, now_ms: int) -> float:
        """Calls of the sixty minutes up to now, the current one included, over CALLS_AN_HOUR."""
        newest = now_ms // _MINUTE_MS
        with self._lock:
            for minute in [minute for minute in self._calls if minute <= newest - _MINUTES]:
                del self._calls[minute]
            return sum(calls for minute, calls in self._calls.items() if minute <= newest) / CALLS_AN_HOUR
