"""What people in the dark do, one household at a time: notice, look about, wait, and then complain or not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from producers.simulate.darkness import Darkness
from producers.simulate.dice import Dice
from producers.simulate.events import Span
from producers.simulate.faults import MINUTE, Cause, Fault
from producers.simulate.households import Household
from producers.simulate.scenarios import Plan
from schemas.vocabulary import Category, NodeKind


@dataclass(frozen=True, slots=True)
class Wish:
    """A household that wants to say something at `at` (seconds after the beginning of the span).

    `since` is when the trouble began, `until` when it was over (None: trouble of one house, over when it is repaired).
    `several` is what an honest answer to "are the neighbours out too?" would be.
    """

    at: float
    household: Household
    says: Category
    since: float
    until: float | None
    cause: Cause | None
    several: bool


_AT_TRANSFORMER: Final = (
    (Category.NO_SUPPLY_AREA, 0.36),
    (Category.NO_SUPPLY, 0.5),
    (Category.RESTORATION_QUERY, 0.05),
)
_ABOVE: Final = ((Category.NO_SUPPLY_AREA, 0.44), (Category.NO_SUPPLY, 0.42), (Category.RESTORATION_QUERY, 0.1))
_PLANNED: Final = ((Category.NO_SUPPLY_AREA, 0.25), (Category.NO_SUPPLY, 0.25), (Category.RESTORATION_QUERY, 0.5))
_SEEN: Final[Mapping[Cause, tuple[tuple[Category, float], ...]]] = {
    Cause.SUBSTATION_BLAST: ((Category.TRANSFORMER_FAULT, 0.07), (Category.SPARKING_FIRE, 0.02)),
    Cause.TREE_ON_LINE: ((Category.LINE_BROKEN, 0.08), (Category.SPARKING_FIRE, 0.02)),
    Cause.JUMPER: ((Category.LINE_BROKEN, 0.05), (Category.SPARKING_FIRE, 0.04)),
    Cause.INSULATOR: ((Category.SPARKING_FIRE, 0.05),),
    Cause.VEHICLE: ((Category.POLE_DAMAGE_SHOCK, 0.1), (Category.LINE_BROKEN, 0.05)),
    Cause.CABLE_BOX: ((Category.SPARKING_FIRE, 0.05), (Category.UNDERGROUND_CABLE_FAULT, 0.03)),
    Cause.UNDERGROUND_CABLE: ((Category.UNDERGROUND_CABLE_FAULT, 0.07),),
    Cause.FEEDER_BREAKDOWN: ((Category.FREQUENT_TRIPPING, 0.04),),
    Cause.TRANSFORMER_BURNT: ((Category.TRANSFORMER_FAULT, 0.32), (Category.PHASE_MISSING, 0.04)),
    Cause.DO_FUSE: ((Category.TRANSFORMER_FAULT, 0.12), (Category.FUSE_BLOWN, 0.08), (Category.PHASE_MISSING, 0.08)),
    Cause.LT_BOX: ((Category.TRANSFORMER_FAULT, 0.15), (Category.SPARKING_FIRE, 0.1), (Category.PHASE_MISSING, 0.05)),
    Cause.FAILED_ON_RETURN: ((Category.TRANSFORMER_FAULT, 0.2),),
}
"""What the eye and ear add, by cause: weights beside those of plain words for "no supply"."""
_SAID_AGAIN: Final = (
    (Category.RESTORATION_QUERY, 0.4),
    (Category.NO_SUPPLY, 0.3),
    (Category.NO_SUPPLY_AREA, 0.27),
    (Category.SERVICE_COMPLAINT, 0.03),
)
_SALIENCE_SIGMA, _LANE_SIGMA = 0.35, 0.65
"""Faults differ in how much they are talked about; lanes in whether one complains at all."""
_SMALL_FAULT: Final = 1.5
"""A transformer's own fault: the street sees that nobody else can know, and complains more readily."""
_PLANNED_SHARE: Final = 0.22
"""Announced by loudspeaker and newspaper: most of those who heard do not complain."""
_HEARD_OF, _LEFT_TO_THEM = 0.25, 0.55
"""Chance that one hears of a neighbour's complaint below the same transformer, and what that does to readiness."""
_INVERTER_WAITS, _AFTER_EACH_CUT = 2.0, 0.8
_AFTER_THE_END: Final = 0.08
_CALL_UP, _CALL_UP_MEAN, _CALL_UP_SHARE, _CALL_UP_LASTS = 0.05, 40 * MINUTE, 0.1, 12 * MINUTE
"""A message in the lane's group, "everybody call", and who follows it."""
_REPEAT_MEDIAN, _REPEAT_SIGMA = 35 * MINUTE, 0.6
_MOST_REPEATS: Final = 9
"""A utility saw one customer call up to ten times for one outage (electricenergyonline.com, January 2025)."""
_THANKS: Final = 0.04
_FUSE_ON_RETURN: Final = 0.0015
"""Share of houses whose own fuse goes when supply returns; they stay dark alone."""
_DARK_OUTSIDE: Final = (6.0, 18.5)


def salience(fault: Fault, seed: int) -> float:
    """How much a fault moves people to complain, in the median 1."""
    factor = Dice(seed, f"salience {fault.node_id} {int(fault.starts)}").lognormal(1, _SALIENCE_SIGMA)
    if fault.planned:
        return factor * _PLANNED_SHARE
    return factor * (_SMALL_FAULT if fault.node_kind is NodeKind.TRANSFORMER else 1.0)


def lane_wishes(
    dark: Sequence[Darkness],
    homes: Sequence[Household],
    saliences: Mapping[str, float],
    plan: Plan,
    span: Span,
    dice: Dice,
) -> Iterator[Wish]:
    """Everybody below one transformer who wants to complain of its dark times, repeats and thanks included."""
    mood = dice.lognormal(plan.mood, _LANE_SIGMA)
    for count, darkness in enumerate(dark):
        moved = mood * max(saliences[fault.outage_id] for fault in darkness.faults)
        yield from _in_one_darkness(darkness, count, homes, moved, plan, span, dice)


def _in_one_darkness(
    dark: Darkness, cuts: int, homes: Sequence[Household], moved: float, plan: Plan, span: Span, dice: Dice
) -> Iterator[Wish]:
    deciding = []
    for number, home in enumerate(homes):
        if dice.chance(_FUSE_ON_RETURN) and dark.ends < span.seconds:
            yield from _alone(home, dark.ends, span, dice)
        noticed = _notices(home, dark.starts, plan, span, dice)
        waits = home.patience * (_INVERTER_WAITS if home.inverter else 1.0) * _AFTER_EACH_CUT ** min(cuts, 4)
        at = noticed + dice.lognormal(waits, 0.5)
        if at < dark.ends or (dice.chance(_AFTER_THE_END) and noticed < dark.ends):
            deciding.append((at, number))
    deciding.sort()
    complained = 0
    silent = []
    for at, number in deciding:
        home = homes[number]
        heard = 0 if not complained else sum(dice.chance(_HEARD_OF) for _ in range(min(complained, 12)))
        if dice.chance(min(0.95, home.readiness * moved) * _LEFT_TO_THEM**heard):
            complained += 1
            yield from _complains(home, at, dark, cuts, span, dice)
        elif home.readiness:
            silent.append((at, home))
    if dice.chance(_CALL_UP):
        told = dark.starts + 5 * MINUTE + dice.exponential(_CALL_UP_MEAN)
        for at, home in silent:
            if at < told < dark.ends and dice.chance(_CALL_UP_SHARE):
                yield from _complains(home, told + dice.exponential(_CALL_UP_LASTS), dark, cuts, span, dice)


def _notices(home: Household, starts: float, plan: Plan, span: Span, dice: Dice) -> float:
    """When the household knows: at once in the evening, later by daylight, when they come home, when it gets hot."""
    moment = starts
    if away := home.hours_until_there(span.hour(moment)):
        moment += away * 3600
    hour = span.hour(moment)
    if not home.shop and (asleep := home.hours_until_up(hour)):
        return moment + (dice.exponential(25 * MINUTE) if dice.chance(plan.wakes) else asleep * 3600)
    by_day = _DARK_OUTSIDE[0] <= hour < _DARK_OUTSIDE[1]
    return moment + dice.exponential(7 * MINUTE if by_day else 1 * MINUTE)


def _complains(home: Household, at: float, dark: Darkness, cuts: int, span: Span, dice: Dice) -> Iterator[Wish]:
    says = _first_words(dark.fault_at(at), cuts, dice)
    for _ in range(1 + _MOST_REPEATS):
        if at >= span.seconds:
            return
        if at >= 0:
            yield Wish(at, home, says, dark.starts, dark.ends, dark.fault_at(at).cause, True)
        at += dice.lognormal(_REPEAT_MEDIAN, _REPEAT_SIGMA)
        says = dice.weighted(_SAID_AGAIN)
        if at > dark.ends or not dice.chance(home.again):
            break
    back = dark.ends + dice.exponential(10 * MINUTE)
    if 0 <= back < span.seconds and dice.chance(_THANKS):
        cause = dark.fault_at(back).cause
        yield Wish(back, home, Category.RESTORED_CONFIRMATION, dark.starts, dark.ends, cause, False)


def _first_words(fault: Fault, cuts: int, dice: Dice) -> Category:
    if cuts >= 2 and dice.chance(0.2):
        return Category.FREQUENT_TRIPPING
    plain = _PLANNED if fault.planned else _AT_TRANSFORMER if fault.node_kind is NodeKind.TRANSFORMER else _ABOVE
    return dice.weighted((*plain, *_SEEN.get(fault.cause, ())))


def _alone(home: Household, since: float, span: Span, dice: Dice) -> Iterator[Wish]:
    """The neighbours have light again and this house does not: nobody else will say so."""
    at = since + dice.lognormal(20 * MINUTE, 0.8)
    if home.readiness and home.awake(span.hour(at)) and dice.chance(0.6) and 0 <= at < span.seconds:
        yield Wish(at, home, Category.NO_SUPPLY, since, None, None, False)


def ended(wish: Wish) -> float:
    """When the trouble of a wish is over; far away when nobody knows."""
    return math.inf if wish.until is None else wish.until
