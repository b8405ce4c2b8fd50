"""Times on the wire: RFC 3339 with an offset, within the years that a complaint can come from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema

from schemas.refusal import refuse
from schemas.vocabulary import RefusalReason

EARLIEST_AT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Older times come from a clock that was never set (1970) or a field of zeros."""

LATEST_AT: Final = datetime(2070, 1, 1, tzinfo=UTC)
"""Later times come from a broken clock. A wide bound: replays and rehearsals may lie years ahead."""

_FIRST_SECONDS: Final = EARLIEST_AT.timestamp()
_LAST_SECONDS: Final = LATEST_AT.timestamp() - 86_400

_RFC3339: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def parse_rfc3339(value: object) -> datetime:
    """The time that an RFC 3339 text with an offset names.

    Raises pydantic errors `wrong_type` (not such a text) and `time_out_of_range` (outside [EARLIEST_AT, LATEST_AT)).
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        parsed = value
    else:
        if not isinstance(value, str) or not _RFC3339.fullmatch(value):
            refuse(RefusalReason.WRONG_TYPE, "must be an RFC 3339 time with an offset")
        try:
            parsed = datetime.fromisoformat(value.upper())
        except ValueError:
            refuse(RefusalReason.WRONG_TYPE, "must be an RFC 3339 time with an offset")
    if not EARLIEST_AT <= parsed < LATEST_AT:
        refuse(RefusalReason.TIME_OUT_OF_RANGE, "must lie between the years 2000 and 2069")
    return parsed


def from_milliseconds(timestamp_ms: int) -> datetime:
    """The UTC time of a Kafka timestamp in milliseconds since 1970.

    Kafka lets a producer write any number: of one before or after the years that can be, their first or last day.
    """
    return datetime.fromtimestamp(min(max(timestamp_ms / 1000, _FIRST_SECONDS), _LAST_SECONDS), UTC)


Time = Annotated[
    datetime,
    BeforeValidator(parse_rfc3339),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="validation"),
]
"""A time as it may stand in an event from outside."""
