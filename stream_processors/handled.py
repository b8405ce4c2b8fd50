"""What becomes of one raw record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from schemas.enriched import ComplaintEnriched
from schemas.record import OutRecord, RawRecord
from schemas.refusal import Refusal


class Handled(NamedTuple):
    """The records to write for a raw one; `refusal` when it became a dead letter, `enriched` for a complaint."""

    records: tuple[OutRecord, ...]
    refusal: Refusal | None = None
    enriched: ComplaintEnriched | None = None


Handle = Callable[[RawRecord, datetime], Handled]
"""Turns a raw record into what is written for it; the time is that of the processing (`enriched_at`). Pure."""
