"""`complaints detect`."""

from __future__ import annotations

import sys

import click

from cli.begin import begin
from cli.clickhouse import detector
from cli.output import progress
from cli.pipeline import put_reference_into_use, reference_store
from cli.step import Step
from insight.detection.main import Sources, run
from insight.detector import NORMAL, RULE_SETS
from reference.active import ActiveReference
from runtime.kafka import ensure_topics
from schemas.topics import all_topics
from sinks.source import GROUP as SINK_GROUP
from stream_processors.main import GROUP as PROCESSOR_GROUP


@click.command()
@click.option("--step", type=Step(), default="10s", show_default=True, help="Time between two looks.")
@click.option(
    "--rules", type=click.Choice(list(RULE_SETS)), default=NORMAL.name, show_default=True, help="The rule set."
)
def detect(step: int, rules: str) -> None:
    """Find the nodes that are dark until SIGTERM, in the foreground.

    Reads stored complaints and events, and writes each change of an outage to the topic outages, which the sink stores.
    Of several detectors one is at work; another takes over when it ends, dies or hangs.

    Exit status 0 after an orderly stop, 1 when something failed (the next start goes on where this one ended).
    """
    settings = begin()
    with progress() as report:
        put_reference_into_use(settings, report)
    ensure_topics(
        settings.kafka_bootstrap_servers,
        all_topics((), by_size=settings.kafka_retention == "size"),
        settings.kafka_replication_factor,
    )
    client = detector(settings, "detector")
    sources = Sources(
        client,
        ActiveReference(reference_store(settings)),
        processor_group=settings.kafka_group_prefix + PROCESSOR_GROUP,
        sink_group=settings.kafka_group_prefix + SINK_GROUP,
    )
    try:
        sys.exit(run(settings, sources, RULE_SETS[rules], step))
    finally:
        client.disconnect()
