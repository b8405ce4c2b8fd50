"""Corrections of people who know: kept beside the complaints, and given out as rows to train with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clickhouse_driver import Client

from schemas.vocabulary import Category, Extent, Language

COLUMNS: Final = (
    "family",
    "text",
    "language",
    "script",
    "category",
    "hazard",
    "extent",
    "place",
    "trap",
    "split",
)
"""The columns of the training data (`tests/data/README.md`)."""

_KNOWN: Final = """
SELECT complaint_id, category, hazard, extent, text != '' FROM complaints FINAL WHERE complaint_id IN %(ids)s
"""
_INSERT: Final = "INSERT INTO complaint_labels (complaint_id, category, hazard, extent, place, labelled_at) VALUES"
_LABELLED: Final = """
SELECT c.text, c.language, l.category, l.hazard, l.extent, l.place
FROM (SELECT * FROM complaint_labels FINAL) AS l
INNER JOIN (
    SELECT complaint_id, text, language FROM complaints FINAL
    WHERE complaint_id IN (SELECT complaint_id FROM complaint_labels)
) AS c ON c.complaint_id = l.complaint_id
WHERE c.text != '' ORDER BY l.labelled_at, l.complaint_id
"""
_COUNT: Final = "SELECT count() FROM complaint_labels FINAL"

_FAMILY_DIGITS: Final = 12
_TEST_BELOW: Final = 102
"""Of 256: two fifths of the families are for measuring, by the rule of the training data."""
_DEVANAGARI: Final = re.compile("[\u0900-\u097f]")
_LATIN: Final = re.compile("[A-Za-z]")
_MASKS: Final = (
    (re.compile(r"\S+@\S+"), "[email]"),
    (re.compile(r"(?<!\w)\d{1,4}[A-Za-z]?\s?/\s?\d{1,4}(?: ?[A-Za-z])?(?!\w)"), "[house]"),
    (re.compile(r"(?<!\d)\d{4,}(?!\d)"), "[number]"),
    (
        re.compile(
            r"(?<!\w)((?:(?:mera|hamara|my|the) )?(?:naam|nam|name)(?: is| hai)?|i am (?:mr|mrs|ms)\.?|"
            r"(?:mr|mrs|ms|shri|smt|dr)\.?|(?:मेरा )?नाम|श्री|श्रीमती)[ :]+(?!(?:hai|is|me|ki|ka|par|change|badal)(?!\w))"
            r"[^\W\d]\S*(?: (?!(?:hai|hu|hoon|bol|is|se|ki|ka|ke|है|हूं|हूँ|बोल|से)(?!\w))[^\W\d]\S*)?",
            re.IGNORECASE,
        ),
        r"\1 [name]",
    ),
)
"""What may tell who somebody is, and is kept with a complaint since a crew needs it: addresses, numbers, names said."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a complaint is about.

    `place` is a locality of the pack, `-` for none named, `?` for one that the pack lacks, empty when nobody said.
    """

    complaint_id: UUID
    category: Category
    hazard: bool
    extent: Extent
    place: str = ""


@dataclass(frozen=True, slots=True)
class Enriched:
    """What enrichment says of a stored complaint; `has_text`: its text is still there."""

    category: Category
    hazard: bool
    extent: Extent
    has_text: bool


def stored_complaints(client: Client, ids: Sequence[UUID]) -> dict[UUID, Enriched]:
    """The complaints among `ids` that are stored."""
    if not ids:
        return {}
    rows = client.execute(_KNOWN, {"ids": tuple(map(str, ids))})
    return {
        complaint_id: Enriched(Category(category), hazard, Extent(extent), bool(has_text))
        for complaint_id, category, hazard, extent, has_text in rows
    }


def add_labels(client: Client, labels: Sequence[Label], at: datetime) -> None:
    """Keep labels; a complaint's later one replaces the former."""
    if labels:
        rows = [(one.complaint_id, one.category, one.hazard, one.extent, one.place, at) for one in labels]
        client.execute(_INSERT, rows)


def count_labels(client: Client) -> int:
    """Labelled complaints, those whose text is gone included."""
    [(count,)] = client.execute(_COUNT)
    return int(count)


def training_rows(client: Client) -> Iterator[tuple[str, ...]]:
    """A row of COLUMNS for each label whose complaint still has its text, without personal data."""
    for text, language, category, hazard, extent, place in client.execute_iter(_LABELLED):
        yield training_row(text, Language(language), Category(category), hazard, Extent(extent), place)


def training_row(
    text: str, language: Language, category: Category, hazard: bool, extent: Extent, place: str
) -> tuple[str, ...]:
    """One row. Equal texts are one family, and a family is on one side of the split."""
    words = " ".join(without_personal_data(text).split())
    family = "op-" + hashlib.blake2b(words.casefold().encode(), digest_size=_FAMILY_DIGITS // 2).hexdigest()
    test = hashlib.sha256(f"kanpur:{family}".encode()).digest()[0] < _TEST_BELOW
    return (
        family,
        words,
        Language.HINGLISH if language is Language.MIXED else language,
        _script(words),
        category,
        "1" if hazard else "0",
        extent,
        place,
        "-",
        "test" if test else "train",
    )


def without_personal_data(text: str) -> str:
    """A kept text, in which numbers of phones and accounts are masked, also without addresses, numbers and names said.

    A name that nobody introduces as one stays: a person should read the rows before they leave the house.
    """
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


def _script(text: str) -> str:
    devanagari, latin = _DEVANAGARI.search(text), _LATIN.search(text)
    return "mixed" if devanagari and latin else "Deva" if devanagari else "Latn"
