"""The sink as a process between real servers."""

from __future__ import annotations

from schemas.topics import ENRICHED
from tests.sinks.events import enriched
from tests.sinks.stage import Stage


def test_records_of_every_kind_of_value_arrive_as_they_were(stage: Stage) -> None:
    stage.publish(ENRICHED, [enriched(number).to_json() for number in range(300)])
    sink = stage.start()
    stage.await_count("complaints", 300)
    sink.terminate()
    assert sink.wait() == 0
    (row,) = stage.query("SELECT * EXCEPT (stored_at) FROM complaints.complaints WHERE source_id = 'CC-00000003'")
    print(row)
    assert all(metadata == "" for _, metadata in stage.committed())
