"""Kafka clients as every process needs them: safe settings, topics made once, deliveries confirmed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar

from confluent_kafka import KafkaError, KafkaException, Message, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from schemas.record import Headers

MAX_MESSAGE_BYTES: Final = 9 * 1024 * 1024
"""Greater than the greatest topic limit (dead letters, 8 MiB), so that the topic and not the client decides."""

_ADMIN_TIMEOUT_SECONDS: Final = 30.0
_AGAIN_SECONDS: Final = 0.2
_EMERGENCIES: Final = 0
"""librdkafka prints 20 lines a second while Kafka is away; `error_cb` says the same in the process's own log."""

_log: Final = logging.getLogger(__name__)


AnswerT = TypeVar("AnswerT")


class TopicSpec(Protocol):
    """What is needed of a topic to make it."""

    @property
    def name(self) -> str: ...
    @property
    def partitions(self) -> int: ...
    def config(self) -> dict[str, str]: ...


class KafkaUnavailableError(Exception):
    """Kafka could not be reached or refused; the message says which and what to look at."""


def log_client_error(error: KafkaError) -> None:
    """`error_cb` of every client: a wrong password or a broker that is away is told only here."""
    _log.warning("kafka client: %s", error.str(), extra={"fatal": error.fatal()})


def client_config(bootstrap_servers: str) -> dict[str, Any]:
    """What every client has: its errors are told in the process's own log, and nowhere else."""
    return {"bootstrap.servers": bootstrap_servers, "log_level": _EMERGENCIES, "error_cb": log_client_error}


def producer_config(bootstrap_servers: str, *, client_id: str) -> dict[str, Any]:
    """Settings of a producer that loses nothing: idempotent, all replicas, in order."""
    return {
        **client_config(bootstrap_servers),
        "client.id": client_id,
        "enable.idempotence": True,
        "acks": "all",
        "compression.type": "lz4",
        "linger.ms": 5,
        "message.max.bytes": MAX_MESSAGE_BYTES,
        "queue.buffering.max.messages": 500_000,
        "queue.buffering.max.kbytes": 512 * 1024,
    }


def reader_config(bootstrap_servers: str, *, client_id: str) -> dict[str, Any]:
    """Settings of a consumer that is assigned its partitions and commits nothing."""
    return {
        **client_config(bootstrap_servers),
        "client.id": client_id,
        "group.id": client_id,
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "auto.offset.reset": "earliest",
    }


def ensure_topics(bootstrap_servers: str, topics: Iterable[TopicSpec], replication_factor: int = 1) -> list[str]:
    """Make the topics that are not there yet; returns the names of those made. Idempotent.

    Raises KafkaUnavailableError when the broker is away or refuses.
    """
    admin = admin_client(bootstrap_servers)
    wanted = [
        NewTopic(
            topic.name,
            num_partitions=topic.partitions,
            replication_factor=replication_factor,
            config={**topic.config(), "min.insync.replicas": str(max(1, replication_factor - 1))},
        )
        for topic in topics
    ]
    try:
        futures = admin.create_topics(wanted, request_timeout=_ADMIN_TIMEOUT_SECONDS)
        return [name for name, future in futures.items() if _made(future.result)]
    except KafkaException as error:
        raise KafkaUnavailableError(f"topics could not be made: {error.args[0].str()}") from error


def admin_client(bootstrap_servers: str) -> AdminClient:
    """An admin client. Keep it in a variable: one that is let go before its answer fails with `_DESTROY`."""
    return AdminClient(client_config(bootstrap_servers))


def answered(ask: Callable[[], AnswerT], until: float) -> AnswerT:
    """What Kafka answers, asked again up to `until` (monotonic): who leads or coordinates may just be moving.

    Raises KafkaException: the last error, or at once one after which the client is of no use.
    """
    while True:
        try:
            return ask()
        except KafkaException as error:
            if error.args[0].fatal() or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)


def _made(result: Callable[[], object]) -> bool:
    try:
        result()
    except KafkaException as error:
        if error.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS:
            return False
        raise
    return True


def existing_topics(bootstrap_servers: str, timeout_seconds: float = 10.0) -> Mapping[str, int]:
    """The topics of the broker and how many partitions each has. Raises KafkaUnavailableError."""
    admin = admin_client(bootstrap_servers)
    try:
        metadata = admin.list_topics(timeout=timeout_seconds)
    except KafkaException as error:
        raise KafkaUnavailableError(f"Kafka did not answer: {error.args[0].str()}") from error
    return {name: len(topic.partitions) for name, topic in metadata.topics.items()}


def make_producer(bootstrap_servers: str, *, client_id: str, **overrides: object) -> Producer:
    """A producer with `producer_config` and the given overrides (their names with `_` for `.`)."""
    config = producer_config(bootstrap_servers, client_id=client_id)
    config.update({name.replace("_", "."): value for name, value in overrides.items()})
    return Producer(config)


def headers_of(record: Message) -> Headers | None:
    """The record's headers, one without a value with an empty one.

    None when the name of one is not UTF-8: the client cannot give such headers at all.
    """
    try:
        found: Any = record.headers() or ()
    except (UnicodeDecodeError, SystemError):  # the latter is how this client raises the former
        return None
    return tuple((name, value or b"") for name, value in found)
