"""Lines that the pipeline must refuse, to show dead letters: each reaches its topic and breaks one rule there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from producers.simulate.dice import Dice
from producers.simulate.events import Event, Span
from schemas.complaint import MAX_TEXT_CHARACTERS
from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, NETWORK_EVENT

_SOURCE: Final = "/kesco/web-portal/trial"


def _without_type(event: Event) -> None:
    del event["type"]


def _unknown_type(event: Event) -> None:
    event["type"] = "in.co.kesco.complaint.registered.v0"


def _without_id(event: Event) -> None:
    del event["id"]


def _other_version(event: Event) -> None:
    event["specversion"] = "0.3"


def _says_nothing(event: Event) -> None:
    event["data"]["text"] = None


def _too_long(event: Event) -> None:
    event["data"]["text"] = "light nahi hai " * (MAX_TEXT_CHARACTERS // 15 + 1)


def _clock_never_set(event: Event) -> None:
    event["data"]["reported_at"] = "1970-01-01T05:30:00+05:30"


def _clock_far_ahead(event: Event) -> None:
    event["data"]["reported_at"] = "2090-06-20T21:14:05+05:30"


def _no_status(event: Event) -> None:
    event["type"] = COMPLAINT_STATUS
    event["data"] = {"complaint": {"source": _SOURCE, "id": "TR-1"}, "status": "gone", "at": event["time"]}


def _no_node(event: Event) -> None:
    event["type"] = NETWORK_EVENT
    event["data"] = {"state": "open", "at": event["time"], "reported_by": "crew"}


_FAULTS: Final[tuple[Callable[[Event], None], ...]] = (
    _without_type,
    _unknown_type,
    _without_id,
    _other_version,
    _says_nothing,
    _too_long,
    _clock_never_set,
    _clock_far_ahead,
    _no_status,
    _no_node,
)


def refused_events(number: int, span: Span, dice: Dice) -> Iterator[tuple[float, Event]]:
    """So many of them, spread over the span, with the moment of each; the kinds take turns."""
    for count in range(number):
        moment = dice.between(0, span.seconds)
        data = {"channel": "web", "text": "light nahi hai", "web": {"session_id": "trial", "form": "power_cut"}}
        event = span.event(COMPLAINT_REGISTERED, _SOURCE, span.event_id("TR", count + 1), moment, data)
        _FAULTS[count % len(_FAULTS)](event)
        yield moment, event
