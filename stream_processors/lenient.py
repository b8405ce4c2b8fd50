"""Reads records whose header names are not UTF-8, which aiokafka refuses with the whole batch around them.

Kafka's brokers take any bytes as a header name. aiokafka decodes names before anybody sees the record, so that one such
record would stop its partition for ever. Here the batch is read again by `tolerant`, at the cost of that batch only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, Final

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import DefaultRecord, _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import decode_varint

NAME_ERRORS: Final = "surrogateescape"
"""How the bytes of a name that are not UTF-8 are carried in a str; `readable` tells, `shown` makes them writable."""

_LENGTH_AT: Final = 8
_LENGTH: Final = struct.Struct(">i")
_LENGTH_END: Final = _LENGTH_AT + _LENGTH.size
"""Each batch starts with its base offset (8 bytes) and the length of what follows the length itself (4 bytes)."""


def install() -> None:
    """Let every aiokafka consumer of this process read such records; the fetcher has no other place for it."""
    fetcher.MemoryRecords = LenientRecords


def readable(name: str) -> bool:
    """Was the header name UTF-8."""
    return name.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in name)


def shown(name: str) -> str:
    r"""The name with each byte that was not UTF-8 as `\xNN`."""
    return name.encode(errors=NAME_ERRORS).decode(errors="backslashreplace")


class LenientRecords:
    """The batches of one fetched partition, as aiokafka's MemoryRecords gives them."""

    def __init__(self, data: bytes) -> None:
        self._records: Any = MemoryRecords(data)
        self._data = memoryview(data)
        self._at = 0

    def has_next(self) -> bool:
        """Is there a whole batch more."""
        return bool(self._records.has_next())

    def size_in_bytes(self) -> int:
        """Bytes fetched, an incomplete batch at the end included."""
        return int(self._records.size_in_bytes())

    def next_batch(self) -> LenientBatch:
        """The next batch. Raises CorruptRecordException when it is too short to be one."""
        batch, start = self._records.next_batch(), self._at
        self._at += _LENGTH_END + _LENGTH.unpack_from(self._data, start + _LENGTH_AT)[0]
        return LenientBatch(batch, self._data[start : self._at])


class LenientBatch:
    """One batch; iterating it falls back to `tolerant`. Everything else is the library's own."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch = batch
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        """The records; those before the bad one come twice, and the fetcher passes over what it has already."""
        try:
            yield from self._batch
        except UnicodeDecodeError:
            yield from tolerant(self._data)


def tolerant(data: memoryview) -> Iterator[Any]:
    """The records of a batch in format 2 (the only one with headers); names decoded with NAME_ERRORS.

    The layout is that of Kafka's protocol guide, "Record Batch" and "Record".
    """
    batch = _DefaultRecordBatchPy(data)
    batch._maybe_uncompress()
    buffer, at = bytes(batch._buffer), batch._pos

    def number() -> int:
        nonlocal at
        value, at = decode_varint(buffer, at)
        return int(value)

    def blob() -> bytes | None:
        nonlocal at
        length = number()
        if length < 0:
            return None
        at += length
        return buffer[at - length : at]

    for _ in range(batch._num_records):
        end = number() + at
        at += 1  # attributes: none is in use
        timestamp = batch.first_timestamp + number()
        offset = batch.base_offset + number()
        key, value = blob(), blob()
        headers = [((blob() or b"").decode(errors=NAME_ERRORS), blob()) for _ in range(number())]
        at = end
        appended = batch.timestamp_type == batch.LOG_APPEND_TIME
        yield DefaultRecord(
            offset,
            batch.max_timestamp if appended else timestamp,
            batch.timestamp_type,
            key,
            value,
            headers,
        )
