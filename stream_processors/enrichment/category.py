"""What a complaint is about: its category, its danger and its extent, from the text by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log1p
from typing import Final

from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent
from stream_processors.enrichment.courtesy import without_courtesy
from stream_processors.enrichment.model import CATEGORIES, opinion_of
from stream_processors.enrichment.phrases import AREA_NAMED, MANY_HOUSES, ONE_HOUSE, OTHERS_HAVE
from stream_processors.enrichment.rule import Rule
from stream_processors.enrichment.rules import RULES
from stream_processors.enrichment.rules_unsaid import UNSAID
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, keys_of, words_of

RULE_WEIGHT: Final = 2.5
"""What a rule that is sure of itself adds to the log-probability that the model gives its category."""
DANGER_LEANING: Final = 3.0
"""Added to the model's log-odds of danger: a danger that is missed costs more than one that is none."""
DANGER_RULE_WEIGHT: Final = 2.5
"""What a rule for a danger adds to the log-odds of danger, and what another rule, or none, takes from it."""
DANGER_ELSEWHERE: Final = 3.5
"""Log-odds of danger above which a text is a danger though its category is not starred; for a transformer fault 0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text says. `rule` names the rule that decided, or is `model`, `code` or `no words`."""

    category: Category
    confidence: float
    hazard: bool
    extent: Extent
    rule: str


NOTHING_SAID: Final = Finding(Category.UNCLEAR, 1.0, False, Extent.UNKNOWN, "no words")
"""The finding for a text without a word."""


class _Compiled:
    """A rule with its patterns compiled. The `hazard` ones do not fit where a negation stands beside what was found."""

    __slots__ = ("any_of", "needs", "rule", "unless")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        negations = PATTERNS.ideas_of("NEG|WITHOUT")
        beside = (f"(?<![{negations}])", f"(?![{PATTERNS.ideas_of('NEG')}])") if rule.hazard else ("", "")
        self.any_of = re.compile(f"{beside[0]}(?:{PATTERNS.compile(*rule.any_of).pattern}){beside[1]}").search
        self.needs = tuple(PATTERNS.compile(*patterns).search for patterns in rule.needs)
        self.unless = PATTERNS.compile(*rule.unless).search if rule.unless else None

    def fits(self, ideas: str) -> bool:
        return (
            self.any_of(ideas) is not None
            and all(need(ideas) is not None for need in self.needs)
            and (self.unless is None or self.unless(ideas) is None)
        )


def _triggered() -> dict[str, int]:
    """For each idea the rules that may fit a text with it: a bit for each, the first rule the lowest."""
    table: dict[str, int] = {}
    for number, compiled in enumerate(_COMPILED):
        for idea in PATTERNS.triggers(*compiled.rule.any_of):
            table[idea] = table.get(idea, 0) | 1 << number
    return table


_STARRED: Final = [category in HAZARD_CATEGORIES for category in CATEGORIES]
_INDEX: Final = {category: index for index, category in enumerate(CATEGORIES)}
_TRANSFORMER: Final = _INDEX[Category.TRANSFORMER_FAULT]
_COMPILED: Final = tuple(_Compiled(rule) for rule in RULES)
_TRIGGERED: Final = _triggered()
_UNSAID: Final = PATTERNS.compile(*UNSAID).sub
_AREA: Final = PATTERNS.compile(*AREA_NAMED).search
_MANY_HOUSES: Final = PATTERNS.compile(*MANY_HOUSES).search
_OTHERS_HAVE: Final = PATTERNS.compile(*OTHERS_HAVE).search
_ONE_HOUSE: Final = PATTERNS.compile(*ONE_HOUSE).search


def read(normal: str, places: Iterable[tuple[str, ...]] = ()) -> tuple[list[str], str]:
    """The phonetic keys of the words of a normalised text, and its ideas without those that are not meant."""
    words = without_courtesy(words_of(normal))
    return keys_of(words), _UNSAID(PATTERNS.characters["WORD"], ideas_in(words, places))


def classify(normal: str, places: Iterable[tuple[str, ...]] = ()) -> Finding:
    """What a normalised text says; `places` are the names of places in it, as rows of words.

    The first rule that fits adds RULE_WEIGHT times its confidence to the model's opinion of its category. Rule and
    model also say how likely a danger is, which speaks for the starred categories and against the others, but neither
    for nor against a transformer fault, which may be one. The best category is the finding, and its share the
    confidence. `hazard` is true for a starred category and where a danger is likely enough. `extent` is unknown unless
    it is about supply and the text says how far the trouble reaches.
    """
    keys, ideas = read(normal, places)
    if not keys:
        return NOTHING_SAID
    rule = rule_of(ideas)
    opinion = opinion_of(keys, ideas)
    scores = opinion.categories
    if rule is not None:
        scores[_INDEX[rule.category]] += RULE_WEIGHT * rule.confidence
    found = rule is not None and (rule.hazard or rule.category in HAZARD_CATEGORIES)
    danger = opinion.danger + DANGER_LEANING + (DANGER_RULE_WEIGHT if found else -DANGER_RULE_WEIGHT)
    unsafe, safe = _log_sigmoid(danger), _log_sigmoid(-danger)
    scores = [score + (unsafe if starred else safe) for score, starred in zip(scores, _STARRED, strict=True)]
    scores[_TRANSFORMER] -= safe
    best = max(scores)
    category = CATEGORIES[scores.index(best)]
    confidence = round(1 / sum(exp(score - best) for score in scores), 3)
    by_rule = rule is not None and rule.category is category
    enough = 0.0 if category is Category.TRANSFORMER_FAULT else DANGER_ELSEWHERE
    hazard = category in HAZARD_CATEGORIES or danger > enough
    extent = _extent(category, ideas) if category in SUPPLY_CATEGORIES else Extent.UNKNOWN
    return Finding(category, confidence, hazard, extent, rule.name if rule is not None and by_rule else "model")


def rule_of(ideas: str) -> Rule | None:
    """The first rule that fits."""
    mask = 0
    for idea in set(ideas):
        mask |= _TRIGGERED.get(idea, 0)
    while mask:
        lowest = mask & -mask
        compiled = _COMPILED[lowest.bit_length() - 1]
        if compiled.fits(ideas):
            return compiled.rule
        mask ^= lowest
    return None


def _log_sigmoid(odds: float) -> float:
    return -log1p(exp(-odds)) if odds > 0 else odds - log1p(exp(odds))


def _extent(category: Category, ideas: str) -> Extent:
    if category is Category.NO_SUPPLY_AREA:
        return Extent.AREA
    if category is not Category.NO_SUPPLY and _MANY_HOUSES(ideas) and not _OTHERS_HAVE(ideas):
        return Extent.AREA
    if category in HAZARD_CATEGORIES:
        return Extent.SINGLE if _OTHERS_HAVE(ideas) else Extent.UNKNOWN
    if _ONE_HOUSE(ideas):
        return Extent.SINGLE
    return Extent.AREA if category is not Category.NO_SUPPLY and _AREA(ideas) else Extent.UNKNOWN
