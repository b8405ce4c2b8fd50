"""What the sink tells of itself: metrics, and whether it is alive and ready."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from runtime.metrics import (
    CLICKHOUSE_BREAKER_OPEN,
    CONSUMER_LAG_RECORDS,
    CONSUMER_LAG_SECONDS,
    DEDUPLICATION_HEADROOM,
    END_TO_END_LATENCY,
    HELD_BYTES,
    STAGE_LATENCY,
    STORED_ROWS,
)
from runtime.observations import observe_all
from runtime.stuck import StuckDetector
from schemas.clickhouse.tables import TABLES
from sinks.headroom import TokenCount, headroom_ratio
from sinks.intents import Place
from sinks.migrations import DEDUPLICATION_WINDOW
from sinks.partition import Partition, Phase
from sinks.rows import Row

TURN_SECONDS: Final = 2.0
"""Between two looks at lag and at ClickHouse."""

STUCK_SECONDS: Final = 120.0
"""A loop that has not turned for so long hangs: far above the longest INSERT and commit."""


class Watch:
    """Shared by the sink's loop, which writes, and the health server's threads, which only read plain values."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._assigned = False
        self._kafka_problem = ""
        self._store_problem = "ClickHouse was not asked yet"
        self._looked_at = 0.0
        self._turns = 0
        CLICKHOUSE_BREAKER_OPEN.set(0)

    def detector(self) -> StuckDetector:
        """To be entered around the work; its `live` tells whether the loop still turns."""
        return StuckDetector(STUCK_SECONDS, lambda: self._turns, lambda: "the loop does not turn")

    def ready(self) -> tuple[bool, str]:
        """Have we partitions, and does ClickHouse take what we send."""
        if not self._assigned:
            return False, self._kafka_problem or "no partitions are assigned yet"
        return not self._store_problem, self._store_problem

    def waits(self, problem: str) -> None:
        """Kafka cannot be used yet; to be called again and again while that is so."""
        self._turns += 1
        self._kafka_problem = problem

    def taken(self) -> None:
        """The group has given us partitions (perhaps none: there are more sinks than partitions)."""
        self._assigned = True
        self._kafka_problem = ""

    def given_up(self, places: Iterable[Place]) -> None:
        """These are no longer ours."""
        self._assigned = False
        for topic, number in places:
            for gauge in (CONSUMER_LAG_RECORDS, CONSUMER_LAG_SECONDS):
                gauge.remove_by_labels({"group": self._group, "topic": topic, "partition": str(number)})

    def stored(self, table: str, rows: Sequence[Row]) -> None:
        """These rows are durable now."""
        now = time.time()
        self._store_problem = ""
        STORED_ROWS.labels(table).inc(len(rows))
        observe_all(STAGE_LATENCY.labels("sink"), [max(0.0, now - row.timestamp_ms / 1000) for row in rows])
        from_raw: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            if row.received_at:
                from_raw[row.channel].append(max(0.0, now - row.received_at))
        for channel, seconds in from_raw.items():
            observe_all(END_TO_END_LATENCY.labels(channel), seconds)

    def store_failed(self, problem: str) -> None:
        """A batch could not be stored."""
        self._store_problem = f"ClickHouse does not store: {problem}"

    def breaker(self, *, open: bool) -> None:
        """All INSERTs wait, or go again."""
        CLICKHOUSE_BREAKER_OPEN.set(open)

    def turn(
        self,
        partitions: Collection[Partition],
        tokens: TokenCount,
        end_offset: Callable[[Place], int],
        store_answers: Callable[[], bool],
    ) -> None:
        """To be called each time the loop turns; `store_answers` is asked only while no batch has failed."""
        now = time.monotonic()
        self._turns += 1
        if now - self._looked_at < TURN_SECONDS:
            return
        self._looked_at = now
        stuck = False
        for partition in partitions:
            self._lag(partition, end_offset((partition.topic, partition.number)))
            stuck = stuck or (partition.batch is not None and partition.batch.failures > 0)
        self._headroom(partitions, tokens)
        HELD_BYTES.set(sum(each.held_bytes() for each in partitions))
        if not stuck:
            self._store_problem = "" if store_answers() else "ClickHouse does not answer"

    def _headroom(self, partitions: Collection[Partition], tokens: TokenCount) -> None:
        for table in TABLES:
            batches = [each.batch for each in partitions if each.table is table and each.batch is not None]
            marks = [batch.tokens_before for batch in batches if batch.phase is Phase.DECLARED]
            ratio = headroom_ratio(tokens.of(table.name), marks, DEDUPLICATION_WINDOW)
            DEDUPLICATION_HEADROOM.labels(table.name).set(ratio)

    def _lag(self, partition: Partition, end: int) -> None:
        labels = (self._group, partition.topic, str(partition.number))
        CONSUMER_LAG_RECORDS.labels(*labels).set(max(0, end - partition.next))
        rows = partition.batch.rows if partition.batch is not None else partition.buffer
        age = time.time() - rows[0].timestamp_ms / 1000 if rows else 0.0
        CONSUMER_LAG_SECONDS.labels(*labels).set(max(0.0, age))
