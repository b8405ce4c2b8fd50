"""The command as people and scripts use it."""

from __future__ import annotations

import urllib.error
from pathlib import Path

import orjson
import pytest

from cli.main import COMMANDS
from tests.conftest import BASE
from tests.pipeline.events import complaint, status
from tests.pipeline.running import Pipeline, get
from tests.reference import RIVER_TOWN


@pytest.fixture
def elsewhere() -> Pipeline:
    """A data folder in which nothing runs."""
    return Pipeline(BASE / "elsewhere")


def test_every_command_explains_itself(elsewhere: Pipeline) -> None:
    overview = elsewhere.complaints("--help")
    for name in COMMANDS:
        assert name in overview
        assert "Usage: complaints " + name in elsewhere.complaints(name, "--help")


def test_enrich_needs_no_server_and_answers_each_line_in_order(elsewhere: Pipeline, tmp_path: Path) -> None:
    lines = [
        orjson.dumps(complaint("s", "1", account_no="0000000003", phone="9876500000", customer_name="Asha")),
        b"not JSON",
        orjson.dumps(complaint("s", "2", text=None)),
        orjson.dumps(complaint("s", "3", location={"locality": "बुनकर गली"}, text="taar toot gaya 9876500000")),
        orjson.dumps(status("s", "4", status="closed", complaint={"source": "s", "id": "1"})),
        b"",
    ]
    file = tmp_path / "events.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    answer = elsewhere.complaints("enrich", str(file), env={"COMPLAINTS_REFERENCE_DIR": str(RIVER_TOWN)})
    first, second, third, fourth, fifth, sixth = map(orjson.loads, answer.splitlines())
    assert (first["substation_id"], first["transformer_id"], first["routed_by"]) == ("mill.1", "t100", "account")
    assert first["category"] == "no_supply_area"
    assert second == {"refused": "not_json", "field": "", "source": None, "source_id": None}
    assert third == {"refused": "missing_field", "field": "data.text", "source": "s", "source_id": "2"}
    assert (fourth["feeder_id"], fourth["category"], fourth["hazard"]) == ("f10", "line_broken", True)
    assert (fifth["status"], fifth["source_id"]) == ("closed", "4")
    assert sixth["refused"] == "empty_value"
    for private in ("9876500000", "0000000003", "Asha"):
        assert private not in answer


def test_a_wrong_configuration_is_told_whole_and_exits_78(elsewhere: Pipeline) -> None:
    wrong = {"COMPLAINTS_LOG_LEVEL": "loud", "COMPLAINTS_METRICS_PORT": "-1"}
    told = elsewhere.complaints("sink", exit_code=78, env=wrong)
    assert "COMPLAINTS_LOG_LEVEL: " in told
    assert "COMPLAINTS_METRICS_PORT: " in told
    assert "loud" not in told


def test_a_variable_that_is_no_setting_is_told_once_at_the_start(elsewhere: Pipeline) -> None:
    misspelt = {"COMPLAINTS_KAFKA_BOOTSTRP": "private", "COMPLAINTS_LOG_FORMAT": "json"}
    sink = elsewhere.start("sink", env={**misspelt, "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"})
    assert sink.stderr is not None
    lines = [orjson.loads(sink.stderr.readline()) for _ in range(2)]
    sink.terminate()
    rest = sink.communicate(timeout=60)[1].decode()
    assert lines[0]["level"] == "WARNING"
    assert "COMPLAINTS_KAFKA_BOOTSTRP" in lines[0]["message"]
    assert "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS" in lines[0]["message"]
    assert "BOOTSTRP" not in f"{lines[1]}{rest}"
    assert "private" not in f"{lines}{rest}"
    told = elsewhere.complaints("status", exit_code=3, env=misspelt)
    assert told.count("COMPLAINTS_KAFKA_BOOTSTRP") == 1
    assert "private" not in told


def test_what_is_not_running_is_told_in_a_line(elsewhere: Pipeline) -> None:
    assert "complaints up" in elsewhere.complaints("status", exit_code=3)
    away = {"COMPLAINTS_CLICKHOUSE_PORT": "1"}
    assert "ClickHouse did not answer" in elsewhere.complaints("migrate", "status", exit_code=1, env=away)
    elsewhere.complaints("down")


def test_a_data_folder_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    nowhere = Pipeline(tmp_path / "nowhere")
    nowhere.complaints("down")
    assert not nowhere.data_dir.exists()
    (tmp_path / "file").touch()
    assert "can't make the folder" in Pipeline(tmp_path / "file" / "data").complaints("up", exit_code=1)


def test_up_again_changes_nothing_and_the_schema_is_verified(pipeline: Pipeline) -> None:
    before = pipeline.complaints("status")
    pipeline.complaints("up")
    after = pipeline.complaints("status")
    assert [line.split()[:3] for line in before.splitlines()] == [line.split()[:3] for line in after.splitlines()]
    assert pipeline.complaints("migrate", "verify") == "The schema is what the sink writes.\n"


def test_every_process_tells_how_it_is(pipeline: Pipeline, source: str) -> None:
    pipeline.publish([complaint(source, "1"), complaint(source, "2", text=None)])
    pipeline.await_rows("SELECT count() FROM complaints_current WHERE source = %(source)s", [(1,)], {"source": source})
    ports = orjson.loads((pipeline.data_dir / "metrics_ports.json").read_bytes())
    for port in ports.values():
        for path in ("livez", "readyz"):
            assert get(port, path) == "ok\n"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(port, "nothing")
    process, sink = pipeline.metrics("process"), pipeline.metrics("sink")
    for sample in (
        'complaints_received_total{channel="call"}',
        'complaints_refused_total{channel="call",reason="missing_field"}',
        'complaints_enriched_total{category="no_supply_area",routed_by="none"}',
        'complaints_deadletters_total{reason="missing_field",stage="validate"}',
        'complaints_stage_latency_seconds_count{stage="enrich"}',
        'complaints_consumer_lag_records{group="complaints-processor"',
        f'complaints_source_last_event_timestamp_seconds{{source="{source}"}}',
        "complaints_reference_info{version=",
        "complaints_call_capacity_ratio ",
        "complaints_build_info{",
    ):
        assert sample in process
    for sample in (
        'complaints_stored_rows_total{table="complaints"}',
        'complaints_insert_duration_seconds_count{table="complaints"}',
        'complaints_batch_rows_count{table="complaints"}',
        'complaints_end_to_end_latency_seconds_count{channel="call"}',
        'complaints_stage_latency_seconds_count{stage="sink"}',
        'complaints_consumer_lag_seconds{group="complaints-sink"',
        "complaints_build_info{",
    ):
        assert sample in sink
