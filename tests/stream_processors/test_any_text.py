"""Whatever is written gives a row, soon, and the same one however its letters are encoded, drawn out or dressed up."""

from __future__ import annotations

import csv
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.evaluation.heard import hear
from reference.lookup import Reference
from schemas.complaint import MAX_TEXT_CHARACTERS
from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Extent, RoutedBy
from stream_processors.enrichment.enrich import Seen
from stream_processors.enrichment.words import WORDS

SENTENCES: Final = Path(__file__).resolve().parents[1] / "data" / "complaints.tsv"
WRITTEN: Final = [
    row["text"]
    for row in csv.DictReader(
        SENTENCES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if row["split"] == "train"
]
KNOWN: Final = sorted({word.lstrip("=").replace("_", " ") for said in WORDS.values() for word in said.split()})
SECONDS: Final = 2.0
"""Of processor time for any text of 4,000 characters: some two hundred times what the slowest takes on a free machine;
what has no end in sight takes minutes."""

KNOWN_WORDS = st.lists(st.sampled_from([*KNOWN, ",", ".", "2", "230", "7012345678", "barra", "juhi"]), min_size=1)
TEXTS = (
    st.text(min_size=1, max_size=MAX_TEXT_CHARACTERS)
    | KNOWN_WORDS.map(" ".join)
    | st.tuples(KNOWN_WORDS, st.integers(1, 1000)).map(lambda drawn: " ".join(drawn[0]) * drawn[1])
).map(lambda text: text[:MAX_TEXT_CHARACTERS] if text.strip() else "x")
UNENDING: Final = {
    "emoji": "😀" * 4000,
    "families": "👨‍👩‍👧" * 800,
    "right to left": "\u202eאין חשמל \u2067لا يوجد كهرباء\u2069 " * 120,
    "control": "\x00\x07\x1b[31m\x7f\x85" * 400,
    "one word": "b" + "ijl" * 666 + "i",
    "one word in Devanagari": "बि" * 1000,
    "marks alone": "\u0301" * 4000,
    "nukta": "फ़" * 1300,
    "digits": "7" * 4000,
    "spaced digits": "7 " * 2000,
    "commas": "taar , " * 570,
    "negations": "nahi " * 800,
    "wires and nots": "taar nahi toota " * 250,
    "almost a rule": "transformer ke paas wala " * 160,
    "places": "barra gujaini e block " * 180,
    "ligatures": "ﷺ" * 4000,
}


def sense(seen: Seen) -> tuple[Any, ...]:
    """What must not depend on the way a text is written."""
    return (
        seen.finding.category,
        seen.finding.hazard,
        seen.extent,
        seen.urgency.priority,
        seen.routing.path,
        seen.routing.routed_by,
    )


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_understood_soon(kanpur: Reference, text: str) -> None:
    hear("bijli nahi", kanpur)
    started = time.process_time()
    seen = hear(text, kanpur)
    assert time.process_time() - started < SECONDS
    finding = seen.finding
    assert 0 < finding.confidence <= 1
    assert finding.hazard or finding.category not in HAZARD_CATEGORIES
    assert seen.extent is Extent.UNKNOWN or finding.category in SUPPLY_CATEGORIES
    assert bool(seen.routing.path.node_id) == (seen.routing.routed_by is not RoutedBy.NONE)


@pytest.mark.parametrize("text", UNENDING.values(), ids=UNENDING)
def test_a_monstrous_text_is_a_text(kanpur: Reference, text: str) -> None:
    text = text[:MAX_TEXT_CHARACTERS]
    hear("bijli nahi", kanpur)
    started = time.process_time()
    seen = hear(text, kanpur)
    assert time.process_time() - started < SECONDS
    assert not any(unicodedata.category(letter) == "Cc" for letter in seen.text)
    assert sense(hear(text, kanpur)) == sense(seen)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_unicode_forms_make_no_difference(kanpur: Reference, text: str) -> None:
    plain = sense(hear(text, kanpur))
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        if len(other) <= MAX_TEXT_CHARACTERS:
            assert sense(hear(other, kanpur)) == plain


DRESSES: Final[dict[str, Callable[[str], str]]] = {
    "capitals": str.upper,
    "titles": str.title,
    "swapped case": str.swapcase,
    "politeness": "Namaste sir ji, {} please 🙏".format,
    "courtesy in Hindi": "नमस्ते साहब, {} प्लीज".format,
    "marks": "  {} !!!".format,
    "decomposed capitals": lambda text: unicodedata.normalize("NFD", text.upper()),
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
def test_a_complaint_stays_what_it_is_however_dressed(kanpur: Reference, dress: Callable[[str], str]) -> None:
    plain = {text: sense(hear(text, kanpur)) for text in WRITTEN[::5]}
    assert [text for text in plain if sense(hear(dress(text), kanpur)) != plain[text]] == []
