"""What analysts read is right when records come more than once, and changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insight.detector import Outage, stored_outage
from schemas.clickhouse.tables import COMPLAINT_STATUS, COMPLAINTS, OUTAGES, TABLES, Origin, Table
from schemas.enriched import ComplaintEnriched, event_version
from schemas.outage import OutageStateChanged
from schemas.vocabulary import NodeKind, OutageReason, OutageState
from sinks.errors import ErrorKind
from sinks.inserter import InsertError
from tests.sinks.events import START_AT, enriched
from tests.sinks.stage import Stage


def by_node(stage: Stage, kind: str) -> dict[str, tuple[int, int]]:
    rows = stage.query(
        "SELECT node_id, sum(complaints), sum(hazards) FROM complaints.complaints_by_minute "
        f"WHERE node_kind = '{kind}' GROUP BY node_id ORDER BY node_id"
    )
    return {node: (complaints, hazards) for node, complaints, hazards in rows}


def versioned(number: int, revision: int, received_at: datetime, **changes: Any) -> ComplaintEnriched:
    version = event_version(revision, int(received_at.timestamp() * 1000))
    return enriched(number, received_at=received_at, event_version=version, **changes)


def test_the_same_events_under_other_offsets_change_nothing(stage: Stage, store: Any) -> None:
    events = [enriched(number).to_json() for number in range(200)]
    for _ in range(3):
        store(COMPLAINTS, events)
    assert stage.count("complaints_current") == 200
    assert by_node(stage, "substation") == {"SS-1": (200, 20)}
    assert stage.count("complaints_by_minute", "uniqExact(minute)") == 4
    assert stage.count("complaints_by_minute", "sumIf(customers, node_kind = 'incomer')") > 50


def test_a_newer_enricher_moves_a_complaint_and_counts_it_in_one_place(stage: Stage, store: Any) -> None:
    received_at = datetime(2026, 6, 20, 16, tzinfo=UTC)
    store(COMPLAINTS, [versioned(number, 1, received_at).to_json() for number in range(10)])
    moved = {"substation_id": "SS-2", "feeder_id": "FD-9", "transformer_id": "DT-9"}
    store(COMPLAINTS, [versioned(number, 2, received_at, **moved).to_json() for number in range(4)])
    store(COMPLAINTS, [versioned(number, 1, received_at).to_json() for number in range(10)])
    assert by_node(stage, "substation") == {"SS-1": (6, 0), "SS-2": (4, 1)}
    assert stage.count("complaints_current", "countIf(substation_id = 'SS-2')") == 4


def test_a_repeat_with_the_time_of_another_month_is_one_complaint(stage: Stage, store: Any) -> None:
    first, later = datetime(2026, 6, 20, 16, tzinfo=UTC), datetime(2026, 7, 1, 3, tzinfo=UTC)
    store(COMPLAINTS, [versioned(7, 1, later, reported_at=later).to_json()])
    store(COMPLAINTS, [versioned(7, 1, first, reported_at=START_AT).to_json()])
    assert stage.query("SELECT reported_at, received_at FROM complaints.complaints_current") == [
        (START_AT, first),
    ]
    assert by_node(stage, "substation") == {"SS-1": (1, 0)}
    everything = "reported_at > '2026-06-01 00:00:00' AND reported_at < '2026-08-01 00:00:00'"
    assert stage.query(f"SELECT count() FROM complaints.complaints_current WHERE {everything}") == [(1,)]


def test_unrouted_complaints_and_unknown_customers_are_counted(stage: Stage, store: Any) -> None:
    nowhere = {"incomer_id": "", "substation_id": "", "feeder_id": "", "transformer_id": "", "customer_key": ""}
    store(COMPLAINTS, [enriched(number, **nowhere, reported_at=START_AT).to_json() for number in range(3)])
    rows = stage.query("SELECT node_kind, node_id, complaints, customers FROM complaints.complaints_by_minute")
    assert rows == [("unrouted", "", 3, 3)]


def status_event(number: int, status: str, at: datetime, source_id: str) -> bytes:
    event = enriched(number)
    return orjson.dumps(
        {
            "complaint_id": event.complaint_id,
            "status": status,
            "at": at,
            "substation_id": "SS-1",
            "crew": f"gang of {status}",
            "cause": "",
            "estimated_restoration_at": None,
            "note": "call 9812345678",
            "source": "/oms",
            "source_id": source_id,
            "received_at": at,
            "kafka_topic": "complaints.status",
            "kafka_partition": 0,
            "kafka_offset": 1,
        }
    )


def test_the_current_status_is_the_latest_whatever_the_order_of_arrival(stage: Stage, store: Any) -> None:
    store(COMPLAINTS, [enriched(number).to_json() for number in (1, 2)])
    restored, assigned = START_AT + timedelta(hours=2), START_AT + timedelta(hours=1)
    store(COMPLAINT_STATUS, [status_event(1, "restored", restored, "b")])
    store(COMPLAINT_STATUS, [status_event(1, "assigned", assigned, "a")] * 2)
    store(COMPLAINT_STATUS, [status_event(1, "assigned", assigned, "a")])
    rows = stage.query(
        "SELECT source_id, status, status_at, crew FROM complaints.complaints_current ORDER BY source_id"
    )
    assert rows == [
        ("CC-00000001", "restored", restored, "gang of restored"),
        ("CC-00000002", "registered", enriched(2).reported_at, ""),
    ]
    assert stage.query("SELECT count() FROM complaints.complaint_status FINAL") == [(2,)]


OUTAGE: dict[str, Any] = {
    "outage_id": "o1",
    "node_id": "FD-1",
    "node_kind": "feeder",
    "state": "predicted",
    "at": START_AT,
    "started_at": START_AT,
    "detected_at": START_AT,
    "customers_reporting": 3,
    "customers_affected": 900,
    "score": 0.1 + 0.2,
    "rule_set": "normal",
    "planned": False,
    "parent_outage_id": "",
}
"""As a writer wrote it that did not know confidence, children, reason and the two times."""


def test_the_current_state_of_an_outage_is_the_one_decided_last(stage: Stage, store: Any) -> None:
    def state(name: str, minutes: int, decided: int, restored: int | None = None) -> bytes:
        at, decided_at = (START_AT + timedelta(minutes=after) for after in (minutes, decided))
        restored_at = None if restored is None else START_AT + timedelta(minutes=restored)
        row = {"state": name, "at": at, "decided_at": decided_at, "restored_at": restored_at, "reason": "silence"}
        return orjson.dumps(OUTAGE | row)

    states = [state("predicted", 0, 0), state("confirmed", 9, 9), state("restored", 5, 30, 5)]
    store(OUTAGES, states)
    store(OUTAGES, states[:2])
    rows = stage.query("SELECT state, at, restored_at, reason FROM complaints.outages_current")
    assert rows == [("restored", START_AT + timedelta(minutes=5), START_AT + timedelta(minutes=5), "silence")]
    assert stage.query("SELECT count() FROM complaints.outages FINAL") == [(3,)]


def test_outages_of_an_older_writer_are_read_as_before(stage: Stage, store: Any) -> None:
    later = {"state": "restored", "at": START_AT + timedelta(minutes=5)}
    store(OUTAGES, [orjson.dumps(OUTAGE), orjson.dumps(OUTAGE | later)])
    store(OUTAGES, [orjson.dumps(OUTAGE)])
    (row,) = stage.query("SELECT state, reason, restored_at, decided_at, score FROM complaints.outages_current")
    assert row == ("restored", "unstated", later["at"], later["at"], 0.1 + 0.2)


@given(
    st.floats(0, 1),
    st.floats(-1e3, 1e3),
    st.lists(st.integers(0, 10**12).map(lambda ms: ms / 1000), min_size=5, max_size=5),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_detector_wrote_comes_back_as_it_was(
    stage: Stage, store: Any, confidence: float, score: float, times: list[float]
) -> None:
    written = Outage(
        outage_id=f"{times} {confidence} {score}",
        node_id="FD-1",
        node_kind=NodeKind.FEEDER,
        state=OutageState.RESTORED,
        at=times[0],
        started_at=times[1],
        detected_at=times[2],
        customers_reporting=7,
        customers_affected=900,
        score=score,
        rule_set="storm",
        parent_outage_id="of",
        confidence=confidence,
        children=9,
        children_reporting=4,
        reason=OutageReason.THANKED,
        restored_at=times[3],
        decided_at=max(times),
    )
    store(OUTAGES, [written.event().to_json()])
    names = ", ".join(OutageStateChanged.model_fields)
    (row,) = stage.query(f"SELECT {names} FROM complaints.outages_current WHERE outage_id = '{written.outage_id}'")
    assert stored_outage(OutageStateChanged(**dict(zip(OutageStateChanged.model_fields, row, strict=True)))) == written


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_clickhouse_refuses_a_row_without_a_value_it_must_have(stage: Stage, store: Any, table: Table) -> None:
    required = [
        column.name
        for column in table.of_origin(Origin.VALUE)
        if not (column.nullable or column.is_list or column.optional)
    ]
    for missing in required:
        good = {column.name: _example(column.type) for column in table.of_origin(Origin.VALUE)}
        with pytest.raises(InsertError) as refused:
            store(table, [orjson.dumps(good), orjson.dumps({**good, missing: None})])
        assert refused.value.kind is ErrorKind.REFUSED, missing
    assert stage.count(table.name) == 0
    store(table, [orjson.dumps(good)])
    assert stage.count(table.name) == 1


def _example(column_type: str) -> Any:
    """Some value that a column takes."""
    if column_type.startswith("Nullable("):
        return None
    if column_type.startswith("Array("):
        return []
    if column_type == "UUID":
        return "5b0f4a86-6a0e-5d0b-9a52-6b7f7c1e9d11"
    if column_type.startswith("DateTime64"):
        return "2026-06-20T21:14:05+05:30"
    return {"Bool": True}.get(column_type, "x" if "String" in column_type else 1)
