"""The life of outages by the states of CIM (`OutageStatusKind`): from the first prediction to the closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import floor
from typing import Final

from insight.detector.evidence import Evidence
from insight.detector.outage import Outage, outage_id
from insight.detector.restoration import branch
from insight.detector.rules import MINUTE
from insight.detector.tree import Tree
from schemas.vocabulary import OutageReason, OutageState

_CLOSED_AFTER: Final = 60 * MINUTE
_GROWN: Final = 1.5
"""A change of an open outage is told when its reporters grew by this factor."""


class Life:
    """All outages that a detector still has to do with, and the rows of a step: one for each outage that changed.

    predicted: complaints say that the node is dark, and nothing else does. confirmed: a switch, a crew or a dispatcher
    says so too. partiallyRestored: supply is back, but for the nested outages that go on in its stead, with its start
    and its id as `parent_outage_id`. restored: supply is back everywhere. closed: it was restored an hour ago; or it is
    part of the outage that `parent_outage_id` names, and only that one counts.

    The outages of one node never overlap in time, so that an id made of node and start names one of them.
    """

    def __init__(self, tree: Tree, evidence: Evidence, forget: Callable[[int, float], None]) -> None:
        """forget: is called with a node and the time up to which the reports below it are of an outage that is over."""
        self.dark: dict[int, Outage] = {}
        """The open outage of each node that has one."""
        self._tree = tree
        self._evidence = evidence
        self._forget = forget
        self._partial: dict[str, Outage] = {}
        self._ended: dict[str, Outage] = {}
        self._rows: dict[str, Outage] = {}

    def resume(self, outages: Iterable[Outage], since: float) -> None:
        """Take up the latest states of outages; what ended before `since` is no longer of interest."""
        for outage in sorted(outages, key=lambda outage: (outage.decided_at, outage.outage_id)):
            node = self._tree.number.get(outage.node_id)
            if node is None:
                continue
            if outage.state is OutageState.PARTIALLY_RESTORED:
                self._partial[outage.outage_id] = outage
                self._forget(node, outage.decided_at)
            elif outage.is_open:
                self.dark[node] = outage
            elif outage.decided_at >= since:
                self._ended[outage.outage_id] = outage
                if outage.restored_at is not None:
                    self._forget(node, _told_until(outage))

    def expire(self, since: float) -> None:
        """What ended before a time is no longer of interest."""
        self._ended = {name: outage for name, outage in self._ended.items() if outage.decided_at >= since}

    def rows(self) -> list[Outage]:
        """The outages that changed since this was asked last, as they are now."""
        rows = list(self._rows.values())
        self._rows.clear()
        return rows

    def covers(self, node: int) -> bool:
        """Is the node dark by an open outage of its own or of a node above."""
        return any(above in self.dark for above in self._tree.path[node])

    def troubled(self, at: float, since: float) -> set[int]:
        """The nodes that had an outage, by what was known just before `at`, that did not end before `since`."""
        return {
            self._tree.number[outage.node_id]
            for outage in self.known(at)
            if outage.restored_at is None
            or outage.restored_at >= since
            or (outage.decided_at >= at and outage.state is not OutageState.CLOSED)
        }

    def known(self, at: float) -> Iterator[Outage]:
        """Every outage still of interest that was detected before a time, as it is now."""
        for outage in (*self.dark.values(), *self._partial.values(), *self._ended.values()):
            if outage.detected_at < at:
                yield outage

    def open(
        self,
        node: int,
        now: float,
        started_at: float,
        *,
        score: float,
        confidence: float,
        rule_set: str,
        reason: OutageReason,
        parent: Outage | None = None,
        over: Iterable[int] = (),
    ) -> None:
        """A node without an open outage is dark. over: nodes below whose open outages turn out to be this one."""
        tree = self._tree
        taken = [self.dark.pop(below) for below in sorted(over)]
        parent = parent or self._whole_above(node, taken)
        earliest = floor(self._evidence.forgotten.get(node, 0.0)) + 1
        start = float(max(floor(parent.started_at if parent else started_at), earliest))
        known = self._ended.pop(outage_id(tree.ids[node], start), None)
        opened = Outage(
            outage_id=outage_id(tree.ids[node], start),
            node_id=tree.ids[node],
            node_kind=tree.kind(node),
            state=OutageState.CONFIRMED if reason is OutageReason.SWITCH_OPEN else OutageState.PREDICTED,
            at=now,
            started_at=start,
            detected_at=known.detected_at if known else now,
            customers_reporting=known.customers_reporting if known else 0,
            customers_affected=tree.consumers[node],
            score=score,
            rule_set=rule_set,
            confidence=confidence,
            children=len(tree.children[node]),
            decided_at=now,
            parent_outage_id=parent.outage_id if parent else "",
            children_reporting=known.children_reporting if known else 0,
            reason=reason,
        )
        self.dark[node] = self._tell(self._counted(node, opened))
        for outage in taken:
            self._close_into(opened, outage, now)
        for outage in taken:
            self._close_whole_into(opened, outage.parent_outage_id, now)

    def confirm(self, node: int, now: float) -> None:
        """A switch, a crew or a dispatcher says that the node is dead below."""
        self.dark[node] = self._tell(
            replace(
                self.dark[node],
                state=OutageState.CONFIRMED,
                at=now,
                reason=OutageReason.SWITCH_OPEN,
                confidence=1.0,
                decided_at=now,
            )
        )

    def count(self, nodes: AbstractSet[int], now: float) -> None:
        """Reports came in below these nodes: tell of the outages that grew by much."""
        for node in sorted(nodes & self.dark.keys()):
            outage = self.dark[node]
            counted = self._counted(node, outage)
            if counted.customers_reporting >= max(3, _GROWN * outage.customers_reporting):
                self.dark[node] = self._tell(replace(counted, decided_at=now))

    def restore(self, node: int, at: float, now: float, reason: OutageReason) -> None:
        """Supply came back below a node at a time that is told or inferred, rounded to milliseconds."""
        outage = self.dark.pop(node)
        self._restored(outage, round(max(at, outage.started_at), 3), now, reason)

    def restore_partly(
        self, node: int, at: float, now: float, reason: OutageReason, parts: Iterable[tuple[int, OutageReason]]
    ) -> None:
        """The same, but some nodes below stay dark, none of which has an outage yet; each is given with the reason."""
        outage = self.dark.pop(node)
        at = round(max(at, outage.started_at), 3)
        whole = replace(outage, state=OutageState.PARTIALLY_RESTORED, at=at, reason=reason, decided_at=now)
        self._partial[outage.outage_id] = self._tell(whole)
        for part, why in sorted(parts):
            self.open(
                part,
                now,
                outage.started_at,
                score=outage.score,
                confidence=1.0 if why is OutageReason.SWITCH_OPEN else outage.confidence,
                rule_set=outage.rule_set,
                reason=why,
                parent=outage,
            )
        self._forget(node, now)

    def close(self, now: float) -> None:
        """Close what was restored an hour ago. Where customers gave thanks this stays the reason: see `_told_until`."""
        for name, outage in sorted(self._ended.items()):
            if outage.state is OutageState.RESTORED and now - outage.decided_at >= _CLOSED_AFTER:
                reason = outage.reason if outage.reason is OutageReason.THANKED else OutageReason.QUIET
                closed = replace(outage, state=OutageState.CLOSED, at=now, reason=reason, decided_at=now)
                self._ended[name] = self._tell(closed)
                self._forget(self._tree.number[closed.node_id], _told_until(closed))

    def _tell(self, outage: Outage) -> Outage:
        self._rows[outage.outage_id] = outage
        return outage

    def _counted(self, node: int, outage: Outage) -> Outage:
        lines = self._evidence.below(node, outage.started_at)
        children = {branch(self._tree, node, place) for _, _, place in lines} - {node}
        return replace(
            outage,
            customers_reporting=max(outage.customers_reporting, len(lines)),
            children_reporting=max(outage.children_reporting, len(children)),
        )

    def _restored(self, outage: Outage, at: float, now: float, reason: OutageReason) -> None:
        ended = replace(outage, state=OutageState.RESTORED, at=at, restored_at=at, reason=reason, decided_at=now)
        self._ended[outage.outage_id] = self._tell(ended)
        self._forget(self._tree.number[outage.node_id], _told_until(ended))
        whole = self._partial.get(outage.parent_outage_id)
        if whole is not None and not self._has_parts(whole):
            del self._partial[whole.outage_id]
            back = [
                part.restored_at
                for part in self._ended.values()
                if part.parent_outage_id == whole.outage_id and part.restored_at is not None
            ]
            self._restored(whole, max(whole.decided_at, *back), now, OutageReason.NESTED)

    def _has_parts(self, whole: Outage) -> bool:
        return any(part.parent_outage_id == whole.outage_id for part in (*self.dark.values(), *self._partial.values()))

    def _whole_above(self, node: int, taken: Iterable[Outage]) -> Outage | None:
        """The partially restored outage of a node above that some outages which a node takes over are parts of."""
        for outage in taken:
            whole = self._partial.get(outage.parent_outage_id)
            while whole is not None:
                if self._tree.number[whole.node_id] in self._tree.path[node][:-1]:
                    return whole
                whole = self._partial.get(whole.parent_outage_id)
        return None

    def _close_into(self, whole: Outage, part: Outage, now: float) -> None:
        self._ended[part.outage_id] = self._tell(
            replace(
                part,
                state=OutageState.CLOSED,
                at=now,
                reason=OutageReason.TAKEN_OVER,
                parent_outage_id=whole.outage_id,
                decided_at=now,
            )
        )

    def _close_whole_into(self, taker: Outage, name: str, now: float) -> None:
        """A partially restored outage whose last part was taken over is part of the taker itself."""
        whole = self._partial.get(name)
        if whole is not None and not self._has_parts(whole):
            del self._partial[name]
            self._close_into(taker, whole, now)
            self._close_whole_into(taker, whole.parent_outage_id, now)


def _told_until(ended: Outage) -> float:
    """Up to when reports are of an outage that ended: where some give thanks, others still complain for a while.

    For as long as the thanks were awaited, that is; of a closed one it is known by when it was closed.
    """
    at = ended.restored_at or ended.at
    if ended.reason is not OutageReason.THANKED:
        return at
    return max(at, ended.decided_at - (_CLOSED_AFTER if ended.state is OutageState.CLOSED else 0.0))
