"""How long every query of the analyst guide takes at one, five and twenty million complaints.

    python -m benchmarks.queries [--millions 1 5 20] [--runs 5]

Starts a ClickHouse of its own in a new folder and removes it: 5 GB of disk, 4 GB of memory, about twenty minutes. The
rows are made by ClickHouse (rows.py), the newest first, so that each size ends on the evening of the guide.
Every query is asked by the analyst, RUNS times; given are the median and the CPU that ClickHouse notes of it. Sizes
that are not asked for stay in result.json as they were.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

import orjson
from clickhouse_driver import Client
from clickhouse_driver.errors import Error

from benchmarks.queries.rows import DAY_COMPLAINTS, DAYS, complaint_rows, make_nodes, outage_rows, status_rows
from benchmarks.scratch import scratch
from cli.kanpur import kanpur_pack
from deploy.clickhouse.passwords import USERS_XML, password_environment
from deploy.local import clickhouse
from deploy.local.libchdb import fetch_library
from deploy.local.ports import ADDRESS, Ports, choose_ports
from insight.reference_rows import store_reference
from reference.pack import read_pack
from reference.prepared import open_prepared, prepare
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.settings import PROJECT_DIR, Settings
from sinks import migrations

RESULT: Final = Path(__file__).with_name("result.json")
GUIDE: Final = PROJECT_DIR / "docs" / "queries"
MEMORY_BYTES: Final = 4 << 30
SEED: Final = 1
_BATCH_DAYS: Final = 7
_OTHERS: Final = {
    "hotspots, every node": (
        "SELECT * FROM complaints.hotspots(as_of = toDateTime64('2026-06-20 20:55:00', 3, 'Asia/Kolkata'), "
        "window_minutes = 60)"
    ),
    "complaints_by_minute, an hour, every node": (
        "SELECT node_id, sum(supply_complaints) FROM complaints.complaints_by_minute "
        "WHERE minute >= '2026-06-20 20:00:00' AND minute < '2026-06-20 21:00:00' GROUP BY node_id"
    ),
    "complaints_by_minute, 30 days, substations": (
        "SELECT node_id, toDate(minute) AS day, sum(complaints) FROM complaints.complaints_by_minute "
        "WHERE node_kind = 'substation' AND minute >= '2026-05-22 00:00:00' AND minute < '2026-06-21 00:00:00' "
        "GROUP BY node_id, day"
    ),
    "service_levels, one day": (
        "SELECT * FROM complaints.service_levels(from_day = '2026-06-18', to_day = '2026-06-18')"
    ),
}


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """A ClickHouse alone; gives its native port."""
    users = folder / "users" / "users.xml"
    (users.parent / "users.d").mkdir(parents=True)
    users.write_text(USERS_XML.read_text())
    library = fetch_library(Settings().cache_dir, lambda _message, _done, _total: None)
    ports = choose_ports(Ports(), None, None)
    env = password_environment(writer="w", analyst="a", detector="t", admin="d")
    program = clickhouse.prepare(folder, library, users, env, ports, MEMORY_BYTES)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(program.argv, env={**os.environ, **program.env}, cwd=program.folder, stderr=log)
    try:
        yield ports.clickhouse_native
    finally:
        process.terminate()
        process.wait(60)


def client_of(port: int, user: str, password: str, database: str = "complaints") -> Client:
    """A client that waits until the server answers."""
    logging.getLogger("clickhouse_driver").setLevel(logging.ERROR)  # each try that fails would be a traceback
    address = ClickHouseAddress(ADDRESS, port, user, password)
    for _ in range(300):
        client = connect(address, database=database, send_receive_timeout_seconds=600)
        try:
            client.execute("SELECT 1")
            return client
        except (Error, OSError, EOFError):
            client.disconnect()
            time.sleep(0.1)
    raise RuntimeError("ClickHouse did not answer")


def grow(admin: Client, places: int, from_day: int, to_day: int) -> None:
    """Add the days [from_day, to_day), the newest first, and wait until most merges are done."""
    for last in range(to_day, from_day, -_BATCH_DAYS):
        first = max(from_day, last - _BATCH_DAYS)
        admin.execute(complaint_rows(first * DAY_COMPLAINTS, last * DAY_COMPLAINTS, seed=SEED, places=places))
        admin.execute(status_rows(first, last, seed=SEED))
    admin.execute(outage_rows(from_day, to_day, seed=SEED, places=places))
    for _ in range(120):
        [(running,)] = admin.execute("SELECT count() FROM system.merges WHERE database = 'complaints'")
        if not running:
            break
        time.sleep(1)


def measure(analyst: Client, admin: Client, query: str, runs: int) -> dict[str, float]:
    """Medians in milliseconds, and what one run reads."""
    walls, names = [], []
    for _ in range(runs):
        names.append(f"bench-{time.time_ns()}")
        begin = time.perf_counter()
        rows = analyst.execute(query, query_id=names[-1])
        walls.append(1000 * (time.perf_counter() - begin))
    admin.execute("SYSTEM FLUSH LOGS")
    noted = admin.execute(
        "SELECT ProfileEvents['OSCPUVirtualTimeMicroseconds'] / 1000, read_rows, memory_usage FROM system.query_log "
        "WHERE type = 'QueryFinish' AND query_id IN %(names)s",
        {"names": tuple(names)},
    )
    return {
        "wall_ms": round(median(walls), 1),
        "cpu_ms": round(median(row[0] for row in noted), 1),
        "read_rows": max(row[1] for row in noted),
        "memory_mb": round(max(row[2] for row in noted) / 1e6, 1),
        "rows": len(rows),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 5, 20])
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    queries = {path.stem: path.read_text("utf-8") for path in sorted(GUIDE.glob("*.sql"))} | _OTHERS
    result: dict[str, dict[str, Any]] = orjson.loads(RESULT.read_bytes()) if RESULT.exists() else {}
    with scratch("queries-") as name:
        folder = Path(name)
        pack = read_pack(kanpur_pack(Settings().cache_dir, lambda _message, _done, _total: None))
        reference = open_prepared(prepare(pack, folder / "prepared"))
        with server(folder / "clickhouse") as port:
            admin = client_of(port, "complaints_admin", "d", "")
            migrations.up(ClickHouseAddress(ADDRESS, port, "complaints_admin", "d"), migrations.Deployment(90, 18))
            admin.disconnect()
            admin = client_of(port, "complaints_admin", "d")
            store_reference(admin, reference, datetime.now(UTC))
            places, there = make_nodes(admin, reference.nodes.values()), DAYS
            analyst = client_of(port, "complaints_analyst", "a")
            for millions in sorted(arguments.millions):
                begins = max(0, DAYS - round(millions * 1e6 / DAY_COMPLAINTS))
                grow(admin, places, begins, there)
                there = begins
                for title, query in queries.items():
                    result.setdefault(title, {})[f"{millions:g}"] = measure(analyst, admin, query, arguments.runs)
                    print(f"{millions:g} million  {title:45}", result[title][f"{millions:g}"], flush=True)
                RESULT.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
