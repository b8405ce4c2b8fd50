"""What a complaint is about: measured on sentences, and on the traps that callers set without knowing."""

from __future__ import annotations

import csv
import time
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent
from stream_processors.enrichment.category import Finding, classify
from stream_processors.enrichment.codes import category_of_code
from stream_processors.enrichment.rules import RULES
from stream_processors.enrichment.text import normalise
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, words_of

DATA: Final = Path(__file__).resolve().parents[1] / "data"
MARKED: Final = ("sentences.tsv", "sentences_2.tsv", "sentences_3.tsv", "sentences_4.tsv", "sentences_5.tsv")
"""Files that mark hazard and extent as well."""
TRAIN: Final = [
    row["text"]
    for row in csv.DictReader(
        (DATA / "complaints.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if row["split"] == "train" and len(row["text"]) > 12
]
KNOWN_SHARE: Final = 0.98
SECONDS_FOR_ANY_TEXT: Final = 0.05
"""Of processor time: ten times what the worst text takes on an ordinary machine."""


def said(text: str) -> Finding:
    return classify(normalise(text))


def sentences(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", ["phrases.tsv", *MARKED])
def test_categories_of_known_sentences(name: str) -> None:
    rows = sentences(name)
    wrong = [(row["text"], row["category"], said(row["text"])) for row in rows]
    wrong = [(text, want, found) for text, want, found in wrong if found.category != want]
    share = 1 - len(wrong) / len(rows)
    print(f"{name}: {share:.1%} of {len(rows)}")
    assert share >= KNOWN_SHARE, wrong


@pytest.mark.parametrize("name", MARKED)
def test_hazards_of_known_sentences(name: str) -> None:
    rows = [(row["text"], row["hazard"] == "1", said(row["text"]).hazard) for row in sentences(name)]
    missed = [text for text, want, found in rows if want and not found]
    false = [text for text, want, found in rows if found and not want]
    assert not missed
    assert not false


def test_no_hazard_of_the_phrases_is_missed() -> None:
    rows = [row["text"] for row in sentences("phrases.tsv") if row["category"] in HAZARD_CATEGORIES]
    assert [text for text in rows if not said(text).hazard] == []


@pytest.mark.parametrize("name", MARKED)
def test_extents_of_known_sentences(name: str) -> None:
    rows = sentences(name)
    wrong = [row["text"] for row in rows if said(row["text"]).extent != row["extent"]]
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize(
    ("text", "category", "hazard"),
    [
        ("light aa gayi hai, complaint cancel kar do", Category.RESTORED_CONFIRMATION, False),
        ("gali ki light kharab hai", Category.STREET_LIGHT, False),
        ("gali ki light gayi hai", Category.NO_SUPPLY_AREA, False),
        ("current nahi aa raha", Category.NO_SUPPLY, False),
        ("khambe me current aa raha hai", Category.POLE_DAMAGE_SHOCK, True),
        ("khambe me current nahi aa raha", Category.NO_SUPPLY, False),
        ("आसमान से बिजली गिरी", Category.NOT_ELECTRICITY, False),
        ("fuse ud gaya", Category.FUSE_BLOWN, False),
        ("phase ud gaya", Category.PHASE_MISSING, False),
        ("transformer ud gaya", Category.TRANSFORMER_FAULT, False),
        ("line toot gayi", Category.LINE_BROKEN, True),
        ("line busy", Category.SERVICE_COMPLAINT, False),
        ("light band", Category.NO_SUPPLY, False),
        ("complaint band kar di", Category.SERVICE_COMPLAINT, False),
        ("recharge kiya light nahi aayi", Category.PREPAID_SMART_METER, False),
        ("light nahi hai aur taar gira hai", Category.LINE_BROKEN, True),
        ("BIJLI NHI H 3 GHNTE SE", Category.NO_SUPPLY, False),
        ("TARSFARMR ESPARK HO RHA HAI", Category.TRANSFORMER_FAULT, True),
        ("poore mohalle ki lite gul h", Category.NO_SUPPLY_AREA, False),
        ("फ़ेज़ उड़ गया", Category.PHASE_MISSING, False),
        ("bijli gol ba", Category.NO_SUPPLY, False),
        ("bill dekh kar jhatka laga", Category.BILLING, False),
        ("teeno phase gayab", Category.NO_SUPPLY, False),
        ("pani ki line toot gayi", Category.NOT_ELECTRICITY, False),
        ("namaste", Category.UNCLEAR, False),
        ("9876543210", Category.UNCLEAR, False),
        ("", Category.UNCLEAR, False),
    ],
)
def test_traps(text: str, category: Category, hazard: bool) -> None:
    found = said(text)
    assert (found.category, found.hazard) == (category, hazard), found


def test_a_place_with_a_dangerous_name_is_a_place() -> None:
    text = normalise("Chingari Mod me bijli nahi hai")
    assert said("Chingari Mod me bijli nahi hai").hazard
    found = classify(text, [("chingari", "mod")])
    assert (found.category, found.hazard) == (Category.NO_SUPPLY_AREA, False)


SPOKEN: Final = (
    "bijli light nahi aag taar toot gaya khamba current transformer spark bill meter ट्रांसफ़ार्मर चिंगारी बिजली नहीं "
    ", . ? fire no ghar mohalle phase kab 230 2 recharge"
)
WORDS = st.sampled_from(SPOKEN.split())
TEXTS = st.text(max_size=400) | st.lists(WORDS, max_size=60).map(" ".join)


@given(TEXTS)
def test_any_text_has_a_meaning(text: str) -> None:
    found = said(text)
    assert 0 < found.confidence <= 1
    assert found.hazard or found.category not in HAZARD_CATEGORIES
    assert found.extent is Extent.UNKNOWN or found.category in SUPPLY_CATEGORIES


@given(TEXTS)
def test_unicode_forms_and_case_make_no_difference(text: str) -> None:
    found = said(text)
    assert said(unicodedata.normalize("NFC", text)) == found
    assert said(unicodedata.normalize("NFD", text)) == found
    assert said(text.casefold()) == found


@given(st.text(max_size=4000))
@settings(max_examples=40)
def test_any_text_is_read_quickly(text: str) -> None:
    said("bijli")  # the first text loads the model
    started = time.process_time()
    said(text)
    assert time.process_time() - started < SECONDS_FOR_ANY_TEXT


@given(st.data())
@settings(max_examples=200)
def test_drawn_out_letters_change_nothing(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TRAIN))
    alone = [
        place
        for place, letter in enumerate(text)
        if letter.isalpha()
        and normalise(letter) not in normalise(text[max(place - 1, 0) : place] + " " + text[place + 1 : place + 3])
    ]
    place = data.draw(st.sampled_from(alone))
    drawn_out = text[:place] + text[place] * data.draw(st.integers(3, 12)) + text[place + 1 :]
    assert said(drawn_out) == said(text)


@given(
    st.sampled_from(["", "sir ", "Sir ji, ", "Hello sir ", "नमस्ते ", "please "]),
    st.sampled_from(["", " please", " plz sir", " !!!", " 🙏🙏", "...", " ji", " साहब"]),
    st.integers(min_value=0),
)
@settings(max_examples=200)
def test_courtesy_changes_nothing(before: str, after: str, which: int) -> None:
    text = TRAIN[which % len(TRAIN)]
    plain, dressed = said(text), said(before + text + after)
    assert (dressed.category, dressed.hazard) == (plain.category, plain.hazard)


@pytest.mark.parametrize(
    "text",
    [
        "aag " * 1000,
        "light pole taar " * 250,
        "bijli" * 800,
        "x" * 4000,
        "😀" * 4000,
        "ﷺ" * 4000,
        "क्ष" * 1333,
        "\u202eמבחן " * 500,
        "\x00" * 4000,
        "a" + "\u0301" * 3999,
        " ".join(f"w{number:x}abcdefgh" for number in range(300)),
    ],
    ids=[
        "fire",
        "network",
        "joined",
        "one word",
        "emoji",
        "ligatures",
        "conjuncts",
        "rtl",
        "nul",
        "accents",
        "new words",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    said("bijli")  # the first text loads the model
    started = time.process_time()
    said(text[:4000])
    assert time.process_time() - started < SECONDS_FOR_ANY_TEXT


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("no_supply", Category.NO_SUPPLY),
        ("NO-SUPPLY ", Category.NO_SUPPLY),
        ("Fuse Off Call", Category.FUSE_BLOWN),
        ("Line_Down", Category.LINE_BROKEN),
        ("unclear", None),
        ("X-17", None),
        ("", None),
    ],
)
def test_upstream_codes(code: str, category: Category | None) -> None:
    assert category_of_code(code) is category


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "."),
        ("", " !!!"),
        ("sir ", ""),
        ("", " please"),
        ("Hello sir ", ""),
        ("", " jaldi theek karo"),
        ("", " 😀"),
    ],
)
def test_politeness_and_marks_change_nothing(before: str, after: str) -> None:
    texts = [row["text"] for name in ("phrases.tsv", *MARKED) for row in sentences(name)]
    plain = {text: (said(text).category, said(text).hazard) for text in texts if said(text).rule != "none"}
    dressed = {text: said(before + text + after) for text in plain}
    assert [text for text in plain if (dressed[text].category, dressed[text].hazard) != plain[text]] == []


@pytest.mark.parametrize(
    ("text", "after", "category"),
    [
        ("LALBANGLA ME LIGHT NHI H", " ph 9812345678", Category.NO_SUPPLY_AREA),
        ("do teen galiyon me supply nahi hai", " ph. no. 98123 45678", Category.NO_SUPPLY_AREA),
        ("hamare pure area me din me bees baar light jati hai", " mob no 9812345678", Category.FREQUENT_TRIPPING),
        ("लाइट बहुत तेज आ रही है, दो एलईडी उड़ गए", " contact no. 9812345678", Category.VOLTAGE_FLUCTUATION),
        ("light aa gayi hai", " house no 45", Category.RESTORED_CONFIRMATION),
        ("power fluctuating", " flat no 304", Category.VOLTAGE_FLUCTUATION),
        ("no 3 phase supply in our workshop", "", Category.PHASE_MISSING),
        ("tank", "", Category.UNCLEAR),
    ],
)
def test_the_number_of_a_phone_or_a_house_says_nothing_of_the_supply(text: str, after: str, category: Category) -> None:
    assert said(text + after).category is category


@pytest.mark.parametrize(
    ("text", "category", "hazard"),
    [
        ("khamba toota hai theek karwa dijiye", Category.POLE_DAMAGE_SHOCK, True),
        ("chingari band ho gayi thi abhi phir nikal rahi hai", Category.SPARKING_FIRE, True),
        ("recharge ho gaya par light chalu nahi hui", Category.PREPAID_SMART_METER, False),
        ("voltage theek kijiye", Category.LOW_VOLTAGE, False),
        ("kisi ko bhej dijiye", Category.UNCLEAR, False),
        ("please resolve the issue as soon as possible", Category.UNCLEAR, False),
        ("H-block 204 Kidwai Nagar", Category.UNCLEAR, False),
        ("light chali gayi hai", Category.NO_SUPPLY, False),
        ("bijli kab tak aayegi", Category.RESTORATION_QUERY, False),
        ("supply aa gayi", Category.RESTORED_CONFIRMATION, False),
        ("jaldi theek karne ke liye aapka", Category.RESTORED_CONFIRMATION, False),
        ("complaint band kar dijiye, light aa gayi, bahut", Category.RESTORED_CONFIRMATION, False),
        ("", Category.RESTORED_CONFIRMATION, False),
    ],
)
@pytest.mark.parametrize("thanks", [" dhanyawad", ", thanks in advance", ". Thank you.", " धन्यवाद"])
def test_thanks_beforehand_are_politeness_and_thanks_afterwards_are_not(
    text: str, thanks: str, category: Category, hazard: bool
) -> None:
    found = said(text + thanks)
    assert (found.category, found.hazard) == (category, hazard)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("kripya light theek karwa dijiye", Category.NO_SUPPLY),
        ("supply chalu karwa dijiye", Category.NO_SUPPLY),
        ("current chalu kijiye", Category.NO_SUPPLY),
        ("light chalu kar do bhai, dhanyavad", Category.NO_SUPPLY),
        ("बिजली ठीक करवाएं", Category.NO_SUPPLY),
        ("please restore my power", Category.NO_SUPPLY),
        ("hamare mohalle ki supply bahal karo", Category.NO_SUPPLY_AREA),
        ("street light theek karwa do", Category.STREET_LIGHT),
        ("voltage theek kar dijiye", Category.LOW_VOLTAGE),
        ("supply kab chalu karoge", Category.RESTORATION_QUERY),
        ("supply chalu ho gayi", Category.RESTORED_CONFIRMATION),
        ("light thik kar di gayi hai", Category.RESTORED_CONFIRMATION),
        ("power restored", Category.RESTORED_CONFIRMATION),
    ],
)
def test_to_ask_for_supply_is_no_news_that_it_is_back(text: str, category: Category) -> None:
    assert said(text).category is category


def test_a_number_in_the_name_of_a_place_is_part_of_it() -> None:
    words = words_of(normalise("gumti no. 5 se bol raha hu"))
    assert ideas_in(words, [("gumti", "no", "5")])[0] == PATTERNS.characters["PLACE"]


def test_capitals_change_nothing() -> None:
    texts = [row["text"] for row in sentences("sentences.tsv")]
    assert [text for text in texts if said(text.upper()) != said(text)] == []
