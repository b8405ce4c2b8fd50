"""How a customer gets through: by phone, portal or help desk, and a switchboard with so many lines."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from producers.simulate.callers import Wish
from producers.simulate.city import City
from producers.simulate.dice import Dice
from producers.simulate.faults import MINUTE
from schemas.vocabulary import Category, Channel

LINES: Final = 183
"""Lines of the switchboard: the announced 5,500 calls an hour at two minutes a call. In June 2023 there were 26."""
_TALK_MEAN: Final = 2 * MINUTE
_PATIENCE_MEAN: Final = 3 * MINUTE

_PHONE, _PORTAL, _DESK = 0.6, 0.2, 0.2
"""How people turn to the company where the substation has a help desk; elsewhere the others share the desk's part."""
_THANKS_BY_PHONE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Contact:
    """A wish that was taken down. Times are seconds after the evening's beginning.

    `said_at`: when the customer said it. `recorded_at`: when the source wrote it down, which is its event's time.
    """

    wish: Wish
    channel: Channel
    said_at: float
    recorded_at: float
    queue_seconds: int
    line: int


def contacts(city: City, wishes: Iterable[Wish], lines: int, length: float, dice: Dice) -> tuple[list[Contact], int]:
    """What was taken down within `length` seconds, by the time of recording; and how many calls were lost for good.

    A caller who waits too long hangs up: half give up, others call again or turn to the portal.
    """
    desks = {row.substation_id for row in city.tables.substations if row.help_desk}
    free_at = [(0.0, line) for line in range(1, lines + 1)]
    waiting = [(wish.at, number, _channel(city, wish, desks, dice), wish) for number, wish in enumerate(wishes)]
    heapq.heapify(waiting)
    taken: list[Contact] = []
    lost = 0
    while waiting:
        at, number, channel, wish = heapq.heappop(waiting)
        if channel is Channel.WEB:
            taken.append(Contact(wish, channel, at, at, 0, 0))
        elif channel is Channel.HELPDESK:
            said_at = at + dice.between(5, 35) * MINUTE
            taken.append(Contact(wish, channel, said_at, said_at + dice.lognormal(6 * MINUTE, 0.9), 0, 0))
        elif (queued := max(0.0, free_at[0][0] - at)) <= dice.exponential(_PATIENCE_MEAN):
            talk = 20 + dice.exponential(_TALK_MEAN - 20)
            line = free_at[0][1]
            heapq.heapreplace(free_at, (at + queued + talk, line))
            said_at = at + queued + 5
            taken.append(Contact(wish, channel, said_at, said_at + talk / 2, int(queued), line))
        elif dice.chance(0.5):
            lost += 1
        else:
            later = at + dice.between(5, 20) * MINUTE
            again = Channel.CALL if dice.chance(0.6) else Channel.WEB
            heapq.heappush(waiting, (later, number, again, wish))
    return sorted((c for c in taken if c.recorded_at < length), key=lambda c: c.recorded_at), lost


def _channel(city: City, wish: Wish, desks: set[str], dice: Dice) -> Channel:
    if wish.says is Category.RESTORED_CONFIRMATION:
        return Channel.CALL if dice.chance(_THANKS_BY_PHONE) else Channel.WEB
    substation_id = city.nodes[wish.customer.transformer_id].path.substation_id
    return dice.weighted(
        (
            (Channel.HELPDESK, _DESK if substation_id in desks else 0.0),
            (Channel.CALL, _PHONE),
            (Channel.WEB, _PORTAL),
        )
    )
