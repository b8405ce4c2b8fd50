"""River Town with more transformers, and twelve minutes in it: two faults, an open switch, planned work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from schemas.envelope import COMPLAINT_REGISTERED, NETWORK_EVENT
from tests.reference import RIVER_TOWN

FEEDERS: Final = ("f10", "f11", "f20", "f21", "f30")
CONSUMERS: Final = 100
"""Of each transformer."""

BEGIN: Final = datetime.fromisoformat("2026-06-20T12:00:00+05:30")
"""Feeder f10 is planned to be dead until 13:00."""

MINUTES: Final = 12
END: Final = BEGIN + timedelta(minutes=MINUTES)
DARK: Final = {"t110", "f20", "f30"}
"""The nodes that fail."""

_OUT: Final = "poore mohalle ki light gayi hui hai"
_BACK: Final = "light aa gayi hai, dhanyavaad"
_BILL: Final = "bill bahut zyada aaya hai"
_HOUSE: Final = "sirf mere ghar ki light nahi hai"


def larger_town(folder: Path) -> Path:
    """The pack: five transformers below each feeder, each of 100 consumers."""
    shutil.copytree(RIVER_TOWN, folder)
    path = folder / "transformers.csv"
    header = path.read_text().splitlines()[0]
    rows = [
        f"t{feeder[1:]}{number},{feeder},{feeder} {number},250,,,{CONSUMERS}"
        for feeder in FEEDERS
        for number in range(5)
    ]
    path.write_text("\n".join([header, *rows]) + "\n")
    return folder


def drama() -> list[dict[str, Any]]:
    """The events in the order of their time."""
    calls = [
        *_calls("t110", 8, 30, 10, ["t110"]),
        *_calls("f20", 15, 120, 8, [f"t20{number}" for number in range(5)]),
        *_calls("f10", 12, 60, 10, [f"t10{number}" for number in range(5)]),
        *[_call(f"thanks-{number}", 420 + 10 * number, f"110{number:03}", "t110", _BACK) for number in range(4)],
        *[_call(f"last-{number}", 60 * MINUTES - 5 * number, f"999{number:03}", "t114", _BILL) for number in range(3)],
    ]
    switches = [_switch("open", 60), _switch("closed", 540)]
    return sorted([*calls, *switches], key=lambda event: str(event["time"]))


def late_hour() -> list[dict[str, Any]]:
    """An hour of single houses before all that, sent afterwards."""
    return [_call(f"late-{n}", 240 * n - 3600, f"888{n:03}", f"t1{n % 2}{n % 5}", _HOUSE) for n in range(15)]


def one_more() -> dict[str, Any]:
    """Somebody asks for something else, a minute after the end: the clock goes on to there."""
    return _call("one-more", 60 * MINUTES + 60, "777", "t114", _BILL)


def _calls(node_id: str, customers: int, begin: int, every: int, transformers: list[str]) -> Iterator[dict[str, Any]]:
    for number in range(customers):
        phone = f"{node_id[1:]}{number:03}"
        place = transformers[number % len(transformers)]
        yield _call(f"{node_id}-{number}", begin + every * number, phone, place, _OUT)


def _call(event_id: str, seconds: int, phone: str, transformer_id: str, text: str) -> dict[str, Any]:
    data = {
        "channel": "call",
        "phone": f"+9198{int(phone):08}",
        "text": text,
        "location": {"transformer_id": transformer_id},
    }
    return _event(COMPLAINT_REGISTERED, event_id, seconds, data)


def _switch(state: str, seconds: int) -> dict[str, Any]:
    at = (BEGIN + timedelta(seconds=seconds)).isoformat()
    data = {"node_id": "f30", "state": state, "at": at, "reported_by": "scada"}
    return _event(NETWORK_EVENT, f"f30-{state}", seconds, data)


def _event(kind: str, event_id: str, seconds: int, data: dict[str, Any]) -> dict[str, Any]:
    at = (BEGIN + timedelta(seconds=seconds)).isoformat()
    return {"specversion": "1.0", "id": event_id, "source": "/town", "type": kind, "time": at, "data": data}
