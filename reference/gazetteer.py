"""The names of places in a pack, and what each stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reference.names import words
from reference.network import Node, NodePath, common_path
from schemas.reference import Tables


class PlaceKind(StrEnum):
    """What a name names, in the order in which it counts: people name places, not feeders."""

    LOCALITY = "locality"
    SUBSTATION = "substation"
    FEEDER = "feeder"


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for.

    `path` leads to the deepest node that feeds all of it, and is NOWHERE when its nodes share none. `shared_name`:
    several places of this kind have this name; `node_ids` are those of all of them.
    """

    name: str
    kind: PlaceKind
    path: NodePath
    node_ids: tuple[str, ...]
    pincode: str
    verified: bool
    shared_name: bool


class _Entry(NamedTuple):
    name: str
    kind: PlaceKind
    node_ids: tuple[str, ...]
    pincode: str
    verified: bool


class Gazetteer:
    """The names of a pack: localities with their aliases, substations and feeders with theirs.

    Names match when their `names.key` is equal. Where a locality, a substation and a feeder have one name, the locality
    is meant, then the substation, then the feeder.
    """

    def __init__(self, tables: Tables, nodes: Mapping[str, Node]) -> None:
        entries: dict[str, list[_Entry]] = defaultdict(list)
        spellings: dict[tuple[str, ...], None] = {}
        for entry, names in _entries(tables):
            parted = [tuple(parts) for name in names if (parts := words(name))]
            spellings.update(dict.fromkeys(parted))
            for key in {"".join(parts) for parts in parted}:
                entries[key].append(entry)
        self._places = {key: _place(found, nodes) for key, found in entries.items()}
        self.names = tuple((parts, self._places["".join(parts)]) for parts in spellings)
        """Every name and alias as its words (`names.words`), and what it stands for."""

    def place(self, name: str) -> Place | None:
        """The place whose name or alias is `name` as a whole, or None."""
        return self._places.get("".join(words(name)))


def _entries(tables: Tables) -> Iterable[tuple[_Entry, tuple[str, ...]]]:
    for row in tables.localities:
        entry = _Entry(row.locality, PlaceKind.LOCALITY, row.node_ids, row.pincode, row.verified)
        yield entry, (row.locality, *row.aliases)
    for substation in tables.substations:
        entry = _Entry(substation.name_en, PlaceKind.SUBSTATION, (substation.substation_id,), "", True)
        yield entry, (substation.name_en, substation.name_hi, *substation.aliases)
    for feeder in tables.feeders:
        entry = _Entry(feeder.name, PlaceKind.FEEDER, (feeder.feeder_id,), "", True)
        yield entry, (feeder.name, *feeder.aliases)


def _place(entries: list[_Entry], nodes: Mapping[str, Node]) -> Place:
    kind = min((entry.kind for entry in entries), key=list(PlaceKind).index)
    same = [entry for entry in entries if entry.kind is kind]
    node_ids = tuple(dict.fromkeys(node_id for entry in same for node_id in entry.node_ids))
    first = same[0]
    return Place(
        name=first.name,
        kind=kind,
        path=common_path(nodes[node_id].path for node_id in node_ids),
        node_ids=node_ids,
        pincode=first.pincode if all(entry.pincode == first.pincode for entry in same) else "",
        verified=all(entry.verified for entry in same),
        shared_name=len(same) > 1,
    )
