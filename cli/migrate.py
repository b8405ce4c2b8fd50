"""`complaints migrate status`, `up` and `verify`."""

from __future__ import annotations

import sys

import click
from rich.table import Table

from cli.output import out
from runtime.clickhouse import ClickHouseAddress, address_of
from runtime.settings import Settings, load_settings
from sinks import migrations


def admin(settings: Settings) -> ClickHouseAddress:
    """ClickHouse as the user who may change the schema."""
    return address_of(settings, settings.clickhouse_admin_user, settings.clickhouse_admin_password)


def deployment(settings: Settings) -> migrations.Deployment:
    """What the schema takes from the settings."""
    return migrations.Deployment(settings.text_retention_days, settings.row_retention_months)


@click.group()
def migrate() -> None:
    """The ClickHouse schema: what is applied, bring it up to date, compare it with what the sink writes."""


@migrate.command()
def status() -> None:
    """List every migration and how it stands. Exit status 1 when one is not applied."""
    rows = migrations.status(admin(load_settings()))
    table = Table("migration", "state", box=None)
    for row in rows:
        table.add_row(row.name, row.state)
    out.print(table)
    if any(row.state is not migrations.State.APPLIED for row in rows):
        sys.exit(1)


@migrate.command()
def up() -> None:
    """Apply what is pending. May be run again at any time; an applied file that was changed is refused."""
    settings = load_settings()
    done = migrations.up(admin(settings), deployment(settings))
    for line in done:
        out.print(line)
    if not done:
        out.print("The schema is up to date.")


@migrate.command()
def verify() -> None:
    """Compare the schema with what the sink writes. Exit status 1 and a list when they differ."""
    settings = load_settings()
    wrong = migrations.verify(admin(settings), deployment(settings))
    for line in wrong:
        out.print(line)
    if wrong:
        out.print("Run `complaints migrate up`; what is then still listed was changed by hand.")
        sys.exit(1)
    out.print("The schema is what the sink writes.")
