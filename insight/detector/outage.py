"""One outage as the detector knows it; every change of it is a row that can be stored and read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5

from schemas.outage import OutageStateChanged
from schemas.vocabulary import NodeKind, OutageReason, OutageState

OUTAGE_NAMESPACE: Final = UUID("0d1d3c5e-3b55-5c0f-8f0e-5a2b7d9c4e61")
"""The fixed namespace of outage ids. It must never change."""


def outage_id(node_id: str, started_at: float) -> str:
    """UUIDv5 of node and start (Unix time in whole seconds): the same outage found again has the same id."""
    return str(uuid5(OUTAGE_NAMESPACE, f"{node_id}\n{started_at:.0f}"))


@dataclass(frozen=True, slots=True)
class Outage:
    """A state of an outage since `at`, decided at `decided_at`. Times are Unix seconds, whole milliseconds.

    What would change the detector's mind: `customers_reporting` distinct customers below `children_reporting` of
    `children` children; `confidence` is the chance that this node, not another, is what failed. `restored_at`: when
    supply came back, None while it did not.
    """

    outage_id: str
    node_id: str
    node_kind: NodeKind
    state: OutageState
    at: float
    started_at: float
    detected_at: float
    customers_reporting: int
    customers_affected: int
    score: float
    rule_set: str
    confidence: float
    children: int
    decided_at: float
    parent_outage_id: str = ""
    children_reporting: int = 0
    reason: OutageReason = OutageReason.COMPLAINTS
    restored_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Still dark, as far as is known."""
        return self.state in (OutageState.PREDICTED, OutageState.CONFIRMED, OutageState.PARTIALLY_RESTORED)

    def event(self) -> OutageStateChanged:
        """The row of `outages`. Only what is not planned work becomes an outage here."""
        return OutageStateChanged(
            outage_id=self.outage_id,
            node_id=self.node_id,
            node_kind=self.node_kind,
            state=self.state,
            at=_time(self.at),
            started_at=_time(self.started_at),
            detected_at=_time(self.detected_at),
            customers_reporting=self.customers_reporting,
            customers_affected=self.customers_affected,
            score=self.score,
            rule_set=self.rule_set,
            planned=False,
            parent_outage_id=self.parent_outage_id,
            confidence=self.confidence,
            children=self.children,
            children_reporting=self.children_reporting,
            reason=self.reason,
            restored_at=None if self.restored_at is None else _time(self.restored_at),
            decided_at=_time(self.decided_at),
        )


def stored_outage(row: OutageStateChanged) -> Outage:
    """The outage of a stored row, equal to the one whose row it is."""
    return Outage(
        outage_id=row.outage_id,
        node_id=row.node_id,
        node_kind=row.node_kind,
        state=row.state,
        at=row.at.timestamp(),
        started_at=row.started_at.timestamp(),
        detected_at=row.detected_at.timestamp(),
        customers_reporting=row.customers_reporting,
        customers_affected=row.customers_affected,
        score=row.score,
        rule_set=row.rule_set,
        parent_outage_id=row.parent_outage_id,
        confidence=row.confidence,
        children=row.children,
        children_reporting=row.children_reporting,
        reason=row.reason,
        restored_at=None if row.restored_at is None else row.restored_at.timestamp(),
        decided_at=row.decided_at.timestamp(),
    )


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
