"""What a complaint is about: its category, its danger and its extent, from the text by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent
from stream_processors.enrichment.phrases import AREA_NAMED, MANY_HOUSES, ONE_HOUSE, OTHERS_HAVE
from stream_processors.enrichment.rule import Rule
from stream_processors.enrichment.rules import RULES
from stream_processors.enrichment.vocabulary import PATTERNS, ideas_in, words_of

UNCLEAR_CONFIDENCE: Final = 0.3
"""How sure "unclear" is: no rule fitted, somebody should read the text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text says. `rule` names what decided."""

    category: Category
    confidence: float
    hazard: bool
    extent: Extent
    rule: str


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


_COMPILED: Final = tuple(_Compiled(rule) for rule in RULES)
_AREA: Final = PATTERNS.compile(*AREA_NAMED).search
_MANY_HOUSES: Final = PATTERNS.compile(*MANY_HOUSES).search
_OTHERS_HAVE: Final = PATTERNS.compile(*OTHERS_HAVE).search
_ONE_HOUSE: Final = PATTERNS.compile(*ONE_HOUSE).search


def classify(normal: str, places: Iterable[tuple[str, ...]] = ()) -> Finding:
    """What a normalised text says; `places` are the names of places in it, as rows of words.

    `hazard` is true for a starred category and for a dangerous transformer. `extent` is unknown unless it is about
    supply and the text says how far the trouble reaches.
    """
    ideas = ideas_in(words_of(normal), places)
    for compiled in _COMPILED:
        if compiled.fits(ideas):
            rule = compiled.rule
            extent = _extent(rule.category, ideas) if rule.category in SUPPLY_CATEGORIES else Extent.UNKNOWN
            hazard = rule.hazard or rule.category in HAZARD_CATEGORIES
            return Finding(rule.category, rule.confidence, hazard, extent, rule.name)
    return Finding(Category.UNCLEAR, UNCLEAR_CONFIDENCE, False, Extent.UNKNOWN, "none")


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
