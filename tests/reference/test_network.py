"""The deepest node that paths share."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reference.lookup import Reference
from reference.network import NOWHERE, NodePath, common_path
from schemas.vocabulary import NodeKind


@st.composite
def paths(draw: st.DrawFn) -> NodePath:
    """A path in a tree of two incomers, each node with two children: an id holds the ids above it."""
    depth = draw(st.integers(0, 4))
    turns = draw(st.lists(st.sampled_from("ab"), min_size=depth, max_size=depth))
    return NodePath(*("".join(turns[: level + 1]) for level in range(depth)))


def is_above(above: NodePath, below: NodePath) -> bool:
    return all(one in ("", other) for one, other in zip(above, below, strict=True))


@settings(deadline=None)
@given(st.lists(paths(), min_size=1, max_size=6))
def test_it_is_above_all_and_nothing_deeper_is(some: list[NodePath]) -> None:
    shared = common_path(some)
    assert all(is_above(shared, path) for path in some)
    deeper = [NodePath(*path[: sum(map(bool, shared)) + 1]) for path in some]
    assert not any(node != shared and all(is_above(node, path) for path in some) for node in deeper)


@settings(deadline=None)
@given(st.lists(paths(), min_size=1, max_size=6))
def test_order_and_repeats_make_no_difference(some: list[NodePath]) -> None:
    assert common_path([*reversed(some), *some]) == common_path(some)


@settings(deadline=None)
@given(paths())
def test_of_one_it_is_itself(path: NodePath) -> None:
    assert common_path([path]) == common_path([path, path]) == path
    assert path.node_id == max(path, key=len)
    assert (path.kind is None) == (path == NOWHERE)


def test_nothing_shares_nothing() -> None:
    assert common_path([]) == NOWHERE


def test_every_node_of_a_pack_knows_its_place(town: Reference) -> None:
    kinds = [NodeKind.INCOMER, NodeKind.SUBSTATION, NodeKind.FEEDER, NodeKind.TRANSFORMER]
    for node_id, node in town.nodes.items():
        assert node.path.node_id == node_id and node.path.kind is node.kind
        depth = kinds.index(node.kind)
        for above in node.path[:depth]:
            assert is_above(town.nodes[above].path, node.path)
    assert town.node("t210") is not None and town.nodes["t210"].path == ("in1", "lake_2", "f21", "t210")
    assert town.node("T210") is None
