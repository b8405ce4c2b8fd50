"""`complaints reference check`, `load` and `complete`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from clickhouse_driver import errors

from cli.kanpur import CONSUMERS, SEED, SHIPPED_PACK, TRANSFORMERS
from cli.output import err, out, progress
from cli.pipeline import reference_store
from insight.reference_rows import store_reference
from reference.active import ActiveReference, activate
from reference.lookup import Reference
from reference.maker import complete_pack
from reference.pack import read_pack
from runtime.clickhouse import address_of, connect
from runtime.kafka import KafkaUnavailableError, ensure_topics
from runtime.settings import Settings, load_settings
from schemas.topics import all_topics

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def reference() -> None:
    """Reference packs: folders of CSV files that describe the network and its consumers."""


@reference.command(short_help="Validate the pack in DIR.")
@click.argument("folder", metavar="DIR", type=_FOLDER)
def check(folder: Path) -> None:
    """Validate the pack in DIR: every error with its file, row and column. Exit status 1 when there is one."""
    with progress() as report:
        report(f"checking {folder}", 0, 0)
        pack = read_pack(folder)
    for note in pack.notes:
        out.print(f"note: {note}")
    out.print(
        f"The pack is good: version {pack.version}, {len(pack.tables.substations):,} substations,"
        f" {len(pack.tables.feeders):,} feeders, {len(pack.tables.transformers):,} transformers,"
        f" {len(pack.consumers):,} consumers."
    )


@reference.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
def load(folder: Path) -> None:
    """Put the pack in DIR into use without a restart.

    A pack with an error is refused whole, and the one in use stays. Running processors turn to the new one within
    seconds; topics of new help desks are made.
    """
    settings = load_settings()
    with progress() as report:
        report(f"checking and preparing {folder}", 0, 0)
        done = activate(folder, reference_store(settings))
        in_use = ActiveReference(reference_store(settings)).current()
        report("making topics of help desks", 0, 0)
        _make_desk_topics(settings, in_use)
        report("storing names and limits", 0, 0)
        _store(settings, in_use)
    for note in done.notes:
        out.print(f"note: {note}")
    out.print(f"In use: version {done.version}." + ("" if done.changed else " It was in use before."))


def _make_desk_topics(settings: Settings, in_use: Reference) -> None:
    topics = all_topics(
        (desk.substation_id for desk in in_use.help_desks()), by_size=settings.kafka_retention == "size"
    )
    try:
        ensure_topics(settings.kafka_bootstrap_servers, topics, settings.kafka_replication_factor)
    except KafkaUnavailableError:
        err.print("Kafka is away: the topics of help desks are made when the processor takes the pack.")


def _store(settings: Settings, in_use: Reference) -> None:
    address = address_of(settings, settings.clickhouse_user, settings.clickhouse_password)
    try:
        with connect(address) as client:
            store_reference(client, in_use, datetime.now(UTC))
    except (OSError, EOFError, errors.NetworkError):
        err.print("ClickHouse is away: `complaints up`, or loading the pack again, stores its names and limits there.")


@reference.command(short_help="Write a pack filled with invented consumers.")
@click.argument("out_dir", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--source", type=_FOLDER, default=SHIPPED_PACK, help="The pack to complete; without it Kanpur's.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed gives the same bytes.")
@click.option("--consumers", type=click.IntRange(min=1), default=CONSUMERS, show_default=True)
@click.option("--transformers", type=click.IntRange(min=1), default=TRANSFORMERS, show_default=True)
def complete(out_dir: Path, source: Path, seed: int, consumers: int, transformers: int) -> None:
    """Write to the new folder OUT a pack filled with invented consumers and transformers."""
    if out_dir.exists():
        raise click.UsageError(f"{out_dir} is there already: give a new folder.")
    with progress() as report:
        report("inventing consumers", 0, 0)
        complete_pack(source, out_dir, seed=seed, consumers=consumers, transformers=transformers)
    out.print(
        f"{out_dir}: a pack with {consumers:,} invented consumers. Put it into use with:"
        f" complaints reference load {out_dir}"
    )
