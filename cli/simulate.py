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
    "--scenario", type=click.Choice([scenario.value for scenario in Scenario]), default="evening", show_default=True
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--out", "out_dir", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to."
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
    "--bad", type=click.IntRange(min=0), default=0, show_default=True, help="Events mixed in that must be refused."
)
def simulate(
    scenario: str, seed: int, out_dir: Path, day: datetime, source: Path, consumers: int, transformers: int, bad: int
) -> None:
    """Write a reference pack (reference/), raw events (events.jsonl) and the truth (truth.jsonl) to a folder.

    The evening has the faults of one reported day, callers below them by all three channels, and everyday noise.
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
                refused=bad,
            )
    except FileExistsError:
        click.echo(f"complaints: {out_dir} holds a simulation already: give another folder", err=True)
        sys.exit(1)
    out.print(
        f"{made.events_file}: {made.complaints:,} complaints, {made.status_events:,} status and"
        f" {made.network_events:,} network events, {made.refused:,} that must be refused."
    )
    out.print(f"{made.truth_file}: {made.outages:,} outages. {made.lost_calls:,} calls found every line busy.")
    out.print(f"Play it with: COMPLAINTS_REFERENCE_DIR={made.reference_dir} complaints up")
    out.print(f"        then: complaints publish {made.events_file} --speed 60")
