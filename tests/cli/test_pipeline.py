"""What `complaints up` hands on to its stages."""

from __future__ import annotations

from pathlib import Path

from cli.pipeline import _service
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
