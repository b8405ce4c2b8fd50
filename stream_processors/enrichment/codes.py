"""Upstream's own category codes, mapped to ours where their meaning is plain."""

from __future__ import annotations

import re
from typing import Final

from schemas.vocabulary import Category

_SEPARATORS: Final = re.compile(r"[\W_]+")

_SYNONYMS: Final = {
    Category.NO_SUPPLY: (
        "no power",
        "no light",
        "no current",
        "power failure",
        "supply failure",
        "supply fail",
        "no supply single",
    ),
    Category.NO_SUPPLY_AREA: (
        "area outage",
        "outage area",
        "power outage area",
        "area no supply",
        "area supply failure",
        "no power area",
    ),
    Category.PHASE_MISSING: (
        "phase failure",
        "single phasing",
        "one phase missing",
        "partial power",
        "partial supply",
        "part supply",
    ),
    Category.LOW_VOLTAGE: (
        "voltage low",
        "dim supply",
    ),
    Category.VOLTAGE_FLUCTUATION: (
        "high voltage",
        "over voltage",
        "fluctuation",
        "neutral broken",
        "broken neutral",
    ),
    Category.FREQUENT_TRIPPING: (
        "tripping",
        "frequent interruption",
        "flickering lights",
    ),
    Category.TRANSFORMER_FAULT: (
        "transformer",
        "transformer failure",
        "transformer burnt",
        "dt failure",
        "transformer problem",
    ),
    Category.LINE_BROKEN: (
        "line down",
        "wire down",
        "wire broken",
        "line breakdown",
        "conductor broken",
        "wire snapped",
        "jumper open",
    ),
    Category.SPARKING_FIRE: (
        "sparking",
        "fire",
        "spark",
        "short circuit",
        "electrical fire",
    ),
    Category.POLE_DAMAGE_SHOCK: (
        "pole damage",
        "pole broken",
        "electric shock",
        "shock",
        "pole down",
        "pole damaged",
        "current leakage",
    ),
    Category.FUSE_BLOWN: (
        "fuse",
        "fuse off call",
        "fuse off",
        "fuse call",
        "service line loose",
        "service wire",
    ),
    Category.UNDERGROUND_CABLE_FAULT: (
        "underground cable",
        "cable fault",
        "ug cable",
        "cable breakdown",
        "ug cable fault",
    ),
    Category.METER_FAULT: (
        "meter",
        "defective meter",
        "meter burnt",
        "meter defective",
        "meter problem",
        "meter stopped",
        "fast meter",
    ),
    Category.PREPAID_SMART_METER: (
        "prepaid",
        "smart meter",
        "recharge",
        "prepaid meter",
        "recharge problem",
    ),
    Category.BILLING: (
        "bill",
        "wrong bill",
        "bill correction",
        "bill complaint",
        "payment",
        "wrong reading",
    ),
    Category.CONNECTION_SERVICE: (
        "connection",
        "new connection",
        "load change",
        "reconnection",
        "shifting",
        "net metering",
        "name change",
    ),
    Category.POWER_THEFT: (
        "theft",
        "electricity theft",
        "katiya",
    ),
    Category.STREET_LIGHT: (
        "street light",
        "streetlight",
        "street lamp",
    ),
    Category.RESTORATION_QUERY: (
        "query",
        "status",
        "status query",
        "restoration time",
        "enquiry",
        "inquiry",
    ),
    Category.SERVICE_COMPLAINT: (
        "service",
        "staff",
        "staff behaviour",
        "helpline",
        "app",
        "otp",
    ),
    Category.RESTORED_CONFIRMATION: (
        "restored",
        "supply restored",
        "confirmation",
    ),
    Category.NOT_ELECTRICITY: (
        "wrong number",
        "not related",
        "other department",
        "non electric",
    ),
}


def _plain(code: str) -> str:
    return " ".join(_SEPARATORS.sub(" ", code.casefold()).split())


_KNOWN: Final = {
    **{_plain(code): category for category, codes in _SYNONYMS.items() for code in codes},
    **{_plain(category): category for category in Category if category is not Category.UNCLEAR},
}


def category_of_code(code: str) -> Category | None:
    """Our category for an upstream code (case, spaces, hyphens and underscores make no difference), or None."""
    return _KNOWN.get(_plain(code))
