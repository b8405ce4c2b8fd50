"""Writes a batch's records and says they are there only when the broker has confirmed every one."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from runtime.kafka import producer_config
from schemas.record import OutRecord

DELIVERY_SECONDS: Final = 30.0
"""A record that the brokers have not confirmed by then has failed. Longer than a broker's restart (some 8 s)."""

CONFIRM_SECONDS: Final = DELIVERY_SECONDS + 5.0
"""Longer than the delivery, so that its failure is reported and not guessed."""


class DeliveryError(Exception):
    """At least one record was not confirmed. Names Kafka's error, never a record's value."""


class ConfirmedOutput:
    """An idempotent producer. `write` any number of records, then `confirm`; used from one thread at a time."""

    def __init__(self, bootstrap_servers: str, client_id: str) -> None:
        self._failures: list[KafkaError] = []
        self._producer = Producer(
            {
                **producer_config(bootstrap_servers, client_id=client_id),
                "delivery.timeout.ms": int(DELIVERY_SECONDS * 1000),
                "delivery.report.only.error": True,
                "on_delivery": self._failed,
                "linger.ms": 1,
            }
        )

    def _failed(self, error: KafkaError | None, _message: Message) -> None:
        if error is not None:
            self._failures.append(error)

    def write(self, records: Iterable[OutRecord]) -> None:
        """Hand records to the producer; the broker need not have them yet. Raises DeliveryError if it takes one not."""
        for record in records:
            try:
                self._produce(record)
            except KafkaException as error:
                raise DeliveryError(f"{record.topic}: {error.args[0].name()}") from None

    def _produce(self, record: OutRecord) -> None:
        headers: list[tuple[str, str | bytes | None]] | None = [*record.headers] or None
        deadline = None
        while True:
            try:
                self._producer.produce(record.topic, record.value, record.key, headers=headers)
            except BufferError:
                deadline = deadline or time.monotonic() + CONFIRM_SECONDS
                if time.monotonic() > deadline:
                    raise DeliveryError(f"{record.topic}: the producer's buffer stays full") from None
                self._producer.poll(0.1)
            else:
                return

    def confirm(self) -> None:
        """Wait until the broker has everything that was written.

        The producer reports failures only: a queue that is empty without one means that all was delivered.
        Raises DeliveryError when a record failed or the time is up; which records are durable is then not known.
        """
        remaining = self._producer.flush(CONFIRM_SECONDS)
        if self._failures:
            names = sorted({error.name() for error in self._failures})
            raise DeliveryError(f"{len(self._failures)} records not delivered: {', '.join(names)}")
        if remaining:
            raise DeliveryError(f"{remaining} records not confirmed in {CONFIRM_SECONDS:.0f} s")
