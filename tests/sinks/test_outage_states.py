"""The outages that a detector begins with, though something in their topic cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

from insight.detection.states import outages_since
from schemas.topics import OUTAGES
from schemas.vocabulary import NodeKind
from tests.sinks.stage import Stage
from tests.sinks.test_insight_views import outage


def test_what_is_no_change_of_an_outage_keeps_no_detector_from_its_work(stage: Stage) -> None:
    """A tombstone, something foreign, a state of a newer version, and then a change as it should be."""
    change = outage("after", "FD-11", NodeKind.FEEDER, datetime.now(UTC), 5)
    newer = change.replace(b'"restored"', b'"splendid"')
    assert newer != change
    stage.publish(OUTAGES, [b"", b"\xff private", newer, change], partition=0)
    found = outages_since(stage.admin, stage.endpoints.kafka_bootstrap, 0.0)
    assert "after" in {each.outage_id for each in found}
