"""The network as the detector walks it: small numbers for ids, parents before children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reference.network import Node
from schemas.vocabulary import NodeKind

KINDS: Final = (NodeKind.INCOMER, NodeKind.SUBSTATION, NodeKind.FEEDER, NodeKind.TRANSFORMER)
INCOMER, SUBSTATION, FEEDER, TRANSFORMER = range(4)
"""The depth of a kind in the tree; an index into KINDS."""

UNSTATED_CONSUMERS: Final = 100
"""For a transformer whose consumers are not stated. Ours: Kanpur has about 100 a transformer."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Every sequence is by node number; nodes lie in order of their depth. `parent` of an incomer is -1."""

    ids: tuple[str, ...]
    depth: tuple[int, ...]
    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    path: tuple[tuple[int, ...], ...]
    """The numbers from the incomer down to the node itself."""
    consumers: tuple[int, ...]
    number: dict[str, int]

    @property
    def city(self) -> int:
        """Consumers of the whole tree."""
        return sum(self.consumers[node] for node in range(len(self.ids)) if self.parent[node] < 0)

    def kind(self, node: int) -> NodeKind:
        """The kind of a node."""
        return KINDS[self.depth[node]]


def tree_of(nodes: Iterable[Node]) -> Tree:
    """The tree of a pack's nodes (`Reference.nodes.values()`), in any order; consumers are summed up from below."""
    ordered = sorted(nodes, key=lambda node: (KINDS.index(node.kind), node.node_id))
    number = {node.node_id: at for at, node in enumerate(ordered)}
    paths = tuple(tuple(number[node_id] for node_id in node.path if node_id) for node in ordered)
    consumers = [(node.consumers or UNSTATED_CONSUMERS) if node.kind is NodeKind.TRANSFORMER else 0 for node in ordered]
    children: list[list[int]] = [[] for _ in ordered]
    for at in range(len(ordered) - 1, -1, -1):
        if len(paths[at]) > 1:
            above = paths[at][-2]
            consumers[above] += consumers[at]
            children[above].append(at)
    return Tree(
        ids=tuple(node.node_id for node in ordered),
        depth=tuple(len(path) - 1 for path in paths),
        parent=tuple(path[-2] if len(path) > 1 else -1 for path in paths),
        children=tuple(tuple(sorted(below)) for below in children),
        path=paths,
        consumers=tuple(consumers),
        number=number,
    )
