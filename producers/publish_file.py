"""`complaints publish`: raw events, one JSON a line, to the topics of their channel, each confirmed by the broker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from producers.content_mode import ContentMode, in_mode
from producers.pacing import FileClock, Pace
from producers.publisher import DELIVERY_TIMEOUT_SECONDS, WALL_CLOCK_MS, ConfirmedPublisher
from producers.routing import route
from schemas.refusal import Refusal

_PROGRESS_SECONDS: Final = 0.5
_LOOK_EVERY: Final = 1_000
"""Lines between two looks at the clock when nothing paces them."""


class Clock(StrEnum):
    """What a record's timestamp (CreateTime), the time at which it became known to us, is taken from."""

    WALL = "wall"
    FILE = "file"


class Failure(NamedTuple):
    """A line that was not accepted: its number, counted from 1, and why, in words that hold no value of it."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What became of the lines. `accepted` were confirmed by the broker; `failed` are all others that were read.

    `interrupted`: a stop was asked for before the end, so there may be lines that were never read.
    """

    accepted: int
    failed: tuple[Failure, ...]
    interrupted: bool


class Progress(NamedTuple):
    """Lines handled so far: confirmed, waiting for the broker's word, and not accepted."""

    accepted: int
    unconfirmed: int
    failed: int


def publish_lines(
    lines: Iterable[bytes],
    *,
    bootstrap_servers: str,
    clock: Clock = Clock.WALL,
    content_mode: ContentMode = ContentMode.STRUCTURED,
    rate: float | None = None,
    speed: float | None = None,
    delivery_timeout_seconds: float = DELIVERY_TIMEOUT_SECONDS,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> PublishReport:
    """Publish every line and wait for the broker's word on each.

    lines: structured-mode events, one JSON a line, with or without line ends; blank lines are passed over.
    rate: lines a second. speed: times the lines' own clock (the running maximum of their `time`). Neither: as fast as
        the broker takes them. Both: ValueError.
    clock: `wall`, or `file`: the running maximum of `time` (before the first one, `data.reported_at` or `data.at`).
    stop: asked between lines; once True no more is read, and what was sent may still be confirmed for 5 seconds.
    progress: called about twice a second.

    A line that cannot be routed, or that the broker refuses, fails alone; the others go on. While Kafka is away each
    line is tried for `delivery_timeout_seconds`.
    """
    pace = Pace(rate, speed)
    file_clock = FileClock() if clock is Clock.FILE or speed is not None else None
    failures: list[Failure] = []
    publisher = ConfirmedPublisher(
        bootstrap_servers,
        lambda ref, reason: failures.append(Failure(ref, reason)),
        delivery_timeout_seconds=delivery_timeout_seconds,
        stop=stop,
    )
    reporter = _Reporter(progress, publisher, failures)
    for number, line in enumerate(lines, 1):
        line = line.rstrip(b"\r\n")
        if not line.strip():
            continue
        try:
            routed = route(line)
        except Refusal as refusal:
            failures.append(Failure(number, str(refusal)))
            continue
        event_ms = file_clock.advance(routed.event, time.time_ns() // 1_000_000) if file_clock else WALL_CLOCK_MS
        if pace.paced:
            _wait_until(pace.next_due(event_ms, time.monotonic()), publisher, reporter, stop)
        elif number % _LOOK_EVERY == 0:
            reporter.look()
        if stop():
            break
        value, headers = in_mode(content_mode, line, routed.event)
        timestamp_ms = event_ms if clock is Clock.FILE else WALL_CLOCK_MS
        publisher.send(number, routed.topic, routed.key, value, headers, timestamp_ms)
    publisher.finish(reporter.look)
    reporter.look(last=True)
    return PublishReport(publisher.accepted, tuple(sorted(failures)), interrupted=stop())


class _Reporter:
    """Calls `progress` about twice a second, however often it is asked."""

    def __init__(self, progress: Callable[[Progress], None], publisher: ConfirmedPublisher, failures: Sized) -> None:
        self._progress = progress
        self._publisher = publisher
        self._failures = failures
        self._next = time.monotonic() + _PROGRESS_SECONDS

    def look(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if last or now >= self._next:
            self._next = now + _PROGRESS_SECONDS
            self._progress(Progress(self._publisher.accepted, self._publisher.unconfirmed, len(self._failures)))


def _wait_until(due: float, publisher: ConfirmedPublisher, reporter: _Reporter, stop: Callable[[], bool]) -> None:
    while (early := due - time.monotonic()) > 0 and not stop():
        publisher.serve(early)
        reporter.look()
