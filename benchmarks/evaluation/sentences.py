"""The labelled sentences of `tests/data`, as `tests/data/README.md` describes them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from schemas.vocabulary import HAZARD_CATEGORIES

DATA: Final = Path(__file__).resolve().parents[2] / "tests" / "data"
COMPLAINTS: Final = "complaints.tsv"
DEV: Final = "dev.tsv"
"""What changes are chosen by: read while tuning, never trained on."""
PHRASES: Final = "phrases.tsv"
TRAINING_ONLY: Final = (
    PHRASES,
    "sentences.tsv",
    "sentences_2.tsv",
    "sentences_3.tsv",
    "sentences_4.tsv",
    "sentences_5.tsv",
    "wordings.tsv",
)
"""Files that are for training as a whole."""


def sentences(name: str) -> list[dict[str, str]]:
    """The rows of one file."""
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(name: str) -> list[dict[str, str]]:
    """The rows of `complaints.tsv` on one side of the split, `train` or `test`."""
    return [row for row in sentences(COMPLAINTS) if row["split"] == name]


def training() -> list[dict[str, str]]:
    """All rows but those of the test split: what the model that is measured is trained on."""
    return [*split("train"), *(row for name in TRAINING_ONLY for row in sentences(name))]


def labelled() -> list[dict[str, str]]:
    """All rows, the test split too: what the model that is shipped is trained on."""
    return [*training(), *split("test")]


def is_hazard(row: dict[str, str]) -> bool:
    """Whether a sentence is a danger; where the file does not say so, by its category."""
    return row["hazard"] == "1" if "hazard" in row else row["category"] in HAZARD_CATEGORIES
