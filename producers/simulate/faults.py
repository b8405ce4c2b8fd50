"""What breaks in the evening: the faults of one reported day, put on the nodes of a pack, and burnt transformers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from producers.simulate.city import City
from producers.simulate.dice import Dice
from schemas.reference import Feeder, FeederKind, Tables
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

_JITTER_MINUTES: Final = 8.0
_BURNT_TRANSFORMERS_PER_THOUSAND: Final = 1.2
"""In an evening of five hours. In the crisis of June 2023 17 of 7,000 were down at one time (Hindustan Times)."""
_BURNT_MEDIAN_MINUTES: Final = 150.0
"""Median of the unplanned interruptions that newspapers printed for Kanpur: 155 minutes, 45 to 660."""
_TELEMETRY: Final = {NodeKind.SUBSTATION: 0.9, NodeKind.FEEDER: 0.6, NodeKind.TRANSFORMER: 0.0}
"""Share of nodes whose opening is told by telemetry. Devices stand at all substations (etvbharat.com, January 2026)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An interruption in the simulated evening. Times are seconds after its beginning."""

    outage_id: str
    node_id: str
    node_kind: NodeKind
    cause: Cause
    starts: float
    ends: float
    planned: bool
    telemetry: bool


def reported_faults(tables: Tables, dice: Dice) -> list[Fault]:
    """The reported day on this pack.

    Each stands at the node of that name, else at another one of its kind, so that no two lie below one substation.
    What finds no node in a small pack is left out.
    """
    used: set[str] = set()
    faults = []
    for number, reported in enumerate(REPORTED_DAY, 1):
        starts = (reported.starts_minute + dice.between(-_JITTER_MINUTES, _JITTER_MINUTES)) * MINUTE
        feeders = [feeder for feeder in _served(tables) if feeder.substation_id not in used]
        if not feeders:
            break
        feeder = _named(tables, feeders, reported) or _alike(feeders, dice)
        used.add(feeder.substation_id)
        kind = NodeKind.SUBSTATION if reported.feeder is None else NodeKind.FEEDER
        faults.append(
            Fault(
                outage_id=f"SIM-{number:03}",
                node_id=feeder.substation_id if reported.feeder is None else feeder.feeder_id,
                node_kind=kind,
                cause=reported.cause,
                starts=max(0.0, starts),
                ends=max(0.0, starts) + reported.minutes * MINUTE,
                planned=reported.planned,
                telemetry=not reported.planned and dice.chance(_TELEMETRY[kind]),
            )
        )
    return faults


def burnt_transformers(city: City, faults: list[Fault], length: float, dice: Dice) -> Iterator[Fault]:
    """Transformers that fail by themselves during `length` seconds, away from the other faults."""
    dark = {transformer for fault in faults for transformer in city.transformers_below[fault.node_id]}
    free = [row.transformer_id for row in city.tables.transformers if row.transformer_id not in dark and row.consumers]
    wanted = len(city.tables.transformers) * _BURNT_TRANSFORMERS_PER_THOUSAND / 1000
    number = int(wanted) + dice.chance(wanted % 1)
    for count in range(1, min(number, len(free)) + 1):
        node_id = free.pop(dice.whole(0, len(free)))
        starts = dice.between(0, length * 0.85)
        ends = starts + min(660.0, max(45.0, dice.lognormal(_BURNT_MEDIAN_MINUTES, 0.6))) * MINUTE
        outage_id = f"SIM-{100 + count:03}"
        yield Fault(outage_id, node_id, NodeKind.TRANSFORMER, Cause.TRANSFORMER_BURNT, starts, ends, False, False)


def _served(tables: Tables) -> list[Feeder]:
    """Feeders with transformers; all of them in a pack whose transformers are still to be made."""
    feeding = {row.feeder_id for row in tables.transformers}
    return [row for row in tables.feeders if row.feeder_id in feeding or not feeding]


def _named(tables: Tables, feeders: list[Feeder], reported: ReportedFault) -> Feeder | None:
    substations = {row.substation_id for row in tables.substations if row.name_en == reported.substation}
    return next(
        (
            feeder
            for feeder in feeders
            if feeder.substation_id in substations and reported.feeder in (None, feeder.name)
        ),
        None,
    )


def _alike(feeders: list[Feeder], dice: Dice) -> Feeder:
    """An urban feeder where there is one: newspapers print what happens in the city."""
    urban = [feeder for feeder in feeders if feeder.kind is FeederKind.URBAN]
    return dice.pick(urban or feeders)
