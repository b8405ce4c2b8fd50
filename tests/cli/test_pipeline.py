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
