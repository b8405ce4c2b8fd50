"""The figures of analysts are right when records come twice, late, again or corrected, and agree with the detector."""

from __future__ import annotations

import csv
import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
import pytest

from insight.reference_rows import store_reference
from reference.lookup import Reference
from reference.network import nodes_of
from schemas.clickhouse.tables import COMPLAINTS, NETWORK_EVENTS, OUTAGES
from schemas.enriched import ComplaintEnriched, event_version
from schemas.reference import Feeder, FeederKind, Incomer, ServiceLimit, Substation, Tables, Transformer
from schemas.vocabulary import Category, Channel, NodeKind
from tests.sinks.conftest import Store
from tests.sinks.events import enriched
from tests.sinks.stage import Stage

EVENING: Final = datetime(2026, 6, 20, 15, 30, tzinfo=UTC)
"""21:00 in India."""
PGVCL: Final = Path(__file__).with_name("pgvcl_urban_indices.tsv")
"""Months of a distribution company in Gujarat: interruptions, customers, and the indices that it printed of them."""


def load(stage: Stage, version: str, tables: Tables) -> None:
    """Make these tables the pack in use of queries. Its consumers are never asked for."""
    reference = Reference(version, tables, nodes_of(tables), None)  # type: ignore[arg-type]
    store_reference(stage.admin, reference, datetime.now(UTC))


def town(limits: tuple[ServiceLimit, ...] = ()) -> Tables:
    """Two substations with two feeders each, below each of which four transformers with 100 consumers."""
    feeders = [(f"SS-{s}", f"FD-{s}{f}") for s in (1, 2) for f in (1, 2)]
    return Tables(
        incomers=(Incomer("INC-1", "33 kV", ""),),
        substations=tuple(
            Substation(f"SS-{s}", f"Substation {s}", "", (), "", "", "INC-1", None, None, s == 1, 0) for s in (1, 2)
        ),
        feeders=tuple(Feeder(feeder, feeder, (), above, FeederKind.URBAN, 0) for above, feeder in feeders),
        transformers=tuple(
            Transformer(f"{feeder}-T{t}", feeder, "", None, None, None, 100) for _, feeder in feeders for t in range(4)
        ),
        localities=(),
        planned_outages=(),
        service_limits=limits,
    )


def complaint(
    number: int, at: datetime, transformer: str, *, revision: int = 1, delay: float = 5, **changes: Any
) -> ComplaintEnriched:
    """Complaint `number` from below a transformer of `town`, known `delay` seconds after it was made."""
    received_at = changes.pop("received_at", at + timedelta(seconds=delay))
    fields = {
        "substation_id": f"SS-{transformer[3]}",
        "feeder_id": transformer[:5],
        "transformer_id": transformer,
        "category": Category.NO_SUPPLY,
        "hazard": False,
        "customer_key": f"of {number}",
        "event_version": event_version(revision, int(received_at.timestamp() * 1000)),
        "due_at": at + timedelta(hours=4),
    }
    return enriched(number, reported_at=at, received_at=received_at, **{**fields, **changes})


def evening() -> list[ComplaintEnriched]:
    """A dead feeder FD-11 (12 customers), a dead transformer FD-22-T0 (6), and a lone caller elsewhere."""
    feeder = [complaint(n, EVENING - timedelta(minutes=40 - n), f"FD-11-T{n % 4}") for n in range(12)]
    transformer = [complaint(20 + n, EVENING - timedelta(minutes=30 - n), "FD-22-T0") for n in range(6)]
    return [*feeder, *transformer, complaint(40, EVENING - timedelta(minutes=9), "FD-21-T1")]


def hotspots(stage: Stage, as_of: datetime = EVENING, minutes: int = 60) -> dict[str, tuple[Any, ...]]:
    rows = stage.query(
        "SELECT node_id, customers, complaints, children_reporting, leads, score, expected, newest_received_at FROM "
        f"complaints.hotspots(as_of = fromUnixTimestamp({int(as_of.timestamp())}), window_minutes = {minutes})"
    )
    return {row[0]: row[1:] for row in rows}


def counts(stage: Stage, **at: Any) -> dict[str, tuple[Any, ...]]:
    return {node: row[:3] for node, row in hotspots(stage, **at).items() if row[0]}


def leading(stage: Stage) -> set[str]:
    return {node for node, row in hotspots(stage).items() if row[3]}


EVENING_COUNTS: Final = {
    "INC-1": (19, 19, 2),
    "SS-1": (12, 12, 1),
    "SS-2": (7, 7, 2),
    "FD-11": (12, 12, 4),
    "FD-21": (1, 1, 1),
    "FD-22": (6, 6, 1),
    **{f"FD-11-T{t}": (3, 3, 0) for t in range(4)},
    "FD-22-T0": (6, 6, 0),
    "FD-21-T1": (1, 1, 0),
}


def test_hotspots_name_the_node_that_failed_and_count_customers_once(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    events = evening()
    store(COMPLAINTS, [event.to_json() for event in events])
    assert counts(stage) == EVENING_COUNTS
    assert leading(stage) == {"FD-11", "FD-22-T0"}
    assert len(hotspots(stage)) == 1 + 2 + 4 + 16
    again = [complaint(100 + n, EVENING - timedelta(minutes=8), "FD-22-T0", customer_key="of 20") for n in range(3)]
    store(COMPLAINTS, [event.to_json() for event in again])
    assert counts(stage)["FD-22-T0"] == (6, 9, 0)


def test_hotspots_stand_repeats_replays_corrections_and_late_hours(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    events = evening()
    late = [complaint(60, EVENING - timedelta(minutes=50), "FD-12-T0", delay=7200).to_json()]
    for _ in range(2):
        store(COMPLAINTS, [event.to_json() for event in events])
    store(COMPLAINTS, late)
    hour_later = [
        complaint(n, event.reported_at, event.transformer_id, delay=3600) for n, event in enumerate(events[:12])
    ]
    store(COMPLAINTS, [event.to_json() for event in hour_later])
    assert counts(stage) == EVENING_COUNTS
    moved = [complaint(20 + n, event.reported_at, "FD-12-T2", revision=2) for n, event in enumerate(events[12:18])]
    store(COMPLAINTS, [event.to_json() for event in moved])
    store(COMPLAINTS, [event.to_json() for event in events])
    found = counts(stage)
    assert "FD-22-T0" not in found
    assert found["FD-12-T2"] == (6, 6, 0)
    assert found["SS-1"] == (18, 18, 2)
    then = EVENING + timedelta(minutes=100)
    assert counts(stage, as_of=then, minutes=180)["FD-12"] == (7, 7, 2)


def test_a_repeat_under_another_time_is_no_new_evidence(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    store(COMPLAINTS, [complaint(n, EVENING - timedelta(hours=5), "FD-22-T0").to_json() for n in range(6)])
    store(COMPLAINTS, [complaint(n, EVENING - timedelta(minutes=5), "FD-22-T0").to_json() for n in range(6)])
    assert counts(stage) == {}


def test_hotspots_know_only_what_was_received_and_learn_from_past_weeks_alone(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    weeks = [
        complaint(1000 * week + n, EVENING - timedelta(days=7 * week, minutes=n), f"FD-{1 + n % 2}1-T{n % 4}")
        for week in range(1, 9)
        for n in range(4)
    ]
    store(COMPLAINTS, [event.to_json() for event in evening()])
    bare = hotspots(stage)
    assert bare["FD-12"][5] == pytest.approx(400 / 1600), "one lone customer in the hour, of 1,600"
    store(COMPLAINTS, [event.to_json() for event in weeks])
    taught = hotspots(stage)
    assert taught["FD-11"][5] > bare["FD-11"][5]
    assert taught["FD-12"][5] < bare["FD-12"][5]
    future = [complaint(9000 + n, EVENING + timedelta(days=7 * (n % 3) + 1, minutes=n), "FD-11-T0") for n in range(40)]
    store(COMPLAINTS, [event.to_json() for event in future])
    assert hotspots(stage) == taught
    assert counts(stage, as_of=EVENING - timedelta(minutes=35))["INC-1"] == (5, 5, 1)
    assert taught["FD-11"][6] == max(event.received_at for event in evening())


def test_the_score_is_a_likelihood_ratio_of_negative_binomials(stage: Stage, store: Store) -> None:
    """Worked out here with lgamma, as scipy.stats.nbinom(size, size / (size + mean)).logpmf does."""

    def log_probability(count: int, mean: float, size: float) -> float:
        known = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        return known + size * math.log(size / (size + mean)) + count * math.log(mean / (size + mean))

    load(stage, "town", town())
    store(COMPLAINTS, [event.to_json() for event in evening()])
    for node, size, prior in (("FD-22-T0", 2, -7.5), ("FD-11", 8, -6.0), ("SS-1", 16, -7.0)):
        customers, _, _, _, score, expected, _ = hotspots(stage)[node]
        ratio = log_probability(customers, customers, size) - log_probability(customers, expected, size)
        assert score == pytest.approx(ratio + prior)


def outage(number: str, node: str, kind: NodeKind, started: datetime, minutes: float | None, **changes: Any) -> bytes:
    """An outage in its last state: restored after some minutes, or open."""
    ended = None if minutes is None else started + timedelta(minutes=minutes)
    fields = {
        "outage_id": number,
        "node_id": node,
        "node_kind": kind,
        "state": "restored" if ended else "confirmed",
        "at": ended or started,
        "started_at": started,
        "detected_at": started,
        "customers_reporting": 3,
        "customers_affected": 100,
        "score": 3.0,
        "rule_set": "normal",
        "planned": False,
        "parent_outage_id": "",
        "confidence": 0.9,
        "children": 4,
        "children_reporting": 2,
        "reason": "silence" if ended else "switch_open",
        "restored_at": ended,
        "decided_at": ended or started,
    }
    return orjson.dumps({**fields, **changes})


def confirmed(number: str, node: str, kind: NodeKind, started: datetime, minutes: float) -> list[bytes]:
    """The same with the state that a switch gave it first."""
    first = outage(number, node, kind, started, None)
    return [first, outage(number, node, kind, started, minutes)]


def test_indices_are_those_that_a_company_printed(stage: Stage, store: Store) -> None:
    """Each month is a substation of its own whose feeders are of such sizes that its interruptions add up."""
    months = list(csv.DictReader(PGVCL.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len(months) == 18
    feeders, events = [], []
    for place, row in enumerate(months):
        begin = datetime.fromisoformat(f"{row['month']}-03T06:00:00+05:30")
        served = int(row["customers_served"])
        for minutes, name, total in (
            (60.0, "S", float(row["customer_interruptions"])),
            (3.0, "M", float(row["maifi_customer_interruptions"] or 0)),
        ):
            whole, rest = divmod(round(total), served)
            substation = f"{name}{place}"
            feeders += [(substation, f"{substation}-A", rest), (substation, f"{substation}-B", served - rest)]
            for n in range(whole):
                events += confirmed(
                    f"{substation}-{n}", substation, NodeKind.SUBSTATION, begin + timedelta(days=n), minutes
                )
            if rest:
                events += confirmed(
                    f"{substation}-A", f"{substation}-A", NodeKind.FEEDER, begin + timedelta(days=9), minutes
                )
    tables = Tables(
        incomers=(Incomer("INC-1", "", ""),),
        substations=tuple(
            Substation(
                name, name, "", (), "", "", "INC-1", None, None, False, int(months[int(name[1:])]["customers_served"])
            )
            for name in dict.fromkeys(above for above, _, _ in feeders)
        ),
        feeders=tuple(Feeder(name, name, (), above, FeederKind.URBAN, size) for above, name, size in feeders),
        transformers=(),
        localities=(),
        planned_outages=(),
        service_limits=(),
    )
    load(stage, "pgvcl", tables)
    for _ in range(2):
        store(OUTAGES, events)
    found = {
        (substation, month): (saifi, saidi, maifi)
        for substation, month, saifi, saidi, maifi in stage.query(
            "SELECT substation_id, month, saifi, saidi_minutes, maifi FROM complaints.reliability_indices "
            "WHERE method = 'feeder' AND NOT estimated AND NOT planned"
        )
    }
    for place, row in enumerate(months):
        month = date.fromisoformat(f"{row['month']}-01")
        saifi, saidi, _ = found[f"S{place}", month]
        assert saifi == pytest.approx(float(row["saifi"]), abs=0.0051), row["month"]
        assert saidi == pytest.approx(60 * saifi)
        if row["maifi"]:
            assert found[f"M{place}", month][2] == pytest.approx(float(row["maifi"]), abs=0.0051), row["month"]
            assert found[f"M{place}", month][0] == 0


def test_indices_count_steps_of_restoration_and_mark_estimates(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    at = datetime(2026, 6, 3, 6, tzinfo=UTC)
    whole = outage("whole", "FD-11", NodeKind.FEEDER, at, 90)
    partly = outage(
        "whole", "FD-11", NodeKind.FEEDER, at, None, state="partiallyRestored", at=at + timedelta(minutes=30)
    )
    part = outage("part", "FD-11-T0", NodeKind.TRANSFORMER, at, 90, parent_outage_id="whole")
    taken = outage("taken", "FD-11-T1", NodeKind.TRANSFORMER, at, None, state="closed", reason="taken_over")
    running = outage("running", "FD-12-T0", NodeKind.TRANSFORMER, at, None, state="predicted")
    short = outage("short", "FD-12-T1", NodeKind.TRANSFORMER, at, 5)
    store(OUTAGES, [partly, whole, part, taken, running, short])
    rows = stage.query(
        "SELECT method, estimated, interruptions, momentary_interruptions, running, customer_interruptions, "
        "customer_minutes, customers_served, maifi FROM complaints.reliability_indices ORDER BY method"
    )
    assert rows == [
        ("customer", True, 2, 1, 1, 500, 400 * 30 + 100 * 60, 800, 100 / 800),
        ("feeder", True, 1, 0, 0, 400, 400 * 30, 800, 0.0),
    ]


def test_a_part_that_stays_dark_is_as_confirmed_as_its_whole(stage: Stage, store: Store) -> None:
    """However many steps it was: each part but the first is one of a part."""
    load(stage, "town", town())
    at = datetime(2026, 6, 3, 6, tzinfo=UTC)

    def step(number: str, node: str, kind: NodeKind, until: float, whole: str = "") -> bytes:
        """Dark until then, but for its own parts."""
        when = {"at": at + timedelta(minutes=until), "decided_at": at + timedelta(minutes=until)}
        return outage(number, node, kind, at, None, state="partiallyRestored", parent_outage_id=whole, **when)

    store(OUTAGES, [outage("whole", "SS-2", NodeKind.SUBSTATION, at, None)])
    store(OUTAGES, [step("whole", "SS-2", NodeKind.SUBSTATION, 10)])
    store(OUTAGES, [step("part", "FD-21", NodeKind.FEEDER, 20, "whole")])
    last = outage("last", "FD-21-T0", NodeKind.TRANSFORMER, at, 40, parent_outage_id="part")
    store(OUTAGES, [last, outage("part", "FD-21", NodeKind.FEEDER, at, 40, parent_outage_id="whole")])
    store(OUTAGES, [outage("whole", "SS-2", NodeKind.SUBSTATION, at, 40)])
    rows = stage.query(
        "SELECT method, estimated, interruptions, customer_interruptions, customer_minutes "
        "FROM complaints.reliability_indices ORDER BY method"
    )
    assert rows == [
        ("customer", False, 1, 800, 800 * 10 + 400 * 10 + 100 * 20),
        ("feeder", False, 1, 800, 800 * 10 + 400 * 10),
    ]


def test_a_trip_that_a_switch_told_is_a_momentary_interruption(stage: Stage, store: Store) -> None:
    """The detector makes no outage of it. One that is an outage too, and what was open for long, count once."""
    load(stage, "town", town())
    at = datetime(2026, 6, 3, 6, tzinfo=UTC)

    def switch(node: str, state: str, after: float) -> bytes:
        """It says so some minutes after."""
        when = at + timedelta(minutes=after)
        names = {"source": "/scada", "source_id": f"{node}-{after}", "kafka_topic": "network.events"}
        place = {"kafka_partition": 0, "kafka_offset": 1, "reported_by": "scada", "note": ""}
        return orjson.dumps({"node_id": node, "state": state, "at": when, "received_at": when, **names, **place})

    trips = [
        switch("FD-11", state, after) for state, after in (("open", 0), ("closed", 2), ("open", 60), ("closed", 61))
    ]
    known = [switch("FD-21", "open", 0.5), switch("FD-21", "closed", 3)]
    long = [switch("FD-22", "open", 0), switch("FD-22", "open", 3), switch("FD-22", "closed", 7)]
    for _ in range(2):
        store(NETWORK_EVENTS, [*trips, *known, *long])
    store(
        OUTAGES,
        [*confirmed("known", "FD-21", NodeKind.FEEDER, at, 3), *confirmed("long", "FD-22", NodeKind.FEEDER, at, 7)],
    )
    assert stage.query(
        "SELECT substation_id, interruptions, momentary_interruptions, maifi FROM complaints.reliability_indices "
        "WHERE method = 'feeder' AND NOT estimated ORDER BY substation_id"
    ) == [("SS-1", 0, 2, 1.0), ("SS-2", 1, 1, 0.5)]


def test_sources_and_calls(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    weeks = [
        complaint(1000 * week + n, EVENING - timedelta(days=7 * week, minutes=n), f"FD-{1 + n % 2}1-T{n % 4}")
        for week in range(1, 9)
        for n in range(30)
    ]
    calls = [complaint(50_000 + n, EVENING - timedelta(minutes=70 + n), "FD-11-T0", queue_seconds=n) for n in range(11)]
    desk = [complaint(60_000, EVENING - timedelta(minutes=3), "FD-21-T0", channel=Channel.WEB)]
    for _ in range(2):
        store(COMPLAINTS, [event.to_json() for event in (*weeks, *calls, *desk)])
    asked = f"as_of = fromUnixTimestamp({int(EVENING.timestamp())})"
    [(source, seconds, gap, silent)] = stage.query(
        f"SELECT source, silent_seconds, usual_gap_seconds, silent FROM complaints.silent_sources({asked})"
    )
    assert (source, seconds, silent) == ("/kesco/call-centre/acd-1", 175, False)
    assert gap == pytest.approx(3600 * 24 / 240)
    later = f"as_of = fromUnixTimestamp({int(EVENING.timestamp()) + 2400})"
    assert stage.query(f"SELECT silent FROM complaints.silent_sources({later})") == [(True,)]
    rows = stage.query(
        "SELECT calls, capacity, with_queue, queue_seconds_median, queue_seconds_max FROM complaints.call_load "
        f"WHERE hour >= fromUnixTimestamp({int(EVENING.timestamp()) - 7200}) ORDER BY hour"
    )
    assert [row[:3] for row in rows] == [(11, 5500, 11)]
    assert rows[0][3:] == (5, 10)
    shares = stage.query(
        "SELECT substation_id, customers, share, round(usual_share, 3), share_score > 0 "
        f"FROM complaints.source_share({asked}, window_minutes = 120) ORDER BY substation_id"
    )
    assert [(row[0], row[1]) for row in shares] == [("SS-1", 11), ("SS-2", 1)]
    assert shares[0][4] and not shares[1][4]


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_the_usual_gap_counts_the_weeks_that_a_source_has_lived_through(stage: Stage, store: Store, weeks: int) -> None:
    """A complaint every six minutes for three hours around this hour, in each week since the source began."""
    load(stage, "town", town())
    begins = EVENING - timedelta(hours=1)
    usual = [
        complaint(1000 * week + n, begins - timedelta(days=7 * week) + timedelta(minutes=6 * n), "FD-11-T0")
        for week in range(1, weeks + 1)
        for n in range(30)
    ]
    store(COMPLAINTS, [event.to_json() for event in usual])
    asked = f"as_of = fromUnixTimestamp({int(EVENING.timestamp())})"
    assert stage.query(f"SELECT usual_gap_seconds, silent FROM complaints.silent_sources({asked})") == [(360, True)]


def test_a_substation_that_never_complains_has_a_small_usual_share(stage: Stage, store: Store) -> None:
    """Eight weeks in which one place of SS-1 alone complains; now both substations do."""
    load(stage, "town", town())
    weeks = [complaint(week, EVENING - timedelta(days=7 * week, minutes=5), "FD-11-T0") for week in range(1, 9)]
    now = [complaint(100 + n, EVENING - timedelta(minutes=n), f"FD-{1 + n % 2}1-T{n % 4}") for n in range(12)]
    store(COMPLAINTS, [event.to_json() for event in (*weeks, *now)])
    shares = stage.query(
        "SELECT substation_id, usual_share FROM complaints.source_share("
        f"as_of = fromUnixTimestamp({int(EVENING.timestamp())}), window_minutes = 60) ORDER BY substation_id"
    )
    assert shares == [("SS-1", pytest.approx((8 + 10) / 28)), ("SS-2", pytest.approx(10 / 28))]


def test_a_loaded_pack_replaces_the_former_and_half_a_load_is_not_seen(stage: Stage) -> None:
    load(stage, "first", town())
    stage.query("INSERT INTO complaints.reference_nodes (reference_version, node_id) VALUES ('half', 'X')")
    assert stage.count("nodes_current") == 23
    assert stage.query(
        "SELECT consumers, transformers, children, path FROM complaints.nodes_current WHERE node_id = 'SS-1'"
    ) == [(800, 8, 2, ["INC-1", "SS-1"])]
    for _ in range(2):
        load(stage, "first", town())
    assert stage.count("nodes_current") == 23
    assert stage.query("SELECT dictGet('complaints.node_labels', 'consumers', 'FD-11')") == [(400,)]
