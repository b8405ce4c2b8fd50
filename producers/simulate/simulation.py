"""From a seed to a folder: reference pack, raw events in the order of receipt, and the truth."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import orjson

from producers.simulate.callers import Wish, lane_wishes, salience
from producers.simulate.channels import contacts, lines_for
from producers.simulate.city import City, read_city, read_customers, read_tables
from producers.simulate.complaints import complaint_events
from producers.simulate.darkness import darknesses
from producers.simulate.delivery import in_order_of_receipt
from producers.simulate.dice import Dice
from producers.simulate.events import Event, Span
from producers.simulate.everyday import everyday_troubles, everyday_wishes, pole_troubles, voltage_troubles
from producers.simulate.faults import Fault
from producers.simulate.heard import complainers
from producers.simulate.households import household
from producers.simulate.outbreak import outbreak, storm_front
from producers.simulate.planned import announced, planned_faults
from producers.simulate.refused import refused_events
from producers.simulate.reported import reported_faults
from producers.simulate.scenarios import PLANS, Plan, Scenario
from producers.simulate.updates import network_events, status_events, telemetered
from reference.maker import CONSUMERS_OF_KANPUR, TRANSFORMERS_OF_KANPUR, complete_pack
from reference.pack import CONSUMERS, pack_files
from reference.tables import PLANNED_OUTAGES
from reference.writing import csv_text
from schemas.reference import PlannedOutage

DAY: Final = date(2026, 6, 20)
_LEAST_EVERYDAY_PER_HOUR: Final = 20.0

PACK_DIR, EVENTS_FILE, TRUTH_FILE = "reference", "events.jsonl", "truth.jsonl"


@dataclass(frozen=True, slots=True)
class Simulated:
    """Where the files are, and how many of what they hold.

    `unanswered_calls` found every line busy; `lost_calls` are those of them after which the household gave up.
    `sent_twice`: events that stand in the file a second time.
    """

    reference_dir: Path
    events_file: Path
    truth_file: Path
    complaints: int
    status_events: int
    network_events: int
    refused: int
    sent_twice: int
    outages: int
    unanswered_calls: int
    lost_calls: int


def simulate(
    out_dir: Path,
    source_pack: Path,
    *,
    scenario: Scenario = Scenario.REPORTED,
    seed: int = 1,
    day: date = DAY,
    consumers: int = CONSUMERS_OF_KANPUR,
    transformers: int = TRANSFORMERS_OF_KANPUR,
    everyday_per_hour: float | None = None,
    lines: int | None = None,
    telemetry: float | None = None,
    refused: int = 0,
    reference_dir: Path | None = None,
    plan: Plan | None = None,
) -> Simulated:
    """Write `events.jsonl` (in the order of receipt), `truth.jsonl` and a reference pack.

    source_pack: any folder of the contract's form; its transformers are kept, its consumers are not.
    everyday_per_hour, lines, telemetry: everyday complaints an hour, lines of the switchboard and the share of switches
    that report by themselves, where the scenario's own (and a switchboard for a city of this size) are not wanted.
    refused: events that the pipeline must refuse, mixed in.
    reference_dir: where the pack is to stand, instead of `out_dir/reference`. A pack that is there already is used as
    it is, whatever its sizes, for any number of scenarios and seeds: the seed then does not touch it.
    plan: in the place of the scenario's own.

    The same arguments give the same bytes. Raises PackInvalid when a pack has an error, FileExistsError when
    `out_dir/events.jsonl` or `out_dir/reference` is there.
    """
    plan = plan or PLANS[scenario]
    span = Span.of(day, plan.first_hour, plan.hours)
    events_file, truth_file = out_dir / EVENTS_FILE, out_dir / TRUTH_FILE
    if events_file.exists():
        raise FileExistsError(f"{events_file} is there already")
    pack_dir = reference_dir or out_dir / PACK_DIR
    reported = reported_faults(read_tables(source_pack), Dice(seed, "faults")) if scenario is Scenario.REPORTED else []
    if reference_dir is None or not reference_dir.exists():
        pack_seed = seed if reference_dir is None else 1
        _complete(source_pack, pack_dir, reported, scenario, span, pack_seed, consumers, transformers)
    city = read_city(pack_dir)
    exact = scenario is Scenario.REPORTED
    planned = planned_faults(city, city.tables.planned_outages, span, exact, Dice(seed, "planned"))
    given = [fault for fault in reported if not fault.planned and fault.node_id in city.nodes]
    faults = outbreak(city, plan, span, [*planned, *given], seed)
    per_hour = everyday_per_hour or max(_LEAST_EVERYDAY_PER_HOUR, city.consumers * plan.everyday)
    wishes = _wishes(city, faults, plan, per_hour, span, seed)
    taken = contacts(city, wishes, lines or lines_for(city.consumers), span, Dice(seed, "channels"))
    complaints = list(complaint_events(city, taken.contacts, span, Dice(seed, "complaints")))
    statuses = status_events(complaints, span, Dice(seed, "status"))
    reporting = telemetered(city, plan.telemetry if telemetry is None else telemetry, Dice(seed, "telemetry"))
    network = network_events(city, faults, reporting, span, Dice(seed, "network"))
    bad = list(refused_events(refused, span, Dice(seed, "refused")))
    events = [
        *((complaint.contact.recorded_at, complaint.event) for complaint in complaints),
        *statuses,
        *network,
        *bad,
    ]
    received = in_order_of_receipt(events, city, plan, span, Dice(seed, "delivery"))
    out_dir.mkdir(parents=True, exist_ok=True)
    heard = complainers(city, faults, taken.contacts)
    _write(truth_file, [_truth(fault, city, span, heard[fault.outage_id]) for fault in faults])
    _write(events_file, received)
    return Simulated(
        reference_dir=pack_dir,
        events_file=events_file,
        truth_file=truth_file,
        complaints=len(complaints),
        status_events=len(statuses),
        network_events=len(network),
        refused=len(bad),
        sent_twice=len(received) - len(events),
        outages=len(faults),
        unanswered_calls=taken.unanswered_calls,
        lost_calls=taken.lost_calls,
    )


def _complete(
    source: Path,
    out: Path,
    reported: Iterable[Fault],
    scenario: Scenario,
    span: Span,
    seed: int,
    consumers: int,
    transformers: int,
) -> None:
    """The pack with consumers, and with the day's announced work among its planned outages."""
    files = pack_files(source)
    files.pop(CONSUMERS, None)
    tables = read_tables(source)
    if scenario is Scenario.REPORTED:
        rows = [*tables.planned_outages, *_planned(reported, span)]
    else:
        rows = [*tables.planned_outages, *announced(tables, span.began_at.date(), Dice(seed, "announced"))]
    files[PLANNED_OUTAGES.file] = csv_text(PlannedOutage, rows).encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        complete_pack(Path(folder), out, seed, consumers, transformers)


def _planned(faults: Iterable[Fault], span: Span) -> list[PlannedOutage]:
    return [
        PlannedOutage(fault.outage_id, fault.node_id, span.at(fault.starts), span.at(fault.ends), fault.cause.value)
        for fault in faults
        if fault.planned
    ]


def _wishes(city: City, faults: list[Fault], plan: Plan, per_hour: float, span: Span, seed: int) -> list[Wish]:
    front = storm_front(span, seed) if plan.squall > 1 else span.seconds
    troubles = [
        *everyday_troubles(city, plan, per_hour, front, span, Dice(seed, "everyday")),
        *pole_troubles(city, plan, front, span, Dice(seed, "poles")),
        *voltage_troubles(city, plan, span, Dice(seed, "voltage")),
    ]
    dark = darknesses(city, faults)
    customers = read_customers(city, dark.keys(), {trouble.position for trouble in troubles})
    others = list(customers.by_position.values())
    saliences = {fault.outage_id: salience(fault, seed) for fault in faults}
    wishes: list[Wish] = []
    for transformer, times in dark.items():
        living = Dice(seed, f"homes {transformer}")
        homes = [
            household(customer, others, plan.repeats, living) for customer in customers.by_transformer[transformer]
        ]
        wishes += lane_wishes(times, homes, saliences, plan, span, Dice(seed, f"lane {transformer}"))
    return [*wishes, *everyday_wishes(troubles, customers, span, Dice(seed, "everyday callers"))]


def _truth(fault: Fault, city: City, span: Span, heard: int) -> Event:
    return {
        "outage_id": fault.outage_id,
        "node_id": fault.node_id,
        "node_kind": fault.node_kind.value,
        "started_at": span.iso(fault.starts),
        "ended_at": span.iso(fault.ends),
        "customers": sum(city.nodes[below].consumers for below in city.transformers_below[fault.node_id]),
        "planned": fault.planned,
        "complainers": heard,
    }


def _write(path: Path, rows: Iterable[Event]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
