"""`complaints process` and `complaints sink`: one stage, in the foreground."""

from __future__ import annotations

import sys

import click

from cli.begin import begin
from cli.output import progress
from cli.pipeline import customer_secret, put_reference_into_use, reference_store
from sinks.main import run_sink
from stream_processors.main import run


@click.command()
def process() -> None:
    """Enrich and route raw events until SIGTERM, in the foreground.

    Exit status 0 after an orderly stop, 1 when something failed (the next start goes on where this one ended).
    """
    settings = begin()
    with progress() as report:
        put_reference_into_use(settings, report)
    sys.exit(run(settings, reference_store(settings), customer_secret(settings)))


@click.command()
def sink() -> None:
    """Store what was enriched in ClickHouse until SIGTERM, in the foreground.

    Exit status 0 when everything in hand was stored, 1 when it could not be (the next start reads it again).
    """
    settings = begin()
    sys.exit(run_sink(settings))
