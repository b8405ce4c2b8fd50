"""Completing a pack with made transformers and consumers, for rehearsals, load tests and simulated cities.

Everything follows from the seed: the same pack, seed and sizes give the same bytes. Nothing here is a fact about a real
network; the few figures that are have their source beside them.
"""

from __future__ import annotations

import gzip
import math
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from reference.network import nodes_of
from reference.pack import CONSUMERS, CONSUMERS_PACKED, checked, pack_files
from reference.tables import FEEDERS, SUBSTATIONS, TRANSFORMERS
from reference.writing import csv_lines, csv_text
from schemas.reference import Consumer, Feeder, FeederKind, Locality, Substation, Tables, Transformer, columns_of

CONSUMERS_OF_KANPUR: Final = 700_000
"""Over seven lakh connections (etvbharat.com, January 2026)."""
TRANSFORMERS_OF_KANPUR: Final = 7_000
"""Distribution transformers (Hindustan Times, June 2023)."""

_FEEDER_WEIGHT: Final = {FeederKind.URBAN: 1.0, FeederKind.RURAL: 0.6, FeederKind.INDUSTRIAL: 0.35}
_SKEW: Final = 0.5
"""Standard deviation of the logarithm of the consumers below a transformer."""
_SMALL_KVA, _LARGE_KVA, _LARGE_FROM_CONSUMERS = 250.0, 400.0, 110
"""Sizes of distribution transformers in Kanpur (fourthindia.in)."""
_REACH_DEGREES: Final = 0.013
"""How far from its substation a transformer stands at most, about 1.4 km: neighbours are 2-3 km apart."""

_ACCOUNTS: Final = 10**10
_OLD_ACCOUNTS: Final = 10**8
_MOBILES: Final = 4 * 10**9
_FIRST_MOBILE: Final = 6 * 10**9
_STRIDE: Final = 7_236_067_977
"""Coprime to 10, so that position * stride runs through all numbers of a size once, and neighbours lie far apart."""

_OLD_SHARE: Final = 0.85
_PHONE_MISSING: Final = 0.08
_PHONE_OF_NEIGHBOUR: Final = 0.12
"""Upper end: from 0.08 a connection has the phone of the one before it below the same transformer."""
_PHONE_OF_STRANGER: Final = 0.122
"""Upper end: from 0.12 it has the phone of a connection somewhere else, as when a contractor left his own."""
_NEEDS: Final = ((0.0003, "life_support"), (0.0005, "hospital"), (0.0006, "water_works"))
_KINDS: Final = {
    FeederKind.URBAN: ((0.86, "residential"), (1.0, "commercialIndustrial")),
    FeederKind.RURAL: ((0.85, "residential"), (0.95, "residentialFarmService"), (1.0, "commercialIndustrial")),
    FeederKind.INDUSTRIAL: ((0.25, "residential"), (1.0, "commercialIndustrial")),
}
"""CIM `CustomerKind` and the upper end of its share; in the city 14 % are no homes (inextlive.com, 2022: over 80,000
commercial and about 15,000 power connections of 6.6 lakh)."""


def complete_pack(
    source_folder: Path,
    out_folder: Path,
    seed: int,
    consumers: int = CONSUMERS_OF_KANPUR,
    transformers: int = TRANSFORMERS_OF_KANPUR,
) -> None:
    """Write to the new folder `out_folder` the pack in `source_folder` with that many consumers and transformers.

    Transformers that the pack already has are kept, and `transformers` is then of no account; consumers that it has are
    not. The numbers of consumers in all files agree. The folder appears whole or not at all, and only its owner may
    read it. Raises PackInvalid when the source has an error, FileExistsError when `out_folder` is there, ValueError
    when a size is below 1.
    """
    if consumers < 1 or transformers < 1:
        raise ValueError("consumers and transformers must be at least 1")
    files = pack_files(source_folder)
    files.pop(CONSUMERS, None)
    tables = checked(files).tables
    if out_folder.exists():
        raise FileExistsError(f"{out_folder} is there already")
    shares = _feeder_shares(tables)
    rows = tables.transformers or tuple(_transformers(tables, shares, transformers, _random(seed, "transformers")))
    rows = _with_consumers(rows, shares, tables, consumers, _random(seed, "sizes"))
    tables = _with_counts(replace(tables, transformers=rows))
    files[SUBSTATIONS.file] = csv_text(Substation, tables.substations).encode()
    files[FEEDERS.file] = csv_text(Feeder, tables.feeders).encode()
    files[TRANSFORMERS.file] = csv_text(Transformer, tables.transformers).encode()
    out_folder.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=".new-", dir=out_folder.parent))
    try:
        for name, data in files.items():
            (workspace / name).write_bytes(data)
        consumers_file = workspace / CONSUMERS_PACKED
        consumers_file.touch(mode=0o600)
        with consumers_file.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as packed:
            for part in _consumer_lines(tables, _random(seed, "consumers")):
                packed.write(part.encode())
        workspace.rename(out_folder)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _random(seed: int, purpose: str) -> Random:
    return Random(f"{seed} {purpose}")  # noqa: S311 - rehearsal data, no secrets


def _feeder_shares(tables: Tables) -> dict[str, float]:
    """Each feeder's share of all consumers: substations as they state (else the mean), within them by kind."""
    stated = [row.consumers for row in tables.substations if row.consumers]
    mean = sum(stated) / len(stated) if stated else 1.0
    size = {row.substation_id: row.consumers or mean for row in tables.substations}
    within: dict[str, float] = defaultdict(float)
    for feeder in tables.feeders:
        within[feeder.substation_id] += _FEEDER_WEIGHT[feeder.kind]
    total = sum(size[substation_id] for substation_id in within)
    return {
        row.feeder_id: size[row.substation_id] / total * _FEEDER_WEIGHT[row.kind] / within[row.substation_id]
        for row in tables.feeders
    }


def _apportioned(total: int, weights: Sequence[float], at_least: int) -> list[int]:
    """Whole numbers in proportion to `weights` that add up to `total` (largest remainders), each at least `at_least`
    where the total allows."""
    floor = at_least if total >= at_least * len(weights) else 0
    rest = total - floor * len(weights)
    scale = rest / math.fsum(weights)
    parts = [int(weight * scale) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (parts[at] - weights[at] * scale, at))
    for at in by_remainder[: rest - sum(parts)]:
        parts[at] += 1
    return [part + floor for part in parts]


def _transformers(tables: Tables, shares: Mapping[str, float], total: int, random: Random) -> Iterator[Transformer]:
    taken = set(nodes_of(tables))
    substations = {row.substation_id: row for row in tables.substations}
    numbers = _apportioned(total, [shares[row.feeder_id] for row in tables.feeders], at_least=1)
    for feeder, number in zip(tables.feeders, numbers, strict=True):
        above = substations[feeder.substation_id]
        heading = random.random() * 2 * math.pi
        for at in range(1, number + 1):
            node_id = f"T-{feeder.feeder_id.removeprefix('F-')}-{at:02d}"
            while node_id in taken:
                node_id = f"T-{node_id}"
            taken.add(node_id)
            latitude, longitude = _position(above, heading, at / number, random)
            name = f"{feeder.name} transformer {at}"
            yield Transformer(node_id, feeder.feeder_id, name, _SMALL_KVA, latitude, longitude, 0)


def _position(
    substation: Substation, heading: float, along: float, random: Random
) -> tuple[float | None, float | None]:
    """A point `along` (0-1) a feeder that leaves its substation towards `heading` (radians); None where it has none."""
    sideways, stretch = random.random() - 0.5, 0.5 + 0.5 * random.random()
    if substation.latitude is None or substation.longitude is None:
        return None, None
    angle, distance = heading + sideways, _REACH_DEGREES * along * stretch
    north, east = distance * math.cos(angle), distance * math.sin(angle)
    narrower = math.cos(math.radians(substation.latitude))
    return round(substation.latitude + north, 5), round(substation.longitude + east / narrower, 5)


def _with_consumers(
    rows: Sequence[Transformer], shares: Mapping[str, float], tables: Tables, total: int, random: Random
) -> tuple[Transformer, ...]:
    """The transformers with their consumers, skewed about the share of their feeder, and a fitting size where made."""
    below: dict[str, int] = defaultdict(int)
    for row in rows:
        below[row.feeder_id] += 1
    weights = [shares[row.feeder_id] / below[row.feeder_id] * math.exp(_SKEW * _normal(random)) for row in rows]
    made = not tables.transformers
    return tuple(
        replace(
            row,
            consumers=number,
            capacity_kva=_LARGE_KVA if made and number >= _LARGE_FROM_CONSUMERS else row.capacity_kva,
        )
        for row, number in zip(rows, _apportioned(total, weights, at_least=1), strict=True)
    )


def _normal(random: Random) -> float:
    """Standard normal by Box and Muller, from `random()` alone, whose sequence Python keeps the same for ever."""
    return math.sqrt(-2 * math.log(1 - random.random())) * math.cos(2 * math.pi * random.random())


def _with_counts(tables: Tables) -> Tables:
    """The tables with the consumers of feeders and substations summed up from the transformers."""
    feeders: dict[str, int] = defaultdict(int)
    for transformer in tables.transformers:
        feeders[transformer.feeder_id] += transformer.consumers
    substations: dict[str, int] = defaultdict(int)
    for feeder in tables.feeders:
        substations[feeder.substation_id] += feeders[feeder.feeder_id]
    return replace(
        tables,
        feeders=tuple(replace(row, consumers=feeders[row.feeder_id]) for row in tables.feeders),
        substations=tuple(replace(row, consumers=substations[row.substation_id]) for row in tables.substations),
    )


class _Numbers(NamedTuple):
    """Where the account numbers, old account numbers and phones of a seed begin."""

    account: int
    old_account: int
    phone: int

    def phone_of(self, position: int) -> str:
        return f"+91{_FIRST_MOBILE + (self.phone + position * _STRIDE) % _MOBILES}"


def _consumer_lines(tables: Tables, random: Random) -> Iterator[str]:
    """The text of consumers.csv, transformer by transformer."""
    yield csv_lines([columns_of(Consumer)])
    numbers = _Numbers(*(int(random.random() * size) for size in (_ACCOUNTS, _OLD_ACCOUNTS, _MOBILES)))
    kinds = {row.feeder_id: row.kind for row in tables.feeders}
    places = _places_by_transformer(tables)
    position = 0
    for row in tables.transformers:
        here = places[row.transformer_id]
        place = here[int(random.random() * len(here))] if here else None
        cells = [row.transformer_id, place.locality, place.pincode] if place else [row.transformer_id, "", ""]
        yield _lines_below(
            csv_lines([cells]).rstrip("\n"), row.consumers, kinds[row.feeder_id], position, numbers, random
        )
        position += row.consumers


def _lines_below(
    where: str, consumers: int, feeder_kind: FeederKind, first: int, numbers: _Numbers, random: Random
) -> str:
    """The lines of the consumers below one transformer; `where` is its id, locality and PIN code as CSV."""
    draw, phone_of, kinds = random.random, numbers.phone_of, _KINDS[feeder_kind]
    lines = []
    for position in range(first, first + consumers):
        account = f"{(numbers.account + position * _STRIDE) % _ACCOUNTS:010d}"
        old = f"{(numbers.old_account + position * _STRIDE) % _OLD_ACCOUNTS:08d}" if draw() < _OLD_SHARE else ""
        chance = draw()
        if chance >= _PHONE_OF_STRANGER:
            phone = phone_of(position)
        elif chance < _PHONE_MISSING:
            phone = ""
        elif chance < _PHONE_OF_NEIGHBOUR:
            phone = phone_of(max(position - 1, first))
        else:
            phone = phone_of(int(draw() * (position + 1)))
        chance = draw()
        need = "none" if chance >= _NEEDS[-1][0] else next(word for upto, word in _NEEDS if chance < upto)
        chance = draw()
        kind = next(word for upto, word in kinds if chance < upto)
        lines.append(f"{account},{old},{phone},{where},{need},{kind}\n")
    return "".join(lines)


def _places_by_transformer(tables: Tables) -> dict[str, list[Locality]]:
    """The localities that a transformer may feed: those of itself, else of its feeder, else of its substation."""
    places: dict[str, list[Locality]] = defaultdict(list)
    for row in tables.localities:
        for node_id in row.node_ids:
            places[node_id].append(row)
    nodes = nodes_of(tables)
    return {
        row.transformer_id: next(
            (places[node_id] for node_id in reversed(nodes[row.transformer_id].path) if node_id in places), []
        )
        for row in tables.transformers
    }
