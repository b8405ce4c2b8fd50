"""The detector: reports in, changes of outages out, one step at a time. No clock and no store of its own."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from typing import Final

from insight.detector.again import Again
from insight.detector.cut import Cut
from insight.detector.evidence import Evidence
from insight.detector.life import Life
from insight.detector.outage import Outage
from insight.detector.planned import PlannedWork
from insight.detector.readiness import readiness
from insight.detector.report import Report, Shutdown, StatusEvent, SwitchEvent
from insight.detector.restoration import Ending, burst, ending
from insight.detector.rules import MINUTE, NORMAL, RuleSet
from insight.detector.scores import Scores
from insight.detector.tree import TRANSFORMER, Tree
from schemas.vocabulary import NodeKind, OutageReason, OutageState

_RATE_WINDOW: Final = 60 * MINUTE
_RATE_EVERY: Final = 10 * MINUTE
_RATE_STEP: Final = 1.3
_LOOK_EVERY: Final = MINUTE
"""How often it is asked whether open outages are over; a minute later or earlier makes no difference to anybody."""
_LIVE_FOR: Final = 10 * MINUTE


class Detector:
    """Finds the nodes that are dark. One `step` after another with a rising `now`; give each report once or more.

    Everything it decides by follows from the reports of the last hours, the switch events and its own outages, so
    `resume` with those makes an equal detector.
    """

    def __init__(self, tree: Tree, rules: RuleSet = NORMAL, shutdowns: Iterable[Shutdown] = ()) -> None:
        self.tree = tree
        self.rules = rules
        self.evidence = Evidence(tree, rules)
        self._life = Life(tree, self.evidence, self._forget)
        self.outages = self._life.dark
        """The open outage of each node that is dark, by the node's number."""
        self._scores = Scores(tree, rules)
        self._cut = Cut(self._scores)
        self._fresh: set[int] = set()
        self._looked_at = 0.0
        self._planned = PlannedWork(tree, rules, shutdowns)
        self._opened: dict[int, float] = {}
        self._live: dict[int, float] = {}
        self._city = max(1, tree.city)
        self._rated_at = 0.0

    def resume(
        self,
        reports: Iterable[Report],
        switches: Iterable[SwitchEvent],
        outages: Iterable[Outage],
        now: float,
        statuses: Iterable[StatusEvent] = (),
    ) -> None:
        """Take up the work where a detector left it after its step at `now`.

        reports, switches, statuses: those received in the `keep_minutes` and ten minutes before `now`, in any order,
        and the latest of each switch, however old. outages: the latest state of each that is not closed, or was decided
        in that time.
        """
        slot = now - now % _RATE_EVERY
        self._expire(slot)
        self._life.resume(outages, self.evidence.since)
        late = [report for report in reports if not self._take_known(report, slot)]
        self._take((), switches, statuses)
        self._set_rates(slot)
        self._take(late)
        self._fresh.clear()
        self._looked_at = now

    def step(
        self,
        now: float,
        reports: Iterable[Report] = (),
        switches: Iterable[SwitchEvent] = (),
        statuses: Iterable[StatusEvent] = (),
    ) -> list[Outage]:
        """What changed, knowing what is given now and was given before, one state an outage.

        Times are Unix seconds. Steps should lie on whole multiples of one length, which 10 minutes are a multiple of.
        """
        slot = now - now % _RATE_EVERY
        if slot > self._rated_at:
            reports = [report for report in reports if not self._take_known(report, slot)]
            self._expire(slot)
            self._set_rates(slot)
        self._take(reports, switches, statuses)
        announced = self._planned.dark(now, self._opened)
        if now // _LOOK_EVERY != self._looked_at // _LOOK_EVERY:
            self._end(now, announced)
            self._life.close(now)
        self._looked_at = now
        self._confirm(now, announced)
        settled = frozenset(
            node
            for node, outage in self.outages.items()
            if now - outage.detected_at >= self.rules.settled_minutes * MINUTE
        )
        self._scores.exclude(settled | announced)
        self._scores.update(self.evidence, now)
        extra = self._told_by_switches(now)
        for node in self._cut.nodes(self.outages.keys() - settled, self._live_now(now) | announced, extra):
            if node not in self.outages and not self._life.covers(node):
                self._consider(node, extra, now)
        self._life.count({above for node in self._fresh for above in self.tree.path[node]}, now)
        self._fresh.clear()
        return self._life.rows()

    def _take(
        self,
        reports: Iterable[Report] = (),
        switches: Iterable[SwitchEvent] = (),
        statuses: Iterable[StatusEvent] = (),
    ) -> None:
        for report in reports:
            if not self._planned.has(report):
                touched = self.evidence.add(report)
                self._scores.touch(touched)
                self._fresh.update(touched)
        for event in switches:
            if (node := self.tree.number.get(event.node_id)) is not None:
                self._turn(node, event)
        for status in statuses:
            self.evidence.note(status)

    def _take_known(self, report: Report, by: float) -> bool:
        """Take a report when it was known by a time."""
        if report.known_at > by:
            return False
        self._take((report,))
        return True

    def _turn(self, node: int, event: SwitchEvent) -> None:
        """The latest event of a switch counts, whatever the order; of two at one time, that it is open."""
        opened, live = self._opened.get(node, 0.0), self._live.get(node, 0.0)
        if event.is_open and event.at >= max(opened, live):
            self._opened[node] = event.at
            self._live.pop(node, None)
        elif not event.is_open and event.at > opened and event.at > live:
            self._opened.pop(node, None)
            self._live[node] = event.at
        if not event.is_open:
            self._forget(node, event.at)

    def _forget(self, node: int, at: float) -> None:
        if at >= self.evidence.since and at > self.evidence.forgotten.get(node, 0.0):
            self.evidence.forget(node, at)
            self._scores.touch({line.node for line in self.evidence.under.get(node, {}).values()})

    def _expire(self, slot: float) -> None:
        since = slot - self.rules.keep_minutes * MINUTE
        self._scores.touch(self.evidence.expire(since))
        self._life.expire(since)

    def _set_rates(self, slot: float) -> None:
        """The ordinary rate from transformers with one reporter alone, and the readiness from outages of feeders, both
        in steps, by what was known before `slot`."""
        self._rated_at = slot
        since = slot - _RATE_WINDOW
        troubled = self._life.troubled(slot, since)
        lone = sum(
            1
            for node, lines in self.evidence.at_node.items()
            if self.tree.depth[node] == TRANSFORMER
            and troubled.isdisjoint(self.tree.path[node])
            and sum(1 for line in lines.values() if since <= line.times[0] < slot) == 1
        )
        rate, floor = lone / self._city, self.rules.ordinary_per_hour
        step = floor
        while step * _RATE_STEP <= rate:
            step *= _RATE_STEP
        feeders = [
            (self.tree.number[outage.node_id], outage.started_at)
            for outage in self._life.known(slot)
            if outage.node_kind is NodeKind.FEEDER
        ]
        self._scores.use_rates(step, readiness(self.rules, self.evidence, feeders, slot))

    def _told_by_switches(self, now: float) -> dict[int, float]:
        """What telemetry adds to scores: an open switch speaks for its node, a closed one against it."""
        says, reporting = self.rules.telemetry_score, self._scores.reporting
        told = dict.fromkeys(self._live.keys() & reporting.keys(), -says)
        opened = {node: says for node, at in self._opened.items() if at <= now and not self._life.covers(node)}
        return told | opened

    def _live_now(self, now: float) -> set[int]:
        """Nodes at or above a switch that was closed just now."""
        return {above for node, at in self._live.items() if now - at < _LIVE_FOR for above in self.tree.path[node]}

    def _end(self, now: float, announced: frozenset[int]) -> None:
        """Find out which outages are over. announced: what planned work makes dark."""
        for node, outage in sorted(self.outages.items()):
            found = self._ending(node, outage, now)
            if found is None:
                continue
            parts = self._parts(node, found, now, announced)
            if parts:
                self._life.restore_partly(node, found.at, now, found.reason, parts)
            else:
                self._life.restore(node, found.at, now, found.reason)

    def _ending(self, node: int, outage: Outage, now: float) -> Ending | None:
        if node in self._opened:
            return None
        live = max(self._live.get(above, 0.0) for above in self.tree.path[node])
        if live > outage.started_at:
            return Ending(live, OutageReason.SWITCH_CLOSED)
        ordinary = self._scores.likelihood.ordinary
        found = ending(self.tree, self.rules, self.evidence, node, outage.started_at, outage.at, now, ordinary)
        if found is not None:
            return found
        again = burst(self.tree, self.rules, self.evidence, node, outage.detected_at, now)
        return Ending(again - 0.001, OutageReason.BURST) if again is not None else None

    def _parts(self, node: int, found: Ending, now: float, announced: frozenset[int]) -> list[tuple[int, OutageReason]]:
        """What stays dark below a node whose supply came back: open switches, or the child that reports come from."""
        path, trip = self.tree.path, self.rules.trip_minutes * MINUTE
        opened = {
            below
            for below, at in self._opened.items()
            if node in path[below][:-1] and at <= found.at and now - at >= trip and announced.isdisjoint(path[below])
        }
        parts = [(below, OutageReason.SWITCH_OPEN) for below in opened if not opened.intersection(path[below][:-1])]
        if not parts and found.nested >= 0:
            parts = [(found.nested, found.reason)]
        return [part for part in parts if all(above == node or above not in self.outages for above in path[part[0]])]

    def _confirm(self, now: float, announced: frozenset[int]) -> None:
        """A switch that stays open confirms a prediction, and is an outage without any complaint."""
        for node, at in sorted(self._opened.items()):
            outage = self.outages.get(node)
            if outage is not None and outage.state is OutageState.PREDICTED:
                self._life.confirm(node, now)
            elif (
                now - at >= self.rules.trip_minutes * MINUTE
                and not self._life.covers(node)
                and announced.isdisjoint(self.tree.path[node])
            ):
                self._life.open(
                    node,
                    now,
                    at,
                    score=self.rules.telemetry_score,
                    confidence=1.0,
                    rule_set=self.rules.name,
                    reason=OutageReason.SWITCH_OPEN,
                    over=self._young_below(node, now),
                )

    def _consider(self, node: int, extra: dict[int, float], now: float) -> None:
        depth, rules = self.tree.depth[node], self.rules
        score, _, apart = self._cut.asked[node]
        lines = self.evidence.below(node, now - rules.ages_minutes[-1] * MINUTE)
        if apart:
            dark = frozenset(apart)
            lines = [line for line in lines if dark.isdisjoint(self.tree.path[line[2]])]
        again = Again.of(rules, lines, now)
        score += self._scores.coarse(self.evidence, node, now) - self._trip(node, again)
        if depth == TRANSFORMER:
            score += again.against_single
        needed = rules.open_at[depth]
        if self._in_aftermath(node, max((line[1] for line in lines), default=now)):
            needed += rules.aftermath_score
        by_switch = extra.get(node, 0.0) > 0
        if score < needed or (len(lines) < rules.least_customers[depth] and not by_switch):
            return
        behind = self._ancestor_behind(node)
        firsts = sorted(line[0] for line in lines)
        third = firsts[min(len(firsts), 3) - 1]
        rival = behind if by_switch else min(behind, self._ahead_of_children(node))
        if rival < rules.wait_margin and now - third < rules.wait_seconds:
            return
        died = now - self._scores.age(node, apart) * MINUTE
        began = next((at for at in firsts if at >= died), firsts[0])
        confidence = 1 / (1 + exp(-min(score, behind + rules.parent_margin)))
        self._life.open(
            node,
            now,
            began,
            score=score,
            confidence=confidence,
            rule_set=rules.name,
            reason=OutageReason.COMPLAINTS,
            over=[below for below in self._young_below(node, now) if below not in apart],
        )

    def _in_aftermath(self, node: int, newest: float) -> bool:
        """Was the newest report made so soon after a restoration above the node that it may be a late one."""
        since = newest - self.rules.aftermath_minutes * MINUTE
        return any(self.evidence.forgotten.get(above, 0.0) > since for above in self.tree.path[node][:-1])

    def _trip(self, node: int, again: Again) -> float:
        """Log odds, no less than 0, of a trip in moments of the node, or of a transformer's feeder.

        Against ordinary hours, as the score of the node is; what explains the other transformers of the feeder better
        than a trip counts against that, and so do customers who report again.
        """
        asked = self._cut.asked
        if self.tree.depth[node] < TRANSFORMER:
            return max(0.0, self._scores.trip(node, asked[node].apart) - again.against_trip)
        feeder = self.tree.parent[node]
        others = asked[feeder].below - max(0.0, asked[node].node)
        return max(0.0, self._scores.trip(feeder, asked[feeder].apart) - others - again.against_trip)

    def _ahead_of_children(self, node: int) -> float:
        """By how much a node explains the reports better than its children together; much when they explain none."""
        asked = self._cut.asked[node]
        return asked.node - asked.below if asked.below else 30.0

    def _ancestor_behind(self, node: int) -> float:
        """How far the likeliest ancestor lies behind what the cut explains below it."""
        asked = self._cut.asked
        barred = [asked[above].below - asked[above].node for above in self.tree.path[node][:-1] if above in asked]
        return min(barred, default=30.0)

    def _young_below(self, node: int, now: float) -> list[int]:
        """The nodes below whose outages are so young that they may turn out to be this node's own."""
        return [
            below
            for below, outage in self.outages.items()
            if node in self.tree.path[below][:-1] and now - outage.detected_at < self.rules.settled_minutes * MINUTE
        ]
