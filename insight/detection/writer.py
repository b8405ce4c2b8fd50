"""What the detector writes: changes of outages and its clock, in one transaction, so that both are there or neither.

The transactional id is one for all detectors of a group. Whoever begins anew ends the transactions of whoever was there
before: a detector that was frozen and comes back can write nothing any more. So the history in the topics is of one
line: each writer goes on from what it read after it had begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from insight.detection.reading import committed_records
from insight.detector import Outage
from runtime.kafka import make_producer
from schemas.envelope import OUTAGE_STATE, binary_headers
from schemas.topics import DETECTOR_CLOCK, OUTAGES

SOURCE: Final = "/kesco/outage-detector"
"""The CloudEvents source of every outage event."""

_CALL_SECONDS: Final = 15.0
_TRANSACTION_SECONDS: Final = 10
"""The broker aborts what a detector that hangs left undecided, after at most so long and its own round of 10 s."""


class Writer:
    """The one writer of a group from its beginning on. Every call raises KafkaException; then a new one is needed."""

    def __init__(self, bootstrap_servers: str, group: str) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._key = group.encode()
        self._producer = make_producer(
            bootstrap_servers,
            client_id="complaints-detector",
            transactional_id=group,
            transaction_timeout_ms=_TRANSACTION_SECONDS * 1000,
        )
        self._producer.init_transactions(_CALL_SECONDS)

    def clock(self) -> int | None:
        """When the last step was that is written down (Unix seconds); None when none ever was."""
        records = committed_records(self._bootstrap_servers, DETECTOR_CLOCK, {0: 0})
        clocks = [int(record.value() or b"0") for record in records if record.key() == self._key]
        return clocks[-1] if clocks else None

    def write(self, changes: Iterable[Outage], clock: int) -> None:
        """Write the changes of all steps up to `clock` and the clock, confirmed."""
        self._producer.begin_transaction()
        for change in changes:
            event = change.event()
            headers = binary_headers(
                event_type=OUTAGE_STATE,
                source=SOURCE,
                event_id=f"{event.outage_id}.{event.state}.{round(change.decided_at * 1000)}",
                time=event.decided_at,
            )
            self._producer.produce(OUTAGES, key=event.outage_id.encode(), value=event.to_json(), headers=list(headers))
        self._producer.produce(DETECTOR_CLOCK, key=self._key, value=str(clock).encode(), partition=0)
        self._producer.commit_transaction(_CALL_SECONDS)
