"""Lines of a file or a pipe, read so that a stop request is seen while waiting for more."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterator
from typing import Final

from runtime.kafka import MAX_MESSAGE_BYTES

_CHUNK_BYTES: Final = 1 << 20
_WAIT_SECONDS: Final = 0.2


def read_lines(descriptor: int, stop: Callable[[], bool] = lambda: False) -> Iterator[bytes]:
    """The lines behind an open file descriptor, without their line ends, until its end or until `stop` answers True.

    As `read_chunks`, line by line.
    """
    for chunk in read_chunks(descriptor, stop):
        yield from chunk


def read_chunks(descriptor: int, stop: Callable[[], bool] = lambda: False) -> Iterator[list[bytes]]:
    """The lines behind an open file descriptor, those that came at once together: about 1 MiB at most.

    A line longer than Kafka could take is cut just above that length, so that memory stays bounded and the line is
    still seen, and refused, as one.
    """
    rest = b""
    while not stop():
        if not select.select([descriptor], [], [], _WAIT_SECONDS)[0]:
            continue
        chunk = os.read(descriptor, _CHUNK_BYTES)
        if not chunk:
            break
        head, *more = chunk.split(b"\n")
        if len(rest) <= MAX_MESSAGE_BYTES:
            rest += head
        if more:
            yield [rest, *more[:-1]]
            rest = more[-1]
    else:
        return
    if rest:
        yield [rest]
