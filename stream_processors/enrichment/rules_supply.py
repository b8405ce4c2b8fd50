"""Rules for faults of the network, what one house can have, and no light."""

from __future__ import annotations

from typing import Final

from schemas.vocabulary import Category
from stream_processors.enrichment.phrases import (
    AREA_NAMED,
    FUSE_AT_FAULT,
    MANY_HOUSES,
    ONE_HOUSE,
    OTHERS_HAVE,
    SUPPLY_OUT,
)
from stream_processors.enrichment.rule import Rule

C = Category

NETWORK: Final = (
    Rule("fuse", C.FUSE_BLOWN, FUSE_AT_FAULT, unless=("AC_FAN IS? FUSE",)),
    Rule(
        "service_wire",
        C.FUSE_BLOWN,
        (
            "SERVICE_WIRE ~3 LOOSE|BURN|CUT|FAULT|GO",
            "LOOSE <4> POLE|CONNECTION|WIRES|LINE|SERVICE_WIRE",
            "WIRE|CONNECTION ~2 POLE ~3 LOOSE",
            "WIRE ~2 NIKAL GO",
            "WIRE ~3 COME OUT",
        ),
    ),
    Rule(
        "underground_cable",
        C.UNDERGROUND_CABLE_FAULT,
        (
            "UNDERGROUND <3> CABLE|WIRE|LINE|FAULT|CUT",
            "DIG <8> CABLE|WIRE|LINE|CUT",
            "CABLE ~3 PUNCTURE|FAULT|CUT|BURST|FLY",
            "PUNCTURE ~1 CABLE",
            "CABLE ~1 FAULT",
        ),
    ),
    Rule(
        "transformer",
        C.TRANSFORMER_FAULT,
        (
            "TRANSFORMER ~4-VOLTAGE BURN|BURST|FLY|SIT|FAULT|LEAK|HUM|FALL|OUT|BAND|DOWN|KAB|CHANGE|TRIP|GO|BREAK",
            "BURN|BURST|FAULT|HUM|OIL|LEAK ~3 TRANSFORMER",
            "TRANSFORMER ~3 OIL",
            "TROLLEY",
            "TRANSFORMER ~~3 NOT",
        ),
        unless=("TRANSFORMER ~2 FUSE|DO", "TRANSFORMER ~3 SHIFT|THEFT", "VOLTAGE"),
    ),
)
"""Something of the network is broken."""

HOUSE: Final = (
    Rule(
        "meter_broken_despite_prepaid",
        C.METER_FAULT,
        (
            "METER|PREPAID ~2 BURN|FAST|BURST",
            "PREPAID HIGH READING",
            "METER|PREPAID FAST RUN",
            "DISPLAY ~2 BAND|BLANK|NOT|FAULT|OUT",
        ),
        unless=("BALANCE", "RECHARGE", "DISPLAY ~3 BILL"),
    ),
    Rule("prepaid", C.PREPAID_SMART_METER, ("RECHARGE", "BALANCE", "PREPAID"), unless=("NEW|SHIFT ~1 PREPAID",)),
    Rule(
        "theft",
        C.POWER_THEFT,
        ("THEFT", "WITHOUT METER ~3 SUPPLY|RUN|BURN", "DIRECT ~2 POLE|LINE|WIRE"),
    ),
    Rule(
        "street_light",
        C.STREET_LIGHT,
        (
            "STREETLIGHT",
            "ROAD KI? LIGHT|AC_FAN",
            "ROAD PE|KI|ME LAG? LIGHT ~~2 BURNS|FAULT|BAND|NOT",
            "LIGHT NOT BURNS",
            "ROAD ~1 DARK",
            "POLE KI? LIGHT|AC_FAN",
            "LANE KI LIGHT ~~2 BURNS|FAULT|BAND",
            "LIGHT ~2 ROAD ~2 BURNS|BAND|FAULT",
            "LIGHT ~2 DAY ~3 BURNS",
            "AREA KI LIGHT ~2 FAULT|BURNS",
        ),
        unless=("METER",),
    ),
    Rule(
        "phases_all_gone",
        C.NO_SUPPLY,
        ("TEEN|ALL PHASE ~2-COME GO|OUT|BAND|CUT|GO_AWAY|FLY|MISSING|NOT", "TEEN|ALL PHASE ~~2 NOT"),
        unless=("DO ~2 TEEN", "TEEN ~3 DO|EK", "EK PHASE"),
    ),
    Rule(
        "phase",
        C.PHASE_MISSING,
        (
            "PHASE",
            "HALF ~2 LIGHT|POWER|SUPPLY",
            "HALF ~4 HOUSE",
            "HOUSE ~2 HALF",
            "HOUSE ME ~1 SUPPLY IS ~3 ME NOT",
            "EK HOUSE ME ~1 SUPPLY ~1 COME|IS",
        ),
        unless=("HALF ~2 AREA|BLOCK|LANE", "HALF HOUR", "PHASE ~2 CONNECTION ~3 APPLY|CHANGE|NEW", "NEW PHASE"),
    ),
    Rule(
        "voltage_swings",
        C.VOLTAGE_FLUCTUATION,
        (
            "NEUTRAL",
            "VOLTAGE ~4-LOW FLUCTUATE|KABHI|OFTEN",
            "FLUCTUATE|OFTEN ~4-LOW VOLTAGE",
            "OVERVOLTAGE",
            "FLUCTUATE",
            "HIGH VOLTAGE",
            "KABHI ~1 HIGH|LOW|FAST ~~3 KABHI",
            "VOLTAGE ~3-LOW HIGH IS|COME|RAHA|GO",
            "VOLTAGE ~2-LOW HIGH",
            "VOLTAGE ~3 HIGH_NUM",
            "HIGH_NUM ~2 VOLTAGE",
            "AC_FAN ~2 BURST",
            "FAST ~3 LOW",
            "SUPPLY FAST",
        ),
        unless=("LOW HIGH", "READING"),
    ),
    Rule(
        "voltage_low",
        C.LOW_VOLTAGE,
        (
            "VOLTAGE",
            "LIGHT|SUPPLY|AC_FAN|CURRENT ~3 LOW",
            "LOW ~1 LIGHT|SUPPLY|POWER",
            "AC_FAN ~~2 NOT RUN",
        ),
        unless=("LOAD ~3 CHANGE|KW", "BILL", "VOLTAGE LINE"),
    ),
    Rule(
        "tripping",
        C.FREQUENT_TRIPPING,
        (
            "TRIP",
            "OFTEN ~3-COMPLAINT|CALL CUT|OUT|GO_AWAY|JA",
            "OFTEN ~2-COMPLAINT|CALL GO",
            "SUPPLY ~2-NEG OFTEN",
            "OFTEN ~4-COMPLAINT|CALL SUPPLY",
            "COME ~6-GO JA",
            "COME IS ~5 GO JA",
            "OFTEN ~2 MINUTE|HOUR ~4 CUT|GO|TRIP|COME|OUT|JA",
            "CUT|OUT|GO|JA ~2 OFTEN",
            "NUM_MANY|OFTEN ~1 OUT|OUTAGE|CUT|TRIP",
            "ANY_NUM BAAR ~2-COMPLAINT|CALL CUT|GO|GO_AWAY|OUT|TRIP",
        ),
        unless=("OFTEN ~2 COMPLAINT|CALL",),
    ),
    Rule(
        "meter",
        C.METER_FAULT,
        (
            "METER ~~4 BURN|BURST|FAULT|FAST|RUN|HALT|NOT|BAND|OUT|BLANK|HUM|BREAK|WRONG|DOWN",
            "DISPLAY",
            "METER ~2 READING ~4 FLUCTUATE",
            "FAULT|BURN|WRONG ~1 METER",
            "READING ~~2 NOT ~1 FLUCTUATE|CHANGE",
        ),
        unless=("NEW METER", "METER ~3 SHIFT|APPLY|CHANGE|INSTALL", "BILL", "METER ~1 READING ~1 NOT? STAFF"),
    ),
)
"""What is named besides the mere absence of supply: phases, voltage, tripping, meter, theft, street light."""

NO_LIGHT: Final = (
    Rule("out_many", C.NO_SUPPLY_AREA, SUPPLY_OUT, needs=(MANY_HOUSES,), unless=OTHERS_HAVE),
    Rule("out_area", C.NO_SUPPLY_AREA, SUPPLY_OUT, needs=(AREA_NAMED,), unless=ONE_HOUSE),
    Rule("out", C.NO_SUPPLY, SUPPLY_OUT),
)
"""The supply is out."""

REST: Final = (
    Rule("dangerous_wire", C.LINE_BROKEN, ("DANGER <4> WIRES",), hazard=True, confidence=0.6),
    Rule("dangerous_pole", C.POLE_DAMAGE_SHOCK, ("DANGER <4> POLE", "DANGER <4> CURRENT"), hazard=True, confidence=0.6),
    Rule("burnt_indoors", C.FUSE_BLOWN, ("SWITCH|BOX ~1 BURN",), confidence=0.5),
    Rule("blast_heard", C.TRANSFORMER_FAULT, ("BURST",), unless=("AC_FAN|WATER",), confidence=0.4),
    Rule(
        "other_utility",
        C.NOT_ELECTRICITY,
        ("DRAIN", "GARBAGE", "GAS", "OTHER_UTILITY", "WATER", "SKY", "ANIMAL"),
        confidence=0.8,
    ),
    Rule("nobody_listens", C.SERVICE_COMPLAINT, ("NEG ~1 PICK", "PICK ~~2 NEG", "ASK"), confidence=0.7),
    Rule("fuse_named", C.FUSE_BLOWN, ("FUSE", "SERVICE_WIRE"), confidence=0.7),
    Rule("cable_named", C.UNDERGROUND_CABLE_FAULT, ("UNDERGROUND",), confidence=0.7),
    Rule("transformer_named", C.TRANSFORMER_FAULT, ("TRANSFORMER",), confidence=0.6),
    Rule("meter_named", C.METER_FAULT, ("METER",), confidence=0.5),
    Rule(
        "supply_trouble_area",
        C.NO_SUPPLY_AREA,
        ("SUPPLY|LINE ~3 FAULT", "FAULT ~2 SUPPLY", "BAND|OUT|CUT|FAULT", "NOT COME"),
        needs=((*AREA_NAMED, *MANY_HOUSES),),
        unless=ONE_HOUSE,
        confidence=0.6,
    ),
    Rule(
        "supply_trouble",
        C.NO_SUPPLY,
        ("SUPPLY|LINE ~3 FAULT", "FAULT ~2 SUPPLY", "NOT COME", "OUT|CUT|BAND"),
        unless=("TALK NOT COME",),
        confidence=0.5,
    ),
    Rule("thanks", C.RESTORED_CONFIRMATION, ("THANKS",), confidence=0.6),
)
"""A word is there, and nothing surer was found."""
