"""`complaints publish`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Final

import click

from cli.output import err, progress
from producers.content_mode import ContentMode
from producers.lines import read_chunks, read_lines
from producers.publish_file import Clock, Failure, PublishReport, publish_lines
from producers.publish_spooled import PATIENCE_SECONDS, SpoolReport, publish_spooled
from producers.spool import Spool
from producers.spooled import SpooledPublisher
from runtime.settings import load_settings
from runtime.shutdown import StopRequest

EXIT_KEPT: Final = 3
"""All was accepted, but some of it only into the spool."""

_SHOWN_FAILURES: Final = 50


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False), required=False, default=None
)
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
@click.option("--spool", is_flag=True, help="Keep events on disk until Kafka has them, so that Kafka may be away.")
@click.option("--drain", is_flag=True, help="Send what is left in the spool; no FILE.")
@click.option(
    "--spool-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="The spool's folder; implies --spool. Else COMPLAINTS_SPOOL_DIR, or `spool` in the data folder.",
)
@click.option(
    "--wait",
    "patience",
    type=click.FloatRange(min=0),
    default=PATIENCE_SECONDS,
    show_default=True,
    help="With a spool: seconds without a word from Kafka after which the rest is left in it.",
)
def publish(
    file: Path | None,
    rate: float | None,
    speed: float | None,
    clock: str,
    mode: str,
    spool: bool,
    drain: bool,
    spool_dir: Path | None,
    patience: float,
) -> None:
    """Send the raw events of FILE (- is standard input), one JSON a line, each to the topic of its channel.

    Every event is confirmed by the broker. Without --rate and --speed they go as fast as the broker takes them. With
    --spool an event is safe on disk first, and sent from there in order; what was left before goes first.

    Exit status: 0 when Kafka has confirmed all; 1, and a list, when any line was not accepted; 3 when all were
    accepted but some are still in the spool. Nothing of a line's content is shown.
    """
    if rate and speed:
        raise click.UsageError("--rate and --speed exclude each other.")
    if drain and file is not None:
        raise click.UsageError("--drain takes no FILE; publish FILE --spool sends what is left first.")
    if file is None and not drain:
        raise click.UsageError("Missing argument 'FILE'.")
    settings = load_settings()
    stop = StopRequest()
    stop.install()
    if drain or spool or spool_dir:
        folder = spool_dir or settings.spool_dir or settings.data_dir / "spool"
        with (
            closing(Spool(folder, settings.spool_max_bytes)) as kept,
            SpooledPublisher(kept, settings.kafka_bootstrap_servers) as publisher,
            nullcontext() if file is None else click.open_file(str(file), "rb") as lines,
            progress() as report,
        ):
            spooled = publish_spooled(
                read_chunks(lines.fileno(), stop.is_set) if lines else (),
                publisher,
                clock=Clock(clock),
                content_mode=ContentMode(mode),
                rate=rate,
                speed=speed,
                patience_seconds=patience,
                stop=stop.is_set,
                progress=lambda now: report("publishing through the spool", now.accepted + now.failed, 0),
            )
        _tell_spooled(spooled)
        if spooled.failed or spooled.interrupted:
            sys.exit(1)
        sys.exit(EXIT_KEPT if spooled.kept else 0)
    with progress() as report, click.open_file(str(file), "rb") as lines:
        direct = publish_lines(
            read_lines(lines.fileno(), stop.is_set),
            bootstrap_servers=settings.kafka_bootstrap_servers,
            clock=Clock(clock),
            content_mode=ContentMode(mode),
            rate=rate,
            speed=speed,
            stop=stop.is_set,
            progress=lambda now: report("publishing", now.accepted + now.failed, 0),
        )
    tell(direct)
    if direct.failed or direct.interrupted:
        sys.exit(1)


def tell(result: PublishReport) -> None:
    """Say how many were accepted, and which lines were not."""
    err.print(f"{result.accepted:,} accepted, {len(result.failed):,} not accepted.")
    _tell_failures(result.failed)
    if result.interrupted:
        err.print("Interrupted: lines after the last one accepted were not read.")


def _tell_spooled(result: SpoolReport) -> None:
    before = f" ({result.left_over:,} of these were in the spool before)" if result.left_over else ""
    err.print(
        f"{result.confirmed:,} confirmed by Kafka, {result.kept:,} kept in the spool{before}, "
        f"{len(result.failed):,} not accepted."
    )
    _tell_failures(result.failed)
    if any(failure.reason == "spool:full" for failure in result.failed):
        err.print("The spool is full. Once Kafka is back, publish these lines again; what is kept goes first.")
    if result.kept:
        if result.problem:
            err.print(f"What holds it up: {result.problem}. docs/producers.md says what to do.")
        elif not result.interrupted:
            err.print("Kafka did not confirm in time. Does it run? complaints status")
        err.print("To send what is kept: complaints publish --drain")
    if result.interrupted:
        err.print("Interrupted: lines after the last one accepted were not read.")


def _tell_failures(failures: Sequence[Failure]) -> None:
    for failure in failures[:_SHOWN_FAILURES]:
        err.print(f"  line {failure.line}: {failure.reason}")
    if len(failures) > _SHOWN_FAILURES:
        err.print(f"  … and {len(failures) - _SHOWN_FAILURES:,} more")
