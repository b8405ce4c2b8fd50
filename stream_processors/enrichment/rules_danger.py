"""Rules for what is not ours and for dangers: they come first."""

from __future__ import annotations

from typing import Final

from schemas.vocabulary import Category
from stream_processors.enrichment.phrases import OVER, SUPPLY_OUT
from stream_processors.enrichment.rule import Rule

C = Category

NOT_OURS: Final = (
    Rule("wrong_number", C.NOT_ELECTRICITY, ("WRONG_NUMBER",), unless=SUPPLY_OUT),
    Rule(
        "lightning",
        C.NOT_ELECTRICITY,
        ("SKY", "POWER PE? FALL", "POWER ~4 TREE PE FALL"),
        unless=(
            "TRANSFORMER|METER|FUSE ~3 BURN|BURST|FAULT|FLY|OUT",
            "WIRE|CABLE|POLE|LINE ~3 BREAK|FALL",
            "SUPPLY ~2 NOT",
            "SUPPLY ~1-FALL GO|OUT|GO_AWAY",
        ),
    ),
    Rule(
        "gas",
        C.NOT_ELECTRICITY,
        ("GAS <6> FIRE|LEAK|SMELL|BURST|NOT|FINISH",),
        unless=("WIRES|POLE|TRANSFORMER|METER", "SUPPLY ~2 NOT"),
    ),
    Rule(
        "shock_of_a_bill",
        C.BILLING,
        ("BILL <5> SHOCK", "SHOCK ~5 AMOUNT", "AMOUNT ~4 SHOCK", "BILL ~4-AND CURRENT LAG", "BILL ~4-AND FIRE"),
        unless=("POLE|WIRES|TRANSFORMER|BOX|SWITCH|WATER",),
    ),
    Rule(
        "another_line",
        C.NOT_ELECTRICITY,
        (
            "WATER|GAS|DRAIN|OTHER_UTILITY KI? LINE|CONNECTION|WIRE|CABLE|BILL",
            "MOBILE RECHARGE",
            "GARBAGE|VEHICLE|GAS ~2 FIRE",
            "FIRE ~2 GARBAGE",
            "VEHICLE|MOBILE ~2 THEFT",
        ),
        unless=("POLE|TRANSFORMER|METER",),
    ),
)
"""What sounds like a danger or a fault and is not one of the network."""

DANGERS: Final = (
    Rule(
        "transformer_in_flames",
        C.SPARKING_FIRE,
        ("TRANSFORMER <5> FIRE",),
        unless=("FIRE LAG? ~1 MAY", *OVER),
        hazard=True,
    ),
    Rule(
        "transformer_sparks",
        C.TRANSFORMER_FAULT,
        (
            "TRANSFORMER ~5 SPARK|SMOKE|SHORT_CIRCUIT|SMELL",
            "SPARK|SMOKE|SMELL ~4 TRANSFORMER",
            "TRANSFORMER ~6-FUSE|POLE|WIRE|METER SPARK|SMOKE",
        ),
        unless=("TRANSFORMER ~2 PE? WIRE|POLE", *OVER),
        hazard=True,
    ),
    Rule(
        "wire_down",
        C.LINE_BROKEN,
        (
            "WIRE|JUMPER|LINE|SERVICE_WIRE ~3-SPARK|FIRE|SMOKE BREAK|FALL|HANG|LIE",
            "CABLE ~3-SPARK|FIRE|SMOKE BREAK|FALL|HANG|LIE|BURN",
            "WIRE|JUMPER ~2 CUT|BURN|BURST|PUNCTURE",
            "JUMPER ~2 OPEN",
            "WIRE|JUMPER ~4 TOUCH",
            "WIRE ~6-SPARK|FIRE|SMOKE|POLE|TREE|STAFF FALL",
            "JUMPER ~1 FLY",
            "BREAK|FALL|HANG|LIE ~3 WIRE|JUMPER|CABLE",
            "OPEN ~3 JUMPER",
            "WIRE|CABLE|LINE COME DOWN|BELOW",
            "BREAK|FALL|HANG LINE",
            "WIRE ~3 BELOW",
            "WIRE ~2 LOW",
            "WIRE|CABLE DOWN",
            "LINE IS? DOWN ME|PE|BELOW",
            "LOW ~1 WIRE",
            "TREE <6> WIRE|LINE|CABLE",
        ),
        unless=(
            "UNDERGROUND",
            "DIG",
            "WIRE ~1 CHANGE|SHIFT",
            "OPEN|BREAK ~2 WIRE|CABLE ~3-FALL CURRENT",
            "SERVICE_WIRE ~2 BURN",
            "TOUCH ~4 SPARK|FIRE",
            "FIRE ~5 WIRE",
            "NEUTRAL ~3 CUT|BREAK|BURN",
            *OVER,
        ),
        hazard=True,
    ),
    Rule(
        "shock",
        C.POLE_DAMAGE_SHOCK,
        (
            "POLE|BOX|SWITCH|WATER|METER|EARTH|ROAD ~3 CURRENT ~2 ARRIVE|LAG|DESCEND|IS|RAHA|LEAK",
            "AC_FAN ~1 ME ~1 CURRENT ~1 ARRIVE|LAG|DESCEND|IS",
            "TRANSFORMER ~2 ME CURRENT",
            "METER|EARTH|AC_FAN ME CURRENT",
            "POWER LAG GO CHILD|ANIMAL",
            "CHILD|ANIMAL ~1 POWER LAG",
            "CURRENT ~1 LEAK",
            "LEAK ~1 CURRENT",
            "POWER|LINE ~1 DESCEND",
            "POLE|SWITCH|WATER|BOX ~2 CURRENT $",
            "CURRENT ~1 ARRIVE|LAG|DESCEND|IS|RAHA ~4 POLE|SWITCH|BOX",
            "CURRENT ~2 ME ~1 POLE|WATER|BOX|SWITCH|ROAD|WIRE",
            "CURRENT ~1 LAG|DESCEND",
            "CURRENT ~2 DIE",
            "DIE ~2 CURRENT",
            "POLE|WIRE|TRANSFORMER|BOX ~5 DIE",
            "SHOCK",
            "ANIMAL|CHILD ~4 CURRENT",
            "WIRE|CABLE ~2 OPEN",
            "OPEN ~2 CABLE|BOX|WIRE",
            "BOX ~2 OPEN",
            "CURRENT ~3 ANIMAL|CHILD",
        ),
        unless=OVER,
        hazard=True,
    ),
    Rule(
        "pole_broken",
        C.POLE_DAMAGE_SHOCK,
        (
            "POLE ~3-FUSE|SPARK|FIRE|SMOKE|SHIFT LEAN|BREAK|FALL|HIT|LIE|OPEN",
            "LEAN|BREAK|FALL|HIT ~2 POLE",
            "VEHICLE|TREE ~5 POLE",
            "POLE ~3 VEHICLE",
            "POLE BELOW",
        ),
        unless=("FUSE ~3 POLE", "POLE ~3 FUSE", "LOOSE <2> POLE", "STREETLIGHT", *OVER),
        hazard=True,
    ),
    Rule(
        "sparks_or_fire",
        C.SPARKING_FIRE,
        (
            "SPARK",
            "SHORT_CIRCUIT",
            "FIRE",
            "SMOKE",
            "SMELL ~3 BURNS",
            "BURNS ~2 SMELL",
            "WIRES|POLE|BOX|FUSE|METER|SWITCH|TRANSFORMER|LINE ~2-LIGHT|AC_FAN BURNING",
        ),
        unless=(
            "GAS",
            "BURN ~1 AFTER ~2 SPARK",
            "SPARK|SHORT_CIRCUIT ~3 AFTER|SE ~2 BURN",
            "BURN SE|AFTER ~2 SPARK|SHORT_CIRCUIT",
            "BURN GO ~~3 SMOKE|SPARK ~1 WAS",
            "SMOKE|SPARK ~1 WAS ~~3 BURN",
            "FIRE PE",
            *OVER,
        ),
        hazard=True,
    ),
)
"""Present danger from the network or the wiring."""
