"""Processes one batch: every record through the pure function, and what comes of it to Kafka, confirmed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final, Protocol

from schemas.record import RawRecord
from schemas.times import EARLIEST_AT, LATEST_AT
from stream_processors.handled import Handle
from stream_processors.handling import handle_any
from stream_processors.output import CONFIRM_SECONDS, ConfirmedOutput
from stream_processors.tally import Tally

_CONFIRM_MARGIN_SECONDS: Final = 5.0


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


_EARLIEST_MS: Final = _milliseconds(EARLIEST_AT)
_LATEST_MS: Final = _milliseconds(LATEST_AT)


class FetchedRecord(Protocol):
    """A record as aiokafka returns it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]


class BatchProcessor:
    """Turns batches into confirmed output. `current_handle` is asked once a batch, so it may change between two.

    `moved` is called after each record and once more when a batch is durable.
    """

    def __init__(
        self, current_handle: Callable[[], Handle], output: ConfirmedOutput, moved: Callable[[], object]
    ) -> None:
        self._current_handle = current_handle
        self._output = output
        self._moved = moved
        self._confirming = ThreadPoolExecutor(max_workers=1, thread_name_prefix="confirm")

    async def process(self, fetched: Iterable[FetchedRecord]) -> None:
        """Returns when everything that the records became is durable.

        A record that the function fails on becomes a dead letter. Raises DeliveryError when anything could not be
        written, and whatever else goes wrong: the batch must then not be acknowledged.
        """
        handle = self._current_handle()
        at = datetime.now(UTC)
        tally = Tally()
        for found in fetched:
            record = _raw_record(found, at)
            handled = handle_any(handle, record, at)
            self._output.write(handled.records)
            tally.add(record, handled)
            self._moved()
        loop = asyncio.get_running_loop()
        confirmed = loop.run_in_executor(self._confirming, self._output.confirm)
        await asyncio.wait_for(confirmed, CONFIRM_SECONDS + _CONFIRM_MARGIN_SECONDS)
        self._moved()
        tally.show(time.time())

    def close(self) -> None:
        """Wait for a confirmation that is still going on."""
        self._confirming.shutdown(wait=True, cancel_futures=True)


def _raw_record(found: FetchedRecord, at: datetime) -> RawRecord:
    """The record for the pure core.

    Kafka lets a producer write any timestamp: one outside the years that can be is replaced by the time of the
    processing. A header without a value is taken as an empty one.
    """
    possible = _EARLIEST_MS <= found.timestamp < _LATEST_MS
    return RawRecord(
        found.topic,
        found.partition,
        found.offset,
        found.timestamp if possible else _milliseconds(at),
        found.key,
        found.value,
        tuple([(name, value or b"") for name, value in found.headers]),
    )
