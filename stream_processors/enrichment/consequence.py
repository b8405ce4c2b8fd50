"""What follows from a complaint: how urgent it is and how far it reaches."""

from __future__ import annotations

from typing import Final

from schemas.vocabulary import SUPPLY_CATEGORIES, Category, Extent, SpecialNeed

_NEEDS_AT_ONCE: Final = frozenset({SpecialNeed.LIFE_SUPPORT, SpecialNeed.HOSPITAL})
_MANY_CUSTOMERS: Final = frozenset(
    {Category.NO_SUPPLY_AREA, Category.TRANSFORMER_FAULT, Category.UNDERGROUND_CABLE_FAULT}
)
_POOR_SUPPLY: Final = frozenset({Category.LOW_VOLTAGE, Category.FREQUENT_TRIPPING})
_PERHAPS_OUT: Final = frozenset(
    {Category.PREPAID_SMART_METER, Category.METER_FAULT, Category.RESTORATION_QUERY, Category.UNCLEAR}
)


def priority_of(category: Category, *, hazard: bool, extent: Extent, special_need: SpecialNeed) -> int:
    """1 (most urgent) to 5, the first that fits:

    1. a present danger; a supply category at a life-support or hospital connection;
    2. a supply category that reaches many customers (area, transformer, underground cable) or at a water works;
    3. no supply or unsafe supply at one place;
    4. poor supply (low voltage, tripping), and what may hide an outage (meter, prepaid, a query, unclear);
    5. the rest.
    """
    supply = category in SUPPLY_CATEGORIES
    if hazard or (supply and special_need in _NEEDS_AT_ONCE):
        return 1
    if supply and (category in _MANY_CUSTOMERS or extent is Extent.AREA or special_need is SpecialNeed.WATER_WORKS):
        return 2
    if supply:
        return 4 if category in _POOR_SUPPLY else 3
    return 4 if category in _PERHAPS_OUT else 5


def extent_of(category: Category, said: Extent, neighbours_out: bool | None) -> Extent:
    """How far the trouble reaches: what the text says, else what was said of the neighbours; only for supply."""
    if category not in SUPPLY_CATEGORIES:
        return Extent.UNKNOWN
    if said is not Extent.UNKNOWN or neighbours_out is None:
        return said
    return Extent.AREA if neighbours_out else Extent.SINGLE
