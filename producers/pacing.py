"""The file's own clock, and when a line is due. Pure: the present moment comes in as an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from producers.routing import known_since, stated_time

_SLACK_SECONDS: Final = 0.002
"""A line may go out this much early, so that high rates do not wait line by line."""


class FileClock:
    """The clock of a file of events: the running maximum of their `time`, in milliseconds since 1970.

    Before the first `time`: the running maximum of `data.reported_at` or `data.at`; with none of these, the moment of
    publishing (only an event that will be refused has none).
    """

    def __init__(self) -> None:
        self._known_ms: int | None = None
        self._stated_ms: int | None = None

    def advance(self, event: dict[str, Any], now_ms: int) -> int:
        """The clock after one more event that is published at `now_ms`."""
        if (at := known_since(event)) is not None:
            self._known_ms = max(self._known_ms or 0, _milliseconds(at))
        if self._known_ms is not None:
            return self._known_ms
        if (at := stated_time(event)) is not None:
            self._stated_ms = max(self._stated_ms or 0, _milliseconds(at))
        return self._stated_ms if self._stated_ms is not None else now_ms


class Pace:
    """When lines are due: `rate` a second, `speed` times the file's clock, or at once when both are None."""

    def __init__(self, rate: float | None, speed: float | None) -> None:
        if rate is not None and speed is not None:
            raise ValueError("rate and speed exclude each other")
        if not all(given is None or given > 0 for given in (rate, speed)):
            raise ValueError("rate and speed must be above 0")
        self._rate = rate
        self._speed = speed
        self._began: float | None = None
        self._first_ms = 0
        self._lines = 0

    @property
    def paced(self) -> bool:
        """Is anything to be waited for."""
        return self._rate is not None or self._speed is not None

    def next_due(self, event_ms: int, now: float) -> float:
        """The moment, on the clock of `now`, at which the next line is due. To be called once a line."""
        if self._began is None:
            self._began, self._first_ms = now, event_ms
        due = self._began
        if self._rate is not None:
            due += self._lines / self._rate
        elif self._speed is not None:
            due += (event_ms - self._first_ms) / 1000 / self._speed
        self._lines += 1
        return due - _SLACK_SECONDS


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
