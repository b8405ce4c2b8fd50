"""`complaints publish --spool`: lines are accepted into the spool, and confirmed by Kafka from there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from producers.content_mode import ContentMode, in_mode
from producers.pacing import FileClock, Pace
from producers.publish_file import Clock, Failure, Progress
from producers.routing import route
from producers.spool import Entry
from producers.spooled import SpooledPublisher, too_large
from schemas.refusal import Refusal

PATIENCE_SECONDS: Final = 10.0
"""A broker that was killed is back in less; then nothing is said of it."""

_PROGRESS_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class SpoolReport:
    """What became of the lines and of what was in the spool before.

    confirmed: entries that Kafka took. kept: entries still in the spool. left_over: entries that were in the spool at
    the beginning; each is among the confirmed or the kept. failed: lines that are neither here nor there.
    problem: what holds the spool up (SpooledPublisher.problem), or None. interrupted: there may be lines that were
    never read.
    """

    confirmed: int
    kept: int
    left_over: int
    failed: tuple[Failure, ...]
    problem: str | None
    interrupted: bool


def publish_spooled(
    chunks: Iterable[Sequence[bytes]],
    publisher: SpooledPublisher,
    *,
    clock: Clock = Clock.WALL,
    content_mode: ContentMode = ContentMode.STRUCTURED,
    rate: float | None = None,
    speed: float | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> SpoolReport:
    """Accept every line into the spool, then wait until Kafka has all or confirms nothing for `patience_seconds`.

    chunks: lines that became known together; they are made durable together. The other arguments are those of
    `publish_lines`; the wall clock is the moment of a line's acceptance into the spool. A line that finds the spool
    full waits for room as long as Kafka confirms, and fails with `spool:full` when it does not.

    A stop request ends it at once; what Kafka has not confirmed by then stays in the spool.

    Raises SpoolError when the spool fails; the lines accepted before are in it.
    """
    intake = _Intake(publisher, clock, content_mode, Pace(rate, speed), patience_seconds, stop, progress)
    left_over = publisher.kept
    number = 0
    for chunk in chunks:
        for line in chunk:
            number += 1
            intake.take(number, line)
            if stop():
                break
        intake.store()
        intake.look()
        if stop():
            break
    publisher.await_kafka(patience_seconds, lambda: publisher.kept == 0 or stop(), intake.look)
    publisher.close()
    intake.look(last=True)
    failed = tuple(sorted(intake.failures))
    return SpoolReport(publisher.confirmed, publisher.kept, left_over, failed, publisher.problem, stop())


class _Intake:
    """Lines on their way into the spool."""

    def __init__(
        self,
        publisher: SpooledPublisher,
        clock: Clock,
        content_mode: ContentMode,
        pace: Pace,
        patience_seconds: float,
        stop: Callable[[], bool],
        progress: Callable[[Progress], None],
    ) -> None:
        self._publisher = publisher
        self._file_clock = FileClock() if clock is Clock.FILE or pace.paced else None
        self._clock = clock
        self._content_mode = content_mode
        self._pace = pace
        self._patience_seconds = patience_seconds
        self._stop = stop
        self._progress = progress
        self._shown_at = time.monotonic()
        self._waiting: list[tuple[int, Entry]] = []
        self.failures: list[Failure] = []

    def take(self, number: int, line: bytes) -> None:
        """One more line, when it is due."""
        line = line.rstrip(b"\r\n")
        if not line.strip():
            return
        try:
            routed = route(line)
        except Refusal as refusal:
            self.failures.append(Failure(number, str(refusal)))
            return
        now_ms = time.time_ns() // 1_000_000
        file_ms = self._file_clock.advance(routed.event, now_ms) if self._file_clock else now_ms
        if self._pace.paced:
            now_ms = self._await_due(self._pace.next_due(file_ms, time.monotonic()), now_ms)
            if self._stop():
                return
        value, headers = in_mode(self._content_mode, line, routed.event)
        if too_large(value):
            self.failures.append(Failure(number, "spool:too_large"))
            return
        timestamp_ms = file_ms if self._clock is Clock.FILE else now_ms
        self._waiting.append((number, Entry(routed.topic, routed.key, value, headers, timestamp_ms)))

    def store(self) -> None:
        """Make durable what was taken; what finds no room fails."""
        while self._waiting:
            taken = self._publisher.append([entry for _, entry in self._waiting])
            del self._waiting[:taken]
            if taken == 0 and not self._room_comes():
                self.failures += (Failure(number, "spool:full") for number, _ in self._waiting)
                self._waiting.clear()

    def look(self, *, last: bool = False) -> None:
        """Show progress about twice a second."""
        now = time.monotonic()
        if last or now >= self._shown_at + _PROGRESS_SECONDS:
            self._shown_at = now
            self._progress(Progress(self._publisher.confirmed, self._publisher.kept, len(self.failures)))

    def _await_due(self, due: float, now_ms: int) -> int:
        while (early := due - time.monotonic()) > 0 and not self._stop():
            self.store()
            self.look()
            time.sleep(min(early, 0.1))
            now_ms = time.time_ns() // 1_000_000
        return now_ms

    def _room_comes(self) -> bool:
        confirmed = self._publisher.confirmed
        more = self._publisher.await_kafka(
            self._patience_seconds, lambda: self._publisher.confirmed > confirmed or self._stop(), self.look
        )
        return more and not self._stop()
