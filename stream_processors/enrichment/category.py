"""What a complaint is about: its category, its danger and its extent, from the text by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from typing import Final

from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent
from stream_processors.enrichment.model import CATEGORIES, opinion_of
from stream_processors.enrichment.phrases import AREA_NAMED, MANY_HOUSES, ONE_HOUSE, OTHERS_HAVE
from stream_processors.enrichment.rule import Rule
from stream_processors.enrichment.rules import RULES
from stream_processors.enrichment.rules_unsaid import UNSAID
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, keys_of, without_courtesy, words_of

RULE_WEIGHT: Final = 3.2
"""What a rule that is sure of itself adds to the log-probability that the model gives its category."""
DANGER_BY_RULE: Final = -4.0
"""Log-odds of danger by the model above which a danger that a rule found is one."""
DANGER_ALONE: Final = 0.0
"""Log-odds of danger by the model above which a danger that no rule found is one."""


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


_INDEX: Final = {category: index for index, category in enumerate(CATEGORIES)}
_COMPILED: Final = tuple(_Compiled(rule) for rule in RULES)
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

    The first rule that fits adds RULE_WEIGHT times its confidence to the model's opinion of its category; the best
    category is the finding, and its share the confidence. `hazard` is true for a starred category and where rule and
    model together say so. `extent` is unknown unless it is about supply and the text says how far the trouble reaches.
    """
    keys, ideas = read(normal, places)
    if not keys:
        return NOTHING_SAID
    rule = rule_of(ideas)
    opinion = opinion_of(keys, ideas)
    scores = list(opinion.categories)
    if rule is not None:
        scores[_INDEX[rule.category]] += RULE_WEIGHT * rule.confidence
    best = max(scores)
    category = CATEGORIES[scores.index(best)]
    confidence = round(1 / sum(exp(score - best) for score in scores), 3)
    by_rule = rule is not None and rule.category is category
    dangerous = rule is not None and (rule.hazard or rule.category in HAZARD_CATEGORIES)
    hazard = category in HAZARD_CATEGORIES or opinion.danger > (DANGER_BY_RULE if dangerous else DANGER_ALONE)
    extent = _extent(category, ideas) if category in SUPPLY_CATEGORIES else Extent.UNKNOWN
    return Finding(category, confidence, hazard, extent, rule.name if rule is not None and by_rule else "model")


def rule_of(ideas: str) -> Rule | None:
    """The first rule that fits."""
    return next((compiled.rule for compiled in _COMPILED if compiled.fits(ideas)), None)


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
