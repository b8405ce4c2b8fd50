"""`complaints simulate`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from cli.kanpur import CONSUMERS, SHIPPED_PACK, TRANSFORMERS
from cli.output import out, progress
from producers.simulate import Scenario
from producers.simulate import simulate as write_simulation
from producers.simulate.simulation import DAY


@click.command()
@click.option(
    "--scenario",
    type=click.Choice([scenario.value for scenario in Scenario]),
    default="evening",
    show_default=True,
    help="calm: a quiet day. evening: one in June. storm, crisis: as named. reported: the evening of one printed day.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--out", "out_dir", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to."
)
@click.option(
    "--reference",
    "reference_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the reference pack is to stand, to be used again by other scenarios and seeds: made when it is not"
    " there, else used as it is. Without this option each simulation has its own, in OUT/reference.",
)
@click.option(
    "--telemetry",
    type=click.FloatRange(0, 1),
    help="Share of feeders, substations and incomers whose switches report; without it 0 (reported: 0.6).",
)
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), default=DAY.isoformat(), show_default=True, help="The day it plays on."
)
@click.option(
    "--source",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=SHIPPED_PACK,
    help="The reference pack it plays in; without it Kanpur's.",
)
@click.option(
    "--consumers", type=click.IntRange(min=1), default=CONSUMERS, show_default=True, help="Consumers to invent."
)
@click.option(
    "--transformers",
    type=click.IntRange(min=1),
    default=TRANSFORMERS,
    show_default=True,
    help="Transformers to invent where the pack has none.",
)
@click.option(
    "--lines", type=click.IntRange(min=1), help="Lines of the switchboard; without it Kanpur's 183 by size of the city."
)
@click.option(
    "--bad", type=click.IntRange(min=0), default=0, show_default=True, help="Events mixed in that must be refused."
)
def simulate(
    scenario: str,
    seed: int,
    out_dir: Path,
    reference_dir: Path | None,
    telemetry: float | None,
    day: datetime,
    source: Path,
    consumers: int,
    transformers: int,
    lines: int | None,
    bad: int,
) -> None:
    """Write a reference pack (reference/), raw events (events.jsonl) and the truth (truth.jsonl) to a folder.

    Faults at all levels of the network, planned shutdowns, callers below them by all three channels and a switchboard
    that fills up, everyday noise. The events stand in the order in which they are received. Exit status 1 when the
    folder holds a simulation already.
    """
    try:
        with progress() as report:
            report("simulating", 0, 0)
            made = write_simulation(
                out_dir,
                source,
                scenario=Scenario(scenario),
                seed=seed,
                day=day.date(),
                consumers=consumers,
                transformers=transformers,
                lines=lines,
                telemetry=telemetry,
                refused=bad,
                reference_dir=reference_dir,
            )
    except FileExistsError:
        click.echo(f"complaints: {out_dir} holds a simulation already: give another folder", err=True)
        sys.exit(1)
    out.print(
        f"{made.events_file}: {made.complaints:,} complaints, {made.status_events:,} status and"
        f" {made.network_events:,} network events, {made.refused:,} that must be refused;"
        f" {made.sent_twice:,} stand in it twice."
    )
    out.print(
        f"{made.truth_file}: {made.outages:,} outages. {made.unanswered_calls:,} calls found every line busy, after"
        f" {made.lost_calls:,} of them the caller gave up."
    )
    out.print(f"Play it with: COMPLAINTS_REFERENCE_DIR={made.reference_dir} complaints up")
    out.print(f"        then: complaints publish {made.events_file} --speed 60")
