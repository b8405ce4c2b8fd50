"""From a normalised text to the ideas in it: words by their written form, by their sound, or one slip away from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from stream_processors.enrichment.pattern import Patterns
from stream_processors.enrichment.placewords import TIME_UNITS
from stream_processors.enrichment.romanise import key_of
from stream_processors.enrichment.words import FILLERS, GROUPS, WORDS

MAX_WORDS: Final = 400
"""Words of a text that are looked at; no caller gets to the point later."""

_TOKEN: Final = re.compile(r"[a-z]+|\d+|[\u0900-\u0963\u0970-\u097f]+|[.?!;|\n]|,")
_VOWELS: Final = re.compile("[aeiou]")
_STOPS: Final = frozenset(".?!;|\n")
MARKS: Final = _STOPS | {","}
"""What parts clauses and sentences."""
_CACHED_WORDS: Final = 65_536
_SLIP_LETTERS: Final = 6
"""A word with at least so many letters in its key may have one letter wrong, missing, added or swapped."""
_TWO_SLIPS_LETTERS: Final = 10
"""A longer word may miss two."""
_LOW_VOLTS: Final = range(60, 206)
_HIGH_VOLTS: Final = range(245, 600)
"""Numbers that, said of a voltage, mean too little or too much (nominal 230 V, IS 12360: 10 % either way)."""

_LONG_NUMBER: Final = 8
"""A number of so many digits is an account's or a phone's."""

_SKELETON_LETTERS: Final = 3
"""A word with at most a quarter of vowels may stand for one with the same consonants, when it has so many."""

_HAVING_DONE: Final = "kar"
"""The ending of Hindi's conjunctive participle, often written together with its verb (`tootkar`)."""

_NUMBER_LETTERS: Final = "no"
_PHONE_LETTERS: Final = "ph"
_PHONE_DIGITS: Final = 4
"""`no` before a number is "number" and denies nothing, `ph` before a group of so many digits a phone and no phase."""

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

OTHER_IDEAS: Final = ("WORD", "PLACE", "NUM", "LOW_NUM", "HIGH_NUM", "LONG_NUM", "COMMA", "STOP")
"""A word that is not known, a place, a number, numbers by size, one of an account or phone, the ends of clauses and
sentences."""

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


def _tables() -> tuple[dict[str, str], dict[str, str], dict[tuple[str, ...], str]]:
    exact: dict[str, str] = {}
    by_key: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for idea, spellings in WORDS.items():
        character = "" if idea in FILLERS else _CHARACTERS[idea]
        for spelling in spellings.split():
            if spelling.startswith("="):
                exact.setdefault(_bare(spelling[1:]), character)
            elif "_" in spelling:
                phrases.setdefault(tuple(key_of(_bare(word)) for word in spelling.split("_")), character)
            else:
                exact.setdefault(_bare(spelling), character)
                by_key.setdefault(key_of(_bare(spelling)), character)
    return exact, by_key, phrases


def _skeletons() -> dict[str, str]:
    """The consonants of the spellings, where they are three or more and the word has not many: `vltg` is voltage."""
    table: dict[str, str] = {}
    for key, character in _BY_KEY.items():
        skeleton = _VOWELS.sub("", key)
        if len(skeleton) >= _SKELETON_LETTERS and len(key) > len(skeleton):
            table.setdefault(skeleton, character)
    return table


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


_EXACT, _BY_KEY, _PHRASES = _tables()
_SLIPS: Final = _slip_table(_BY_KEY)
_SKELETONS: Final = _skeletons()
_PHRASE_LENGTHS: Final = {
    first: sorted({len(phrase) for phrase in _PHRASES if phrase[0] == first}, reverse=True)
    for first in {phrase[0] for phrase in _PHRASES}
}


@lru_cache(_CACHED_WORDS)
def _known(word: str) -> tuple[str, str]:
    """The idea of one word as its character ("" for a filler), and the word's key."""
    if word.isdecimal() and word not in _EXACT:
        number = int(word) if len(word) < 6 else 0
        idea = "LOW_NUM" if number in _LOW_VOLTS else "HIGH_NUM" if number in _HIGH_VOLTS else "NUM"
        if len(word) >= _LONG_NUMBER:
            idea = "LONG_NUM"
        return _CHARACTERS[idea], word
    key = key_of(word)
    character = _EXACT.get(word)
    if character is None and len(word) > 1:
        character = _BY_KEY.get(key)
    if character is None and key.endswith(_HAVING_DONE) and len(key) > len(_HAVING_DONE) + 2:
        character = _BY_KEY.get(key.removesuffix(_HAVING_DONE))
    if character is None and len(key) >= _SLIP_LETTERS and not key.endswith(_PLACE_ENDINGS):
        character = _slipped(key)
    if character is None and len(key) >= _SKELETON_LETTERS:
        skeleton = _VOWELS.sub("", key)
        if key == skeleton or (len(skeleton) > _SKELETON_LETTERS and len(skeleton) * 4 >= len(key) * 3):
            character = _SKELETONS.get(skeleton)
    if character is None:
        long_name = len(key) >= _PLACE_LETTERS and key.endswith(_PLACE_ENDINGS)
        character = _PLACE if long_name else _WORD
    return character, key


def _slipped(key: str) -> str | None:
    if key in _SLIPS:
        return _SLIPS[key]
    return next((_SLIPS[shorter] for shorter in _shorter(key) if shorter in _SLIPS), None)


def words_of(normal: str) -> list[str]:
    """The words, numbers and marks of a normalised text, at most MAX_WORDS.

    `no` for number is left out, and `ph` for phone written out.
    """
    words: list[str] = _TOKEN.findall(normal.replace("ँ", "ं"))[:MAX_WORDS]
    if _NUMBER_LETTERS in words:
        words = _without_number_signs(words)
    if _PHONE_LETTERS in words:
        words = _with_phones_named(words)
    return words


def _without_number_signs(words: list[str]) -> list[str]:
    """`house no 45`, `mob no. 98123` without `no`, unless the number counts something (`no 3 phase`)."""
    result: list[str] = []
    index = 0
    while index < len(words):
        number = index + 2 if words[index + 1 : index + 2] == ["."] else index + 1
        is_sign = words[index] == _NUMBER_LETTERS and number < len(words) and words[number].isdecimal()
        if is_sign and not (number + 1 < len(words) and words[number + 1] in TIME_UNITS):
            index = number
        else:
            result.append(words[index])
            index += 1
    return result


def _as_in_text(place: tuple[str, ...]) -> tuple[str, ...]:
    """A place's words as `words_of` gives them: `gumti no 5`."""
    return tuple(_without_number_signs(list(place))) if _NUMBER_LETTERS in place else place


def _with_phones_named(words: list[str]) -> list[str]:
    """`ph 98123 45678`, `ph. number 9812345678`."""
    result = list(words)
    for index, word in enumerate(words):
        if word == _PHONE_LETTERS:
            after = next((other for other in words[index + 1 : index + 4] if other not in (".", "number")), "")
            if after.isdecimal() and len(after) >= _PHONE_DIGITS:
                result[index] = "phone"
    return result


def keys_of(words: list[str]) -> list[str]:
    """The phonetic keys of the words and numbers, without marks and words of politeness."""
    return [key for word in words if word not in MARKS for character, key in (_known(word),) if character]


def ideas_in(words: list[str], places: Iterable[tuple[str, ...]] = ()) -> str:
    """One character (of `PATTERNS.characters`) for each idea in `words`, in their order.

    `places` are names that stand in the text, as rows of words: each becomes one PLACE, whatever its words mean
    elsewhere ("Fire Brigade").
    """
    named = {place[0]: place for place in sorted(map(_as_in_text, places), key=len) if place}
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
            for count in _PHRASE_LENGTHS.get(key, ()):
                phrase = _PHRASES.get((key, *(_known(other)[1] for other in words[index : index + count - 1])))
                if phrase is not None:
                    character, index = phrase, index + count - 1
                    break
            result.append(character)
    return "".join(result)
