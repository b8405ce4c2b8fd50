"""What every consumer does with a record: the same function around which each framework is wrapped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from reference.active import ActiveReference
from schemas.record import OutRecord, RawRecord
from schemas.topics import ENRICHED
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.handled import Handle, Handled

WORKS: Final = ("copy", "enrich")


def handle_of(work: str, store: Path) -> Handle:
    """`copy`: the value as it is; `enrich`: the processor's own, with the reference data in `store`."""
    if work == "copy":
        return _copy
    return make_handle(ActiveReference(store).current(), Pseudonymiser(b"a secret for benchmarks"))


def _copy(record: RawRecord, _at: datetime) -> Handled:
    return Handled((OutRecord(ENRICHED, record.key, record.value or b"", record.headers),))
