"""Consumer lag of a whole group, measured beside the worker, so that it is true even when the worker is stuck."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from confluent_kafka import Consumer, KafkaException, TopicPartition

from runtime.background import Background
from runtime.kafka import client_config
from runtime.metrics import CONSUMER_LAG_RECORDS, CONSUMER_LAG_SECONDS

PERIOD_SECONDS: Final = 5.0
_RETRY_SECONDS: Final = 1.0
_FRESH_PERIODS: Final = 3
_REQUEST_SECONDS: Final = 10.0
_MOST_MARKS: Final = 1000
"""Marks kept for a partition; older lag than they reach back to is told as the age of the oldest of them."""

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lag:
    """Of one partition: its end offset, and how many records before that the group has not committed."""

    end: int
    records: int


class EndMarks:
    """When a partition's end was where: tells since when its first uncommitted record has been waiting.

    Needs no timestamps of records, which a replay sets to the past; exact to the period of the measurement.
    """

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque(maxlen=_MOST_MARKS)

    def lag(self, at: float, end: int, committed: int) -> tuple[int, float]:
        """Note that the partition ended at offset `end` at the time `at`; returns its lag in records and in seconds.

        `committed` is the offset of the next record to be read by the group. `at` must not go back.
        """
        self._marks.append((at, end))
        while self._marks and self._marks[0][1] <= committed:
            self._marks.popleft()
        return max(0, end - committed), at - self._marks[0][0] if self._marks else 0.0


class LagWatcher(Background):
    """Sets the lag metrics of a group every few seconds, from a thread of its own. A context manager.

    It asks as a consumer that never joins its group. The admin client's own question for a group's offsets crashes the
    process (confluent-kafka 2.16.1) when the broker still loads the group.
    """

    def __init__(
        self, bootstrap_servers: str, group: str, topics: Sequence[str], period_seconds: float = PERIOD_SECONDS
    ) -> None:
        self._consumer = Consumer(
            {
                **client_config(bootstrap_servers),
                "group.id": group,
                "enable.auto.commit": False,
            }
        )
        self._group = group
        self._topics = topics
        self._period_seconds = period_seconds
        self._latest: dict[tuple[str, int], Lag] = {}
        self._latest_at: float | None = None
        self._marks: dict[tuple[str, int], EndMarks] = {}
        super().__init__("lag")

    def _run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            pause = self._period_seconds
            try:
                self.measure()
            except KafkaException as error:
                _log.warning("consumer lag could not be measured: %s", error.args[0].name())
                pause = min(pause, _RETRY_SECONDS)

    def latest(self) -> Mapping[tuple[str, int], Lag] | None:
        """By topic and partition what was measured last; None when that is old, since Kafka does not answer.

        From any thread.
        """
        at, latest = self._latest_at, self._latest
        return None if at is None or time.monotonic() - at > _FRESH_PERIODS * self._period_seconds else latest

    def measure(self) -> None:
        """Measure once and set the metrics. Raises KafkaException."""
        topics = self._consumer.list_topics(timeout=_REQUEST_SECONDS).topics
        partitions = [
            TopicPartition(topic, partition)
            for topic in self._topics
            if topic in topics
            for partition in topics[topic].partitions
        ]
        latest: dict[tuple[str, int], Lag] = {}
        for found in self._consumer.committed(partitions, timeout=_REQUEST_SECONDS):
            key = (found.topic, found.partition)
            low, end = self._consumer.get_watermark_offsets(
                TopicPartition(*key), timeout=_REQUEST_SECONDS, cached=False
            )
            marks = self._marks.setdefault(key, EndMarks())
            records, seconds = marks.lag(time.monotonic(), end, found.offset if found.offset >= 0 else low)
            latest[key] = Lag(end, records)
            CONSUMER_LAG_RECORDS.labels(self._group, *map(str, key)).set(records)
            CONSUMER_LAG_SECONDS.labels(self._group, *map(str, key)).set(seconds)
        self._latest, self._latest_at = latest, time.monotonic()
