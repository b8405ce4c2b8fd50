"""`complaints balance`: is everything that came in stored, known as a repeat, or a dead letter?"""

from __future__ import annotations

import logging
import sys
import time
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import click
from clickhouse_driver import Client
from clickhouse_driver.errors import Error, ServerException
from pydantic import SecretStr
from rich.table import Table

from cli.output import out
from insight.balance import Balance, check, store
from insight.broker import Broker
from runtime.clickhouse import address_of, connect
from runtime.health import HealthServer
from runtime.kafka import KafkaUnavailableError
from runtime.logs import configure_logs
from runtime.metrics import BALANCE_CHECKED, BALANCE_MISSING, publish_build_info
from runtime.settings import Settings, load_settings
from runtime.shutdown import StopRequest
from sinks.source import GROUP as SINK_GROUP
from stream_processors.main import GROUP as PROCESSOR_GROUP

HOURS: Final = 24
_INDIA: Final = ZoneInfo("Asia/Kolkata")
_AGAIN_SECONDS: Final = 5.0
"""After a check that did not come through."""

_LATE_AFTER_SECONDS: Final = 300.0
"""A check that takes longer hangs; every call in it has a limit."""

_log: Final = logging.getLogger(__name__)


@click.command()
@click.option("--since", type=click.DateTime(), help="Not before this time (India), by the records' own times.")
@click.option(
    "--hours",
    type=click.IntRange(1, 1_000),
    default=HOURS,
    show_default=True,
    help="So many hours that have records, the latest of each topic.",
)
@click.option(
    "--places", type=click.IntRange(0, 1_000), default=20, show_default=True, help="Most missing records to list."
)
@click.option(
    "--patience",
    type=click.FloatRange(0, 600),
    default=15.0,
    show_default=True,
    help="Seconds to wait for the sink to store what was handed on to it.",
)
@click.option("--watch", type=click.FloatRange(1, 86_400), help="Check again every so many seconds, and serve metrics.")
def balance(since: datetime | None, hours: int, places: int, patience: float, watch: float | None) -> None:
    """Compare what came in with what was stored, hour by hour and topic by topic.

    Records in = stored + repeats + dead letters + waiting + missing. What the processor has not
    handled yet, or the sink not stored, is waiting. The result is kept in the table complaints.balance.

    Exit status 0 when nothing is missing, 1 when something is. With --watch it runs until SIGTERM and ends with 0.
    """
    settings = load_settings()
    start = None if since is None else since.replace(tzinfo=_INDIA)
    if watch is not None:
        configure_logs(settings.log_level, settings.log_format)
        _watch(settings, start, hours, patience, watch)
        return
    found = _checked(settings, start, hours, places, patience)
    _show(found)
    sys.exit(1 if any(line.missing for line in found.lines) else 0)


def _checked(settings: Settings, since: datetime | None, hours: int, places: int, patience: float) -> Balance:
    """One check, kept in its table. The analyst reads; the writer, who may read nothing, notes the result."""
    analyst = _client(settings, settings.clickhouse_analyst_user, settings.clickhouse_analyst_password)
    writer = _client(settings, settings.clickhouse_user, settings.clickhouse_password)
    broker = Broker(
        settings.kafka_bootstrap_servers,
        processor_group=settings.kafka_group_prefix + PROCESSOR_GROUP,
        sink_group=settings.kafka_group_prefix + SINK_GROUP,
    )
    try:
        with broker:
            found = check(analyst, broker, since=since, hours=hours, places=places, patience_seconds=patience)
        store(writer, found)
    finally:
        analyst.disconnect()
        writer.disconnect()
    return found


def _client(settings: Settings, user: str, password: SecretStr) -> Client:
    return connect(address_of(settings, user, password), client_name="complaints-balance")


def _show(found: Balance) -> None:
    table = Table("hour", "topic", "in", "stored", "repeats", "dead letters", "waiting", "missing", "", box=None)
    for line in found.lines:
        numbers = (line.records_in, line.stored, line.repeats, line.dead_letters, line.waiting, line.missing)
        word = "[red]missing[/]" if line.missing else "[yellow]open[/]" if line.waiting else "[green]balanced[/]"
        hour = f"{line.hour.astimezone(_INDIA):%Y-%m-%d %H:%M}"
        table.add_row(hour, line.topic, *(f"{number:,}" for number in numbers), word)
    out.print(table)
    if not found.decided:
        out.print("The sink has not stored everything yet, so what is not there counts as waiting. Ask again later.")
    missing = sum(line.missing for line in found.lines)
    if not missing:
        waiting = sum(line.waiting for line in found.lines)
        out.print(f"Nothing is missing; {waiting:,} records are on their way." if waiting else "Nothing is missing.")
        return
    out.print(f"[red]{missing:,} records are missing.[/]")
    for place in found.missing:
        out.print(f"  {place.topic} partition {place.partition} offset {place.offset}")
    if missing > len(found.missing):
        out.print(f"  and {missing - len(found.missing):,} more (--places)")
    hours = [line.hour for line in found.lines if line.missing]
    first, last = (hour.astimezone(_INDIA) for hour in (min(hours), max(hours) + timedelta(hours=1)))
    out.print(
        f"Send them once more: complaints replay --from {first:%Y-%m-%dT%H:%M} --to {last:%Y-%m-%dT%H:%M}\n"
        "Nothing is stored twice by that."
    )


def _watch(settings: Settings, since: datetime | None, hours: int, patience: float, every_seconds: float) -> None:
    """Check until SIGTERM; ready when the last check came through."""
    stop = StopRequest()
    stop.install()
    begun_at = time.monotonic()
    well = (False, "no check has come through yet")

    def live() -> tuple[bool, str]:
        quiet = time.monotonic() - begun_at
        moving = quiet < every_seconds + _LATE_AFTER_SECONDS
        return moving, "" if moving else f"the last check began {quiet:.0f} s ago"

    publish_build_info()
    with HealthServer(settings.metrics_host, settings.metrics_port, live=live, ready=lambda: well):
        while not stop.is_set():
            begun_at = time.monotonic()
            try:
                _publish(_checked(settings, since, hours, 0, patience))
                well = (True, "")
            except KafkaUnavailableError as error:
                well = (False, str(error))
            except ServerException as error:
                well = (
                    False,
                    f"ClickHouse refused (error {error.code}). Is the schema there? complaints migrate verify",
                )
            except (Error, OSError, EOFError):
                well = (False, "ClickHouse did not answer. Does it run? complaints status")
            if not well[0]:
                _log.warning("the balance could not be checked: %s", well[1])
            stop.wait(every_seconds if well[0] else min(every_seconds, _AGAIN_SECONDS))


def _publish(found: Balance) -> None:
    for topic, missing in found.missing_by_topic().items():
        BALANCE_MISSING.labels(topic).set(missing)
        if missing:
            _log.error("records are missing: complaints balance", extra={"topic": topic, "missing": missing})
    BALANCE_CHECKED.set(found.checked_at.timestamp())
