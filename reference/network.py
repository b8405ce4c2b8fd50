"""The tree incomer > substation > feeder > transformer, and where a node stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from schemas.reference import FeederKind, Tables
from schemas.vocabulary import NodeKind

_KINDS = (NodeKind.INCOMER, NodeKind.SUBSTATION, NodeKind.FEEDER, NodeKind.TRANSFORMER)


class NodePath(NamedTuple):
    """The ids from the top of the tree down to a node; "" below it, and everywhere when the place is not known."""

    incomer_id: str = ""
    substation_id: str = ""
    feeder_id: str = ""
    transformer_id: str = ""

    @property
    def node_id(self) -> str:
        """The deepest id that is known, or ""."""
        return self.transformer_id or self.feeder_id or self.substation_id or self.incomer_id

    @property
    def kind(self) -> NodeKind | None:
        """The kind of the deepest node that is known, or None."""
        depth = sum(map(bool, self))
        return _KINDS[depth - 1] if depth else None


NOWHERE = NodePath()
"""The path of a place that is not known."""


def common_path(paths: Iterable[NodePath]) -> NodePath:
    """The path of the deepest node that all `paths` share; NOWHERE when they share none or there are none.

    Several feeders of one substation give the substation, substations of one incomer the incomer.
    """
    shared: list[str] = []
    for ids in zip(*paths, strict=True):
        if not ids[0] or any(node_id != ids[0] for node_id in ids):
            break
        shared.append(ids[0])
    return NodePath(*shared)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree. `consumers` is the stated number below it (0: not stated); degrees are WGS 84."""

    node_id: str
    kind: NodeKind
    name: str
    path: NodePath
    consumers: int = 0
    latitude: float | None = None
    longitude: float | None = None
    feeder_kind: FeederKind | None = None


def nodes_of(tables: Tables) -> Mapping[str, Node]:
    """Every node of a valid pack by its id: incomers, substations, feeders, transformers, in the order of the files."""
    nodes: dict[str, Node] = {}
    for incomer in tables.incomers:
        path = NodePath(incomer.incomer_id)
        nodes[incomer.incomer_id] = Node(incomer.incomer_id, NodeKind.INCOMER, incomer.name, path)
    for row in tables.substations:
        path = nodes[row.incomer_id].path._replace(substation_id=row.substation_id)
        nodes[row.substation_id] = Node(
            row.substation_id, NodeKind.SUBSTATION, row.name_en, path, row.consumers, row.latitude, row.longitude
        )
    for feeder in tables.feeders:
        path = nodes[feeder.substation_id].path._replace(feeder_id=feeder.feeder_id)
        nodes[feeder.feeder_id] = Node(
            feeder.feeder_id, NodeKind.FEEDER, feeder.name, path, feeder.consumers, feeder_kind=feeder.kind
        )
    for transformer in tables.transformers:
        above = nodes[transformer.feeder_id]
        path = above.path._replace(transformer_id=transformer.transformer_id)
        nodes[transformer.transformer_id] = Node(
            transformer.transformer_id,
            NodeKind.TRANSFORMER,
            transformer.name,
            path,
            transformer.consumers,
            transformer.latitude,
            transformer.longitude,
            above.feeder_kind,
        )
    return nodes
