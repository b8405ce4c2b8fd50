"""Batches as only a foreign client writes them: what the broker lets pass must not stop a partition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pytest
from aiokafka.record.util import calc_crc32c

from tests.stream_processors.pipes import Pipe, end, until
from tests.stream_processors.wire import GZIP, LZ4, NONE, SNAPPY, ZSTD, Header, batch, send

_CRC: Final = slice(17, 21)
_CODEC_AT: Final = 22
_CHECKED_FROM: Final = 21


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
        assert send(pipe.bootstrap_servers, pipe.inputs[0], batch(records, codec)) == 0
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


def test_a_record_that_only_compression_made_small_enough_is_a_dead_letter_and_stops_nothing(
    make_pipe: Callable[..., Pipe],
) -> None:
    pipe = make_pipe(partitions=1)
    for value in (b"x" * (12 << 20), b"2"):
        assert send(pipe.bootstrap_servers, pipe.inputs[0], batch([(value, [(b"\xff", b"x")])], GZIP)) == 0
    worker = pipe.start()
    until(lambda: sum(pipe.committed().values()) == 2)
    assert end(worker)[0] == 0
    found = {dict(letter.headers() or [])["dl.offset"]: letter.value() for letter in pipe.dead_letters()}
    assert found == {b"0": b"", b"1": b"2"}


@pytest.mark.parametrize("kind", ["no name", "wrong checksum", "unknown compression"])
def test_the_broker_itself_refuses(make_pipe: Callable[..., Pipe], kind: str) -> None:
    if kind == "no name":
        data = batch([(b"1", [(b"", b"x")])], len_func=lambda found: len(found) or -1)
    else:
        data = batch([(b"1", [(b"x", b"x")])])
        data[_CODEC_AT] |= 7 if kind == "unknown compression" else 1
        if kind == "unknown compression":
            data[_CRC] = calc_crc32c(bytes(data[_CHECKED_FROM:])).to_bytes(4, "big")
    pipe = make_pipe(partitions=1)
    assert send(pipe.bootstrap_servers, pipe.inputs[0], data) != 0
