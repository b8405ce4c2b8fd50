"""A simulated day as the detector gets it: enriched by the pipeline's own code, by the time it became known."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.hotspots.kept import DAY_CODE, code_key, keep, kept
from cli.kanpur import SHIPPED_PACK
from insight.detector import Report, Shutdown, SwitchEvent, Tree, report_of, tree_of
from producers.simulate import Scenario, simulate
from producers.simulate.scenarios import PLANS, Plan
from reference.lookup import Reference
from reference.pack import read_pack
from reference.prepared import open_prepared, prepare
from schemas.envelope import NETWORK_EVENT, structured
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import NETWORK_EVENTS, TOPIC_OF_CHANNEL
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle

TELEMETRY: Final = 0.6
"""Share of the switches of feeders and above that report; without telemetry their events are left unread."""
_SECRET: Final = b"evaluation"
_TOPICS: Final = {channel.value: topic for channel, topic in TOPIC_OF_CHANNEL.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the truth; times are Unix seconds. `complainers`: customers who truly complained of it, when told."""

    outage_id: str
    node: int
    started_at: float
    ended_at: float
    planned: bool
    complainers: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Everything of one scenario and seed. Reports and switches with when they became known, in that order."""

    tree: Tree
    reports: list[tuple[float, Report]]
    switches: list[tuple[float, SwitchEvent]]
    shutdowns: list[Shutdown]
    truth: list[Fault]
    complaints: int
    planned_complaints: int
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Variant:
    """A city that differs from the scenario's: factors on everyday trouble and on readiness to complain.

    neighbours: whether anybody is asked if the neighbours are out too.
    """

    name: str = "as it is"
    noise: float = 1.0
    complainers: float = 1.0
    neighbours: bool = True

    def plan(self, scenario: Scenario) -> Plan:
        """The scenario's plan with these factors."""
        plan = PLANS[scenario]
        return replace(
            plan,
            mood=plan.mood * self.complainers,
            everyday=plan.everyday * self.noise,
            pole_faults=plan.pole_faults * self.noise,
            weak_pockets=plan.weak_pockets * self.noise,
        )


AS_IS: Final = Variant()


def day(scenario: str, seed: int, variant: Variant = AS_IS) -> Day:
    """The day of a scenario and seed; simulated and enriched at the first call, then kept."""
    return days(seed, [(scenario, variant)])[0]


def days(seed: int, wanted: Sequence[tuple[str, Variant]]) -> list[Day]:
    """Several days of one seed, which share its reference pack; what is not kept is made and kept."""
    key = code_key(DAY_CODE)
    found: dict[int, Day] = {}
    for number, (scenario, variant) in enumerate(wanted):
        known = kept(_name(scenario, seed, variant), key)
        if isinstance(known, Day):
            found[number] = known
    missing = [number for number in range(len(wanted)) if number not in found]
    if missing:
        with tempfile.TemporaryDirectory() as folder:
            pack: Path | None = None
            reference: Reference | None = None
            for number in missing:
                scenario, variant = wanted[number]
                out = Path(folder) / str(number)
                plan = variant.plan(Scenario(scenario))
                made = simulate(
                    out,
                    SHIPPED_PACK,
                    scenario=Scenario(scenario),
                    seed=seed,
                    telemetry=TELEMETRY,
                    reference_dir=pack,
                    plan=plan,
                )
                pack = made.reference_dir
                reference = reference or _reference(pack, Path(folder) / "prepared")
                found[number] = _read(out, reference, neighbours=variant.neighbours)
                keep(_name(scenario, seed, variant), key, found[number])
    return [found[number] for number in range(len(wanted))]


def _name(scenario: str, seed: int, variant: Variant) -> str:
    return f"{scenario}-{seed}" if variant == AS_IS else f"{scenario}-{seed}-{variant.name.replace(' ', '-')}"


def read_day(folder: Path, pack: Path | None = None) -> Day:
    """The day in a folder with `events.jsonl` and `truth.jsonl` of the contract's form, whoever wrote it.

    pack: its reference pack, consumers included, where it is not the folder `reference` in it. Raises PackInvalid when
    that has an error, OSError when a file cannot be read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        return _read(folder, _reference(pack or folder / "reference", Path(scratch) / "prepared"), neighbours=True)


def _reference(pack: Path, prepared: Path) -> Reference:
    return open_prepared(prepare(read_pack(pack), prepared))


def _read(folder: Path, reference: Reference, *, neighbours: bool) -> Day:
    handle = make_handle(reference, Pseudonymiser(_SECRET))
    tree = tree_of(reference.nodes.values())
    reports: list[tuple[float, Report]] = []
    switches: list[tuple[float, SwitchEvent]] = []
    complaints, planned, known, begins = 0, 0, 0.0, 0.0
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
        value = line if neighbours else _without_neighbours(line)
        handled = handle(
            RawRecord(topic, 0, number, int(known * 1000), None, value), datetime.fromtimestamp(known, UTC)
        )
        if handled.refusal is not None:
            continue
        if handled.enriched is not None:
            complaints += 1
            planned += handled.enriched.planned
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
    return Day(tree, reports, switches, shutdowns, truth, complaints, planned, begins, known)


def _without_neighbours(line: bytes) -> bytes:
    event = orjson.loads(line)
    event["data"].pop("neighbours_out", None)
    return orjson.dumps(event)


def _fault(tree: Tree, row: dict[str, Any]) -> Fault:
    started, ended = (datetime.fromisoformat(row[name]).timestamp() for name in ("started_at", "ended_at"))
    number = tree.number[row["node_id"]]
    return Fault(row["outage_id"], number, started, ended, row["planned"], row.get("complainers"))
