"""A simulated day as the detector gets it: enriched by the pipeline's own code, by the time it became known."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson

from insight.detector import Report, Shutdown, SwitchEvent, Tree, report_of, tree_of
from reference.pack import read_pack
from reference.prepared import open_prepared, prepare
from schemas.envelope import NETWORK_EVENT, structured
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import NETWORK_EVENTS, TOPIC_OF_CHANNEL
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle

CACHE: Final = Path(".data/hotspots")
_SECRET: Final = b"evaluation"
_TOPICS: Final = {channel.value: topic for channel, topic in TOPIC_OF_CHANNEL.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the truth; times are Unix seconds."""

    outage_id: str
    node: int
    started_at: float
    ended_at: float
    planned: bool


@dataclass(frozen=True, slots=True)
class Day:
    """Everything of one scenario and seed. Reports and switches with when they became known, in that order."""

    tree: Tree
    reports: list[tuple[float, Report]]
    switches: list[tuple[float, SwitchEvent]]
    shutdowns: list[Shutdown]
    truth: list[Fault]
    complaints: int
    begins: float
    ends: float


def day(scenario: str, seed: int) -> Day:
    """The day of a scenario and seed; simulated and enriched at the first call, then kept in CACHE."""
    kept = CACHE / f"{scenario}-{seed}.pickle"
    if kept.exists():
        loaded = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
        assert isinstance(loaded, Day)
        return loaded
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        out = Path(folder) / "day"
        command = [str(Path(sys.executable).parent / "complaints"), "simulate", "--scenario", scenario]
        subprocess.run([*command, "--seed", str(seed), "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
        made = read_day(out)
        shutil.rmtree(out)
    kept.write_bytes(pickle.dumps(made))
    return made


def read_day(folder: Path) -> Day:
    """The day in a folder that `complaints simulate` wrote."""
    prepared = prepare(read_pack(folder / "reference"), folder / "prepared")
    reference = open_prepared(prepared)
    handle = make_handle(reference, Pseudonymiser(_SECRET))
    tree = tree_of(reference.nodes.values())
    reports: list[tuple[float, Report]] = []
    switches: list[tuple[float, SwitchEvent]] = []
    complaints, known, begins = 0, 0.0, 0.0
    for number, line in enumerate((folder / "events.jsonl").read_bytes().splitlines()):
        try:
            envelope = structured(line)
        except Refusal:
            continue
        known = max(known, envelope.time.timestamp() if envelope.time else known)
        begins = begins or known
        if envelope.type == NETWORK_EVENT:
            topic = NETWORK_EVENTS
        elif (channel := envelope.data.get("channel")) in _TOPICS:
            topic = _TOPICS[str(channel)]
        else:
            continue
        handled = handle(RawRecord(topic, 0, number, int(known * 1000), None, line), datetime.fromtimestamp(known, UTC))
        if handled.refusal is not None:
            continue
        if handled.enriched is not None:
            complaints += 1
            if (report := report_of(handled.enriched)) is not None:
                reports.append((known, report))
        elif topic == NETWORK_EVENTS:
            row = orjson.loads(handled.records[0].value)
            at = datetime.fromisoformat(row["at"]).timestamp()
            switches.append((known, SwitchEvent(row["node_id"], at, row["state"] == "open")))
    shutdowns = [
        Shutdown(row.node_id, row.starts_at.timestamp(), row.ends_at.timestamp())
        for row in reference.tables.planned_outages
    ]
    truth = [_fault(tree, orjson.loads(line)) for line in (folder / "truth.jsonl").read_bytes().splitlines()]
    return Day(tree, reports, switches, shutdowns, truth, complaints, begins, known)


def _fault(tree: Tree, row: dict[str, str | bool]) -> Fault:
    started, ended = (datetime.fromisoformat(str(row[name])).timestamp() for name in ("started_at", "ended_at"))
    return Fault(str(row["outage_id"]), tree.number[str(row["node_id"])], started, ended, bool(row["planned"]))
