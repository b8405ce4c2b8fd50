"""The confirmed publisher: a record counts as accepted only when the broker's delivery report says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from producers.content_mode import HeaderList
from runtime.kafka import producer_config
from runtime.shutdown import Deadline

WALL_CLOCK_MS: Final = 0
"""As a timestamp: the moment at which the record is handed over (librdkafka's meaning of 0)."""

DELIVERY_TIMEOUT_SECONDS: Final = 120.0
"""How long a record is tried while Kafka is away. Kafka's own default for `delivery.timeout.ms`."""

_MAX_IN_FLIGHT: Final = 100_000
_MAX_IN_FLIGHT_KIB: Final = 64 * 1024
_SERVE_EVERY: Final = 500
"""Records between two looks at the delivery reports; each look costs a few microseconds."""
_WAIT_SECONDS: Final = 0.1
"""Longest uninterrupted wait, so that a stop request is seen soon."""
_GRACE_SECONDS: Final = 5.0
"""What a stop request leaves for the records in flight; a broker that is there answers in far less."""


class ConfirmedPublisher:
    """Publishes records, in order a key, and knows for each whether the broker took it.

    Idempotent, acknowledged by all replicas. At most 100,000 records or 64 MiB are in flight; `send` waits while that
    many are. Not for several threads. `on_failure(ref, reason)` is called, from within `send`, `serve` or `finish`, for
    each record that was not taken; `ref` is the caller's own number for it. `stop` is asked while waiting; once it
    answers True nothing is waited for any longer than 5 seconds.

    After `finish`: accepted = sent - failed, and nothing is unknown.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        on_failure: Callable[[int, str], None],
        *,
        client_id: str = "complaints-publisher",
        delivery_timeout_seconds: float = DELIVERY_TIMEOUT_SECONDS,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._on_failure = on_failure
        self._stop = stop
        self._delivery_timeout_seconds = delivery_timeout_seconds
        self._producer = Producer(
            {
                **producer_config(bootstrap_servers, client_id=client_id),
                "delivery.report.only.error": True,
                "delivery.timeout.ms": round(delivery_timeout_seconds * 1000),
                "queue.buffering.max.messages": _MAX_IN_FLIGHT,
                "queue.buffering.max.kbytes": _MAX_IN_FLIGHT_KIB,
            }
        )
        self.sent = 0
        self.failed = 0

    def send(
        self,
        ref: int,
        topic: str,
        key: bytes | None,
        value: bytes,
        headers: HeaderList,
        timestamp_ms: int = WALL_CLOCK_MS,
    ) -> None:
        """Hand one record over; waits while too many are in flight. `timestamp_ms` becomes its CreateTime."""

        def report(error: KafkaError | None, _message: Message) -> None:
            if error is not None:
                self._fail(ref, _reason(error))

        self.sent += 1
        while True:
            try:
                self._producer.produce(topic, value, key, headers=headers, timestamp=timestamp_ms, on_delivery=report)
                break
            except BufferError:
                self._producer.poll(_WAIT_SECONDS)
                if self._stop():
                    self._fail(ref, "interrupted")
                    break
            except KafkaException as error:
                self._fail(ref, _reason(error.args[0]))
                break
        if self.sent % _SERVE_EVERY == 0:
            self._producer.poll(0)

    @property
    def unconfirmed(self) -> int:
        """Records handed over whose delivery report is still to come."""
        return len(self._producer)

    @property
    def accepted(self) -> int:
        """Records that the broker has confirmed so far."""
        return self.sent - self.failed - self.unconfirmed

    def serve(self, seconds: float) -> None:
        """Take delivery reports for about so many seconds, at most a tenth of one."""
        self._producer.poll(max(0.0, min(seconds, _WAIT_SECONDS)))

    def settle(self, seconds: float) -> int:
        """Wait until every record is confirmed or has failed, at most so long; returns how many are still to come."""
        return int(self._producer.flush(seconds))

    def abandon(self) -> None:
        """Drop what is unconfirmed, and report it as failed; the broker may have it all the same."""
        self._producer.purge()
        self._producer.flush(_GRACE_SECONDS)

    def finish(self, tick: Callable[[], None] = lambda: None) -> None:
        """Wait until every record is confirmed or has failed; each fails by itself after the delivery timeout.

        After a stop request what is still unconfirmed gets 5 more seconds, and is then dropped and reported as failed;
        the broker may have it all the same. `tick` is called about ten times a second meanwhile.
        """
        patience = Deadline(self._delivery_timeout_seconds + _GRACE_SECONDS)
        while self._producer.flush(_WAIT_SECONDS) > 0:
            tick()
            if self._stop() and patience.remaining() > _GRACE_SECONDS:
                patience = Deadline(_GRACE_SECONDS)
            if patience.passed():
                self._producer.purge()

    def _fail(self, ref: int, reason: str) -> None:
        self.failed += 1
        self._on_failure(ref, reason)


def _reason(error: KafkaError) -> str:
    return f"kafka:{error.name().lstrip('_').lower()}"
