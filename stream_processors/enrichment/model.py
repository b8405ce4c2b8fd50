"""A linear model over a text's words, pieces of words and ideas: the second opinion beside the rules.

A text is a bag of features: each word's phonetic key and the pieces of it, two words in a row, each idea, two ideas in
a row or with one between, and its shape: how long it is and how much is known. A feature is hashed to one of ROWS rows
of weights, a weight for each category and one for "is a danger"; the scores are the sums of its features' rows
(Weinberger et al., Feature Hashing, 2009). The rows are trained by `python -m benchmarks.evaluation.train` and kept in
`model.bin`.

A row is one integer with a field of 32 bits for each weight, so that adding two rows is one addition.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import Final

from schemas.vocabulary import Category
from stream_processors.enrichment.model_hash import MODEL_SHA256
from stream_processors.enrichment.vocabulary import PATTERNS

ROWS: Final = 1 << 15
CATEGORIES: Final = tuple(Category)
"""What the weights of a row are for, in their order; one more stands for danger."""
COLUMNS: Final = len(CATEGORIES) + 1
STEPS: Final = 24.0
"""A weight is kept as a whole number of 1/STEPS, from -127 to 127."""

FILE: Final = Path(__file__).with_name("model.bin")
_BIAS: Final = 128
_UNPACK: Final = struct.Struct(f"<{COLUMNS}I").unpack
_BYTES: Final = 4 * COLUMNS
_NAMES: Final = {character: idea for idea, character in PATTERNS.characters.items()}
START: Final = "^"
"""Stands before the first word."""
_PIECES: Final = (3, 4, 5)
_DULL: Final = dict.fromkeys(map(ord, PATTERNS.ideas_of("WORD|COMMA")))
"""What says nothing by itself."""
_ADDRESS: Final = dict.fromkeys(
    map(
        ord,
        PATTERNS.ideas_of(
            "PLACE|NUM|LOW_NUM|HIGH_NUM|COUNT|HOUSE|AREA|LANE|BLOCK|ROAD|WORD|COMMA|STOP|SE|KI|ME|PE|IS|GREET|TALK"
        ),
    )
)
"""What an address is made of, and what may be said around it."""
_LENGTHS: Final = ((1, "words 1"), (2, "words 2"), (3, "words 3"), (4, "words 4"), (14, "words 5"), (10**6, "words 15"))
"""Numbers of words, up to and including a bound, that are one feature."""
_MANY_IDEAS: Final = 3


@lru_cache(1)
def _rows() -> list[int]:
    packed = FILE.read_bytes()
    if hashlib.sha256(packed).hexdigest() != MODEL_SHA256:
        raise ValueError(f"{FILE.name} is not the model that this version was made with: train it again")
    weights = zlib.decompress(packed)
    return [
        int.from_bytes(
            struct.pack(f"<{COLUMNS}I", *((weight ^ _BIAS) for weight in weights[at : at + COLUMNS])), "little"
        )
        for at in range(0, ROWS * COLUMNS, COLUMNS)
    ]


def row_of(feature: str) -> int:
    """The row of a feature."""
    return zlib.crc32(feature.encode()) % ROWS


def word_features(key: str) -> Iterator[str]:
    """The features of one word: its key, and each piece of it."""
    yield f"w {key}"
    marked = f"^{key}$"
    for length in _PIECES:
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


def pair_feature(first: str, second: str) -> str:
    """The feature of two keys in a row."""
    return f"{first} {second}"


def idea_feature(ideas: str) -> str:
    """The feature of one idea, or of two in a row, given as their characters."""
    return "i " + " ".join(_NAMES[idea] for idea in ideas)


def apart_feature(ideas: str) -> str:
    """The feature of two ideas with one in between."""
    return f"i {_NAMES[ideas[0]]} * {_NAMES[ideas[1]]}"


def ideas_together(ideas: str) -> list[str]:
    """Each idea and each two in a row, and again each two in a row where what says nothing is left out."""
    said = ideas.translate(_DULL)
    return [*ideas, *map(add, ideas, ideas[1:]), *map(add, said, said[1:])]


def ideas_apart(ideas: str) -> list[str]:
    """Each two ideas with one in between, where what says nothing is left out."""
    said = ideas.translate(_DULL)
    return list(map(add, said, said[2:]))


def shape_of(keys: list[str], ideas: str) -> tuple[str, ...]:
    """The features of a text's shape: one that all texts have, how many ideas say something, how many words there are,
    and whether nothing but an address may be said."""
    said = len(ideas.translate(_DULL))
    words = next(name for bound, name in _LENGTHS if len(keys) <= bound)
    shape = ("any text", f"ideas {min(said, _MANY_IDEAS)}", words)
    return shape if ideas.translate(_ADDRESS) else (*shape, "address")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model takes a text for: of each category, in the order of CATEGORIES, the log-probability but for one
    number that all have in common, and the log-odds of danger."""

    categories: list[float]
    danger: float


def opinion_of(keys: list[str], ideas: str) -> Opinion:
    """The model's opinion of a text, given as the phonetic keys of its words and as its ideas."""
    together, apart = ideas_together(ideas), ideas_apart(ideas)
    words = list(map(_of_word, keys))
    total = sum(weights for weights, _ in words)
    shape = shape_of(keys, ideas)
    total += sum(map(_of_pair, [START, *keys], keys)) + sum(map(_of_ideas, together)) + sum(map(_of_apart, apart))
    total += _of_shape(shape)
    count = sum(number for _, number in words) + len(keys) + len(together) + len(apart) + len(shape)
    sums = _UNPACK(total.to_bytes(_BYTES, "little"))
    zero = _BIAS * count
    scores = [(field - zero) / STEPS for field in sums]
    return Opinion(scores[:-1], scores[-1])


@lru_cache(1 << 15)
def _of_word(key: str) -> tuple[int, int]:
    rows = _rows()
    indices = [row_of(feature) for feature in word_features(key)]
    return sum(rows[index] for index in indices), len(indices)


@lru_cache(1 << 15)
def _of_pair(first: str, second: str) -> int:
    return _rows()[row_of(pair_feature(first, second))]


@lru_cache(1 << 15)
def _of_ideas(ideas: str) -> int:
    return _rows()[row_of(idea_feature(ideas))]


@lru_cache(1 << 15)
def _of_apart(ideas: str) -> int:
    return _rows()[row_of(apart_feature(ideas))]


@lru_cache(1 << 8)
def _of_shape(shape: tuple[str, ...]) -> int:
    rows = _rows()
    return sum(rows[row_of(feature)] for feature in shape)
