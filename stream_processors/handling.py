"""Any record through the function for records: what it cannot take becomes a dead letter, and stops nothing."""

from __future__ import annotations

import logging
import traceback
from datetime import datetime
from typing import Final

from schemas.dead_letter import dead_letter
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.vocabulary import DeadLetterStage, RefusalReason
from stream_processors.handled import Handle, Handled
from stream_processors.lenient import readable, shown

_log: Final = logging.getLogger(__name__)


def handle_any(handle: Handle, record: RawRecord, at: datetime) -> Handled:
    """As `handle`, but a record that it fails on, or whose header names are not UTF-8, becomes a dead letter."""
    for name, _ in record.headers:
        if not readable(name):
            return _unreadable(record)
    try:
        return handle(record, at)
    except Exception as error:  # noqa: BLE001 - whatever it is, one record must not stop its partition
        frame = traceback.extract_tb(error.__traceback__)[-1]
        _log.error(
            "a record could not be processed and becomes a dead letter: %s at %s:%s",
            type(error).__name__,
            frame.name,
            frame.lineno,
            extra={"topic": record.topic, "partition": record.partition, "offset": record.offset},
        )
        refusal = Refusal(RefusalReason.PROCESSING_ERROR, "", DeadLetterStage.PROCESS)
        return Handled((dead_letter(record, refusal),), refusal=refusal)


def _unreadable(record: RawRecord) -> Handled:
    refusal = Refusal(RefusalReason.NOT_UTF8, "headers", DeadLetterStage.DECODE)
    writable = record._replace(headers=tuple((shown(name), value) for name, value in record.headers))
    return Handled((dead_letter(writable, refusal),), refusal=refusal)
