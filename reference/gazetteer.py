"""Finding places by name: whole names, and names within a running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from reference.names import words
from reference.network import Node, NodePath, common_path
from schemas.reference import Tables

_GENERAL_LATIN: Final = ("block", "sector", "phase", "road", "main", "new", "old", "feeder", "line", "gali", "colony")
_GENERAL_DEVANAGARI: Final = (
    "ब्लाक",
    "ब्लॉक",
    "सेक्टर",
    "फेज",
    "रोड",
    "मेन",
    "नई",
    "नया",
    "फीडर",
    "लाइन",
    "गली",
    "कालोनी",
    "कॉलोनी",
)
_GENERAL_WORDS: Final = frozenset({*_GENERAL_LATIN, *_GENERAL_DEVANAGARI})
_MIN_LATIN: Final = 4
_MIN_DEVANAGARI: Final = 3
"""A name counts within a running text only when one of its words has so many characters and is not a general one:
"D Block" is in every part of a city, and "hal" (HAL) is also Hindi for a solution."""


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


class NamedPlace(NamedTuple):
    """A place named in a running text, by the words `start` to `end` (excluded) of `names.words(text)`."""

    place: Place
    start: int
    end: int


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
        distinctive: set[str] = set()
        for entry, names in _entries(tables):
            spellings = [parts for name in names if (parts := words(name))]
            distinctive.update("".join(parts) for parts in spellings if _is_distinctive(parts))
            for key in {"".join(parts) for parts in spellings}:
                entries[key].append(entry)
        self._places = {key: _place(found, nodes) for key, found in entries.items()}
        self._in_text = {key: self._places[key] for key in distinctive}
        self._beginnings = {key[:length] for key in distinctive for length in range(1, len(key) + 1)}

    def place(self, name: str) -> Place | None:
        """The place whose name or alias is `name` as a whole, or None."""
        return self._places.get("".join(words(name)))

    def places_in(self, text: str) -> tuple[NamedPlace, ...]:
        """The places named in a running text, in its order; of names that overlap the longest counts."""
        tokens = words(text)
        found: list[tuple[int, int, int, Place]] = []
        for start in range(len(tokens)):
            key = ""
            for end in range(start, len(tokens)):
                key += tokens[end]
                if key not in self._beginnings:
                    break
                if place := self._in_text.get(key):
                    found.append((-len(key), start, end + 1, place))
        found.sort(key=lambda match: match[:3])
        free = [True] * len(tokens)
        chosen: list[NamedPlace] = []
        for _, start, end, place in found:
            if all(free[start:end]):
                free[start:end] = [False] * (end - start)
                chosen.append(NamedPlace(place, start, end))
        return tuple(sorted(chosen, key=lambda named: named.start))


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


def _is_distinctive(parts: list[str]) -> bool:
    return any(
        len(part) >= (_MIN_LATIN if part.isascii() else _MIN_DEVANAGARI)
        and part not in _GENERAL_WORDS
        and not part.isdigit()
        for part in parts
    )
