"""Finding the places of a pack in a text: by sound, shortened, without vowels, in one word, one slip away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from reference.gazetteer import Place, PlaceKind
from reference.lookup import Reference
from reference.names import words
from stream_processors.enrichment import placewords
from stream_processors.enrichment.placesound import (
    SKELETON_LETTERS,
    SLIP_LETTERS,
    VOWELS,
    is_one_slip,
    joined_sound,
    shorter,
    skeleton_of,
    skeletons_of,
    slip_table,
    sound_of,
)
from stream_processors.enrichment.words import WORDS

_MIN_LATIN: Final = 3
_MIN_DEVANAGARI: Final = 3
"""A name counts within a running text only when one of its words has so many characters and is not a general one."""
_SURE_LETTERS: Final = 6
"""A name of fewer letters must be written as the pack writes it: by sound `bara` (twelve) would be `Barra`."""
_SURE_LETTERS_WITH_NUMBER: Final = 5
_MAX_NAME_WORDS: Final = 8
_MAX_WORD_LETTERS: Final = 40
_MIN_SPLIT_LETTERS: Final = 4
"""So many letters a first part of a name's word must have that is written as a word of its own: `rawat pur`."""
_MAX_WORDS: Final = 400
_CACHED_WORDS: Final = 32_768
_DOUBLED: Final = re.compile(r"([^\W\d])\1")
_GENERAL_OF: Final = {
    spelling: word for word, spellings in placewords.GENERAL.items() for spelling in spellings.split()
}
_LETTER_OF: Final = {spelling: letter for letter, written in placewords.LETTERS.items() for spelling in written.split()}


class _Word(NamedTuple):
    """A word as names have it, its sound, and whether a name may begin with it."""

    written: str
    sound: str
    begins: bool


class NamedPlace(NamedTuple):
    """A place named in a running text, by the words `start` to `end` (excluded) of `names.words(text)`.

    `part_unknown`: a block or number follows that the pack does not know, and other parts of the place are fed from
    elsewhere.
    """

    place: Place
    start: int
    end: int
    part_unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    place: Place
    doubtful: bool
    in_text: bool


def place_names(reference: Reference) -> PlaceNames:
    """The names of a reference version, made ready once."""
    found = _READY.get(reference)
    if found is None:
        found = _READY[reference] = PlaceNames(reference.place_names())
    return found


class PlaceNames:
    """The names of a pack, made ready for finding. `names` are rows of words (`names.words`) and their places."""

    def __init__(self, names: Iterable[tuple[tuple[str, ...], Place]]) -> None:
        names = tuple(names)
        self._written: dict[str, _Name] = {}
        self._localities: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for _, place in names:
            if place.kind is PlaceKind.LOCALITY:
                self._localities[place.node_ids].add(place.name)
        sounding: dict[str, list[_Name]] = defaultdict(list)
        vocabulary: dict[str, None] = {}
        for parts, place in names:
            name = _Name(place, _is_doubtful(parts), _is_distinctive(parts))
            for spelled in _orders(_canonical(parts)):
                self._written.setdefault("".join(spelled), name)
                sounds = [sound_of(part) for part in spelled]
                joined = joined_sound(parts)
                for key in {"".join(sounds), joined}:
                    sounding[key].append(name)
                vocabulary.update(dict.fromkeys((*sounds, joined)))
        self._slips = slip_table(vocabulary)
        self._skeletons = skeletons_of(parts for parts, _ in names)
        for parts, place in names:
            if len(parts) == 1 and self._skeletons.get(bare := skeleton_of(parts[0])) == sound_of(parts[0]):
                self._written.setdefault(bare, _Name(place, False, True))
        self._by_sound = {sound: meant for sound, found in sounding.items() if (meant := _meant(found))}
        keys = (*self._written, *self._by_sound)
        self._beginnings = {key[:length] for key in keys for length in range(1, len(key) + 1)}
        self._divided = _divided(names)
        self._read = lru_cache(_CACHED_WORDS)(self._as_read)
        self._vocabulary = vocabulary
        self._words = frozenset(part for parts, _ in names for part in _canonical(parts))
        firsts = {spelled[0] for parts, _ in names for spelled in _orders(_canonical(parts))}
        self._firsts = firsts | {sound_of(first) for first in firsts}

    def in_text(self, text: str) -> tuple[NamedPlace, ...]:
        """The places named in a running text, in its order; of names that overlap the longest counts."""
        return self._found(words(text)[:_MAX_WORDS], whole_field=False)

    def in_field(self, text: str) -> Place | None:
        """The place that a form's locality field names, general names too; the finest when it names several."""
        parts = words(text)[:_MAX_WORDS]
        if self.says_nothing(text):
            return None
        read = self._read_all(parts)
        if whole := self._name("".join(word.written for word in read), "".join(word.sound for word in read)):
            return whole.place
        return finest(named.place for named in self._found(parts, whole_field=True))

    def says_nothing(self, text: str | None) -> bool:
        """Whether a field is empty or holds one of the words that stand for nothing, and no place has such a name."""
        key = "".join(words(text or ""))
        return not key or (key in placewords.NOTHING and key not in self._written)

    def locality_of(self, place: Place) -> str:
        """The locality by which people know a place: itself, the only one that just this feeder feeds, or the one that
        a feeder's or substation's name begins with; "" when there is none."""
        if place.kind is PlaceKind.LOCALITY:
            return place.name
        own = self._localities.get(place.node_ids, set())
        if place.kind is PlaceKind.FEEDER and len(own) == 1:
            return next(iter(own))
        tokens = _canonical(words(place.name))
        for length in range(len(tokens) - 1, 0, -1):
            name = self._written.get("".join(tokens[:length]))
            if name and name.place.kind is PlaceKind.LOCALITY:
                return name.place.name
        return ""

    def _read_all(self, parts: list[str]) -> list[_Word]:
        read = list(map(self._read, parts))
        if any(word.written == "block" for word in read):
            tokens = _canonical(parts)
            read = [
                word if word.written == token else self._read(token) for word, token in zip(read, tokens, strict=True)
            ]
        return read

    def _as_read(self, part: str) -> _Word:
        token = self._with_single_letters(_GENERAL_OF.get(part, part))
        sound = self._correct(token)
        begins = token in self._firsts or sound in self._firsts
        if not begins and len(token) >= _MIN_SPLIT_LETTERS:
            begins = token in self._beginnings or sound in self._beginnings
        return _Word(token, sound, begins)

    def _with_single_letters(self, token: str) -> str:
        """A word that no name has, with letters less often where a name has it so: `juhii`, `barraa`."""
        if token in self._words or len(token) > _MAX_WORD_LETTERS or not _DOUBLED.search(token):
            return token
        forms = [token[: match.start()] + token[match.start() + 1 :] for match in _DOUBLED.finditer(token)]
        forms.append(_DOUBLED.sub(r"\1", token))
        return next((form for form in forms if form in self._words), token)

    def _found(self, parts: list[str], *, whole_field: bool) -> tuple[NamedPlace, ...]:
        read = self._read_all(parts)
        starts = [index for index, word in enumerate(read) if word.begins]
        if not starts:
            return ()
        tokens = [word.written for word in read]
        found: list[tuple[int, int, int, _Name]] = []
        for start in starts:
            written = sound = ""
            used = 0
            end = start
            while end < len(tokens) and used < _MAX_NAME_WORDS:
                if used and _filler(tokens, end):
                    end += 1
                    continue
                written += read[end].written
                sound += read[end].sound
                used += 1
                end += 1
                if sound not in self._beginnings and written not in self._beginnings:
                    break
                name = self._name(written, sound)
                if name is not None and _counts(name, tokens, start, end, whole_field=whole_field):
                    found.append((-len(sound), start, end, name))
        found.sort(key=lambda match: match[:3])
        free = [True] * len(tokens)
        chosen: list[NamedPlace] = []
        for _, start, end, name in found:
            if all(free[start:end]):
                free[start:end] = [False] * (end - start)
                chosen.append(NamedPlace(name.place, start, end, self._part_unknown(name.place, tokens, start, end)))
        return tuple(sorted(chosen, key=lambda named: named.start))

    def _name(self, written: str, sound: str) -> _Name | None:
        """The name that is written so, else the one that sounds so; None when several places do."""
        if name := self._written.get(written):
            return name
        if len(sound) < (_SURE_LETTERS if sound.isalpha() else _SURE_LETTERS_WITH_NUMBER):
            return None
        return self._by_sound.get(sound)

    def _correct(self, token: str) -> str:
        """The sound of a word; of a word that no name has, the sound of the one that it is a slip or a skeleton of."""
        sound = sound_of(token)
        if sound in self._vocabulary or token in _GENERAL_OF or token.isdigit():
            return sound
        vowels = sum(letter in "aeiou" for letter in token)
        if token.isascii() and len(token) >= SKELETON_LETTERS and vowels <= 1:
            return self._skeletons.get(sound, self._skeletons.get(sound.translate(VOWELS), sound))
        if len(sound) < SLIP_LETTERS or sound in _COMMON:
            return sound
        near = {self._slips[form] for form in (sound, *shorter(sound)) if form in self._slips}
        near = {key for key in near if key and is_one_slip(sound, key)}
        return near.pop() if len(near) == 1 else sound

    def _part_unknown(self, place: Place, tokens: list[str], start: int, end: int) -> bool:
        if place.name not in self._divided:
            return False
        if end < len(tokens) and tokens[end].isdigit() and len(tokens[end]) < 3:
            return end + 1 >= len(tokens) or tokens[end + 1] not in placewords.TIME_UNITS
        beside = tokens[max(0, start - 2) : start] + tokens[end : end + 3]
        return "block" in beside


_READY: WeakKeyDictionary[Reference, PlaceNames] = WeakKeyDictionary()


def finest(places: Iterable[Place]) -> Place | None:
    """Of several places the one that leads deepest into the network, a locality before a substation or feeder."""
    return max(places, key=_rank, default=None)


def _rank(place: Place) -> tuple[bool, bool, int]:
    return bool(place.path.substation_id), place.kind is PlaceKind.LOCALITY, sum(map(bool, place.path))


def _canonical(parts: Sequence[str]) -> list[str]:
    """The words with general ones in one spelling, and letters beside `block` as Latin ones."""
    result = [_GENERAL_OF.get(part, part) for part in parts]
    for index, part in enumerate(result):
        if part in _LETTER_OF and "block" in result[index + 1 : index + 2]:
            result[index] = _LETTER_OF[part]
    return result


def _filler(tokens: list[str], index: int) -> bool:
    """Whether the word may be passed over: it stands between a place and its block."""
    return (
        tokens[index] in placewords.BETWEEN
        and tokens[index + 2 : index + 3] == ["block"]
        and len(tokens[index + 1]) == 1
    )


def _orders(parts: list[str]) -> Iterator[list[str]]:
    """The words of a name in their order, and with a block that stands after the place before it."""
    yield parts
    if len(parts) > 2 and parts[-1] == "block" and len(parts[-2]) == 1:
        yield parts[-2:] + parts[:-2]


def _counts(name: _Name, tokens: list[str], start: int, end: int, *, whole_field: bool) -> bool:
    """Whether a name that was found at `start` to `end` is meant as a place."""
    if whole_field:
        return True
    after = tokens[end] if end < len(tokens) else ""
    if after in placewords.NETWORK:
        return True
    if not name.in_text:
        return False
    if tokens[end - 1].isdigit() and after in placewords.TIME_UNITS:
        return False
    if end - start > 1 and tokens[end - 1] in placewords.VERB_ENDINGS:
        return False
    if end - start == 1 and after in placewords.PERSON_AFTER:
        return False
    if not placewords.PERSON_BEFORE.isdisjoint(tokens[max(0, start - 1) : start]):
        return False
    if not name.doubtful or end - start == len(tokens):
        return True
    return after in placewords.LOCATIVE and name.place.kind is not PlaceKind.FEEDER


def _is_doubtful(parts: Sequence[str]) -> bool:
    return "".join(parts) in _DOUBTFUL


def _is_distinctive(parts: Sequence[str]) -> bool:
    return any(
        len(part) >= (_MIN_LATIN if part.isascii() else _MIN_DEVANAGARI)
        and (part not in _GENERAL_OF or _GENERAL_OF[part] == "nagar")
        and not part.isdigit()
        for part in parts
    )


def _meant(names: Sequence[_Name]) -> _Name | None:
    """Of names that sound alike the locality, else the substation, else the feeder; None when there are several."""
    kinds = list(PlaceKind)
    first = min(names, key=lambda name: kinds.index(name.place.kind))
    same = {name.place.node_ids for name in names if name.place.kind is first.place.kind}
    return first if len(same) == 1 else None


def _divided(names: Sequence[tuple[tuple[str, ...], Place]]) -> frozenset[str]:
    """The names of places of which another substation feeds a part (`Barra 2` is a part of `Barra`)."""
    places = dict(names)
    return frozenset(
        whole.name
        for parts, part in names
        for length in range(1, len(parts))
        if (whole := places.get(parts[:length])) and whole.path.substation_id != part.path.substation_id
    )


_DOUBTFUL: Final = frozenset("".join(words(name)) for name in placewords.DOUBTFUL)
_COMMON: Final = frozenset(
    sound_of(part)
    for spellings in WORDS.values()
    for spelling in spellings.split()
    for part in spelling.lstrip("=").split("_")
)
