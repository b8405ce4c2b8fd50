"""`in.co.kesco.outage.state.v1`: one state of one outage."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from schemas.base import Outgoing
from schemas.vocabulary import NodeKind, OutageReason, OutageState


class OutageStateChanged(Outgoing):
    """One row of ClickHouse `outages`, as written to the topic `outages` with key `outage_id`."""

    outage_id: str
    node_id: str
    node_kind: NodeKind
    state: OutageState
    at: Annotated[datetime, Field(description="since when it is in this state; may lie before `decided_at`")]
    started_at: datetime
    detected_at: datetime
    customers_reporting: Annotated[int, Field(ge=0)]
    customers_affected: Annotated[int, Field(ge=0, description="an estimate")]
    score: float
    rule_set: str
    planned: bool
    parent_outage_id: Annotated[str, Field(description="the outage that this one is a part of; empty: of none")]
    confidence: Annotated[float, Field(ge=0, le=1, description="chance that this node, and no other, is what failed")]
    children: Annotated[int, Field(ge=0, description="nodes just below the node")]
    children_reporting: Annotated[int, Field(ge=0, description="how many of them have reports below")]
    reason: Annotated[OutageReason, Field(description="what it is in this state by")]
    restored_at: Annotated[datetime | None, Field(description="when supply came back; null while it did not")]
    decided_at: Annotated[datetime, Field(description="when this row was decided; the latest one is the present state")]
