"""What each role may do, on a real server with the users file that ships."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

from deploy.clickhouse.desks import desk_users_xml
from insight.detection.rows import latest_switches, newest, oldest, stored_since
from schemas.clickhouse.tables import COMPLAINT_STATUS, COMPLAINTS, NETWORK_EVENTS, OUTAGES
from schemas.reference import Incomer
from schemas.vocabulary import NodeKind
from tests.sinks.conftest import Backends, Store
from tests.sinks.stage import PASSWORDS, Stage, connect_as
from tests.sinks.test_insight_views import confirmed, load, town

ACCESS_DENIED, READONLY, SETTING_CONSTRAINT, TOO_SLOW = 497, 164, 452, 159
As = Callable[[str, str], AbstractContextManager[Client]]


@pytest.fixture
def as_user(backends: Backends, stage: Stage) -> As:
    for number, substation in ((1, "SS-1"), (2, "SS-2"), (3, "SS-2")):
        stage.query(
            "INSERT INTO complaints.complaints (complaint_id, source_id, substation_id, text, reported_at, stored_at) "
            f"SELECT toUUID('00000000-0000-0000-0000-00000000000{number}'), '{number}', '{substation}', 'secret', "
            "now64(3), now64(3)"
        )
        stage.query(
            "INSERT INTO complaints.complaint_status (complaint_id, source_id, status, note, at, stored_at) "
            f"SELECT toUUID('00000000-0000-0000-0000-00000000000{number}'), '{number}', 'assigned', 'secret', "
            "now64(3), now64(3)"
        )

    @contextmanager
    def connected(user: str, password: str) -> Iterator[Client]:
        client = connect_as(backends.endpoints, user, password)
        try:
            yield client
        finally:
            client.disconnect()

    return connected


def denied(client: Client, statement: str, *codes: int) -> bool:
    try:
        client.execute(statement)
    except ServerException as error:
        return error.code in (codes or (ACCESS_DENIED,))
    return False


def test_an_analyst_reads_everything_but_peoples_own_words(as_user: As) -> None:
    with as_user("complaints_analyst", PASSWORDS["analyst"]) as analyst:
        for table, words in ((COMPLAINTS, "text"), (COMPLAINT_STATUS, "note"), (NETWORK_EVENTS, "note")):
            others = ", ".join(column.name for column in table.columns if column.name != words)
            analyst.execute(f"SELECT {others} FROM complaints.{table.name} FINAL")
            assert denied(analyst, f"SELECT {words} FROM complaints.{table.name}")
            assert denied(analyst, f"SELECT * FROM complaints.{table.name}")
            assert denied(analyst, f"SELECT count() FROM complaints.{table.name} WHERE {words} LIKE '%9%'")
        for view in ("complaints_current", "complaints_by_minute", "outages_current", "outages"):
            analyst.execute(f"SELECT * FROM complaints.{view}")
        for view in ("dead_letters", "dead_letter_outcomes", "dead_letters_current", "complaint_labels"):
            analyst.execute(f"SELECT * FROM complaints.{view}")
        for view in ("nodes_current", "service_limits_current", "complaints_by_time", "supply_reports", "call_load"):
            analyst.execute(f"SELECT * FROM complaints.{view}")
        for view in ("status_by_time", "reliability_indices", "node_labels", "newest_complaint"):
            analyst.execute(f"SELECT * FROM complaints.{view}")
        for view in ("hotspots(as_of = now(), window_minutes = 60)", "silent_sources(as_of = now())"):
            analyst.execute(f"SELECT * FROM complaints.{view}")
        analyst.execute("SELECT * FROM complaints.source_share(as_of = now(), window_minutes = 60)")
        analyst.execute("SELECT * FROM complaints.service_levels(from_day = '2026-06-01', to_day = '2026-06-30')")
        analyst.execute("SELECT * FROM complaints.complaints_as_of(as_of = now(), since = now() - INTERVAL 1 DAY)")
        assert len(analyst.execute("SELECT status FROM complaints.complaints_current")) == 3


def test_an_analyst_changes_nothing_and_has_limits(as_user: As) -> None:
    with as_user("complaints_analyst", PASSWORDS["analyst"]) as analyst:
        for statement in (
            "INSERT INTO complaints.network_events (node_id) VALUES ('x')",
            "ALTER TABLE complaints.complaints DELETE WHERE 1",
            "DROP TABLE complaints.complaints",
            "CREATE TABLE complaints.mine (x Int8) ENGINE = MergeTree ORDER BY x",
            "SELECT * FROM url('http://127.0.0.1:1/', CSV, 'x String')",
            "SELECT * FROM file('x.csv', CSV, 'x String')",
        ):
            assert denied(analyst, statement, ACCESS_DENIED, READONLY), statement
        assert denied(analyst, "SELECT 1 SETTINGS max_execution_time = 6000", SETTING_CONSTRAINT)
        assert denied(analyst, "SELECT 1 SETTINGS max_memory_usage = 0", SETTING_CONSTRAINT)
        analyst.execute("SELECT 1 SETTINGS max_threads = 1")


def test_the_detector_reads_what_it_is_told_of_and_nothing_else(as_user: As) -> None:
    now = datetime.now(UTC).timestamp()
    with as_user("complaints_detector", PASSWORDS["detector"]) as detector:
        assert len([row for row in stored_since(detector, now - 600) if isinstance(row.key, UUID)]) == 3
        assert list(latest_switches(detector, now)) == []
        assert newest(detector, now) is None
        assert oldest(detector, now) is None
        detector.execute("SELECT * FROM complaints.outages_current")
        for column in ("text", "phone_last3", "source_id"):
            assert denied(detector, f"SELECT {column} FROM complaints.complaints")
        assert denied(detector, "SELECT note FROM complaints.complaint_status")
        assert denied(detector, "SELECT status FROM complaints.complaints_current")
        assert denied(detector, "INSERT INTO complaints.network_events (node_id) VALUES ('x')", ACCESS_DENIED, READONLY)
        assert detector.execute("SELECT quota_name FROM system.quota_usage") == [("default",)]


def test_the_writer_inserts_and_reads_nothing_of_it(as_user: As) -> None:
    with as_user("complaints_writer", PASSWORDS["writer"]) as writer:
        assert denied(writer, "SELECT text FROM complaints.complaints")
        assert denied(writer, "SELECT count() FROM complaints.complaints_current")
        writer.execute(
            "INSERT INTO complaints.dead_letter_outcomes (kafka_topic, outcome) VALUES", [("none", "dropped")]
        )
        assert denied(writer, "SELECT count() FROM complaints.dead_letter_outcomes")
        assert denied(writer, "TRUNCATE TABLE complaints.complaints")
        assert denied(writer, "INSERT INTO complaints.schema_migrations SELECT 1, 'x', 'x', now()")
        assert denied(writer, "ALTER TABLE complaints.complaints MODIFY SETTING merge_with_ttl_timeout = 1")


def test_a_desk_sees_its_own_substation_only(as_user: As) -> None:
    for desk, own in (("SS-1", [("1",)]), ("SS-2", [("2",), ("3",)])):
        with as_user(f"desk_{desk}", "desk-pw") as client:
            days = "SELECT sum(complaints) FROM complaints.service_levels(from_day = today() - 1, to_day = today())"
            assert client.execute(days) == [(len(own),)]
            for table in ("complaints_by_time", "status_by_time"):
                assert client.execute(f"SELECT count() FROM complaints.{table}") == [(len(own),)], (desk, table)
            assert {row[0] for row in client.execute("SELECT substation_id FROM complaints.nodes_current")} <= {desk}
            assert denied(client, "SELECT * FROM complaints.hotspots(as_of = now(), window_minutes = 60)")
            for table in ("complaints", "complaint_status", "complaints_current"):
                found = client.execute(f"SELECT source_id FROM complaints.{table} ORDER BY source_id")
                assert found == own, (desk, table)
            minutes = "SELECT sum(complaints) FROM complaints.complaints_by_minute"
            assert client.execute(f"{minutes} WHERE node_kind = 'substation'") == [(len(own),)]
            assert client.execute("SELECT DISTINCT text FROM complaints.complaints") == [("secret",)]
            assert client.execute("SELECT countIf(status = 'assigned') FROM complaints.complaints_current") == [
                (len(own),)
            ]
            assert denied(client, "SELECT * FROM complaints.dead_letters")


def test_a_desk_does_not_see_a_complaint_that_was_moved_away(as_user: As, stage: Stage) -> None:
    stage.query(
        "INSERT INTO complaints.complaints "
        "(complaint_id, source_id, substation_id, event_version, reported_at, stored_at) "
        "SELECT toUUID('00000000-0000-0000-0000-000000000001'), '1', 'SS-2', 5, now64(3), now64(3)"
    )
    with as_user("desk_SS-1", "desk-pw") as client:
        assert client.execute("SELECT count() FROM complaints.complaints_current") == [(0,)]
        assert client.execute("SELECT count() FROM complaints.complaints FINAL") == [(0,)]


def test_a_desk_without_a_new_complaint_has_the_clock_of_all(backends: Backends, stage: Stage) -> None:
    """And learns a time by it, of no complaint that it may choose."""
    for substation, hours in (("SS-1", 9), ("SS-2", 1)):
        stage.query(
            "INSERT INTO complaints.complaints (complaint_id, substation_id, category, reported_at, due_at, stored_at) "
            f"SELECT generateUUIDv4(), '{substation}', 'no_supply', now64(3) - INTERVAL {hours} HOUR AS at, "
            "at + INTERVAL 4 HOUR, now64(3)"
        )
    days = "complaints.service_levels(from_day = today() - 2, to_day = today() + 1)"
    newest = "SELECT * FROM complaints.newest_complaint"
    chosen = "{'complaints.complaints_by_time': 'substation_id = \\'SS-1\\''}"
    for user, password in (("complaints_analyst", PASSWORDS["analyst"]), ("desk_SS-1", "desk-pw")):
        client = connect_as(backends.endpoints, user, password)
        try:
            asked = f"SELECT breached, running FROM {days} WHERE substation_id = 'SS-1'"
            assert client.execute(asked) == [(1, 0)], user
            assert client.execute(newest) == stage.query("SELECT max(reported_at) FROM complaints.complaints")
            assert denied(client, f"{newest} SETTINGS additional_table_filters = {chosen}", SETTING_CONSTRAINT), user
        finally:
            client.disconnect()


def test_a_desk_sees_an_outage_of_its_incomer(backends: Backends, stage: Stage, store: Store) -> None:
    """And of the switch there; of an incomer that is not its own it sees nothing."""
    tables = town()
    other = replace(tables.substations[1], incomer_id="INC-2")
    incomers = (*tables.incomers, Incomer("INC-2", "33 kV", ""))
    load(stage, "town", replace(tables, incomers=incomers, substations=(tables.substations[0], other)))
    at = datetime(2026, 6, 3, 6, tzinfo=UTC)
    for incomer in ("INC-1", "INC-2"):
        store(OUTAGES, confirmed(f"of {incomer}", incomer, NodeKind.INCOMER, at, 60))
        stage.query(
            "INSERT INTO complaints.network_events (node_id, state, at, source_id, stored_at) "
            f"SELECT '{incomer}', 'open', now64(3), '{incomer}', now64(3)"
        )
    for desk, own in (("SS-1", "INC-1"), ("SS-2", "INC-2")):
        client = connect_as(backends.endpoints, f"desk_{desk}", "desk-pw")
        try:
            indices = "SELECT substation_id, saifi FROM complaints.reliability_indices WHERE method = 'customer'"
            assert client.execute(indices) == [(desk, 1.0)]
            for table in ("outages_current", "network_events"):
                assert client.execute(f"SELECT node_id FROM complaints.{table}") == [(own,)], table
        finally:
            client.disconnect()


@pytest.mark.usefixtures("stage")
def test_nobody_logs_in_without_a_password(backends: Backends) -> None:
    """Asked over HTTP: a failed login on the native port ends this build of ClickHouse."""
    url = f"http://{backends.endpoints.clickhouse_host}:{backends.endpoints.clickhouse_http_port}/?query=SELECT+1"
    for user in ("complaints_analyst", "complaints_detector", "complaints_writer", "complaints_admin", "desk_SS-1"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{url}&user={user}", timeout=5)  # noqa: S310 - a server of this test
        refused.value.close()
        assert refused.value.code in (401, 403, 500)


@pytest.mark.parametrize("substation_id", ["", "a b", "x'", "a.b", "<x>", "ä"])
def test_a_substation_that_cannot_name_a_user_is_refused(substation_id: str) -> None:
    with pytest.raises(ValueError, match="substation id"):
        desk_users_xml({substation_id: "0" * 64})
