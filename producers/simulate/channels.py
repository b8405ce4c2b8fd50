"""How a customer gets through: by phone, portal or help desk, and a switchboard with so many lines."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from producers.simulate.callers import Wish, ended
from producers.simulate.city import City
from producers.simulate.dice import Dice
from producers.simulate.events import Span
from producers.simulate.faults import MINUTE
from reference.maker import CONSUMERS_OF_KANPUR
from schemas.vocabulary import Category, Channel

LINES: Final = 183
"""Lines of Kanpur: the announced 5,500 calls an hour at two minutes a call. In June 2023 there were 26."""
_FEWEST_LINES: Final = 20
_TALK_MEAN: Final = 2 * MINUTE
_PATIENCE_MEAN: Final = 3 * MINUTE

_GIVES_UP: Final = 0.4
_DIALS_AGAIN, _GOES_ONLINE = 0.65, 0.25
"""What the others do who did not get through; the rest goes to a help desk where there is one."""
_AGAIN_AFTER: Final = 7 * MINUTE
_STILL_CALLS_WHEN_OVER: Final = 0.1
_DESK_OPENS, _DESK_CLOSES = 7.0, 23.0
_THANKS_BY_PHONE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Contact:
    """A wish that was taken down. Times are seconds after the beginning of the span.

    `said_at`: when the customer said it. `recorded_at`: when the source wrote it down, which is its event's time.
    """

    wish: Wish
    channel: Channel
    said_at: float
    recorded_at: float
    queue_seconds: int
    line: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of all wishes: those taken down, calls that nobody answered, and households that were never heard."""

    contacts: list[Contact]
    unanswered_calls: int
    lost_calls: int


def lines_for(consumers: int) -> int:
    """Lines of a city of that size: Kanpur's in proportion, but not too few to work."""
    return max(_FEWEST_LINES, round(LINES * consumers / CONSUMERS_OF_KANPUR))


def contacts(city: City, wishes: Iterable[Wish], lines: int, span: Span, dice: Dice) -> Taken:
    """What was taken down within the span, by the time of recording.

    A caller who would wait too long hangs up: some give up for good, others call again or turn elsewhere.
    """
    free_at = [(0.0, line) for line in range(1, lines + 1)]
    waiting = [(wish.at, number, _channel(city, wish, span, dice), wish) for number, wish in enumerate(wishes)]
    heapq.heapify(waiting)
    taken: list[Contact] = []
    unanswered = lost = 0
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
        else:
            unanswered += 1
            later = at + MINUTE + dice.exponential(_AGAIN_AFTER)
            over = later > ended(wish) and not dice.chance(_STILL_CALLS_WHEN_OVER)
            if over or dice.chance(_GIVES_UP):
                lost += 1
            else:
                heapq.heappush(waiting, (later, number, _next_channel(city, wish, later, span, dice), wish))
    in_time = (contact for contact in taken if contact.recorded_at < span.seconds)
    return Taken(sorted(in_time, key=lambda contact: contact.recorded_at), unanswered, lost)


def _channel(city: City, wish: Wish, span: Span, dice: Dice) -> Channel:
    if wish.says is Category.RESTORED_CONFIRMATION:
        return Channel.CALL if dice.chance(_THANKS_BY_PHONE) else Channel.WEB
    if wish.household.channel is not Channel.HELPDESK or _desk_open(city, wish, wish.at, span):
        return wish.household.channel
    return Channel.CALL if dice.chance(0.75) else Channel.WEB


def _next_channel(city: City, wish: Wish, at: float, span: Span, dice: Dice) -> Channel:
    chance = dice.between(0, 1)
    if chance < _DIALS_AGAIN:
        return Channel.CALL
    if chance < _DIALS_AGAIN + _GOES_ONLINE or not _desk_open(city, wish, at, span):
        return Channel.WEB
    return Channel.HELPDESK


def _desk_open(city: City, wish: Wish, at: float, span: Span) -> bool:
    substation_id = city.nodes[wish.household.customer.transformer_id].path.substation_id
    return substation_id in city.desks and _DESK_OPENS <= span.hour(at) < _DESK_CLOSES
