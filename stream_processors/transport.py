"""Faust's Kafka transport, changed to hand an agent one event for each fetched record list of a partition.

Stock Faust makes four asyncio tasks and several bookkeeping entries for every record. Here an event's value is a
`Batch` of records, and the rules of the books are few:

- Only the order of delivery decides what may be committed (`DeliveryBook`); gaps between offsets mean nothing.
- Each rebalance ends in a seek to the committed offsets. What was fetched before the seek is dropped, what was handed
  out before it no longer counts, and both are read again. A fetch that returns in the middle of a seek is put back.
- Nothing is handed out while the app is rebalancing; it is held until the rebalance is over.
- A partition is never taken out of the fetch because a buffer is full: a full buffer holds up the fetch itself.

An agent on this transport must use `stream.noack()`, set `batch.processed`, and then acknowledge the event.
Written against faust-streaming 0.15, mode-streaming 0.7 and aiokafka 0.14, whose private names it uses; a test names
them all and fails when one is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, Final

from faust.exceptions import ImproperlyConfigured
from faust.transport.drivers import aiokafka as driver
from faust.transport.utils import DefaultSchedulingStrategy
from faust.types import TP, ConsumerMessage, Message
from mode.utils.futures import notify

from stream_processors import lenient
from stream_processors.book import Batch, DeliveryBook
from stream_processors.fencing import watched
from stream_processors.lag import Lag

FETCH_MAX_WAIT_MS: Final = 100
"""How long the broker holds a fetch that finds nothing. The driver's 1,500 ms would delay a record whose partition was
left out of the fetch under way, because the record before it was still being taken over."""

FETCH_SECONDS: Final = 0.5
"""Longest wait of one `getmany`, so that a stop is noticed soon."""

_HOLD_SECONDS: Final = 0.02
"""How often the end of a rebalance is looked for while fetched records are held."""


class BatchScheduler(DefaultSchedulingStrategy):
    """Yields each partition's records as one list."""

    def iterate(self, records: Mapping[TP, list[Any]]) -> Iterator[tuple[TP, list[Any]]]:
        """One pair for each partition that has records."""
        return iter(records.items())


class Fetched(dict[TP, list[Any]]):
    """Record lists by partition, and the epoch (count of seeks) in which they were fetched."""

    def __init__(self, records: Mapping[TP, list[Any]], epoch: int) -> None:
        super().__init__((TP(*partition), found) for partition, found in records.items())
        self.epoch = epoch


class BatchConsumerThread(driver.AIOKafkaConsumerThread):
    """The thread that owns the aiokafka consumer. Knows which fetches a seek has made worthless."""

    epoch: int = 0
    _seeks: int = 0

    def _create_consumer(self, loop: asyncio.AbstractEventLoop) -> Any:
        lenient.install()
        consumer = super()._create_consumer(loop)
        consumer._fetch_max_wait_ms = FETCH_MAX_WAIT_MS
        return consumer

    async def on_start(self) -> None:
        """Connect; from then on notice when another process takes this one's name in the group."""
        await super().on_start()
        consumer = self._ensure_consumer()
        transport: Any = self.transport
        servers = driver.server_list(transport.url, transport.default_port)
        consumer._coordinator._send_req = watched(consumer._coordinator, ",".join(servers), self.crash)

    def topic_partitions(self, topic: str) -> int | None:
        """How many partitions the brokers say that a topic has; None when it is not there or not permitted.

        The stock method asks the group leader's notes, which a member that is not the leader does not have.
        """
        return len(self._consumer.partitions_for_topic(topic) or ()) or None if self._consumer else None

    def read_up_to(self, partition: TP, end: int) -> bool:
        """Was everything before the offset `end` fetched, or passed over as no record (a transaction's marker).

        May be asked from any thread; False when the partition is no longer ours.
        """
        subscription = self._ensure_consumer()._subscription.subscription
        assigned = subscription.assignment if subscription is not None else None
        if assigned is None or partition not in assigned.tps:
            return False
        state = assigned.state_value(partition)
        return bool(state.has_valid_position and state.position >= end)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek every assigned partition to its committed offset, or to its beginning where nothing was committed."""
        offsets: Mapping[TP, int] = await self.call_thread(self._seek_to_committed)
        return offsets

    async def _seek_to_committed(self) -> Mapping[TP, int]:
        consumer = self._ensure_consumer()
        self._seeks += 1
        try:
            committed: Mapping[TP, int] = await consumer.seek_to_committed()
            # aiokafka leaves the position as it is where nothing was committed, also when records were fetched already.
            fresh = [partition for partition, offset in committed.items() if not offset]
            if fresh:
                await consumer.seek_to_beginning(*fresh)
        finally:
            self._seeks -= 1
        self.epoch += 1
        return committed

    async def _fetch_records(
        self,
        consumer: Any,
        active_partitions: set[TP],
        timeout: float | None = None,
        max_records: int | None = None,
    ) -> Mapping[TP, list[Any]]:
        records = await super()._fetch_records(consumer, active_partitions, timeout=timeout, max_records=max_records)
        # No await between here and the moment the positions moved: both belong to the same epoch.
        if self._seeks:
            self._put_back(consumer, records)
            return {}
        return Fetched(records, self.epoch)

    @staticmethod
    def _put_back(consumer: Any, records: Mapping[TP, list[Any]]) -> None:
        assigned = consumer.assignment()
        for partition, found in records.items():
            if partition in assigned:
                consumer.seek(partition, found[0].offset)


class BatchConsumer(driver.Consumer):
    """The consumer as the app sees it. Delivers batches and keeps the books."""

    _thread: BatchConsumerThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._book: DeliveryBook[TP, Any] = DeliveryBook()

    def _new_consumer_thread(self) -> BatchConsumerThread:
        return BatchConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def behind(self, lags: Mapping[tuple[str, int], Lag]) -> int:
        """How many of the records that the group has not committed are this worker's to process.

        A partition of which all was read and nothing is being processed is not behind. May be asked from any thread.
        """
        processing = self._book.partitions()
        return sum(
            lags[partition].records
            for partition in self.assignment()
            if partition in lags
            and (partition in processing or not self._thread.read_up_to(partition, lags[partition].end))
        )

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Subscribe to the topics of the agents.

        Raises ImproperlyConfigured when the app has tables or reads a topic that is not acknowledged (a changelog or a
        reply topic): those need single messages.
        """
        names = set(topics)
        if self.app.tables or names - self.app.topics.acking_topics:
            raise ImproperlyConfigured("the batch transport serves agents on plain topics only: no tables, no replies")
        await super().subscribe(names)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:
        """Yield one message for each partition that has new records; the message's value is their `Batch`."""
        records, _ = await self._wait_next_records(min(timeout, FETCH_SECONDS))
        if not isinstance(records, Fetched):
            return
        for partition, found in self.scheduler.iterate(records):
            while (self.app.rebalancing or not self.flow_active) and not self.should_stop:
                await self.sleep(_HOLD_SECONDS)
            if self.should_stop or records.epoch != self._thread.epoch:
                return
            batch = Batch(found)
            self._book.deliver(partition, batch)
            yield partition, self._to_message(partition, batch)

    def _to_message(self, tp: TP, record: Batch[Any]) -> ConsumerMessage:
        last = record.records[-1]
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            last.offset,
            last.timestamp / 1000,
            last.timestamp_type,
            None,
            None,
            record,  # type: ignore[arg-type] # Faust passes a raw value on as it is
            None,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )

    def ack(self, message: Message) -> bool:
        """Note that a batch is no longer worked on. It counts for the commit only if it says that it was processed."""
        message.acked = True
        self._unacked_messages.discard(message)
        notify(self._waiting_for_ack)
        return True

    async def perform_seek(self) -> None:
        """Go back to the committed offsets and forget what was handed out."""
        self._book.clear()
        self._committed_offset.clear()
        await super().perform_seek()

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        return (tp for tp in self._book.partitions() if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        return self._book.committable(tp)

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Gaps between offsets mean nothing here."""

    def on_buffer_full(self, tp: TP) -> None:
        """Keep fetching: the full buffer itself holds up the fetch."""

    def on_buffer_drop(self, tp: TP) -> None:
        """Nothing was stopped in `on_buffer_full`."""


class BatchTransport(driver.Transport):
    """To be set as `app.transport`."""

    Consumer = BatchConsumer
