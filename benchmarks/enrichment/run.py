"""Time enrichment alone on one core, and measure its categories and hazards on the sentences of `tests/data`.

Prints one JSON object. `python -m benchmarks.enrichment.run`.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson

from reference.active import ActiveReference, activate
from reference.lookup import Reference
from reference.maker import complete_pack
from reference.pack import read_pack
from schemas.complaint import ComplaintEvent, complaint_event
from schemas.envelope import structured
from schemas.record import RawRecord
from schemas.vocabulary import HAZARD_CATEGORIES
from stream_processors.enrichment import Pseudonymiser, enrich, mask_numbers
from stream_processors.enrichment.category import classify
from stream_processors.enrichment.text import clean, language_of, normalise

ROOT: Final = Path(__file__).resolve().parents[2]
PACK: Final = ROOT / "deploy" / "reference" / "kanpur"
SENTENCES: Final = (
    "phrases.tsv",
    "sentences.tsv",
    "sentences_2.tsv",
    "sentences_3.tsv",
    "sentences_4.tsv",
    "sentences_5.tsv",
)
CONSUMERS: Final = 20_000
TRANSFORMERS: Final = 400
CALLS: Final = 20_000
ROUNDS: Final = 3
"""Each time is the processor time of the best of so many rounds, so that what else the machine does counts least."""

T = TypeVar("T")


def main() -> None:
    """Print what was measured."""
    rows = {name: sentences(name) for name in SENTENCES}
    texts = [row["text"] for found in rows.values() for row in found]
    with tempfile.TemporaryDirectory() as scratch:
        reference, accounts = prepared(Path(scratch))
        result = {
            "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.machine()},
            "microseconds": {**text_times(texts), **whole_times(texts, accounts, reference)},
            "milliseconds_of_4000_characters": worst_times(),
            "right": {name: right(found) for name, found in rows.items()},
        }
    print(json.dumps(result, indent=2))


def sentences(name: str) -> list[dict[str, str]]:
    """The rows of one file of sentences."""
    with (ROOT / "tests" / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def prepared(scratch: Path) -> tuple[Reference, list[str]]:
    """The shipped pack with some consumers, and their account numbers."""
    complete_pack(PACK, scratch / "pack", 1, CONSUMERS, TRANSFORMERS)
    activate(scratch / "pack", scratch / "store")
    return ActiveReference(scratch / "store").current(), list(read_pack(scratch / "pack").consumers.accounts)


def text_times(texts: list[str]) -> dict[str, float]:
    """What each step of the text work costs a complaint, in microseconds."""
    kept = [clean(text) for text in texts]
    normal = [normalise(text) for text in kept]
    return {
        "clean": each(clean, texts),
        "normalise": each(normalise, kept),
        "classify": each(classify, normal),
        "language": each(language_of, normal),
        "mask": each(mask_numbers, kept),
    }


def whole_times(texts: list[str], accounts: list[str], reference: Reference) -> dict[str, float]:
    """What a whole complaint costs, from its valid event to its row, and to the row's JSON."""
    keys, at = Pseudonymiser(b"benchmark"), datetime.now(UTC)
    record = RawRecord("complaints.calls", 0, 0, int(at.timestamp() * 1000), None, b"")
    pairs = zip(islice(cycle(texts), CALLS), islice(cycle(accounts), CALLS), strict=True)
    events = [event_of(text, account) for text, account in pairs]

    def row(event: ComplaintEvent) -> Any:
        return enrich(event, record, reference=reference, pseudonymiser=keys, enriched_at=at)

    return {"enrich": each(row, events), "enrich_and_encode": each(lambda event: row(event).to_json(), events)}


def event_of(text: str, account_no: str) -> ComplaintEvent:
    """A complaint by phone with this text, of a known account."""
    envelope = {
        "specversion": "1.0",
        "id": "1",
        "source": "/benchmark",
        "type": "in.co.kesco.complaint.registered.v1",
        "time": "2026-06-20T21:14:05+05:30",
        "data": {
            "channel": "call",
            "text": text,
            "account_no": account_no,
            "phone": "098123 45678",
            "location": {"locality": "Kidwai Nagar"},
            "call": {"queue_seconds": 12},
        },
    }
    return complaint_event(structured(orjson.dumps(envelope)), None)


def worst_times() -> dict[str, float]:
    """What the text work of texts made to be slow costs, in milliseconds, each word seen for the first time."""
    cases = {
        "one idea": "aag " * 1000,
        "one letter": "a" * 4000,
        "emoji": "😀" * 4000,
        "ligatures": "ﷺ" * 4000,
        "conjuncts": "क्ष" * 1333,
        "digits": "0 " * 2000,
        "new words": " ".join(
            f"q{number:o}abcdefgh".translate(str.maketrans("01234567", "ghijklmn")) for number in range(320)
        ),
    }
    return {name: round(best(partial(text_work, text), rounds=1) * 1e3, 2) for name, text in cases.items()}


def text_work(text: str) -> None:
    """All that is done with the text of one complaint."""
    kept = clean(text[:4000])
    normal = normalise(kept)
    classify(normal)
    language_of(normal)
    mask_numbers(kept)


def right(rows: list[dict[str, str]]) -> dict[str, Any]:
    """The share of right categories; of hazards the share found, and the share of those found that are hazards.

    Where a file does not say whether a sentence is a hazard, its category does.
    """
    found = [(row, classify(normalise(row["text"]))) for row in rows]
    hazards = [(is_hazard(row), finding.hazard) for row, finding in found]
    both = sum(want and got for want, got in hazards)
    return {
        "sentences": len(rows),
        "category": round(sum(row["category"] == finding.category for row, finding in found) / len(rows), 3),
        "hazard_recall": round(both / sum(want for want, _ in hazards), 3),
        "hazard_precision": round(both / sum(got for _, got in hazards), 3),
    }


def is_hazard(row: dict[str, str]) -> bool:
    """Whether a sentence is marked as a danger."""
    return row["hazard"] == "1" if "hazard" in row else row["category"] in HAZARD_CATEGORIES


def each(call: Callable[[T], object], items: Sequence[T]) -> float:
    """Microseconds a call, over all items."""

    def all_items() -> None:
        for item in items:
            call(item)

    return round(best(all_items) / len(items) * 1e6, 1)


def best(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of processor time of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
