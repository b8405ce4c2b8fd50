"""A customer is without supply once, however many outages of nodes above her there are, linked or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

import orjson
import pytest

from schemas.clickhouse.tables import NETWORK_EVENTS, OUTAGES
from schemas.vocabulary import NodeKind
from tests.sinks.conftest import Store
from tests.sinks.stage import Stage
from tests.sinks.test_insight_views import confirmed, load, outage, town

MORNING: Final = datetime(2026, 6, 3, 6, tzinfo=UTC)
DAY: Final = 24 * 60
FEEDERS: Final = ("FD-11", "FD-12", "FD-21", "FD-22")
"""Of `town`: 400 customers each, two below each substation, four transformers of 100 below each."""
NODES: Final = ("INC-1", "SS-1", "SS-2", *FEEDERS, *(f"{feeder}-T{t}" for feeder in FEEDERS for t in range(4)))


@dataclass(frozen=True)
class Dark:
    """An outage of a node from minute to minute; without an end it still runs."""

    node: str
    begin: int
    end: int | None
    sure: bool = True

    @property
    def long(self) -> bool:
        return self.end is None or self.end - self.begin > 5

    @property
    def until(self) -> int:
        """One without an end is taken to hold for a day."""
        return self.begin + DAY if self.end is None else self.end

    def rows(self, number: str, morning: datetime) -> list[bytes]:
        kind = NodeKind.INCOMER if self.node == "INC-1" else NodeKind.SUBSTATION
        if self.node.startswith("FD"):
            kind = NodeKind.TRANSFORMER if "T" in self.node else NodeKind.FEEDER
        begin = morning + timedelta(minutes=self.begin)
        minutes = None if self.end is None else self.end - self.begin
        if self.sure and minutes is not None:
            return confirmed(number, self.node, kind, begin, minutes)
        changes = {"state": "predicted", "reason": "complaints"} if minutes is None and not self.sure else {}
        return [outage(number, self.node, kind, begin, minutes, **changes)]


def keep(store: Store, *outages: Dark, morning: datetime = MORNING, name: str = "o") -> None:
    store(OUTAGES, [row for n, one in enumerate(outages) for row in one.rows(f"{name}-{n}", morning)])


def figures(stage: Stage, *columns: str, where: str = "1") -> list[tuple[Any, ...]]:
    return stage.query(
        f"SELECT {', '.join(columns)} FROM complaints.reliability_indices WHERE {where} "
        "ORDER BY month, substation_id, method, estimated"
    )


RULES: Final = {
    "two of nodes that do not contain each other": ([Dark("FD-21", 0, 60), Dark("FD-22", 30, 90)], 2, 800, 48_000),
    "a feeder's inside the substation's": ([Dark("SS-2", 0, 60), Dark("FD-21", 10, 30)], 1, 800, 48_000),
    "a transformer's inside the feeder's": ([Dark("FD-21", 0, 60), Dark("FD-21-T0", 10, 60)], 1, 400, 24_000),
    "the feeder outlives the substation": ([Dark("SS-2", 0, 60), Dark("FD-21", 30, 90)], 1, 800, 60_000),
    "it goes on where the substation's ends": ([Dark("SS-2", 0, 60), Dark("FD-21", 60, 90)], 1, 800, 60_000),
    "the feeder was out before the substation": ([Dark("FD-21", 0, 60), Dark("SS-2", 30, 90)], 2, 800, 60_000),
    "it came back between": ([Dark("FD-21", 0, 29), Dark("SS-2", 30, 90)], 2, 1_200, 59_600),
    "both began at once": ([Dark("FD-21", 0, 30), Dark("SS-2", 0, 60)], 1, 800, 48_000),
    "a substation's inside the incomer's": ([Dark("INC-1", 0, 60), Dark("SS-2", 10, 50)], 1, 800, 48_000),
    "one over the gap of two others": (
        [Dark("SS-2", 0, 20), Dark("SS-2", 40, 60), Dark("FD-21", 10, 50)],
        2,
        800 + 400,
        800 * 40 + 400 * 20,
    ),
    "one that still runs has the feeder inside": ([Dark("SS-2", 0, None), Dark("FD-21", 10, 30)], 1, 800, 8_000),
    "after a day without an end it hides nothing": (
        [Dark("SS-2", 0, None), Dark("FD-21", DAY + 1, DAY + 31)],
        2,
        1_200,
        12_000,
    ),
    "two short ones that overlap are one long one": ([Dark("SS-2", 0, 4), Dark("FD-21", 3, 7)], 1, 400, 2_800),
}


@pytest.mark.parametrize(("outages", "interruptions", "customers", "minutes"), RULES.values(), ids=list(RULES))
def test_overlapping_outages_without_a_link(
    stage: Stage, store: Store, outages: list[Dark], interruptions: int, customers: int, minutes: int
) -> None:
    load(stage, "town", town())
    keep(store, *outages)
    columns = ("interruptions", "customer_interruptions", "customer_minutes", "running")
    [row] = figures(stage, *columns, where="method = 'customer' AND substation_id = 'SS-2'")
    assert row == (interruptions, customers, minutes, sum(one.end is None for one in outages))


def test_an_estimate_counts_what_no_confirmed_one_counts(stage: Stage, store: Store) -> None:
    """And takes nothing from those: they are what they would be without it."""
    load(stage, "town", town())
    keep(
        store,
        *(Dark("SS-2", 30, 60), Dark("FD-21", 0, 90, sure=False), Dark("FD-22-T0", 40, 50, sure=False)),
        *(Dark("FD-11", 0, 3), Dark("FD-11-T0", 0, 60, sure=False)),
    )
    columns = ("estimated", "customer_interruptions", "momentary_customer_interruptions", "customer_minutes")
    assert figures(stage, *columns, where="method = 'customer'") == [
        (False, 0, 400, 0),
        (True, 100, 0, 5_700),
        (False, 800, 0, 24_000),
        (True, 0, 0, 24_000),
    ]


def test_a_trip_of_what_is_dark_already_is_no_interruption(stage: Stage, store: Store) -> None:
    load(stage, "town", town())
    keep(store, Dark("SS-1", 0, 60))
    for state, after in (("open", 10), ("closed", 12), ("open", 70), ("closed", 72)):
        when = MORNING + timedelta(minutes=after)
        names = {"source": "/scada", "source_id": f"{after}", "kafka_topic": "network.events", "kafka_partition": 0}
        fields = {"node_id": "FD-11", "state": state, "at": when, "received_at": when, "reported_by": "scada"}
        store(NETWORK_EVENTS, [orjson.dumps({**fields, **names, "note": "", "kafka_offset": after})])
    columns = ("interruptions", "momentary_interruptions", "customer_minutes", "momentary_customer_interruptions")
    assert figures(stage, *columns, where="method = 'feeder'") == [(1, 1, 48_000, 400)]


def test_steps_of_restoration_below_another_outage(stage: Stage, store: Store) -> None:
    """A feeder is back but for a transformer, which its substation's outage overlaps: it knows of neither."""
    load(stage, "town", town())
    partly = MORNING + timedelta(minutes=30)
    store(OUTAGES, [outage("whole", "FD-21", NodeKind.FEEDER, MORNING, None)])
    step = {"state": "partiallyRestored", "at": partly, "decided_at": partly}
    store(OUTAGES, [outage("whole", "FD-21", NodeKind.FEEDER, MORNING, None, **step)])
    part = outage("part", "FD-21-T0", NodeKind.TRANSFORMER, MORNING, 90, parent_outage_id="whole")
    store(OUTAGES, [part, outage("whole", "FD-21", NodeKind.FEEDER, MORNING, 90)])
    keep(store, Dark("SS-2", 60, 120))
    columns = ("interruptions", "customer_interruptions", "customer_minutes")
    assert figures(stage, *columns, where="method = 'customer'") == [
        (2, 400 + 700, 400 * 30 + 100 * 30 + 800 * 60),
    ]


def test_a_month_that_begins_in_the_dark(stage: Stage, store: Store) -> None:
    """What the outages of the month before count is in that month alone."""
    load(stage, "town", town())
    midnight = datetime(2026, 6, 30, 18, 30, tzinfo=UTC)
    keep(store, Dark("SS-2", -30, 30), Dark("FD-21", 10, 50), Dark("FD-22", 40, 50), morning=midnight)
    columns = ("toString(month)", "interruptions", "customer_interruptions", "customer_minutes")
    assert figures(stage, *columns, where="method = 'customer'") == [
        ("2026-06-01", 1, 800, 48_000),
        ("2026-07-01", 1, 400, 400 * 20 + 400 * 10),
    ]


def above(node: str, place: str) -> bool:
    """Is the place below the node, or the node itself."""
    return node == "INC-1" or place == node or place.startswith(f"{node}-") or f"SS-{place[3]}" == node


def by_hand(outages: list[Dark], method: str) -> dict[tuple[str, bool], tuple[int, int, int]]:
    """By substation and basis: interruptions, momentary ones, minutes of customers; place by place."""
    places = FEEDERS if method == "feeder" else [node for node in NODES if "T" in node]
    found: dict[tuple[str, bool], tuple[int, int, int]] = {}
    for place in places:
        here = [one for one in outages if above(one.node, place)]
        for estimated in (False, True):
            for episode in episodes([one for one in here if one.sure or estimated]):
                own = [one for one in episode if one.sure is not estimated]
                others = [one for one in episode if one.sure is estimated]
                if not own:
                    continue
                begins, ends = min(one.begin for one in episode), max(one.end or one.begin for one in episode)
                long = any(one.long for one in episode) or ends - begins > 5
                told = any(one.long for one in others) if long else bool(others)
                minutes = len(dark_minutes(own) - dark_minutes(others)) if long else 0
                key, size = (f"SS-{place[3]}", estimated), 400 if method == "feeder" else 100
                was = found.get(key, (0, 0, 0))
                more = (size * (long and not told), size * (not long and not told), size * minutes)
                found[key] = (was[0] + more[0], was[1] + more[1], was[2] + more[2])
    return found


def episodes(outages: list[Dark]) -> list[list[Dark]]:
    """Those that overlap or follow at once, together."""
    groups: list[list[Dark]] = []
    for one in sorted(outages, key=lambda each: each.begin):
        if groups and one.begin <= max(each.until for each in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def dark_minutes(outages: list[Dark]) -> set[int]:
    return {minute for one in outages if one.end is not None for minute in range(one.begin, one.end)}


def test_any_outages_count_as_if_each_place_had_been_watched(stage: Stage, store: Store) -> None:
    """Thirty months of 16 outages of any nodes, within nine hours of one day each."""
    load(stage, "town", town())
    dice = Random(27)  # noqa: S311 - the same outages every time
    drawn = {}
    for number in range(30):
        months = (2023 + number // 12, 1 + number % 12)
        begins = [dice.randrange(540) for _ in range(16)]
        drawn[months] = [
            Dark(
                dice.choice(NODES),
                at,
                None if dice.random() < 0.1 else at + dice.randrange(1, 120),
                dice.random() < 0.6,
            )
            for at in begins
        ]
        keep(store, *drawn[months], morning=datetime(*months, 3, 6, tzinfo=UTC), name=f"{months}")
    columns = ("customer_interruptions", "momentary_customer_interruptions", "customer_minutes")
    found = {
        ((month.year, month.month), method, substation, estimated): tuple(values)
        for month, method, substation, estimated, *values in figures(
            stage, "month", "method", "substation_id", "estimated", *columns
        )
    }
    assert found == {
        (months, method, *key): values
        for months, outages in drawn.items()
        for method in ("customer", "feeder")
        for key, values in by_hand(
            [one for one in outages if method == "customer" or "T" not in one.node], method
        ).items()
    }
