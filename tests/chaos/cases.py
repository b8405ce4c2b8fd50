"""The matrix as data: which steps and servers fail, how, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, product
from typing import Final

from tests.chaos.faults import KILL, RAISE, STEPS, STOP


@dataclass(frozen=True, slots=True)
class Point:
    """A fault point of one stage; `crashes` times the process fails there."""

    step: str
    when: str
    action: str
    crashes: int


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the matrix.

    `points` by stage: where processes fail. `members` of each stage run all the time, the first `armed` of them with
    the stage's fault; with `visits` others come and go every two seconds. `outage` names what befalls a server
    (outages.py), `outages` times. One event in `poison_every` is followed by a broken record; with `twice` each event
    comes again later, as another record. At least `events` are sent, `chunk` every `pause_seconds`. With `kill_seconds`
    a process is killed so often, of one stage and the other in turn, at whatever it does. `settings` are Settings of
    the stages.
    """

    name: str
    points: Mapping[str, Point] = field(default_factory=dict)
    members: int = 1
    armed: int = 1
    visits: int = 0
    outage: str = ""
    outages: int = 0
    poison_every: int = 200
    twice: bool = False
    events: int = 400
    chunk: int = 40
    pause_seconds: float = 0.15
    kill_seconds: float = 0.0
    limit_seconds: float = 120.0
    settings: Mapping[str, str] = field(default_factory=dict)


_CRASHES: Final = {KILL: 6, RAISE: 5, STOP: 3}
_RARE: Final = frozenset({"bisect", "letter"})


def crash_cases() -> list[Case]:
    """Every step of the sink, before and after, beside a step of the processor, under each action."""
    return [case for action in (KILL, RAISE, STOP) for case in _crash_cases(action)]


def _crash_cases(action: str) -> Iterator[Case]:
    sink = [point for point in product(STEPS["sink"], ("before", "after")) if point[0] != "revoke"]
    others = cycle(point for point in product(STEPS["process"], ("before", "after")) if point[0] != "revoke")
    pairs = [*((point, next(others)) for point in sink), *((("revoke", when),) * 2 for when in ("before", "after"))]
    for (sink_step, sink_when), (step, when) in pairs:
        revoke = sink_step == "revoke"
        crashes = 3 if revoke else _CRASHES[action]
        yield Case(
            f"{action}: sink {sink_when} {sink_step}, processor {when} {step}",
            {"sink": Point(sink_step, sink_when, action, crashes), "process": Point(step, when, action, crashes)},
            members=2 if action == STOP and not revoke else 1,
            visits=1 if revoke else 0,
            poison_every=60 if _RARE & {sink_step, step} else 200,
            pause_seconds=1.3 if sink_step == "ack" else 0.15,
        )


def cluster_cases() -> list[Case]:
    """Three brokers, of which one is dead some of the time."""
    name = "one of three brokers killed"
    insert = {"sink": Point("insert", "after", KILL, 5)}
    return [
        Case(name, outage=name, outages=4, pause_seconds=0.3, limit_seconds=200.0),
        Case(f"{name}, sink killed", insert, outage=name, outages=2, pause_seconds=0.3, limit_seconds=200.0),
    ]


def _in_topic(name: str, points: Mapping[str, Point]) -> Case:
    return Case(f"intents in a topic; kill: sink {name}", points, settings={"sink_intent_store": "topic"})


def other_cases() -> list[Case]:
    """Groups that change, records that come twice, and servers that fail."""
    insert, report = Point("insert", "after", KILL, 6), Point("report", "after", KILL, 6)
    intent = Point("intent", "after", KILL, 4)
    intents = {
        "before intent": {"sink": Point("intent", "before", KILL, 5)},
        "after intent": {"sink": Point("intent", "after", KILL, 5)},
        "after insert": {"sink": insert},
    }

    def outage(name: str, kind: str, times: int, **points: Point) -> Case:
        return Case(name, points, outage=kind, outages=times, pause_seconds=0.3, limit_seconds=180.0)

    return [
        Case("rebalance storm: members come and go every 2 s", visits=12, limit_seconds=150.0),
        Case("two sinks and two processors, all killed", {"sink": insert, "process": report}, members=2, armed=2),
        Case("each event twice, across rebalances and crashes", {"sink": intent}, visits=6, twice=True),
        Case("poison in 1 of 1,000", {"sink": insert, "process": report}, poison_every=1_000, events=4_000),
        *(_in_topic(name, points) for name, points in intents.items()),
        outage("Kafka killed", "Kafka killed", 3),
        outage("Kafka killed, sink killed after its intent", "Kafka killed", 2, sink=intent),
        outage("ClickHouse killed", "ClickHouse killed", 4),
        outage("ClickHouse killed, sink killed after its insert", "ClickHouse killed", 3, sink=insert),
        outage("ClickHouse hangs for longer than an INSERT waits", "ClickHouse hangs", 3),
        outage("ClickHouse's tables read-only", "ClickHouse read-only", 3),
        outage("ClickHouse's disk full", "ClickHouse's disk full", 3),
        outage("ClickHouse refuses the sink's login", "ClickHouse refuses the login", 2),
    ]
