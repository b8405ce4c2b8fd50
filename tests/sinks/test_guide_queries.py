"""The guide's queries on what its one day made by hand does not hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from schemas.clickhouse.tables import COMPLAINT_STATUS, COMPLAINTS, OUTAGES
from schemas.vocabulary import Category, Channel, NodeKind, SpecialNeed
from tests.analysts.guide import query
from tests.sinks.conftest import Store
from tests.sinks.stage import Stage
from tests.sinks.test_insight_views import complaint, confirmed, load, outage, town
from tests.sinks.test_status_views import status

AS_OF: Final = datetime(2026, 6, 20, 16, 30, tzinfo=UTC)
"""The moment of the guide's queries: 22:00 in India."""


def ask(stage: Stage, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of a query's answer."""
    return stage.query(f"SELECT {', '.join(columns)} FROM ({query(name).rstrip().rstrip(';')})")


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_what_was_restored_and_reopened_was_closed_while_dark_though_nobody_closed_it(
    stage: Stage, store: Store
) -> None:
    load(stage, "town", town())
    both, again = complaint(1, AS_OF - hours(5), "FD-11-T0"), complaint(2, AS_OF - hours(5), "FD-11-T1")
    store(COMPLAINTS, [event.to_json() for event in (both, again)])
    states = [status(event, "restored", AS_OF - hours(3)) for event in (both, again)]
    states += [status(event, "reopened", AS_OF - hours(2)) for event in (both, again)]
    store(COMPLAINT_STATUS, [*states, status(both, "closed", AS_OF - hours(2.5))])
    assert ask(stage, "18_closed_while_dark", "feeder_id", "ended_complaints", "reopened") == [("FD-11", 2, 2)]


def test_what_came_again_with_another_time_is_one_complaint(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    for later in (0, 2):
        event = complaint(1, AS_OF - hours(6 - later), "FD-11-T0", planned=True)
        store(COMPLAINTS, [event.to_json()])
    first = complaint(1, AS_OF - hours(6), "FD-11-T0")
    promise = {"estimated_restoration_at": AS_OF - hours(1), "substation_id": "SS-2"}
    store(COMPLAINT_STATUS, [status(first, "assigned", AS_OF - hours(5), **promise)])
    store(COMPLAINT_STATUS, [status(first, "restored", AS_OF - hours(2), substation_id="SS-2")])
    assert ask(stage, "16_promises", "promised") == [(1,)]
    assert ask(stage, "18_closed_while_dark", "ended_complaints") == [(1,)]
    assert ask(stage, "25_planned_work", "inside") == [(1,)]
    assert ask(stage, "26_misrouting", "complaints", "reassigned") == [(1, 1)]
    assert ask(stage, "27_reassignments", "complaint_id") == [(first.complaint_id,)]
    assert ask(stage, "28_late_data", "complaints") == [(1,)]
    other = [complaint(2, AS_OF - hours(6 - later), "FD-11-T0") for later in (0, 2)]
    for event in other:
        store(COMPLAINTS, [event.to_json()])
    assert ask(stage, "15_delay_of_answer", "complaints") == [(1,)]
    assert ask(stage, "21_limit_buckets", "complaints") == [(1,)]


def test_one_night_of_many_outages_is_no_history_of_days(stage: Stage, store: Store) -> None:
    """A threshold out of one day is none at all (no deviation), and out of two it is above both."""
    load(stage, "town", town())
    night = [
        one
        for n in range(40)
        for one in confirmed(f"n{n}", "FD-11-T0", NodeKind.TRANSFORMER, AS_OF - hours(4) + timedelta(minutes=n), 30)
    ]
    store(OUTAGES, night)
    assert ask(stage, "24_major_event_days", "basis", "threshold_minutes", "major_event_day") == [
        ("confirmed", None, None)
    ]
    days = [
        one
        for n in range(1, 37)
        for one in confirmed(f"d{n}", "FD-11-T0", NodeKind.TRANSFORMER, AS_OF - hours(24 * n), 30 + n % 3)
    ]
    guess = outage("guess", "FD-11-T1", NodeKind.TRANSFORMER, AS_OF - hours(2), 60)
    store(OUTAGES, [*days, guess])
    rows = ask(stage, "24_major_event_days", "basis", "saidi_minutes", "major_event_day")
    assert rows[:2] == [("confirmed", 40 * 30 * 100 / 1600, 1), ("estimated", 60 * 100 / 1600, None)]
    assert {row[2] for row in rows[2:]} == {0}


def test_the_worst_feeders_of_a_past_moment_are_out_no_longer_than_until_then(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    store(OUTAGES, confirmed("long", "FD-11", NodeKind.FEEDER, AS_OF - hours(2), 500))
    assert ask(stage, "12_worst_feeders", "feeder_id", "still_out", "minutes_out", "customer_minutes") == [
        ("FD-11", 1, 120, 120 * 100)
    ]


def test_the_classes_of_lateness_take_the_ends_that_service_levels_takes(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    events = [complaint(n, AS_OF - hours(10), "FD-11-T0") for n in range(3)]
    store(COMPLAINTS, [event.to_json() for event in (*events, complaint(9, AS_OF, "FD-21-T0"))])
    states = [
        status(events[0], "rejected", AS_OF - hours(9)),
        status(events[1], "closed", AS_OF - hours(9)),
        status(events[1], "reopened", AS_OF - hours(8)),
        status(events[2], "restored", AS_OF - hours(9)),
        status(events[2], "reopened", AS_OF - hours(8)),
        status(events[2], "restored", AS_OF - hours(5)),
    ]
    store(COMPLAINT_STATUS, states)
    assert ask(stage, "21_limit_buckets", "within_half", "within_double", "overdue") == [(1, 1, 1)]
    assert ask(stage, "19_service_levels", "in_time", "too_late")[0] == (1, 2)


def test_a_limit_of_ten_days_and_a_day_without_supply_are_seen(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    at = AS_OF - hours(239)
    voltage = complaint(1, at, "FD-11-T0", category=Category.LOW_VOLTAGE, due_at=at + hours(240))
    ill = complaint(2, AS_OF - hours(25), "FD-11-T1", special_need=SpecialNeed.LIFE_SUPPORT, priority=1)
    store(COMPLAINTS, [event.to_json() for event in (voltage, ill)])
    assert ask(stage, "20_due_soon", "category", "minutes_left") == [("no_supply", -21 * 60), ("low_voltage", 60)]
    assert ask(stage, "14_special_needs", "open_minutes") == [(25 * 60,)]


def test_who_asked_three_times_and_has_an_end_is_not_among_those_who_still_wait(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    calls = [
        complaint(10 * who + n, AS_OF - hours(5 - n), "FD-11-T0", customer_key=f"customer {who}")
        for who in range(2)
        for n in range(3)
    ]
    store(COMPLAINTS, [event.to_json() for event in calls])
    store(COMPLAINT_STATUS, [status(event, "closed", AS_OF - hours(1)) for event in calls[:3]])
    assert ask(stage, "17_repeated_callers", "customer", "complaints") == [("customer", 3)]


def test_a_promise_made_after_supply_was_back_was_not_kept_by_that(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    event = complaint(1, AS_OF - hours(6), "FD-11-T0")
    store(COMPLAINTS, [event.to_json()])
    states = [
        status(event, "assigned", AS_OF - hours(5), estimated_restoration_at=AS_OF - hours(4)),
        status(event, "restored", AS_OF - hours(3)),
        status(event, "assigned", AS_OF - hours(2), estimated_restoration_at=AS_OF - hours(1)),
    ]
    store(COMPLAINT_STATUS, states)
    assert ask(stage, "16_promises", "promised", "kept", "broken") == [(1, 0, 1)]


def test_a_channel_has_a_figure_as_long_as_its_hour_has_a_complaint(stage: Stage, store: Store) -> None:
    """Fifteen seconds over an hour ago is over an hour ago, though sixty minutes of the clock lie between."""
    load(stage, "town", town())
    asked = AS_OF + timedelta(seconds=45)
    event = complaint(1, asked - timedelta(minutes=60, seconds=20), "FD-11-T0", channel=Channel.WEB)
    store(COMPLAINTS, [event.to_json()])
    at = query("01_freshness").replace("2026-06-20 22:00:00", "2026-06-20 22:00:45")
    rows = {row[0]: row[1:] for row in stage.query(at)}
    assert (rows["web"][0], rows["web"][2]) == (None, 60)


def test_a_help_desk_that_never_sent_anything_is_told(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    columns = ("source", "silent_minutes", "verdict")
    assert ask(stage, "02_silent_sources", *columns) == [("help desk of SS-1", None, "not heard in eight weeks")]
    source = "/kesco/help-desk/SS-1"
    store(COMPLAINTS, [complaint(1, AS_OF - hours(1), "FD-11-T0", delay=0, source=source).to_json()])
    assert ask(stage, "02_silent_sources", *columns) == [(source, 60, "not known")]


def test_a_switch_is_asked_for_what_had_been_received(stage: Stage) -> None:
    for state, at, received_at in (("open", "20:00", "20:01"), ("closed", "21:00", "22:30")):
        stage.query(
            "INSERT INTO complaints.network_events (node_id, state, at, received_at, source_id, stored_at) "
            f"SELECT 'FD-11', '{state}', '2026-06-20 {at}:00', '2026-06-20 {received_at}:00', '{state}', now64(3)"
        )
    assert ask(stage, "11_telemetry", "node_id", "switch", "age_minutes") == [("FD-11", "open", 120)]


def test_who_nobody_knows_is_in_no_share_of_those_who_called_again(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    known = complaint(1, AS_OF - hours(5), "FD-11-T0")
    unknown = [complaint(n, AS_OF - hours(5), f"FD-{n - 1}1-T0", customer_key="") for n in (2, 3)]
    again = complaint(4, AS_OF - hours(1), "FD-11-T0", customer_key=known.customer_key)
    store(COMPLAINTS, [event.to_json() for event in (known, *unknown, again)])
    store(COMPLAINT_STATUS, [status(event, "restored", AS_OF - hours(3)) for event in (known, *unknown)])
    columns = ("feeder_id", "ended_complaints", "of_known_callers", "called_again_percent")
    assert ask(stage, "18_closed_while_dark", *columns) == [("FD-11", 2, 1, 100.0), ("FD-21", 1, 0, None)]


def test_what_stays_dark_of_a_confirmed_outage_is_confirmed(stage: Stage, store: Store) -> None:
    """However deep; and a part of a guess is a guess, as is what it took over once and was found anew."""
    load(stage, "town", town())
    at = AS_OF - hours(2)

    def part(number: str, node: str, whole: str, state: str = "predicted", **changes: Any) -> bytes:
        kind = NodeKind.TRANSFORMER if "T" in node else NodeKind.FEEDER
        changes = {"parent_outage_id": whole, "state": state, "reason": "moved", **changes}
        return outage(number, node, kind, at, None, **changes)

    step: dict[str, Any] = {"state": "partiallyRestored", "at": AS_OF - hours(1), "decided_at": AS_OF - hours(1)}
    store(OUTAGES, [outage("whole", "SS-2", NodeKind.SUBSTATION, at, None)])
    store(OUTAGES, [outage("whole", "SS-2", NodeKind.SUBSTATION, at, None, **step)])
    store(OUTAGES, [part("part", "FD-21", "whole"), part("last", "FD-21-T0", "part")])
    store(OUTAGES, [part("part", "FD-21", "whole", **step)])
    store(OUTAGES, [part("guess", "FD-11", ""), part("of guess", "FD-11-T0", "guess")])
    store(OUTAGES, [part("taken", "FD-12-T0", "whole", "closed", reason="taken_over")])
    store(OUTAGES, [part("taken", "FD-12-T0", "", decided_at=AS_OF - hours(1))])
    assert sorted(ask(stage, "06_open_outages", "node_id", "basis")) == [
        ("FD-11", "estimated"),
        ("FD-11-T0", "estimated"),
        ("FD-12-T0", "estimated"),
        ("FD-21", "confirmed"),
        ("FD-21-T0", "confirmed"),
        ("SS-2", "confirmed"),
    ]
    now = query("06_open_outages").replace("toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata')", "now64(3)")
    assert "now64(3)" in now
    stage.query(now)
