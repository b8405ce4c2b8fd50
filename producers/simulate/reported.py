"""The faults of the reported day, put on the nodes of a pack."""

from __future__ import annotations

from typing import Final

from producers.simulate.dice import Dice
from producers.simulate.faults import MINUTE, REPORTED_DAY, Fault, ReportedFault
from schemas.reference import Feeder, FeederKind, Tables
from schemas.vocabulary import NodeKind

_JITTER_MINUTES: Final = 8.0


def reported_faults(tables: Tables, dice: Dice) -> list[Fault]:
    """The reported day on this pack, its planned work included.

    Each stands at the node of that name, else at another one of its kind, so that no two lie below one substation.
    What finds no node in a small pack is left out.
    """
    used: set[str] = set()
    faults = []
    for number, reported in enumerate(REPORTED_DAY, 1):
        starts = max(0.0, (reported.starts_minute + dice.between(-_JITTER_MINUTES, _JITTER_MINUTES)) * MINUTE)
        feeders = [feeder for feeder in _served(tables) if feeder.substation_id not in used]
        if not feeders:
            break
        feeder = _named(tables, feeders, reported) or _alike(feeders, dice)
        used.add(feeder.substation_id)
        faults.append(
            Fault(
                outage_id=f"RD-{number:03}",
                node_id=feeder.substation_id if reported.feeder is None else feeder.feeder_id,
                node_kind=NodeKind.SUBSTATION if reported.feeder is None else NodeKind.FEEDER,
                cause=reported.cause,
                starts=starts,
                ends=starts + reported.minutes * MINUTE,
                planned=reported.planned,
            )
        )
    return faults


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
