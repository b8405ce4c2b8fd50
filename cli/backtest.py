"""`complaints backtest`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

import click
import orjson

from cli.clickhouse import reader
from cli.moment import Moment
from cli.output import err, progress
from cli.pipeline import reference_to_look_at
from cli.step import Step
from insight.detection import backtest as testing
from insight.detection.network import network_of
from insight.detector import NORMAL, RULE_SETS
from runtime.settings import load_settings

_INDIA: Final = ZoneInfo("Asia/Kolkata")


@click.command()
@click.option(
    "--from", "begin", type=Moment(), required=True, help="Outages detected after this time, e.g. 2026-06-20T18:00."
)
@click.option("--to", "end", type=Moment(), required=True, help="Until this time; what is still open then has no end.")
@click.option("--step", type=Step(), default="30s", show_default=True, help="Time between two looks.")
@click.option(
    "--rules", type=click.Choice(list(RULE_SETS)), default=NORMAL.name, show_default=True, help="The rule set."
)
@click.option(
    "--out",
    "out_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    required=True,
    help="File to write; - is standard output.",
)
def backtest(begin: datetime, end: datetime, step: int, rules: str, out_file: Path) -> None:
    """Run the detector over stored complaints as if it had run then.

    At each step it knows only what had been received by then. One JSON a line for each outage, in the order of their
    detection: outage_id, node_id, node_kind, detected_at, ended_at (null while it is open), score, customers_reporting,
    and more. A time without an offset is India's. The network is that of COMPLAINTS_REFERENCE_DIR, else the pack in
    use. It reads only; the detector that runs live is not touched.
    """
    if begin >= end:
        raise click.UsageError("--from must lie before --to.")
    settings = load_settings()
    client = reader(settings, "backtest")
    try:
        with _opened(out_file) as lines, progress() as report:
            tree, shutdowns = network_of(reference_to_look_at(settings, report))
            found, told = testing.backtest(
                client,
                tree,
                RULE_SETS[rules],
                shutdowns,
                begin=begin.timestamp(),
                end=end.timestamp(),
                step_seconds=step,
                progress=lambda done, total: report("looking at stored complaints", done, total),
            )
            lines.writelines(orjson.dumps(line(each)) + b"\n" for each in found)
    finally:
        client.disconnect()
    still_open = sum(1 for each in found if each.ended_at is None)
    if not told:
        err.print("Nothing that the detector looks at was received in that time (received_at, not reported_at).")
    err.print(f"{len(found):,} outages found in {told:,} reports and events, {still_open:,} of them open at the end.")


def line(found: testing.Found) -> dict[str, Any]:
    """An outage as a line of the file."""
    last = found.last
    return {
        "outage_id": last.outage_id,
        "node_id": last.node_id,
        "node_kind": last.node_kind,
        "detected_at": _time(last.detected_at),
        "ended_at": None if found.ended_at is None else _time(found.ended_at),
        "score": round(last.score, 3),
        "customers_reporting": last.customers_reporting,
        "started_at": _time(last.started_at),
        "state": last.state,
        "customers_affected": last.customers_affected,
        "confidence": round(last.confidence, 3),
        "rule_set": last.rule_set,
        "parent_outage_id": last.parent_outage_id or None,
    }


def _opened(out_file: Path) -> IO[bytes]:
    """The file, which appears when all of it is written."""
    try:
        return click.open_file(str(out_file), "wb", atomic=True)
    except OSError as error:
        raise click.FileError(str(out_file), error.strerror) from error


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, _INDIA).isoformat(timespec="milliseconds")
