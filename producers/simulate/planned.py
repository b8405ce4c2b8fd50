"""Announced shutdowns: what a pack says will be switched off on a day, and what the crews make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from producers.simulate.city import City
from producers.simulate.dice import Dice
from producers.simulate.events import INDIAN_TIME, Span
from producers.simulate.faults import MINUTE, Cause, Fault
from schemas.reference import PlannedOutage, Tables

_BY_DAY: Final = 14
_LATE: Final = 6
_STARTS_AND_MINUTES: Final = (
    (600, 180, 6),
    (600, 420, 4),
    (600, 240, 3),
    (570, 450, 2),
    (660, 360, 2),
    (660, 120, 2),
    (720, 240, 2),
    (600, 360, 2),
    (840, 180, 2),
    (540, 240, 2),
    (750, 265, 1),
    (480, 240, 1),
)
"""Start (minutes after midnight), length and how many of the 58 printed shutdowns had about these."""
_LATE_STARTS: Final = (1050, 1080, 1140, 1200, 1290, 1350)
_REASONS: Final = ("conductor replacement", "RDSS works", "ABC cable", "tree trimming", "maintenance", "metro works")
_EARLY, _OVERRUN = 0.25, 0.15
_CANCELLED: Final = 0.08


def announced(tables: Tables, first: date, dice: Dice) -> Iterator[PlannedOutage]:
    """Shutdowns of feeders on that day and the next; a smaller pack has fewer, one feeder at most once a day."""
    for day in (first, first + timedelta(days=1)):
        feeders = [row.feeder_id for row in tables.feeders]
        number = min(len(feeders) // 10, _BY_DAY + _LATE)
        for count in range(1, number + 1):
            feeder_id = feeders.pop(dice.whole(0, len(feeders)))
            if count % 10 < 3:
                start, minutes = dice.pick(_LATE_STARTS), dice.pick((60, 90, 120, 150))
            else:
                start, minutes = dice.weighted(
                    [((start, length), weight) for start, length, weight in _STARTS_AND_MINUTES]
                )
            at = datetime.combine(day, time(), INDIAN_TIME) + timedelta(minutes=start)
            yield PlannedOutage(
                f"SIM-PO-{day:%Y%m%d}-{count:02}", feeder_id, at, at + timedelta(minutes=minutes), dice.pick(_REASONS)
            )


def planned_faults(city: City, rows: Iterable[PlannedOutage], span: Span, exact: bool, dice: Dice) -> Iterator[Fault]:
    """What is done of the announced work in the span: some of it not at all, most a little late, some for too long.

    exact: everything to the minute as announced.
    """
    for row in rows:
        starts, ends = span.moment(row.starts_at), span.moment(row.ends_at)
        if ends <= 0 or starts >= span.seconds:
            continue
        if not exact:
            if dice.chance(_CANCELLED):
                continue
            length = ends - starts
            starts += dice.between(0, 20) * MINUTE
            chance = dice.between(0, 1)
            if chance < _EARLY:
                ends -= length * dice.between(0.1, 0.4)
            elif chance < 1 - _OVERRUN:
                ends -= dice.between(0, 10) * MINUTE
            else:
                ends += dice.between(5, 40) * MINUTE
        cause = Cause.TREE_TRIMMING if row.reason == Cause.TREE_TRIMMING else Cause.SHUTDOWN
        yield Fault(row.planned_id, row.node_id, city.nodes[row.node_id].kind, cause, starts, ends, planned=True)
