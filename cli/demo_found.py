"""The outages that were found in a simulated evening, beside what was really wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import orjson
from rich.table import Table

from cli.output import out
from insight.detector import Outage
from reference.network import Node

SHOWN: Final = 15
LATE: Final = timedelta(minutes=15)
"""An outage found so long after the supply was back still counts for the fault: people call late."""

HEARD: Final = 3
"""A fault of which fewer customers complained cannot be told from houses with trouble of their own."""

_INDIA: Final = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong: a line of `truth.jsonl`."""

    node_id: str
    started_at: datetime
    ended_at: datetime
    planned: bool
    complainers: int


def read_truth(path: Path) -> list[Fault]:
    """What was really wrong."""
    return [
        Fault(
            row["node_id"],
            datetime.fromisoformat(row["started_at"]),
            datetime.fromisoformat(row["ended_at"]),
            row["planned"],
            row["complainers"],
        )
        for row in map(orjson.loads, path.read_bytes().splitlines())
    ]


def show_found(outages: Iterable[Outage], faults: Sequence[Fault], nodes: Mapping[str, Node]) -> None:
    """The outages with most customers and how many of the faults were named."""
    found = sorted(outages, key=lambda outage: (-outage.customers_reporting, outage.detected_at))
    table = Table("outages found", "kind", "at", "customers reporting", "in truth", box=None)
    table.columns[3].justify = "right"
    for outage in found[:SHOWN]:
        at = datetime.fromtimestamp(outage.detected_at, _INDIA)
        truth = _truth(outage, faults, nodes)
        table.add_row(outage.node_id, outage.node_kind, f"{at:%H:%M}", f"{outage.customers_reporting:,}", truth)
    out.print(table)
    if len(found) > SHOWN:
        out.print(f"and {len(found) - SHOWN} more: SELECT * FROM complaints.outages_current")
    heard = [fault for fault in faults if not fault.planned and fault.complainers >= HEARD]
    exact = sum(any(each.node_id == fault.node_id and _fits(each, fault) for each in found) for fault in heard)
    near = sum(any(_related(each, fault, nodes) and _fits(each, fault) for each in found) for fault in heard)
    out.print(f"Of {len(heard)} faults that {HEARD} or more customers complained of, {exact} were named,")
    out.print(f"and {near - exact} more by a node above or below.")


def _truth(outage: Outage, faults: Sequence[Fault], nodes: Mapping[str, Node]) -> str:
    related = [fault for fault in faults if _related(outage, fault, nodes) and _fits(outage, fault)]
    if not related:
        return "-"
    fault = min(related, key=lambda fault: fault.node_id != outage.node_id)
    what = "planned work" if fault.planned else "fault"
    where = "" if fault.node_id == outage.node_id else f" at {fault.node_id}"
    minutes = (outage.detected_at - fault.started_at.timestamp()) / 60
    return f"{what}{where} from {fault.started_at:%H:%M}, found after {minutes:.0f} min"


def _fits(outage: Outage, fault: Fault) -> bool:
    return fault.started_at.timestamp() <= outage.detected_at <= (fault.ended_at + LATE).timestamp()


def _related(outage: Outage, fault: Fault, nodes: Mapping[str, Node]) -> bool:
    """Is one of the two nodes the other, or above it."""
    ours, theirs = nodes[outage.node_id].path, nodes[fault.node_id].path
    return fault.node_id in ours or outage.node_id in theirs
