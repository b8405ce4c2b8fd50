"""What a sink tells of itself, as an operator sees it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Sequence

import orjson

from tests.sinks.stage import SinkProcess, await_that

HELD = "complaints_held_bytes "


def metrics_port(sink: SinkProcess) -> int:
    """Where its metrics are, as it logs it."""

    def lines() -> list[int]:
        found = [orjson.loads(line) for line in sink.log.read_text().splitlines() if line.startswith("{")]
        return [line["port"] for line in found if "port" in line]

    await_that(lambda: bool(lines()), "the sink serves metrics")
    return lines()[0]


def get(port: int, path: str) -> str:
    """The body of its answer. Raises HTTPError."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
        text: str = response.read().decode()
    return text


def is_ready(port: int) -> bool:
    """Does it take records and store them."""
    try:
        return get(port, "/readyz").strip() == "ok"
    except urllib.error.HTTPError as error:
        error.close()
        return False


def lag(lines: Sequence[str]) -> float:
    """The lag in those lines of its metrics, over all partitions."""
    return sum(float(line.split()[-1]) for line in lines if line.startswith("complaints_consumer_lag_records{"))


def buffered(port: int) -> float:
    """Records that the sink knows of and has not stored."""
    return lag(get(port, "/metrics").splitlines())


def held(port: int) -> float:
    """Bytes that it holds."""
    return sum(float(line.split()[-1]) for line in get(port, "/metrics").splitlines() if line.startswith(HELD))
