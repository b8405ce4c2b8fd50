"""Rules for money, connections, questions and the service itself."""

from __future__ import annotations

from typing import Final

from schemas.vocabulary import Category
from stream_processors.enrichment.rule import Rule

C = Category

ASKED: Final = (
    Rule(
        "transformer_when",
        C.RESTORATION_QUERY,
        ("TRANSFORMER ~1 KAB", "TRANSFORMER ~~9 NEW KAB", "STAFF|TRANSFORMER ~2 KAB ~1 COME|WILL_COME|TAKE"),
        unless=("TRANSFORMER ~2 BURN|FAULT|BURST|FLY|SIT IS? KAB", "BILL|METER|CONNECTION"),
    ),
    Rule(
        "shutdown_asked",
        C.RESTORATION_QUERY,
        (
            "SHUTDOWN ~~5 KAB|KYA|KITNA|LONG",
            "KAB|KYA|KITNA ~5 SHUTDOWN",
            "SUPPLY ~~4 NOT TAKE",
            "CUT ~1 TAKE",
            "KITNA ~3 OUTAGE",
        ),
    ),
    Rule("app", C.SERVICE_COMPLAINT, ("APP ~~3 NOT|FAULT|BAND|DOWN|HALT|HIT",)),
    Rule("bribe", C.SERVICE_COMPLAINT, ("AMOUNT ~2 ASK", "ASK ~1 AMOUNT"), unless=("BILL",)),
    Rule(
        "out_beside_money",
        C.NO_SUPPLY,
        (
            "SUPPLY ~2 NOT ~3-AND AND|COMMA|STOP ~~6 BILL|DUES|READING",
            "BILL|DUES|READING ~~6 AND ~1 SUPPLY ~2 NOT",
        ),
        unless=("PAY", "RECHARGE"),
        confidence=0.6,
    ),
)
"""What must be seen before words of money and of no light are."""

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
        unless=("AMOUNT CUT", "DUES JOIN", "CALL|MOBILE", "WIRES|LINE ~2 JOIN"),
        confidence=0.6,
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
        confidence=0.7,
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
        unless=("STAFF ~3 AMOUNT ASK", "ASK", "WATER ~1 PAY"),
        confidence=0.7,
    ),
)
"""Bills and connections."""

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
            "REPAIRED|FAULT ~2 THANKS",
            "CAME IS? $",
            "RESTORE ~2 THANKS",
            "SUPPLY ~1 REPAIRED",
            "WIRES ~2 JOIN|PUT_RIGHT",
            "PUT_RIGHT",
            "IS BEEN REPAIRED",
            "EXTINGUISH",
            "DENY",
        ),
        unless=("KAB", "MOBILE ~2 CANCEL", "NOT ~1 REPAIRED", "COMPLAINT ~2 STATUS", "APPLY", "BILL"),
        confidence=0.7,
    ),
    Rule("wants_to_complain", C.UNCLEAR, ("^ ~3 COMPLAINT ~2 WRITE ~2 $", "^ ~2 COMPLAINT IS $"), unless=("NOT",)),
    Rule(
        "when_back",
        C.RESTORATION_QUERY,
        (
            "KAB ~4 COME|WILL_COME|TAKE|RESTORE|REPAIRED|BRING_BACK|SUPPLY",
            "SUPPLY ~2 KAB",
            "WILL_COME ~1 KAB",
            "KITNA ~2 LONG|TAKE|HOUR",
            "KAB|LONG ~3 SUPPLY ~1 COME",
            "KITNA ~3 OUT|OUTAGE",
            "OUT ~2 LONG",
            "LONG ~1 TAKE",
            "STATUS",
            "SHUTDOWN",
            "COMPLAINT ~2 NUMBER|ANY_NUM|LONG_NUM|NO",
            "WILL_RESTORE",
            "^ ~2 KITNA $",
            "KITNA ~2 WHY|TAKE|IS $",
            "KYA ~4 SUPPLY ~2 BAND|CUT|GO|OUT|SHUTDOWN",
            "SUPPLY ~2 TAKE $",
            "KYA ~2 SUPPLY ~2 WILL_COME",
            "SUPPLY ~2 WILL_COME",
        ),
        unless=("STAFF ~3 AMOUNT", "HELPLINE ~4 BUSY", "OTHER_UTILITY|GAS ~2 KAB"),
    ),
    Rule(
        "service",
        C.SERVICE_COMPLAINT,
        (
            "HELPLINE",
            "CALL|MOBILE ~3 CUT|DISCONNECT",
            "HELPLINE ~4 DISCONNECT|CUT",
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
        ),
        confidence=0.7,
    ),
)
"""Questions, thanks and grievances, when nothing is said to be out."""
