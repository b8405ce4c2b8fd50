"""Which transformers stand near a point: a grid over their positions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from reference.network import Node, NodePath
from schemas.reference import DefaultPoint
from schemas.vocabulary import NodeKind

REACH_METRES: Final = 500.0
"""A transformer further away than this is not near. In a city a transformer stands every 200 to 300 m."""
_METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on a sphere of the mean radius 6,371,009 m (IUGG)."""
_MARGIN_DEGREES: Final = 0.05
"""What lies further outside the positions of the pack, about 5 km, is not in its area."""
_DEFAULT_POINT_METRES: Final = 25.0
"""So near a default point is on it: it may have been rounded to four decimals."""


class PointFault(StrEnum):
    """Why a pair of degrees is no position."""

    ZERO = "zero"
    SWAPPED = "swapped"
    OUTSIDE_AREA = "outside_area"
    DEFAULT_POINT = "default_point"


class Near(NamedTuple):
    """A transformer near a point."""

    metres: float
    path: NodePath


class Positions:
    """The positions of a pack. Without any no point lies in its area."""

    def __init__(self, nodes: Iterable[Node], default_points: Iterable[DefaultPoint]) -> None:
        placed = [(node, node.latitude, node.longitude) for node in nodes]
        known = [(node, north, east) for node, north, east in placed if north is not None and east is not None]
        self._norths = _widened(north for _, north, _ in known)
        self._easts = _widened(east for _, _, east in known)
        self._metres_per_east = _METRES_PER_DEGREE * math.cos(math.radians(sum(self._norths) / 2))
        self._default_points = tuple((point.latitude, point.longitude) for point in default_points)
        self._cells: dict[tuple[int, int], list[tuple[float, float, NodePath]]] = defaultdict(list)
        for node, north, east in known:
            if node.kind is NodeKind.TRANSFORMER:
                x, y = self._metres(north, east)
                self._cells[_cell(x, y)].append((x, y, node.path))

    def fault(self, latitude: float, longitude: float) -> PointFault | None:
        """Why these degrees are no position of a complaint here, or None."""
        if abs(latitude) < 1e-3 and abs(longitude) < 1e-3:
            return PointFault.ZERO
        if not self._inside(latitude, longitude):
            return PointFault.SWAPPED if self._inside(longitude, latitude) else PointFault.OUTSIDE_AREA
        x, y = self._metres(latitude, longitude)
        for point in self._default_points:
            other_x, other_y = self._metres(*point)
            if math.hypot(x - other_x, y - other_y) <= _DEFAULT_POINT_METRES:
                return PointFault.DEFAULT_POINT
        return None

    def near(self, latitude: float, longitude: float) -> list[Near]:
        """The transformers within REACH_METRES of a point, the nearest first."""
        x, y = self._metres(latitude, longitude)
        column, row = _cell(x, y)
        found = [
            Near(metres, path)
            for across in (column - 1, column, column + 1)
            for along in (row - 1, row, row + 1)
            for other_x, other_y, path in self._cells.get((across, along), ())
            if (metres := math.hypot(x - other_x, y - other_y)) <= REACH_METRES
        ]
        found.sort()
        return found

    def _inside(self, latitude: float, longitude: float) -> bool:
        return self._norths[0] <= latitude <= self._norths[1] and self._easts[0] <= longitude <= self._easts[1]

    def _metres(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Metres east and north on a plane; over a city the error against the sphere is below one in a thousand."""
        return longitude * self._metres_per_east, latitude * _METRES_PER_DEGREE


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / REACH_METRES), math.floor(y / REACH_METRES)


def _widened(degrees: Iterable[float]) -> tuple[float, float]:
    values = list(degrees)
    return (min(values) - _MARGIN_DEGREES, max(values) + _MARGIN_DEGREES) if values else (1.0, -1.0)
