"""Trouble that is no outage of a node: single houses, one pole, a transformer that stays on with too little voltage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from producers.simulate.callers import Wish
from producers.simulate.city import City, Customers
from producers.simulate.dice import Dice
from producers.simulate.events import Span
from producers.simulate.faults import MINUTE
from producers.simulate.households import household
from producers.simulate.scenarios import Plan
from schemas.vocabulary import Category

EVERYDAY: Final = (
    (Category.FUSE_BLOWN, 20.0),
    (Category.NO_SUPPLY, 19.0),
    (Category.LOW_VOLTAGE, 8.0),
    (Category.BILLING, 9.0),
    (Category.PREPAID_SMART_METER, 7.0),
    (Category.FREQUENT_TRIPPING, 5.0),
    (Category.VOLTAGE_FLUCTUATION, 5.0),
    (Category.STREET_LIGHT, 5.0),
    (Category.PHASE_MISSING, 4.0),
    (Category.METER_FAULT, 4.0),
    (Category.CONNECTION_SERVICE, 3.0),
    (Category.RESTORATION_QUERY, 3.0),
    (Category.SERVICE_COMPLAINT, 3.0),
    (Category.UNCLEAR, 2.0),
    (Category.POWER_THEFT, 1.2),
    (Category.SPARKING_FIRE, 1.2),
    (Category.LINE_BROKEN, 1.0),
    (Category.NOT_ELECTRICITY, 1.0),
    (Category.POLE_DAMAGE_SHOCK, 0.8),
    (Category.RESTORED_CONFIRMATION, 0.7),
    (Category.NO_SUPPLY_AREA, 0.6),
    (Category.UNDERGROUND_CABLE_FAULT, 0.5),
)
"""Everyday trouble. Loose service wires and fuses lead, as in Gujarat's statutory figures (86 % of interruptions)."""
_OFFICE: Final = frozenset({Category.BILLING, Category.CONNECTION_SERVICE, Category.METER_FAULT})
_BLOWN_DOWN: Final = frozenset(
    {Category.FUSE_BLOWN, Category.NO_SUPPLY, Category.LINE_BROKEN, Category.SPARKING_FIRE, Category.POLE_DAMAGE_SHOCK}
)
_SQUALL_LASTS: Final = 180 * MINUTE

_HOME_BY_HOUR: Final = (
    *(0.45, 0.3, 0.2, 0.18, 0.2, 0.4, 0.8, 1.0, 1.1, 1.1, 1.1, 1.1),
    *(1.05, 1.05, 1.05, 1.0, 1.0, 1.1, 1.3, 1.5, 1.65, 1.45, 1.1, 0.8),
)
_OFFICE_BY_HOUR: Final = (
    *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.4, 1.0, 2.0, 2.6, 2.6),
    *(2.3, 2.0, 2.0, 2.0, 1.9, 1.7, 1.3, 0.9, 0.6, 0.4, 0.2, 0.1),
)
"""Load by hour of the clock against the day's mean: all trouble, and what offices deal with."""
_REPEATS: Final = 0.1
_REPEAT_MEDIAN, _REPEAT_SIGMA = 35 * MINUTE, 0.6
_SEVERAL: Final = 0.06
"""Share of single houses' trouble where a neighbour is out too, for reasons of his own or behind the same box."""

_HOUSES_AT_POLE: Final = (3, 13)
_COMPLAINS_OF_POLE, _COMPLAINS_OF_VOLTAGE = 0.12, 0.012
_POLE_SAYS: Final = (
    (Category.NO_SUPPLY, 0.45),
    (Category.FUSE_BLOWN, 0.2),
    (Category.LINE_BROKEN, 0.12),
    (Category.NO_SUPPLY_AREA, 0.12),
    (Category.PHASE_MISSING, 0.06),
    (Category.SPARKING_FIRE, 0.05),
)
_VOLTAGE_SAYS: Final = (
    (Category.LOW_VOLTAGE, 0.75),
    (Category.VOLTAGE_FLUCTUATION, 0.15),
    (Category.FREQUENT_TRIPPING, 0.06),
    (Category.TRANSFORMER_FAULT, 0.04),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Trouble of one house: when it is told, what it is, the customer's position in the pack, when it began.

    `several`: what the customer would say of the neighbours.
    """

    at: float
    says: Category
    position: int
    since: float
    several: bool


def everyday_troubles(city: City, plan: Plan, per_hour: float, front: float, span: Span, dice: Dice) -> list[Trouble]:
    """Trouble of single houses, `per_hour` in the mean of the span before a storm adds to it from `front` on."""
    hours = [int(span.hour(moment * 3600.0)) for moment in range(int(span.seconds // 3600))]
    mean = sum(_HOME_BY_HOUR[hour] for hour in hours) / len(hours)
    most = max(*_HOME_BY_HOUR, *_OFFICE_BY_HOUR) * plan.squall
    troubles = []
    for at in dice.arrivals(3600 * mean / (per_hour * most), span.seconds):
        says = dice.weighted(EVERYDAY)
        by_hour = _OFFICE_BY_HOUR if says in _OFFICE else _HOME_BY_HOUR
        load = by_hour[int(span.hour(at))]
        if says in _BLOWN_DOWN and front <= at < front + _SQUALL_LASTS:
            load *= plan.squall
        if dice.chance(load / most):
            several = says is Category.NO_SUPPLY_AREA or dice.chance(_SEVERAL)
            position = dice.whole(0, city.consumers)
            troubles.append(Trouble(at, says, position, at - dice.exponential(40 * MINUTE), several))
    return troubles


def pole_troubles(city: City, plan: Plan, front: float, span: Span, dice: Dice) -> list[Trouble]:
    """A pole's box or wire with a few houses behind it, one after the other in the pack: the node stays live."""
    per_hour = plan.pole_faults * city.consumers / 700_000
    troubles = []
    most = max(_HOME_BY_HOUR) * plan.squall
    for starts in dice.arrivals(3600 / (per_hour * most), span.seconds) if per_hour else ():
        squall = plan.squall if front <= starts < front + _SQUALL_LASTS else 1.0
        if not dice.chance(_HOME_BY_HOUR[int(span.hour(starts))] * squall / most):
            continue
        houses = dice.whole(*_HOUSES_AT_POLE)
        first = dice.whole(0, max(1, city.consumers - houses))
        for position in range(first, min(first + houses, city.consumers)):
            at = starts + dice.lognormal(20 * MINUTE, 0.9)
            if dice.chance(_COMPLAINS_OF_POLE) and at < span.seconds:
                troubles.append(Trouble(at, dice.weighted(_POLE_SAYS), position, starts, True))
    return troubles


def voltage_troubles(city: City, plan: Plan, span: Span, dice: Dice) -> list[Trouble]:
    """Overloaded transformers: the lamps are dim over an hour or three, the node stays live."""
    rows = city.tables.transformers
    first, firsts = 0, []
    for row in rows:
        firsts.append(first)
        first += row.consumers
    wanted = plan.weak_pockets * len(rows) / 7000
    troubles = []
    for _ in range(int(wanted) + dice.chance(wanted % 1)):
        chosen = dice.whole(0, len(rows))
        starts, lasts = dice.between(0, span.seconds), dice.between(60, 200) * MINUTE
        for position in range(firsts[chosen], firsts[chosen] + rows[chosen].consumers):
            at = starts + dice.between(0, lasts)
            if dice.chance(_COMPLAINS_OF_VOLTAGE) and at < span.seconds:
                troubles.append(Trouble(at, dice.weighted(_VOLTAGE_SAYS), position, starts, dice.chance(0.5)))
    return troubles


def everyday_wishes(troubles: Sequence[Trouble], customers: Customers, span: Span, dice: Dice) -> Iterator[Wish]:
    """Those who complain of such trouble, some of them again."""
    others = list(customers.by_position.values())
    for trouble in troubles:
        home = household(customers.by_position[trouble.position], others, _REPEATS, dice)
        at = trouble.at
        while at < span.seconds:
            yield Wish(at, home, trouble.says, trouble.since, None, None, trouble.several)
            at += dice.lognormal(_REPEAT_MEDIAN, _REPEAT_SIGMA)
            if not dice.chance(_REPEATS):
                break
