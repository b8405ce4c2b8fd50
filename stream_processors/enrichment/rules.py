"""The rules that decide what a complaint is about: tables of patterns, in the order in which they count.

The order is the contract's "most urgent first": dangers, then faults of the network, then what one house can have, then
money and service, then the bare "no light". A rule fits when one of `any_of` is found, each of `needs` is found too and
none of `unless`. The patterns are those of `pattern`, over the ideas of `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.vocabulary import Category
from stream_processors.enrichment.phrases import (
    AREA_NAMED,
    FUSE_AT_FAULT,
    MANY_HOUSES,
    ONE_HOUSE,
    OTHERS_HAVE,
    OVER,
    SUPPLY_OUT,
)


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
        ),
        unless=("POLE|TRANSFORMER|METER",),
    ),
)

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
            "WIRE|JUMPER ~2 CUT|BURN|OPEN|BURST|PUNCTURE",
            "WIRE|JUMPER ~4 TOUCH",
            "WIRE ~6-SPARK|FIRE|SMOKE|POLE|TREE|STAFF FALL",
            "JUMPER ~1 FLY",
            "BREAK|FALL|HANG|LIE|OPEN ~3 WIRE|JUMPER|CABLE",
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
            "CURRENT ~1 LEAK",
            "LEAK ~1 CURRENT",
            "POWER|LINE ~1 DESCEND",
            "POLE|SWITCH|WATER|BOX ~2 CURRENT $",
            "CURRENT ~1 ARRIVE|LAG|DESCEND|IS|RAHA ~4 POLE|SWITCH|BOX",
            "CURRENT ~2 ME ~1 POLE|WATER|BOX|SWITCH|ROAD|WIRE",
            "CURRENT ~1 LAG|DESCEND",
            "CURRENT ~1 DIE",
            "SHOCK",
            "ANIMAL|CHILD ~4 CURRENT",
            "CABLE ~2 OPEN",
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
            "FIRE PE",
            *OVER,
        ),
        hazard=True,
    ),
)

NETWORK: Final = (
    Rule("fuse", C.FUSE_BLOWN, FUSE_AT_FAULT),
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
            "ROAD PE|KI|ME LIGHT ~~2 BURNS|FAULT|BAND|NOT",
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
            "HALF ~2 HOUSE|LIGHT|POWER|SUPPLY",
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
        unless=("LOW HIGH",),
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
        unless=("LOAD ~3 CHANGE|KW", "BILL"),
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
            "NUM_MANY ~1 OUT|CUT|TRIP",
            "ANY_NUM BAAR ~2-COMPLAINT|CALL CUT|GO|GO_AWAY|OUT|TRIP",
        ),
        unless=("OFTEN ~2 COMPLAINT|CALL",),
    ),
    Rule(
        "meter",
        C.METER_FAULT,
        (
            "METER ~~4 BURN|BURST|FAULT|FAST|RUN|STOP|NOT|BAND|OUT|BLANK|HUM|BREAK|WRONG|DOWN",
            "DISPLAY",
            "FAULT|BURN|WRONG ~1 METER",
            "READING ~~2 NOT ~1 FLUCTUATE|CHANGE",
        ),
        unless=("NEW METER", "METER ~3 SHIFT|APPLY|CHANGE|INSTALL", "BILL", "METER ~1 READING ~1 NOT? STAFF"),
    ),
)

MONEY: Final = (
    Rule(
        "not_rejoined",
        C.CONNECTION_SERVICE,
        (
            "JOIN",
            "PAY|DUES|BILL <8> CUT|DISCONNECT",
            "CONNECTION ~3 CUT|DISCONNECT",
            "DISCONNECT",
        ),
        unless=("AMOUNT CUT", "CALL|MOBILE", "WIRES|LINE ~2 JOIN"),
    ),
    Rule(
        "connection",
        C.CONNECTION_SERVICE,
        (
            "NEW ~2 CONNECTION|METER|PREPAID|POLE",
            "CONNECTION ~4 APPLY|NEW|KAB|TAKE|NAME|CHANGE",
            "APPLY ~4 CONNECTION|METER|LOAD",
            "CONNECTION ~~2 NOT ~1",
            "CONNECTION",
            "LOAD ~4 CHANGE|KW|LOW|HIGH|NUM|NEW",
            "LOAD",
            "KW",
            "POLE|METER|WIRE|LINE|TRANSFORMER ~3 SHIFT|CHANGE",
            "METER|POLE ~3 INSTALL",
            "SHIFT ~3 POLE|METER|WIRE|LINE",
            "SOLAR",
            "KYC",
            "NEW ~1 PHASE",
        ),
    ),
    Rule(
        "bill",
        C.BILLING,
        (
            "BILL",
            "DUES",
            "READING",
            "PAY",
            "AMOUNT ~3 CUT|HIGH|WRONG",
            "NAME ~3 CHANGE|WRONG|REPAIRED|SHIFT",
            "MOBILE NUMBER ~4 CHANGE|STATUS|WRONG|NEW",
            "ACCOUNT",
        ),
        unless=("STAFF ~3 AMOUNT ASK", "ASK"),
    ),
)

ASKED: Final = (
    Rule(
        "shutdown_asked",
        C.RESTORATION_QUERY,
        ("SHUTDOWN ~~5 KAB|KYA|KITNA|LONG", "KAB|KYA|KITNA ~5 SHUTDOWN", "SUPPLY ~~4 NOT TAKE", "CUT ~1 TAKE"),
    ),
    Rule("app", C.SERVICE_COMPLAINT, ("APP ~~3 NOT|FAULT|BAND|DOWN|STOP",)),
    Rule("bribe", C.SERVICE_COMPLAINT, ("AMOUNT ~2 ASK", "ASK ~1 AMOUNT"), unless=("BILL",)),
    Rule(
        "out_beside_money",
        C.NO_SUPPLY,
        (
            "SUPPLY ~2 NOT ~3-AND AND|COMMA|STOP ~~6 BILL|DUES|READING",
            "BILL|DUES|READING ~~6 AND ~1 SUPPLY ~2 NOT",
        ),
        unless=("PAY", "RECHARGE"),
    ),
)

QUERIES: Final = (
    Rule(
        "complaint_closed",
        C.SERVICE_COMPLAINT,
        ("COMPLAINT ~3-RESTORE|CANCEL BAND ~2 WITHOUT", "COMPLAINT ~2 BAND DONE|WITHOUT|BUT"),
    ),
    Rule(
        "restored",
        C.RESTORED_CONFIRMATION,
        (
            "SUPPLY ~3 CAME",
            "SUPPLY ~1 COME IS",
            "SUPPLY ~1 COME ~1 THANKS",
            "SUPPLY ~2 RESTORE",
            "SUPPLY COME RAHA? IS",
            "CAME ~3 REPAIRED|THANKS|CANCEL|ABHI",
            "ABHI ~2 CAME",
            "CAME ~1 SUPPLY",
            "SUPPLY ~1 ON IS|GO|RAHA",
            "SUPPLY IS ON $",
            "FAULT IS? REPAIRED",
            "CANCEL",
            "REPAIRED ~1 GO|DONE|IS",
            "THANKS",
            "CAME IS? $",
            "RESTORE ~2 THANKS",
            "SUPPLY ~1 REPAIRED",
            "WIRES ~2 JOIN|JOINED",
            "JOINED",
            "EXTINGUISH",
            "DENY",
        ),
        unless=("KAB", "MOBILE ~2 CANCEL", "NOT ~1 REPAIRED", "COMPLAINT ~2 STATUS", "APPLY", "BILL"),
    ),
    Rule(
        "when_back",
        C.RESTORATION_QUERY,
        (
            "KAB ~4 COME|WILL_COME|TAKE|RESTORE|REPAIRED|SUPPLY",
            "SUPPLY ~2 KAB",
            "WILL_COME ~1 KAB",
            "KITNA ~2 LONG|TAKE|HOUR",
            "KAB|LONG ~3 SUPPLY ~1 COME",
            "KITNA ~3 OUT",
            "OUT ~2 LONG",
            "LONG ~1 TAKE",
            "STATUS",
            "SHUTDOWN",
            "COMPLAINT ~2 NUMBER|ANY_NUM|NO",
            "WILL_RESTORE",
            "KYA ~2 SUPPLY ~2 WILL_COME",
            "SUPPLY ~2 WILL_COME",
        ),
        unless=("STAFF ~3 AMOUNT", "HELPLINE ~4 BUSY"),
    ),
    Rule(
        "service",
        C.SERVICE_COMPLAINT,
        (
            "HELPLINE",
            "CALL|MOBILE|NUMBER|LINE ~4 BUSY",
            "CALL|MOBILE ~~3 PICK|NOT",
            "NOBODY ~3 PICK|COME|REPAIRED",
            "STAFF",
            "ASK ~2 AMOUNT",
            "AMOUNT ~2 ASK",
            "RUDE",
            "APP",
            "OTP",
            "COMPLAINT ~~6 NOT|NO|NOBODY|BAND|WITHOUT",
            "COMPLAINT",
            "ASK",
            "PICK",
        ),
    ),
)

NO_LIGHT: Final = (
    Rule("out_many", C.NO_SUPPLY_AREA, SUPPLY_OUT, needs=(MANY_HOUSES,), unless=OTHERS_HAVE),
    Rule("out_area", C.NO_SUPPLY_AREA, SUPPLY_OUT, needs=(AREA_NAMED,), unless=ONE_HOUSE),
    Rule("out", C.NO_SUPPLY, SUPPLY_OUT),
)

REST: Final = (
    Rule("blast_heard", C.TRANSFORMER_FAULT, ("BURST",), unless=("AC_FAN|WATER",), confidence=0.4),
    Rule(
        "other_utility",
        C.NOT_ELECTRICITY,
        ("DRAIN", "GARBAGE", "GAS", "OTHER_UTILITY", "WATER", "SKY", "ANIMAL"),
        confidence=0.8,
    ),
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
)

RULES: Final = (*NOT_OURS, *DANGERS, *NETWORK, *HOUSE, *ASKED, *MONEY, *NO_LIGHT, *QUERIES, *REST)
"""Every rule, the first that fits decides."""
