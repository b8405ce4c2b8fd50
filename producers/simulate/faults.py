"""What a fault is, what causes it and how long such a thing lasts; the faults of one reported day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from producers.simulate.scenarios import Weather
from schemas.vocabulary import NodeKind

MINUTE: Final = 60.0


class Cause(StrEnum):
    """Why the power is off; callers see different things of each."""

    SUBSTATION_BLAST = "substation blast"
    TREE_ON_LINE = "tree branch on HT line"
    FEEDER_BREAKDOWN = "feeder breakdown"
    FEEDER_FAULT = "fault"
    TREE_TRIMMING = "tree trimming"
    TRANSFORMER_BURNT = "transformer burnt"
    INSULATOR = "insulator damaged"
    JUMPER = "HT jumper broke"
    CABLE_BOX = "cable box fault"
    UNDERGROUND_CABLE = "underground cable fault"
    VEHICLE = "vehicle hit an 11 kV pole"
    OVERLOAD = "overload trip"
    PHASES_LOST = "all three phases lost"
    POWER_TRANSFORMER_FUSES = "HT fuses of the power transformer"
    RAIN_FAULT = "rain fault"
    INCOMER_TRIPPED = "33 kV incomer tripped"
    DO_FUSE = "DO fuse blown"
    LT_BOX = "LT box burnt"
    LOAD_SHEDDING = "load shedding"
    MOMENTARY = "momentary trip"
    STILL_DEAD = "still dead after restoration"
    FAILED_ON_RETURN = "failed when supply returned"
    SHUTDOWN = "planned shutdown"


@dataclass(frozen=True, slots=True)
class Fault:
    """An interruption. Times are seconds after the beginning of the span.

    `back` holds the transformers that had supply again before `ends`: restoration goes step by step.
    """

    outage_id: str
    node_id: str
    node_kind: NodeKind
    cause: Cause
    starts: float
    ends: float
    planned: bool = False
    back: Mapping[str, float] = field(default_factory=dict)


LENGTHS: Final[Mapping[Cause, tuple[float, float]]] = {
    Cause.SUBSTATION_BLAST: (540, 0.3),
    Cause.TREE_ON_LINE: (150, 0.5),
    Cause.FEEDER_BREAKDOWN: (130, 0.5),
    Cause.FEEDER_FAULT: (105, 0.5),
    Cause.TRANSFORMER_BURNT: (210, 0.5),
    Cause.INSULATOR: (55, 0.5),
    Cause.JUMPER: (110, 0.5),
    Cause.CABLE_BOX: (190, 0.4),
    Cause.UNDERGROUND_CABLE: (200, 0.5),
    Cause.VEHICLE: (360, 0.4),
    Cause.OVERLOAD: (30, 0.8),
    Cause.PHASES_LOST: (360, 0.4),
    Cause.POWER_TRANSFORMER_FUSES: (45, 0.5),
    Cause.RAIN_FAULT: (65, 0.6),
    Cause.INCOMER_TRIPPED: (90, 1.0),
    Cause.DO_FUSE: (60, 0.6),
    Cause.LT_BOX: (120, 0.5),
    Cause.STILL_DEAD: (75, 0.7),
    Cause.FAILED_ON_RETURN: (90, 0.6),
}
"""Median minutes and the standard deviation of the logarithm. Medians as newspapers printed them for Kanpur (18
unplanned interruptions, 45 to 660 minutes); those of small things, which they do not print, are assumed."""
SHORTEST_MINUTES, LONGEST_MINUTES = 6.0, 720.0

CAUSES: Final[Mapping[tuple[NodeKind, Weather], tuple[tuple[Cause, float], ...]]] = {
    (NodeKind.TRANSFORMER, Weather.FAIR): ((Cause.DO_FUSE, 5), (Cause.TRANSFORMER_BURNT, 3), (Cause.LT_BOX, 2)),
    (NodeKind.TRANSFORMER, Weather.STORM): ((Cause.DO_FUSE, 6), (Cause.TRANSFORMER_BURNT, 2), (Cause.LT_BOX, 2)),
    (NodeKind.TRANSFORMER, Weather.HEAT): ((Cause.DO_FUSE, 5), (Cause.TRANSFORMER_BURNT, 4), (Cause.LT_BOX, 3)),
    (NodeKind.FEEDER, Weather.FAIR): (
        (Cause.FEEDER_FAULT, 4),
        (Cause.FEEDER_BREAKDOWN, 3),
        (Cause.UNDERGROUND_CABLE, 2),
        (Cause.OVERLOAD, 2),
        (Cause.CABLE_BOX, 1),
        (Cause.JUMPER, 1),
        (Cause.INSULATOR, 1),
        (Cause.TREE_ON_LINE, 1),
        (Cause.PHASES_LOST, 0.5),
        (Cause.VEHICLE, 0.4),
    ),
    (NodeKind.FEEDER, Weather.STORM): (
        (Cause.TREE_ON_LINE, 6),
        (Cause.INSULATOR, 4),
        (Cause.FEEDER_BREAKDOWN, 3),
        (Cause.JUMPER, 3),
        (Cause.RAIN_FAULT, 2),
        (Cause.UNDERGROUND_CABLE, 2),
    ),
    (NodeKind.FEEDER, Weather.HEAT): (
        (Cause.OVERLOAD, 9),
        (Cause.UNDERGROUND_CABLE, 3),
        (Cause.CABLE_BOX, 2),
        (Cause.JUMPER, 2),
        (Cause.FEEDER_BREAKDOWN, 3),
    ),
    (NodeKind.SUBSTATION, Weather.FAIR): ((Cause.POWER_TRANSFORMER_FUSES, 3), (Cause.SUBSTATION_BLAST, 1)),
    (NodeKind.SUBSTATION, Weather.STORM): ((Cause.RAIN_FAULT, 4), (Cause.POWER_TRANSFORMER_FUSES, 2)),
    (NodeKind.SUBSTATION, Weather.HEAT): ((Cause.POWER_TRANSFORMER_FUSES, 4), (Cause.SUBSTATION_BLAST, 1)),
    (NodeKind.INCOMER, Weather.FAIR): ((Cause.INCOMER_TRIPPED, 1),),
    (NodeKind.INCOMER, Weather.STORM): ((Cause.INCOMER_TRIPPED, 1),),
    (NodeKind.INCOMER, Weather.HEAT): ((Cause.INCOMER_TRIPPED, 1),),
}
"""Causes and their weights. Rain moves them to trees, underground faults and insulators (htsyndication.com, June)."""


@dataclass(frozen=True, slots=True)
class ReportedFault:
    """A published interruption. `feeder` is None when the whole substation was out.

    `minutes` and `cause` are as printed; `starts_minute` is ours: minutes after the evening's beginning.
    """

    substation: str
    feeder: str | None
    cause: Cause
    minutes: int
    starts_minute: int
    planned: bool = False


REPORTED_DAY: Final = (
    ReportedFault("Dalmandi", None, Cause.SUBSTATION_BLAST, 540, 72),
    ReportedFault("Pashupati Nagar", "Devki Nagar", Cause.TREE_TRIMMING, 180, 12, planned=True),
    ReportedFault("Parag Dairy", "Kachchi Basti", Cause.TREE_ON_LINE, 150, 28),
    ReportedFault("B Block Panki", "Sundar Nagar", Cause.FEEDER_BREAKDOWN, 180, 124),
    ReportedFault("RPH Old", "Green Park", Cause.FEEDER_FAULT, 100, 158),
)
"""Kanpur, 11 May 2022 (inextlive.com, "blast in Dalmandi substation, power crisis for 9 hours").

Substations, feeders, causes and lengths as printed; of Devki Nagar the substation is not printed, the pack has it below
Pashupati Nagar. The starts are moved into one evening.
"""
