"""What the detector tells of itself: metrics, and whether it is alive and ready."""

from __future__ import annotations

import logging
import math
from collections import Counter
from typing import Final

from insight.detection.live import Live, Turn
from runtime.metrics import (
    DETECTOR_ACTIVE,
    DETECTOR_BEHIND,
    DETECTOR_CLOCK,
    DETECTOR_LATE,
    DETECTOR_STEP_DURATION,
    DETECTOR_WAITS,
    HOTSPOTS_OPEN,
    OUTAGE_CHANGES,
)
from runtime.stuck import StuckDetector
from schemas.vocabulary import NodeKind

STUCK_SECONDS: Final = 180.0
"""A loop that has not turned for so long hangs: a turn is some calls to Kafka and ClickHouse, each with its limit."""

BLIND_SECONDS: Final = 60.0
"""When what is in Kafka waits for longer to be stored, the detector is not ready: it sees nothing of it."""

_NO_GROUP: Final = "Kafka has not answered for the group. Does it run? complaints status"
_BLIND: Final = "complaints wait in Kafka and are not stored. Do processor and sink run? complaints status"
_log: Final = logging.getLogger(__name__)


class Watch:
    """Written by the loop; the health server's threads only read plain values."""

    def __init__(self) -> None:
        self._turns = 0
        self._problem = _NO_GROUP
        DETECTOR_ACTIVE.set(0)

    def stuck(self) -> StuckDetector:
        """To be entered around the work; its `live` tells whether the loop still turns."""
        return StuckDetector(STUCK_SECONDS, lambda: self._turns, lambda: "the loop does not turn")

    def ready(self) -> tuple[bool, str]:
        """Does it detect, or stand in line for one that does."""
        return not self._problem, self._problem

    def in_line(self, *, joined: bool) -> None:
        """Another detector is at work, or the group has not answered."""
        self._turns += 1
        self._problem = "" if joined else _NO_GROUP
        self._at_rest()

    def failed(self, problem: str) -> None:
        """The turn did not come through."""
        self._turns += 1
        if problem != self._problem:
            _log.warning("the detector cannot go on for now: %s", problem)
        self._problem = problem

    def turned(self, live: Live, turn: Turn) -> None:
        """A turn came through."""
        self._turns += 1
        self._problem = _BLIND if turn.waits is None or turn.waits > BLIND_SECONDS else ""
        DETECTOR_ACTIVE.set(1)
        if turn.waits is not None:
            DETECTOR_WAITS.set(turn.waits)
        DETECTOR_LATE.inc(turn.late)
        for seconds in turn.step_seconds:
            DETECTOR_STEP_DURATION.observe(seconds)
        for change in turn.changes:
            OUTAGE_CHANGES.labels(change.state).inc()
        if live.clock is not None:
            DETECTOR_CLOCK.set(live.clock)
        if turn.behind is not None:
            DETECTOR_BEHIND.set(turn.behind)
        kinds = Counter(outage.node_kind for outage in live.outages)
        for kind in NodeKind:
            HOTSPOTS_OPEN.labels(kind).set(kinds[kind])

    def _at_rest(self) -> None:
        """What only the detector at work knows is not told by others: no number is not the number zero."""
        DETECTOR_ACTIVE.set(0)
        DETECTOR_WAITS.set(math.nan)
        DETECTOR_BEHIND.set(math.nan)
        HOTSPOTS_OPEN.clear()
