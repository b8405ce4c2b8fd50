"""The pack in use as rows of ClickHouse, so that queries can give names, sizes and limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from clickhouse_driver import Client

from insight.detector.tree import UNSTATED_CONSUMERS
from reference.lookup import Reference
from schemas.vocabulary import NodeKind

_IN_USE: Final = "SELECT argMax(reference_version, loaded_at) FROM reference_loads"


def store_reference(client: Client, reference: Reference, loaded_at: datetime) -> bool:
    """Make a pack the newest in ClickHouse; False when it is so already.

    The line in `reference_loads` comes last: until then, and when this breaks off, readers see the former pack.
    `client` must be allowed to write the three tables of migration 0012. loaded_at: with an offset.
    """
    if client.execute(_IN_USE) == [(reference.version,)]:
        return False
    client.execute("INSERT INTO reference_nodes VALUES", list(_nodes(reference)))
    client.execute("INSERT INTO reference_limits VALUES", list(_limits(reference)))
    client.execute("INSERT INTO reference_loads VALUES", [(reference.version, loaded_at)])
    return True


def _nodes(reference: Reference) -> Iterator[tuple[Any, ...]]:
    consumers: Counter[str] = Counter()
    transformers: Counter[str] = Counter()
    children: Counter[str] = Counter()
    for node in reference.nodes.values():
        ids = [node_id for node_id in node.path if node_id]
        if len(ids) > 1:
            children[ids[-2]] += 1
        if node.kind is NodeKind.TRANSFORMER:
            transformers.update(ids)
            for node_id in ids:
                consumers[node_id] += node.consumers or UNSTATED_CONSUMERS
    substations = {row.substation_id: row for row in reference.tables.substations}
    for node in reference.nodes.values():
        ids = [node_id for node_id in node.path if node_id]
        substation = substations.get(node.node_id)
        yield (
            reference.version,
            node.node_id,
            node.kind.value,
            node.name,
            ids[-2] if len(ids) > 1 else "",
            *node.path,
            node.feeder_kind.value if node.feeder_kind else "",
            consumers[node.node_id] or node.consumers,
            transformers[node.node_id],
            children[node.node_id],
            node.latitude,
            node.longitude,
            bool(substation and substation.help_desk),
            substation.circle if substation else "",
            substation.division if substation else "",
        )


def _limits(reference: Reference) -> Iterator[tuple[Any, ...]]:
    for row in reference.tables.service_limits:
        yield (
            reference.version,
            row.category.value,
            row.area_class,
            row.limit_hours,
            row.compensation_rs,
            row.per.value,
            row.source,
            row.verified,
        )
