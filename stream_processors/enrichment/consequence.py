"""What follows from a complaint: how urgent it is and how far it reaches."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from schemas.vocabulary import SUPPLY_CATEGORIES, Category, Extent, SpecialNeed

_NEEDS_AT_ONCE: Final = frozenset({SpecialNeed.LIFE_SUPPORT, SpecialNeed.HOSPITAL})
_MANY_CUSTOMERS: Final = frozenset(
    {Category.NO_SUPPLY_AREA, Category.TRANSFORMER_FAULT, Category.UNDERGROUND_CABLE_FAULT}
)
_POOR_SUPPLY: Final = frozenset({Category.LOW_VOLTAGE, Category.FREQUENT_TRIPPING})
_PERHAPS_OUT: Final = frozenset(
    {Category.PREPAID_SMART_METER, Category.METER_FAULT, Category.RESTORATION_QUERY, Category.UNCLEAR}
)
_NOTHING_TO_REPEAT: Final = frozenset({Category.RESTORED_CONFIRMATION, Category.NOT_ELECTRICITY})
_HIGHEST_BY_REPEAT: Final = 2

_REPORT: Final = (
    "complaints?|complain(?:ed|t)?|complent|complen|kampl?ent|shikayat|shikayt|ticket|token|शिकायत|कंप्लेंट|कम्प्लेंट|टिकट"
)
_CALL: Final = "phone|fone|call|called|फोन|काल|कॉल"
_AGAIN: Final = (
    "again|dobara|dubara|dobaara|firse|phir se|fir se|reopen(?:ed)?|repeat(?:ed)?|already|pehle bhi|pahle bhi|"
    "दोबारा|दुबारा|फिर से|पहले भी"
)
_TIMES: Final = (
    "(?:[2-9]|1\\d|do|teen|char|paanch|kai|kayi|bahut|dusri|doosri|teesri|tisri|chauthi|paanchvi|second|third|fourth|"
    "2nd|3rd|4th|दूसरी|तीसरी|चौथी|कई|दो|तीन|चार) ?(?:baar|bar|time|times|बार)"
)
_GAP: Final = r"\W+(?:\w+\W+){0,4}?"
_SAID_BEFORE: Final = re.compile(
    rf"(?:{_REPORT})\b{_GAP}(?:{_AGAIN}|{_TIMES})(?!\w)|(?<!\w)(?:{_AGAIN})\b{_GAP}(?:{_REPORT}|{_CALL})(?!\w)"
    rf"|(?<!\w)(?:{_TIMES})\b{_GAP}(?:{_REPORT}|{_CALL})(?!\w)"
    rf"|(?:{_REPORT})\b{_GAP}(?:closed|close kar di|band kar di|बंद कर दी)(?!\w)"
)
_STEMS: Final = (
    "compl",
    "kamp",
    "shika",
    "ticket",
    "token",
    "phone",
    "fone",
    "call",
    "फोन",
    "काल",
    "कॉल",
    "शिका",
    "कंप",
    "कम्प",
    "टिकट",
)
"""Without one of these nothing in `_SAID_BEFORE` can fit; to look for them is quick."""

_LIFE_SUPPORT: Final = (
    "oxygen",
    "oksijan",
    "ventilat",
    "concentrator",
    "dialysis",
    "daylisis",
    "bipap",
    "life support",
    "ऑक्सीजन",
    "आक्सीजन",
    "वेंटिलेटर",
    "डायलिसिस",
)
_STEM: Final = re.compile("|".join(map(re.escape, _STEMS))).search
_LIFE_SUPPORT_NAMED: Final = re.compile("|".join(map(re.escape, _LIFE_SUPPORT))).search


class Urgency(NamedTuple):
    """A priority from 1 (most urgent) to 5, and in a few words why."""

    priority: int
    reason: str


def urgency_of(
    category: Category, *, hazard: bool, extent: Extent, special_need: SpecialNeed, repeat: bool = False
) -> Urgency:
    """How urgent a complaint is, the first that fits:

    1. a present danger; a supply category at a life-support or hospital connection;
    2. a supply category that reaches many customers (area, transformer, underground cable) or at a water works;
    3. no supply or unsafe supply at one place;
    4. poor supply (low voltage, tripping), and what may hide an outage (meter, prepaid, a query, unclear);
    5. the rest.

    A repeat is one step more urgent, but not more than 2.
    """
    first = _first(category, hazard, extent, special_need)
    if repeat and first.priority > _HIGHEST_BY_REPEAT and category not in _NOTHING_TO_REPEAT:
        return Urgency(first.priority - 1, f"{first.reason}; complained of before")
    return first


def _first(category: Category, hazard: bool, extent: Extent, special_need: SpecialNeed) -> Urgency:
    supply = category in SUPPLY_CATEGORIES
    if hazard:
        return Urgency(1, "a present danger")
    if supply and special_need in _NEEDS_AT_ONCE:
        return Urgency(1, f"supply at a connection with special need: {special_need}")
    if supply and special_need is SpecialNeed.WATER_WORKS:
        return Urgency(2, "supply at a water works")
    if supply and (category in _MANY_CUSTOMERS or extent is Extent.AREA):
        return Urgency(2, "supply of many customers")
    if supply and category not in _POOR_SUPPLY:
        return Urgency(3, "no supply or unsafe supply at one place")
    if supply:
        return Urgency(4, "poor supply at one place")
    if category in _PERHAPS_OUT:
        return Urgency(4, "may hide an outage")
    return Urgency(5, "no supply is out")


def said_before(normal: str) -> bool:
    """Whether a normalised text says that this was complained of before.

    One record knows no more than its words. What the same customer really sent before is a question to the store, by
    `customer_key`.
    """
    return _STEM(normal) is not None and _SAID_BEFORE.search(normal) is not None


def need_of(known: SpecialNeed, normal: str) -> SpecialNeed:
    """The special need of the connection, else life support when a normalised text speaks of such a device."""
    if known is SpecialNeed.NONE and _LIFE_SUPPORT_NAMED(normal):
        return SpecialNeed.LIFE_SUPPORT
    return known


def extent_of(category: Category, said: Extent, neighbours_out: bool | None) -> Extent:
    """How far the trouble reaches: what the text says, else what was said of the neighbours; only for supply."""
    if category not in SUPPLY_CATEGORIES:
        return Extent.UNKNOWN
    if said is not Extent.UNKNOWN or neighbours_out is None:
        return said
    return Extent.AREA if neighbours_out else Extent.SINGLE
