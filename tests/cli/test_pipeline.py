"""What `complaints up` hands on to its stages."""

from __future__ import annotations

from pathlib import Path

from cli.pipeline import _service, _write_environment
from deploy.local import Endpoints
from runtime.settings import Settings


def test_a_stage_whose_servers_move_is_another_service_and_so_restarted(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    before = _service(settings, Endpoints("127.0.0.1:1", "127.0.0.1", 2, 3), "sink", 4)
    kafka_moved = _service(settings, Endpoints("127.0.0.1:9", "127.0.0.1", 2, 3), "sink", 4)
    clickhouse_moved = _service(settings, Endpoints("127.0.0.1:1", "127.0.0.1", 9, 3), "sink", 4)
    assert before == _service(settings, Endpoints("127.0.0.1:1", "127.0.0.1", 2, 3), "sink", 4)
    assert before not in (kafka_moved, clickhouse_moved)
    assert kafka_moved.env["COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS"] == "127.0.0.1:9"
    assert clickhouse_moved.env["COMPLAINTS_CLICKHOUSE_PORT"] == "9"


def test_a_stage_takes_over_what_is_set_for_up(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, stuck_seconds=60, sink_batch_rows=7)
    env = _service(settings, Endpoints("127.0.0.1:1", "127.0.0.1", 2, 3), "process", 4).env
    assert (env["COMPLAINTS_STUCK_SECONDS"], env["COMPLAINTS_SINK_BATCH_ROWS"]) == ("60.0", "7")


def test_settings_added_to_the_file_of_addresses_stay(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    file = tmp_path / "instance.env"
    _write_environment(settings, Endpoints("127.0.0.1:1", "127.0.0.1", 2, 3))
    with file.open("a") as lines:
        lines.write("# less at once\nCOMPLAINTS_SINK_BATCH_ROWS=7")
    _write_environment(settings, Endpoints("127.0.0.1:9", "127.0.0.1", 2, 3))
    text = file.read_text()
    assert text.endswith("\n# less at once\nCOMPLAINTS_SINK_BATCH_ROWS=7\n")
    assert [line for line in text.splitlines() if "BOOTSTRAP" in line] == [
        "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9"
    ]
