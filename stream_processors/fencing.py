"""Notices that another process has taken this worker's place in the group, which aiokafka answers by taking it back.

Two processes with one group.instance.id would then throw each other out for ever. The broker says only that it does not
know the member, which it also says after a session that ran out; so the group is asked who holds the name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from confluent_kafka import KafkaException

from runtime.kafka import admin_client

_NOT_A_MEMBER: Final = frozenset((25, 82))
"""Kafka's error codes UNKNOWN_MEMBER_ID and FENCED_INSTANCE_ID."""

_ASK_SECONDS: Final = 10.0

Send = Callable[[Any], Awaitable[Any]]


_FENCED: Final = (
    "another process has the same COMPLAINTS_KAFKA_INSTANCE_ID and took over the partitions: "
    "give each processor one of its own"
)


class FencedError(Exception):
    """Another process has this one's instance id. aiokafka hands copies of it on."""

    def __init__(self, message: str = _FENCED) -> None:
        super().__init__(message)


def watched(coordinator: Any, bootstrap_servers: str, fenced: Callable[[FencedError], Awaitable[None]]) -> Send:
    """The coordinator's `_send_req` that awaits `fenced` and raises FencedError once the name is held by another."""
    send: Send = coordinator._send_req
    group, instance_id = coordinator.group_id, coordinator._group_instance_id

    async def send_watched(request: Any) -> Any:
        member_id = coordinator.member_id
        response = await send(request)
        if not _NOT_A_MEMBER.isdisjoint(_codes(response)):
            loop = asyncio.get_running_loop()
            holders = await loop.run_in_executor(None, _holders, bootstrap_servers, group, instance_id)
            if holders - {member_id, coordinator.member_id}:
                error = FencedError()
                await fenced(error)
                raise error
        return response

    return send_watched


def _codes(response: Any) -> set[int]:
    """The error codes of an answer: one of its own, or one for each partition of a commit."""
    if hasattr(response, "error_code"):
        return {response.error_code}
    topics = getattr(response, "topics", ())
    return {partition[1] for _, partitions in topics for partition in partitions if isinstance(partition, tuple)}


def _holders(bootstrap_servers: str, group: str, instance_id: str) -> set[str]:
    """The ids of the members that have the name; nobody when the brokers do not tell."""
    admin = admin_client(bootstrap_servers)
    try:
        found = admin.describe_consumer_groups([group], request_timeout=_ASK_SECONDS)[group].result(_ASK_SECONDS)
    except (KafkaException, TimeoutError):
        return set()
    return {member.member_id for member in found.members if member.group_instance_id == instance_id}
