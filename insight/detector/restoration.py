"""When an open outage is over: crews or customers say so, silence, or complaints that moved."""

from __future__ import annotations

from collections import Counter
from math import sqrt
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
    tree: Tree,
    rules: RuleSet,
    evidence: Evidence,
    node: int,
    started_at: float,
    since_at: float,
    now: float,
    ordinary: float,
) -> Ending | None:
    """Why and when the outage of a node ended by what its customers say, or None while it goes on.

    started_at: when it began; since_at: since when it is in its state; ordinary: complaints an hour and consumer when
    nothing is down.
    """
    since = started_at - _LEADS_MINUTES * MINUTE
    lines = evidence.below(node, since)
    seen_to = sorted(at for at in evidence.seen_to(node, since) if at > started_at)
    if len(seen_to) >= _LEAST_SEEN_TO and 2 * len(seen_to) > len(lines):
        return Ending(seen_to[len(lines) // 2], OutageReason.STATUS)
    per_minute = tree.consumers[node] * ordinary / 60
    silence = silence_minutes(rules, len(lines))
    strays = _strays(rules, per_minute * silence, len(lines), (now - started_at) / MINUTE, silence)
    said = sorted(line[1] for line in lines)
    last = max([since_at, *said[: len(said) - strays]])
    if now - last > silence * MINUTE:
        return Ending(last, OutageReason.SILENCE)
    return _thanked(tree, evidence, node, started_at, now, lines) or _moved(
        tree, rules, node, now, lines, per_minute * rules.partial_minutes
    )


def _ordinary(usual: float) -> int:
    """As many reports as may be ordinary ones where so many are usual: a standard deviation of Poisson's above it."""
    return int(usual + sqrt(usual))


def _strays(rules: RuleSet, usual: float, customers: int, age: float, minutes: float) -> int:
    """How many reports of so many minutes may be ordinary ones: of a node that is still dark more would come."""
    strays = _ordinary(usual)
    half = rules.half_reported_minutes
    awaited = customers * half * minutes / (max(age, half) * (age + half))
    return strays if awaited >= 3 * (strays + 1) else 0


def _thanked(
    tree: Tree,
    evidence: Evidence,
    node: int,
    started_at: float,
    now: float,
    lines: list[tuple[float, float, int]],
) -> Ending | None:
    window = now - _CONFIRMED_WITHIN_MINUTES * MINUTE
    told = evidence.thanks(node, max(started_at, window))
    if not told:
        return None
    first = min(at for at, _ in told)
    still = sum(1 for _, latest, _ in lines if latest > first + 3 * MINUTE)
    needed = 1 if tree.depth[node] == TRANSFORMER else 2
    places = {branch(tree, node, at) for _, at in told}
    if len(told) < needed or len(told) <= still or (tree.depth[node] < TRANSFORMER and len(places) < 2):
        return None
    return Ending(first, OutageReason.THANKED)


def _moved(
    tree: Tree, rules: RuleSet, node: int, now: float, lines: list[tuple[float, float, int]], usual: float
) -> Ending | None:
    """Recent complaints below one node alone, but for as many as are usual, where earlier ones were spread."""
    if tree.depth[node] == TRANSFORMER:
        return None
    recent_since = now - rules.partial_minutes * MINUTE
    recent = [place for _, latest, place in lines if latest >= recent_since and place != node]
    if len(recent) < rules.partial_customers:
        return None
    below, customers = _gathered(tree, node, recent, len(recent) - _ordinary(usual))
    earlier = [place for first, _, place in lines if first < recent_since and place != node]
    if below == node or customers < rules.partial_customers or len(earlier) < rules.partial_customers:
        return None
    if len({branch(tree, node, place) for place in earlier}) < 2:
        return None
    share = (sum(below in tree.path[place] for place in earlier) + 1) / (len(earlier) + 2)
    if share**customers >= rules.partial_chance:
        return None
    return Ending(recent_since, OutageReason.MOVED, below)


def _gathered(tree: Tree, node: int, places: list[int], least: int) -> tuple[int, int]:
    """The deepest node below which so many of some places lie, and how many do."""
    found = len(places)
    while True:
        counts = Counter(child for place in places if (child := branch(tree, node, place)) != node)
        child, most = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(node, 0))
        if most < least or most == 0:
            return node, found
        places = [place for place in places if child in tree.path[place]]
        node, found = child, most


def burst(tree: Tree, rules: RuleSet, evidence: Evidence, node: int, detected_at: float, now: float) -> float | None:
    """When the burst of reports began that can only be a new outage after a restoration, or None.

    The customers of the last minutes, repeats included, are set against those of the minutes before: an outage that
    goes on is reported ever more seldom, so chance (negative binomial, the earlier customers as its shape) must be
    slight. Two at one place and moment are one: who is unknown may have been heard twice.
    """
    ready = detected_at + rules.burst_after_minutes * MINUTE
    lines = evidence.under.get(node, {}).values()
    for minutes in rules.burst_minutes:
        begins = now - minutes * MINUTE
        before = max(ready, begins - rules.lull_minutes * MINUTE)
        if begins - before < rules.lull_least_minutes * MINUTE:
            continue
        said: set[tuple[int, float]] = set()
        earlier = 0
        for line in lines:
            if line.times[-1] > begins:
                said.add((line.node, line.times[-1]))
            earlier += line.within(before, begins)
        customers, most = len(said), max(Counter(place for place, _ in said).values(), default=0)
        if customers < rules.burst_customers or (
            tree.depth[node] < TRANSFORMER and most > rules.burst_one_place * customers
        ):
            continue
        usual = (earlier + 0.5) * (now - begins) / (begins - before)
        if tail(customers, usual, earlier + 0.5) < rules.burst_chance[tree.depth[node]]:
            return min(line.first_after(begins) or now for line in lines if line.times[-1] > begins)
    return None


def branch(tree: Tree, node: int, below: int) -> int:
    """The child of `node` on the way down to `below`; `node` itself when that is where it is."""
    path, depth = tree.path[below], tree.depth[node] + 1
    return path[depth] if len(path) > depth else node
