"""The busiest nodes of the network: where distinct customers say that they have no supply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clickhouse_driver import Client

from schemas.vocabulary import SUPPLY_CATEGORIES, NodeKind

MAJORITY: Final = 0.6
"""A node is named by one child instead, when so many of the customers known to sit below a child sit below that one.
Ours; a way of showing."""

LEVELS: Final = (NodeKind.INCOMER, NodeKind.SUBSTATION, NodeKind.FEEDER, NodeKind.TRANSFORMER)

Path = tuple[str, ...]
"""Ids from the incomer down; as long as the node lies deep."""

_QUERY: Final = """
SELECT incomer_id, substation_id, feeder_id, transformer_id, uniqExact(customer_key)
FROM complaints_current
WHERE category IN %(categories)s AND NOT planned AND substation_id != ''
    AND received_at >= fromUnixTimestamp64Milli(%(since_ms)s)
GROUP BY incomer_id, substation_id, feeder_id, transformer_id
"""


@dataclass(frozen=True, slots=True)
class BusyNode:
    """One node and how many distinct customers below it complained about supply."""

    node_id: str
    kind: NodeKind
    path: Path
    customers: int


def busiest_nodes(client: Client, since: datetime, limit: int) -> list[BusyNode]:
    """The `limit` busiest nodes by complaints received since a time; planned shutdowns are left out.

    A customer is counted once at a place; one whose complaints were tied to several places counts at each.
    """
    categories = tuple(sorted(SUPPLY_CATEGORIES))
    rows = client.execute(_QUERY, {"categories": categories, "since_ms": int(since.timestamp() * 1000)})
    return busiest({(row[0], row[1], row[2], row[3]): row[4] for row in rows}, limit)


def busiest(customers: Mapping[tuple[str, str, str, str], int], limit: int) -> list[BusyNode]:
    """The busiest nodes, each place named once: by the finest node that holds most of the customers known so finely.

    It must hold half of all as well, so that a few known ones do not speak for many of whom nobody knows. Incomers are
    named by their substations. `customers` gives distinct customers by the path they were tied to, ids below what is
    known being empty.
    """
    totals: dict[Path, int] = defaultdict(int)
    for path, count in customers.items():
        known: Path = path[: path.index("")] if "" in path else path
        for depth in range(1, len(known) + 1):
            totals[known[:depth]] += count
    children: dict[Path, list[Path]] = defaultdict(list)
    for place in totals:
        children[place[:-1]].append(place)
    return _shown(children, totals)[:limit]


def _shown(children: Mapping[Path, Iterable[Path]], totals: Mapping[Path, int]) -> list[BusyNode]:
    found: list[BusyNode] = []
    waiting = list(children[()])
    while waiting:
        path = waiting.pop()
        below = sorted(children.get(path, ()), key=lambda child: totals[child], reverse=True)
        known = sum(totals[child] for child in below)
        if below and (len(path) == 1 or totals[below[0]] >= max(MAJORITY * known, totals[path] / 2)):
            waiting.extend(below)
        else:
            found.append(BusyNode(path[-1], LEVELS[len(path) - 1], path, totals[path]))
    return sorted(found, key=lambda node: (-node.customers, node.node_id))
