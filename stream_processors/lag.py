"""Consumer lag of a whole group, measured beside the worker, so that it is true even when the worker is stuck."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self

from confluent_kafka import ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin import OffsetSpec as _OffsetSpec  # type: ignore[attr-defined]

from runtime.kafka import log_client_error
from runtime.metrics import CONSUMER_LAG_RECORDS, CONSUMER_LAG_SECONDS

_PERIOD_SECONDS: Final = 5.0
_REQUEST_SECONDS: Final = 10.0
_MOST_MARKS: Final = 1000
"""Marks kept for a partition; older lag than they reach back to is told as the age of the oldest of them."""

_OFFSETS: Final[Any] = _OffsetSpec
"""The client's own annotations leave this class out."""

_log: Final = logging.getLogger(__name__)


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


class LagWatcher:
    """Sets the lag metrics of a group every few seconds, from a thread of its own. A context manager."""

    def __init__(self, bootstrap_servers: str, group: str, topics: Sequence[str]) -> None:
        config: dict[str, Any] = {"bootstrap.servers": bootstrap_servers, "error_cb": log_client_error}
        self._admin = AdminClient(config)
        self._group = group
        self._topics = topics
        self._marks: dict[tuple[str, int], EndMarks] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lag", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(_PERIOD_SECONDS):
            try:
                self.measure()
            except KafkaException as error:
                _log.warning("consumer lag could not be measured: %s", error.args[0].name())

    def measure(self) -> None:
        """Measure once and set the metrics. Raises KafkaException."""
        topics = self._admin.list_topics(timeout=_REQUEST_SECONDS).topics
        partitions = [
            TopicPartition(topic, partition)
            for topic in self._topics
            if topic in topics
            for partition in topics[topic].partitions
        ]
        if not partitions:
            return
        asked = self._admin.list_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(self._group, partitions)], request_timeout=_REQUEST_SECONDS
        )
        committed = {_key(found): found.offset for found in asked[self._group].result().topic_partitions}
        fresh = [found for found in partitions if committed.get(_key(found), -1) < 0]
        committed.update(self._offsets(fresh, _OFFSETS.earliest()))
        for key, end in self._offsets(partitions, _OFFSETS.latest()).items():
            marks = self._marks.setdefault(key, EndMarks())
            records, seconds = marks.lag(time.monotonic(), end, committed[key])
            CONSUMER_LAG_RECORDS.labels(self._group, *map(str, key)).set(records)
            CONSUMER_LAG_SECONDS.labels(self._group, *map(str, key)).set(seconds)

    def _offsets(self, partitions: Sequence[TopicPartition], spec: Any) -> dict[tuple[str, int], int]:
        if not partitions:
            return {}
        asked = self._admin.list_offsets(dict.fromkeys(partitions, spec), request_timeout=_REQUEST_SECONDS)
        return {_key(partition): future.result().offset for partition, future in asked.items()}


def _key(partition: TopicPartition) -> tuple[str, int]:
    return partition.topic, partition.partition
