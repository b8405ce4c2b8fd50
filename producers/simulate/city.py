"""The city that a simulation happens in: the nodes of a completed pack, and its customers."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reference.network import Node, nodes_of
from reference.pack import CONSUMERS, CONSUMERS_PACKED, checked, pack_files
from schemas.reference import Locality, Tables


class Customer(NamedTuple):
    """One row of the pack's consumers, as far as a caller knows it; an empty text where the pack has none."""

    account_no: str
    old_account_no: str
    phone: str
    transformer_id: str
    locality: str
    pincode: str
    kind: str


@dataclass(frozen=True, slots=True)
class City:
    """A pack that is complete: every transformer has its consumers."""

    folder: Path
    tables: Tables
    nodes: Mapping[str, Node]
    localities: Mapping[str, Locality]
    transformers_below: Mapping[str, tuple[str, ...]]
    """Every node's id to the ids of the transformers below it (itself, for a transformer); a feeder may have none."""

    @property
    def desks(self) -> frozenset[str]:
        """Substations with a help desk."""
        return frozenset(row.substation_id for row in self.tables.substations if row.help_desk)

    @property
    def consumers(self) -> int:
        """Connections in the city."""
        return sum(row.consumers for row in self.tables.transformers)


def read_tables(folder: Path) -> Tables:
    """Everything of a pack but its consumers. Raises PackInvalid."""
    files = pack_files(folder)
    files.pop(CONSUMERS, None)
    return checked(files).tables


def read_city(folder: Path) -> City:
    """The city of a completed pack. Raises PackInvalid."""
    tables = read_tables(folder)
    nodes = nodes_of(tables)
    below: dict[str, list[str]] = defaultdict(list)
    for row in tables.transformers:
        for node_id in nodes[row.transformer_id].path:
            below[node_id].append(row.transformer_id)
    return City(
        folder,
        tables,
        nodes,
        {row.locality: row for row in tables.localities},
        {node_id: tuple(below[node_id]) for node_id in nodes},
    )


class Customers(NamedTuple):
    """The customers that a simulation needs: all below some transformers, and some by their place in the file."""

    by_transformer: Mapping[str, list[Customer]]
    by_position: Mapping[int, Customer]


def read_customers(city: City, transformers: Collection[str], positions: Collection[int]) -> Customers:
    """One pass over the consumers of a pack; `positions` count them from 0."""
    by_transformer: dict[str, list[Customer]] = {transformer: [] for transformer in transformers}
    by_position = {}
    with gzip.open(city.folder / CONSUMERS_PACKED, "rb") as packed:
        for position, customer in enumerate(_rows(packed)):
            if customer.transformer_id in by_transformer:
                by_transformer[customer.transformer_id].append(customer)
            if position in positions:
                by_position[position] = customer
    return Customers(by_transformer, by_position)


def _rows(packed: gzip.GzipFile) -> Iterable[Customer]:
    rows = csv.reader(io.TextIOWrapper(packed, "utf-8", newline=""))
    header = next(rows)
    at = [header.index(name) for name in Customer._fields]
    for row in rows:
        yield Customer(*[row[column] for column in at])
