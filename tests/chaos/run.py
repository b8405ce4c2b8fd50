"""One case: events flow while processes and servers fail; then sent and stored are compared one by one."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import orjson
from confluent_kafka import KafkaError, Message

from schemas.topics import CALLS, ENRICHED
from tests.chaos.cases import Case
from tests.chaos.count import Sent, count
from tests.chaos.faults import STEPS
from tests.chaos.nursery import SESSION_SECONDS
from tests.chaos.outages import OUTAGES
from tests.chaos.plant import PROCESSOR_GROUP, SINK_GROUP, Life, Plant
from tests.chaos.table import Outcome
from tests.pipeline.events import complaint
from tests.sinks.events import enriched

ACCOUNTS: Final = ("0000000003", "0000000066", "0000000115", "0000000143", "0000000171")
"""One of each feeder of River Town; those of the first two belong to the desk that is looked at."""
STAGES: Final = ("process", "sink")
LATER: Final = 6
"""So many chunks later events come a second time."""
VISIT_SECONDS: Final = 2.0
UP_SECONDS: Final = 5.0
"""Between two outages."""
LEAVE_SECONDS: Final = 3.0
"""A process that goes on after its fault is ended after so long, so that the next one can be armed."""
_HEADERS: Final[list[tuple[str, str | bytes | None]]] = [("content-type", b"application/cloudevents+json")]


def run_case(plant: Plant, case: Case, seed: int, broken: str = "") -> Outcome:
    """Run one case to its end. Raises AssertionError when a fault point was not reached, or nothing moves."""
    return _Run(plant, case, seed, broken).outcome()


class _Run:
    def __init__(self, plant: Plant, case: Case, seed: int, broken: str) -> None:
        self._plant, self._case, self._broken = plant, case, broken
        self._seed = f"{seed}:{case.name}"
        self._sent = Sent(f"/chaos/{self._dice('source').getrandbits(48):012x}")
        self._lives: dict[tuple[str, str], Life] = {}
        self._starts: Counter[tuple[str, str]] = Counter()
        self._crashes: Counter[str] = Counter()
        self._repeated = 0
        self._stages: tuple[str, ...] = STAGES
        self._visits = self._outages = self._kills = 0
        self._heal: Callable[[], None] | None = None
        now = time.monotonic()
        self._visit_at, self._outage_at, self._kill_at = now + 3.0, now + 3.0, now + 4.0

    def _dice(self, what: str) -> random.Random:
        """The same for the same seed and the same purpose, whatever came between."""
        return random.Random(f"{self._seed}:{what}")  # noqa: S311

    def outcome(self) -> Outcome:
        started = time.monotonic()
        since = self._plant.empty()
        try:
            self._work(started + self._case.limit_seconds)
        finally:
            self._end(*STAGES)
        failures = sum(self._crashes.values())
        return count(self._plant, self._case.name, self._sent, since, failures, started)

    def _work(self, until: float) -> None:
        publish_at = 0.0
        while self._owed() or self._sent.events < self._case.events:
            assert time.monotonic() < until, f"{self._case.name}: fault points not reached: {self._crashes}"
            self._tend()
            if time.monotonic() >= publish_at:
                self._publish()
                publish_at = time.monotonic() + self._case.pause_seconds
            time.sleep(0.02)
        if self._case.twice:
            self._repeat_until(self._sent.events)
        self._drain(until)
        self._stages = ("sink",)
        self._end("process")  # one that was stopped may write repeats until then
        self._drain(until)

    def _drain(self, until: float) -> None:
        while self._plant.producer.flush(0.1) or self._down() or self._behind():
            assert time.monotonic() < until, f"{self._case.name}: not done in time"
            self._tend()
            time.sleep(0.1)

    def _down(self) -> bool:
        return self._heal is not None

    def _behind(self) -> bool:
        return self._plant.behind(PROCESSOR_GROUP) or self._plant.behind(SINK_GROUP)

    def _owed(self) -> bool:
        case = self._case
        points = any(self._crashes[stage] < point.crashes for stage, point in case.points.items())
        return points or self._visits < case.visits or self._outages < case.outages or self._down()

    def _fault(self, stage: str, member: str) -> dict[str, Any] | None:
        point = self._case.points.get(stage)
        if point is None or int(member) > self._case.armed or self._crashes[stage] >= point.crashes:
            return None
        number = self._starts[stage, member]
        at = self._dice(f"{stage}:{member}:{number}").randint(1, STEPS[stage][point.step].most)
        return {"step": point.step, "when": point.when, "action": point.action, "at": at}

    def _start(self, stage: str, member: str, fault: dict[str, Any] | None = None) -> None:
        self._starts[stage, member] += 1
        settings = {**self._plant.stage_settings, **self._case.settings, "kafka_instance_id": member}
        self._lives[stage, member] = self._plant.nurseries[stage].start(settings, fault, self._broken)

    def _tend(self) -> None:
        """Keep the members running, wake who was stopped long enough; let visitors, outages and killings come."""
        now = time.monotonic()
        for stage in self._stages:
            for member in map(str, range(1, self._case.members + 1)):
                if (stage, member) not in self._lives:
                    self._start(stage, member, self._fault(stage, member))
        if (self._case.visits and self._owed()) and now >= self._visit_at:
            self._visit()
        if self._case.outage and now >= self._outage_at:
            self._change_outage()
        if self._case.kill_seconds and now >= self._kill_at:
            self._kill_one(now)
        for (stage, member), life in list(self._lives.items()):
            self._look_after(stage, member, life, now)

    def _look_after(self, stage: str, member: str, life: Life, now: float) -> None:
        state = self._plant.nurseries[stage].look(life)
        if not life.failed_at and life.failed():
            life.failed_at = now
            self._crashes[stage] += 1
        if state == "ended":
            del self._lives[stage, member]
        elif state == "stopped":
            life.stopped_at = now
        elif life.stopped_at and now - life.stopped_at > SESSION_SECONDS + 1.0:
            os.kill(life.pid, signal.SIGCONT)
            life.stopped_at, life.failed_at = 0.0, now
        elif self._goes_on(life, now) and self._fault(stage, member) is not None:
            os.kill(life.pid, signal.SIGTERM)
            life.told = True

    def _goes_on(self, life: Life, now: float) -> bool:
        """Has it outlived its fault."""
        return bool(life.failed_at) and not life.stopped_at and not life.told and now - life.failed_at > LEAVE_SECONDS

    def _visit(self) -> None:
        self._visits += 1
        self._visit_at = time.monotonic() + VISIT_SECONDS
        for stage in STAGES:
            there = [life for (name, member), life in self._lives.items() if name == stage and member in ("8", "9")]
            for life in there:
                killed = not self._case.points and self._visits % 4 == 0
                os.kill(life.pid, signal.SIGKILL if killed else signal.SIGTERM)
                self._crashes[f"{stage} visitor"] += killed
            if not there:
                self._start(stage, "8" if self._visits % 4 == 1 else "9")

    def _change_outage(self) -> None:
        if self._heal is not None:
            self._heal()
            self._heal = None
            self._outage_at = time.monotonic() + UP_SECONDS
        elif self._outages < self._case.outages:
            outage = OUTAGES[self._case.outage]
            self._heal = outage.strike(self._plant)
            self._outages += 1
            self._crashes["server"] += 1
            self._outage_at = time.monotonic() + outage.seconds

    def _kill_one(self, now: float) -> None:
        self._kills += 1
        self._kill_at = now + self._case.kill_seconds
        stage = STAGES[self._kills % 2]
        if life := self._lives.get((stage, "1")):
            os.kill(life.pid, signal.SIGKILL)
            self._crashes[stage] += 1

    def _publish(self) -> None:
        first = self._sent.events
        for number in range(first, first + self._case.chunk):
            self._send(number, b"%d" % number)
            if number % self._case.poison_every == 0:
                self._send_poison(number // self._case.poison_every)
        self._sent.events += self._case.chunk
        if self._case.twice:
            self._repeat_until(first - LATER * self._case.chunk)
        self._plant.producer.poll(0)

    def _send(self, number: int, key: bytes) -> None:
        account = ACCOUNTS[number % len(ACCOUNTS)]
        value = orjson.dumps(complaint(self._sent.source, str(number), account_no=account))
        while True:
            try:
                self._plant.producer.produce(CALLS, value, key=key, headers=_HEADERS)
            except BufferError:
                self._plant.producer.poll(0.1)
            else:
                break
        self._sent.raw += 1
        self._sent.at_desk |= {number} if number % len(ACCOUNTS) < 2 else set()

    def _repeat_until(self, end: int) -> None:
        while self._repeated < end:
            self._send(self._repeated, b"again %d" % self._repeated)
            self._repeated += 1

    def _send_poison(self, number: int) -> None:
        """What the processor refuses, what the sink refuses, and what only ClickHouse can tell to be no row."""
        refused = orjson.dumps({**orjson.loads(enriched(number).to_json()), "due_at": "tomorrow"})
        topic, bad = ((ENRICHED, refused), (CALLS, b"no event"), (ENRICHED, b"no row"))[number % 3]
        self._plant.producer.produce(topic, bad, headers=_HEADERS, on_delivery=self._poisoned)
        self._sent.raw += topic == CALLS

    def _poisoned(self, error: KafkaError | None, message: Message) -> None:
        assert error is None
        self._sent.poison.add((message.topic() or "", message.partition() or 0, message.offset() or 0))

    def _end(self, *stages: str) -> None:
        """Stop these stages in order; who does not obey within its time is killed."""
        if self._heal is not None:
            self._heal()
            self._heal = None
        until = time.monotonic() + 20.0
        ending = {key: life for key, life in self._lives.items() if key[0] in stages}
        for life in ending.values():
            os.kill(life.pid, signal.SIGCONT)
            os.kill(life.pid, signal.SIGTERM)
        while ending:
            for key, life in list(ending.items()):
                if self._plant.nurseries[key[0]].look(life) == "ended":
                    del ending[key], self._lives[key]
                elif time.monotonic() > until:
                    os.kill(life.pid, signal.SIGKILL)
            time.sleep(0.02)
