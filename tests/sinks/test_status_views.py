"""Complaints with their status, and service levels: right when events come twice, late, in any order or corrected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from schemas.clickhouse.tables import COMPLAINT_STATUS, COMPLAINTS
from schemas.enriched import ComplaintEnriched
from schemas.reference import LimitPer, ServiceLimit
from schemas.vocabulary import Category
from tests.sinks.conftest import Store
from tests.sinks.stage import Stage
from tests.sinks.test_insight_views import EVENING, complaint, load, town

NOON: Final = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)


def status(event: ComplaintEnriched, name: str, at: datetime, **changes: Any) -> bytes:
    """A status event of that complaint; its name is made of status and time unless given."""
    fields = {
        "complaint_id": event.complaint_id,
        "status": name,
        "at": at,
        "substation_id": event.substation_id,
        "crew": "",
        "cause": "",
        "estimated_restoration_at": None,
        "note": "",
        "source": "/oms",
        "source_id": f"{event.source_id}-{name}-{at.isoformat()}",
        "received_at": at,
        "kafka_topic": "complaints.status",
        "kafka_partition": 0,
        "kafka_offset": 1,
    }
    return orjson.dumps({**fields, **changes})


def test_service_levels_tell_what_was_kept_and_what_is_owed(stage: Stage, store: Store) -> None:
    limits = (
        ServiceLimit(Category.TRANSFORMER_FAULT, "urban", 6, 150.0, LimitPer.CONSUMER, "", True),
        ServiceLimit(Category.VOLTAGE_FLUCTUATION, "any", 4, 100.0, LimitPer.CONSUMER, "", False),
        ServiceLimit(Category.NO_SUPPLY, "urban", 4, None, LimitPer.CONSUMER, "", False),
    )
    load(stage, "limits", town(limits))
    noon = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
    hours = {n: timedelta(hours=n) for n in range(60)}
    burnt = [complaint(n, noon, "FD-11-T0", category=Category.TRANSFORMER_FAULT) for n in range(3)]
    poor = [complaint(10 + n, noon, "FD-11-T1", category=Category.VOLTAGE_FLUCTUATION) for n in range(2)]
    dark = [complaint(20 + n, noon, "FD-12-T0") for n in range(4)]
    bill = complaint(30, noon, "FD-12-T0", category=Category.BILLING, due_at=None)
    newest = complaint(40, noon + hours[50], "FD-22-T3")
    everything = [*burnt, *poor, *dark, bill, newest]
    statuses = [
        status(burnt[0], "restored", noon + hours[3]),
        status(burnt[1], "restored", noon + hours[5]),
        status(burnt[2], "restored", noon + hours[30]),
        status(poor[0], "closed", noon + hours[1]),
        status(poor[0], "reopened", noon + hours[2]),
        status(poor[0], "restored", noon + hours[6]),
        status(dark[0], "restored", noon + hours[4]),
    ]
    for _ in range(2):
        store(COMPLAINTS, [event.to_json() for event in everything])
        store(COMPLAINT_STATUS, statuses)
    rows = stage.query(
        "SELECT category, complaints, met, breached, running, without_limit, owed_to, compensation_rs, as_of "
        "FROM complaints.service_levels(from_day = '2026-06-01', to_day = '2026-06-11') ORDER BY category"
    )
    clock = noon + hours[50]
    assert rows == [
        ("billing", 1, 0, 0, 0, 1, 0, None, clock),
        ("no_supply", 4, 1, 3, 0, 0, 0, None, clock),
        ("transformer_fault", 3, 1, 2, 0, 0, 100, 100 * 150.0 * 2, clock),
        ("voltage_fluctuation", 2, 0, 2, 0, 0, 2, 100.0 * (1 + 2), clock),
    ]
    last = "complaints.service_levels(from_day = '2026-06-12', to_day = '2026-06-12')"
    assert stage.query(f"SELECT running FROM {last}") == [(1,)]


def levels(stage: Stage, day: str) -> dict[str, tuple[int, ...]]:
    """By category of one day: complaints, met, breached, running, without_limit, planned."""
    rows = stage.query(
        "SELECT category, complaints, met, breached, running, without_limit, planned "
        f"FROM complaints.service_levels(from_day = '{day}', to_day = '{day}')"
    )
    return {row[0]: row[1:] for row in rows}


def test_what_planned_work_covers_is_not_breached_unless_it_is_a_danger(stage: Stage, store: Store) -> None:
    load(stage, "limits", town((ServiceLimit(Category.NO_SUPPLY, "urban", 4, 50.0, LimitPer.CONSUMER, "", False),)))
    inside = [complaint(n, NOON, "FD-11-T0", planned=True) for n in range(3)]
    outside = complaint(5, NOON, "FD-12-T0")
    wire = complaint(6, NOON, "FD-11-T1", planned=True, hazard=True, category=Category.LINE_BROKEN)
    meter = complaint(7, NOON, "FD-11-T1", planned=True, category=Category.CONNECTION_SERVICE)
    later = complaint(9, NOON + timedelta(hours=30), "FD-22-T0")
    store(COMPLAINTS, [event.to_json() for event in (*inside, outside, wire, meter, later)])
    ends = [status(inside[0], "restored", NOON + timedelta(hours=8)), status(inside[1], "restored", NOON)]
    store(COMPLAINT_STATUS, ends)
    assert levels(stage, "2026-06-10") == {
        "no_supply": (4, 0, 1, 0, 0, 3),
        "line_broken": (1, 0, 1, 0, 0, 0),
        "connection_service": (1, 0, 1, 0, 0, 0),
    }
    assert stage.query(
        "SELECT sum(owed_to), sum(compensation_rs) "
        "FROM complaints.service_levels(from_day = '2026-06-10', to_day = '2026-06-10')"
    ) == [(1, 50.0 * 2)]


def test_service_levels_take_the_corrected_time_of_an_end_whatever_came_first(stage: Stage, store: Store) -> None:
    load(stage, "limits", town())
    events = [complaint(n, NOON, "FD-11-T0") for n in range(2)]
    store(COMPLAINTS, [event.to_json() for event in (*events, complaint(9, NOON + timedelta(hours=30), "FD-22-T0"))])

    def end(number: int, hours: float, received: float) -> bytes:
        received_at = NOON + timedelta(hours=received)
        changes = {"source_id": f"end-{number}", "received_at": received_at}
        return status(events[number], "restored", NOON + timedelta(hours=hours), **changes)

    store(COMPLAINT_STATUS, [end(0, 2, 3), end(1, 6, 9)])
    store(COMPLAINT_STATUS, [end(0, 7, 8), end(1, 2, 3)])
    assert levels(stage, "2026-06-10") == {"no_supply": (2, 0, 2, 0, 0, 0)}
    store(COMPLAINT_STATUS, [end(0, 2, 10), end(0, 7, 8)])
    assert levels(stage, "2026-06-10") == {"no_supply": (2, 1, 1, 0, 0, 0)}


def test_a_complaint_twice_on_one_day_is_one_and_a_week_adds_up(stage: Stage, store: Store) -> None:
    load(stage, "limits", town())
    for hours in (0, 0, 3):
        store(COMPLAINTS, [complaint(1, NOON + timedelta(hours=hours), "FD-11-T0").to_json()])
    store(COMPLAINTS, [complaint(2, NOON + timedelta(days=3), "FD-11-T0").to_json()])
    assert levels(stage, "2026-06-10")["no_supply"][0] == 1
    week = "complaints.service_levels(from_day = '2026-06-07', to_day = '2026-06-13')"
    assert stage.query(f"SELECT day, complaints, met + breached + running FROM {week} ORDER BY day") == [
        (NOON.date(), 1, 1),
        (NOON.date() + timedelta(days=3), 1, 1),
    ]


def known(stage: Stage, as_of: datetime, hours: float = 24) -> dict[str, tuple[str, str]]:
    """By source_id, status and crew as they stood at a moment, of complaints of the hours before."""
    moment = f"fromUnixTimestamp({int(as_of.timestamp())})"
    rows = stage.query(
        "SELECT source_id, status, crew FROM complaints.complaints_as_of("
        f"as_of = {moment}, since = {moment} - INTERVAL {int(60 * hours)} MINUTE)"
    )
    return {row[0]: row[1:] for row in rows}


def test_complaints_as_of_know_what_was_known_then(stage: Stage, store: Store) -> None:
    first, second, late = (
        complaint(n, EVENING - timedelta(hours=2), "FD-11-T0", delay=5 if n < 3 else 9000) for n in (1, 2, 3)
    )
    for _ in range(2):
        store(COMPLAINTS, [event.to_json() for event in (first, second, late)])
    hours = {n: EVENING + timedelta(hours=n) for n in (-1, 0, 1)}
    assigned = status(first, "assigned", hours[-1], crew="gang 1")
    restored = status(first, "restored", hours[0], crew="gang 2", received_at=hours[1])
    before = status(second, "assigned", EVENING - timedelta(hours=3), crew="gang 3")
    for _ in range(2):
        store(COMPLAINT_STATUS, [restored, assigned, before])
    one, two, three = (event.source_id for event in (first, second, late))
    assert known(stage, EVENING) == {one: ("assigned", "gang 1"), two: ("assigned", "gang 3")}
    assert known(stage, hours[1]) == {
        one: ("restored", "gang 2"),
        two: ("assigned", "gang 3"),
        three: ("registered", ""),
    }
    assert known(stage, EVENING, hours=1) == {}
    corrected = status(
        first,
        "restored",
        EVENING - timedelta(minutes=90),
        crew="gang 4",
        source_id=orjson.loads(restored)["source_id"],
        received_at=hours[1] + timedelta(minutes=5),
    )
    store(COMPLAINT_STATUS, [corrected])
    assert known(stage, hours[1])[one] == ("restored", "gang 2"), "the correction was not known yet"
    assert known(stage, hours[1] + timedelta(minutes=6))[one] == ("assigned", "gang 1")


def test_status_by_time_has_each_event_once(stage: Stage, store: Store) -> None:
    event = complaint(1, EVENING, "FD-11-T0")
    steps = [status(event, name, EVENING + timedelta(minutes=n)) for n, name in enumerate(("assigned", "restored"))]
    for _ in range(3):
        store(COMPLAINT_STATUS, steps)
    assert stage.query("SELECT count() FROM complaints.status_by_time FINAL") == [(2,)]
    assert stage.query(
        "SELECT complaint_id, status, at FROM complaints.status_by_time FINAL ORDER BY at"
    ) == stage.query("SELECT complaint_id, status, at FROM complaints.complaint_status FINAL ORDER BY at")
