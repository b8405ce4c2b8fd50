"""Batches as only a foreign client writes them: header names that are not UTF-8, broken checksums."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import NodeNotReadyError
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.structs import TopicPartition

from tests.stream_processors.pipes import until

Header = tuple[bytes, bytes | None]
NONE, GZIP, SNAPPY, LZ4, ZSTD = range(5)
_NO_LEADER_YET: Final = (3, 5, 6)  # unknown topic or partition, leader not available, not leader or follower


class RawName(str):
    """A header name whose bytes are anything."""

    raw: bytes

    @classmethod
    def of(cls, raw: bytes) -> RawName:
        name = cls(repr(raw))
        name.raw = raw
        return name

    def encode(self, *_arguments: str) -> bytes:
        return self.raw


def batch(
    records: Sequence[tuple[bytes, Sequence[Header]]],
    compression: int = NONE,
    timestamp_ms: int = 1_790_000_000_000,
    **options: Any,
) -> bytearray:
    """A record batch in format 2 as it goes over the wire."""
    builder = _DefaultRecordBatchBuilderPy(2, compression, 0, -1, -1, -1, 1 << 20)
    for offset, (value, headers) in enumerate(records):
        named = [(RawName.of(name), content) for name, content in headers]
        builder.append(offset, timestamp_ms, b"key", value, named, **options)
    return bytearray(builder.build())


def send(bootstrap_servers: str, topic: str, data: bytes | bytearray) -> int:
    """Give a batch to partition 0 of a topic as it is; returns Kafka's error code, once a new topic has its leader."""

    async def produce() -> int:
        client = AIOKafkaClient(bootstrap_servers=bootstrap_servers)
        await client.bootstrap()
        try:
            metadata = await client.fetch_all_metadata()
            leader = metadata.leader_for_partition(TopicPartition(topic, 0))
            request = ProduceRequest(None, -1, 10_000, [(topic, [(0, bytes(data))])])
            response = await client.send(leader, request)
            return int(response.topics[0][1][0][1])
        except NodeNotReadyError:
            return _NO_LEADER_YET[0]
        finally:
            await client.close()

    codes: list[int] = []

    def answered() -> bool:
        codes.append(asyncio.run(produce()))
        return codes[-1] not in _NO_LEADER_YET

    until(answered)
    return codes[-1]
