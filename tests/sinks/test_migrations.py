"""The schema on a real server, its runner, and what the runner refuses."""

from __future__ import annotations

import dataclasses
import re

import pytest

from schemas.clickhouse.tables import FILLED_BY_VIEWS, TABLES
from schemas.vocabulary import SUPPLY_CATEGORIES
from sinks import migrations
from sinks.migrations import Deployment, Migration, MigrationError, State
from tests.sinks.conftest import DEPLOYMENT, Backends
from tests.sinks.stage import Stage

CLUSTER = dataclasses.replace(DEPLOYMENT, cluster="complaints")


@pytest.mark.usefixtures("stage")
def test_a_migrated_server_is_what_the_sink_writes(backends: Backends) -> None:
    assert {line.state for line in migrations.status(backends.admin)} == {State.APPLIED}
    assert migrations.up(backends.admin, DEPLOYMENT) == []
    assert migrations.verify(backends.admin, DEPLOYMENT) == []


def test_verify_names_every_difference(backends: Backends, stage: Stage) -> None:
    table = "complaints.network_events"
    stage.query(f"ALTER TABLE {table} MODIFY COLUMN kafka_partition Int64")
    stage.query(f"ALTER TABLE {table} ADD COLUMN extra String")
    stage.query(f"ALTER TABLE {table} RENAME COLUMN reported_by TO said_by")
    stage.query(f"ALTER TABLE {table} MODIFY SETTING non_replicated_deduplication_window = 0")
    try:
        found = migrations.verify(backends.admin, DEPLOYMENT)
    finally:
        stage.query(f"ALTER TABLE {table} MODIFY SETTING non_replicated_deduplication_window = 10000")
        stage.query(f"ALTER TABLE {table} RENAME COLUMN said_by TO reported_by")
        stage.query(f"ALTER TABLE {table} DROP COLUMN extra")
        stage.query(f"ALTER TABLE {table} MODIFY COLUMN kafka_partition Int32")
    assert sorted(line.split(":")[0] for line in found) == [
        "network_events does not have non_replicated_deduplication_window = 10000",
        "network_events.extra is not written by the sink",
        "network_events.kafka_partition is Int64, the sink writes Int32",
        "network_events.reported_by is missing",
        "network_events.said_by is not written by the sink",
    ]


@pytest.mark.usefixtures("stage")
def test_lifetimes_follow_the_settings(backends: Backends) -> None:
    shorter = Deployment(text_retention_days=30, row_retention_months=12)
    try:
        assert len(migrations.verify(backends.admin, shorter)) == 13
        assert len(migrations.up(backends.admin, shorter)) == 13
        assert migrations.verify(backends.admin, shorter) == []
    finally:
        migrations.up(backends.admin, DEPLOYMENT)
    assert migrations.verify(backends.admin, DEPLOYMENT) == []


def test_texts_are_emptied_and_rows_deleted_when_their_time_has_come(stage: Stage) -> None:
    for age_days, source_id in ((100, "text"), (600, "row"), (1, "kept")):
        stage.query(
            "INSERT INTO complaints.complaint_status (source_id, note, stored_at, at) "
            f"SELECT '{source_id}', 'words', now() - INTERVAL {age_days} DAY, now() - INTERVAL 900 DAY"
        )
    stage.query("OPTIMIZE TABLE complaints.complaint_status FINAL")
    rows = stage.query("SELECT source_id, note FROM complaints.complaint_status ORDER BY source_id")
    assert rows == [("kept", "words"), ("text", "")]


def test_a_changed_or_unknown_migration_stops_everything(backends: Backends, stage: Stage) -> None:
    ledger = "complaints.schema_migrations"
    for version, name, state in ((1, "0001_complaints.sql", State.CHANGED), (99, "0099_newer.sql", State.UNKNOWN)):
        stage.query(f"INSERT INTO {ledger} SELECT {version}, '{name}', 'other', now64(3) + 1")
        try:
            assert state in {line.state for line in migrations.status(backends.admin)}
            with pytest.raises(MigrationError, match=name):
                migrations.up(backends.admin, DEPLOYMENT)
            assert migrations.verify(backends.admin, DEPLOYMENT) == [f"migration {name} is {state}"]
        finally:
            stage.query(f"DELETE FROM {ledger} WHERE sha256 = 'other' SETTINGS lightweight_deletes_sync = 2")


@pytest.mark.parametrize(
    "text",
    ["DROP TABLE a;", "ALTER TABLE a DROP COLUMN b;", "truncate table a;", "CREATE OR REPLACE TABLE a (x Int8);"],
)
def test_what_destroys_data_needs_a_mark(text: str) -> None:
    with pytest.raises(MigrationError, match="destroys data"):
        migrations.check_migrations([Migration(1, "0001_a.sql", text)])
    migrations.check_migrations([Migration(1, "0001_a.sql", f"-- destructive: allowed\n{text}")])


def test_numbers_have_no_gaps() -> None:
    with pytest.raises(MigrationError, match="0002"):
        migrations.check_migrations([Migration(1, "0001_a.sql", ""), Migration(3, "0003_b.sql", "")])


@pytest.mark.parametrize("deployment", [DEPLOYMENT, CLUSTER])
def test_statements_are_valid_for_one_server_and_for_a_cluster(stage: Stage, deployment: Deployment) -> None:
    for migration in migrations.load_migrations():
        for statement in migration.statements(deployment.parameters()):
            ((formatted,),) = stage.admin.execute("SELECT formatQuery(%(statement)s)", {"statement": statement})
            if not formatted.startswith("INSERT"):
                assert ("ON CLUSTER" in formatted) == (deployment.cluster is not None)
            if engine := re.search(r"ENGINE = (\w+)", formatted):
                assert engine[1].startswith("Replicated") == (deployment.cluster is not None)
                window = "\\breplicated" if deployment.cluster else "non_replicated"
                assert re.search(f"{window}_deduplication_window = 10000", formatted)


def test_an_unknown_parameter_is_named_by_its_file() -> None:
    with pytest.raises(MigrationError, match=r"0001_a\.sql"):
        list(Migration(1, "0001_a.sql", "SELECT ${nothing};").statements({}))


def test_the_view_counts_the_categories_of_the_vocabulary() -> None:
    (view,) = [each.text for each in migrations.load_migrations() if each.name == "0007_complaints_by_minute.sql"]
    listed = re.search(r"category IN \((.*?)\) AS supply", view, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"'(\w+)'", listed[1])) == SUPPLY_CATEGORIES


def test_every_table_of_the_sink_is_made(stage: Stage) -> None:
    there = {name for (name,) in stage.query("SHOW TABLES FROM complaints")}
    views = {"complaints_current", "outages_current", "complaints_by_minute", "dead_letters_current"}
    views |= {"nodes_current", "service_limits_current", "node_labels", "supply_reports", "hotspots", "source_share"}
    views |= {"silent_sources", "call_load", "service_levels", "reliability_indices", "time_of_complaints"}
    views |= {"complaints_as_of", "time_of_status", "newest_complaint"}
    notes = {"ledger", "balance", "dead_letter_outcomes", "complaint_labels", "schema_migrations"}
    notes |= {"reference_loads", "reference_nodes", "reference_limits", *FILLED_BY_VIEWS}
    ledgers = {f"ledger_of_{name}" for name in ("complaints", "complaint_status", "network_events", "dead_letters")}
    assert there == {table.name for table in TABLES} | views | ledgers | notes
