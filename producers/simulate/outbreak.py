"""Which nodes fail in a scenario, when, for how long, and what follows from it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from producers.simulate.city import City
from producers.simulate.dice import Dice
from producers.simulate.events import Span
from producers.simulate.faults import CAUSES, LENGTHS, LONGEST_MINUTES, MINUTE, SHORTEST_MINUTES, Cause, Fault
from producers.simulate.scenarios import Plan, Weather
from schemas.reference import FeederKind
from schemas.vocabulary import NodeKind

_KANPUR: Final = {NodeKind.INCOMER: 39, NodeKind.SUBSTATION: 96, NodeKind.FEEDER: 677, NodeKind.TRANSFORMER: 7000}
"""Nodes that the numbers of a plan are meant for."""
_DAY_SIGMA: Final = 0.15
"""Days of one kind differ."""
_PLACE_SIGMA: Final = 0.7
"""So do substations: old lines, trees, overload."""
_RURAL_IN_STORM: Final = 2.0
_LAST_START_MINUTES: Final = 40
"""No fault begins later than this before the end, so that all can be told of."""
_TRIES: Final = 40

_FAIR_BY_HOUR: Final = (5, 4, 4, 3, 3, 4, 5, 6, 7, 7, 8, 9, 9, 10, 10, 9, 8, 8, 9, 11, 12, 12, 10, 7)
_HEAT_BY_HOUR: Final = (12, 9, 6, 4, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 10, 9, 8, 8, 10, 13, 16, 17, 15)
_FRONT_BEGINS, _FRONT_LASTS, _BEFORE_OR_AFTER = (50, 100), (50, 90), 0.15
"""A storm crosses the city in so many minutes; a part of its faults comes at other times."""

_AGAIN_MEAN, _MOST_AGAIN = 22 * MINUTE, 4
_SHEDDING_HOURS: Final = (0, 60, 120, 150, 180, 210, 240, 270, 300, 360)
_SHEDDING_MINUTES: Final = (30, 60, 60, 60, 90)
_BACKFEED: Final = 0.15
"""Share of long feeder faults in which the far part gets supply from a neighbouring feeder before the repair."""


def storm_front(span: Span, seed: int) -> float:
    """The moment at which a storm's front reaches the first substation."""
    return min(span.seconds, Dice(seed, "front begins").between(*_FRONT_BEGINS) * MINUTE)


class _Book:
    """What is dark when; an already dead node cannot fail, nor one that has just come back."""

    def __init__(self, city: City, faults: Iterable[Fault]) -> None:
        self._city = city
        self.faults = list(faults)
        self._by_node: dict[str, list[Fault]] = defaultdict(list)
        for fault in self.faults:
            self._by_node[fault.node_id].append(fault)

    def add(self, fault: Fault, *, within_parent: bool = False) -> bool:
        """Take the fault down; False when its node is dead at that time by another.

        within_parent: it is meant to lie within an outage of a parent.
        """
        gap = 3 * MINUTE
        if any(
            fault.starts < other.ends + gap and other.starts < fault.ends + gap
            for other in self._by_node[fault.node_id]
        ):
            return False
        above = [node_id for node_id in self._city.nodes[fault.node_id].path if node_id and node_id != fault.node_id]
        if not within_parent and any(
            other.starts - gap <= fault.starts < other.ends for node_id in above for other in self._by_node[node_id]
        ):
            return False
        self.faults.append(fault)
        self._by_node[fault.node_id].append(fault)
        return True


def outbreak(city: City, plan: Plan, span: Span, given: Iterable[Fault], seed: int) -> list[Fault]:
    """All faults of the span, those given among them, by their beginning. Each outage id names one."""
    book = _Book(city, given)
    places = _places(city, plan, Dice(seed, "places"))
    when = _When(city, plan, span, storm_front(span, seed), Dice(seed, "front"))
    for kind, mean in (
        (NodeKind.INCOMER, plan.incomers),
        (NodeKind.SUBSTATION, plan.substations),
        (NodeKind.FEEDER, plan.feeders),
        (NodeKind.TRANSFORMER, plan.transformers),
    ):
        if kind is NodeKind.TRANSFORMER:
            _shed_load(city, book, plan, span, places[NodeKind.FEEDER], Dice(seed, "load shedding"))
        dice = Dice(seed, f"faults {kind}")
        nodes = places[kind]
        for _ in range(_number(mean, kind, nodes, dice)):
            for _ in range(_TRIES):
                node_id = dice.weighted(nodes)
                cause = dice.weighted(CAUSES[kind, plan.weather])
                fault = _fault(city, node_id, cause, when.begins(node_id, dice), plan, dice)
                if book.add(fault):
                    _what_follows(city, fault, book, plan, span, dice)
                    break
    _momentary(book, plan, when, places[NodeKind.FEEDER], Dice(seed, "momentary"))
    faults = sorted(book.faults, key=lambda fault: (fault.starts, fault.node_id))
    return [
        fault if fault.planned else replace(fault, outage_id=f"SIM-{number:04}")
        for number, fault in enumerate(faults, 1)
    ]


Places = Mapping[NodeKind, Sequence[tuple[str, float]]]


def _places(city: City, plan: Plan, dice: Dice) -> Places:
    """Nodes of each kind with customers below, and how readily each fails: places differ, feeders by kind."""
    readiness = {row.substation_id: dice.lognormal(1, _PLACE_SIGMA) for row in city.tables.substations}
    found: dict[NodeKind, list[tuple[str, float]]] = {kind: [] for kind in NodeKind}
    for node in city.nodes.values():
        if not city.transformers_below[node.node_id] or (not node.consumers and node.kind is NodeKind.TRANSFORMER):
            continue
        weight = readiness.get(node.path.substation_id, 1.0)
        if node.kind is NodeKind.FEEDER and plan.weather is Weather.STORM and node.feeder_kind is FeederKind.RURAL:
            weight *= _RURAL_IN_STORM
        found[node.kind].append((node.node_id, weight))
    return found


def _number(mean: float, kind: NodeKind, nodes: Sequence[object], dice: Dice) -> int:
    wanted = mean * len(nodes) / _KANPUR[kind] * dice.lognormal(1, _DAY_SIGMA)
    return min(len(nodes), int(wanted) + dice.chance(wanted % 1))


class _When:
    """When faults begin: with the load by hour of the clock, or as a storm's front reaches their substation."""

    def __init__(self, city: City, plan: Plan, span: Span, front: float, dice: Dice) -> None:
        self._city, self._span, self._storm = city, span, plan.weather is Weather.STORM
        self._by_hour = _HEAT_BY_HOUR if plan.weather is Weather.HEAT else _FAIR_BY_HOUR
        self._last = span.seconds - _LAST_START_MINUTES * MINUTE
        lasts, heading = dice.between(*_FRONT_LASTS) * MINUTE, dice.between(0, 2 * math.pi)
        along = {
            row.substation_id: row.latitude * math.cos(heading) + row.longitude * math.sin(heading)
            for row in city.tables.substations
            if row.latitude is not None and row.longitude is not None
        }
        near, far = min(along.values(), default=0.0), max(along.values(), default=0.0)
        self._reached = {
            row.substation_id: front
            + lasts
            * (
                (along[row.substation_id] - near) / ((far - near) or 1)
                if row.substation_id in along
                else dice.between(0, 1)
            )
            for row in city.tables.substations
        }

    def begins(self, node_id: str, dice: Dice) -> float:
        """A moment at which this node fails."""
        if self._storm and not dice.chance(_BEFORE_OR_AFTER):
            path = self._city.nodes[node_id].path
            reached = self._reached.get(path.substation_id)
            if reached is None:
                below = self._city.transformers_below[node_id][0]
                reached = self._reached[self._city.nodes[below].path.substation_id]
            return min(self._last, max(0.0, reached + dice.lognormal(14 * MINUTE, 0.8) - 8 * MINUTE))
        most = max(self._by_hour)
        while True:
            at = dice.between(0, self._last)
            if dice.chance(self._by_hour[int(self._span.hour(at))] / most):
                return at


def _fault(city: City, node_id: str, cause: Cause, starts: float, plan: Plan, dice: Dice) -> Fault:
    median, sigma = LENGTHS[cause]
    minutes = min(LONGEST_MINUTES, max(SHORTEST_MINUTES, dice.lognormal(median, sigma) * plan.slowness))
    starts = float(int(starts))
    ends = starts + int(minutes * MINUTE)
    kind = city.nodes[node_id].kind
    return Fault("", node_id, kind, cause, starts, ends, back=_back(city, node_id, kind, starts, ends, dice))


def _back(city: City, node_id: str, kind: NodeKind, starts: float, ends: float, dice: Dice) -> Mapping[str, float]:
    """Substations and incomers are switched back feeder by feeder; of a feeder the far part at times early."""
    below = city.transformers_below[node_id]
    if kind is NodeKind.TRANSFORMER:
        return {}
    if kind is NodeKind.FEEDER:
        if len(below) < 4 or ends - starts < 60 * MINUTE or not dice.chance(_BACKFEED):
            return {}
        moment = starts + (ends - starts) * dice.between(0.3, 0.6)
        return dict.fromkeys(below[len(below) // 2 :], moment)
    feeders = list(dict.fromkeys(city.nodes[transformer].path.feeder_id for transformer in below))
    left = min(0.2 * (ends - starts), 25 * MINUTE)
    moments = {feeder: ends - dice.between(0, left) for feeder in feeders}
    moments[dice.pick(feeders)] = ends
    return {transformer: moments[city.nodes[transformer].path.feeder_id] for transformer in below}


def _what_follows(city: City, fault: Fault, book: _Book, plan: Plan, span: Span, dice: Dice) -> None:
    """The node may trip again once it is back; something below it may stay dead, or fail when supply returns."""
    if fault.node_kind is NodeKind.TRANSFORMER:
        return
    if dice.chance(plan.nested):
        _nest(city, fault, book, plan, span, dice)
    last = fault
    for _ in range(_MOST_AGAIN):
        starts = last.ends + 4 * MINUTE + dice.exponential(_AGAIN_MEAN)
        if starts > span.seconds - _LAST_START_MINUTES * MINUTE or not dice.chance(plan.again):
            return
        last = _fault(city, fault.node_id, Cause.OVERLOAD, starts, plan, dice)
        if not book.add(last):
            return


def _nest(city: City, parent: Fault, book: _Book, plan: Plan, span: Span, dice: Dice) -> None:
    below = city.transformers_below[parent.node_id]
    path = city.nodes[dice.pick(below)].path
    node_id = path.feeder_id if parent.node_kind is not NodeKind.FEEDER and dice.chance(0.4) else path.transformer_id
    back = parent.back.get(path.transformer_id, parent.ends)
    if dice.chance(0.5):
        child = _fault(city, node_id, Cause.STILL_DEAD, back, plan, dice)
        book.add(replace(child, starts=parent.starts, back={}), within_parent=True)
    elif back < span.seconds - _LAST_START_MINUTES * MINUTE:
        book.add(_fault(city, node_id, Cause.FAILED_ON_RETURN, back, plan, dice), within_parent=True)


def _shed_load(
    city: City, book: _Book, plan: Plan, span: Span, feeders: Sequence[tuple[str, float]], dice: Dice
) -> None:
    """Cuts by turns: at one minute one or two feeders each of some substations, for about an hour."""
    left = _number(plan.load_shedding, NodeKind.FEEDER, feeders, dice) if plan.load_shedding else 0
    by_substation: dict[str, list[str]] = defaultdict(list)
    for node_id, _ in feeders:
        by_substation[city.nodes[node_id].path.substation_id].append(node_id)
    substations = list(by_substation)
    slots = [minute * MINUTE for minute in _SHEDDING_HOURS if minute * MINUTE < span.seconds - 90 * MINUTE]
    for _ in range(left * 3):
        if left <= 0:
            return
        starts, minutes = dice.pick(slots) + dice.whole(0, 4) * MINUTE, dice.pick(_SHEDDING_MINUTES)
        for _ in range(dice.whole(2, 5)):
            here = by_substation[dice.pick(substations)]
            for _ in range(1 + dice.chance(0.3)):
                ends = starts + (minutes + dice.between(-4, 8)) * MINUTE
                cut = Fault("", dice.pick(here), NodeKind.FEEDER, Cause.LOAD_SHEDDING, starts, float(int(ends)))
                left -= book.add(cut)


def _momentary(book: _Book, plan: Plan, when: _When, feeders: Sequence[tuple[str, float]], dice: Dice) -> None:
    for _ in range(_number(plan.momentary, NodeKind.FEEDER, feeders, dice) if plan.momentary else 0):
        node_id = dice.weighted(feeders)
        starts = float(int(when.begins(node_id, dice)))
        book.add(Fault("", node_id, NodeKind.FEEDER, Cause.MOMENTARY, starts, starts + dice.whole(5, 170)))
