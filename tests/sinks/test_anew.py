"""A topic that is deleted and made anew while a sink runs."""

from __future__ import annotations

from runtime.kafka import admin_client, ensure_topics
from schemas.topics import CATALOGUE, ENRICHED
from sinks.source import BEGINS_AGAIN
from tests.sinks.events import enriched
from tests.sinks.stage import Stage, await_that


def test_a_sink_whose_topic_was_made_anew_says_so_and_the_next_one_reads_it(stage: Stage) -> None:
    sink = stage.start()
    stage.publish(ENRICHED, [enriched(number).to_json() for number in range(600)])
    stage.await_count("complaints", 600)
    await_that(lambda: {metadata for _, metadata in stage.committed()} == {""}, "all is acknowledged")
    servers = stage.endpoints.kafka_bootstrap
    admin = admin_client(servers)
    for deleted in admin.delete_topics([ENRICHED]).values():
        deleted.result()
    await_that(lambda: ENRICHED in ensure_topics(servers, CATALOGUE), "the topic is made anew")
    stage.publish(ENRICHED, [enriched(number).to_json() for number in range(600, 660)])
    assert sink.wait() == 1
    assert BEGINS_AGAIN in sink.log.read_text()
    stage.start()
    stage.await_count("complaints", 660)
