"""Two spellings of one name have one key."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reference.names import key, words

WRITTEN = st.text(st.characters(max_codepoint=0x97F, exclude_categories=["Cs"]), max_size=60)
"""Latin with its accents, Greek, Cyrillic and Devanagari, with marks, digits, punctuation and controls."""


@settings(deadline=None)
@given(st.text(max_size=200))
@example("\u0345\u03b1\u0345")
@example("क़\u093c\u200dफ़़")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_unicode_form_makes_no_difference(text: str, form: str) -> None:
    assert words(unicodedata.normalize(form, text)) == words(text)  # type: ignore[arg-type]


@settings(deadline=None)
@given(WRITTEN)
def test_nukta_candrabindu_and_joiners_make_no_difference(text: str) -> None:
    plain = unicodedata.normalize("NFD", text).replace("\u093c", "").replace("\u0901", "\u0902")
    assert key(plain.replace("\u200c", "").replace("\u200d", "")) == key(text)


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60))
def test_case_makes_no_difference(text: str) -> None:
    assert words(text.upper()) == words(text.lower()) == words(text.title())


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("abcxyzकखगघा१२12"), min_size=1, max_size=5), max_size=6))
def test_what_parts_words_makes_no_difference_to_the_key(parts: list[str]) -> None:
    assert key(" ".join(parts)) == key("-".join(parts)) == key(", (".join(parts)) == "".join(map(key, parts))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kidwai Nagar", "KIDWAI-NAGAR", "kidwainagar", " kidwai  nagar."),
        ("किदवई नगर", "किदवईनगर", "किदवई-नगर"),
        ("फ़ज़लगंज", "फजलगंज", "फजलगंज", "फ़ज़लगँज"),
        ("Barra 2", "Barra-2", "BARRA2", "barra २"),
        ("बड़ा पार्क", "बड़ा पार्क", "बडा पार्क"),
        ("O'Block", "o block", "Ó-Block"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    assert len({key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Barra 2", "Barra 8"), ("जूही", "जूही कालोनी"), ("Barra", "Bara")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)
