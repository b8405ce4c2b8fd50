"""How events reach us: mostly as they are recorded, some late because a desk had no connection, some twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from producers.simulate.city import City
from producers.simulate.dice import Dice
from producers.simulate.events import Event, Span
from producers.simulate.faults import MINUTE
from producers.simulate.scenarios import Plan

_OFFLINE_MINUTES: Final = (10, 50)
_AGAIN_MEDIAN, _AGAIN_SIGMA = 2 * MINUTE, 1.5
"""A source that had no answer sends the same event again, at times an hour later."""


def in_order_of_receipt(
    events: Iterable[tuple[float, Event]], city: City, plan: Plan, span: Span, dice: Dice
) -> list[Event]:
    """The events as they come in, each given with the moment at which its source recorded it."""
    offline = {}
    for substation_id in sorted(city.desks):
        starts = dice.between(0, span.seconds)
        if dice.chance(plan.desk_offline):
            offline[f"/kesco/help-desk/{substation_id}"] = (starts, starts + dice.between(*_OFFLINE_MINUTES) * MINUTE)
    received = []
    for number, (moment, event) in enumerate(events):
        first, last = offline.get(str(event.get("source")), (0.0, 0.0))
        comes = last if first <= moment < last else moment
        received.append((int(comes), number, event))
        if dice.chance(plan.sent_twice):
            received.append((int(comes + dice.lognormal(_AGAIN_MEDIAN, _AGAIN_SIGMA)), number, event))
    received.sort(key=lambda arrival: arrival[:2])
    return [event for _, _, event in received]
