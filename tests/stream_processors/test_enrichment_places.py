"""Places in what people write: River Town, the city that ships, and any text at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.gazetteer import PlaceKind
from reference.lookup import Reference
from reference.names import words
from stream_processors.enrichment.placenames import finest, place_names
from stream_processors.enrichment.text import normalise
from tests.reference import NAMES

FILLERS = ["light", "nahi", "hai", "बिजली", "गुल", "7", "ghante", "me", "में", "lane", "old", "gali"]


def named(reference: Reference, text: str) -> list[str]:
    return [found.place.name for found in place_names(reference).in_text(normalise(text))]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*NAMES, *FILLERS]), max_size=30), st.sampled_from([" ", ", ", "-", "\n"]))
def test_names_are_found_in_a_text_whole_and_apart(town: Reference, parts: list[str], between: str) -> None:
    text = between.join(parts)
    found = place_names(town).in_text(text)
    tokens = words(text)
    assert [place.place.path.node_id for place in found] == [NAMES[part] for part in parts if part in NAMES]
    ends = 0
    for place, start, end, _ in found:
        assert ends <= start < end <= len(tokens)
        assert town.locality(" ".join(tokens[start:end])) == place
        ends = end


@settings(deadline=None)
@given(st.text(max_size=100), st.integers(1, 40))
def test_any_text_gives_an_answer_and_one_answer(kanpur: Reference, text: str, times: int) -> None:
    names = place_names(kanpur)
    found = names.in_text(text * times)
    assert names.in_text(unicodedata.normalize("NFD", text * times)) == found
    names.in_field(text)


@pytest.mark.parametrize("text", ["k" * 4000, "barra " * 700, "😀" * 4000, "\u202e‮ \x00" * 900, "गुजैनी के " * 400])
def test_a_monstrous_text_gives_an_answer(kanpur: Reference, text: str) -> None:
    place_names(kanpur).in_text(text)


def test_the_longest_name_counts(town: Reference) -> None:
    assert named(town, "dye works colony ke paas, town and port") == ["Dye Works Colony", "Town and Port"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("joohi me subah se bijli nahi", "Juhi"),
        ("jui wali line band hai", "Juhi"),
        ("barra-2 me light nahi", "Barra 2"),
        ("barra 2 ghante se band hai", "Barra"),
        ("बर्रा २ की लाइट गई", "Barra 2"),
        ("barra 8 me light nahi", "Barra"),
        ("gujaini ke E block me andhera", "Gujaini E Block"),
        ("E-blk gujaini", "Gujaini E Block"),
        ("गुजैनी के ई ब्लाक में", "Gujaini E Block"),
        ("gujaini g block ka transformer", "Gujaini G Block"),
        ("gujaini me light nahi", "Gujaini"),
        ("kidwai ngr, o blk", "Kidwai Nagar O Block"),
        ("KLYNPR ME LGHT NHI", "Kalyanpur"),
        ("sarvodya nagar me pole gira", "Sarvodaya Nagar"),
        ("मुंसीपुरवा में अंधेरा", "Munshipurwa"),
        ("Fire Brigade feeder ki light gayi hai", "Fazalganj Fire Brigade"),
        ("fajalganj fire brigade ke paas", "Fazalganj Fire Brigade"),
        ("karrahi me ek fase nahi", "Karrahi"),
        ("juhiiii meee light nahiii", "Juhi"),
        ("BARRRRA 2 ME LIGHT NAHI", "Barra 2"),
        ("naubastaaa", "Naubasta"),
    ],
)
def test_a_place_however_it_is_written(kanpur: Reference, text: str, place: str) -> None:
    names = place_names(kanpur)
    best = finest(found.place for found in names.in_text(normalise(text)))
    assert best is not None and names.locality_of(best) == place


@pytest.mark.parametrize(
    "text",
    [
        "3 ghante se light nahi",
        "main shikayat kar rahi hu",
        "bara baje se bijli gayi",
        "hanuman mandir ke paas taar gira",
        "fire brigade ko bulao aag lagi hai",
        "samasya ka hal karo, E block ke paas, main road",
        "pankhi bhi nahi chalti",
        "juhi beti ke kamre me andhera",
        "mera naam bhagat singh hai",
        "burra haal hai",
        "sharda nagar me light nahi",
        "lal bangla bazar band",
        "vidyut aapurti thap hai",
        "",
    ],
)
def test_what_names_no_place(kanpur: Reference, text: str) -> None:
    assert named(kanpur, text) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("barra 8 me", True), ("barra me 8 ghar", False), ("gujaini y block", True), ("juhi 8", False)],
)
def test_a_part_that_the_pack_does_not_know_is_told(kanpur: Reference, text: str, unknown: bool) -> None:
    assert [found.part_unknown for found in place_names(kanpur).in_text(text)] == [unknown]


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("Kidwai Ngr", "Kidwai Nagar"),
        ("Hanuman Mandir", "Hanuman Mandir"),
        ("near Juhi Colony, Kanpur", "Juhi Colony"),
        ("GIC", "GIC"),
    ],
)
def test_a_field_names_a_place_more_freely(kanpur: Reference, field: str, place: str) -> None:
    found = place_names(kanpur).in_field(field)
    assert found is not None and found.name == place


def test_a_feeder_is_known_by_its_locality(kanpur: Reference) -> None:
    names = place_names(kanpur)
    feeder = names.in_field("Dabauli West")
    assert feeder is not None and feeder.kind is PlaceKind.FEEDER and names.locality_of(feeder) == "Dabauli"
