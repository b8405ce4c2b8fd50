"""Make, check, prepare and open a pack of 700,000 consumers, and time lookups in a process of its own.

Prints one JSON object. `python -m benchmarks.reference.run [--consumers N] [--transformers N]`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from reference.active import ActiveReference, activate
from reference.maker import complete_pack
from reference.pack import read_pack
from reference.prepared import prepare

SOURCE: Final = Path(__file__).parents[2] / "deploy" / "reference" / "kanpur"
LOOKUPS: Final = 200_000
SAMPLE: Final = 100_000
"""Different consumers looked up, so that most pages of the store are touched."""


def main() -> None:
    """Run the whole benchmark, or (`--worker STORE SAMPLE`) the part that stands for a worker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--consumers", type=int, default=700_000)
    parser.add_argument("--transformers", type=int, default=7_000)
    parser.add_argument("--worker", nargs=2, type=Path, metavar=("STORE", "SAMPLE"))
    arguments = parser.parse_args()
    if arguments.worker:
        print(json.dumps(worker(*arguments.worker)))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            print(json.dumps(whole(Path(scratch), arguments.consumers, arguments.transformers), indent=2))


def whole(scratch: Path, consumers: int, transformers: int) -> dict[str, Any]:
    """Times in seconds and sizes in MB of every step, and what the worker reported."""
    pack_folder, store = scratch / "pack", scratch / "store"
    made, _ = timed(lambda: complete_pack(SOURCE, pack_folder, 1, consumers, transformers))
    checked, pack = timed(lambda: read_pack(pack_folder))
    prepared, folder = timed(lambda: prepare(pack, scratch / "prepared"))
    sample = [scattered(list(pack.consumers.accounts)), scattered(list(pack.consumers.phones))]
    (scratch / "sample").write_text(json.dumps(sample))
    first, _ = timed(lambda: activate(pack_folder, store))
    again, _ = timed(lambda: activate(pack_folder, store))
    command = [sys.executable, "-m", "benchmarks.reference.run", "--worker", str(store), str(scratch / "sample")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.machine()},
        "consumers": len(pack.consumers),
        "transformers": len(pack.tables.transformers),
        "make_seconds": made,
        "check_seconds": checked,
        "prepare_seconds": prepared,
        "activate_seconds": first,
        "activate_unchanged_seconds": again,
        "loader_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "prepared_mb": round(sum(file.stat().st_size for file in folder.iterdir()) / 1e6, 1),
        "worker": json.loads(done.stdout),
    }


def worker(store: Path, sample: Path) -> dict[str, Any]:
    """What a worker pays: time and memory to open, microseconds a lookup, memory after most pages were touched."""
    accounts, phones = json.loads(sample.read_text())
    before = memory()
    opened, active = timed(lambda: ActiveReference(store))
    after_open = memory()
    reference = active.current()
    path = reference.nodes[reference.tables.transformers[0].transformer_id].path
    at = datetime(2026, 6, 20, 21, 0, tzinfo=UTC)
    account, phone = cycle(accounts), cycle(phones)
    lookups: dict[str, Callable[[], object]] = {
        "consumer_by_account": lambda: reference.consumer_by_account(next(account)),
        "consumer_by_account_unknown": lambda: reference.consumer_by_account("00000000"),
        "consumer_by_phone": lambda: reference.consumer_by_phone(next(phone)),
        "planned_outage": lambda: reference.planned_outage(path, at),
        "area_class": lambda: reference.area_class(path),
        "locality": lambda: reference.locality("Kidwai Nagar"),
        "transformers_near": lambda: reference.transformers_near(26.45, 80.35),
        "point_fault": lambda: reference.point_fault(26.45, 80.35),
        "pincode": lambda: reference.pincode("208012"),
        "active_current": active.current,
    }
    microseconds = {name: each(call) for name, call in lookups.items()}
    after_lookups = memory()
    return {
        "open_seconds": opened,
        "memory_mb_after_open": {kind: round(after_open[kind] - before[kind], 1) for kind in before},
        "memory_mb_after_lookups": {kind: round(after_lookups[kind] - before[kind], 1) for kind in before},
        "lookup_microseconds": microseconds,
    }


def scattered(keys: list[str]) -> list[str]:
    """Up to SAMPLE of the keys, from all over."""
    return keys[:: max(1, len(keys) // SAMPLE)][:SAMPLE]


def each(call: Callable[[], object]) -> float:
    """Microseconds a call takes on average over LOOKUPS calls, the call of this function included."""
    start = time.perf_counter()
    for _ in range(LOOKUPS):
        call()
    return round((time.perf_counter() - start) / LOOKUPS * 1e6, 2)


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a call took, and what it gave."""
    start = time.perf_counter()
    result = call()
    return round(time.perf_counter() - start, 3), result


def memory() -> dict[str, float]:
    """Resident memory of this process in MB, in all and without mapped files, which processes share (Linux)."""
    kilobytes: dict[str, int] = {}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split()[:2]
        kilobytes[name.rstrip(":")] = int(value)
    return {"resident": kilobytes["Rss"] / 1024, "anonymous": kilobytes["Anonymous"] / 1024}


if __name__ == "__main__":
    main()
