"""Counts what a batch became; shown as metrics once the batch is durable, so that none runs ahead of the topics."""

from __future__ import annotations

import time
from collections import Counter
from typing import Final

from runtime import metrics
from runtime.observations import observe_all
from schemas.record import RawRecord
from schemas.topics import CALLS, CHANNEL_OF_TOPIC, NETWORK_EVENTS, STATUS
from stream_processors.call_load import CallLoad
from stream_processors.handled import Handled

_KIND_OF_TOPIC: Final = {
    **{topic: channel.value for topic, channel in CHANNEL_OF_TOPIC.items()},
    STATUS: "status",
    NETWORK_EVENTS: "network_event",
}
_MOST_SOURCES: Final = 200
"""Sources beyond this many share the label `other`: what outsiders write must not make metrics grow."""

_sources: Final[set[str]] = set()
_calls: Final = CallLoad()
metrics.CALL_CAPACITY_RATIO.set_function(lambda: _calls.ratio(time.time_ns() // 1_000_000))


class Tally:
    """The counts of one batch."""

    def __init__(self) -> None:
        self._received: Counter[str] = Counter()
        self._refused: Counter[tuple[str, str]] = Counter()
        self._dead_letters: Counter[tuple[str, str]] = Counter()
        self._enriched: Counter[tuple[str, str]] = Counter()
        self._newest: dict[str, int] = {}
        self._timestamps_ms: list[int] = []
        self._calls_ms: list[int] = []

    def add(self, record: RawRecord, handled: Handled) -> None:
        """Count one record and what became of it."""
        kind = _KIND_OF_TOPIC.get(record.topic, "other")
        self._received[kind] += 1
        self._timestamps_ms.append(record.timestamp_ms)
        if record.topic == CALLS:
            self._calls_ms.append(record.timestamp_ms)
        if handled.refusal is not None:
            self._refused[kind, handled.refusal.reason] += 1
            self._dead_letters[handled.refusal.stage, handled.refusal.reason] += 1
        if handled.enriched is not None:
            self._enriched[handled.enriched.category, handled.enriched.routed_by] += 1
            source = handled.enriched.source
            self._newest[source] = max(self._newest.get(source, 0), record.timestamp_ms)

    def show(self, now_seconds: float) -> None:
        """Add the counts to the metrics. `now_seconds` is the time since 1970 at which the batch was durable."""
        for kind, count in self._received.items():
            metrics.RECEIVED.labels(kind).inc(count)
        _calls.add(self._calls_ms)
        for labels, count in self._refused.items():
            metrics.REFUSED.labels(*labels).inc(count)
        for labels, count in self._dead_letters.items():
            metrics.DEADLETTERS.labels(*labels).inc(count)
        for labels, count in self._enriched.items():
            metrics.ENRICHED.labels(*labels).inc(count)
        for source, timestamp_ms in self._newest.items():
            metrics.SOURCE_LAST_EVENT.labels(_bounded(source)).set(timestamp_ms / 1000)
        waited = [max(0.0, now_seconds - timestamp_ms / 1000) for timestamp_ms in self._timestamps_ms]
        observe_all(metrics.STAGE_LATENCY.labels("enrich"), waited)


def _bounded(source: str) -> str:
    if source not in _sources:
        if len(_sources) >= _MOST_SOURCES:
            return "other"
        _sources.add(source)
    return source
