"""One form for a word however it is spelled: Devanagari and Latin letters to one short phonetic key."""

from __future__ import annotations

import re
from typing import Final

_CONSONANT_SOUNDS: Final = "k kh g gh n ch ch j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h"
_VOWEL_SOUNDS: Final = "a aa i ee u oo ri e ai o o au e e o"
_CONSONANTS: Final = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", _CONSONANT_SOUNDS.split(), strict=True))
_VOWELS: Final = dict(zip("अआइईउऊऋएऐऑओऔऍऎऒ", _VOWEL_SOUNDS.split(), strict=True))
_SIGNS: Final = dict(zip("ािीुूृेैॉोौॅॆॊ", _VOWEL_SOUNDS.split()[1:], strict=True))
_VIRAMA: Final = "्"
_ANUSVARA: Final = "ं"
_INHERENT: Final = "*"
_FRONT_VOWELS: Final = "इईएऐ"
_LABIALS: Final = frozenset("पफबभम")
_MAX_KEY_LETTERS: Final = 40

_ALIKE: Final = (
    ("chh", "C"),
    ("ch", "C"),
    ("ph", "f"),
    ("sh", "s"),
    *((f"{letter}h", letter) for letter in "bdgjkt"),
    ("ck", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "j"),
    ("w", "v"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("c", "k"),
    ("C", "c"),
    ("aa", "a"),
    ("ee", "i"),
    ("ie", "i"),
    ("ea", "i"),
    ("oo", "u"),
)
"""Letters that are written for one sound, in the order in which they are replaced."""

_DIPHTHONG_E: Final = re.compile(r"(?:ai|ay|ae|ei|ey)(?![aeiou])")
_DIPHTHONG_O: Final = re.compile(r"au|ou")
_DOUBLED: Final = re.compile(r"(.)\1+")
_LEADING_VOWEL: Final = re.compile(r"^[ei]s(?=[kpt])")
"""Speakers of Hindi put a vowel before such a start: `iskool`, `espark`."""


def _latin(word: str) -> str:
    """A Devanagari word in Latin letters, with the unspoken `a` left out.

    The inherent vowel is dropped at the end of a word and between a vowel-consonant and a consonant-vowel, the usual
    rule of spoken Hindi.
    """
    units: list[tuple[str, str]] = []
    for index, letter in enumerate(word):
        if letter in _CONSONANTS:
            units.append((_CONSONANTS[letter], _INHERENT))
        elif letter in _VOWELS:
            glide = "y" if units and letter in _FRONT_VOWELS else ""
            units.append((glide, _VOWELS[letter]))
        elif letter in _SIGNS and units:
            units[-1] = (units[-1][0], _SIGNS[letter])
        elif letter == _VIRAMA and units:
            units[-1] = (units[-1][0], "")
        elif letter == _ANUSVARA and 0 < index < len(word) - 1:
            vowel = units[-1][1] if units else ""
            units[-1:] = [
                (units[-1][0] if units else "", ("a" if vowel == _INHERENT else vowel) + _nasal(word[index + 1]))
            ]
    return "".join(consonant + _spoken(units, index) for index, (consonant, _) in enumerate(units))


def _nasal(following: str) -> str:
    return "m" if following in _LABIALS else "n"


def _spoken(units: list[tuple[str, str]], index: int) -> str:
    """The vowel of unit `index` as it is spoken; where the rule drops the inherent vowel, the unit loses it."""
    vowel = units[index][1]
    if vowel != _INHERENT:
        return vowel
    last = index > 0 and index + 1 == len(units)
    between = (
        0 < index < len(units) - 1
        and units[index - 1][1] != ""
        and units[index + 1][0] != ""
        and units[index + 1][1] not in ("", _INHERENT)
    )
    if last or between:
        units[index] = (units[index][0], "")
        return ""
    return "a"


def key_of(word: str) -> str:
    """The phonetic key of a normalised word (letters of one script): lower-case Latin, at most 40 letters.

    Aspiration, vowel length, doubled letters, a last `h`, and the pairs z/j, w/v, c/k, ph/f make no difference.
    """
    word = word[:_MAX_KEY_LETTERS]
    if not word.isascii():
        word = _latin(word)
    for letters, sound in _ALIKE:
        word = word.replace(letters, sound)
    word = _DIPHTHONG_O.sub("o", _DIPHTHONG_E.sub("e", word))
    word = _LEADING_VOWEL.sub("s", _DOUBLED.sub(r"\1", word))
    if len(word) > 1:
        word = word[:-1] + "i" if word[-1] == "y" else word.removesuffix("h")
    return word
