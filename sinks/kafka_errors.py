"""What Kafka's errors mean for the sink."""

from __future__ import annotations

from typing import Final

from confluent_kafka import KafkaError

_ZOMBIE: Final = frozenset(
    {
        KafkaError.UNKNOWN_MEMBER_ID,
        KafkaError.ILLEGAL_GENERATION,
        KafkaError.REBALANCE_IN_PROGRESS,
        KafkaError._ASSIGNMENT_LOST,
    }
)
_FATAL: Final = frozenset({KafkaError.FENCED_INSTANCE_ID, KafkaError._FATAL, KafkaError._FENCED})


class ZombieError(Exception):
    """The group has gone on without us: what is buffered belongs to somebody else."""


class CommitFailedError(Exception):
    """A commit was not confirmed; whether it happened is not known. To be tried again unchanged."""


class FatalKafkaError(Exception):
    """This sink cannot go on; the message says why and what to do."""


def is_fatal(error: KafkaError) -> bool:
    """Is the consumer of no use after this error."""
    return bool(error.fatal()) or error.code() in _FATAL


def commit_error(error: KafkaError) -> Exception:
    """The exception for a commit that was refused or not confirmed."""
    if is_fatal(error):
        return fatal(error)
    return ZombieError(error.name()) if error.code() in _ZOMBIE else CommitFailedError(error.name())


def fatal(error: KafkaError) -> FatalKafkaError:
    """The exception for an error after which the sink must end."""
    if error.code() == KafkaError.FENCED_INSTANCE_ID or "fenced" in error.str().lower():
        return FatalKafkaError("another sink runs with the same COMPLAINTS_KAFKA_INSTANCE_ID: give each its own")
    return FatalKafkaError(f"Kafka: {error.name()}: {error.str()}")
