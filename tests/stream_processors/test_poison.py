"""Batches as only a foreign client writes them: what the broker lets pass must not stop a partition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.record.util import calc_crc32c
from aiokafka.structs import TopicPartition

from tests.stream_processors.pipes import Pipe, end, until

Header = tuple[bytes, bytes | None]
NONE, GZIP, SNAPPY, LZ4, ZSTD = range(5)
_NO_LEADER_YET: Final = (3, 5, 6)  # unknown topic or partition, leader not available, not leader or follower
_CRC: Final = slice(17, 21)
_CODEC_AT: Final = 22
_CHECKED_FROM: Final = 21


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


def batch(records: Sequence[tuple[bytes, Sequence[Header]]], compression: int = NONE, **options: Any) -> bytearray:
    """A record batch in format 2 as it goes over the wire."""
    builder = _DefaultRecordBatchBuilderPy(2, compression, 0, -1, -1, -1, 1 << 20)
    for offset, (value, headers) in enumerate(records):
        named = [(RawName.of(name), content) for name, content in headers]
        builder.append(offset, 1_790_000_000_000, b"key", value, named, **options)
    return bytearray(builder.build())


def send(pipe: Pipe, data: bytes | bytearray) -> int:
    """Give a batch to the broker as it is; returns Kafka's error code, once a new topic has its leader."""

    async def produce() -> int:
        client = AIOKafkaClient(bootstrap_servers=pipe.bootstrap_servers)
        await client.bootstrap()
        try:
            metadata = await client.fetch_all_metadata()
            leader = metadata.leader_for_partition(TopicPartition(pipe.inputs[0], 0))
            request = ProduceRequest(None, -1, 10_000, [(pipe.inputs[0], [(0, bytes(data))])])
            response = await client.send(leader, request)
            return int(response.topics[0][1][0][1])
        finally:
            await client.close()

    codes: list[int] = []

    def answered() -> bool:
        codes.append(asyncio.run(produce()))
        return codes[-1] not in _NO_LEADER_YET

    until(answered)
    return codes[-1]


def test_a_header_name_that_is_not_utf8_is_a_dead_letter_and_those_around_it_pass(
    make_pipe: Callable[..., Pipe],
) -> None:
    pipe = make_pipe(partitions=1)
    bad: list[Header] = [(b"ce_id", b"7"), (b"caf\xe9\xff", b"\xfe"), ("नाम".encode(), None)]
    codecs = (NONE, GZIP, SNAPPY, LZ4, ZSTD)
    for codec in codecs:
        records: list[tuple[bytes, Sequence[Header]]] = [
            (b"1", [("नाम".encode(), b"x")]),
            (b"bad\xff", bad),
            (b"3", []),
        ]
        assert send(pipe, batch(records, codec)) == 0
    worker = pipe.start(max_poll_records=2)
    until(lambda: sum(pipe.committed().values()) == 3 * len(codecs))
    assert end(worker)[0] == 0
    kept = sorted(offset for offset in range(3 * len(codecs)) if offset % 3 != 1)
    assert [int(place.rpartition(":")[2]) for place in pipe.places()] == kept
    letters = pipe.dead_letters()
    assert len(letters) == len(codecs)
    for letter in letters:
        headers = dict(letter.headers() or [])
        assert (letter.key(), letter.value()) == (b"key", b"bad\xff")
        assert (headers["dl.reason"], headers["dl.field"], headers["dl.stage"]) == (b"not_utf8", b"headers", b"decode")
        assert (headers["ce_id"], headers[r"caf\xe9\xff"], headers["नाम"]) == (b"7", b"\xfe", b"")


@pytest.mark.parametrize("kind", ["no name", "wrong checksum", "unknown compression"])
def test_the_broker_itself_refuses(make_pipe: Callable[..., Pipe], kind: str) -> None:
    if kind == "no name":
        data = batch([(b"1", [(b"", b"x")])], len_func=lambda found: len(found) or -1)
    else:
        data = batch([(b"1", [(b"x", b"x")])])
        data[_CODEC_AT] |= 7 if kind == "unknown compression" else 1
        if kind == "unknown compression":
            data[_CRC] = calc_crc32c(bytes(data[_CHECKED_FROM:])).to_bytes(4, "big")
    assert send(make_pipe(partitions=1), data) != 0
