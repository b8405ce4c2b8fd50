"""The busiest nodes are named once, by the node that explains them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from insight.busiest import busiest

ids = st.sampled_from(["", "a", "b", "c"])
trees = st.dictionaries(
    st.tuples(st.just("incomer"), st.sampled_from("xyz"), ids, ids), st.integers(1, 50), max_size=30
)


def test_a_feeder_out_is_named_by_the_feeder_not_its_substation() -> None:
    customers = {("i", "s", "f1", f"t{n}"): 4 for n in range(10)} | {("i", "s", "f2", "t"): 2, ("i", "s", "", ""): 3}
    assert [(node.node_id, node.customers) for node in busiest(customers, 2)] == [("f1", 40), ("t", 2)]


def test_a_whole_substation_is_named_once() -> None:
    customers = {("i", "s", f"f{n}", "t"): 10 for n in range(4)}
    assert [(node.node_id, node.kind, node.customers) for node in busiest(customers, 9)] == [("s", "substation", 40)]


def test_those_of_whom_only_the_substation_is_known_do_not_hide_a_feeder() -> None:
    customers = {("i", "s", "f1", "t1"): 49, ("i", "s", "f2", "t2"): 27, ("i", "s", "", ""): 8}
    assert [node.node_id for node in busiest(customers, 1)] == ["t1"]
    assert [node.node_id for node in busiest({**customers, ("i", "s", "", ""): 40}, 1)] == ["s"]


@given(trees)
def test_no_place_is_named_twice_and_none_invented(customers: dict[tuple[str, str, str, str], int]) -> None:
    found = busiest(customers, 100)
    for node in found:
        for other in found:
            assert node is other or node.path != other.path[: len(node.path)]
    assert sum(node.customers for node in found) <= sum(customers.values())
    assert found == sorted(found, key=lambda node: (-node.customers, node.node_id))
