"""`complaints demo`: the whole pipeline, a simulated evening through it, and what was found."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import click
import orjson
from clickhouse_driver import Client
from rich.table import Table

from cli.demo_found import read_truth, show_found
from cli.kanpur import SHIPPED_PACK
from cli.output import Report, out, progress
from cli.pipeline import Running, bring_up, password, reference_store
from deploy.local.ports import ADDRESS
from insight.detection.backtest import backtest
from insight.detection.network import network_of
from insight.detection.rows import newest
from insight.detection.states import all_stored, outages_since
from insight.detector import NORMAL, Outage
from insight.passage import Durations, Passage, passage
from insight.stored import Stored, stored_since
from producers.publish_file import Clock, publish_lines
from producers.simulate import simulate
from reference.active import ActiveReference
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.settings import PROJECT_DIR, Settings, load_settings
from schemas.envelope import COMPLAINT_REGISTERED
from schemas.identity import complaint_id

PUBLISH_SECONDS: Final = 20.0
"""The evening's five hours are sent in about this time."""

REFUSED_EVENTS: Final = 20
STEP_SECONDS: Final = 10
_STORED_WITHIN_SECONDS: Final = 60.0
_POLL_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class Evening:
    """A simulation on disk."""

    reference_dir: Path
    events: Path
    truth: Path


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Which evening.")
def demo(seed: int) -> None:
    """Start everything, send a simulated Kanpur evening through it, and show what was found.

    Five hours of complaints by phone, web and help desk are sent in about twenty seconds, under their own clock. The
    outages found meanwhile are shown beside what was really wrong. The pipeline is left running to look further;
    `complaints down` stops it. Exit status 1 when anything sent is neither stored nor refused.
    """
    settings = load_settings()
    with progress() as report:
        evening = _evening(settings.cache_dir, seed, report)
        running = bring_up(settings.model_copy(update={"reference_dir": evening.reference_dir}), report)
        client = connect(_analyst(settings, running))
        lines = list(tagged(evening.events.read_bytes().splitlines(), f"{datetime.now(UTC):%Y%m%dT%H%M%S}"))
        begin, end = _span(lines)
        before = stored_since(client, begin)
        played_before = (newest(client, end.timestamp()) or (0.0,))[0] >= begin.timestamp()
        sent_at: dict[UUID, float] = {}
        published = publish_lines(
            _noted(lines, sent_at),
            bootstrap_servers=running.endpoints.kafka_bootstrap,
            clock=Clock.FILE,
            rate=len(lines) / PUBLISH_SECONDS,
            progress=lambda now: report("publishing five hours of complaints", now.accepted + now.failed, len(lines)),
        )
        report("waiting until all is stored", 0, 0)
        deadline = time.monotonic() + _STORED_WITHIN_SECONDS
        while (stored := stored_since(client, begin) - before).total < published.accepted:
            if time.monotonic() > deadline:
                break
            time.sleep(_POLL_SECONDS)
        times = passage(client, sent_at)
        reference = ActiveReference(reference_store(settings)).current()
        if played_before:
            report(
                "looking at the evening once more, since the detector's clock has passed it: complaints backtest", 0, 0
            )
            tree, shutdowns = network_of(reference)
            span = (begin.timestamp(), end.timestamp())
            again = backtest(client, tree, NORMAL, shutdowns, begin=span[0], end=span[1], step_seconds=STEP_SECONDS)
            found = [each.last for each in again.found]
        else:
            report("waiting for the detector", 0, 0)
            found = _detected(client, running, begin, end)
    _show_balance(published.accepted, stored)
    out.print()
    show_found(found, read_truth(evening.truth), reference.nodes)
    out.print()
    _show_times(times)
    out.print()
    _show_how_to_look(settings, running)
    if published.failed or stored.total != published.accepted:
        sys.exit(1)


def _span(lines: list[bytes]) -> tuple[datetime, datetime]:
    """The time of the first event and of the last."""
    times = [datetime.fromisoformat(orjson.loads(line)["time"]) for line in (lines[0], lines[-1])]
    return times[0], times[1]


def _noted(lines: Iterable[bytes], sent_at: dict[UUID, float]) -> Iterator[bytes]:
    """The lines, noting when each complaint was asked for to be sent."""
    for line in lines:
        event = orjson.loads(line)
        if event.get("type") == COMPLAINT_REGISTERED and isinstance(event.get("id"), str):
            sent_at[complaint_id(event["source"], event["id"])] = time.time()
        yield line


def _detected(client: Client, running: Running, begin: datetime, end: datetime) -> list[Outage]:
    """The outages that the live detector found, once it is through."""
    servers = running.endpoints.kafka_bootstrap
    deadline = time.monotonic() + _STORED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if _clock(running.metrics_ports["detect"]) >= end.timestamp() - 2 * STEP_SECONDS and all_stored(
            client, servers
        ):
            break
        time.sleep(_POLL_SECONDS)
    known = outages_since(client, servers, begin.timestamp())
    return [outage for outage in known if begin.timestamp() < outage.detected_at <= end.timestamp()]


def _clock(port: int) -> float:
    """When the detector's last step was, as it says itself; 0 before the first."""
    with urllib.request.urlopen(f"http://{ADDRESS}:{port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    name = "complaints_detector_clock_timestamp_seconds "
    return max((float(line.removeprefix(name)) for line in lines if line.startswith(name)), default=0.0)


def tagged(lines: list[bytes], tag: str) -> Iterator[bytes]:
    """The same events under ids of their own, so that an evening played twice is two evenings and not repeats."""
    events = [orjson.loads(line) for line in lines]
    renamed: dict[str, str] = {}
    for event in events:
        if isinstance(event.get("id"), str):
            old = complaint_id(event["source"], event["id"])
            event["id"] += f".{tag}"
            renamed[str(old)] = str(complaint_id(event["source"], event["id"]))
    for event in events:
        data = event["data"]
        if "complaint" in data:
            data["complaint"]["id"] += f".{tag}"
        elif "complaint_id" in data:
            data["complaint_id"] = renamed[data["complaint_id"]]
        yield orjson.dumps(event)


def _evening(cache_dir: Path, seed: int, report: Report) -> Evening:
    """The simulated evening, made once per user and whenever what it is made of changes."""
    made_of = hashlib.sha256(f"{seed} {REFUSED_EVENTS}".encode())
    for pattern in ("deploy/reference/kanpur/*.csv", "reference/*.py", "producers/simulate/*", "schemas/*.py"):
        for path in sorted(PROJECT_DIR.glob(pattern)):
            if path.is_file():
                made_of.update(path.read_bytes())
    folder = cache_dir / "demo" / f"evening-{seed}-{made_of.hexdigest()[:12]}"
    if not folder.is_dir():
        report("simulating an evening of Kanpur with 700,000 consumers (once)", 0, 0)
        draft = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        simulate(draft, SHIPPED_PACK, seed=seed, refused=REFUSED_EVENTS)
        try:
            draft.rename(folder)
        except OSError:
            shutil.rmtree(draft)  # another process was faster
    return Evening(folder / "reference", folder / "events.jsonl", folder / "truth.jsonl")


def _analyst(settings: Settings, running: Running) -> ClickHouseAddress:
    endpoints = running.endpoints
    return ClickHouseAddress(
        endpoints.clickhouse_host,
        endpoints.clickhouse_native_port,
        settings.clickhouse_analyst_user,
        password(settings, "analyst"),
    )


def _show_balance(published: int, stored: Stored) -> None:
    table = Table("events", "", "", box=None)
    table.columns[1].justify = "right"
    table.add_row("published, confirmed by Kafka", f"{published:,}")
    table.add_row("complaints stored, distinct", f"{stored.complaints:,}")
    table.add_row("status events stored", f"{stored.status_events:,}")
    table.add_row("network events stored", f"{stored.network_events:,}")
    table.add_row("dead letters", f"{stored.dead_letters:,}")
    verdict = "= published: nothing lost, nothing twice" if stored.total == published else "NOT what was published"
    table.add_row("stored + dead letters", f"{stored.total:,}", verdict)
    out.print(table)


def _show_times(times: Passage) -> None:
    table = Table("seconds", "p50", "p99", box=None)
    rows: list[tuple[str, Durations]] = [
        ("raw -> enriched", times.raw_to_enriched),
        ("enriched -> stored", times.enriched_to_stored),
        ("raw -> stored", times.raw_to_stored),
    ]
    for name, durations in rows:
        table.add_row(name, f"{durations.p50:.3f}", f"{durations.p99:.3f}")
    out.print(table)


def _show_how_to_look(settings: Settings, running: Running) -> None:
    where, user = running.endpoints, settings.clickhouse_analyst_user
    secret = f"$(cat {settings.data_dir / 'secrets' / 'clickhouse_analyst'})"
    query = "SELECT substation_id, count() FROM complaints.complaints_current GROUP BY ALL ORDER BY 2 DESC LIMIT 10"
    host, native, http = where.clickhouse_host, where.clickhouse_native_port, where.clickhouse_http_port
    out.print("Look further, with curl or any ClickHouse client:")
    out.print(f'  curl -u "{user}:{secret}" http://{host}:{http}/ --data-binary "{query} FORMAT PrettyCompact"')
    out.print(f'  clickhouse-client --host {host} --port {native} --user {user} --password "{secret}"')
    out.print("Everything is left running; stop it with: complaints down (or: make down)")
