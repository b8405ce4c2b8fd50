"""The detector's steps over time: on a grid of whole multiples of the step in Unix time. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from insight.detection.inputs import Waiting
from insight.detector import Detector, Outage

QUIET_SECONDS: Final = 6 * 3600
"""Nothing that the detector was told still moves it after so long, unless an outage is open."""


class Walk:
    """Takes a detector from step to step; what it is told waits in `waiting` until its time has come.

    Two walks with the same step do their steps at the same times, so that they find the same from the same inputs.
    """

    def __init__(self, detector: Detector, step_seconds: int, clock: int) -> None:
        """`clock`: when the last step was, as Unix seconds, a whole multiple of `step_seconds`."""
        self.detector = detector
        self.clock = clock
        self.waiting = Waiting()
        self._step = step_seconds
        self._told_at = clock

    def advance(self, until: float) -> Iterator[tuple[int, list[Outage]]]:
        """Do every step up to `until`; gives the time of each and what changed.

        A long time in which nothing was told, with no outage open, is passed over in one go: nothing can happen in it.
        """
        while (now := self._next(until)) <= until:
            given = self.waiting.up_to(now)
            if any(given):
                self._told_at = now
            changes = self.detector.step(now, *given)
            self.clock = now
            yield now, changes

    def _next(self, until: float) -> int:
        now = self.clock + self._step
        if not self.detector.outages and now - self._told_at >= QUIET_SECONDS:
            return max(now, on_grid(min(self.waiting.next_at, until), self._step))
        return now


def on_grid(at: float, step_seconds: int) -> int:
    """The last step at or before a time."""
    return int(at // step_seconds) * step_seconds
