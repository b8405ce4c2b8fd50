"""The durable spool: records that wait on disk, in order, until Kafka has confirmed them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

import orjson

from producers.content_mode import HeaderList
from producers.spool_file import FILE_NAME, PAGE_BYTES, SpoolDamagedError, SpoolError, connect, hold, told

MIN_BYTES: Final = 64 << 20
"""The least bound of a spool."""

WINDOW_ENTRIES: Final = 5_000
WINDOW_BYTES: Final = 8 << 20
"""Most that one transaction writes or removes, give or take one entry."""

_RESERVED_BYTES: Final = 24 << 20
"""For SQLite's write-ahead log: written back at 4 MiB, and a transaction takes at most twice its bytes in pages."""

_KEPT_BYTES: Final = 1 << 20
"""What an empty spool may go on taking, so that single entries that come and go cost little."""

_ENTRY_BYTES: Final = 64
"""What an entry takes beside its own bytes, at most."""


class SpoolFullError(SpoolError):
    """The spool has reached its bound."""

    def __init__(self) -> None:
        super().__init__(
            "The spool is full (COMPLAINTS_SPOOL_MAX_BYTES, or the disk). It empties once Kafka is back: "
            "complaints publish --drain"
        )


class Entry(NamedTuple):
    """One record for Kafka. `timestamp_ms` is when it became known to us, milliseconds since 1970."""

    topic: str
    key: bytes | None
    value: bytes
    headers: HeaderList
    timestamp_ms: int


class Spool:
    """A queue of entries in one SQLite file: for one process at a time, and any of its threads.

    An entry is on the disk when `append` returns (write-ahead log, fsync at each commit) and leaves only by `remove`.
    What was removed is overwritten with zeros, and an empty spool takes at most 1 MiB. The file and its log together
    never take more than `max_bytes`, which must be at least MIN_BYTES.

    Raises SpoolError when the folder cannot be used or another process has it, SpoolDamagedError when the file is
    damaged or somebody else's.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        if max_bytes < MIN_BYTES:
            raise ValueError(f"max_bytes must be at least {MIN_BYTES}")
        self.folder = folder
        self._file = folder / FILE_NAME
        self._room_for_pages = max_bytes - _RESERVED_BYTES
        self._lock = threading.Lock()
        self._held = hold(folder)
        try:
            self._db = connect(self._file)
            with self._told():
                found = self._db.execute("SELECT count(*), coalesce(max(seq), 0) FROM entries").fetchone()
        except SpoolError:
            os.close(self._held)
            raise
        self._count, self._last = found

    def __len__(self) -> int:
        return int(self._count)

    def append(self, entries: Sequence[Entry]) -> int:
        """Store as many of the entries, from the first on, as one transaction takes and the bound allows.

        Returns how many; these are durable. 0: the spool, or its disk, is full.
        """
        with self._lock, self._told():
            rows = self._fitting(entries)
            try:
                with self._transaction():
                    self._db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            except sqlite3.OperationalError as error:
                if _is_full(error):
                    return 0
                raise
            self._last += len(rows)
            self._count += len(rows)
            return len(rows)

    def first(self) -> list[tuple[int, Entry]]:
        """The oldest entries and their numbers, in order: at most 5,000 of about 8 MiB.

        Raises SpoolDamagedError when one of them is not what was stored.
        """
        found: list[tuple[int, Entry]] = []
        size = 0
        with self._lock, self._told():
            rows = self._db.execute("SELECT * FROM entries ORDER BY seq LIMIT ?", (WINDOW_ENTRIES,))
            for seq, *columns, checksum in rows:
                if checksum != _checksum(seq, *columns):
                    raise SpoolDamagedError(self._file, "holds an entry that is not what was stored")
                topic, key, value, headers, timestamp_ms = columns
                size += len(value)
                if found and size > WINDOW_BYTES:
                    break
                found.append((seq, Entry(topic, key, value, _unpacked(headers), timestamp_ms)))
            rows.close()
        return found

    def remove(self, through: int) -> None:
        """Remove every entry up to this number, for good. Raises SpoolFullError when the disk has no room for that."""
        with self._lock, self._told():
            with self._transaction():
                removed = self._db.execute("DELETE FROM entries WHERE seq <= ?", (through,)).rowcount
            self._count -= removed
            if self._count == 0 and removed:
                self._hand_back()

    def close(self) -> None:
        """Close the file; what it holds stays for the next one who opens it."""
        with self._lock, self._told():
            try:
                self._db.close()
            finally:
                os.close(self._held)

    def _fitting(self, entries: Sequence[Entry]) -> list[_Row]:
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        (free,) = self._db.execute("PRAGMA freelist_count").fetchone()
        room = self._room_for_pages - (pages - free + 3) * PAGE_BYTES
        rows: list[_Row] = []
        written = 0
        for seq, entry in enumerate(entries, self._last + 1):
            headers = _packed(entry.headers)
            size = _ENTRY_BYTES + len(entry.topic) + len(entry.key or b"") + len(entry.value) + len(headers)
            room -= 2 * size if size < PAGE_BYTES // 2 else (2 + size // PAGE_BYTES) * PAGE_BYTES
            written += size
            if room < 0 or (rows and written > WINDOW_BYTES):
                break
            columns = (entry.topic, entry.key, entry.value, headers, entry.timestamp_ms)
            rows.append((seq, *columns, _checksum(seq, *columns)))
        return rows

    def _hand_back(self) -> None:
        """The zeros reach the file; then, when it is large, it is written anew, which for an empty one is quick."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        if pages * PAGE_BYTES > _KEPT_BYTES:
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if _is_full(error):
                raise SpoolFullError from None
            raise told(self._file, error) from None


def _is_full(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


_Row = tuple[int, str, bytes | None, bytes, bytes, int, int]


def _checksum(seq: int, topic: str, key: bytes | None, value: bytes, headers: bytes, timestamp_ms: int) -> int:
    return crc32(headers, crc32(value, crc32(key or b"", crc32(f"{seq} {timestamp_ms} {topic}".encode()))))


def _packed(headers: HeaderList) -> bytes:
    return orjson.dumps([(name, value.decode() if isinstance(value, bytes) else value) for name, value in headers])


def _unpacked(headers: bytes) -> HeaderList:
    return [(name, value if value is None else value.encode()) for name, value in orjson.loads(headers)]
