"""`complaints up`, `down`, `status` and `doctor`."""

from __future__ import annotations

import sys

import click
from rich.table import Table

from cli.output import err, out, progress
from cli.pipeline import bring_up, local_instance
from deploy.local import Ports
from deploy.local.doctor import doctor as examine
from runtime.settings import load_settings

_PORT = click.IntRange(1, 65535)


@click.command()
@click.option("--kafka-port", type=_PORT, help="Kafka's port; without it a free one.")
@click.option("--clickhouse-port", type=_PORT, help="ClickHouse's native port; without it a free one.")
@click.option("--clickhouse-http-port", type=_PORT, help="ClickHouse's HTTP port; without it a free one.")
def up(kafka_port: int | None, clickhouse_port: int | None, clickhouse_http_port: int | None) -> None:
    """Start the whole pipeline on this machine: Kafka, ClickHouse, processor, sink, detector and balance.

    What is missing is downloaded once and checked by hash. Returns when everything is ready; what runs already is left
    alone. Everything lies below COMPLAINTS_DATA_DIR; two data folders are two pipelines side by side.
    """
    settings = load_settings()
    ports = Ports(kafka=kafka_port, clickhouse_native=clickhouse_port, clickhouse_http=clickhouse_http_port)
    with progress() as report:
        running = bring_up(settings, report, ports)
    table = Table("what", "where", box=None)
    table.add_row("Kafka", running.endpoints.kafka_bootstrap)
    table.add_row(
        "ClickHouse, native", f"{running.endpoints.clickhouse_host}:{running.endpoints.clickhouse_native_port}"
    )
    table.add_row(
        "ClickHouse, HTTP", f"http://{running.endpoints.clickhouse_host}:{running.endpoints.clickhouse_http_port}"
    )
    for stage, port in running.metrics_ports.items():
        table.add_row(f"{stage}, metrics and health", f"http://127.0.0.1:{port}/metrics")
    table.add_row("reference pack", running.reference_version)
    table.add_row("data, logs, passwords", str(settings.data_dir))
    out.print(table)
    out.print("Send events with: complaints publish FILE    Stop with: complaints down")


@click.command()
def down() -> None:
    """Stop everything that `up` started, in order; the data stay."""
    settings = load_settings()
    if not settings.data_dir.is_dir():
        err.print(f"Nothing was started in {settings.data_dir}.")
        return
    with progress() as report:
        local_instance(settings).stop(report)
    err.print("Stopped.")


@click.command()
def status() -> None:
    """Show what runs, since when, and where its log is. Exit status 3 when something does not run."""
    settings = load_settings()
    rows = local_instance(settings).status() if settings.data_dir.is_dir() else []
    if not rows:
        out.print(f"Nothing was started in {settings.data_dir} yet: complaints up")
        sys.exit(3)
    table = Table("program", "state", "pid", "up", "log", box=None)
    for row in rows:
        table.add_row(row.name, row.state, str(row.pid or "-"), _duration(row.uptime_seconds), str(row.log))
    out.print(table)
    if any(row.state != "RUNNING" for row in rows):
        sys.exit(3)


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


@click.command()
def doctor() -> None:
    """Say what is missing on this machine, and how to get it. Exit status 1 when something is."""
    settings = load_settings()
    checks = examine(settings.cache_dir, settings.data_dir)
    table = Table("", "what", "found", "how to get it", box=None)
    for check in checks:
        table.add_row("ok" if check.ok else "MISSING", check.name, check.detail, "" if check.ok else check.how_to_get)
    out.print(table)
    if not all(check.ok for check in checks):
        sys.exit(1)
