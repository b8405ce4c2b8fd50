"""Publishing through the spool: accepted once it is on disk, sent to Kafka behind the caller's back, in order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

import orjson

from producers.content_mode import ContentMode, in_mode
from producers.publisher import ConfirmedPublisher
from producers.routing import route
from producers.spool import Entry, Spool, SpoolFullError
from producers.spool_file import SpoolError
from schemas.refusal import Refusal
from schemas.topics import CATALOGUE, RAW_TOPICS
from schemas.vocabulary import DeadLetterStage, RefusalReason

_UNTIL_ASKED: Final = 0.0
"""As librdkafka's delivery timeout: without end. After a record that timed out, later ones could overtake it."""

_MOST_BYTES: Final = min(topic.max_message_bytes for topic in CATALOGUE if topic.name in RAW_TOPICS) - 4096
"""What every raw topic takes, uncompressed, with room for key, headers and the framing of a record batch."""

_LOOK_SECONDS: Final = 0.1
_PAUSE_SECONDS: Final = 1.0
"""Between two tries after Kafka refused."""


class EntryTooLargeError(SpoolError):
    """Larger than any topic takes, so that Kafka could never confirm it."""


class SpooledPublisher:
    """Accepts records into the spool and drains it into Kafka in a thread of its own; `with` closes it.

    One window of entries is sent, and removed when the broker has confirmed all of it; only then comes the next. So
    records of a key are never overtaken, and a crash at any moment costs at most a window sent again. When Kafka
    refuses a record, what comes before it is removed, and the rest is tried again each second with a new client.

    Any thread may call `accept` and `append`. Does not close the spool. A failure of the spool in the draining thread
    is raised by every later call.
    """

    def __init__(self, spool: Spool, bootstrap_servers: str, *, client_id: str = "complaints-spool") -> None:
        self._spool = spool
        self._bootstrap_servers = bootstrap_servers
        self._client_id = client_id
        self._publisher: ConfirmedPublisher | None = None
        self._failures: list[tuple[int, str]] = []
        self._closing = threading.Event()
        self._more = threading.Condition()
        self._broken: Exception | None = None
        self._owed_since = time.monotonic()
        self.confirmed = 0
        """Entries that Kafka has confirmed, all of whose elders it has confirmed too."""
        self.problem: str | None = None
        """What holds the spool up: Kafka refused, `kafka:…`, or the disk has no room to remove in, `spool:full`."""
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def kept(self) -> int:
        """Entries in the spool that Kafka has not confirmed."""
        return len(self._spool)

    def accept(self, event: Mapping[str, Any] | str | bytes) -> None:
        """Take one event, a mapping or its JSON, structured mode; it is durable when this returns.

        Raises Refusal when no topic can be named for it or no JSON can say it, EntryTooLargeError, SpoolFullError at
        the bound, SpoolError when the spool cannot be written. After any of these it was not accepted.
        """
        line = _line(event)
        routed = route(line)
        value, headers = in_mode(ContentMode.STRUCTURED, line, routed.event)
        if too_large(value):
            raise EntryTooLargeError(f"The event is larger than {_MOST_BYTES:,} bytes, more than Kafka takes.")
        if not self.append([Entry(routed.topic, routed.key, value, headers, time.time_ns() // 1_000_000)]):
            raise SpoolFullError

    def append(self, entries: Sequence[Entry]) -> int:
        """Take entries, from the first on; returns how many are durable now, 0 when the spool is full."""
        self._raise_broken()
        if self.kept == 0:
            self._owed_since = time.monotonic()
        taken = self._spool.append(entries)
        with self._more:
            self._more.notify_all()
        return taken

    def await_kafka(self, patience_seconds: float, until: Callable[[], bool], tick: Callable[[], None]) -> bool:
        """Wait until `until` answers True; False once Kafka has confirmed nothing for `patience_seconds`.

        `tick` is called about ten times a second meanwhile.
        """
        while not until():
            self._raise_broken()
            if time.monotonic() - self._owed_since >= patience_seconds:
                return False
            tick()
            with self._more:
                self._more.wait(_LOOK_SECONDS)
        return True

    def drain(self, patience_seconds: float, tick: Callable[[], None] = lambda: None) -> bool:
        """Wait until the spool is empty; False once Kafka has confirmed nothing for `patience_seconds`."""
        return self.await_kafka(patience_seconds, lambda: self.kept == 0, tick)

    def close(self) -> None:
        """Stop draining at once. What is in flight stays in the spool, and may reach Kafka twice."""
        self._closing.set()
        with self._more:
            self._more.notify_all()
        self._thread.join()

    def _raise_broken(self) -> None:
        if self._broken is not None:
            raise self._broken

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                window = self._spool.first()
                if window:
                    self._send(window)
                else:
                    self._rest()
        except Exception as error:  # noqa: BLE001  raised by the next call, in the caller's thread
            self._broken = error
        finally:
            if self._publisher is not None:
                self._publisher.abandon()

    def _rest(self) -> None:
        with self._more:
            while self.kept == 0 and not self._closing.is_set():
                self._more.wait()

    def _send(self, window: Sequence[tuple[int, Entry]]) -> None:
        publisher = self._publisher = self._publisher or self._new_publisher()
        for seq, entry in window:
            publisher.send(seq, entry.topic, entry.key, entry.value, entry.headers, entry.timestamp_ms)
        confirmed = publisher.accepted
        while publisher.settle(_LOOK_SECONDS) and not self._closing.is_set():
            if publisher.accepted > confirmed:
                confirmed, self._owed_since = publisher.accepted, time.monotonic()
        if publisher.unconfirmed:
            return
        refused, problem = min(self._failures) if self._failures else (window[-1][0] + 1, None)
        taken = sum(seq < refused for seq, _ in window)
        if taken and not self._remove(refused - 1):
            return
        self.problem = problem
        if taken:
            self._owed_since = time.monotonic()
            self.confirmed += taken
            with self._more:
                self._more.notify_all()
        if self._failures:
            publisher.abandon()
            self._publisher = None
            self._failures.clear()
            self._closing.wait(_PAUSE_SECONDS)

    def _remove(self, through: int) -> bool:
        while True:
            try:
                self._spool.remove(through)
            except SpoolFullError:
                self.problem = "spool:full"
                if self._closing.wait(_PAUSE_SECONDS):
                    return False
            else:
                return True

    def _new_publisher(self) -> ConfirmedPublisher:
        return ConfirmedPublisher(
            self._bootstrap_servers,
            lambda seq, reason: self._failures.append((seq, reason)),
            client_id=self._client_id,
            delivery_timeout_seconds=_UNTIL_ASKED,
            stop=self._closing.is_set,
        )


def too_large(value: bytes) -> bool:
    """Would a topic refuse this value for its size."""
    return len(value) > _MOST_BYTES


def _line(event: Mapping[str, Any] | str | bytes) -> bytes:
    """The event as JSON. Raises Refusal for text that is no Unicode (half a surrogate pair) and values JSON has not."""
    if isinstance(event, bytes):
        return event
    try:
        return event.encode() if isinstance(event, str) else orjson.dumps(event, default=dict)
    except UnicodeEncodeError:
        raise Refusal(RefusalReason.NOT_UTF8, "", DeadLetterStage.DECODE) from None
    except orjson.JSONEncodeError:
        raise Refusal(RefusalReason.NOT_JSON, "", DeadLetterStage.DECODE) from None
