"""Places by name."""

from __future__ import annotations

import pytest

from reference.gazetteer import Gazetteer, PlaceKind
from reference.lookup import Reference
from reference.network import nodes_of
from reference.pack import read_pack
from tests.reference import KANPUR, NAMES


def test_a_locality_goes_before_a_substation_and_that_before_a_feeder(town: Reference) -> None:
    assert {name: place.kind for name in ("Weavers Lane", "Lake Side") if (place := town.locality(name))} == {
        "Weavers Lane": PlaceKind.LOCALITY,
        "Lake Side": PlaceKind.SUBSTATION,
    }


@pytest.mark.parametrize(("name", "node_id"), [*NAMES.items(), ("Fire Brigade", "f30")])
def test_a_whole_name(town: Reference, name: str, node_id: str) -> None:
    place = town.locality(name)
    assert place is not None and place.path.node_id == node_id


@pytest.mark.parametrize("name", ["Town and Port", "Forgotten Corner"])
def test_a_place_whose_nodes_share_none_leads_nowhere(town: Reference, name: str) -> None:
    place = town.locality(name)
    assert place is not None and place.path.node_id == ""


@pytest.mark.parametrize("name", ["", "Weavers", "Lane Weavers", "Weavers Lane 2", "nowhere"])
def test_what_is_no_name(town: Reference, name: str) -> None:
    assert town.locality(name) is None


def test_several_places_with_one_name_share_it() -> None:
    tables = read_pack(KANPUR).tables
    gazetteer = Gazetteer(tables, nodes_of(tables))
    assert gazetteer.place("GIC") is not None and gazetteer.place("E Block") is not None
    shared = gazetteer.place("D Block")
    assert shared is not None and shared.shared_name and shared.path.node_id == ""
