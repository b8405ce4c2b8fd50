"""The detector: reports in, changes of outages out, one step at a time. No clock and no store of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp, floor
from typing import Final

from insight.detector.cut import Cut
from insight.detector.evidence import Evidence
from insight.detector.outage import Outage, outage_id
from insight.detector.report import Report, Shutdown, SwitchEvent
from insight.detector.restoration import Ending, branch, burst_start, ending
from insight.detector.rules import MINUTE, NORMAL, RuleSet
from insight.detector.scores import Scores
from insight.detector.tree import TRANSFORMER, Tree
from schemas.vocabulary import OutageState

_RATE_WINDOW: Final = 60 * MINUTE
_RATE_EVERY: Final = 10 * MINUTE
_RATE_STEP: Final = 1.3
_LOOK_EVERY: Final = MINUTE
"""How often it is asked whether open outages are over; a minute later or earlier makes no difference to anybody."""
_LIVE_FOR: Final = 10 * MINUTE
_GROWN: Final = 1.5
"""A change of an open outage is told when its reporters grew by this factor."""


class Detector:
    """Finds the nodes that are dark. One `step` after another with a rising `now`; give each report once or more.

    Everything it decides by follows from the reports of the last hours, the switch events and its own outages, so
    `resume` with those makes an equal detector.
    """

    def __init__(self, tree: Tree, rules: RuleSet = NORMAL, shutdowns: Iterable[Shutdown] = ()) -> None:
        self.tree = tree
        self.rules = rules
        self.evidence = Evidence(tree, rules)
        self.outages: dict[int, Outage] = {}
        self._scores = Scores(tree, rules)
        self._cut = Cut(self._scores)
        self._fresh: set[int] = set()
        self._looked_at = 0.0
        self._shutdowns: dict[int, list[Shutdown]] = {}
        for shutdown in shutdowns:
            if (node := tree.number.get(shutdown.node_id)) is not None:
                self._shutdowns.setdefault(node, []).append(shutdown)
        self._opened: dict[int, float] = {}
        self._live: dict[int, float] = {}
        self._city = max(1, tree.city)
        self._rated_at = 0.0

    def resume(
        self, reports: Iterable[Report], switches: Iterable[SwitchEvent], outages: Iterable[Outage], now: float
    ) -> None:
        """Take up the work where a detector left it.

        reports: those received in the last `keep_minutes` and up to `now`; switches: the latest of each node; outages:
        the latest state of each that is open or ended within `keep_minutes`; now: when its last step was.
        """
        for outage in sorted(outages, key=lambda outage: outage.at):
            node = self.tree.number.get(outage.node_id)
            if node is None:
                continue
            if outage.is_open:
                self.outages[node] = outage
            elif outage.state is OutageState.RESTORED:
                self._forget(node, outage.at)
        self._take(reports, switches)
        self._fresh.clear()
        self._looked_at = now
        self._scores.touch(self.evidence.expire(now))
        self._set_rate(now - now % _RATE_EVERY)

    def step(self, now: float, reports: Iterable[Report] = (), switches: Iterable[SwitchEvent] = ()) -> list[Outage]:
        """What changed, knowing what is given now and was given before. Times are Unix seconds."""
        self._take(reports, switches)
        if now - self._rated_at >= _RATE_EVERY:
            self._scores.touch(self.evidence.expire(now))
            self._set_rate(now - now % _RATE_EVERY)
        changes = []
        if now // _LOOK_EVERY != self._looked_at // _LOOK_EVERY:
            changes += self._end(now)
        self._looked_at = now
        changes += self._confirm(now)
        settled = frozenset(
            node
            for node, outage in self.outages.items()
            if now - outage.detected_at >= self.rules.settled_minutes * MINUTE
        )
        self._scores.exclude(settled | self._planned(now))
        self._scores.update(self.evidence, now)
        extra = {
            node: self.rules.telemetry_score
            for node, at in self._opened.items()
            if at <= now and not self._covered(node)
        }
        for node in self._cut.nodes(self.outages.keys() - settled, self._barred(now), extra):
            if node not in self.outages and not self._covered(node):
                changes += self._consider(node, extra, now)
        changes += self._grow()
        return changes

    def _take(self, reports: Iterable[Report], switches: Iterable[SwitchEvent]) -> None:
        for report in reports:
            if not self._is_planned(report):
                touched = self.evidence.add(report)
                self._scores.touch(touched)
                self._fresh.update(touched)
        for event in sorted(switches, key=lambda event: (event.at, event.node_id, event.is_open)):
            node = self.tree.number.get(event.node_id)
            if node is None or event.at < max(self._opened.get(node, 0.0), self._live.get(node, 0.0)):
                continue
            if event.is_open:
                self._opened[node] = event.at
                self._live.pop(node, None)
            else:
                self._opened.pop(node, None)
                self._live[node] = event.at
                self._forget(node, event.at)

    def _is_planned(self, report: Report) -> bool:
        node = self.tree.number.get(report.node_id)
        grace = self.rules.planned_grace_minutes * MINUTE
        return node is not None and any(
            planned.starts - grace <= report.at < planned.ends + grace
            for above in self.tree.path[node]
            for planned in self._shutdowns.get(above, ())
        )

    def _planned(self, now: float) -> frozenset[int]:
        grace = self.rules.planned_grace_minutes * MINUTE
        return frozenset(
            node
            for node, rows in self._shutdowns.items()
            if any(row.starts - grace <= now < row.ends + grace for row in rows)
        )

    def _forget(self, node: int, at: float) -> None:
        if at > self.evidence.forgotten.get(node, 0.0):
            self.evidence.forget(node, at)
            self._scores.touch({line.node for line in self.evidence.under.get(node, {}).values()})

    def _set_rate(self, slot: float) -> None:
        """The ordinary rate from transformers with one reporter alone, in steps, from the hour before `slot`."""
        self._rated_at = slot
        lone = sum(
            1
            for node, lines in self.evidence.at_node.items()
            if self.tree.depth[node] == TRANSFORMER
            and not self._covered(node)
            and sum(1 for line in lines.values() if slot - _RATE_WINDOW <= line.times[0] < slot) == 1
        )
        rate, floor = lone / self._city, self.rules.ordinary_per_hour
        step = floor
        while step * _RATE_STEP <= rate:
            step *= _RATE_STEP
        self._scores.use_ordinary(step)

    def _covered(self, node: int) -> bool:
        return any(above in self.outages for above in self.tree.path[node])

    def _barred(self, now: float) -> set[int]:
        live = {above for node, at in self._live.items() if now - at < _LIVE_FOR for above in self.tree.path[node]}
        return live | self._planned(now)

    def _end(self, now: float) -> list[Outage]:
        changes = []
        for node, outage in sorted(self.outages.items()):
            found = self._ending(node, outage, now)
            if found is None:
                continue
            del self.outages[node]
            self._forget(node, found.at if found.nested < 0 else now)
            changes.append(replace(outage, state=OutageState.RESTORED, at=max(found.at, outage.started_at)))
            if found.nested >= 0:
                changes.append(self._open(found.nested, outage.score, now, outage.started_at, outage))
        return changes

    def _ending(self, node: int, outage: Outage, now: float) -> Ending | None:
        for above in self.tree.path[node]:
            if self._live.get(above, 0.0) > outage.started_at:
                return Ending(self._live[above])
        if node in self._opened:
            return None
        found = ending(self.tree, self.rules, self.evidence, node, outage.started_at, outage.detected_at, now)
        if found is not None:
            return found
        firsts = sorted(line[0] for line in self.evidence.below(node, outage.started_at))
        gap = burst_start(self.rules, firsts, now)
        return Ending(gap) if gap is not None and gap > outage.detected_at else None

    def _confirm(self, now: float) -> list[Outage]:
        """A switch that stays open confirms a prediction, and is an outage without any complaint."""
        changes = []
        for node, at in sorted(self._opened.items()):
            outage = self.outages.get(node)
            if outage is not None and outage.state is OutageState.PREDICTED:
                self.outages[node] = replace(outage, state=OutageState.CONFIRMED, at=now)
                changes.append(self.outages[node])
            elif now - at >= self.rules.trip_minutes * MINUTE and not self._covered(node):
                score = self.rules.telemetry_score
                changes += self._take_over(node, now)
                changes.append(self._open(node, score, now, at, None, OutageState.CONFIRMED))
        return changes

    def _consider(self, node: int, extra: dict[int, float], now: float) -> list[Outage]:
        depth, rules = self.tree.depth[node], self.rules
        score = self._cut.asked[node].node
        if score + rules.coarse_most < rules.open_at[depth]:
            return []
        score += self._scores.coarse(self.evidence, node, now)
        lines = self.evidence.below(node, now - rules.ages_minutes[-1] * MINUTE)
        if score < rules.open_at[depth] or (len(lines) < rules.least_customers[depth] and node not in extra):
            return []
        behind = self._ancestor_behind(node)
        firsts = sorted(line[0] for line in lines)
        third = firsts[min(len(firsts), 3) - 1]
        if behind < rules.wait_margin and now - third < rules.wait_seconds:
            return []
        confidence = 1 / (1 + exp(-min(score, behind + rules.parent_margin)))
        changes = self._take_over(node, now)
        changes.append(self._open(node, score, now, firsts[0], None, confidence=confidence))
        return changes

    def _ancestor_behind(self, node: int) -> float:
        """How far the likeliest ancestor lies behind what the cut explains below it."""
        asked = self._cut.asked
        barred = [asked[above].below - asked[above].node for above in self.tree.path[node][:-1] if above in asked]
        return min(barred, default=30.0)

    def _take_over(self, node: int, now: float) -> list[Outage]:
        """Outages below a node that turn out to be its own are closed."""
        changes = []
        for below, outage in sorted(self.outages.items()):
            young = now - outage.detected_at < self.rules.settled_minutes * MINUTE
            if below != node and node in self.tree.path[below] and young:
                del self.outages[below]
                changes.append(replace(outage, state=OutageState.CLOSED, at=now))
        return changes

    def _open(
        self,
        node: int,
        score: float,
        now: float,
        started_at: float,
        parent: Outage | None,
        state: OutageState = OutageState.PREDICTED,
        confidence: float = 0.5,
    ) -> Outage:
        tree = self.tree
        started_at = float(max(floor(started_at), floor(self.evidence.forgotten.get(node, 0.0)) + 1))
        outage = Outage(
            outage_id=outage_id(tree.ids[node], started_at),
            node_id=tree.ids[node],
            node_kind=tree.kind(node),
            state=state,
            at=now,
            started_at=started_at,
            detected_at=now,
            customers_reporting=0,
            customers_affected=tree.consumers[node],
            score=score,
            rule_set=self.rules.name,
            parent_outage_id=parent.outage_id if parent else "",
            children=len(tree.children[node]),
            confidence=confidence,
            decided_at=now,
        )
        self.outages[node] = self._counted(node, outage)
        return self.outages[node]

    def _counted(self, node: int, outage: Outage) -> Outage:
        lines = self.evidence.below(node, outage.started_at)
        children = {branch(self.tree, node, place) for _, _, place in lines} - {node}
        return replace(
            outage,
            customers_reporting=max(outage.customers_reporting, len(lines)),
            children_reporting=max(outage.children_reporting, len(children)),
        )

    def _grow(self) -> list[Outage]:
        changes = []
        fresh = {above for node in self._fresh for above in self.tree.path[node]}
        self._fresh.clear()
        for node in sorted(fresh & self.outages.keys()):
            outage = self.outages[node]
            counted = self._counted(node, outage)
            if counted.customers_reporting >= max(3, _GROWN * outage.customers_reporting):
                self.outages[node] = counted
                changes.append(counted)
        return changes


def latest(changes: Sequence[Outage]) -> dict[str, Outage]:
    """The latest state of each outage by its id."""
    return {change.outage_id: change for change in changes}
