"""Places by name, as a whole and within a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.gazetteer import Gazetteer, PlaceKind
from reference.lookup import Reference
from reference.names import words
from reference.network import nodes_of
from reference.pack import read_pack
from tests.reference import KANPUR

NAMES = {
    "Weavers Lane": "f10",
    "बुनकर गली": "f10",
    "dokinare": "lake_2",
    "Purana Shahar": "in1",
    "Mill-Road": "mill.1",
    "LAKE SIDE": "lake_2",
    "दूर खेत": "f21",
    "Fire Brigade": "f30",
}
FILLERS = ["light", "nahi", "hai", "बिजली", "गुल", "3", "ghante", "se", "me", "में", "lane", "old", "gali"]


def test_a_locality_goes_before_a_substation_and_that_before_a_feeder(town: Reference) -> None:
    assert {name: place.kind for name in ("Weavers Lane", "Lake Side") if (place := town.locality(name))} == {
        "Weavers Lane": PlaceKind.LOCALITY,
        "Lake Side": PlaceKind.SUBSTATION,
    }


@pytest.mark.parametrize(("name", "node_id"), NAMES.items())
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


@settings(deadline=None)
@given(st.lists(st.sampled_from([*NAMES, *FILLERS]), max_size=30), st.sampled_from([" ", ", ", "-", "\n"]))
def test_names_are_found_in_a_text_whole_and_apart(town: Reference, parts: list[str], between: str) -> None:
    text = between.join(parts)
    found = town.localities_named(text)
    tokens = words(text)
    assert [place.path.node_id for place, _, _ in found] == [NAMES[part] for part in parts if part in NAMES]
    ends = 0
    for place, start, end in found:
        assert ends <= start < end <= len(tokens)
        assert town.locality(" ".join(tokens[start:end])) == place
        ends = end


@settings(deadline=None)
@given(st.text(max_size=100), st.integers(1, 40))
def test_any_text_gives_an_answer(town: Reference, text: str, times: int) -> None:
    town.localities_named(text * times)


def test_the_longest_name_counts(town: Reference) -> None:
    found = town.localities_named("dye works colony ke paas, town and port")
    assert [place.name for place, _, _ in found] == ["Dye Works Colony", "Town and Port"]


def test_a_general_name_counts_as_a_whole_only() -> None:
    tables = read_pack(KANPUR).tables
    gazetteer = Gazetteer(tables, nodes_of(tables))
    assert gazetteer.place("GIC") is not None and gazetteer.place("E Block") is not None
    assert gazetteer.places_in("samasya ka hal karo, E block ke paas, main road") == ()
    shared = gazetteer.place("D Block")
    assert shared is not None and shared.shared_name and shared.path.node_id == ""
