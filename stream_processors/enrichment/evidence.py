"""Which words of a text made a rule fit, and what the model thought: for a person who asks why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import exp
from typing import Final, NamedTuple

from schemas.vocabulary import Category
from stream_processors.enrichment.category import read, rule_of
from stream_processors.enrichment.courtesy import without_courtesy
from stream_processors.enrichment.model import CATEGORIES, opinion_of
from stream_processors.enrichment.pseudonym import mask_numbers
from stream_processors.enrichment.rule import Rule
from stream_processors.enrichment.rules_unsaid import UNSAID
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, words_of

_IDEA_OF: Final = {character: idea for idea, character in PATTERNS.characters.items()}
_UNSAID: Final = PATTERNS.compile(*UNSAID)
_SAY_NOTHING: Final = frozenset({"WORD", "COMMA", "STOP"})
_OPINIONS: Final = 3


class Evidence(NamedTuple):
    """Words of a text, numbers masked, and the ideas that they were read as."""

    words: str
    ideas: tuple[str, ...]


class Reasons(NamedTuple):
    """Why a text was found to be what it is.

    `rule` is the first rule that fits, `because` what each of its parts found, `unsaid` what was left out as denied,
    over or a figure of speech, `heard` every idea, `opinions` the model's likeliest categories with their shares.
    """

    rule: Rule | None
    because: tuple[Evidence, ...]
    unsaid: tuple[Evidence, ...]
    heard: tuple[Evidence, ...]
    opinions: tuple[tuple[Category, float], ...]


def reasons_of(normal: str, places: Sequence[tuple[str, ...]] = ()) -> Reasons:
    """The reasons for a normalised text; `places` as for `category.classify`."""
    keys, ideas = read(normal, places)
    rule = rule_of(ideas)
    aligned = _Aligned(normal, places)
    because = (
        (aligned.found(PATTERNS.compile(*patterns).search) for patterns in (rule.any_of, *rule.needs)) if rule else ()
    )
    scores = opinion_of(keys, ideas).categories if keys else ()
    weights = [exp(score - max(scores)) for score in scores]
    shares = sorted(
        zip(CATEGORIES, (weight / sum(weights) for weight in weights), strict=False), key=lambda each: -each[1]
    )
    return Reasons(
        rule,
        tuple(found for found in because if found),
        aligned.unsaid,
        aligned.heard(),
        tuple(shares[:_OPINIONS]),
    )


class _Aligned:
    """A text as ideas, without those that are not meant, and which words each idea is of."""

    def __init__(self, normal: str, places: Sequence[tuple[str, ...]]) -> None:
        self._words = without_courtesy(words_of(normal))
        ideas = ideas_in(self._words, places)
        ends = [0] * len(ideas)
        for count in range(1, len(self._words) + 1):
            known = len(ideas_in(self._words[:count], places))
            if 0 < known <= len(ends):
                ends[known - 1] = count
        spans = [(max(ends[:index], default=0), end) for index, end in enumerate(ends)]
        kept: list[tuple[str, tuple[int, int]]] = []
        unsaid: list[Evidence] = []
        position = 0
        for match in _UNSAID.finditer(ideas):
            start, end = match.span()
            if start == end:
                continue
            whole = (spans[start][0], spans[end - 1][1])
            kept += zip(ideas[position:start], spans[position:start], strict=True)
            kept.append((PATTERNS.characters["WORD"], whole))
            unsaid.append(self._evidence(match[0], whole))
            position = end
        kept += zip(ideas[position:], spans[position:], strict=True)
        self._ideas = "".join(idea for idea, _ in kept)
        self._spans = [span for _, span in kept]
        self.unsaid = tuple(unsaid)

    def found(self, search: Callable[[str], re.Match[str] | None]) -> Evidence | None:
        """What a pattern finds."""
        match = search(self._ideas)
        if match is None or match.start() == match.end():
            return None
        return self._evidence(match[0], (self._spans[match.start()][0], self._spans[match.end() - 1][1]))

    def heard(self) -> tuple[Evidence, ...]:
        """Every word or pair of words that says something."""
        each = (self._evidence(idea, span) for idea, span in zip(self._ideas, self._spans, strict=True))
        return tuple(evidence for evidence in each if evidence.ideas)

    def _evidence(self, ideas: str, span: tuple[int, int]) -> Evidence:
        """The words of a span, without those at its edges that say nothing."""
        words = self._words[span[0] : span[1]]
        while words and not ideas_in(words[:1]):
            del words[0]
        while words and not ideas_in(words[-1:]):
            del words[-1]
        said = tuple(name for idea in ideas if (name := _IDEA_OF[idea]) not in _SAY_NOTHING)
        return Evidence(mask_numbers(" ".join(words)), said)
