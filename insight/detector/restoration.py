"""When an open outage is over: crews or customers say so, silence, or complaints that moved."""

from __future__ import annotations

from typing import NamedTuple

from insight.detector.evidence import Evidence
from insight.detector.likelihood import tail
from insight.detector.rules import MINUTE, RuleSet
from insight.detector.tree import TRANSFORMER, Tree
from schemas.vocabulary import OutageReason

_CONFIRMED_WITHIN_MINUTES = 20.0
_LEAST_SEEN_TO = 2
"""Crews must have seen to the complaints of so many customers, and of more than half of those who reported."""
_LEADS_MINUTES = 10.0
"""A first report may precede the estimated start by this much."""


class Ending(NamedTuple):
    """When supply came back, why that is thought, and the child that stays dark: its node number, -1 when none does."""

    at: float
    reason: OutageReason
    nested: int = -1


def silence_minutes(rules: RuleSet, customers: int) -> float:
    """How long an outage with so many reporters may be silent before it is taken for over."""
    least, most = rules.silence_minutes
    minutes: float = rules.silence_minutes_at_ten * (max(customers, 1) / 10) ** rules.silence_power
    return min(most, max(least, minutes))


def ending(
    tree: Tree, rules: RuleSet, evidence: Evidence, node: int, started_at: float, since_at: float, now: float
) -> Ending | None:
    """Why and when the outage of a node ended by what its customers say, or None while it goes on.

    started_at: when it began; since_at: since when it is in its state.
    """
    since = started_at - _LEADS_MINUTES * MINUTE
    lines = evidence.below(node, since)
    seen_to = sorted(at for at in evidence.seen_to(node, since) if at > started_at)
    if len(seen_to) >= _LEAST_SEEN_TO and 2 * len(seen_to) > len(lines):
        return Ending(seen_to[len(lines) // 2], OutageReason.STATUS)
    asked = evidence.told(evidence.queries, node, since)
    last = max([since_at, *(line[1] for line in lines), *(at for at, _ in asked)])
    if now - last > silence_minutes(rules, len(lines)) * MINUTE:
        return Ending(last, OutageReason.SILENCE)
    return _thanked(tree, evidence, node, started_at, now, lines) or _moved(tree, rules, node, now, lines)


def _thanked(
    tree: Tree,
    evidence: Evidence,
    node: int,
    started_at: float,
    now: float,
    lines: list[tuple[float, float, int]],
) -> Ending | None:
    window = now - _CONFIRMED_WITHIN_MINUTES * MINUTE
    told = evidence.told(evidence.restored, node, max(started_at, window))
    if not told:
        return None
    first = min(at for at, _ in told)
    still = sum(1 for _, latest, _ in lines if latest > first + 3 * MINUTE)
    needed = 1 if tree.depth[node] == TRANSFORMER else 2
    places = {branch(tree, node, at) for _, at in told}
    if len(told) < needed or len(told) <= still or (tree.depth[node] < TRANSFORMER and len(places) < 2):
        return None
    return Ending(first, OutageReason.THANKED)


def _moved(tree: Tree, rules: RuleSet, node: int, now: float, lines: list[tuple[float, float, int]]) -> Ending | None:
    """Recent complaints below one child alone, where earlier ones were spread."""
    if tree.depth[node] == TRANSFORMER:
        return None
    recent_since = now - rules.partial_minutes * MINUTE
    recent: dict[int, int] = {}
    earlier: dict[int, int] = {}
    for first, latest, place in lines:
        child = branch(tree, node, place)
        if child == node:
            continue
        if latest >= recent_since:
            recent[child] = recent.get(child, 0) + 1
        if first < recent_since:
            earlier[child] = earlier.get(child, 0) + 1
    if len(recent) != 1:
        return None
    [(child, customers)] = recent.items()
    total = sum(earlier.values())
    if customers < rules.partial_customers or len(earlier) < 2 or total < rules.partial_customers:
        return None
    share = (earlier.get(child, 0) + 1) / (total + 2)
    if share**customers >= rules.partial_chance:
        return None
    return Ending(recent_since, OutageReason.MOVED, child)


def burst(tree: Tree, rules: RuleSet, evidence: Evidence, node: int, detected_at: float, now: float) -> float | None:
    """When the burst of reports began that can only be a new outage after a restoration, or None.

    The customers of the last minutes, repeats included, are set against those of the minutes before: an outage that
    goes on is reported ever more seldom, so chance (negative binomial, the earlier customers as its shape) must be
    slight.
    """
    ready = detected_at + rules.burst_after_minutes * MINUTE
    lines = evidence.under.get(node, {}).values()
    for minutes in rules.burst_minutes:
        begins = now - minutes * MINUTE
        before = max(ready, begins - rules.lull_minutes * MINUTE)
        if begins - before < rules.lull_least_minutes * MINUTE:
            continue
        recent: dict[int, int] = {}
        earlier = 0
        for line in lines:
            if line.times[-1] > begins:
                child = branch(tree, node, line.node)
                recent[child] = recent.get(child, 0) + 1
            earlier += line.within(before, begins)
        customers = sum(recent.values())
        most = max(recent.values(), default=0)
        if customers < rules.burst_customers or (
            tree.depth[node] < TRANSFORMER and most > rules.burst_one_child * customers
        ):
            continue
        usual = (earlier + 0.5) * (now - begins) / (begins - before)
        if tail(customers, usual, earlier + 0.5) < rules.burst_chance:
            return min(line.first_after(begins) or now for line in lines if line.times[-1] > begins)
    return None


def branch(tree: Tree, node: int, below: int) -> int:
    """The child of `node` on the way down to `below`; `node` itself when that is where it is."""
    path, depth = tree.path[below], tree.depth[node] + 1
    return path[depth] if len(path) > depth else node
