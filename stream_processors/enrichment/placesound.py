"""How names of places sound, and which words are near one: a slip, the consonants alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from stream_processors.enrichment.romanise import key_of

SLIP_LETTERS: Final = 6
"""A word with so many letters in its key may have one letter wrong, missing, added or swapped."""
SKELETON_LETTERS: Final = 4
"""So many letters a name must keep when its vowels are left out: `KLYNPR`."""
VOWELS: Final = str.maketrans("", "", "aeiou")
_CACHED_WORDS: Final = 32_768


@lru_cache(_CACHED_WORDS)
def sound_of(token: str) -> str:
    """The phonetic key of a word of a name, coarser than that of a word of the text: no `h` within, `iy` as `i`."""
    key = key_of(token)
    return key[:1] + key[1:].replace("h", "").replace("iy", "i")


def joined_sound(parts: Sequence[str]) -> str:
    """The sound of a name that is written in one word."""
    text = "".join(parts)
    return sound_of(text) if text.isascii() else sound_of("".join(part for part in parts if not part.isascii()))


def shorter(key: str) -> Iterator[str]:
    """The key without one of its letters; the first stays."""
    for index in range(1, len(key)):
        yield key[:index] + key[index + 1 :]


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter wrong, missing or added, or two neighbours swapped, make `other` of `one`."""
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) != len(other):
        long, short = (one, other) if len(one) > len(other) else (other, one)
        return long[at + 1 :] == short[at:]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]


def slip_table(vocabulary: Iterable[str]) -> dict[str, str]:
    """Keys with one letter left out, and the key they are of; "" where several keys have one such form."""
    table: dict[str, str] = {}
    for key in vocabulary:
        if len(key) >= SLIP_LETTERS:
            for form in (key, *shorter(key)):
                table[form] = key if table.get(form, key) == key else ""
    return table


def skeleton_of(word: str) -> str:
    """A word without its vowels, but for a first and a last one."""
    return word[:1] + word[1:-1].translate(VOWELS) + word[1:][-1:]


def skeletons_of(names: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """The consonants of a whole name or of one of its words, and the sound they are of; only where it is one sound."""
    found: dict[str, set[str]] = defaultdict(set)
    for parts in names:
        for sound in {*map(sound_of, parts), joined_sound(parts)}:
            bare = sound[:1] + sound[1:].translate(VOWELS)
            for skeleton in {bare, skeleton_of(sound)}:
                if len(skeleton) >= SKELETON_LETTERS:
                    found[skeleton].add(sound)
    return {skeleton: min(sounds) for skeleton, sounds in found.items() if len(sounds) == 1}
