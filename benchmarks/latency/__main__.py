"""From the broker's time of a raw complaint to readable in ClickHouse, at 5,500 and at 550,000 complaints an hour.

Starts a pipeline of its own in a new data folder, and stops it. A complaint counts as readable when a query that began
after it was stored has returned it; the reader asks again as soon as it has an answer, at most every 20 ms, so that the
figures hold its own time too.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import orjson
from clickhouse_driver import Client
from rich.table import Table

from cli.kanpur import SHIPPED_PACK
from cli.output import out, progress
from cli.pipeline import admin_address, bring_up, local_instance
from producers.simulate import simulate
from runtime.clickhouse import connect
from runtime.settings import PROJECT_DIR, Settings
from schemas.envelope import COMPLAINT_REGISTERED

RATES_AN_HOUR: Final = (5_500, 550_000)
_ASK_EVERY_SECONDS: Final = 0.02
_LATE_SECONDS: Final = 60.0


class Reader:
    """Asks ClickHouse for new complaints without pause; `seen` gives seconds from broker to readable by complaint."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.seen: dict[str, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def start(self) -> None:
        """Begin to ask; what is stored already does not count."""
        self._old = set(self._answers(0))
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()
        self._thread.join(10)

    def _answers(self, since_ms: int) -> dict[str, int]:
        rows = self._client.execute(
            "SELECT toString(complaint_id), toUnixTimestamp64Milli(received_at) FROM complaints"
            " WHERE stored_at >= fromUnixTimestamp64Milli(%(since)s)",
            {"since": since_ms},
        )
        return dict(rows)

    def _read(self) -> None:
        while not self._stop.wait(_ASK_EVERY_SECONDS):
            found = self._answers(int((time.time() - 10) * 1000))
            now = time.time()
            for complaint_id, received_ms in found.items():
                if complaint_id not in self._old and complaint_id not in self.seen:
                    self.seen[complaint_id] = now - received_ms / 1000


def events(lines: Sequence[bytes], count: int, run: str) -> Iterator[bytes]:
    """`count` events with ids of their own, made from the simulated ones."""
    for number, line in zip(range(count), itertools.cycle(lines), strict=False):
        event = orjson.loads(line)
        event["id"] = f"{run}-{number:07}"
        yield orjson.dumps(event) + b"\n"


def measure(settings: Settings, client: Client, lines: Sequence[bytes], rate: int, seconds: int) -> list[float]:
    """Publish at `rate` an hour for `seconds`; the sorted latencies in seconds."""
    count = round(rate * seconds / 3600)
    reader = Reader(client)
    reader.start()
    publisher = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "publish", "-", "--rate", str(rate / 3600)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COMPLAINTS_DATA_DIR": str(settings.data_dir)},
    )
    publisher.communicate(b"".join(events(lines, count, f"{rate}-{time.time_ns()}")))
    if publisher.returncode:
        raise SystemExit("the publisher failed")
    deadline = time.monotonic() + _LATE_SECONDS
    while len(reader.seen) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    reader.stop()
    if len(reader.seen) < count:
        raise SystemExit(f"only {len(reader.seen)} of {count} were readable after {_LATE_SECONDS:.0f} s")
    return sorted(reader.seen.values())


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="length of each run (default 60)")
    seconds = parser.parse_args().seconds
    (PROJECT_DIR / ".data").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PROJECT_DIR / ".data", prefix="latency-") as folder, progress() as report:
        report("simulating an evening of Kanpur", 0, 0)
        evening = simulate(Path(folder) / "evening", SHIPPED_PACK)
        lines = [
            line for line in evening.events_file.read_bytes().splitlines() if COMPLAINT_REGISTERED.encode() in line
        ]
        settings = Settings(data_dir=Path(folder) / "data", reference_dir=evening.reference_dir)
        instance = local_instance(settings)
        try:
            running = bring_up(settings, report)
            client = connect(admin_address(settings, running.endpoints))
            table = Table("complaints an hour", "events", "p50 s", "p99 s", "max s", box=None)
            for rate in RATES_AN_HOUR:
                report(f"{rate:,} complaints an hour for {seconds} s", 0, 0)
                ordered = measure(settings, client, lines, rate, seconds)
                figures = [
                    f"{value:.3f}" for value in (percentile(ordered, 0.5), percentile(ordered, 0.99), ordered[-1])
                ]
                table.add_row(f"{rate:,}", f"{len(ordered):,}", *figures)
        finally:
            instance.stop(report)
    out.print("From the broker's time of the raw record to readable in ClickHouse:")
    out.print(table)


if __name__ == "__main__":
    main()
