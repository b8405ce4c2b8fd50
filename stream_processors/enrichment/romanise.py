"""One form for a word however it is spelled: Devanagari and Latin letters to one short phonetic key."""

from __future__ import annotations

import re
from typing import Final

_CONSONANTS: Final = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "ch",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
        ],
        strict=True,
    )
)
_VOWELS: Final = dict(
    zip(
        "अआइईउऊऋएऐऑओऔऍऎऒ",
        ["a", "aa", "i", "ee", "u", "oo", "ri", "e", "ai", "o", "o", "au", "e", "e", "o"],
        strict=True,
    )
)
_SIGNS: Final = dict(
    zip("ािीुूृेैॉोौॅॆॊ", ["aa", "i", "ee", "u", "oo", "ri", "e", "ai", "o", "o", "au", "e", "e", "o"], strict=True)
)
_VIRAMA: Final = "्"
_ANUSVARA: Final = "ं"
_INHERENT: Final = "*"
_FRONT_VOWELS: Final = "इईएऐ"
_LABIALS: Final = frozenset("पफबभम")
_MAX_KEY_LETTERS: Final = 40

_STEPS: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"chh|ch", "C"),
        (r"ph", "f"),
        (r"sh", "s"),
        (r"([bdgjkt])h", r"\1"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"z", "j"),
        (r"w", "v"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"C", "c"),
        (r"aa+", "a"),
        (r"ee+|ie|ea", "i"),
        (r"oo+", "u"),
        (r"(?:ai|ay|ae|ei|ey)(?![aeiou])", "e"),
        (r"au|ou|ow", "o"),
        (r"(.)\1+", r"\1"),
        (r"^[ei]s(?=[kpt])", "s"),
        (r"(?<=.)y$", "i"),
        (r"(?<=.)h$", ""),
    )
)


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
    for pattern, new in _STEPS:
        word = pattern.sub(new, word)
    return word
