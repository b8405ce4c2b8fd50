"""What people say, and how they spell it: sentences in three forms of speech, with places, hours and slips put in."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from producers.simulate.dice import Dice
from schemas.vocabulary import Category, Extent, Language

_FILE: Final = Path(__file__).with_name("sentences.tsv")
_LANGUAGES: Final = ((Language.HINGLISH, 0.55), (Language.HINDI, 0.27), (Language.ENGLISH, 0.18))
_MISSPELT: Final = 0.35
_CAPITALS: Final = 0.05
_AS_TYPED: Final = (
    ("nahi", ("nhi", "ni", "nai", "nahin")),
    ("light", ("lite", "ligth", "laait", "light")),
    ("bijli", ("bijlee", "bijali")),
    ("transformer", ("transfarmar", "transfomer", "tarsfarmr")),
    ("hai", ("h", "hai", "he")),
    ("ghante", ("ghnte", "ghanta", "gante")),
    ("voltage", ("voltej", "voltage")),
    ("taar", ("tar", "wire")),
    ("khambe", ("khambhe", "pole")),
    ("gayi", ("gai", "gyi")),
    ("raha", ("rha", "raha")),
    ("rahi", ("rhi", "rahi")),
    ("pure", ("poore", "pure")),
)
"""Spellings met in news comments and public complaint lists, by the one that the sentences use."""
_DEVANAGARI_DIGITS: Final = str.maketrans("0123456789", "०१२३४५६७८९")


class PlaceNames(NamedTuple):
    """The names of a place in Latin letters and in Devanagari; empty where none is known."""

    latin: Sequence[str]
    devanagari: Sequence[str]


class Sentence(NamedTuple):
    """One row of `sentences.tsv`. `extent`: how far it says the trouble reaches; `{place}` and `{hours}` are slots."""

    category: Category
    language: Language
    extent: Extent
    text: str


class Sentences:
    """The sentences of `sentences.tsv`."""

    def __init__(self) -> None:
        with _FILE.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            found = [Sentence(Category(row[0]), Language(row[1]), Extent(row[2]), row[3]) for row in rows]
        self._by: dict[tuple[Category, Language], list[Sentence]] = defaultdict(list)
        for sentence in found:
            self._by[sentence.category, sentence.language].append(sentence)

    def say(self, category: Category, place: PlaceNames, hours: int, several: bool, dice: Dice) -> str:
        """One way to say it. It names the place only where there is a name in its script.

        `several`: others are hit too, so the caller does not say that it is one house alone.
        """
        language = dice.weighted(_LANGUAGES)
        names = place.devanagari if language is Language.HINDI else place.latin
        fitting = [
            sentence.text
            for sentence in self._by[category, language]
            if (names or "{place}" not in sentence.text) and not (several and sentence.extent is Extent.SINGLE)
        ]
        text = dice.pick(fitting)
        number = str(max(1, hours))
        if language is Language.HINDI and dice.chance(0.5):
            number = number.translate(_DEVANAGARI_DIGITS)
        name = dice.pick(names) if "{place}" in text else ""
        text = text.replace("{hours}", number)
        if language is not Language.HINDI and dice.chance(_MISSPELT):
            text = misspelt(text, dice)
        text = text.replace("{place}", name)
        return text.upper() if dice.chance(_CAPITALS) else text


def misspelt(text: str, dice: Dice) -> str:
    """The text as a hurried thumb types it: other spellings, and at times a letter lost or two changed about."""
    words = text.split(" ")
    spellings = dict(_AS_TYPED)
    words = [dice.pick(spellings[word]) if word in spellings and dice.chance(0.6) else word for word in words]
    if dice.chance(0.4):
        at = dice.whole(0, len(words))
        words[at] = slip(words[at], dice)
    return " ".join(words)


def slip(word: str, dice: Dice) -> str:
    """The word with one letter lost or two letters changed about; short words and slots stay as they are."""
    if len(word) < 4 or "{" in word:
        return word
    at = dice.whole(1, len(word) - 1)
    if dice.chance(0.5):
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
