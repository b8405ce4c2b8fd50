"""The network and the planned work of a reference pack, as the detector takes them."""

from __future__ import annotations

from insight.detector import Shutdown, Tree, tree_of
from reference.lookup import Reference


def network_of(reference: Reference) -> tuple[Tree, tuple[Shutdown, ...]]:
    """The tree and the planned shutdowns."""
    shutdowns = tuple(
        Shutdown(row.node_id, row.starts_at.timestamp(), row.ends_at.timestamp())
        for row in reference.tables.planned_outages
    )
    return tree_of(reference.nodes.values()), shutdowns
