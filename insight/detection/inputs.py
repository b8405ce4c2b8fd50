"""What the detector is told, in the order in which it became known. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from insight.detector import Report, StatusEvent, SwitchEvent

Input = Report | SwitchEvent | StatusEvent


class Known(NamedTuple):
    """Something for the detector, and when it was received (Unix seconds)."""

    received: float
    what: Input


class Given(NamedTuple):
    """Inputs by kind, in the order in which the detector takes them."""

    reports: Sequence[Report]
    switches: Sequence[SwitchEvent]
    statuses: Sequence[StatusEvent]


def given(known: Iterable[Known]) -> Given:
    """The same, by kind."""
    reports: list[Report] = []
    switches: list[SwitchEvent] = []
    statuses: list[StatusEvent] = []
    for _, what in known:
        if isinstance(what, Report):
            reports.append(what)
        elif isinstance(what, SwitchEvent):
            switches.append(what)
        else:
            statuses.append(what)
    return Given(reports, switches, statuses)


class Waiting:
    """Inputs that no step has taken yet."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Known]] = []
        self._number = count()

    def add(self, known: Iterable[Known]) -> None:
        """Take inputs in any order."""
        for each in known:
            heapq.heappush(self._heap, (each.received, next(self._number), each))

    def up_to(self, now: float) -> Given:
        """Take out what was received by `now`."""
        taken = []
        while self._heap and self._heap[0][0] <= now:
            taken.append(heapq.heappop(self._heap)[2])
        return given(taken)

    @property
    def next_at(self) -> float:
        """When the first of them was received; infinite when there is none."""
        return self._heap[0][0] if self._heap else float("inf")
