"""Reference: everything that enrichment asks of the reference pack, answered from memory and one LMDB file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from reference.consumers import ConsumerStore, KnownConsumer, SharedPhone
from reference.gazetteer import Gazetteer, Place
from reference.network import NOWHERE, Node, NodePath, common_path
from reference.positions import Near, PointFault, Positions
from schemas.reference import ANY_AREA, FeederKind, PlannedOutage, ServiceLimit, Substation, Tables
from schemas.vocabulary import Category

_WIDER_AREAS: Final = {
    FeederKind.URBAN: (FeederKind.URBAN, ANY_AREA),
    FeederKind.RURAL: (FeederKind.RURAL, ANY_AREA),
    FeederKind.INDUSTRIAL: (FeederKind.INDUSTRIAL, FeederKind.URBAN, ANY_AREA),
}
"""Where a limit is looked for: the area class itself, then wider ones. Industrial feeders lie in the city."""
_NO_PINCODE: Final[tuple[NodePath, tuple[NodePath, ...]]] = (NOWHERE, ())


class Reference:
    """One version of the reference data; it never changes. Made by `prepared.open_prepared`."""

    def __init__(self, version: str, tables: Tables, nodes: Mapping[str, Node], consumers: ConsumerStore) -> None:
        self.version = version
        self.tables = tables
        self.nodes = nodes
        self._consumers = consumers
        self._substations = {row.substation_id: row for row in tables.substations}
        self._help_desks = tuple(row for row in tables.substations if row.help_desk)
        self._gazetteer = Gazetteer(tables, nodes)
        self._positions = Positions(nodes.values(), tables.default_points)
        pincodes: dict[str, list[NodePath]] = defaultdict(list)
        for row in tables.localities:
            if row.pincode:
                pincodes[row.pincode] += (nodes[node_id].path for node_id in row.node_ids)
        self._pincodes = {
            pincode: (common_path(paths), tuple(dict.fromkeys(paths))) for pincode, paths in pincodes.items()
        }
        self._limits = {(row.category, row.area_class): row for row in tables.service_limits}
        self._planned: dict[str, list[PlannedOutage]] = defaultdict(list)
        for planned in sorted(tables.planned_outages, key=lambda row: row.starts_at):
            self._planned[planned.node_id].append(planned)
        self._kinds: dict[str, set[FeederKind]] = defaultdict(set)
        for feeder in tables.feeders:
            path = nodes[feeder.feeder_id].path
            for node_id in path[: path.index(feeder.feeder_id) + 1]:
                self._kinds[node_id].add(feeder.kind)

    def node(self, node_id: str) -> Node | None:
        """The incomer, substation, feeder or transformer with this id, or None."""
        return self.nodes.get(node_id)

    def substation(self, substation_id: str) -> Substation | None:
        """The substation's row, or None."""
        return self._substations.get(substation_id)

    def help_desks(self) -> tuple[Substation, ...]:
        """The substations with a help desk, in the order of the file."""
        return self._help_desks

    def consumer_by_account(self, account_no: str) -> KnownConsumer | None:
        """The consumer with this new (10 digits) or old (8 digits) account number, or None."""
        return self._consumers.by_account(account_no)

    def consumer_by_phone(self, phone: str) -> KnownConsumer | SharedPhone | None:
        """The consumer with this E.164 phone; SharedPhone when several have it; None when nobody has."""
        return self._consumers.by_phone(phone)

    def locality(self, name: str) -> Place | None:
        """The place that `name` names as a whole (a form's locality field), or None."""
        return self._gazetteer.place(name)

    def place_names(self) -> tuple[tuple[tuple[str, ...], Place], ...]:
        """Every name and alias of a place as its words (`names.words`), and the place."""
        return self._gazetteer.names

    def pincode(self, pincode: str) -> NodePath:
        """The deepest node that feeds all localities with this PIN code; NOWHERE when they share none."""
        return self._pincodes.get(pincode, _NO_PINCODE)[0]

    def pincode_paths(self, pincode: str) -> tuple[NodePath, ...]:
        """The ways to all nodes that feed localities with this PIN code; empty when the pack does not know it."""
        return self._pincodes.get(pincode, _NO_PINCODE)[1]

    def point_fault(self, latitude: float, longitude: float) -> PointFault | None:
        """Why these degrees (WGS 84) are no position of a complaint in the area of this pack, or None."""
        return self._positions.fault(latitude, longitude)

    def transformers_near(self, latitude: float, longitude: float) -> list[Near]:
        """The transformers within `positions.REACH_METRES` of a point, the nearest first."""
        return self._positions.near(latitude, longitude)

    def planned_outage(self, path: NodePath, at: datetime) -> PlannedOutage | None:
        """The planned shutdown of a node of `path` that covers the time `at`, or None; the highest node counts."""
        for node_id in path:
            for planned in self._planned.get(node_id, ()):
                if planned.starts_at <= at < planned.ends_at:
                    return planned
        return None

    def area_class(self, path: NodePath) -> FeederKind:
        """The area class of a place: the kind of its feeder.

        Where only a substation or incomer is known: the kind that all its feeders have; urban when they differ or the
        place is not known, since the urban limits are the shorter ones.
        """
        kinds = self._kinds.get(path.feeder_id or path.node_id, set())
        return next(iter(kinds)) if len(kinds) == 1 else FeederKind.URBAN

    def service_limit(self, category: Category, area_class: FeederKind) -> ServiceLimit | None:
        """The limit for a category in an area class, else in the next wider one (industrial > urban > any), or None."""
        for area in _WIDER_AREAS[area_class]:
            if limit := self._limits.get((category, area)):
                return limit
        return None
