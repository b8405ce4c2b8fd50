"""One line a customer: who reported what from where, as long as it is kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from insight.detector.likelihood import Marks
from insight.detector.report import Kind, Report, StatusEvent
from insight.detector.rules import MINUTE, RuleSet
from insight.detector.tree import TRANSFORMER, Tree


@dataclass(slots=True)
class Line:
    """One customer: the deepest node it was tied to, what it said first, and when it reported, in order."""

    node: int
    says: int
    times: list[float]
    told: list[tuple[int, int]]
    """What was said at each of the times, and the node."""

    def add(self, at: float, says: int, node: int) -> bool:
        """Put one more report in its place; False when it is there already."""
        place = bisect_left(self.times, at)
        while place < len(self.times) and self.times[place] == at and self.told[place] <= (says, node):
            if self.told[place] == (says, node):
                return False
            place += 1
        self.times.insert(place, at)
        self.told.insert(place, (says, node))
        return True

    def drop(self, before: float) -> None:
        """Leave out what was reported before a time."""
        kept = bisect_left(self.times, before)
        del self.times[:kept], self.told[:kept]

    def within(self, after: float, until: float) -> bool:
        """Is there a report in (after, until]."""
        at = bisect_right(self.times, after)
        return at < len(self.times) and self.times[at] <= until

    def first_after(self, forgotten: float) -> float | None:
        """The first report after a time, or None."""
        at = bisect_right(self.times, forgotten)
        return self.times[at] if at < len(self.times) else None


@dataclass(slots=True)
class Evidence:
    """Reports by node. What it gives depends on the reports since `since` alone, not on their order."""

    tree: Tree
    rules: RuleSet
    lines: dict[str, Line] = field(default_factory=dict)
    at_node: dict[int, dict[str, Line]] = field(default_factory=dict)
    under: dict[int, dict[str, Line]] = field(default_factory=dict)
    """The same at the node or anywhere below it."""
    restored: dict[int, dict[str, float]] = field(default_factory=dict)
    statuses: dict[str, StatusEvent] = field(default_factory=dict)
    """The latest of each customer."""
    since: float = 0.0
    """Reports from before do not count."""
    forgotten: dict[int, float] = field(default_factory=dict)
    """Node to the time up to which reports below it no longer count: the outage they spoke of is over."""

    def forget(self, node: int, at: float) -> None:
        """Reports below a node up to a time no longer count."""
        self.forgotten[node] = max(at, self.forgotten.get(node, 0.0))

    def add(self, report: Report) -> tuple[int, ...]:
        """Take a report in; gives the nodes whose evidence changed."""
        node = self.tree.number.get(report.node_id)
        if node is None or report.at < self.since:
            return ()
        if report.kind is Kind.RESTORED:
            place = self.restored.setdefault(node, {})
            place[report.customer] = max(report.at, place.get(report.customer, 0.0))
            return ()
        line = self.lines.get(report.customer)
        if line is None:
            line = self.lines[report.customer] = Line(node, report.says, [report.at], [(report.says, node)])
            self._put(report.customer, line)
            return (node,)
        if not line.add(report.at, report.says, node):
            return ()
        return self._place(report.customer, line)

    def _place(self, customer: str, line: Line) -> tuple[int, int]:
        """Tie a line that changed to its node; gives that of before and that of now."""
        old, line.says = line.node, line.told[0][0]
        node = min({node for _, node in line.told}, key=lambda node: (-self.tree.depth[node], node))
        if node != old:
            self._drop(customer, line)
            line.node = node
            self._put(customer, line)
        return (old, node)

    def note(self, event: StatusEvent) -> None:
        """Take in what became of a complaint."""
        if event.at >= self.since:
            self.statuses[event.customer] = max(event, self.statuses.get(event.customer, event))

    def _put(self, customer: str, line: Line) -> None:
        self.at_node.setdefault(line.node, {})[customer] = line
        for above in self.tree.path[line.node]:
            self.under.setdefault(above, {})[customer] = line

    def _drop(self, customer: str, line: Line) -> None:
        for store, nodes in ((self.at_node, (line.node,)), (self.under, self.tree.path[line.node])):
            for node in nodes:
                del store[node][customer]
                if not store[node]:
                    del store[node]

    def expire(self, since: float) -> set[int]:
        """Leave out everything from before a time; gives the nodes whose evidence changed."""
        self.since = since
        changed: set[int] = set()
        for customer in [customer for customer, line in self.lines.items() if line.times[0] < since]:
            line = self.lines[customer]
            line.drop(since)
            if line.times:
                changed.update(self._place(customer, line))
            else:
                del self.lines[customer]
                self._drop(customer, line)
                changed.add(line.node)
        kept = {
            node: {customer: at for customer, at in told.items() if at >= since} for node, told in self.restored.items()
        }
        self.restored = {node: told for node, told in kept.items() if told}
        self.statuses = {customer: event for customer, event in self.statuses.items() if event.at >= since}
        self.forgotten = {node: at for node, at in self.forgotten.items() if at >= since}
        return changed

    def forgotten_at(self, node: int) -> float:
        """Up to when reports tied to a node no longer count."""
        forgotten = self.forgotten
        return max([forgotten.get(above, 0.0) for above in self.tree.path[node]]) if forgotten else 0.0

    def marks(self, node: int, now: float) -> tuple[tuple[Marks, ...], float]:
        """Distinct customers within each age, cumulative, and until when that stays so."""
        forgotten = self.forgotten_at(node)
        counts = [[0, 0, 0, 0, 0] for _ in self.rules.ages_minutes]
        until = float("inf")
        for line in self.at_node.get(node, {}).values():
            first = line.first_after(forgotten)
            if first is None:
                continue
            for age, minutes in enumerate(self.rules.ages_minutes):
                leaves = first + minutes * MINUTE
                if leaves >= now:
                    until = min(until, leaves)
                    for later in counts[age:]:
                        later[line.says] += 1
                    break
        return tuple((row[0], row[1], row[2], row[3], row[4]) for row in counts), until

    def below(self, node: int, since: float) -> list[tuple[float, float, int]]:
        """First and last report and node of every customer below a node who first reported since a time."""
        since -= 0.001
        found = []
        forgotten: dict[int, float] = {}
        for line in self.under.get(node, {}).values():
            times = line.times
            if times[-1] <= since:
                continue
            place = line.node
            up_to = forgotten.get(place)
            if up_to is None:
                up_to = forgotten[place] = max(self.forgotten_at(place), since)
            first = times[0] if times[0] > up_to else line.first_after(up_to)
            if first is not None:
                found.append((first, times[-1], place))
        return found

    def nodes_below(self, node: int) -> Iterator[int]:
        """The node and everything below it."""
        yield node
        if self.tree.depth[node] < TRANSFORMER:
            for child in self.tree.children[node]:
                yield from self.nodes_below(child)

    def thanks(self, node: int, since: float) -> list[tuple[float, int]]:
        """Time and node of each customer below a node who said since a time that supply is back."""
        return [
            (at, below)
            for below in self.nodes_below(node)
            for at in self.restored.get(below, {}).values()
            if at >= since
        ]

    def seen_to(self, node: int, since: float) -> list[float]:
        """When crews said that they saw to customers below a node who reported since a time, and not again after."""
        if not self.statuses:
            return []
        lines = self.under.get(node, {})
        events = (self.statuses.get(customer) for customer, line in lines.items() if line.times[-1] >= since)
        return [
            event.at for event in events if event and event.restored and event.at >= lines[event.customer].times[-1]
        ]

    def reporters(self, nodes: Iterable[int], since: float) -> int:
        """Distinct customers tied to any of some nodes who first reported since a time."""
        return sum(
            1
            for node in nodes
            for line in self.at_node.get(node, {}).values()
            if (first := line.first_after(self.forgotten_at(node))) is not None and first >= since
        )
