"""The rules that decide what a complaint is about: tables of patterns, in the order in which they count.

The order is the contract's "most urgent first": dangers, then faults of the network, then what one house can have, then
money and service, then the bare "no light". A rule fits when one of `any_of` is found, each of `needs` is found too and
none of `unless`. The patterns are those of `pattern`, over the ideas of `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `confidence` is how sure it is by itself; `hazard` marks a present danger from network or wiring."""

    name: str
    category: Category
    any_of: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    hazard: bool = False
    confidence: float = 0.9


FUSE_AT_FAULT: Final = (
    "FUSE ~3 FLY|FALL|BURN|BURST|BREAK|CUT|FAULT|TRIP|OUT|DOWN|GO|GO_AWAY|SIT|LOOSE",
    "FLY|BURN|BURST|BREAK|TRIP ~2 FUSE",
    "DO ~1 FALL|FLY|BURN|BURST|OPEN|BREAK",
)
OVER: Final = (
    "FIRE|SPARK|SMOKE ~2 EXTINGUISH|STOP",
    "REPAIRED ~2-DONE IS|GO|WAS",
    "REPAIRED ~1 DONE",
    "IS ~1 REPAIRED $",
    "JOIN ~1 GO|DONE",
    "DENY",
)
"""A danger that was: nothing in such a text is present danger."""

SUPPLY_OUT: Final = (
    "SUPPLY|LINE ~3 NOT|NO",
    "SUPPLY ~3-COME|RESTORE OUT|BAND|GO|GO_AWAY|CUT|DOWN|DARK|JA|DISCONNECT|BREAK",
    "LINE ~2-COME|RESTORE OUT|BAND|GO|GO_AWAY|CUT|DOWN",
    "OUT|CUT|DARK|BAND ~1 SUPPLY",
    "NEG ~3 SUPPLY",
    "WITHOUT ~2 SUPPLY",
    "SUPPLY ~3 WITHOUT",
    "DARK",
    "AGAIN ~2-COME|COMPLAINT GO|GO_AWAY|CUT|OUT",
    "SUPPLY ~~4-COME NOT COME|RESTORE|WILL_COME|RAHA",
    "OUT SINCE|ANY_NUM|IS|RAHA",
    "BUT ~3 NOT COME",
    "GO_AWAY",
)
AREA_NAMED: Final = (
    "ALL ~2 AREA|BLOCK|LANE|ROAD|PLACE|HOUSES",
    "ALL ~1 WORD ~2 SUPPLY|DARK|OUT|BAND",
    "AREA|BLOCK|LANE ~2 KI|ME|PE",
    "AREA ~1 OUT|BAND|DARK|DOWN",
    "ALL ~1 KI SUPPLY",
    "ALL ~1 WITHOUT|DARK",
    "ALL ~1 HOUSE",
    "ANY_NUM|NUM_MANY|KITNA HOUSES|HOUSE|AREA",
    "HOUSES ~1 KI|ME|IS|WITHOUT",
    "OTHERS ~2 ALSO",
    "ALSO ~1 OTHERS",
    "NOBODY",
    "PLACE ~3 ME|KI",
    "ME|SE PLACE|AREA|BLOCK|LANE",
    "ME ~2 PLACE|AREA|BLOCK|LANE",
    "PLACE ~2 IS? WITHOUT|DARK",
    "WORD ANY_NUM? ME ~3-WATER SUPPLY|OUT|BAND",
    "^ WORD WORD? ANY_NUM? KI SUPPLY",
    "SUPPLY ~3 ME PLACE|AREA",
)
ONE_HOUSE: Final = (
    "ONLY ~1 MY|HOUSE|EK",
    "MY ~1 HOUSE",
    "HOUSE ~1 ME|KI|PE",
    "ME ~1 MY HOUSE",
    "HOUSE ANY_NUM",
    "OTHERS|ALL|AREA ~3 COME RAHA|IS",
    "OTHERS|ALL ~1-SUPPLY|GO|FAULT|OUT|BAND|CUT IS $",
    "OTHERS|ALL ~2 SUPPLY ~1-NOT RESTORE|COME",
    "OTHERS ~2 IS ~1 SUPPLY",
    "BUT ~2 MY ~1 KI|ME",
)
