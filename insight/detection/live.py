"""The detector at work on what comes in: resumed from what is written, then look after look."""

from __future__ import annotations

import logging
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from clickhouse_driver import Client

from insight.detection.arrived import Arrived, Offsets
from insight.detection.clock import Clock, Newest
from insight.detection.inputs import Known, given
from insight.detection.network import network_of
from insight.detection.rows import latest_switches, newest, oldest, received_between, stored_since
from insight.detection.states import outages_since
from insight.detection.walk import Walk, on_grid
from insight.detection.writer import Writer
from insight.detector import Detector, Outage, RuleSet
from reference.lookup import Reference
from schemas.times import LATEST_AT

_log: Final = logging.getLogger(__name__)

OVERLAP_SECONDS: Final = 10.0
"""For the clocks of sinks that differ from ours: rows stamped so long before what had arrived are read again."""

TURN_SECONDS: Final = 1.0
"""Steps are taken for at most so long before the lease is looked at and what they found is written."""

CLOCK_SECONDS: Final = 30.0
"""The clock is written at least so often, changes or not: what a new detector has to step through again."""

MOST_BEHIND_SECONDS: Final = 24 * 3600
"""A detector that was away for longer begins so long before the newest row."""

_EXTRA_SECONDS: Final = 600.0
"""Beyond `keep_minutes` the detector asks for what was received in the ten minutes before."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn did. Ages are in seconds, None while not known.

    `waits`: how long ago everything that had reached Kafka was stored; `behind`: how far the last step lies behind the
    time up to which steps may be taken; `late`: inputs that were seen after the step of their time.
    """

    waits: float | None
    behind: float | None = None
    late: int = 0
    changes: Sequence[Outage] = ()
    step_seconds: Sequence[float] = ()


class Live:
    """One detector from its taking over to its end. Made by whoever holds the lease, used from one thread.

    An error of Kafka, when it is made or in a turn, ends its use: another one then resumes. After an error of
    ClickHouse the turn may be tried again.
    """

    def __init__(
        self,
        *,
        client: Client,
        arrived: Arrived,
        bootstrap_servers: str,
        group: str,
        reference: Reference,
        rules: RuleSet,
        step_seconds: int,
    ) -> None:
        self._client = client
        self._arrived = arrived
        self._bootstrap_servers = bootstrap_servers
        self._rules = rules
        self._step = step_seconds
        self._reference = reference
        self._writer = Writer(bootstrap_servers, group)
        self._written = self._writer.clock()
        self._written_at = 0.0
        self._clock = Clock()
        self._walk: Walk | None = None
        self._read_upto = 0.0
        self._read_ends: Offsets | None = None
        self._seen: dict[Hashable, float] = {}
        self._newest: Newest | None = None

    @property
    def outages(self) -> list[Outage]:
        """What is dark now."""
        return [] if self._walk is None else list(self._walk.detector.outages.values())

    @property
    def clock(self) -> int | None:
        """When the last step was (Unix seconds); None before the first complaint ever."""
        return self._written if self._walk is None else self._walk.clock

    def turn(self, reference: Reference) -> Turn:
        """Read what is new, if anything is, step as far as may be for a second, and write what changed.

        Raises KafkaException, KafkaUnavailableError and ClickHouse's errors.
        """
        now = time.time()
        arrived = self._arrived.upto(now)
        if arrived is None:
            return Turn(None)
        waits = now - arrived
        if reference.version != self._reference.version:
            self._reference, self._walk = reference, None
        if self._walk is None:
            self._walk = self._resumed(now, arrived)
        if self._walk is None:
            return Turn(waits)
        late = self._read(self._walk, now, arrived) if self._arrived.stored != self._read_ends else 0
        limit = self._clock.limit(now, arrived, self._newest)
        if limit is None:
            return Turn(waits, late=late)
        changes, durations = _steps(self._walk, limit)
        if changes or time.monotonic() - self._written_at >= CLOCK_SECONDS:
            self._write(changes)
        return Turn(waits, max(0.0, limit - self._walk.clock - self._step), late, changes, durations)

    def close(self) -> None:
        """Write the clock, so that the next one need not take the last steps again. Raises KafkaException."""
        if self._walk is not None and self._walk.clock != self._written:
            self._write([])

    def _resumed(self, now: float, arrived: float) -> Walk | None:
        """A detector that knows all that was written, and what it needs of what was received before; None when nothing
        was ever received. It begins at its clock, or with the first complaint."""
        found = newest(self._client, now)
        if found is None:
            return None
        self._newest = Newest(*found)
        least = self._newest.received - MOST_BEHIND_SECONDS
        before = self._rules.keep_minutes * 60 + _EXTRA_SECONDS
        begin = self._written
        if begin is None:
            first = oldest(self._client, least)
            begin = on_grid(self._newest.received if first is None else first, self._step)
        known = outages_since(self._client, self._bootstrap_servers, begin - before)
        decided = max((outage.decided_at for outage in known), default=0.0)
        begin = -on_grid(-max(begin, least, decided), self._step)
        self._seen = {row.key: row.stored for row in stored_since(self._client, arrived - OVERLAP_SECONDS)}
        self._read_upto = arrived
        tree, shutdowns = network_of(self._reference)
        detector = Detector(tree, self._rules, shutdowns)
        told = given([*latest_switches(self._client, begin), *received_between(self._client, begin - before, begin)])
        detector.resume(told.reports, told.switches, known, begin, told.statuses)
        walk = Walk(detector, self._step, begin)
        walk.waiting.add(received_between(self._client, begin, LATEST_AT.timestamp()))
        _log.info(
            "resumed",
            extra={"clock": begin, "open": len(detector.outages), "reports": len(told.reports), "nodes": len(tree.ids)},
        )
        return walk

    def _read(self, walk: Walk, now: float, arrived: float) -> int:
        """Take in the rows stored since the last look; how many of them came after their time."""
        since = self._read_upto - OVERLAP_SECONDS
        fresh = [row for row in stored_since(self._client, since) if row.key not in self._seen]
        late = 0
        oldest_kept = walk.clock - self._rules.keep_minutes * 60
        for row in fresh:
            self._seen[row.key] = row.stored
            if row.received <= now and (self._newest is None or row.received > self._newest.received):
                self._newest = Newest(row.received, row.stored)
            if row.what is not None and row.received > oldest_kept:
                walk.waiting.add([Known(row.received, row.what)])
                late += row.received <= walk.clock
        self._seen = {key: stored for key, stored in self._seen.items() if stored >= since}
        self._read_upto, self._read_ends = arrived, self._arrived.stored
        return late

    def _write(self, changes: list[Outage]) -> None:
        assert self._walk is not None  # noqa: S101 - a rule of the caller
        self._writer.write(changes, self._walk.clock)
        self._written, self._written_at = self._walk.clock, time.monotonic()


def _steps(walk: Walk, limit: float) -> tuple[list[Outage], list[float]]:
    """Steps up to `limit`, for at most TURN_SECONDS: what changed, and how long each took."""
    changes: list[Outage] = []
    durations: list[float] = []
    begun = last = time.monotonic()
    for _, found in walk.advance(limit):
        changes += found
        now = time.monotonic()
        durations.append(now - last)
        last = now
        if now - begun >= TURN_SECONDS:
            break
    return changes, durations
