"""`complaints publish`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from cli.output import err, progress
from producers.content_mode import ContentMode
from producers.lines import read_lines
from producers.publish_file import Clock, Progress, PublishReport, publish_lines
from runtime.settings import load_settings
from runtime.shutdown import StopRequest

_SHOWN_FAILURES: Final = 50


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False))
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Events a second.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    help="Times the events' own clock: 60 plays an hour in a minute.",
)
@click.option(
    "--clock",
    type=click.Choice([clock.value for clock in Clock]),
    default="wall",
    show_default=True,
    help="Where the records' time comes from: now, or the file's own times.",
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in ContentMode]),
    default="structured",
    show_default=True,
    help="CloudEvents content mode.",
)
def publish(file: Path, rate: float | None, speed: float | None, clock: str, mode: str) -> None:
    """Send the raw events of FILE (- is standard input), one JSON a line, each to the topic of its channel.

    Every event is confirmed by the broker. Without --rate and --speed they go as fast as the broker takes them. Exit
    status 1 and a list when any line was not accepted; nothing of a line's content is shown.
    """
    if rate and speed:
        raise click.UsageError("--rate and --speed exclude each other.")
    settings = load_settings()
    stop = StopRequest()
    stop.install()
    with progress() as report, click.open_file(str(file), "rb") as lines:

        def show(now: Progress) -> None:
            report("publishing", now.accepted + now.failed, 0)

        result = publish_lines(
            read_lines(lines.fileno(), stop.is_set),
            bootstrap_servers=settings.kafka_bootstrap_servers,
            clock=Clock(clock),
            content_mode=ContentMode(mode),
            rate=rate,
            speed=speed,
            stop=stop.is_set,
            progress=show,
        )
    tell(result)
    if result.failed or result.interrupted:
        sys.exit(1)


def tell(result: PublishReport) -> None:
    """Say how many were accepted, and which lines were not."""
    err.print(f"{result.accepted:,} accepted, {len(result.failed):,} not accepted.")
    for failure in result.failed[:_SHOWN_FAILURES]:
        err.print(f"  line {failure.line}: {failure.reason}")
    if len(result.failed) > _SHOWN_FAILURES:
        err.print(f"  … and {len(result.failed) - _SHOWN_FAILURES:,} more")
    if result.interrupted:
        err.print("Interrupted: lines after the last one accepted were not read.")
