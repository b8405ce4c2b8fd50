"""The labelled sentences are sound: allowed labels, no family on both sides of the split, no row twice."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Final

import pytest

from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent
from stream_processors.enrichment import model
from stream_processors.enrichment.model_hash import MODEL_SHA256

DATA: Final = Path(__file__).resolve().parents[1] / "data"
LOCALITIES: Final = DATA.parents[1] / "deploy" / "reference" / "kanpur" / "localities.csv"
TEST_SHARE: Final = 102
"""Of 256: a family is for testing when the first byte of its hash is below this."""


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.tsv")))
def test_labels_are_the_contracts(name: str) -> None:
    found = rows(name)
    assert len({row["text"] for row in found}) == len(found)
    for row in found:
        category = Category(row["category"])
        assert row.get("hazard", "0") in ("0", "1")
        assert category not in HAZARD_CATEGORIES or row.get("hazard", "1") == "1", row["text"]
        extent = Extent(row.get("extent", "unknown"))
        assert extent is Extent.UNKNOWN or category in SUPPLY_CATEGORIES, row["text"]


def test_families_are_on_one_side_of_the_split() -> None:
    for row in rows("complaints.tsv"):
        first = hashlib.sha256(f"kanpur:{row['family']}".encode()).digest()[0]
        assert row["split"] == ("test" if first < TEST_SHARE else "train")


def test_no_sentence_for_training_is_one_for_testing() -> None:
    asked = {row["text"].casefold() for row in rows("complaints.tsv") if row["split"] == "test"}
    asked |= {row["text"].casefold() for row in rows("dev.tsv")}
    assert not asked & {row["text"].casefold() for row in rows("wordings.tsv")}


def test_places_are_the_packs() -> None:
    with LOCALITIES.open(encoding="utf-8") as file:
        names = {row["locality"] for row in csv.DictReader(file)}
    assert {row["place"] for row in rows("complaints.tsv")} <= names | {"-", "?"}


def test_the_model_is_the_one_of_this_version() -> None:
    assert hashlib.sha256(model.FILE.read_bytes()).hexdigest() == MODEL_SHA256
