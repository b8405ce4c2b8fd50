"""How far the detector may go. Pure.

Two ways of time, told apart by the rows alone. Live, records become known now: the clock is the wall clock as far as
everything has arrived, and goes on when nothing comes, since silence tells something too. From a file that is published
under its own clock, records became known long ago, at any speed: the clock is the newest time of receipt that had been
stored by then, and waits for the next record.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

MARGIN_SECONDS: Final = 1.0
"""For clocks that differ, and for records that were stamped a moment before they were sent."""

CURRENT_SECONDS: Final = 60.0
"""A newest record so fresh says that the stream is live, and a stream silent for longer may be a file that ended."""

LIVE_SECONDS: Final = 3600.0
"""A record that was stored so soon after it was received was live, if late: a file's are days old."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest row there is: when it was received and when it was stored (Unix seconds)."""

    received: float
    stored: float


class Clock:
    """Fed with one look after another; times are Unix seconds of the wall clock but for those of receipt."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, float]] = deque()
        self._newest: Newest | None = None
        self._moved_at = 0.0

    def limit(self, now: float, arrived: float | None, newest: Newest | None) -> float | None:
        """Up to when steps may be taken; None while that is not known.

        now: of this look; arrived: everything that was in Kafka by then had been stored before this look, None while
        not known; newest: of all rows stored by this look and received by `now`.
        """
        if newest is not None and (self._newest is None or newest.received > self._newest.received):
            self._moved_at = now if self._newest is not None else min(now, newest.stored)
            self._newest = newest
        if self._newest is not None:
            self._looks.append((now, self._newest.received))
        if arrived is None or self._newest is None:
            return None
        while len(self._looks) > 1 and self._looks[1][0] <= arrived:
            self._looks.popleft()
        if self._is_live(now, arrived, self._newest):
            return arrived - MARGIN_SECONDS
        at, received = self._looks[0]
        return received if at <= arrived else None

    def _is_live(self, now: float, arrived: float, newest: Newest) -> bool:
        silent = now - self._moved_at > CURRENT_SECONDS and newest.stored - newest.received < LIVE_SECONDS
        return silent or arrived - newest.received < CURRENT_SECONDS
