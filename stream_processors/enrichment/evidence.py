"""Which words of a text made a rule fit: for a person who asks why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from stream_processors.enrichment.pseudonym import mask_numbers
from stream_processors.enrichment.rules import RULES
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, words_of

_IDEA_OF = {character: idea for idea, character in PATTERNS.characters.items()}
_RULE_OF = {rule.name: rule for rule in RULES}
_SAY_NOTHING = frozenset({"WORD", "COMMA", "STOP"})


class Evidence(NamedTuple):
    """Words of a text, numbers masked, and the ideas that they were read as."""

    words: str
    ideas: tuple[str, ...]


def evidence_of(rule_name: str, normal: str, places: Sequence[tuple[str, ...]] = ()) -> tuple[Evidence, ...]:
    """What each part of the rule found in a normalised text: `any_of`, then `needs`; empty for what is no rule."""
    rule = _RULE_OF.get(rule_name)
    if rule is None:
        return ()
    read = _Read(normal, places)
    return tuple(
        found for patterns in (rule.any_of, *rule.needs) if (found := read.found(PATTERNS.compile(*patterns).search))
    )


def ideas_of(normal: str, places: Sequence[tuple[str, ...]] = ()) -> tuple[Evidence, ...]:
    """Every word or pair of words of a normalised text that says something, and its idea."""
    read = _Read(normal, places)
    return tuple(
        Evidence(read.words_at(index, index + 1), (idea,))
        for index, character in enumerate(read.ideas)
        if (idea := _IDEA_OF[character]) not in _SAY_NOTHING
    )


class _Read:
    """A text as ideas, and which words each idea is of."""

    def __init__(self, normal: str, places: Sequence[tuple[str, ...]]) -> None:
        self._words = words_of(normal)
        self.ideas = ideas_in(self._words, places)
        self._ends = [0] * len(self.ideas)
        for count in range(1, len(self._words) + 1):
            seen = len(ideas_in(self._words[:count], places))
            if 0 < seen <= len(self._ends):
                self._ends[seen - 1] = count

    def words_at(self, start: int, end: int) -> str:
        """The words of the ideas `start` to `end` (excluded), without those at the edges that say nothing."""
        first = max(self._ends[:start], default=0)
        words = self._words[first : self._ends[end - 1]]
        while words and not ideas_in(words[:1]):
            del words[0]
        while words and not ideas_in(words[-1:]):
            del words[-1]
        return mask_numbers(" ".join(words))

    def found(self, search: Callable[[str], re.Match[str] | None]) -> Evidence | None:
        match = search(self.ideas)
        if match is None or match.start() == match.end():
            return None
        ideas = (_IDEA_OF[character] for character in match[0])
        said = tuple(idea for idea in ideas if idea not in _SAY_NOTHING)
        return Evidence(self.words_at(match.start(), match.end()), said)
