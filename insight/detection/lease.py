"""Which of several detectors is at work: the one to whom the group gives the one partition of the clock's topic."""

from __future__ import annotations

import time
from typing import Any, Final

from confluent_kafka import OFFSET_END, Consumer, KafkaException, TopicPartition

from runtime.kafka import client_config
from schemas.topics import DETECTOR_CLOCK

_HEARTBEATS_A_SESSION: Final = 4
_MOST_POLL_SECONDS: Final = 300
"""Above the longest time between two polls: a whole resumption, or a turn that waits for every answer."""


class Lease:
    """A member of the group. A context manager; leaving it hands the lease to the next one at once.

    A member whose process died loses it after `session_seconds`. One that was frozen notices when it asks again: until
    then it may believe that it holds the lease, so the lease alone does not keep it from writing (writer.py does).
    """

    def __init__(self, bootstrap_servers: str, group: str, session_seconds: float) -> None:
        self._held = False
        self._joined = False
        self._consumer = Consumer(_config(bootstrap_servers, group, session_seconds))
        self._consumer.subscribe(
            [DETECTOR_CLOCK], on_assign=self._assigned, on_revoke=self._given_up, on_lost=self._lost
        )

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    @property
    def joined(self) -> bool:
        """Has the group answered: is this one at work or in line."""
        return self._joined

    def held(self, seconds: float) -> bool:
        """Wait so long, at most until it changes; is the lease ours now. Raises KafkaException when it is of no use."""
        until = time.monotonic() + seconds
        before = self._held
        while True:
            message = self._consumer.poll(max(0.0, min(0.2, until - time.monotonic())))
            error = None if message is None else message.error()
            if error is not None and error.fatal():
                raise KafkaException(error)
            if self._held != before or time.monotonic() >= until:
                return self._held

    def _assigned(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._joined = True
        if partitions:
            self._held = True
            starts = [TopicPartition(each.topic, each.partition, OFFSET_END) for each in partitions]
            consumer.incremental_assign(starts)
            consumer.pause(starts)

    def _given_up(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._held = False
        consumer.incremental_unassign(partitions)

    def _lost(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        """The session is over: the group did not hear from us, or we not from it."""
        self._joined = False
        self._given_up(consumer, partitions)


def _config(bootstrap_servers: str, group: str, session_seconds: float) -> dict[str, Any]:
    milliseconds = int(session_seconds * 1000)
    return {
        **client_config(bootstrap_servers),
        "client.id": "complaints-detector",
        "group.id": group,
        "partition.assignment.strategy": "cooperative-sticky",
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "session.timeout.ms": milliseconds,
        "heartbeat.interval.ms": milliseconds // _HEARTBEATS_A_SESSION,
        "max.poll.interval.ms": _MOST_POLL_SECONDS * 1000,
    }
