"""What the pipeline hears in a sentence: enrichment of a complaint of only a text, on the shipped pack."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import orjson

from reference.active import ActiveReference, activate
from reference.lookup import Reference
from schemas.complaint import complaint_event
from schemas.envelope import structured
from stream_processors.enrichment.enrich import Seen, see

PACK: Final = Path(__file__).resolve().parents[2] / "deploy" / "reference" / "kanpur"


@contextmanager
def shipped_reference() -> Iterator[Reference]:
    """The shipped pack, without customers."""
    with tempfile.TemporaryDirectory() as scratch:
        activate(PACK, Path(scratch) / "store")
        yield ActiveReference(Path(scratch) / "store").current()


def hear(text: str, reference: Reference) -> Seen:
    """What is seen in a complaint of only this text."""
    envelope = {
        "specversion": "1.0",
        "id": "1",
        "source": "/evaluation",
        "type": "in.co.kesco.complaint.registered.v1",
        "time": "2026-06-20T21:14:05+05:30",
        "data": {"channel": "call", "text": text},
    }
    return see(complaint_event(structured(orjson.dumps(envelope)), None), reference)
