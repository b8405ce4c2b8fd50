"""From a normalised text to the ideas in it: words by their written form, by their sound, or one slip away from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from stream_processors.enrichment.pattern import Patterns
from stream_processors.enrichment.romanise import key_of
from stream_processors.enrichment.words import FILLERS, GROUPS, WORDS

MAX_WORDS: Final = 400
"""Words of a text that are looked at; no caller gets to the point later."""

_TOKEN: Final = re.compile(r"[a-z]+|\d+|[\u0900-\u0963\u0970-\u097f]+|[.?!;|\n]|,")
_STOPS: Final = frozenset(".?!;|\n")
_CACHED_WORDS: Final = 65_536
_SLIP_LETTERS: Final = 6
"""A word with at least so many letters in its key may have one letter wrong, missing, added or swapped."""
_TWO_SLIPS_LETTERS: Final = 10
"""A longer word may miss two."""
_LOW_VOLTS: Final = range(60, 206)
_HIGH_VOLTS: Final = range(245, 600)
"""Numbers that, said of a voltage, mean too little or too much (nominal 230 V, IS 12360: 10 % either way)."""

_HAVING_DONE: Final = "kar"
"""The ending of Hindi's conjunctive participle, often written together with its verb (`tootkar`)."""

_PLACE_ENDINGS: Final = (
    "nagar",
    "ganj",
    "pur",
    "pura",
    "purva",
    "puram",
    "bag",
    "toli",
    "vihar",
    "kalyan",
    "mau",
    "gat",
)
_PLACE_LETTERS: Final = 6

OTHER_IDEAS: Final = ("WORD", "PLACE", "NUM", "LOW_NUM", "HIGH_NUM", "COMMA", "STOP")
"""A word that is not known, a place, a number, numbers by size, and the ends of clauses and sentences."""

PATTERNS: Final = Patterns(
    [*WORDS, *OTHER_IDEAS],
    {**GROUPS, "ANY_NUM": "NUM LOW_NUM HIGH_NUM COUNT NUM_MANY"},
    negations=["NOT", "NO", "NOBODY"],
    commas=["COMMA"],
    stops=["STOP"],
)

_CHARACTERS: Final = PATTERNS.characters
_WORD: Final = _CHARACTERS["WORD"]
_PLACE: Final = _CHARACTERS["PLACE"]


def _tables() -> tuple[dict[str, str], dict[str, str], dict[tuple[str, str], str]]:
    exact: dict[str, str] = {}
    by_key: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for idea, spellings in WORDS.items():
        character = "" if idea in FILLERS else _CHARACTERS[idea]
        for spelling in spellings.split():
            if spelling.startswith("="):
                exact.setdefault(_bare(spelling[1:]), character)
            elif "_" in spelling:
                first, second = (key_of(_bare(word)) for word in spelling.split("_"))
                pairs.setdefault((first, second), character)
            else:
                exact.setdefault(_bare(spelling), character)
                by_key.setdefault(key_of(_bare(spelling)), character)
    return exact, by_key, pairs


def _bare(word: str) -> str:
    """A spelling of the table as `text.normalise` leaves it."""
    return word.replace("\u093c", "").replace("ँ", "ं")


def _shorter(key: str) -> Iterator[str]:
    """The key without one of its letters; the first stays."""
    for index in range(1, len(key)):
        yield key[:index] + key[index + 1 :]


def _slip_table(by_key: dict[str, str]) -> dict[str, str]:
    """The keys with one letter left out: two words are one slip apart when they share such a form (SymSpell, Garbe)."""
    table: dict[str, str] = {}
    for key, character in by_key.items():
        if len(key) >= _SLIP_LETTERS:
            table.setdefault(key, character)
            for shorter in _shorter(key):
                table.setdefault(shorter, character)
                if len(key) >= _TWO_SLIPS_LETTERS:
                    for shortest in _shorter(shorter):
                        table.setdefault(shortest, character)
    return table


_EXACT, _BY_KEY, _PAIRS = _tables()
_SLIPS: Final = _slip_table(_BY_KEY)
_PAIR_STARTS: Final = frozenset(first for first, _ in _PAIRS)


@lru_cache(_CACHED_WORDS)
def _known(word: str) -> tuple[str, str]:
    """The idea of one word as its character ("" for a filler), and the word's key."""
    if word.isdecimal() and word not in _EXACT:
        number = int(word) if len(word) < 6 else 0
        idea = "LOW_NUM" if number in _LOW_VOLTS else "HIGH_NUM" if number in _HIGH_VOLTS else "NUM"
        return _CHARACTERS[idea], word
    key = key_of(word)
    character = _EXACT.get(word)
    if character is None and len(word) > 1:
        character = _BY_KEY.get(key)
    if character is None and key.endswith(_HAVING_DONE) and len(key) > len(_HAVING_DONE) + 2:
        character = _BY_KEY.get(key.removesuffix(_HAVING_DONE))
    if character is None and len(key) >= _SLIP_LETTERS and not key.endswith(_PLACE_ENDINGS):
        character = _slipped(key)
    if character is None:
        long_name = len(key) >= _PLACE_LETTERS and key.endswith(_PLACE_ENDINGS)
        character = _PLACE if long_name else _WORD
    return character, key


def _slipped(key: str) -> str | None:
    if key in _SLIPS:
        return _SLIPS[key]
    return next((_SLIPS[shorter] for shorter in _shorter(key) if shorter in _SLIPS), None)


def words_of(normal: str) -> list[str]:
    """The words, numbers and marks of a normalised text, at most MAX_WORDS."""
    return _TOKEN.findall(normal.replace("ँ", "ं"))[:MAX_WORDS]


def ideas_in(words: list[str], places: Iterable[tuple[str, ...]] = ()) -> str:
    """One character (of `PATTERNS.characters`) for each idea in `words`, in their order.

    `places` are names that stand in the text, as rows of words: each becomes one PLACE, whatever its words mean
    elsewhere ("Fire Brigade").
    """
    named = {place[0]: place for place in sorted(places, key=len) if place}
    result: list[str] = []
    index, length = 0, len(words)
    while index < length:
        word = words[index]
        place = named.get(word)
        if place is not None and tuple(words[index : index + len(place)]) == place:
            result.append(_PLACE)
            index += len(place)
            continue
        index += 1
        if word in _STOPS:
            result.append(_CHARACTERS["STOP"])
        elif word == ",":
            result.append(_CHARACTERS["COMMA"])
        else:
            character, key = _known(word)
            if key in _PAIR_STARTS and index < length:
                pair = _PAIRS.get((key, _known(words[index])[1]))
                if pair is not None:
                    character, index = pair, index + 1
            result.append(character)
    return "".join(result)
