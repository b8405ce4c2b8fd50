"""Which transformers stand near a point, and what is no position."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.lookup import Reference
from reference.network import Node, NodePath
from reference.pack import read_pack
from reference.positions import REACH_METRES, PointFault, Positions
from schemas.reference import DefaultPoint
from schemas.vocabulary import NodeKind
from tests.reference import KANPUR

EARTH_METRES = 6_371_009.0


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points (haversine)."""
    north, east, other_north, other_east = map(math.radians, (*one, *other))
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(half))


@settings(deadline=None)
@given(st.floats(24.55, 24.65), st.floats(73.65, 73.75))
def test_near_is_what_a_great_circle_says(town: Reference, latitude: float, longitude: float) -> None:
    expected = {
        node.node_id: metres
        for node in town.nodes.values()
        if node.kind is NodeKind.TRANSFORMER and node.latitude and node.longitude
        if (metres := great_circle((latitude, longitude), (node.latitude, node.longitude))) <= REACH_METRES
    }
    found = {near.path.transformer_id: near.metres for near in town.transformers_near(latitude, longitude)}
    assert all(abs(found.get(node_id, REACH_METRES) - metres) < 2 for node_id, metres in expected.items())
    assert all(node_id in expected or metres > REACH_METRES - 2 for node_id, metres in found.items())
    assert list(found.values()) == sorted(found.values())


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_has_an_answer(town: Reference, latitude: float, longitude: float) -> None:
    if town.point_fault(latitude, longitude) is not None:
        assert town.transformers_near(latitude, longitude) == []


@pytest.mark.parametrize(
    ("point", "fault"),
    [
        ((24.5806, 73.6816), None),
        ((0.0, 0.0), PointFault.ZERO),
        ((73.6816, 24.5806), PointFault.SWAPPED),
        ((26.45, 80.35), PointFault.OUTSIDE_AREA),
        ((-24.58, 73.68), PointFault.OUTSIDE_AREA),
    ],
)
def test_what_is_no_position(town: Reference, point: tuple[float, float], fault: PointFault | None) -> None:
    assert town.point_fault(*point) is fault


def test_a_point_of_many_places_is_no_position() -> None:
    point = DefaultPoint(24.58, 73.68, "the head post office")
    nodes = [Node("t", NodeKind.TRANSFORMER, "T", NodePath("i", "s", "f", "t"), latitude=24.5801, longitude=73.68)]
    positions = Positions(nodes, [point])
    assert positions.fault(24.58002, 73.68001) is PointFault.DEFAULT_POINT
    assert positions.fault(24.581, 73.68) is None


def test_a_pack_without_positions_has_no_area() -> None:
    assert Positions([], []).fault(26.45, 80.35) is PointFault.OUTSIDE_AREA


def test_the_shipped_pack_knows_where_its_post_offices_are_heaped() -> None:
    assert (26.47356, 80.35069) in {(row.latitude, row.longitude) for row in read_pack(KANPUR).tables.default_points}


def test_pincodes(town: Reference) -> None:
    assert town.pincode("313001").node_id == "in1"
    assert town.pincode("313009").node_id == "" and town.pincode("999999").node_id == ""
