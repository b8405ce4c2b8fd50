"""Made consumers: the same for the same seed, in agreement with the pack, of any size."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.consumers import RECORD
from reference.maker import _apportioned, complete_pack
from reference.network import nodes_of
from reference.pack import Pack, read_pack
from tests.reference import KANPUR, RIVER_TOWN


def made(to: Path, source: Path = KANPUR, seed: int = 1, consumers: int = 20_000, transformers: int = 1_000) -> Pack:
    complete_pack(source, to, seed, consumers, transformers)
    return read_pack(to)


def rows_of(folder: Path) -> list[dict[str, str]]:
    with gzip.open(folder / "consumers.csv.gz", "rt", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def kanpur(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pack]:
    folder = tmp_path_factory.mktemp("made") / "pack"
    return folder, made(folder)


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path, kanpur: tuple[Path, Pack]) -> None:
    folder, _ = kanpur
    made(tmp_path / "same")
    made(tmp_path / "other", seed=2)
    for file in folder.iterdir():
        assert (tmp_path / "same" / file.name).read_bytes() == file.read_bytes()
    assert read_pack(tmp_path / "other").version != read_pack(folder).version


def test_the_numbers_of_consumers_agree(kanpur: tuple[Path, Pack]) -> None:
    _, pack = kanpur
    assert pack.notes == ()
    assert len(pack.consumers) == 20_000 and len(pack.tables.transformers) == 1_000
    nodes = list(nodes_of(pack.tables).values())
    counted: Counter[str] = Counter()
    for _, node, *_ in RECORD.iter_unpack(pack.consumers.records):
        counted.update(nodes[node].path)
    for node in nodes:
        if node.path.substation_id:
            assert node.consumers == counted[node.node_id]


def test_every_substation_and_feeder_has_transformers_and_their_sizes_are_skewed(kanpur: tuple[Path, Pack]) -> None:
    _, pack = kanpur
    assert {row.feeder_id for row in pack.tables.transformers} == {row.feeder_id for row in pack.tables.feeders}
    sizes = sorted(row.consumers for row in pack.tables.transformers)
    assert sizes[0] >= 1 and sizes[500] < sum(sizes) / 1_000 < sizes[-1] / 3


def test_a_consumer_lives_where_its_transformer_feeds(kanpur: tuple[Path, Pack]) -> None:
    folder, pack = kanpur
    nodes = nodes_of(pack.tables)
    feeds = {(row.locality, row.pincode): set(row.node_ids) for row in pack.tables.localities}
    rows = rows_of(folder)
    for row in rows:
        if row["locality"]:
            assert feeds[row["locality"], row["pincode"]] & set(nodes[row["transformer_id"]].path)
    assert sum(bool(row["locality"]) for row in rows) > len(rows) / 2


def test_accounts_phones_and_needs_are_as_in_a_city(kanpur: tuple[Path, Pack]) -> None:
    rows = rows_of(kanpur[0])
    phones = Counter(row["phone"] for row in rows)
    missing = phones.pop("")
    assert len({row["account_no"] for row in rows}) == len(rows)
    assert any(row["account_no"].startswith("0") for row in rows)
    assert 0.8 < sum(bool(row["old_account_no"]) for row in rows) / len(rows) < 0.9
    assert 0.05 < missing / len(rows) < 0.12
    assert 0.02 < sum(count for count in phones.values() if count > 1) / len(rows) < 0.15
    assert 0 < sum(row["special_need"] != "none" for row in rows) / len(rows) < 0.002


def test_transformers_of_the_pack_are_kept_and_its_consumers_are_not(tmp_path: Path) -> None:
    pack = made(tmp_path / "town", RIVER_TOWN, consumers=600)
    before = read_pack(RIVER_TOWN).tables
    assert [row.transformer_id for row in pack.tables.transformers] == [
        row.transformer_id for row in before.transformers
    ]
    assert [row.capacity_kva for row in pack.tables.transformers] == [row.capacity_kva for row in before.transformers]
    assert len(pack.consumers) == 600 and "0000000003" not in pack.consumers.accounts


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        complete_pack(RIVER_TOWN, tmp_path, 1)
    with pytest.raises(ValueError, match="at least 1"):
        complete_pack(RIVER_TOWN, tmp_path / "none", 1, consumers=0)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=50),
    st.integers(0, 3),
)
def test_apportioning_adds_up_and_is_fair(total: int, weights: list[float], at_least: int) -> None:
    parts = _apportioned(total, weights, at_least)
    floor = at_least if total >= at_least * len(weights) else 0
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        exact = floor + (total - floor * len(weights)) * weight / sum(weights)
        assert part >= floor and abs(part - exact) <= 1 + 1e-6
