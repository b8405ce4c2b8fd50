"""A day in Kanpur made by hand, so that every figure of the guide can be counted: Saturday, 20 June 2026, until 22:00.

What happened (times of India):
- 13 June, 21:00-24:00: bills on the portal every 6 minutes, at the help desk of Horseman Bagh every 15.
- 17 June: the feeder Parampurwa was out from 14:00 to 16:00, and tripped for three minutes on the 18th at 07:00.
  On the 18th its transformer DT-302 was burnt from 9:00 to 16:30, as one customer told.
- 20 June, 10:00-13:00: planned work at Saket Nagar; 3 customers call inside, 2 after it had ended.
- 17:40: a fuse of the transformer DT-201 at Varun Vihar; closed at 18:50, called in again from 19:10, reopened.
- 18:10-18:30: 6 tokens at the help desk of Horseman Bagh, which was offline and sends them at 21:40.
- 19:30: the feeder Barra Gaon trips. 22 customers complain 26 times. Telemetry says so at 19:31. Back at 20:45,
  but for the transformer DT-103, which is back at 21:10. DT-101 alone was taken for the fault for two minutes.
- 20:40: the transformer DT-301 at Parampurwa burns. 6 customers complain; at 22:00 it is still out.
- Hazards: a wire at 21:20 (nobody there yet), sparks at 20:50 (crew there), a pole at 12:00 (closed).
- The switchboard is full from 20:00 to 21:00: 5,460 calls, most of them questions and bills.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, Final

from schemas.enriched import event_version
from schemas.vocabulary import (
    Category,
    ComplaintStatus,
    Extent,
    NetworkState,
    NodeKind,
    OutageReason,
    OutageState,
    RoutedBy,
    SpecialNeed,
)
from tests.analysts.rows import DESK, PHONE, PORTAL, Day, minutes, on

GUJAINI: Final = ("IN-SYN-20", "SS-GUJAINI")
HORSEMAN: Final = ("IN-SYN-23", "SS-HORSEMAN-BAGH")
PARAG: Final = ("IN-SYN-33", "SS-PARAG-DAIRY")
BARRA: Final = (*GUJAINI, "F-GUJAINI-BARRA-GAON")
VARUN: Final = (*GUJAINI, "F-GUJAINI-VARUN-VIHAR")
PARAMPURWA: Final = (*HORSEMAN, "F-HORSEMAN-BAGH-PARAMPURWA")
SAKET: Final = (*PARAG, "F-PARAG-DAIRY-SAKET-NAGAR")
TRANSFORMERS: Final[dict[tuple[str, ...], tuple[int, ...]]] = {
    BARRA: (101, 102, 103),
    VARUN: (201, 202),
    PARAMPURWA: (301, 302),
    SAKET: (401, 402),
}
_CHATTER: Final = (Category.RESTORATION_QUERY, Category.BILLING, Category.PREPAID_SMART_METER, Category.UNCLEAR)
_CALLS: Final = {17: 40, 18: 160, 19: 1_876, 20: 5_430, 21: 3_120}
"""Calls by hour beside those about the faults."""


def below(feeder: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths of a feeder's transformers, over and over."""
    while True:
        for number in TRANSFORMERS[feeder]:
            yield (*feeder, f"DT-{number}")


def made() -> Day:
    """The whole day."""
    day = Day()
    _saturday_before(day)
    _week_before(day)
    _planned_work(day)
    _closed_too_early(day)
    _offline_desk(day)
    _feeder(day)
    _transformer(day)
    _hazards(day)
    _switchboard(day)
    _defects(day)
    return day


def _saturday_before(day: Day) -> None:
    """What is usual at this hour: bills, on the portal every six minutes, at the desk every fifteen."""
    for source, gap in ((PORTAL, 6), (DESK, 15)):
        for number in range(180 // gap):
            day.complain("", on("13 21:00") + minutes(gap * number), (), Category.BILLING, source)


def _week_before(day: Day) -> None:
    place = below(PARAMPURWA)
    for number in range(12):
        at = on("17 14:06") + minutes(4 * number)
        complaint = day.complain(f"p{number}", at, next(place))
        day.status(complaint, ComplaintStatus.ASSIGNED, at + minutes(15), crew="G-7")
        day.status(complaint, ComplaintStatus.RESTORED, on("17 16:00"), cause="insulator")
    day.outage(
        PARAMPURWA[2],
        NodeKind.FEEDER,
        on("17 14:00"),
        1_000,
        (on("17 14:15"), OutageState.PREDICTED, OutageReason.COMPLAINTS, 3),
        (on("17 14:20"), OutageState.CONFIRMED, OutageReason.SWITCH_OPEN, 4),
        (on("17 16:00"), OutageState.RESTORED, OutageReason.SWITCH_CLOSED, 12),
        (on("17 17:00"), OutageState.CLOSED, OutageReason.QUIET, 12),
    )
    day.switch(PARAMPURWA[2], NetworkState.OPEN, on("17 14:00"))
    day.switch(PARAMPURWA[2], NetworkState.CLOSED, on("17 16:00"))
    for number, minute in enumerate((1, 2, 2)):
        day.complain(f"p{20 + number}", on("18 07:00") + minutes(minute), next(place))
    day.outage(
        PARAMPURWA[2],
        NodeKind.FEEDER,
        on("18 07:00"),
        1_000,
        (on("18 07:02"), OutageState.CONFIRMED, OutageReason.SWITCH_OPEN, 3),
        (on("18 07:03"), OutageState.RESTORED, OutageReason.SWITCH_CLOSED, 3),
    )
    # A burnt transformer that took seven and a half hours where six are allowed: every consumer below it is owed.
    burnt = day.complain("w0", on("18 09:00"), (*PARAMPURWA, "DT-302"), Category.TRANSFORMER_FAULT)
    day.status(burnt, ComplaintStatus.ASSIGNED, on("18 09:20"), crew="G-7")
    day.status(burnt, ComplaintStatus.RESTORED, on("18 16:30"), crew="G-7")
    # A fuse that took five hours where four are allowed, and one that took one.
    for customer, hours in (("v9", 5), ("v8", 1)):
        at = on("19 09:00")
        complaint = day.complain(customer, at, (*VARUN, "DT-202"), Category.FUSE_BLOWN)
        day.status(complaint, ComplaintStatus.ACKNOWLEDGED, at + minutes(10))
        day.status(complaint, ComplaintStatus.RESTORED, at + timedelta(hours=hours))


def _planned_work(day: Day) -> None:
    place = below(SAKET)
    for number, clock in enumerate(("10:05", "10:40", "12:10")):
        day.complain(f"s{number}", on(clock), next(place), Category.NO_SUPPLY_AREA, planned=True)
    for number, clock in enumerate(("13:20", "13:35")):
        day.complain(f"s{3 + number}", on(clock), next(place), Category.NO_SUPPLY_AREA)


def _closed_too_early(day: Day) -> None:
    place = (*VARUN, "DT-201")
    first = [
        day.complain(f"v{number}", on("17:40") + minutes(5 * number), place, Category.FUSE_BLOWN) for number in range(4)
    ]
    for complaint in first:
        day.status(complaint, ComplaintStatus.ASSIGNED, on("18:05"), crew="G-12")
        day.status(complaint, ComplaintStatus.RESTORED, on("18:45"), crew="G-12")
        day.status(complaint, ComplaintStatus.CLOSED, on("18:50"))
    for number in range(3):
        day.complain(f"v{number}", on("19:10") + minutes(6 * number), place, Category.NO_SUPPLY)
    day.status(first[0], ComplaintStatus.REOPENED, on("19:30"))


def _offline_desk(day: Day) -> None:
    place = below(PARAMPURWA)
    day.complain("h9", on("17:05"), next(place), Category.BILLING, DESK, routed_by=RoutedBy.HELP_DESK)
    for number in range(6):
        at = on("18:10") + minutes(4 * number)
        day.complain(f"h{number}", at, next(place), Category.LOW_VOLTAGE, DESK, on("21:40"))


def _feeder(day: Day) -> None:
    place = below(BARRA)
    complaints = []
    for number in range(20):
        source = PORTAL if number % 5 == 4 else PHONE
        at = on("19:32") + minutes(2.5 * number)
        more: dict[str, Any] = {"neighbours_out": True, "extent": Extent.AREA} if number % 2 else {}
        if number == 7:
            more["special_need"] = SpecialNeed.LIFE_SUPPORT
        complaints.append(day.complain(f"b{number}", at, next(place), Category.NO_SUPPLY_AREA, source, **more))
    for number in range(4):
        day.complain("b0", on("20:00") + minutes(9 * number), (*BARRA, "DT-101"), Category.NO_SUPPLY)
    for number, complaint in enumerate(complaints[:16]):
        day.status(complaint, ComplaintStatus.ASSIGNED, on("20:22"), crew="G-31", cause="jumper")
        if number < 12:
            day.status(complaint, ComplaintStatus.ARRIVED, on("20:40"), crew="G-31")
        day.status(complaint, ComplaintStatus.RESTORED, on("20:45") if number % 3 == 0 else on("21:10"), crew="G-31")
    day.switch(BARRA[2], NetworkState.OPEN, on("19:31"))
    day.switch(BARRA[2], NetworkState.CLOSED, on("21:10"))
    feeder = day.outage(
        BARRA[2],
        NodeKind.FEEDER,
        on("19:30"),
        1_200,
        (on("19:38"), OutageState.PREDICTED, OutageReason.COMPLAINTS, 4),
        (on("19:39"), OutageState.CONFIRMED, OutageReason.SWITCH_OPEN, 4),
        (on("20:45"), OutageState.PARTIALLY_RESTORED, OutageReason.MOVED, 22),
        (on("21:10"), OutageState.RESTORED, OutageReason.NESTED, 22),
    )
    day.outage(
        "DT-103",
        NodeKind.TRANSFORMER,
        on("19:30"),
        400,
        (on("20:45"), OutageState.PREDICTED, OutageReason.MOVED, 7),
        (on("21:10"), OutageState.RESTORED, OutageReason.STATUS, 7),
        parent=feeder,
    )
    day.outage(
        "DT-101",
        NodeKind.TRANSFORMER,
        on("19:31"),
        400,
        (on("19:36"), OutageState.PREDICTED, OutageReason.COMPLAINTS, 3),
        (on("19:38"), OutageState.CLOSED, OutageReason.TAKEN_OVER, 3),
        parent=feeder,
    )


def _transformer(day: Day) -> None:
    place = (*PARAMPURWA, "DT-301")
    for number in range(6):
        at = on("20:42") + minutes(5 * number)
        category = Category.TRANSFORMER_FAULT if number in (0, 3) else Category.NO_SUPPLY
        need = SpecialNeed.LIFE_SUPPORT if number == 2 else SpecialNeed.NONE
        complaint = day.complain(
            f"t{number}", at, place, category, neighbours_out=True, extent=Extent.AREA, special_need=need
        )
        if number < 3:
            day.status(
                complaint,
                ComplaintStatus.ASSIGNED,
                on("21:15"),
                crew="G-7",
                cause="transformer",
                estimated_restoration_at=on("21:45"),
            )
    day.outage(
        "DT-301",
        NodeKind.TRANSFORMER,
        on("20:40"),
        110,
        (on("20:53"), OutageState.PREDICTED, OutageReason.COMPLAINTS, 3),
        (on("21:08"), OutageState.PREDICTED, OutageReason.COMPLAINTS, 6),
    )


def _hazards(day: Day) -> None:
    day.complain("z0", on("21:20"), (*SAKET, "DT-401"), Category.LINE_BROKEN)
    sparks = day.complain("z1", on("20:50"), (*VARUN, "DT-202"), Category.SPARKING_FIRE)
    day.status(sparks, ComplaintStatus.ASSIGNED, on("20:58"), crew="G-12")
    day.status(sparks, ComplaintStatus.ARRIVED, on("21:12"), crew="G-12")
    pole = day.complain("z2", on("12:00"), (*PARAMPURWA, "DT-302"), Category.POLE_DAMAGE_SHOCK)
    day.status(pole, ComplaintStatus.ASSIGNED, on("12:04"), crew="G-7")
    day.status(pole, ComplaintStatus.CLOSED, on("13:30"))


def _switchboard(day: Day) -> None:
    """Calls that are no evidence of an outage; three of ten cannot be tied to a place."""
    dice = Random(20260620)  # noqa: S311 - the same day every time
    places = (GUJAINI, HORSEMAN, PARAG, BARRA, VARUN, PARAMPURWA, SAKET)
    for hour, calls in _CALLS.items():
        for number in range(calls):
            at = on(f"{hour}:00") + timedelta(seconds=3600 * number / calls)
            path = dice.choice(places) if dice.random() < 0.7 else ()
            queue = round(3600 / 183) if hour == 20 else 12
            route = RoutedBy.PHONE if path else RoutedBy.NONE
            day.complain(f"f{hour}-{number}", at, path, _CHATTER[number % 4], queue_seconds=queue, routed_by=route)


def _defects(day: Day) -> None:
    """The same event again over another channel's retry, a newer reading of one, a wrong desk, and what was refused."""
    twice: dict[str, Any] = {"source_id": "CC-TWICE", "kafka_offset": 900_001}
    day.complain("x0", on("19:34"), (*BARRA, "DT-101"), Category.NO_SUPPLY, **twice)
    day.complain("x0", on("19:34"), (*BARRA, "DT-101"), Category.NO_SUPPLY, **{**twice, "kafka_offset": 900_002})
    moved: dict[str, Any] = {"source_id": "CC-MOVED", "kafka_offset": 900_003}
    day.complain("x1", on("19:36"), (*VARUN, "DT-201"), Category.UNCLEAR, **moved)
    newer = event_version(2, int(on("19:36").timestamp() * 1000))
    complaint = day.complain(
        "x1", on("19:36"), (*BARRA, "DT-102"), Category.NO_SUPPLY, event_version=newer, enricher_version="2", **moved
    )
    day.status(complaint, ComplaintStatus.ASSIGNED, on("20:10"), substation_id=VARUN[1])
    wrong = day.complain("x2", on("15:00"), SAKET, Category.METER_FAULT, routed_by=RoutedBy.PINCODE)
    day.status(wrong, ComplaintStatus.ASSIGNED, on("15:20"), substation_id=PARAG[1])
    day.status(wrong, ComplaintStatus.ASSIGNED, on("16:10"), substation_id=HORSEMAN[1])
    for number in range(3):
        day.refuse("complaints.web", 700 + number, "missing_field", "data.text", on("16:00") + minutes(number))
    day.refuse("complaints.calls", 800, "not_json", "", on("19:50"))
