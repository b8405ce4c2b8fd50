"""Kafka clients that leave the metadata of commits out, as if the broker did not keep it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition

import runtime.kafka
from sinks import intent_store

VARIABLE = "TEST_NO_COMMIT_METADATA"


def _bare(offsets: Sequence[TopicPartition]) -> list[TopicPartition]:
    return [TopicPartition(each.topic, each.partition, each.offset) for each in offsets]


class ForgetfulConsumer(Consumer):
    """Commits offsets only."""

    def commit(self, *, offsets: Sequence[TopicPartition], **kwargs: Any) -> Any:  # type: ignore[override]
        """As the client's own."""
        return super().commit(offsets=_bare(offsets), **kwargs)


class ForgetfulProducer(Producer):
    """Commits offsets only; `commit_transaction` is a step at which tests let the process die."""

    def send_offsets_to_transaction(self, positions: Sequence[TopicPartition], *args: Any) -> None:
        """As the client's own."""
        super().send_offsets_to_transaction(_bare(positions), *args)

    def commit_transaction(self, *args: Any) -> None:
        """As the client's own."""
        super().commit_transaction(*args)


def forget_metadata() -> None:
    """Use these clients, if the environment says so."""
    if os.environ.get(VARIABLE):
        vars(intent_store)["Consumer"] = ForgetfulConsumer
        vars(runtime.kafka)["Producer"] = ForgetfulProducer
