"""`complaints simulate`: a reference pack, raw events and the truth, as files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import orjson

from producers.simulate.callers import Wish, everyday_troubles, everyday_wishes, fault_wishes
from producers.simulate.channels import LINES, contacts
from producers.simulate.city import City, read_city, read_customers, read_tables
from producers.simulate.complaints import complaint_events
from producers.simulate.dice import Dice
from producers.simulate.events import Evening, Event
from producers.simulate.faults import Fault, burnt_transformers, reported_faults
from producers.simulate.refused import refused_events
from producers.simulate.updates import network_events, status_events
from reference.maker import CONSUMERS_OF_KANPUR, TRANSFORMERS_OF_KANPUR, complete_pack
from reference.pack import CONSUMERS, pack_files
from reference.tables import PLANNED_OUTAGES
from reference.writing import csv_text
from schemas.reference import PlannedOutage, Tables

DAY: Final = date(2026, 6, 20)
EVERYDAY_PER_HOUR_PER_CONSUMER: Final = 0.001
"""For all Kanpur 700 an hour; in June 2023 the helpline took 749 an hour, faults included (Hindustan Times)."""

PACK_DIR, EVENTS_FILE, TRUTH_FILE = "reference", "events.jsonl", "truth.jsonl"


class Scenario(StrEnum):
    """What happens."""

    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Simulated:
    """Where the files are, and how many of what they hold. `lost_calls` never got through the switchboard."""

    reference_dir: Path
    events_file: Path
    truth_file: Path
    complaints: int
    status_events: int
    network_events: int
    refused: int
    outages: int
    lost_calls: int


def simulate(
    out_dir: Path,
    source_pack: Path,
    *,
    scenario: Scenario = Scenario.EVENING,
    seed: int = 1,
    day: date = DAY,
    consumers: int = CONSUMERS_OF_KANPUR,
    transformers: int = TRANSFORMERS_OF_KANPUR,
    everyday_per_hour: float | None = None,
    lines: int = LINES,
    refused: int = 0,
) -> Simulated:
    """Write `out_dir/reference/`, `events.jsonl` (sorted by `time`) and `truth.jsonl`.

    source_pack: any folder of the contract's form; its transformers are kept, its consumers are not.
    everyday_per_hour: everyday complaints an hour; by default one for a thousand consumers, at least 20.
    lines: lines of the switchboard. refused: events that the pipeline must refuse, mixed in.

    The same arguments give the same bytes. Raises PackInvalid when the source pack has an error, FileExistsError when
    `out_dir/reference` is there.
    """
    evening = Evening.of(day)
    faults = _faults(scenario, read_tables(source_pack), Dice(seed, "faults"))
    pack_dir = out_dir / PACK_DIR
    _complete(source_pack, pack_dir, faults, evening, seed, consumers, transformers)
    city = read_city(pack_dir)
    faults += burnt_transformers(city, faults, evening.seconds, Dice(seed, "transformers"))
    per_hour = everyday_per_hour or max(20.0, city.consumers * EVERYDAY_PER_HOUR_PER_CONSUMER)
    wishes = _wishes(city, faults, per_hour, evening, seed)
    taken, lost_calls = contacts(city, wishes, lines, evening.seconds, Dice(seed, "channels"))
    complaints = list(complaint_events(city, taken, evening, Dice(seed, "complaints")))
    statuses = status_events(complaints, evening, Dice(seed, "status"))
    network = network_events(city, faults, evening, Dice(seed, "network"))
    bad = [event for _, event in sorted(refused_events(refused, evening, Dice(seed, "refused")), key=lambda e: e[0])]
    events = [*(complaint.event for complaint in complaints), *statuses, *network, *bad]
    _write(out_dir / EVENTS_FILE, sorted(events, key=lambda event: str(event["time"])))
    _write(out_dir / TRUTH_FILE, [_truth(fault, city, evening) for fault in sorted(faults, key=lambda f: f.starts)])
    return Simulated(
        reference_dir=pack_dir,
        events_file=out_dir / EVENTS_FILE,
        truth_file=out_dir / TRUTH_FILE,
        complaints=len(complaints),
        status_events=len(statuses),
        network_events=len(network),
        refused=len(bad),
        outages=len(faults),
        lost_calls=lost_calls,
    )


def _faults(scenario: Scenario, tables: Tables, dice: Dice) -> list[Fault]:
    match scenario:
        case Scenario.EVENING:
            return reported_faults(tables, dice)


def _complete(
    source: Path, out: Path, faults: Iterable[Fault], evening: Evening, seed: int, consumers: int, transformers: int
) -> None:
    """The pack with consumers, and with the evening's planned work among its planned outages."""
    files = pack_files(source)
    files.pop(CONSUMERS, None)
    rows = [*read_tables(source).planned_outages, *_planned(faults, evening)]
    files[PLANNED_OUTAGES.file] = csv_text(PlannedOutage, rows).encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        complete_pack(Path(folder), out, seed, consumers, transformers)


def _planned(faults: Iterable[Fault], evening: Evening) -> list[PlannedOutage]:
    return [
        PlannedOutage(
            fault.outage_id, fault.node_id, evening.at(fault.starts), evening.at(fault.ends), fault.cause.value
        )
        for fault in faults
        if fault.planned
    ]


def _wishes(city: City, faults: list[Fault], per_hour: float, evening: Evening, seed: int) -> list[Wish]:
    hour, length = evening.began_at.hour, evening.seconds
    troubles = everyday_troubles(city.consumers, per_hour, hour, length, Dice(seed, "everyday"))
    dark = {transformer for fault in faults for transformer in city.transformers_below[fault.node_id]}
    customers = read_customers(city, dark, {trouble.position for trouble in troubles})
    wishes = [
        wish
        for fault in faults
        for wish in fault_wishes(city, fault, customers, length, Dice(seed, f"callers {fault.outage_id}"))
    ]
    return [*wishes, *everyday_wishes(troubles, customers, length, Dice(seed, "everyday callers"))]


def _truth(fault: Fault, city: City, evening: Evening) -> Event:
    return {
        "outage_id": fault.outage_id,
        "node_id": fault.node_id,
        "node_kind": fault.node_kind.value,
        "started_at": evening.iso(fault.starts),
        "ended_at": evening.iso(fault.ends),
        "customers": sum(city.nodes[below].consumers for below in city.transformers_below[fault.node_id]),
        "planned": fault.planned,
    }


def _write(path: Path, rows: Iterable[Event]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
