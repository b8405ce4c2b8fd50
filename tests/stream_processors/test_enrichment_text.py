"""Text for matching and for keeping, whatever its script and encoding."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Language
from stream_processors.enrichment.romanise import key_of
from stream_processors.enrichment.text import clean, language_of, normalise

TEXTS = st.text(max_size=200) | st.text(alphabet="नफफ़़ड़ड़ंँािी् aAeéÉß१2\u200d\u0301'", max_size=60)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("फ़ेज़ उड़ गया", "फेज उड गया"),
        ("३ घंटे", "3 घंटे"),
        ("BIJLI NHI H", "bijli nhi h"),
        ("nahiiiii  hai", "nahi hai"),
        ("लाइटटट नहीीीी", "लाइट नही"),
        ("isn’t", "isnt"),
        ("ﬁre", "fire"),
        ("light\x00\tnahi", "light\x00\tnahi".replace("\t", " ")),
    ],
)
def test_one_form(written: str, same: str) -> None:
    assert normalise(written) == same


@given(TEXTS)
def test_unicode_forms_agree(text: str) -> None:
    forms = {normalise(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {normalise(text)}


@given(st.text(st.characters(), max_size=300))
def test_kept_text_has_no_control_characters(text: str) -> None:
    kept = clean(text)
    assert not [letter for letter in kept if unicodedata.category(letter) in ("Cc", "Cs")]
    assert kept == kept.strip()
    assert "  " not in kept
    kept.encode()


def test_kept_text_keeps_joiners_and_words() -> None:
    assert clean("क्\u200dष \x00बिजली\r\nगुल 👨‍👩‍👧") == "क्\u200dष बिजली गुल 👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("बिजली नहीं आ रही है", Language.HINDI),
        ("bijli nahi aa rahi hai", Language.HINGLISH),
        ("No power since morning", Language.ENGLISH),
        ("400 KVA ट्रांसफार्मर जल गया please जल्दी", Language.MIXED),
        ("9876 ?? 😀", Language.UNKNOWN),
        ("", Language.UNKNOWN),
    ],
)
def test_language(text: str, language: Language) -> None:
    assert language_of(normalise(text)) is language


@pytest.mark.parametrize(
    "spellings",
    [
        "खंभा खम्भा khambha khamba kamba",
        "ट्रांसफार्मर transfarmar",
        "चिंगारी chingari chingaari",
        "फेज phej fez",
        "मोहल्ले mohalle mohale",
        "वोल्टेज voltej",
    ],
)
def test_words_that_sound_alike_have_one_key(spellings: str) -> None:
    assert len({key_of(word) for word in spellings.split()}) == 1, {word: key_of(word) for word in spellings.split()}


@given(st.text(alphabet="कखतनरलवहािीुेो्ंअआइईए", max_size=80) | st.text(alphabet="abcdehiouwxyz", max_size=80))
def test_a_key_is_short_latin(word: str) -> None:
    key = key_of(word)
    assert key.isascii()
    assert len(key) <= 160
