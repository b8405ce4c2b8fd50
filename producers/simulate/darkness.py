"""What customers see of faults: below each transformer, from when to when it was dark, and by what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from producers.simulate.city import City
from producers.simulate.faults import Fault


class Darkness(NamedTuple):
    """A time without supply below one transformer; several faults may make it up. Times are moments of the span."""

    starts: float
    ends: float
    faults: tuple[Fault, ...]

    def fault_at(self, moment: float) -> Fault:
        """What keeps it dark at a moment: of several the one that does so longest."""
        here = [fault for fault in self.faults if fault.starts <= moment] or self.faults[:1]
        return max(here, key=lambda fault: fault.ends)


def darknesses(city: City, faults: Iterable[Fault]) -> Mapping[str, list[Darkness]]:
    """The dark times of every transformer that has any, in order."""
    pieces: dict[str, list[Darkness]] = defaultdict(list)
    for fault in faults:
        for transformer in city.transformers_below[fault.node_id]:
            pieces[transformer].append(Darkness(fault.starts, fault.back.get(transformer, fault.ends), (fault,)))
    return {transformer: _merged(found) for transformer, found in pieces.items()}


def _merged(pieces: list[Darkness]) -> list[Darkness]:
    merged: list[Darkness] = []
    for piece in sorted(pieces, key=lambda piece: piece[:2]):
        if merged and piece.starts <= merged[-1].ends:
            last = merged[-1]
            merged[-1] = Darkness(last.starts, max(last.ends, piece.ends), last.faults + piece.faults)
        else:
            merged.append(piece)
    return merged
