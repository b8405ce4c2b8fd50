"""`complaints replay`."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from typing import Final

import click

from cli.moment import Moment
from cli.output import err, out, progress
from cli.pipeline import customer_secret, put_reference_into_use, reference_store
from reference.active import ActiveReference
from runtime.settings import load_settings
from runtime.shutdown import StopRequest
from schemas.topics import RAW_TOPICS
from stream_processors import replay as replaying
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.output import ConfirmedOutput, DeliveryError

_TELL_SECONDS: Final = 3.0


class _Estimate:
    """Says now and then how far it is and how long it still takes, by the speed so far."""

    def __init__(self) -> None:
        self._began_at = self._told_at = time.monotonic()

    def __call__(self, report: replaying.ReplayReport) -> None:
        now = time.monotonic()
        if report.read == 0 or now - self._told_at < _TELL_SECONDS:
            return
        self._told_at = now
        speed = report.read / (now - self._began_at)
        left = (report.to_read - report.read) / speed
        err.print(
            f"{report.read:,} of {report.to_read:,} records read, {speed:,.0f} a second, about {left:,.0f} s left"
        )


@click.command()
@click.option("--from", "begin", type=Moment(), required=True, help="First record time, e.g. 2026-06-20T21:00.")
@click.option("--to", "end", type=Moment(), required=True, help="Record time to end before.")
@click.option(
    "--topic", "topics", multiple=True, type=click.Choice(RAW_TOPICS), help="Only this raw topic; may be repeated."
)
@click.option("--desks", is_flag=True, help="Write the copies for the help desks' topics too.")
@click.option("--deadletters", is_flag=True, help="Write a dead letter for each refused record too; else only count.")
def replay(begin: datetime, end: datetime, topics: tuple[str, ...], desks: bool, deadletters: bool) -> None:
    """Send the raw records of a time range through enrichment once more, with the reference data in use.

    For records whose Kafka timestamp lies in the range; a time without an offset is India's. What they become is
    written to complaints.enriched and the accepted topics, confirmed, and stored as the same rows: nothing is doubled.
    Run it when the sink has no lag. It may be interrupted and run again at any time. Exit status 1 when it was
    interrupted or the broker did not confirm.
    """
    if begin >= end:
        raise click.UsageError("--from must lie before --to.")
    settings = load_settings()
    stop = StopRequest()
    stop.install()
    with progress() as report:
        put_reference_into_use(settings, report)
    reference = ActiveReference(reference_store(settings)).current()
    try:
        done = replaying.replay(
            make_handle(reference, Pseudonymiser(customer_secret(settings))),
            ConfirmedOutput(settings.kafka_bootstrap_servers, replaying.CLIENT_ID),
            bootstrap_servers=settings.kafka_bootstrap_servers,
            topics=topics or RAW_TOPICS,
            times=replaying.TimeRange(round(begin.timestamp() * 1000), round(end.timestamp() * 1000)),
            desks=desks,
            deadletters=deadletters,
            stop=stop.is_set,
            progress=_Estimate(),
        )
    except DeliveryError as error:
        err.print(f"complaints: Kafka did not take everything ({error}). Run the same command again.")
        sys.exit(1)
    tell(done, reference.version)
    if done.interrupted:
        err.print("Interrupted. Run the same command again: what was written already is not doubled.")
        sys.exit(1)


def tell(done: replaying.ReplayReport, reference_version: str) -> None:
    """Say what was replayed and what is refused still."""
    out.print(
        f"{done.in_range:,} records replayed with reference {reference_version}, {done.written:,} written"
        f" ({done.read:,} read to find them)."
    )
    for reason, count in done.refused.most_common():
        out.print(f"  {count:,} refused: {reason}")
