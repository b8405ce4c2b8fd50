"""Who says what, and when: customers in the dark, and those with everyday trouble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from producers.simulate.city import City, Customer, Customers
from producers.simulate.dice import Dice
from producers.simulate.faults import MINUTE, Cause, Fault
from schemas.vocabulary import Category, NodeKind


@dataclass(frozen=True, slots=True)
class Wish:
    """A customer who wants to say something at `at` (seconds after the evening's beginning).

    `since` is when the trouble began. `several` is what an honest answer to "are the neighbours out too?" would be.
    """

    at: float
    customer: Customer
    says: Category
    since: float
    fault: Fault | None
    several: bool


_SAID: Final = {
    Cause.SUBSTATION_BLAST: (
        (Category.NO_SUPPLY_AREA, 0.45),
        (Category.NO_SUPPLY, 0.36),
        (Category.RESTORATION_QUERY, 0.1),
        (Category.TRANSFORMER_FAULT, 0.07),
        (Category.SPARKING_FIRE, 0.02),
    ),
    Cause.TREE_ON_LINE: (
        (Category.NO_SUPPLY_AREA, 0.42),
        (Category.NO_SUPPLY, 0.38),
        (Category.RESTORATION_QUERY, 0.1),
        (Category.LINE_BROKEN, 0.08),
        (Category.SPARKING_FIRE, 0.02),
    ),
    Cause.FEEDER_BREAKDOWN: (
        (Category.NO_SUPPLY_AREA, 0.45),
        (Category.NO_SUPPLY, 0.41),
        (Category.RESTORATION_QUERY, 0.1),
        (Category.FREQUENT_TRIPPING, 0.04),
    ),
    Cause.FEEDER_FAULT: (
        (Category.NO_SUPPLY_AREA, 0.42),
        (Category.NO_SUPPLY, 0.45),
        (Category.RESTORATION_QUERY, 0.13),
    ),
    Cause.TREE_TRIMMING: (
        (Category.RESTORATION_QUERY, 0.5),
        (Category.NO_SUPPLY_AREA, 0.25),
        (Category.NO_SUPPLY, 0.25),
    ),
    Cause.TRANSFORMER_BURNT: (
        (Category.NO_SUPPLY_AREA, 0.32),
        (Category.NO_SUPPLY, 0.31),
        (Category.TRANSFORMER_FAULT, 0.28),
        (Category.RESTORATION_QUERY, 0.05),
        (Category.PHASE_MISSING, 0.04),
    ),
}
_SAID_AGAIN: Final = (
    (Category.RESTORATION_QUERY, 0.4),
    (Category.NO_SUPPLY, 0.3),
    (Category.NO_SUPPLY_AREA, 0.27),
    (Category.SERVICE_COMPLAINT, 0.03),
)
_SHARE: Final = {NodeKind.SUBSTATION: 0.05, NodeKind.FEEDER: 0.045, NodeKind.TRANSFORMER: 0.09}
"""Median share of the customers in the dark who ever complain; a small fault leaves it to fewer people."""
_SHARE_PLANNED: Final = 0.012
_SHARE_SIGMA, _LANE_SIGMA = 0.45, 0.8
_MOST: Final = 0.4
"""Shares vary from fault to fault, and again from transformer to transformer: some lanes leave it to one neighbour."""

_PROMPT: Final = 0.7
_PROMPT_MEDIAN, _PROMPT_SIGMA = 13 * MINUTE, 1.1
_LATE_MEDIAN, _LATE_SIGMA = 55 * MINUTE, 0.7
"""Seven in ten complain after a wait with a long tail, the others when they come home or lose patience."""
_AFTER_THE_END: Final = 0.1
"""Share of those whose turn comes after the end and who complain all the same."""

_REPEATS: Final = 0.3
_REPEAT_MEDIAN, _REPEAT_SIGMA = 35 * MINUTE, 0.6
_MOST_REPEATS: Final = 9
"""A utility saw one customer call up to ten times for one outage (electricenergyonline.com, January 2025)."""
_THANKS: Final = 0.04

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
_BY_HOUR: Final = {18: 0.95, 19: 1.1, 20: 1.2, 21: 1.05, 22: 0.7}
_OFFICE_BY_HOUR: Final = {18: 1.4, 19: 0.9, 20: 0.6, 21: 0.4, 22: 0.2}
"""Load by hour of the clock against the evening's mean: all trouble, and what offices deal with."""
_EVERYDAY_REPEATS: Final = 0.1


def fault_wishes(city: City, fault: Fault, customers: Customers, length: float, dice: Dice) -> Iterator[Wish]:
    """Everybody who complains of one fault within `length` seconds, repeats and thanks included; in no order."""
    share = dice.lognormal(_SHARE_PLANNED if fault.planned else _SHARE[fault.node_kind], _SHARE_SIGMA)
    for transformer in city.transformers_below[fault.node_id]:
        here = min(_MOST, dice.lognormal(share, _LANE_SIGMA))
        for customer in customers.by_transformer[transformer]:
            if dice.chance(here):
                yield from _one_caller(customer, fault, length, dice)


def _one_caller(customer: Customer, fault: Fault, length: float, dice: Dice) -> Iterator[Wish]:
    median, sigma = (_PROMPT_MEDIAN, _PROMPT_SIGMA) if dice.chance(_PROMPT) else (_LATE_MEDIAN, _LATE_SIGMA)
    at = fault.starts + dice.lognormal(median, sigma)
    if at > fault.ends and not dice.chance(_AFTER_THE_END):
        return
    says = dice.weighted(_SAID[fault.cause])
    for _ in range(1 + _MOST_REPEATS):
        if at >= length:
            return
        yield Wish(at, customer, says, fault.starts, fault, True)
        at += dice.lognormal(_REPEAT_MEDIAN, _REPEAT_SIGMA)
        says = dice.weighted(_SAID_AGAIN)
        if at > fault.ends or not dice.chance(_REPEATS):
            break
    back = fault.ends + dice.exponential(10 * MINUTE)
    if back < length and dice.chance(_THANKS):
        yield Wish(back, customer, Category.RESTORED_CONFIRMATION, fault.starts, fault, False)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Everyday trouble of one house: when, what, and the customer's position in the pack."""

    at: float
    says: Category
    position: int


def everyday_troubles(consumers: int, per_hour: float, first_hour: int, length: float, dice: Dice) -> list[Trouble]:
    """Everyday trouble over `length` seconds from `first_hour` on the clock, `per_hour` in the mean."""
    most = max(*_BY_HOUR.values(), *_OFFICE_BY_HOUR.values())
    troubles = []
    for at in dice.arrivals(3600 / (per_hour * most), length):
        says = dice.weighted(EVERYDAY)
        by_hour = _OFFICE_BY_HOUR if says in _OFFICE else _BY_HOUR
        if dice.chance(by_hour[first_hour + int(at // 3600)] / most):
            troubles.append(Trouble(at, says, dice.whole(0, consumers)))
    return troubles


def everyday_wishes(troubles: Sequence[Trouble], customers: Customers, length: float, dice: Dice) -> Iterator[Wish]:
    """Those who complain of everyday trouble, some of them again."""
    for trouble in troubles:
        customer = customers.by_position[trouble.position]
        since = trouble.at - dice.exponential(40 * MINUTE)
        at = trouble.at
        while at < length:
            several = trouble.says is Category.NO_SUPPLY_AREA or dice.chance(0.06)
            yield Wish(at, customer, trouble.says, since, None, several)
            at += dice.lognormal(_REPEAT_MEDIAN, _REPEAT_SIGMA)
            if not dice.chance(_EVERYDAY_REPEATS):
                break
