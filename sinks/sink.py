"""The sink's loop: read, cut, declare, store, acknowledge. One thread; partition.py holds the rules.

A round cuts what is due, commits the intents of all cut batches in one call, and stores them one by one. That commit
also acknowledges the batches before. What fails is tried again in a later round, its partition paused, the others going
on.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from typing import Final

from confluent_kafka import Message

from runtime.kafka import headers_of
from runtime.shutdown import Deadline, StopRequest
from schemas.clickhouse.tables import MAPPER_VERSION, TABLE_BY_TOPIC
from schemas.topics import DEADLETTERS
from schemas.vocabulary import RefusalReason
from sinks.bisect import store_around
from sinks.breaker import Breaker, BreakerState
from sinks.errors import ErrorKind, back_off_seconds
from sinks.inserter import Inserter, InsertError
from sinks.intent_store import IntentStore
from sinks.intents import NOTHING_PENDING, Place, UnreadableIntentError, read_intent
from sinks.kafka_errors import CommitFailedError, FatalKafkaError, ZombieError
from sinks.letters import DeadLetterWriter
from sinks.partition import Batch, Limits, Partition, Phase
from sinks.rows import Row, mapper_of
from sinks.source import Source, Taken
from sinks.watch import Watch

READ_RECORDS: Final = 5_000
READ_BYTES: Final = 8 << 20
READ_SECONDS: Final = 0.05
"""The grain of a batch's age: what waits for ClickHouse waits at most so much longer."""

READ_CHUNK: Final = 20
"""The client counts records, not bytes: so many may come beyond READ_BYTES."""

IDLE_SECONDS: Final = 1.0
"""So long after its last batch a quiet partition is acknowledged by a commit of its own, so that its lag reads zero."""

COMMIT_RETRY_SECONDS: Final = 0.5

_log: Final = logging.getLogger(__name__)


class Sink:
    """Moves records of the group's topics into ClickHouse, each once, until it is told to stop."""

    def __init__(
        self,
        *,
        bootstrap_servers: str,
        group: str,
        instance_id: str,
        inserter: Inserter,
        limits: Limits,
        buffer_bytes: int,
        watch: Watch,
        intents: IntentStore,
    ) -> None:
        """`buffer_bytes`: the most that is held of all records, an equal share for each partition."""
        self._inserter = inserter
        self._limits = limits
        self._buffer_bytes = buffer_bytes
        self._watch = watch
        self._letters = DeadLetterWriter(bootstrap_servers)
        self._mappers = {topic: mapper_of(table) for topic, table in TABLE_BY_TOPIC.items()}
        self._partitions: dict[Place, Partition] = {}
        self._commit_after = 0.0
        self._breaker = Breaker()
        self._source = Source(
            bootstrap_servers, group, instance_id, tuple(TABLE_BY_TOPIC), intents, self._taken, self._given_up
        )

    def run(self, stop: StopRequest, shutdown_seconds: float) -> bool:
        """Work until `stop`, then store what is buffered within `shutdown_seconds`; False when not all could be stored.

        Raises FatalKafkaError, LetterNotWrittenError and UnreadableIntentError: nothing is lost, a restart begins where
        the commits say.
        """
        try:
            while not stop.is_set():
                self._read()
                now = time.monotonic()
                self._round(now, everything=False)
                self._source.pause_only(place for place, each in self._partitions.items() if _must_wait(each))
                self._watch.turn(
                    self._partitions.values(), self._inserter.tokens, self._source.end_offset, self._answers
                )
            return self._drain(Deadline(shutdown_seconds))
        finally:
            self._source.close()

    def _drain(self, deadline: Deadline) -> bool:
        while not deadline.passed():
            self._round(time.monotonic(), everything=True)
            if all(each.settled() for each in self._partitions.values()):
                return True
            time.sleep(min(0.1, deadline.remaining()))
        return False

    def _read(self) -> None:
        """Take in what comes within READ_SECONDS. Each chunk at once: the next call may give up its partition."""
        until = time.monotonic() + READ_SECONDS
        records = size = 0
        while records < READ_RECORDS and size < READ_BYTES and (seconds := until - time.monotonic()) > 0:
            messages = self._source.read(READ_CHUNK, seconds)
            self._take_in(messages)
            records += len(messages)
            size += sum(map(len, messages))

    def _take_in(self, messages: Sequence[Message]) -> None:
        now = time.monotonic()
        for message in messages:
            partition = self._partitions.get((message.topic() or "", message.partition() or 0))
            if partition is None:
                continue
            offset, timestamp_ms, value = message.offset() or 0, message.timestamp()[1], message.value()
            is_letter = partition.topic == DEADLETTERS
            headers = (headers_of(message) or ()) if is_letter else ()
            payload, channel, received_at = self._mappers[partition.topic](
                value, headers, partition.number, offset, timestamp_ms
            )
            record = None if is_letter else message  # the row of a letter does without its bytes
            partition.add(Row(offset, timestamp_ms, payload, channel, received_at, record), now)

    def _round(self, now: float, *, everything: bool) -> None:
        due = [each.due_at() for each in self._partitions.values()]
        if everything or any(at is not None and at <= now for at in due):
            salt = f"{MAPPER_VERSION}-{secrets.token_hex(6)}"
            for partition in self._partitions.values():
                self._cut(partition, salt, now)
        self._declare(now, everything=everything)
        if self._breaker.probe_due(now):
            self._breaker.probed(self._inserter.answers(), time.monotonic())
        if self._breaker.state is BreakerState.OPEN:
            return
        for partition in list(self._partitions.values()):
            batch = partition.batch
            ready = batch is not None and batch.phase is Phase.DECLARED and batch.retry_at <= now
            if batch is not None and ready and not self._store(partition, batch):
                break

    def _cut(self, partition: Partition, salt: str, now: float) -> None:
        batch = partition.cut(salt, now)
        if batch is not None and batch.replayed:
            batch.tokens_before = self._inserter.tokens.of(partition.table.name)

    def _answers(self) -> bool:
        return self._breaker.state is not BreakerState.OPEN and self._inserter.answers()

    def _declare(self, now: float, *, everything: bool) -> None:
        """Commit the intents of what was cut, and what quiet partitions still owe."""
        if now < self._commit_after:
            return
        commits: dict[Place, tuple[int, str]] = {}
        for place, partition in self._partitions.items():
            batch = partition.batch
            if batch is not None and batch.phase is Phase.CUT:
                if batch.poison and not batch.lettered:
                    self._letters.write([row.record for row in batch.poison], RefusalReason.SCHEMA_MISMATCH)
                    batch.lettered = True
                commits[place] = (batch.intent.first, batch.intent.metadata())
            elif (owed := partition.owed_commit()) is not None and (everything or self._quiet(partition, now)):
                commits[place] = (owed, NOTHING_PENDING)
        if not commits:
            return
        try:
            self._source.commit(commits)
        except ZombieError as error:
            _log.warning("the group went on without us; what is buffered is dropped", extra={"error": str(error)})
            self._partitions.clear()
            return
        except CommitFailedError as error:
            _log.warning("a commit was not confirmed and will be repeated", extra={"error": str(error)})
            self._commit_after = now + COMMIT_RETRY_SECONDS
            return
        for place, (offset, _) in commits.items():
            partition = self._partitions[place]
            if partition.batch is not None:
                partition.declared(self._inserter.tokens.of(partition.table.name))
            else:
                partition.told(offset)

    def _quiet(self, partition: Partition, now: float) -> bool:
        return not partition.buffer and now - partition.idle_since >= IDLE_SECONDS

    def _store(self, partition: Partition, batch: Batch) -> bool:
        """Store one batch; False when ClickHouse as a whole takes nothing, so that the others need not try now."""
        table, rows = partition.table, batch.good
        token = batch.intent.token(partition.topic, partition.number, table.name)
        refused: list[Row] = []
        try:
            if partition.topic == DEADLETTERS:  # a dead letter of a dead letter would go round for ever
                self._inserter.insert(table, partition.number, rows, token)
            elif rows and not self._inserter.stored(table, partition.number, rows, token):
                refused = self._store_around(partition, rows, token)
        except InsertError as error:
            wait = self._wait_after(error, batch.failures + 1)
            partition.failed(time.monotonic() + wait)
            level = logging.WARNING if error.kind is ErrorKind.RETRY else logging.ERROR
            extra = {"table": table.name, "partition": partition.number, "error": str(error), "retry_seconds": wait}
            _log.log(level, "a batch is not stored yet", extra=extra)
            self._watch.store_failed(str(error))
            return not error.of_server
        self._closes_breaker()
        partition.stored(time.monotonic())
        lost = {row.offset for row in refused}
        self._watch.stored(table.name, [row for row in rows if row.offset not in lost])
        if batch.replayed:
            extra = {"table": table.name, "partition": partition.number, "rows": len(rows)}
            _log.info("a batch that was pending when its sink ended is stored", extra=extra)
        return True

    def _wait_after(self, error: InsertError, failures: int) -> float:
        """Seconds before the batch is tried again; 0 when the breaker decides."""
        if not error.of_server:
            self._closes_breaker()
            return back_off_seconds(error.cause, failures)
        if self._breaker.failed(time.monotonic()):
            self._watch.breaker(open=True)
            _log.error("ClickHouse takes nothing: all batches wait until it answers", extra={"error": str(error)})
        return 0.0 if self._breaker.state is BreakerState.OPEN else back_off_seconds(error.cause, failures)

    def _closes_breaker(self) -> None:
        if self._breaker.succeeded():
            self._watch.breaker(open=False)
            _log.info("ClickHouse takes batches again")

    def _store_around(self, partition: Partition, rows: Sequence[Row], token: str) -> list[Row]:
        def store(part: Sequence[Row], part_token: str) -> bool:
            return self._inserter.stored(partition.table, partition.number, part, part_token)

        refused = store_around(rows, token, store)
        extra = {"table": partition.table.name, "partition": partition.number, "records": len(refused)}
        _log.error("records refused by ClickHouse go to the dead letters", extra=extra)
        self._letters.write([row.record for row in refused], RefusalReason.REFUSED_BY_STORE)
        return refused

    def _taken(self, taken: Sequence[Taken]) -> None:
        now = time.monotonic()
        self._partitions.clear()
        for each in taken:
            topic, number = each.place
            try:
                pending = read_intent(each.offset, each.metadata)
            except UnreadableIntentError as error:
                raise FatalKafkaError(
                    f"{topic}/{number}: {error}; is the consumer group shared, or was a newer version running here?"
                ) from None
            self._partitions[each.place] = Partition(
                topic=topic,
                number=number,
                table=TABLE_BY_TOPIC[topic],
                limits=self._limits,
                share=self._buffer_bytes // len(taken),
                next=each.offset,
                pending=pending,
                committed=(each.offset, each.metadata) if each.committed else None,
                idle_since=now,
            )
        self._watch.taken()
        _log.info("partitions taken", extra={"partitions": len(taken)})

    def _given_up(self, places: Sequence[Place], may_commit: bool) -> None:
        owed = {
            place: (offset, NOTHING_PENDING)
            for place in places
            if place in self._partitions and (offset := self._partitions[place].owed_commit()) is not None
        }
        if may_commit and owed:
            try:
                self._source.commit(owed)
            except (ZombieError, CommitFailedError) as error:
                _log.info("the last commit was left to the next owner", extra={"error": str(error)})
        for place in places:
            self._partitions.pop(place, None)
        self._watch.given_up(places)
        _log.info("partitions given up", extra={"partitions": len(places)})


def _must_wait(partition: Partition) -> bool:
    return partition.full() or (partition.batch is not None and partition.batch.failures > 0)
